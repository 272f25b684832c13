use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::words;
use crate::tolerant;
use crate::{AgentId, IdeaId};

words! {
    /// Where an idea stands.
    IdeaStatus {
        Generated = "generated",
        ApproveToCreate = "approve_to_create",
        ReadyForReview = "ready_for_review",
        ApprovedToPost = "approved_to_post",
        Posted = "posted",
        ChangeIdea = "change_idea",
        ChangeVideo = "change_video",
        Rejected = "rejected",
    }
}

/// A proposed video.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Idea {
    /// The record; what status calls name. Not `idea_id`, which counts inside a batch.
    pub id: IdeaId,
    /// Whose idea.
    #[serde(default, deserialize_with = "tolerant::optional")]
    pub agent_id: Option<AgentId>,
    /// What it is called.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub title: String,
    /// The first words of the video.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub hook: Option<String>,
    /// Everything that is said.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub full_script: Option<String>,
    /// What is shown.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub description: Option<String>,
    /// Such as `talking_avatar`.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub video_type: Option<String>,
    /// Where it stands.
    #[serde(default)]
    pub status: IdeaStatus,
    /// Seconds.
    #[serde(default, deserialize_with = "tolerant::number")]
    pub estimated_duration: Option<f64>,
    /// Such as `9:16`.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub aspect_ratio: Option<String>,
    /// Sources, assets, manifest, rationale.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub data: IdeaData,
    /// ISO 8601.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub created_at: Option<String>,
}

/// What stands behind an idea.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct IdeaData {
    /// Why the agent proposes it.
    #[serde(deserialize_with = "tolerant::text")]
    pub rationale: Option<String>,
    /// The videos it learned from.
    #[serde(deserialize_with = "tolerant::list")]
    pub inspiration_sources: Vec<InspirationSource>,
    /// Material it wants to use; shape beyond the reference unknown, so kept as it came.
    #[serde(deserialize_with = "tolerant::list")]
    pub selected_assets: Vec<Value>,
    /// The planned timeline; documented nowhere in detail, so kept as it came.
    pub project_manifest: Option<Value>,
}

/// A video an idea learned from.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct InspirationSource {
    /// The platform.
    #[serde(rename = "type", deserialize_with = "tolerant::text")]
    pub kind: Option<String>,
    /// Where it is; hostile text.
    #[serde(deserialize_with = "tolerant::text")]
    pub url: Option<String>,
    /// Who made it.
    #[serde(deserialize_with = "tolerant::text")]
    pub creator: Option<String>,
    /// Views.
    #[serde(deserialize_with = "tolerant::number")]
    pub watch_count: Option<f64>,
    /// Likes.
    #[serde(deserialize_with = "tolerant::number")]
    pub like_count: Option<f64>,
    /// What the idea took from it.
    #[serde(deserialize_with = "tolerant::text")]
    pub what_was_used: Option<String>,
}
