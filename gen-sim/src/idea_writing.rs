//! What a run writes: ideas that fit the agent, and changes to them.

use serde_json::{Value, json};

use crate::media;
use crate::world::{Idea, World};
use crate::writing::hash;

/// Angle, hook and script; `{topic}` is something the agent works on.
const ANGLES: &[(&str, &str, &str, u64)] = &[
    (
        "The {topic} mistake everyone films past",
        "You have seen this a hundred times. You never saw the mistake.",
        "You have seen this a hundred times. You never saw the mistake. Watch the left hand: that is where {topic} goes wrong. We slow it down, fix one thing, and do it again. Same minute, different result. Try it tonight and tell me which half is yours.",
        6,
    ),
    (
        "{topic}, line by line, in euros",
        "Here is every cent of it.",
        "Here is every cent of it. Material, time, fuel, and the ones that broke. Most people guess the first number and miss the last. That is what {topic} costs when nobody rounds it. The rest is on the shelf behind me.",
        4,
    ),
    (
        "One take, no cuts: {topic}",
        "No music. No cuts. Just listen.",
        "No music. No cuts. Just listen. Forty seconds of {topic} from the first touch to the last. When it goes quiet, look at the edge. That is the moment we work for.",
        3,
    ),
    (
        "What nobody tells you about {topic}",
        "It looks calm. It is a race.",
        "It looks calm. It is a race. With {topic} you have eleven minutes between too soon and too late. Here is the sign we wait for, and here is what happens to the one that missed it.",
        1,
    ),
    (
        "We tried {topic} the old way for a week",
        "Day one was a disaster. Day six was not.",
        "Day one was a disaster. Day six was not. A week of {topic} with the tools our grandparents had. We kept the clock, the bills and the shards. Two things we will never go back from, and one we threw out by Tuesday.",
        3,
    ),
    (
        "Guess first: {topic}",
        "Left or right? You have three seconds.",
        "Left or right? You have three seconds. One of these is {topic} done in an hour, one took nine days. Look at the foot, not the front. Answer in the comments, then watch to the end.",
        8,
    ),
];

/// Writes `count` ideas for an agent and puts them on its board. Gives their ids.
pub fn write(world: &mut World, agent_id: &str, message: &str, count: usize, now: u64) -> Vec<u64> {
    let topics = topics(world, agent_id);
    let sources = inspiration(world, agent_id);
    (0..count)
        .map(|n| {
            let id = world.new_id();
            let salt = hash(&format!("{message}{id}{}", world.seed));
            let topic = &topics[(salt as usize + n) % topics.len()];
            let (title, hook, script, video_type_id) = ANGLES[(salt as usize / 7 + n) % ANGLES.len()];
            let fill = |text: &str| capital(&text.replace("{topic}", topic));
            let seconds = 10 + salt % 11;
            let source = &sources[salt as usize % sources.len()];
            world.ideas.push(Idea {
                id,
                ordinal: n as u64 + 1,
                agent_id: agent_id.to_owned(),
                title: fill(title),
                hook: fill(hook),
                script: fill(script),
                description: format!(
                    "A {seconds}-second piece on {topic}, shot in one place with what is on the bench."
                ),
                video_type_id,
                status: "generated".to_owned(),
                seconds,
                ratio: "9:16".to_owned(),
                data: data(&fill(title), topic, seconds, source, salt),
                created_ms: now,
                updated_ms: now,
            });
            id
        })
        .collect()
}

/// Changes the ideas that the message names by number, and rejects those it drops. Gives the ones that remain.
pub fn refine(world: &mut World, newest: &[u64], message: &str, now: u64) -> Vec<u64> {
    let mut remaining = newest.to_vec();
    for clause in message.split(['.', ';', '\n']) {
        let lower = clause.to_lowercase();
        let named: Vec<u64> =
            lower.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect();
        for idea in world.ideas.iter_mut().filter(|idea| newest.contains(&idea.id)) {
            // A wish that names no number is meant for all of them.
            let all = named.is_empty() && !lower.trim().is_empty();
            if !all && !named.contains(&idea.ordinal) {
                continue;
            }
            if lower.contains("drop") {
                idea.status = "rejected".to_owned();
                remaining.retain(|id| *id != idea.id);
            } else {
                idea.hook = shorter(&idea.hook);
                if lower.contains("montage") {
                    idea.video_type_id = 3;
                }
            }
            idea.updated_ms = now;
        }
    }
    remaining
}

/// The `data` of an idea, in the shapes the reference gives.
pub fn data(title: &str, topic: &str, seconds: u64, source: &str, salt: u64) -> Value {
    let watched = 180_000 + salt % 3_600_000;
    let scene = media::any_scene(topic, salt);
    json!({
        "selected_assets": [
            {"url": format!("/media/clip/{scene}-9x16.mp4"), "type": "video", "description": format!("b-roll of {topic} from {source}"), "usage": "clip 1-3s", "source": source, "clip_range": {"start": 1, "end": 3}},
            {"url": format!("/media/art/{scene}-9x16-m.png"), "type": "image", "description": "the shelf in morning light", "usage": "closing still", "source": "library", "clip_range": null}
        ],
        "project_manifest": {
            "video_title": title,
            "total_duration": seconds,
            "aspect_ratio": "9:16",
            "global_extracted_assets": [],
            "timeline_layers": [
                {"type": "clip", "name": "Opening", "start": 0, "end": seconds / 3},
                {"type": "clip", "name": "Detail", "start": seconds / 3, "end": seconds},
                {"type": "sound", "name": "Voice", "start": 0, "end": seconds},
                {"type": "caption", "name": "Captions", "start": 0, "end": seconds}
            ]
        },
        "inspiration_sources": [
            {"type": "tiktok", "url": format!("https://www.tiktok.com/{source}"), "creator": source.trim_start_matches('@'), "watch_count": watched, "like_count": watched / 9, "what_was_used": "the silence before the reveal"}
        ],
        "rationale": format!("Videos on {topic} held {} % of viewers past three seconds on the accounts you watch this week.", 58 + salt % 23),
    })
}

fn topics(world: &World, agent_id: &str) -> Vec<String> {
    let core = world.agents.iter().find(|agent| agent.id == agent_id).map(|agent| &agent.core);
    let keywords = core.and_then(|core| core.get("keywords")).and_then(Value::as_array);
    let topics: Vec<String> =
        keywords.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    if topics.is_empty() {
        vec!["the work behind the scenes".to_owned(), "a small change".to_owned()]
    } else {
        topics
    }
}

fn inspiration(world: &World, agent_id: &str) -> Vec<String> {
    let core = world.agents.iter().find(|agent| agent.id == agent_id).map(|agent| &agent.core);
    let monitored = core.and_then(|core| core.get("monitored")).and_then(Value::as_array);
    let accounts = monitored.into_iter().flatten().filter(|item| item["item_type"] == "account");
    let handles: Vec<String> = accounts
        .filter_map(|item| item["handle"].as_str())
        .map(|handle| handle.rsplit('/').next().unwrap_or(handle).to_owned())
        .collect();
    if handles.is_empty() { vec!["@makersweekly".to_owned()] } else { handles }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first sentence; of a single sentence, its first words.
fn shorter(hook: &str) -> String {
    let first = hook.split_inclusive(['.', '?', '!']).next().unwrap_or(hook).trim();
    if first.len() < hook.trim().len() {
        return first.to_owned();
    }
    let words: Vec<&str> = hook.split_whitespace().collect();
    if words.len() < 5 {
        hook.to_owned()
    } else {
        format!("{}.", words[..words.len() - 2].join(" ").trim_end_matches([',', '.']))
    }
}
