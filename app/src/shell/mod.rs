//! What surrounds every page: navigation, the top bar, notices. And the pages that belong to no feature.

mod agent_switcher;
mod gauge;
mod home;
mod journey;
mod latest;
mod navigation;
mod not_found;
pub mod server_fns;
mod surroundings;
mod top_bar;

pub use home::HomePage;
pub use not_found::NotFound;
pub use server_fns::describe_installation;
pub use surroundings::{Installation, Surroundings, agent_param, use_surroundings};

use leptos::prelude::*;
use leptos_router::components::Outlet;

use crate::live::provide_live;
use crate::paths;
use crate::ui::{ErrorNote, Icon, IconName, provide_now};
use navigation::{BottomBar, Rail};
use surroundings::provide_surroundings;
use top_bar::TopBar;

/// The frame around every page of somebody who is signed in. The rail is narrow where the page needs the width.
#[component]
pub fn Shell() -> impl IntoView {
    provide_now();
    let live = provide_live();
    let surroundings = provide_surroundings();
    let wide = move || surroundings.path().with(|path| !paths::needs_width(path));
    view! {
        <a class="skip" href="#main">
            "Skip to content"
        </a>
        <div class="app" class:wide=wide>
            <Rail />
            <TopBar />
            <main id="main" class="main" tabindex="-1">
                <Show when=move || !live.is_connected()>
                    <p class="banner warn" role="status">
                        <Icon name=IconName::Warning />
                        "Live updates are interrupted. Trying to reconnect; what you see may be older than it looks."
                    </p>
                </Show>
                <Notices />
                <Outlet />
            </main>
            <BottomBar />
        </div>
    }
}

/// What holds for the whole visit: a demo, an unsafe line, a session that ended.
#[component]
fn Notices() -> impl IntoView {
    let surroundings = use_surroundings();
    view! {
        <Transition>
            {move || {
                let installation = surroundings.installation.get().and_then(Result::ok).unwrap_or_default();
                let failed = surroundings.person.get().and_then(Result::err);
                view! {
                    {installation.demo.then(|| view! { <p class="banner">"Demo: simulated GEN, no credits are spent"</p> })}
                    {installation
                        .insecure
                        .then(|| {
                            view! {
                                <p class="banner warn">
                                    <Icon name=IconName::Warning />
                                    "This page came over plain http: anybody on the way can read it and act as you."
                                </p>
                            }
                        })}
                    {failed.map(|error| view! { <ErrorNote error /> })}
                }
            }}
        </Transition>
    }
}
