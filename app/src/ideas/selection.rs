use gen_client::model::{Idea, IdeaStatus};
use leptos::prelude::*;
use leptos::task::spawn_local;
use model::PersonId;

use super::desk::Desk;
use super::export;
use super::server_fns::assign_idea;
use super::words::{status_icon, words};
use crate::error::AppError;
use crate::ui::{ErrorNote, Icon, IconName, Menu, save_file};

/// What can be done with the selected ideas; there while something is selected.
#[component]
pub fn SelectionBar(
    /// What the page works on.
    desk: Desk,
) -> impl IntoView {
    let count = Memo::new(move |_| desk.picked.with(Vec::len));
    let trouble = RwSignal::new(None::<AppError>);
    let statuses = IdeaStatus::ALL
        .iter()
        .map(|status| {
            let to = status.clone();
            let move_all = move |_| {
                let (ideas, picked) = (desk.ideas.get_untracked(), desk.picked.get_untracked());
                desk.moves.all_to(&ideas, &picked, &to);
            };
            view! {
                <button type="button" on:click=move_all>
                    <Icon name=status_icon(status) />
                    {words(status.as_str())}
                </button>
            }
        })
        .collect_view();
    let assign = move |person: PersonId| {
        let Some(agent) = desk.agent.get_untracked() else { return };
        trouble.set(None);
        for idea in desk.picked.get_untracked() {
            let agent = agent.clone();
            spawn_local(async move {
                if let Err(error) = assign_idea(agent, idea, Some(person)).await {
                    trouble.set(Some(error));
                }
            });
        }
    };
    let people = move || {
        let person = |(id, name): (PersonId, String)| {
            view! {
                <button type="button" on:click=move |_| assign(id)>
                    <Icon name=IconName::User />
                    {name}
                </button>
            }
        };
        desk.people.get().into_iter().map(person).collect_view()
    };
    let convert = move |_| desk.converting.set(Some(desk.picked.get_untracked()));
    view! {
        <div class="selection" role="toolbar" aria-label="Selected ideas" hidden=move || count.get() == 0>
            <strong class="num">{move || format!("{} selected", count.get())}</strong>
            <Menu class="menu-plain" summary=|| view! { <Icon name=IconName::Queue /> "Set status" <Icon name=IconName::ChevronDown /> }>
                <div class="menu-items">{statuses}</div>
            </Menu>
            <button type="button" class="button" on:click=convert>
                <Icon name=IconName::Sheets />
                {move || format!("Convert {}", count.get())}
            </button>
            <button type="button" class="button" on:click=move |_| desk.writing.refine()>
                <Icon name=IconName::Edit />
                "Refine"
            </button>
            <Menu class="menu-plain" summary=|| view! { <Icon name=IconName::User /> "Assign" <Icon name=IconName::ChevronDown /> }>
                <div class="menu-items">{people}</div>
            </Menu>
            <ExportMenu ideas=Signal::derive(move || desk.picked_ideas()) label="Export" />
            <button type="button" class="button quiet" on:click=move |_| desk.picked.set(Vec::new())>
                <Icon name=IconName::Cross />
                "Clear"
            </button>
            {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
        </div>
    }
}

/// Saves ideas as a file.
#[component]
pub fn ExportMenu(
    /// Which.
    ideas: Signal<Vec<Idea>>,
    /// What the button says.
    label: &'static str,
) -> impl IntoView {
    view! {
        <Menu class="menu-plain" summary=move || view! { <Icon name=IconName::Download /> {label} <Icon name=IconName::ChevronDown /> }>
            <div class="menu-items">
                <button
                    type="button"
                    on:click=move |_| save_file("ideas.csv", "text/csv;charset=utf-8", &export::csv(&ideas.get_untracked()))
                >
                    <Icon name=IconName::Table />
                    "As a table (CSV)"
                </button>
                <button
                    type="button"
                    on:click=move |_| {
                        save_file("ideas.md", "text/markdown;charset=utf-8", &export::markdown(&ideas.get_untracked()));
                    }
                >
                    <Icon name=IconName::Text />
                    "As a text (Markdown)"
                </button>
            </div>
        </Menu>
    }
}
