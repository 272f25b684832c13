//! GEN's operations, one file per noun.

mod agents;
mod cells;
mod columns;
mod content_resources;
mod conversations;
pub mod core;
mod generations;
mod ideas;
mod me;
mod organizations;
mod rows;
mod runs;
mod templates;
mod vidsheets;
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
        .merge(generations::cell_router());
    let v1 = Router::new()
        .merge(me::router())
        .merge(organizations::router())
        .merge(agents::router())
        .merge(core::router())
        .merge(voices::router())
        .merge(runs::router())
        .merge(conversations::router())
        .merge(ideas::router())
        .merge(templates::router())
        .merge(generations::router())
        .merge(content_resources::router())
        // The older name and the newer one lead to the same routes.
        .nest("/autocontentengine", vidsheet.clone())
        .nest("/vidsheet", vidsheet)
        .fallback(unknown)
        .method_not_allowed_fallback(unknown)
        .layer(from_fn_with_state(sim.clone(), gate::guard));
    Router::new()
        .nest("/v1", v1)
        .nest("/_sim", control::router())
        .nest("/media", media::router())
        .with_state(sim)
}

/// How this world is written, for this simulator.
pub fn wire<'a>(sim: &'a Sim, world: &'a World) -> Wire<'a> {
    Wire { world, media_base: sim.media_base(), with_cost: false }
}

async fn unknown() -> Answer {
    Err(Problem::not_found("Not found"))
}
