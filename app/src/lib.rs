//! What the user sees, and the server functions behind it. One folder a feature: its pages in `mod.rs`, its
//! server functions in `server_fns.rs`.

pub mod accounts;
pub mod activity;
pub mod agents;
pub mod error;
pub mod generations;
pub mod ideas;
pub mod live;
pub mod page;
pub mod paths;
pub mod queue;
pub mod renders;
pub mod settings;
pub mod shell;
pub mod templates;
pub mod ui;
pub mod vidsheets;
pub mod webhooks;

#[cfg(feature = "ssr")]
mod csp;
#[cfg(feature = "ssr")]
mod server_context;

use leptos::prelude::*;
use leptos_meta::{HashedStylesheet, MetaTags, provide_meta_context};
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::{SsrMode, path};

/// The document around the application; runs on the server only.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    #[cfg(feature = "ssr")]
    csp::send();
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <link rel="icon" type="image/svg+xml" href=paths::FAVICON />
                <HashedStylesheet options=options.clone() id="style" />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The route table. Every page waits for its data on the server (which is SQLite, not GEN), so that it can be
/// read without JavaScript.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=shell::NotFound>
                <Route path=path!("/welcome") view=accounts::WelcomePage ssr=SsrMode::Async />
                <Route path=path!("/login") view=accounts::LoginPage ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=shell::Shell ssr=SsrMode::Async>
                    <Route path=path!("/") view=shell::HomePage ssr=SsrMode::Async />
                    <Route path=path!("/queue") view=queue::QueuePage ssr=SsrMode::Async />
                    <Route path=path!("/activity") view=activity::ActivityPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/keys") view=settings::KeysPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/workspace") view=settings::WorkspacePage ssr=SsrMode::Async />
                    <Route path=path!("/settings/automation") view=settings::AutomationPage ssr=SsrMode::Async />
                    <Route path=path!("/agents") view=agents::AgentsPage ssr=SsrMode::Async />
                    <Route path=path!("/settings/spending") view=settings::SpendingPage ssr=SsrMode::Async />
                    <Route path=path!("/agents/:agent_id/setup") view=agents::SetupPage ssr=SsrMode::Async />
                    <Route path=path!("/agents/:agent_id/setup/agent") view=agents::AboutPage ssr=SsrMode::Async />
                    <Route path=path!("/agents/:agent_id/setup/monitoring") view=agents::MonitoringPage ssr=SsrMode::Async />
                    <Route path=path!("/agents/:agent_id/setup/advanced") view=agents::AdvancedPage ssr=SsrMode::Async />
                    <Route path=path!("/agents/:agent_id/ideas") view=ideas::IdeasPage ssr=SsrMode::Async />
                    <Route path=path!("/agents/:agent_id/templates") view=templates::TemplatesPage ssr=SsrMode::Async />
                    <Route path=path!("/agents/:agent_id/vidsheets") view=vidsheets::VidsheetsPage ssr=SsrMode::Async />
                    <Route
                        path=path!("/agents/:agent_id/vidsheets/:vidsheet_id")
                        view=vidsheets::VidsheetPage
                        ssr=SsrMode::Async
                    />
                    <Route path=path!("/agents/:agent_id/renders") view=renders::RendersPage ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
        </Router>
    }
}
