use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::words;
use crate::Error;

/// The most characters TikTok shows of a description.
pub const PUBLICATION_DESCRIPTION_MAX: usize = 2_200;

words! {
    /// Where a final video is published.
    PublicationPlatform { Tiktok = "tiktok" }
}

words! {
    /// What is published.
    PublicationMedia { Video = "VIDEO", Image = "IMAGE" }
}

/// When a final video goes out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicationTime {
    /// At once.
    Now,
    /// Then: ISO 8601 in UTC, in the future.
    At(String),
}

/// A final video on its way to a platform. It acts in public and cannot be taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Publication {
    /// Where to.
    pub platform: PublicationPlatform,
    /// A public address, as of a render's output.
    pub media_url: String,
    /// The caption with its hashtags; platforms cut it at [`PUBLICATION_DESCRIPTION_MAX`] characters.
    pub description: String,
    /// Where the platform has titles.
    #[serde(default)]
    pub title: Option<String>,
    /// What it is.
    pub media: PublicationMedia,
    /// When.
    pub time: PublicationTime,
    /// A picture to show first.
    #[serde(default)]
    pub thumbnail_url: Option<String>,
    /// Minutes from UTC, of the person who chose the time.
    #[serde(default)]
    pub timezone_offset: i32,
}

impl Publication {
    /// Refuses what GEN would refuse: [`Error::Invalid`]. Whether a time lies in the future is for GEN to say.
    pub fn check(&self) -> Result<(), Error> {
        let refuse = |why: &str| Err(Error::Invalid(why.to_owned()));
        if !self.media_url.starts_with("https://") && !self.media_url.starts_with("http://") {
            return refuse("Only a video with a public address can be published.");
        }
        if self.description.trim().is_empty() {
            return refuse("A publication needs a description.");
        }
        if matches!(&self.time, PublicationTime::At(time) if time.trim().is_empty()) {
            return refuse("Say when to publish.");
        }
        Ok(())
    }

    /// GEN's fields; `None` is left out.
    pub fn to_wire(&self) -> Map<String, Value> {
        let (schedule, time) = match &self.time {
            PublicationTime::Now => ("now", None),
            PublicationTime::At(time) => ("scheduled", Some(time)),
        };
        let mut fields = Map::new();
        for (name, value) in [
            ("platform", json!(self.platform)),
            ("media_url", json!(self.media_url)),
            ("description", json!(self.description)),
            ("title", json!(self.title)),
            ("media_type", json!(self.media)),
            ("schedule_type", json!(schedule)),
            ("scheduled_time", json!(time)),
            ("thumbnail_url", json!(self.thumbnail_url)),
            ("timezone_offset", json!(self.timezone_offset)),
        ] {
            if !value.is_null() {
                fields.insert(name.to_owned(), value);
            }
        }
        fields
    }
}
