use serde::{Deserialize, Serialize};

use super::{Column, Layer, vidsheet};
use crate::TemplateId;
use crate::tolerant;

/// A ready-made vidsheet to clone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// GEN's number for it.
    pub id: TemplateId,
    /// Its name in URLs.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub slug: String,
    /// What people call it.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub title: Option<String>,
    /// What GEN calls it where it has no title.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub name: Option<String>,
    /// What it is for.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub description: Option<String>,
    /// A picture; hostile text until it passed the media route.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub cover: Option<String>,
    /// How to work with it; hostile text until it was found to be a safe link.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub tutorial_url: Option<String>,
    /// Words to filter by, the video type among them.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub tags: Vec<String>,
    /// Things made with it lately.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub recent_generated_contents: Vec<RecentContent>,
    /// Its columns, where a detail was asked for.
    #[serde(default, deserialize_with = "vidsheet::in_order")]
    pub columns: Vec<Column>,
    /// The stack that its video column begins with, lowest first, where a detail was asked for.
    #[serde(default, deserialize_with = "vidsheet::in_order")]
    pub layers: Vec<Layer>,
}

impl Template {
    /// What to show as its name.
    pub fn display_title(&self) -> &str {
        self.title.as_deref().or(self.name.as_deref()).unwrap_or(&self.slug)
    }
}

/// Something made with a template.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct RecentContent {
    /// `video` or `image`.
    #[serde(rename = "type", deserialize_with = "tolerant::text")]
    pub kind: Option<String>,
    /// A small picture.
    #[serde(deserialize_with = "tolerant::text")]
    pub thumbnail_url: Option<String>,
    /// The thing itself, where a detail was asked for.
    #[serde(alias = "file_url", deserialize_with = "tolerant::text")]
    pub url: Option<String>,
}
