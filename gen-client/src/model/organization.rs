use serde::{Deserialize, Serialize};

use crate::OrganizationId;
use crate::tolerant;

/// Who pays and holds credits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Organization {
    /// GEN's number for it.
    pub id: OrganizationId,
    /// What people call it.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub name: String,
    /// `owner`, `manager`, `editor` or `viewer`: what GEN lets the key's owner do.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub user_role: Option<String>,
    /// What is left to spend, if GEN said so.
    #[serde(default, deserialize_with = "tolerant::optional")]
    pub available_credits: Option<AvailableCredits>,
    /// Its picture.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub picture_url: Option<String>,
    /// How many people share it.
    #[serde(default, deserialize_with = "tolerant::optional")]
    pub total_members: Option<u32>,
    /// The plan it is on.
    #[serde(default, deserialize_with = "tolerant::optional")]
    pub credit_plan: Option<CreditPlan>,
}

/// Credits by purse, as GEN counts them; one credit is about $0.008.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AvailableCredits {
    /// Pays for all vidsheet and agent work.
    #[serde(default, deserialize_with = "tolerant::number")]
    pub generic: Option<f64>,
    /// For GEN's connected-social features only.
    #[serde(default, deserialize_with = "tolerant::number")]
    pub aura: Option<f64>,
}

/// A subscription of an organization.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CreditPlan {
    /// Its name, such as `Pro`.
    #[serde(default, deserialize_with = "tolerant::string")]
    pub name: String,
    /// Such as `MONTHLY`.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub cycle: Option<String>,
}
