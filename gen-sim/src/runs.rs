//! The life of a run: running, perhaps awaiting approval, then completed or failed.

use serde_json::{Value, json};

use crate::answer::Problem;
use crate::state::Sim;
use crate::wire::Wire;
use crate::world::{Conversation, Message, Run, World};
use crate::{credits, faults, idea_writing, research};

/// What is needed to start a run.
pub struct Order {
    pub user: u64,
    pub agent_id: String,
    pub organization_id: u64,
    /// None starts a new conversation.
    pub conversation: Option<String>,
    pub message: String,
    /// Set when it is research: the message is then its topic.
    pub depth: Option<String>,
}

/// What a message asks for.
#[derive(Debug, PartialEq)]
enum Intent {
    Ideas(usize),
    Refine,
    Remember(String),
    Forget(String),
    ListPreferences,
    Chat,
}

/// How long a run takes at GEN, in milliseconds.
const TAKES_MS: u64 = 30_000;
const DEFAULT_IDEAS: usize = 5;
const MOST_IDEAS: usize = 50;

/// Charges for a run and starts it, in its conversation or a new one.
pub fn start(sim: &Sim, world: &mut World, order: Order, now: u64) -> Result<Run, Problem> {
    let number = world.last_id + 1;
    let id = format!("run_{number:06x}");
    let refinable = order.conversation.as_ref().is_some_and(|id| {
        world
            .conversations
            .iter()
            .any(|conversation| conversation.id == *id && !conversation.newest_ideas.is_empty())
    });
    let cost = match intent(&order.message, refinable) {
        _ if order.depth.is_some() => credits::RESEARCH,
        Intent::Ideas(count) => (credits::IDEAS * count as f64 / DEFAULT_IDEAS as f64).round(),
        Intent::Refine => credits::REFINEMENT,
        Intent::Chat => credits::CHAT,
        Intent::Remember(_) | Intent::Forget(_) | Intent::ListPreferences => 0.0,
    };
    credits::charge(world, order.organization_id, cost, &id, now)?;
    world.last_id = number;
    let conversation_id = order.conversation.clone().unwrap_or_else(|| format!("conv_{number:06x}"));
    let asked = Message {
        role: "user".to_owned(),
        content: order.message.clone(),
        data: Value::Null,
        created_ms: now,
    };
    if order.conversation.is_none() {
        world.conversations.push(Conversation {
            id: conversation_id.clone(),
            agent_id: order.agent_id.clone(),
            title: Some(order.message.chars().take(60).collect()),
            pinned: false,
            created_ms: now,
            updated_ms: now,
            messages: Vec::new(),
            newest_ideas: Vec::new(),
        });
    }
    say(world, &conversation_id, asked.clone());
    let takes = sim.pace(match order.depth.as_deref() {
        Some("deep") => 10 * TAKES_MS,
        Some("default") => 4 * TAKES_MS,
        _ => TAKES_MS,
    });
    let run = Run {
        id,
        conversation_id,
        agent_id: order.agent_id,
        organization_id: order.organization_id,
        user: order.user,
        message: order.message,
        status: "running".to_owned(),
        phase: 0,
        approved: false,
        cost,
        created_ms: now,
        next_ms: now + takes / 3,
        done_ms: now + takes,
        messages: vec![asked],
        depth: order.depth,
    };
    world.runs.push(run.clone());
    Ok(run)
}

/// Approves or refuses a waiting run. Gives its new status.
pub fn decide(sim: &Sim, world: &mut World, id: &str, approved: bool, now: u64) -> String {
    let takes = sim.pace(TAKES_MS);
    let Some(run) = world.runs.iter_mut().find(|run| run.id == id) else {
        return String::new();
    };
    if approved {
        run.status = "running".to_owned();
        run.approved = true;
        (run.next_ms, run.done_ms) = (now, now + takes / 2);
    } else {
        fail(world, id, "The plan was not approved.", now);
    }
    world.runs.iter().find(|run| run.id == id).map(|run| run.status.clone()).unwrap_or_default()
}

/// Brings every run to where the clock says it is. True when one moved.
pub fn settle(world: &mut World, now: u64) -> bool {
    let mut moved = false;
    for id in running(world) {
        let Some(run) = world.runs.iter().find(|run| run.id == id) else {
            continue;
        };
        let (first_due, done_due, phase) = (run.next_ms <= now, run.done_ms <= now, run.phase);
        if phase == 0 && first_due {
            advance(world, &id, now);
            moved = true;
        }
        if done_due {
            advance(world, &id, now);
            moved = true;
        }
    }
    moved
}

/// Moves every running run one step. Gives how many are still running.
pub fn step(world: &mut World, now: u64) -> usize {
    for id in running(world) {
        advance(world, &id, now);
    }
    active(world)
}

/// How many runs are running; one that awaits approval is not.
pub fn active(world: &World) -> usize {
    running(world).len()
}

fn running(world: &World) -> Vec<String> {
    world.runs.iter().filter(|run| run.status == "running").map(|run| run.id.clone()).collect()
}

/// The first step shows the plan, or stops for approval; the second does the work.
fn advance(world: &mut World, id: &str, now: u64) {
    let Some(run) = world.runs.iter_mut().find(|run| run.id == id && run.status == "running") else {
        return;
    };
    run.phase += 1;
    let wants_approval = run.message.to_lowercase().contains("approval") && !run.approved;
    if run.phase == 1 {
        let plan = if wants_approval {
            "I have a plan: read this week's trends, pick angles, write the ideas. Shall I go on?"
        } else {
            "Reading this week's trends and your preferences."
        };
        run.messages.push(Message {
            role: "assistant".to_owned(),
            content: plan.to_owned(),
            data: Value::Null,
            created_ms: now,
        });
        if wants_approval {
            run.status = "awaiting_approval".to_owned();
        }
        return;
    }
    if let Some(reason) = faults::fails_later(&json!({"message": run.message})) {
        fail(world, id, &reason, now);
        return;
    }
    let run = run.clone();
    let (content, data) = work(world, &run, now);
    finish(world, id, "completed", Message { role: "assistant".to_owned(), content, data, created_ms: now });
}

/// Does what the message asks, and says so.
fn work(world: &mut World, run: &Run, now: u64) -> (String, Value) {
    if let Some(depth) = &run.depth {
        return research::report(&run.message, depth, now);
    }
    let at = world.conversations.iter().position(|conversation| conversation.id == run.conversation_id);
    let newest = at.map(|at| world.conversations[at].newest_ideas.clone()).unwrap_or_default();
    let intent = intent(&run.message, !newest.is_empty());
    let ideas = match &intent {
        Intent::Ideas(count) => idea_writing::write(world, &run.agent_id, &run.message, *count, now),
        Intent::Refine => idea_writing::refine(world, &newest, &run.message, now),
        _ => Vec::new(),
    };
    let said = match &intent {
        Intent::Ideas(_) => format!("Here are {} ideas, the strongest hook first.", ideas.len()),
        Intent::Refine => "Done. The ideas are changed as you asked.".to_owned(),
        Intent::Remember(_) | Intent::Forget(_) | Intent::ListPreferences => {
            preferences(world, &run.agent_id, &intent)
        }
        Intent::Chat => {
            "Process videos with a cost or a temperature in the first second held viewers longest this week."
                .to_owned()
        }
    };
    if ideas.is_empty() {
        return (said, Value::Null);
    }
    if let Some(at) = at {
        world.conversations[at].newest_ideas.clone_from(&ideas);
    }
    let wire = Wire { world, media_base: "", with_cost: false };
    let shapes: Vec<Value> =
        world.ideas.iter().filter(|idea| ideas.contains(&idea.id)).map(|idea| wire.idea(idea)).collect();
    (said, json!({"ideas": shapes}))
}

fn preferences(world: &mut World, agent_id: &str, intent: &Intent) -> String {
    let Some(agent) = world.agents.iter_mut().find(|agent| agent.id == agent_id) else {
        return String::new();
    };
    match intent {
        Intent::Remember(rule) => {
            agent.preferences.push(rule.clone());
            format!("Remembered: {rule}")
        }
        Intent::Forget(rule) => {
            let words = rule.to_lowercase();
            let before = agent.preferences.len();
            agent.preferences.retain(|kept| {
                !words.contains(&kept.to_lowercase()) && !kept.to_lowercase().contains(&words)
            });
            format!("Forgotten: {} of {before} preferences.", before - agent.preferences.len())
        }
        _ if agent.preferences.is_empty() => "There are no preferences yet.".to_owned(),
        _ => agent.preferences.iter().enumerate().map(|(n, rule)| format!("{}. {rule}\n", n + 1)).collect(),
    }
}

fn fail(world: &mut World, id: &str, reason: &str, now: u64) {
    let Some(run) = world.runs.iter().find(|run| run.id == id) else {
        return;
    };
    let (organization_id, cost) = (run.organization_id, run.cost);
    let said = Message {
        role: "assistant".to_owned(),
        content: reason.to_owned(),
        data: Value::Null,
        created_ms: now,
    };
    finish(world, id, "failed", said);
    credits::refund(world, organization_id, cost, id, now);
}

fn finish(world: &mut World, id: &str, status: &str, said: Message) {
    let Some(run) = world.runs.iter_mut().find(|run| run.id == id) else {
        return;
    };
    run.status = status.to_owned();
    run.messages.push(said.clone());
    let conversation_id = run.conversation_id.clone();
    say(world, &conversation_id, said);
}

fn say(world: &mut World, conversation_id: &str, message: Message) {
    if let Some(conversation) =
        world.conversations.iter_mut().find(|conversation| conversation.id == conversation_id)
    {
        conversation.updated_ms = message.created_ms;
        conversation.messages.push(message);
    }
}

fn intent(message: &str, refinable: bool) -> Intent {
    let lower = message.to_lowercase();
    let after = |mark: &str| message.get(mark.len()..).unwrap_or("").trim().to_owned();
    if lower.starts_with("remember:") {
        return Intent::Remember(after("remember:"));
    }
    if lower.starts_with("remember this content preference") {
        return Intent::Remember(message.split_once(':').map_or("", |(_, rule)| rule).trim().to_owned());
    }
    if lower.starts_with("forget:") {
        return Intent::Forget(after("forget:"));
    }
    if lower.contains("preferences") && lower.contains("list") {
        return Intent::ListPreferences;
    }
    let asks_for_new =
        ["generate", "propose", "new idea", "more idea", "give me"].iter().any(|word| lower.contains(word));
    if refinable && !asks_for_new {
        return Intent::Refine;
    }
    if !lower.contains("idea") {
        return Intent::Chat;
    }
    let number = lower.split(|c: char| !c.is_ascii_digit()).find_map(|digits| digits.parse::<usize>().ok());
    Intent::Ideas(number.unwrap_or(DEFAULT_IDEAS).clamp(1, MOST_IDEAS))
}

#[cfg(test)]
mod tests {
    use super::{Intent, intent};

    #[test]
    fn the_message_says_what_to_do() {
        assert_eq!(intent("Generate 3 content ideas grounded in trends", false), Intent::Ideas(3));
        assert_eq!(intent("Some ideas please", false), Intent::Ideas(5));
        assert_eq!(intent("Make idea 1 punchier. Drop idea 3.", true), Intent::Refine);
        assert_eq!(intent("remember: no questions", true), Intent::Remember("no questions".to_owned()));
        assert_eq!(intent("list all my current preferences", false), Intent::ListPreferences);
        assert_eq!(intent("What performed best last week?", false), Intent::Chat);
    }
}
