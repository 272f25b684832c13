//! Every route. Pages and server functions come from `app`'s own lists; all others are here, in one list.

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Response;
use axum::routing::{get, post};
use http::StatusCode;
use leptos::prelude::provide_context;
use leptos_axum::LeptosRoutes;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use tower_http::limit::RequestBodyLimitLayer;

use crate::security::{self, AnswerStatus};
use crate::state::AppState;
use crate::{events, exports, health, hooks, media};

/// The routes that are neither pages, server functions nor files of the site, with who may use them. A test reads
/// this list and fails when one of them has no rule.
pub const ROUTES: [&str; 9] = [
    "/livez",
    "/readyz",
    "/metrics",
    "/events",
    "/media/{id}",
    "/media/{id}/download",
    "/agents/{agent_id}/vidsheets/{vidsheet_id}/export/{format}",
    "/agents/{agent_id}/vidsheets/{vidsheet_id}/variables-template",
    "/hooks/gen/{secret}",
];

/// The pages of `app`, as the router writes them: `/agents/{agent_id}/setup`.
pub fn pages() -> Vec<String> {
    leptos_axum::generate_route_list(app::App).iter().map(|listing| listing.path().to_owned()).collect()
}

/// The whole server. Layers run from the last to the first.
pub(crate) fn router(state: AppState) -> Router {
    let [livez, readyz, metrics, events, media, download, export, variables, hook] = ROUTES;
    let store = state.store.clone();
    let context = move || provide_context(store.clone());
    let shell = {
        let options = state.leptos.clone();
        move || app::shell(options.clone())
    };
    let routes = Router::new()
        .route(livez, get(health::livez))
        .route(readyz, get(health::readyz))
        .route(metrics, get(health::metrics))
        .route(events, get(events::stream))
        .route(media, get(media::show))
        .route(download, get(media::download))
        .route(export, get(exports::vidsheet))
        .route(variables, get(exports::variables_template))
        .route(hook, post(hooks::hear).layer(RequestBodyLimitLayer::new(hooks::NOTICE_MAX)))
        .leptos_routes_with_context(
            &state,
            leptos_axum::generate_route_list(app::App),
            context.clone(),
            shell.clone(),
        );
    let not_found = {
        let page = leptos_axum::render_app_async_with_context(context, shell);
        move |State(_): State<AppState>, request: Request| not_found(page.clone()(request))
    };
    state
        .site
        .routes(routes)
        .fallback(not_found)
        // Ours knows which requests carry a file.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn(security::body_limit))
        .layer(from_fn(AnswerStatus::of_server_functions))
        .layer(from_fn(security::form_referer))
        .layer(CompressionLayer::new().compress_when(worth_compressing()))
        .layer(from_fn_with_state(state.clone(), security::sessions))
        .layer(from_fn_with_state(state.clone(), security::cross_site_guard))
        .layer(from_fn_with_state(state.clone(), security::origin))
        .layer(from_fn_with_state(state.clone(), health::not_while_stopping))
        .layer(from_fn_with_state(state.metrics.clone(), crate::logging::requests))
        .layer(from_fn(security::headers))
        .with_state(state)
}

/// The page that says so, whatever the router of the pages thinks of it.
async fn not_found(page: impl Future<Output = Response<Body>>) -> Response {
    let mut response = page.await;
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}

/// Pages and data; media is compressed by nature, and a stream of events must not wait for a full block.
fn worth_compressing() -> impl Predicate {
    DefaultPredicate::new()
        .and(NotForContentType::const_new("video/"))
        .and(NotForContentType::const_new("audio/"))
}
