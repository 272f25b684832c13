//! Renders.

use serde::{Deserialize, Serialize};

/// What a render shows: the layers of its row as they were when it was made, bottom to top.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Film {
    /// `9:16`.
    pub ratio: String,
    pub frames: u64,
    /// Of the picture that stands for it.
    pub scene: usize,
    pub layers: Vec<Shown>,
}

/// One layer, in frames and in pixels of a picture whose shorter side has 1080.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Shown {
    pub from: u64,
    pub frames: u64,
    /// Left, top, width and height; the whole picture when absent.
    pub place: Option<[f32; 4]>,
    pub what: What,
}

/// What a layer shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum What {
    Scene { scene: usize, moving: bool },
    Text { words: String, size: f32, colour: [u8; 3], background: Option<[u8; 3]> },
    Captions { words: Vec<(String, f32, f32)>, colour: [u8; 3] },
    Colour([u8; 3]),
    Sound { script: String, voice: String, volume: f32, skip: u64 },
}

impl Film {
    /// The film as an MP4 file.
    pub fn mp4(&self) -> Option<Vec<u8>> {
        None
    }
}
