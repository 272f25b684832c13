//! Renders: the layers of a row put together as a small MP4.

mod frames;
mod mp4;
mod sound;

use openh264::OpenH264API;
use openh264::encoder::{Encoder, EncoderConfig, FrameRate, IntraFramePeriod, RateControlMode};
use openh264::formats::{RgbSliceU8, YUVBuffer};
use serde::{Deserialize, Serialize};

use super::picture::Ratio;
use frames::Frames;

/// Layers count in frames of this rate.
pub const LAYER_RATE: u64 = 30;
/// The film has every second one.
const RATE: u64 = 15;
/// Pixels along the shorter side of the film, and of the picture that layers are measured in.
const SHORTER: u32 = 360;
const LAYER_SHORTER: f32 = 1080.0;

/// What a render shows: the layers of its row as they were when it was made, bottom to top.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Film {
    /// `9:16`.
    pub ratio: String,
    /// How long it is, in frames of [`LAYER_RATE`].
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
    /// A picture; one that moves is seen through a slowly moving camera, as the clips are.
    Scene {
        scene: usize,
        moving: bool,
    },
    Text {
        words: String,
        size: f32,
        colour: [u8; 3],
        background: Option<[u8; 3]>,
    },
    /// Each word with its first and last moment, in seconds of the film.
    Captions {
        words: Vec<(String, f32, f32)>,
        colour: [u8; 3],
    },
    Colour([u8; 3]),
    Sound {
        script: String,
        voice: String,
        volume: f32,
        skip: u64,
    },
}

impl Film {
    /// The film as an MP4 file: H.264, and Opus for the sound when there is any.
    pub fn mp4(&self) -> Option<Vec<u8>> {
        let encoded = self.encode();
        encoded.inspect_err(|error| tracing::warn!(%error, "a render could not be written")).ok()
    }

    fn encode(&self) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
        let (width, height) = Ratio::read(&self.ratio).pixels(SHORTER);
        let config = EncoderConfig::new()
            .max_frame_rate(FrameRate::from_hz(RATE as f32))
            // Every picture at the same quality: nothing has to fit through a line.
            .rate_control_mode(RateControlMode::Off)
            // A skipped picture would make the film shorter than its sound.
            .skip_frames(false)
            .intra_frame_period(IntraFramePeriod::from_num_frames(RATE as u32 * 2));
        let mut encoder = Encoder::with_api_config(OpenH264API::from_source(), config)?;
        let mut frames = Frames::of(self, width, height);
        let mut yuv = YUVBuffer::new(width as usize, height as usize);
        let mut video = mp4::Video::new(width, height, RATE as u32);
        for n in 0..self.frames.div_ceil(LAYER_RATE / RATE).max(1) {
            let rgb = frames.draw(n * LAYER_RATE / RATE);
            yuv.read_rgb8(RgbSliceU8::new(rgb, (width as usize, height as usize)));
            video.push(&encoder.encode(&yuv)?.to_vec());
        }
        let seconds = self.frames as f64 / LAYER_RATE as f64;
        let sound = sound::mix(&self.layers, seconds).map(|mixed| sound::encode(&mixed)).transpose()?;
        Ok(mp4::file(&video, sound.as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn film(layers: Vec<Shown>) -> Film {
        Film { ratio: "9:16".to_owned(), frames: 60, scene: 0, layers }
    }

    fn shown(what: What) -> Shown {
        Shown { from: 0, frames: 60, place: None, what }
    }

    #[test]
    fn a_film_is_an_mp4_of_its_size_and_length() {
        let silent = film(vec![shown(What::Scene { scene: 3, moving: true })]).mp4().unwrap();
        assert_eq!(&silent[4..8], b"ftyp");
        let at = |name: &[u8]| silent.windows(4).position(|four| four == name).unwrap();
        let number = |place: usize| u32::from_be_bytes(silent[place..place + 4].try_into().unwrap());
        let header = at(b"mvhd");
        assert_eq!((number(header + 16), number(header + 20)), (1000, 2000));
        let track = at(b"tkhd");
        assert_eq!((number(track + 80) >> 16, number(track + 84) >> 16), (360, 640));
        assert!(!silent.windows(4).any(|four| four == b"Opus"));
        let sound = What::Sound { script: "Nobody speaks.".into(), voice: "v".into(), volume: 1.0, skip: 0 };
        let spoken = film(vec![shown(What::Scene { scene: 3, moving: false }), shown(sound)]).mp4().unwrap();
        assert!(spoken.windows(4).any(|four| four == b"Opus"));
    }
}
