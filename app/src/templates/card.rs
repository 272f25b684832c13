use gen_client::AgentId;
use gen_client::model::Template;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::server_fns::clone_template;
use crate::error::AppError;
use crate::paths;
use crate::ui::{ErrorNote, Icon, IconName};

/// One template on the wall.
#[component]
pub fn TemplateCard(
    /// Which.
    template: Template,
    /// Who would get the vidsheet.
    agent: Memo<Option<AgentId>>,
    /// The template whose drawer is open, by its slug.
    open: Memo<Option<String>>,
) -> impl IntoView {
    let slug = StoredValue::new(template.slug.clone());
    let href = move || {
        agent.with(|agent| agent.as_ref().map(|agent| slug.with_value(|slug| paths::template(agent, slug))))
    };
    let is_open = move || slug.with_value(|slug| open.with(|open| open.as_ref() == Some(slug)));
    let title = template.display_title().to_owned();
    let label = title.clone();
    let tags =
        template.tags.iter().map(|tag| view! { <li class="tag">{tag.replace('_', " ")}</li> }).collect_view();
    view! {
        <li class="template" class:template-open=is_open aria-label=label>
            <a class="template-link" href=href data-noscroll="" aria-current=move || is_open().then_some("true")>
                <Cover cover=template.cover.clone() />
                <h2>{title}</h2>
            </a>
            <p class="template-about">{template.description.clone()}</p>
            <ul role="list" class="template-tags">
                {tags}
            </ul>
            <CloneButton slug=template.slug.clone() agent />
        </li>
    }
}

#[component]
fn Cover(cover: Option<String>) -> impl IntoView {
    let picture = match cover {
        Some(id) => view! { <img src=paths::media(&id) alt="" loading="lazy" decoding="async" /> }.into_any(),
        None => view! { <Icon name=IconName::Sheets /> }.into_any(),
    };
    view! { <span class="template-cover">{picture}</span> }
}

/// Makes a vidsheet of a template and goes there. What went wrong is said beside the button.
#[component]
pub fn CloneButton(
    /// The template's name in URLs.
    slug: String,
    /// Who gets the vidsheet.
    agent: Memo<Option<AgentId>>,
) -> impl IntoView {
    let busy = RwSignal::new(false);
    let trouble = RwSignal::new(None::<AppError>);
    let navigate = use_navigate();
    let clone = move |_| {
        let Some(agent) = agent.get_untracked() else { return };
        if busy.get_untracked() {
            return;
        }
        let (slug, navigate) = (slug.clone(), navigate.clone());
        busy.set(true);
        trouble.set(None);
        spawn_local(async move {
            match clone_template(agent.clone(), slug, None, 0).await {
                Ok(vidsheet) => navigate(&paths::vidsheet(&agent, &vidsheet), NavigateOptions::default()),
                Err(error) => trouble.set(Some(error)),
            }
            busy.set(false);
        });
    };
    view! {
        <div class="template-act">
            <button type="button" class="button" disabled=busy on:click=clone>
                <Icon name=IconName::Sheets />
                {move || if busy.get() { "Cloning" } else { "Clone" }}
            </button>
            <span class="muted">"free"</span>
        </div>
        {move || trouble.get().map(|error| view! { <ErrorNote error /> })}
    }
}
