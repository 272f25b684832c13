use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::Topic;

use super::agent_switcher::{AgentSwitcher, Organization};
use super::gauge::Gauge;
use super::navigation::section;
use super::surroundings::use_surroundings;
use crate::accounts::server_fns::SignOut;
use crate::generations::server_fns::running_count;
use crate::live::{on_change, soon};
use crate::paths;
use crate::ui::{Icon, IconName, Menu};

/// Where one is, what runs, what is left to spend, who one is.
#[component]
pub(super) fn TopBar() -> impl IntoView {
    view! {
        <header class="top">
            <a class="brand brand-phone" href=paths::HOME aria-label="Reelsheet, home">
                <crate::ui::Logo />
            </a>
            <div class="crumbs">
                <Organization />
                <AgentSwitcher />
                <Crumb />
            </div>
            <div class="top-end">
                <QueuePill />
                <Gauge />
                <UserMenu />
            </div>
        </header>
    }
}

#[component]
fn Crumb() -> impl IntoView {
    let surroundings = use_surroundings();
    let section = move || section(&surroundings.path().get(), surroundings.agent().as_ref());
    view! {
        <Transition>
            {move || {
                section()
                    .map(|(words, href)| {
                        view! {
                            <a class="crumb" href=href>
                                {words}
                            </a>
                        }
                    })
            }}
        </Transition>
    }
}

/// How much runs: the person's own of all.
#[component]
fn QueuePill() -> impl IntoView {
    let count = Resource::new(|| (), |()| running_count());
    on_change(|topic| matches!(topic, Topic::Work { .. }), soon(move || count.refetch()));
    view! {
        <Transition>
            {move || {
                let (own, all) = count.get()?.ok()?;
                let icon = if all > 0 { IconName::Running } else { IconName::Check };
                let words = format!("{own} of yours running, {all} in all");
                let title = words.clone();
                Some(
                    view! {
                        <a class="pill" href=paths::QUEUE aria-label=words title=title>
                            <Icon name=icon />
                            <span class="num">{own} "/" {all}</span>
                        </a>
                    },
                )
            }}
        </Transition>
    }
}

#[component]
fn UserMenu() -> impl IntoView {
    let surroundings = use_surroundings();
    view! {
        <Transition>
            {move || {
                let person = surroundings.person.get()?.ok()?;
                let name = person.name.clone();
                let summary = move || {
                    view! {
                        <span class="visually-hidden">"Account of " {name.clone()}</span>
                        <span class="initials" aria-hidden="true">
                            {initials(&name)}
                        </span>
                    }
                };
                Some(
                    view! {
                        <Menu class="user-menu" summary=summary>
                            <div class="menu-items from-end">
                                <p class="menu-note">
                                    <strong>{person.name}</strong>
                                    <span class="meta">{person.email} " · " {person.role.as_str()}</span>
                                </p>
                                // A whole new page, so that nothing of this session stays in memory.
                                <form method="post" action=SignOut::url()>
                                    <button type="submit">
                                        <Icon name=IconName::SignOut />
                                        "Sign out"
                                    </button>
                                </form>
                            </div>
                        </Menu>
                    },
                )
            }}
        </Transition>
    }
}

/// First letters of the first and the last name.
fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().next());
    words.next().into_iter().chain(words.next_back()).flat_map(char::to_uppercase).collect()
}
