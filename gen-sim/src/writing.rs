//! Text that reads as if a model had written it, made from the prompt, the same every time.

use serde_json::{Value, json};

use crate::media::speech_word_seconds;

/// A number that only depends on the text.
pub fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
        >> 8
}

/// Answers a text prompt: a hook, a caption, a title or a script, whichever it asks for.
pub fn write(prompt: &str, salt: u64) -> String {
    let lower = prompt.to_lowercase();
    let subject = subject(prompt);
    let pick = |from: &[&str]| {
        from[(hash(&format!("{prompt}{salt}")) as usize) % from.len()].replace("{s}", &subject)
    };
    if lower.contains("hook") && !lower.contains("script") {
        return capital(&pick(HOOKS));
    }
    if lower.contains("caption") || lower.contains("hashtag") {
        return format!("{} {}", capital(&pick(CAPTIONS)), tags(&subject));
    }
    if lower.contains("title") || lower.contains("headline") {
        return capital(&pick(TITLES));
    }
    let (open, close) = (pick(OPENINGS), pick(CLOSINGS));
    format!("{} {} {}", capital(&open), capital(&pick(MIDDLES)), capital(&close))
}

/// Words with their times, as the captions card returns them: as fast as the voice says them.
pub fn captions(script: &str) -> Vec<Value> {
    let mut start = 0.0;
    let timed = |word| {
        let next = start + speech_word_seconds(word);
        let end = start + 0.9 * (next - start);
        let caption = json!({"word": word, "start": start, "end": end});
        start = next;
        caption
    };
    script.split_whitespace().map(timed).collect()
}

const HOOKS: &[&str] = &[
    "Nobody films this part of {s}.",
    "You are doing {s} in the wrong order.",
    "I timed it: {s} takes nine seconds longer than you think.",
    "Stop. Look at {s} before it dries.",
];
const CAPTIONS: &[&str] = &[
    "{s}, from the first touch to the last. Which half would you keep?",
    "Nine days of {s} in fifteen seconds.",
    "The quiet part of {s}, with the sound on.",
];
const TITLES: &[&str] = &["{s}, one take", "What {s} really takes", "The slow half of {s}"];
const OPENINGS: &[&str] = &[
    "Look closely at {s}.",
    "This is {s}, and it will not wait.",
    "Everyone shows you the end of {s}. Here is the beginning.",
];
const MIDDLES: &[&str] = &[
    "First the hands go still, then the wheel does. A degree too warm and it slumps; a minute too long and it cracks.",
    "We measure twice, cut once, and still lose one in nine. What is left has a reason for every line on it.",
    "There is no trick, only the order: water, pressure, breath. Change one and the shape tells you.",
];
const CLOSINGS: &[&str] = &[
    "Keep the sound on for the last second.",
    "Tell me which one you would drink from.",
    "Tomorrow it goes into the fire, and then we will know.",
];

/// What the prompt is about: the words after a colon, "about", "on", "for" or "of", up to the next comma.
fn subject(prompt: &str) -> String {
    const ENDS: &[&str] = &[".", "!", "?", "\n", ";", ",", " in the voice", " in a ", " with "];
    let lower = prompt.to_lowercase();
    let after =
        |mark: &&str| prompt.get(lower.find(mark)? + mark.len()..).filter(|tail| !tail.trim().is_empty());
    let tail = [": ", " about ", " on ", " for ", " of "].iter().find_map(after);
    let orders = ["write", "make", "create", "generate", "give", "rewrite", "shorten"];
    let tail = match tail {
        Some(tail) => tail,
        // An order that names nothing, such as "make it funnier", is about what is at hand.
        None if orders.iter().any(|order| lower.trim_start().starts_with(order)) => "this piece",
        None => prompt,
    };
    let lower = tail.to_lowercase();
    let end = ENDS.iter().filter_map(|mark| lower.find(mark)).min().unwrap_or(tail.len());
    let words: Vec<&str> = tail.get(..end).unwrap_or(tail).split_whitespace().take(12).collect();
    if words.is_empty() { "this piece".to_owned() } else { uncapital(&words.join(" ")) }
}

/// A title in the middle of a sentence starts small, unless its first word is all capitals.
fn uncapital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    match (first, letters.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() || second == ' ' => {
            first.to_lowercase().chain(letters).collect()
        }
        _ => text.to_owned(),
    }
}

fn tags(subject: &str) -> String {
    let long_words = subject.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3).take(3);
    long_words.map(|word| format!("#{}", word.to_lowercase())).collect::<Vec<_>>().join(" ")
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_about_its_prompt_and_stays_the_same() {
        let script = write("Write a 15 second script about ash glaze on porcelain", 3);
        assert!(script.to_lowercase().contains("ash glaze"), "{script}");
        assert_eq!(script, write("Write a 15 second script about ash glaze on porcelain", 3));
        assert!(!write("", 1).is_empty());
        for (prompt, about) in [
            ("Write a 15 second script for: Why I break one pot", "why I break one pot"),
            ("Title for a video on salt firing", "salt firing"),
            ("A script about why pots crack, dry tone", "why pots crack"),
            ("Make it funnier", "this piece"),
            ("Größe ẞ İ: über Öfen", "über Öfen"),
        ] {
            assert_eq!(subject(prompt), about);
        }
    }
}
