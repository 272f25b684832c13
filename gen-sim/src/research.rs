//! What research finds: numbers and sources made from the topic, in the shape the documentation once gave.

use serde_json::{Value, json};

use crate::clock::iso;
use crate::writing::hash;

/// The text of the report and its data.
pub fn report(topic: &str, depth: &str, now: u64) -> (String, Value) {
    let count = |platform: &str, most: u64| hash(&format!("{topic} {platform} {depth}")) % most + 3;
    let pages = match depth {
        "quick" => 2,
        "deep" => 8,
        _ => 4,
    };
    let citations: Vec<Value> = (1..=pages)
        .map(|n| json!({"url": format!("https://notes.example/{:06x}/{n}", hash(topic) & 0x00ff_ffff), "title": format!("{topic}: what changed, part {n}")}))
        .collect();
    let summary = format!(
        "## {topic}\n\nShort process videos lead. The ones that name a price or a temperature in the first second hold viewers longest.\n\n- Most watched: one object from start to finish, no cuts\n- Rising: failures shown on purpose\n- Falling: trending sounds without a voice\n"
    );
    let data = json!({
        "topic": topic,
        "depth": depth,
        "researched_at": iso(now),
        "sources": {
            "reddit": {"count": count("reddit", 20), "total_upvotes": count("upvotes", 9000)},
            "x": {"count": count("x", 20), "total_likes": count("likes", 20_000)},
            "youtube": {"count": count("youtube", 20), "total_views": count("views", 900_000)},
            "tiktok": {"count": count("tiktok", 20), "total_views": count("plays", 4_000_000)},
            "instagram": {"count": count("instagram", 20), "total_likes": count("hearts", 60_000)},
            "hackernews": {"count": count("hackernews", 5)},
            "perplexity": {"citations": pages},
            "gemini": {"grounded": true},
        },
        "perplexity": {"text": format!("What people say about {topic} this week."), "citations": citations},
        "gemini": {"text": format!("{topic} is growing slowly and steadily."), "grounded": true},
        "summary_markdown": summary,
    });
    (summary, data)
}
