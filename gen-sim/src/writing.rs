//! Text that reads as if a model had written it, made from the prompt, the same every time.

use serde_json::{Value, json};

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

/// Words with their times, as the captions card returns them: about two and a half words a second.
pub fn captions(script: &str) -> Vec<Value> {
    let words = script.split_whitespace().enumerate();
    words
        .map(|(n, word)| json!({"word": word, "start": n as f64 * 0.4, "end": n as f64 * 0.4 + 0.36}))
        .collect()
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

/// What the prompt is about: the words after "about", "on" or "for", else its first few.
fn subject(prompt: &str) -> String {
    let lower = prompt.to_lowercase();
    let start = [" about ", " on ", " for ", " of "]
        .iter()
        .filter_map(|mark| Some(lower.find(mark)? + mark.len()))
        .min();
    let tail = prompt.get(start.unwrap_or(0)..).unwrap_or(prompt);
    let sentence = tail
        .split(['.', '!', '?', '\n', ':', ';'])
        .map(str::trim)
        .find(|part| !part.is_empty())
        .unwrap_or("this");
    let words: Vec<&str> = sentence.split_whitespace().take(12).collect();
    let joined = words.join(" ").trim_end_matches(',').to_owned();
    if joined.is_empty() { "this".to_owned() } else { joined }
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
    }
}
