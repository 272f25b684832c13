use serde::{Deserialize, Serialize};

use super::words;
use crate::tolerant;
use crate::{ResourceId, VidsheetId};

/// A file that GEN stores: an upload or an output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContentResource {
    /// What creation cards name.
    pub id: ResourceId,
    /// Where it lies; public and permanent by GEN's word.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub url: Option<String>,
    /// A small picture of it.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub thumbnail_url: Option<String>,
    /// Its name, where it is an upload.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub file_name: Option<String>,
    /// `video`, `image`, `audio`, or a media type such as `video/mp4`; read it with [`Self::kind`].
    #[serde(default, deserialize_with = "tolerant::text")]
    pub content_type: Option<String>,
}

/// Which files to list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ResourceQuery {
    /// Only this kind.
    pub kind: Option<ResourceKind>,
    /// Only what was made for this vidsheet.
    pub vidsheet: Option<VidsheetId>,
    /// Only these.
    pub ids: Vec<ResourceId>,
    /// Twenty a page; the first page is 0.
    pub page: u32,
}

words! {
    /// A kind of file GEN stores.
    ResourceKind {
        Image = "image",
        Video = "video",
        Audio = "audio",
        Zip = "zip",
        SafeTensors = "safe_tensors",
    }
}

/// What a file is to the person who looks at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MediaKind {
    /// A still picture.
    Image,
    /// A moving picture.
    Video,
    /// Sound.
    Audio,
    /// Anything else.
    Other,
}

impl ContentResource {
    /// Image, video or audio, whether GEN said `Video` or `video/mp4`, or by the URL's ending if it said nothing.
    pub fn kind(&self) -> MediaKind {
        let said = self.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
        let path = self.url.as_deref().unwrap_or_default().split(['?', '#']).next().unwrap_or_default();
        let ends =
            |endings: &[&str]| endings.iter().any(|ending| path.to_ascii_lowercase().ends_with(ending));
        match said.split('/').next() {
            Some("image") => MediaKind::Image,
            Some("video") => MediaKind::Video,
            Some("audio") => MediaKind::Audio,
            _ if ends(&[".png", ".jpg", ".jpeg", ".webp", ".gif"]) => MediaKind::Image,
            _ if ends(&[".mp4", ".mov", ".webm"]) => MediaKind::Video,
            _ if ends(&[".mp3", ".wav", ".m4a", ".ogg"]) => MediaKind::Audio,
            _ => MediaKind::Other,
        }
    }
}
