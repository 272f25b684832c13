//! The files GEN would keep on its CDN: made when they are asked for, open to everyone, with ranges.

mod clips;
mod font;
mod picture;
mod pots;
mod scenes;
mod serve;
mod shapes;
mod speech;

pub use picture::{Picture, Ratio, draw_picture};
pub use scenes::SCENES;
pub use serve::router;
pub use speech::seconds as speech_seconds;

use crate::world::Make;
use crate::writing::hash;

/// The content type of what will be made.
pub fn content_type(make: &Make) -> &'static str {
    match make {
        Make::Picture { .. } => "image/png",
        Make::Speech { .. } => "audio/wav",
        Make::Clip { .. } => "video/mp4",
    }
}

/// Words of a prompt and the scene they call for; the first that matches wins.
const CALLS_FOR: &[(&[&str], usize)] = &[
    (&["broke", "break", "crack", "shard", "hammer"], 2),
    (&["wheel", "throw", "hands", "centre", "spin"], 3),
    (&["kiln", "fire", "firing", "cone", "flame"], 8),
    (&["tile", "test"], 9),
    (&["tideline", "three", "bowls"], 10),
    (&["harbour", "boat", "lighthouse", "net"], 11),
    (&["celadon", "bowl", "sea"], 5),
    (&["plate", "foot ring", "food safe", "dish"], 6),
    (&["cost", "price", "euro", "€"], 7),
    (&["handle", "pink"], 4),
    (&["blue", "vase", "bottle"], 1),
    (&["mug", "cup", "shelf", "dry"], 0),
];

/// The scene that fits a prompt; any one, always the same, when no word fits.
pub fn scene_for(prompt: &str, salt: u64) -> usize {
    let lower = prompt.to_lowercase();
    let called = CALLS_FOR.iter().find(|(words, _)| words.iter().any(|word| lower.contains(word)));
    called.map_or((hash(&format!("{prompt}{salt}")) % SCENES as u64) as usize, |(_, scene)| *scene)
}
