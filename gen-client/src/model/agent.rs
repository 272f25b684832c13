use serde::{Deserialize, Serialize};

use crate::tolerant;
use crate::{AgentId, AvatarId, DegodId, OrganizationId, UserId};

/// The person a GEN key belongs to; `GET /me` is how a key is tested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GenUser {
    /// GEN's number for the person.
    pub id: UserId,
    /// Their address at GEN.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub email: String,
    /// Their name at GEN.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub name: String,
    /// What GEN calls them.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub username: Option<String>,
}

/// A workspace in GEN's discovery: an organization that the key may manage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Workspace {
    /// The organization's id.
    pub id: OrganizationId,
    /// The organization's name.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub name: String,
}

/// The identity content is made for. A list carries only the first two fields for certain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agent {
    /// Scope of nearly every call.
    pub id: AgentId,
    /// What people call it.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub name: String,
    /// One or two sentences.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub description: Option<String>,
    /// Who pays; `None` where GEN's answer did not say.
    #[serde(default, deserialize_with = "tolerant::optional")]
    pub organization_id: Option<OrganizationId>,
    /// The organization's other id, where one agent was asked for (D10).
    #[serde(default, deserialize_with = "tolerant::text")]
    pub organization_uuid: Option<String>,
    /// IANA name.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub time_zone: Option<String>,
    /// Where its main picture lies; hostile text until it passed the media route.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub primary_avatar_url: Option<String>,
    /// `owner`, `manager`, `editor` or `viewer`.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub role: Option<String>,
}

/// A picture of an agent; exactly one is primary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Avatar {
    /// GEN's number for it.
    pub id: AvatarId,
    /// Whether it stands for the agent.
    #[serde(default, deserialize_with = "tolerant::or_default")]
    pub is_primary: bool,
    /// The picture.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub url: Option<String>,
    /// A small version of the picture.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub thumbnail_url: Option<String>,
    /// Which picture of GEN's own collection it is, if it is one.
    #[serde(default, deserialize_with = "tolerant::optional")]
    pub degod_avatar_id: Option<DegodId>,
}
