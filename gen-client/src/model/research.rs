use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Run, words};
use crate::tolerant;

words! {
    /// How thoroughly GEN looks into a topic: about 30 seconds, 2 minutes, 5 minutes.
    ResearchDepth { Quick = "quick", Default = "default", Deep = "deep" }
}

/// What a research found.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResearchFindings {
    /// The report, in Markdown; hostile text.
    #[serde(deserialize_with = "tolerant::string")]
    pub summary: String,
    /// How much was read where, such as `reddit` and 12.
    pub sources: Vec<(String, f64)>,
    /// The pages it leans on.
    #[serde(deserialize_with = "tolerant::list")]
    pub citations: Vec<Citation>,
}

/// A page that a report leans on.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Citation {
    /// Where it is; hostile text.
    #[serde(deserialize_with = "tolerant::string")]
    pub url: String,
    /// What it is called; hostile text.
    #[serde(deserialize_with = "tolerant::text")]
    pub title: Option<String>,
}

impl ResearchFindings {
    /// What a completed research run says: its last words, with sources and pages where its data has the shape that
    /// GEN's documentation once gave.
    pub fn of(run: &Run) -> Option<Self> {
        let spoken = run.messages.iter().rev().filter(|message| message.role != "user");
        let said = spoken
            .into_iter()
            .find(|message| message.content.as_ref().is_some_and(|text| !text.is_empty()))?;
        let data = said.data.clone().unwrap_or_default();
        let count = |(name, source): (&String, &Value)| Some((name.clone(), source.get("count")?.as_f64()?));
        let sources = data["sources"].as_object().into_iter().flatten().filter_map(count).collect();
        let pages = data["perplexity"]["citations"].as_array().cloned().unwrap_or_default();
        let citations = pages.into_iter().filter_map(|page| serde_json::from_value(page).ok()).collect();
        let summary =
            data["summary_markdown"].as_str().map(str::to_owned).or_else(|| said.content.clone())?;
        Some(Self { summary, sources, citations })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn run(messages: Value) -> Run {
        serde_json::from_value(json!({"id": "run_1", "status": "completed", "messages": messages})).unwrap()
    }

    #[test]
    fn findings_are_read_from_the_last_words_with_or_without_data() {
        let said = json!([
            {"role": "user", "content": "ash glaze"},
            {"role": "assistant", "content": "## Ash", "data": {
                "sources": {"reddit": {"count": 12}, "gemini": {"grounded": true}},
                "perplexity": {"citations": [{"url": "https://a.test/1", "title": "One"}, 7]},
                "summary_markdown": "## Ash glaze"
            }},
        ]);
        let found = ResearchFindings::of(&run(said)).unwrap();
        assert_eq!((found.summary.as_str(), found.citations.len()), ("## Ash glaze", 1));
        assert_eq!(found.sources, [("reddit".to_owned(), 12.0)]);
        let bare =
            ResearchFindings::of(&run(json!([{"role": "assistant", "content": "Nothing new."}]))).unwrap();
        assert_eq!((bare.summary.as_str(), bare.sources.len()), ("Nothing new.", 0));
        assert_eq!(ResearchFindings::of(&run(json!([]))), None);
    }
}
