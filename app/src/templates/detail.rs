use gen_client::AgentId;
use gen_client::model::{Column, ColumnKind, Template};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::Cached;

use super::card::CloneButton;
use super::server_fns::open_template;
use crate::error::AppError;
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
    let recent = template
        .recent_generated_contents
        .iter()
        .filter_map(|content| content.thumbnail_url.as_deref())
        .map(|id| view! { <li><img src=paths::media(id) alt="" loading="lazy" decoding="async" /></li> })
        .collect_view();
    let made = template.recent_generated_contents.iter().any(|content| content.thumbnail_url.is_some());
    let columns =
        template.columns.iter().map(|column| view! { <ColumnLine column=column.clone() /> }).collect_view();
    view! {
        <p class="read">{template.description.clone()}</p>
        <CloneButton slug=template.slug.clone() agent />
        <section class="template-part">
            <h3>"Columns"</h3>
            <ul role="list" class="template-columns">
                {columns}
            </ul>
        </section>
        {made
            .then(|| {
                view! {
                    <section class="template-part">
                        <h3>"Made with it lately"</h3>
                        <ul role="list" class="template-recent">
                            {recent}
                        </ul>
                    </section>
                }
            })}
    }
    .into_any()
}

#[component]
fn ColumnLine(column: Column) -> impl IntoView {
    let icon = match column.kind {
        ColumnKind::Text => IconName::Text,
        ColumnKind::Image => IconName::Image,
        ColumnKind::Video => IconName::Video,
        ColumnKind::Audio => IconName::Audio,
        ColumnKind::Stats => IconName::Chart,
        ColumnKind::Unknown(_) => IconName::Table,
    };
    let kind = column.kind.as_str().to_owned();
    view! {
        <li>
            <Icon name=icon />
            <span>{column.title.clone()}</span>
            <span class="muted">{kind}</span>
            {column
                .role
                .is_system()
                .then(|| {
                    view! {
                        <span class="muted template-system" title="Filled by GEN, not edited by hand">
                            <Icon name=IconName::Lock />
                            <span class="visually-hidden">"filled by GEN"</span>
                        </span>
                    }
                })}
        </li>
    }
}
