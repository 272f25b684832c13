use super::words;
use super::{
    CaptionsModel, ClipModel, ClipRatio, ImageClipModel, ImageModel, ImageRatio, IngredientsModel,
    LipsyncModel, TextModel,
};

words! {
    /// The canonical kinds of generation; a render is not one, it has its own operation.
    GenerationType {
        Text = "text",
        ImageFromText = "image_from_text",
        VideoFromText = "video_from_text",
        VideoFromImage = "video_from_image",
        VideoFromIngredients = "video_from_ingredients",
        SpeechFromText = "speech_from_text",
        Lipsync = "lipsync",
        Captions = "captions",
        Media = "media",
    }
}

impl GenerationType {
    /// The models the reference lists for it, the cheapest sensible default first.
    pub fn models(&self) -> &'static [&'static str] {
        match self {
            Self::Text => TextModel::WORDS,
            Self::ImageFromText => ImageModel::WORDS,
            Self::VideoFromText => ClipModel::WORDS,
            Self::VideoFromImage => ImageClipModel::WORDS,
            Self::VideoFromIngredients => IngredientsModel::WORDS,
            Self::Lipsync => LipsyncModel::WORDS,
            Self::Captions => CaptionsModel::WORDS,
            Self::SpeechFromText | Self::Media | Self::Unknown(_) => &[],
        }
    }

    /// The aspect ratios the reference lists for it.
    pub fn aspect_ratios(&self) -> &'static [&'static str] {
        match self {
            Self::ImageFromText => ImageRatio::WORDS,
            Self::VideoFromText | Self::VideoFromImage | Self::VideoFromIngredients => ClipRatio::WORDS,
            _ => &[],
        }
    }

    /// Credits one run typically takes by GEN's published table: an estimate, never a promise.
    pub fn typical_credits(&self) -> u32 {
        match self {
            Self::Text => 2,
            Self::ImageFromText => 5,
            Self::VideoFromText | Self::VideoFromImage | Self::VideoFromIngredients => 250,
            Self::SpeechFromText => 15,
            Self::Lipsync => 200,
            Self::Captions => 10,
            Self::Media | Self::Unknown(_) => 0,
        }
    }
}
