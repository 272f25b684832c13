use std::sync::Arc;

use axum::extract::FromRef;
use leptos::prelude::LeptosOptions;
use store::Store;
use tokio_util::sync::CancellationToken;

use crate::hooks::Knocks;
use crate::metrics::Metrics;
use crate::places::Places;
use crate::security::Access;
use crate::site::Site;

/// What every request may need.
#[derive(Clone)]
pub struct AppState {
    /// The data.
    pub store: Store,
    /// Names of the site's files, for the pages.
    pub leptos: LeptosOptions,
    /// Who gets in how.
    pub access: Arc<Access>,
    /// The site's folder.
    pub site: Arc<Site>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// The streams of live updates that each person holds.
    pub(crate) streams: Arc<Places<i64>>,
    /// How often somebody comes to the webhooks.
    pub(crate) knocks: Arc<Knocks>,
    /// Cancelled when the process is to end.
    pub stopping: CancellationToken,
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}
