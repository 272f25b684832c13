use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::LayerKind;
use crate::ColumnId;

/// What changes about an ingredient column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnPatch {
    /// Which.
    pub id: ColumnId,
    /// New title; unique in its vidsheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// New description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// What changes about a layer. GEN merges attributes by words nobody wrote down, so send them whole (D26).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct LayerPatch {
    /// New name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// New kind.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<LayerKind>,
    /// Timing in frames at 30 a second, place in pixels, style.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub additional_attributes: Option<Map<String, Value>>,
}
