//! Where one can go: the rail at the side, and the bar at the bottom of a phone.

use gen_client::AgentId;
use leptos::prelude::*;

use super::surroundings::use_surroundings;
use crate::paths;
use crate::ui::{Icon, IconName, Logo, Menu};

/// A page of the product.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Home,
    Setup,
    Ideas,
    Templates,
    Vidsheets,
    Renders,
    Queue,
    Activity,
    Settings,
}

impl Place {
    const GROUPS: [&[Self]; 3] = [
        &[Self::Home, Self::Setup, Self::Ideas, Self::Templates],
        &[Self::Vidsheets, Self::Renders],
        &[Self::Queue, Self::Activity],
    ];

    fn words(self) -> &'static str {
        match self {
            Self::Home => "Home",
            Self::Setup => "Setup",
            Self::Ideas => "Ideas",
            Self::Templates => "Templates",
            Self::Vidsheets => "Vidsheets",
            Self::Renders => "Renders",
            Self::Queue => "Queue",
            Self::Activity => "Activity",
            Self::Settings => "Settings",
        }
    }

    fn icon(self) -> IconName {
        match self {
            Self::Home => IconName::Home,
            Self::Setup => IconName::Cards,
            Self::Ideas => IconName::Bulb,
            Self::Templates => IconName::Sheets,
            Self::Vidsheets => IconName::Table,
            Self::Renders => IconName::Film,
            Self::Queue => IconName::Queue,
            Self::Activity => IconName::Activity,
            Self::Settings => IconName::Settings,
        }
    }

    /// Its address, where there is an agent for it to belong to.
    fn href(self, agent: Option<&AgentId>) -> Option<String> {
        match self {
            Self::Home => Some(paths::HOME.to_owned()),
            Self::Queue => Some(paths::QUEUE.to_owned()),
            Self::Activity => Some(paths::ACTIVITY.to_owned()),
            Self::Settings => Some(paths::SETTINGS_KEYS.to_owned()),
            Self::Setup => agent.map(paths::setup),
            Self::Ideas => agent.map(paths::ideas),
            Self::Templates => agent.map(paths::templates),
            Self::Vidsheets => agent.map(paths::vidsheets),
            Self::Renders => agent.map(paths::renders),
        }
    }
}

/// The name of the page that a path leads to, with its own address; `None` for Home and strangers.
pub(super) fn section(path: &str, agent: Option<&AgentId>) -> Option<(&'static str, String)> {
    let all = [
        Place::Setup,
        Place::Ideas,
        Place::Templates,
        Place::Vidsheets,
        Place::Renders,
        Place::Queue,
        Place::Activity,
        Place::Settings,
    ];
    all.into_iter().find_map(|place| {
        let href = place.href(agent)?;
        leads_to(path, &href).then(|| (place.words(), href))
    })
}

/// The rail at the side. A page that belongs to an agent is left out while there is none.
#[component]
pub(super) fn Rail() -> impl IntoView {
    let links = |places: &'static [Place]| {
        places.iter().map(|place| view! { <PlaceLink place=*place /> }).collect_view()
    };
    view! {
        <div class="rail">
            <a class="brand" href=paths::HOME aria-label="Reelsheet">
                <Logo />
                <span>"Reelsheet"</span>
            </a>
            <nav aria-label="Main">
                <Transition>
                    {Place::GROUPS.map(|places| view! { <ul>{links(places)}</ul> }).into_iter().collect_view()}
                    <ul class="rail-foot">{links(&[Place::Settings])}</ul>
                </Transition>
            </nav>
        </div>
    }
}

/// The bar at the bottom of a phone; everything else lies behind More.
#[component]
pub(super) fn BottomBar() -> impl IntoView {
    let links = |places: &'static [Place]| {
        places.iter().map(|place| view! { <PlaceLink place=*place /> }).collect_view()
    };
    let summary = || {
        view! {
            <Icon name=IconName::More />
            "More"
        }
    };
    view! {
        <nav class="bottom-bar" aria-label="Main">
            <Transition>
                <ul>{links(&[Place::Home, Place::Ideas, Place::Vidsheets, Place::Queue])}</ul>
                <Menu class="more" summary=summary>
                    <ul class="menu-items from-end above">
                        {links(&[Place::Setup, Place::Templates, Place::Renders, Place::Activity, Place::Settings])}
                    </ul>
                </Menu>
            </Transition>
        </nav>
    }
}

#[component]
fn PlaceLink(place: Place) -> impl IntoView {
    let surroundings = use_surroundings();
    let href = Memo::new(move |_| place.href(surroundings.agent().as_ref()));
    let path = surroundings.path();
    move || {
        href.get().map(|href| {
            let own = href.clone();
            let current = move || path.with(|path| leads_to(path, &own)).then_some("page");
            view! {
                <li>
                    <a href=href aria-current=current title=place.words()>
                        <Icon name=place.icon() />
                        <span>{place.words()}</span>
                    </a>
                </li>
            }
        })
    }
}

/// Whether a path is the place itself or lies below it.
fn leads_to(path: &str, href: &str) -> bool {
    // The settings are one place with several pages; it leads to the first of them.
    let in_settings = [path, href].iter().all(|path| path.starts_with(paths::SETTINGS));
    path == href
        || in_settings
        || (href != paths::HOME && path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_below_a_place_belongs_to_it() {
        let agent: AgentId = "7".parse().unwrap();
        let named = |path: &str| section(path, Some(&agent)).map(|(words, _)| words);
        assert_eq!(named("/agents/7/vidsheets/100"), Some("Vidsheets"));
        assert_eq!(named("/agents/7/setup"), Some("Setup"));
        assert_eq!(named("/settings/workspace"), Some("Settings"));
        assert_eq!(named("/agents/7/vidsheetsx"), None);
        assert_eq!(named("/"), None);
    }
}
