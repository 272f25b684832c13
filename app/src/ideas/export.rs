//! Ideas as files: a table for a spreadsheet, or a text to read.

use gen_client::model::Idea;
use model::harmless;

use super::card::{shown_title, top_source};
use super::words::words;
use crate::page::clock;

/// The columns of the table.
const COLUMNS: [&str; 12] = [
    "id",
    "title",
    "status",
    "hook",
    "full_script",
    "description",
    "video_type",
    "seconds",
    "aspect_ratio",
    "top_source",
    "rationale",
    "created_at",
];

/// Comma-separated values by RFC 4180, with a head. What a spreadsheet would take for a formula is made text (X4).
pub fn csv(ideas: &[Idea]) -> String {
    let mut lines = vec![COLUMNS.join(",")];
    lines.extend(ideas.iter().map(|idea| {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let seconds = idea.estimated_duration.map(|seconds| seconds.to_string());
        let fields = [
            idea.id.to_string(),
            idea.title.clone(),
            idea.status.as_str().to_owned(),
            text(&idea.hook),
            text(&idea.full_script),
            text(&idea.description),
            text(&idea.video_type),
            seconds.unwrap_or_default(),
            text(&idea.aspect_ratio),
            top_source(idea).and_then(|source| source.creator.clone()).unwrap_or_default(),
            text(&idea.data.rationale),
            text(&idea.created_at),
        ];
        fields.map(|field| quoted(&harmless(&field))).join(",")
    }));
    lines.join("\r\n") + "\r\n"
}

/// A text with a heading for each idea.
pub fn markdown(ideas: &[Idea]) -> String {
    ideas.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn one(idea: &Idea) -> String {
    let mut facts = vec![words(idea.status.as_str())];
    facts.extend(idea.video_type.as_deref().map(words));
    facts.extend(idea.estimated_duration.map(clock));
    facts.extend(idea.aspect_ratio.clone());
    let mut text = format!("## {}\n\n{}\n", line(&shown_title(idea)), line(&facts.join(" · ")));
    if let Some(hook) = &idea.hook {
        text.push_str(&format!("\n> {}\n", line(hook)));
    }
    for (head, part) in
        [("Script", &idea.full_script), ("What is shown", &idea.description), ("Why", &idea.data.rationale)]
    {
        if let Some(part) = part {
            text.push_str(&format!("\n### {head}\n\n{part}\n"));
        }
    }
    text
}

/// On one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn idea(title: &str) -> Idea {
        serde_json::from_value(json!({"id": 7, "title": title, "hook": "a, \"b\"\nc", "status": "generated"}))
            .unwrap()
    }

    #[test]
    fn x4_no_formula_reaches_a_spreadsheet() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1"] {
            let sheet = csv(&[idea(formula)]);
            let field = sheet.lines().nth(1).unwrap();
            assert!(field.starts_with("7,'") || field.starts_with("7,\"'"), "{formula:?}: {field}");
        }
        assert!(csv(&[idea("plain")]).contains("7,plain,generated,\"a, \"\"b\"\"\nc\","));
    }

    #[test]
    fn a_text_has_a_heading_for_each() {
        let text = markdown(&[idea("One\n# two"), idea("")]);
        assert!(text.starts_with("## One # two\n\nGenerated\n\n> a, \"b\" c\n"), "{text}");
        assert!(text.contains("## Idea 7\n"));
    }
}
