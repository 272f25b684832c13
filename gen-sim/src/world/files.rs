//! Jobs, the files they leave behind, and the credits they cost.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One generation, render, voice preview, publication or monitoring: GEN calls them all user jobs.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    pub id: u64,
    /// The canonical generation type, `render`, `voice_preview`, `publish_content` or `train_social`.
    pub card: String,
    pub organization_id: u64,
    pub agent_id: String,
    /// 0 when it belongs to no vidsheet.
    pub vidsheet_id: u64,
    pub cell_id: u64,
    /// The layer it makes, when it was started on one.
    #[serde(default)]
    pub layer_id: Option<u64>,
    pub data: Value,
    pub status: String,
    pub result: Value,
    pub failed_reason: Option<String>,
    pub outputs: Vec<u64>,
    pub cost: f64,
    pub charged: bool,
    /// Decided when it starts: the reason it will fail with, if it will.
    pub will_fail: Option<String>,
    pub created_ms: u64,
    pub starts_ms: u64,
    pub done_ms: u64,
}

/// A file GEN stores. Its bytes are made again from `make` whenever they are asked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Resource {
    pub id: u64,
    pub agent_id: String,
    pub vidsheet_id: Option<u64>,
    pub job: Option<u64>,
    pub name: String,
    pub created_ms: u64,
    #[serde(default)]
    pub folder_id: Option<u64>,
    pub make: Make,
}

/// How the bytes of a resource are made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Make {
    Picture {
        scene: usize,
        ratio: String,
        caption: String,
    },
    Speech {
        script: String,
        voice: String,
    },
    Clip {
        scene: usize,
        ratio: String,
    },
    /// Somebody uploaded it.
    Stored {
        key: String,
        content_type: String,
    },
    /// A render of what the row showed when it was made.
    Film(Box<crate::media::Film>),
}

/// A folder of the asset library.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Folder {
    pub id: u64,
    pub agent_id: String,
    pub name: String,
    pub parent: Option<u64>,
    pub created_ms: u64,
}

/// A direct upload that was announced.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Upload {
    pub id: u64,
    pub user: u64,
    pub key: String,
    pub signed_id: String,
    pub filename: String,
    pub content_type: String,
    pub byte_size: u64,
    /// MD5 of the bytes to come, in base64.
    pub checksum: String,
    /// Every byte has arrived and the checksum was right.
    pub received: bool,
}

/// Something a webhook shall hear about.
#[derive(Debug, Clone)]
pub struct Notice {
    pub url: String,
    pub body: Value,
}

/// One line of the credits ledger.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    pub at_ms: u64,
    pub organization_id: u64,
    /// `charge` or `refund`.
    pub kind: String,
    pub credits: f64,
    pub balance_after: f64,
    pub what: String,
}
