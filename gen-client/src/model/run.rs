use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::words;
use crate::tolerant;
use crate::{ConversationId, RunId, VidsheetId};

words! {
    /// Where a run stands.
    RunStatus {
        Running = "running",
        AwaitingApproval = "awaiting_approval" | "requires_action",
        Completed = "completed",
        Failed = "failed",
        Stopped = "stopped" | "cancelled",
    }
}

impl RunStatus {
    /// Whether the run will not change any more. A word we do not know counts as still going on.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Stopped)
    }
}

/// One asynchronous turn of an agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// GEN's id.
    pub id: RunId,
    /// The thread it belongs to.
    #[serde(default, deserialize_with = "tolerant::optional")]
    pub conversation_id: Option<ConversationId>,
    /// Where it stands.
    #[serde(default)]
    pub status: RunStatus,
    /// What was said so far.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub messages: Vec<Message>,
    /// Where its steps can be read while it goes. GEN wants that kept to oneself, so no page and
    /// no document gets it.
    #[serde(default, rename = "firebase_path", deserialize_with = "tolerant::text", skip_serializing)]
    pub progress_path: Option<String>,
}

/// What GEN shows of a run while it goes. Only the names of its parts are documented, so any shape is read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RunSteps {
    /// The checklist, in order.
    pub plan: Vec<PlanStep>,
    /// What the agent thinks at this moment; hostile text.
    pub thinking: Option<String>,
}

/// A line of a run's checklist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanStep {
    /// Hostile text.
    pub words: String,
    /// Whether it is done.
    pub done: bool,
}

impl RunSteps {
    /// Longer plans are cut off.
    const STEPS_MAX: usize = 50;
    /// Longer thoughts are cut off, in characters.
    const WORDS_MAX: usize = 2_000;

    /// Reads what stands at a run's progress path.
    pub fn read(shown: &Value) -> Self {
        let steps = match shown.get("plan") {
            Some(Value::Array(steps)) => steps.iter().filter_map(PlanStep::read).collect(),
            // A database without lists keeps them by number.
            Some(Value::Object(steps)) => steps.values().filter_map(PlanStep::read).collect(),
            Some(Value::String(text)) => text.lines().filter_map(|line| PlanStep::of(line, false)).collect(),
            _ => Vec::new(),
        };
        let thinking = shown.get("thinking").and_then(Value::as_str).map(str::trim).unwrap_or_default();
        Self {
            plan: steps.into_iter().take(Self::STEPS_MAX).collect(),
            thinking: (!thinking.is_empty()).then(|| thinking.chars().take(Self::WORDS_MAX).collect()),
        }
    }
}

impl PlanStep {
    fn read(step: &Value) -> Option<Self> {
        if let Some(text) = step.as_str() {
            return Self::of(text, false);
        }
        let words = ["text", "title", "step", "description", "content", "name"];
        let text = words.iter().find_map(|word| step.get(word)?.as_str())?;
        let says_done = |word: &str| step.get(word).and_then(Value::as_bool).unwrap_or(false);
        let status = step.get("status").and_then(Value::as_str);
        let ended = matches!(status, Some("done" | "completed" | "complete"));
        Self::of(text, ended || says_done("done") || says_done("completed"))
    }

    /// A line without its number; a tick in brackets says that it is done.
    fn of(line: &str, done: bool) -> Option<Self> {
        let line = line.trim().trim_start_matches(|letter: char| letter.is_ascii_digit());
        let line = line.trim_start_matches(['.', ')', '-', '*', ' ']);
        let (line, ticked) = match line.strip_prefix("[x]").or_else(|| line.strip_prefix("[X]")) {
            Some(rest) => (rest, true),
            None => (line.strip_prefix("[ ]").unwrap_or(line), false),
        };
        let words: String = line.trim().chars().take(RunSteps::WORDS_MAX).collect();
        (!words.is_empty()).then_some(Self { words, done: done || ticked })
    }
}

/// What a person says to an agent, and what goes along.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewRun {
    /// What is said.
    pub message: String,
    /// The thread it goes on with; without one a new thread begins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<ConversationId>,
    /// The vidsheet the agent should look at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vidsheet_id: Option<VidsheetId>,
    /// Pictures the agent should look at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    /// Whether GEN should say more of what it does; what that is, it does not say.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub debug: bool,
}

/// A picture for an agent to look at. GEN's reference has addresses; its page of runs has uploads as well.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Attachment {
    /// A public address.
    Address(String),
    /// A file sent to GEN's storage.
    Upload {
        /// What names it to GEN.
        signed_id: String,
        /// As people call it.
        filename: String,
        /// Such as `image/png`.
        content_type: String,
        /// Where it lies.
        url: String,
    },
}

/// One message of a run or conversation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Message {
    /// `user`, `assistant` or `system`.
    #[serde(deserialize_with = "tolerant::string")]
    pub role: String,
    /// Hostile text.
    #[serde(deserialize_with = "tolerant::text")]
    pub content: Option<String>,
    /// Structured findings, kept as they came.
    pub data: Option<Value>,
    /// ISO 8601.
    #[serde(deserialize_with = "tolerant::text")]
    pub created_at: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_plan_is_read_in_whatever_shape_it_comes() {
        let of = |shown: Value| {
            let steps = RunSteps::read(&shown);
            steps.plan.into_iter().map(|step| (step.words, step.done)).collect::<Vec<_>>()
        };
        let both = [("Look".to_owned(), true), ("Write".to_owned(), false)];
        assert_eq!(of(json!({"plan": "1. [x] Look\n2. [ ] Write\n"})), both);
        assert_eq!(of(json!({"plan": ["[x] Look", "2) Write"]})), both);
        assert_eq!(of(json!({"plan": [{"title": "Look", "status": "completed"}, {"text": "Write"}]})), both);
        assert_eq!(of(json!({"plan": {"0": {"step": "Look", "done": true}, "1": "Write"}})), both);
        assert_eq!(RunSteps::read(&json!({"plan": 7, "thinking": ["no"]})), RunSteps::default());
        assert_eq!(RunSteps::read(&json!(null)), RunSteps::default());
        let long = RunSteps::read(&json!({"thinking": "é".repeat(3_000)}));
        assert_eq!(long.thinking.map(|text| text.chars().count()), Some(2_000));
    }
}
