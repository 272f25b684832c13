//! GEN's operations, one file per noun.

mod agents;
mod assets;
mod automation;
mod avatars;
mod cells;
mod columns;
mod content_resources;
mod conversations;
pub mod core;
mod elevenlabs;
mod generations;
mod global_variables;
mod ideas;
mod layers;
mod many;
mod me;
mod organizations;
mod profile;
mod research;
mod rows;
mod runs;
mod templates;
mod tokens;
mod uploads;
mod user_jobs;
mod vidsheets;
mod voice_design;
mod voices;

use axum::Router;
use axum::middleware::from_fn_with_state;

use crate::answer::{Answer, Problem};
use crate::state::Sim;
use crate::wire::Wire;
use crate::world::World;
use crate::{control, gate, media};

/// Everything the simulator answers.
pub fn router(sim: Sim) -> Router {
    let vidsheet = Router::new()
        .merge(vidsheets::router())
        .merge(rows::router())
        .merge(columns::router())
        .merge(cells::router())
        .merge(layers::router())
        .merge(global_variables::router())
        .merge(generations::cell_router());
    let v1 = Router::new()
        .merge(me::router())
        .merge(organizations::router())
        .merge(tokens::router())
        .merge(agents::router())
        .merge(avatars::router())
        .merge(automation::router())
        .merge(profile::router())
        .merge(core::router())
        .merge(voices::router())
        .merge(voice_design::router())
        .merge(elevenlabs::router())
        .merge(runs::router())
        .merge(research::router())
        .merge(user_jobs::router())
        .merge(conversations::router())
        .merge(ideas::router())
        .merge(templates::router())
        .merge(generations::router())
        .merge(content_resources::router())
        .merge(assets::router())
        .merge(uploads::router())
        // The older name and the newer one lead to the same routes.
        .nest("/autocontentengine", vidsheet.clone())
        .nest("/vidsheet", vidsheet)
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(from_fn_with_state(sim.clone(), gate::guard));
    Router::new()
        .nest("/v1", v1)
        .nest("/_sim", control::router())
        .merge(runs::progress_router())
        .nest("/media", media::router().merge(uploads::storage_router()))
        .with_state(sim)
}

/// How this world is written, for this simulator.
pub fn wire<'a>(sim: &'a Sim, world: &'a World) -> Wire<'a> {
    Wire { world, media_base: sim.media_base(), with_cost: false }
}

async fn unknown() -> Answer {
    Err(Problem::not_found("Not found"))
}
