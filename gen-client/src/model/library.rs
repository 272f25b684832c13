use serde::{Deserialize, Serialize};

use super::{ContentResource, words};
use crate::tolerant;
use crate::{FolderId, GenerationId};

/// A thing in the library: GEN mixes folders and files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum LibraryItem {
    /// A folder.
    #[serde(rename = "AssetFolder")]
    Folder(Folder),
    /// A file.
    #[serde(rename = "ContentResource")]
    File(ContentResource),
    /// Something this version does not know.
    #[serde(other)]
    Other,
}

/// A folder of the library.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Folder {
    /// GEN's number for it.
    pub id: FolderId,
    /// What people call it.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub name: String,
}

/// What of the library to list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LibraryQuery {
    /// Inside which folder; the top without one.
    pub folder: Option<FolderId>,
    /// Only these kinds; all if empty.
    pub kinds: Vec<LibraryKind>,
    /// Only what has this in its name.
    pub search: Option<String>,
    /// Newest first, instead of folders first.
    pub recent: bool,
    /// The first page is 1, which counts where none is given.
    pub page: Option<u32>,
    /// Things per page; GEN takes 20 where none is given.
    pub page_size: Option<u32>,
}

words! {
    /// A kind of thing in the library.
    LibraryKind { Image = "image", Video = "video", Audio = "audio", Folder = "folder" }
}

/// A file with what made it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredResource {
    /// The file.
    pub resource: ContentResource,
    /// The generation it is from; `None` for an upload.
    #[serde(default, deserialize_with = "tolerant::optional")]
    pub generator: Option<Generator>,
}

/// What made a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Generator {
    /// The generation.
    pub id: GenerationId,
    /// Such as `image_from_text`.
    #[serde(default, rename = "type", deserialize_with = "tolerant::text")]
    pub job_type: Option<String>,
}

/// Where and how to send a file to GEN's storage. The address is a secret: whoever has it may write there.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct DirectUpload {
    /// What names the file to GEN once it is there.
    pub signed_id: String,
    /// Where to send it.
    pub url: String,
    /// The type to send it as.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub content_type: String,
    /// The MD5 to send along, in base64.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub content_md5: String,
    /// Bytes that GEN expects.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub byte_size: u64,
}

impl std::fmt::Debug for DirectUpload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DirectUpload({}, {} bytes)", self.content_type, self.byte_size)
    }
}
