use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{ContentResource, words};
use crate::GenerationId;
use crate::tolerant;

words! {
    /// Where a generation stands at GEN.
    GenerationStatus {
        Pending = "pending",
        Processing = "processing",
        Completed = "completed",
        Failed = "failed",
        Stopped = "stopped",
    }
}

impl GenerationStatus {
    /// Whether it will not change by itself any more. A word we do not know counts as still going on.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Completed | Self::Failed | Self::Stopped)
    }
}

/// One AI job on a cell or layer and its result, called a take where a cell has several; a render is one too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Generation {
    /// GEN's number for it.
    pub id: GenerationId,
    /// Where it stands.
    #[serde(default)]
    pub status: GenerationStatus,
    /// What GEN calls the kind of job, shown as it is where it is not one of ours.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub job_type: Option<String>,
    /// Text for a text generation, an object for captions, else null.
    #[serde(default)]
    pub result: Option<Value>,
    /// GEN's message for people when it failed.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub failed_reason: Option<String>,
    /// The files it made.
    #[serde(default, deserialize_with = "tolerant::list")]
    pub outputs: Vec<ContentResource>,
    /// Credits it took, once GEN says so.
    #[serde(default, deserialize_with = "tolerant::number")]
    pub cost: Option<f64>,
}

impl Generation {
    /// Whether stopping it makes sense: GEN refunds a job that has not ended.
    pub fn can_stop(&self) -> bool {
        !self.status.is_final()
    }

    /// The text it made, if it made text.
    pub fn text(&self) -> Option<&str> {
        self.result.as_ref().and_then(Value::as_str)
    }
}

/// GEN's answer to a start: the id to follow. Nothing is known yet but that it was accepted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GenerationStarted {
    /// What to follow.
    pub id: GenerationId,
    /// Usually pending.
    #[serde(default)]
    pub status: GenerationStatus,
}
