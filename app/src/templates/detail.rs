use gen_client::AgentId;
use gen_client::model::{RecentContent, Template};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::Cached;

use super::clone_form::CloneForm;
use super::mini_grid::MiniGrid;
use super::server_fns::open_template;
use crate::error::AppError;
use crate::ideas::safe_link;
use crate::paths;
use crate::ui::{Drawer, ErrorNote, Icon, IconName};

/// One template with its columns, beside the wall.
#[component]
pub fn TemplateDrawer(
    /// The templates of the wall.
    all: Memo<Vec<Template>>,
    /// Which one is open, by its slug.
    open: Memo<Option<String>>,
    /// Who would get the vidsheet.
    agent: Memo<Option<AgentId>>,
) -> impl IntoView {
    let detail = Resource::new(
        move || open.get(),
        |slug| async move {
            match slug {
                Some(slug) => Some(open_template(slug).await),
                None => None,
            }
        },
    );
    let title = Memo::new(move |_| {
        let open = open.get()?;
        let named = all.with(|all| {
            all.iter()
                .find(|template| template.slug == open)
                .map(|template| template.display_title().to_owned())
        });
        Some(named.unwrap_or(open))
    });
    let navigate = StoredValue::new(use_navigate());
    let close = move || {
        if let Some(agent) = agent.get_untracked() {
            let stay = NavigateOptions { scroll: false, ..NavigateOptions::default() };
            navigate.with_value(|navigate| navigate(&paths::templates(&agent), stay));
        }
    };
    move || {
        title.get().map(|title| {
            view! {
                <Drawer title=title on_close=close>
                    {move || detail.get().flatten().map(|answer| view! { <Detail answer agent /> })}
                </Drawer>
            }
        })
    }
}

#[component]
fn Detail(answer: Result<Cached<Template>, AppError>, agent: Memo<Option<AgentId>>) -> impl IntoView {
    let template = match answer {
        Ok(cached) => cached.value,
        Err(error) => return view! { <ErrorNote error /> }.into_any(),
    };
    let recent: Vec<_> = template.recent_generated_contents.iter().filter_map(recent).collect();
    let tutorial = template.tutorial_url.as_deref().and_then(safe_link).map(|url| {
        view! {
            <a href=url.to_owned() rel="external noopener noreferrer" target="_blank">
                "How to work with it"
                <Icon name=IconName::External />
            </a>
        }
    });
    let name = template.display_title().to_owned();
    let columns = template.columns.clone();
    view! {
        <p class="read">{template.description.clone()} " " {tutorial}</p>
        <CloneForm slug=template.slug.clone() name agent />
        {(!columns.is_empty())
            .then(|| {
                view! {
                    <section class="template-part">
                        <h3>"Columns"</h3>
                        <MiniGrid columns layers=template.layers.clone() />
                    </section>
                }
            })}
        {(!recent.is_empty())
            .then(|| {
                view! {
                    <section class="template-part">
                        <h3>"Made with it lately"</h3>
                        <ul role="list" class="template-recent" aria-label="Made with it lately">
                            {recent}
                        </ul>
                    </section>
                }
            })}
    }
    .into_any()
}

/// A small player, or the picture of what cannot be played.
fn recent(content: &RecentContent) -> Option<AnyView> {
    let poster = content.thumbnail_url.as_deref().map(paths::media);
    let is_video = content.kind.as_deref() != Some("image");
    Some(match content.url.as_deref().filter(|_| is_video) {
        Some(id) => view! {
            <li>
                <video
                    src=paths::media(id)
                    poster=poster
                    controls
                    playsinline
                    preload="none"
                    aria-label="Made with this template"
                ></video>
            </li>
        }
        .into_any(),
        None => {
            let picture = content.url.as_deref().map(paths::media).filter(|_| !is_video).or(poster)?;
            view! { <li><img src=picture alt="" loading="lazy" decoding="async" /></li> }.into_any()
        }
    })
}
