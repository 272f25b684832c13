//! The files GEN would keep on its CDN: made when they are asked for, open to everyone, with ranges.

mod clips;
mod film;
mod font;
mod picture;
mod pots;
mod scenes;
mod serve;
mod shapes;
mod speech;
mod stored;

pub use film::{Film, LAYER_RATE, Shown, What};
pub use picture::{Picture, Ratio, draw_picture};
pub use scenes::SCENES;
pub use serve::router;
pub use speech::{seconds as speech_seconds, word_seconds as speech_word_seconds};

use crate::world::Make;
use crate::writing::hash;

/// The content type of what will be made.
pub fn content_type(make: &Make) -> &str {
    match make {
        Make::Picture { .. } => "image/png",
        Make::Speech { .. } => "audio/wav",
        Make::Clip { .. } | Make::Film(_) => "video/mp4",
        Make::Stored { content_type, .. } => content_type,
    }
}

/// A script as a WAV file in this voice.
pub fn speech(script: &str, voice: &str) -> Option<Vec<u8>> {
    let spoken = speech::wav(script, voice);
    spoken.inspect_err(|error| tracing::warn!(%error, "speech could not be written")).ok()
}

/// Words of a prompt and the scene they call for; the first that matches wins.
const CALLS_FOR: &[(&[&str], usize)] = &[
    (&["broke", "broken", "break", "crack", "shard", "hammer"], 2),
    (&["wheel", "throw", "throwing", "hand", "centre", "spin"], 3),
    (&["kiln", "fire", "firing", "cone", "flame"], 8),
    (&["tile", "test"], 9),
    (&["tideline", "three"], 10),
    (&["harbour", "boat", "lighthouse", "net"], 11),
    (&["celadon", "bowl", "sea"], 5),
    (&["plate", "foot ring", "food safe", "dish"], 6),
    (&["cost", "price", "euro"], 7),
    (&["handle", "pink"], 4),
    (&["blue", "vase", "bottle"], 1),
    (&["mug", "cup", "shelf", "drying"], 0),
];

/// The scene that a prompt's words call for, if they call for one.
pub fn scene_for(prompt: &str) -> Option<usize> {
    let lower = prompt.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let named = |name: &&str| {
        let whole = |word: &&str| word == name || word.strip_suffix('s') == Some(name);
        if name.contains(' ') { lower.contains(name) } else { words.iter().any(whole) }
    };
    CALLS_FOR.iter().find(|(names, _)| names.iter().any(named)).map(|(_, scene)| *scene)
}

/// Any scene, always the same for the same prompt.
pub fn any_scene(prompt: &str, salt: u64) -> usize {
    (hash(&format!("{prompt}{salt}")) % SCENES as u64) as usize
}

#[cfg(test)]
mod tests {
    use super::scene_for;

    #[test]
    fn whole_words_call_for_a_scene() {
        assert_eq!(scene_for("Two blue vases at dawn"), Some(1));
        assert_eq!(scene_for("What a €38 mug really costs"), Some(7));
        assert_eq!(scene_for("The latest research, a magnetic cabinet"), None);
    }
}
