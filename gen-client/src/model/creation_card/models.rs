//! Which models, ratios and lengths each kind of generation has. What GEN adds later is kept as it is written.

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use crate::Error;
use crate::model::words;

words! {
    /// What writes a text; the cheapest sensible one first, as in every list here.
    TextModel {
        Gemini20Flash = "gemini_2_0_flash",
        Gemini25Pro = "gemini_2_5_pro",
        Gpt4o = "gpt_4o",
        Gpt4oMini = "gpt_4o_mini",
        O3Mini = "o3_mini",
        O4Mini = "o4_mini",
        ClaudeSonnet4 = "claude_sonnet_4",
    }
}

words! {
    /// What draws a picture.
    ImageModel {
        GeminiImage = "gemini_image",
        GeminiProImage = "gemini_pro_image",
        Midjourney = "midjourney",
    }
}

words! {
    /// What makes a clip from words.
    ClipModel {
        SeedancePro = "seedance_pro",
        SeedancePro15 = "seedance_pro_1_5",
        Veo3Fast = "veo_3_fast",
        Veo3 = "veo_3",
        Veo31Fast = "veo_3_1_fast",
        Veo31 = "veo_3_1",
        Sora2 = "sora_2",
        Kling16 = "kling_1_6",
    }
}

words! {
    /// What makes a clip that begins with a picture.
    ImageClipModel {
        SeedanceLite = "seedance_lite",
        SeedancePro = "seedance_pro",
        SeedancePro15 = "seedance_pro_1_5",
        Kling21 = "kling_2_1",
        Kling26 = "kling_2_6",
        Veo3Fast = "veo_3_fast",
        Veo3 = "veo_3",
        Veo31Fast = "veo_3_1_fast",
        Veo31 = "veo_3_1",
        Sora2 = "sora_2",
    }
}

words! {
    /// What makes a clip of several pictures or clips.
    IngredientsModel {
        SeedanceLite = "seedance_lite",
        Pika = "pika",
        Kling16 = "kling_1_6",
        Veo31Fast = "veo_3_1_fast",
        Veo31 = "veo_3_1",
    }
}

words! {
    /// What moves lips: `gen` is faster, `sync_so` better.
    LipsyncModel { Fast = "gen", SyncSo = "sync_so" }
}

words! {
    /// What writes down what is said.
    CaptionsModel { Gemini = "gemini" }
}

words! {
    /// Width to height of a picture.
    ImageRatio {
        Vertical = "9:16",
        Square = "1:1",
        Horizontal = "16:9",
        FourToThree = "4:3",
        ThreeToFour = "3:4",
    }
}

words! {
    /// Width to height of a clip.
    ClipRatio { Vertical = "9:16", Square = "1:1", Horizontal = "16:9" }
}

/// How long a clip shall be, in whole seconds; which length a model takes is the model's matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub enum ClipLength {
    /// 5 seconds.
    #[default]
    Five,
    /// 10 seconds.
    Ten,
    /// A length the reference does not list, as some models take.
    Other(NonZeroU32),
}

impl ClipLength {
    /// The lengths the reference lists.
    pub const ALL: &'static [Self] = &[Self::Five, Self::Ten];

    /// In seconds.
    pub fn seconds(self) -> u32 {
        match self {
            Self::Five => 5,
            Self::Ten => 10,
            Self::Other(seconds) => seconds.get(),
        }
    }
}

impl From<ClipLength> for u32 {
    fn from(length: ClipLength) -> Self {
        length.seconds()
    }
}

impl TryFrom<u32> for ClipLength {
    type Error = Error;

    fn try_from(seconds: u32) -> Result<Self, Error> {
        match (seconds, NonZeroU32::new(seconds)) {
            (5, _) => Ok(Self::Five),
            (10, _) => Ok(Self::Ten),
            (_, Some(seconds)) => Ok(Self::Other(seconds)),
            (_, None) => Err(Error::Invalid("A clip lasts a second at least.".into())),
        }
    }
}

/// How freely a text is written: from 0, always alike, to 1. GEN takes 0.2 where nothing is said.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Temperature(f64);

impl TryFrom<f64> for Temperature {
    type Error = Error;

    fn try_from(temperature: f64) -> Result<Self, Error> {
        if (0.0..=1.0).contains(&temperature) {
            return Ok(Self(temperature));
        }
        Err(Error::Invalid("A temperature lies between 0 and 1.".into()))
    }
}

impl From<Temperature> for f64 {
    fn from(temperature: Temperature) -> Self {
        temperature.0
    }
}

/// How fast is spoken: 1 is the voice's own pace. GEN names no limits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Speed(f64);

impl TryFrom<f64> for Speed {
    type Error = Error;

    fn try_from(speed: f64) -> Result<Self, Error> {
        if speed.is_finite() && speed > 0.0 {
            return Ok(Self(speed));
        }
        Err(Error::Invalid("A speed is more than 0.".into()))
    }
}

impl From<Speed> for f64 {
    fn from(speed: Speed) -> Self {
        speed.0
    }
}
