//! Ready-made vidsheets to clone: a wall with covers, filtered by tags and words.

pub mod server_fns;

mod card;
mod clone_form;
mod detail;
mod mini_grid;

use gen_client::AgentId;
use gen_client::model::Template;
use leptos::prelude::*;
use leptos_meta::Title;
use model::{Cached, Topic};

use crate::error::AppError;
use crate::live::on_change;
use crate::page;
use crate::ui::{AsOf, Empty, ErrorNote, Icon, IconName};
use card::TemplateCard;
use detail::TemplateDrawer;

type Asked = Resource<page::Answer<Cached<Vec<Template>>>>;

/// The templates.
#[component]
pub fn TemplatesPage() -> impl IntoView {
    let agent = page::current_agent();
    let templates = page::of_agent(agent, all_templates);
    on_change(|topic| matches!(topic, Topic::Templates), move || templates.refetch());
    view! {
        <Title text="Templates · Reelsheet" />
        <Transition fallback=|| view! { <h1 class="visually-hidden">"Templates"</h1> }>
            {page::after(async move { drop(templates.await) }, move || view! { <Content agent templates /> })}
        </Transition>
    }
}

#[component]
fn Content(agent: Memo<Option<AgentId>>, templates: Asked) -> impl IntoView {
    let (cached, error) = page::kept(templates);
    let all = Memo::new(move |_| {
        cached.with(|cached| cached.as_ref().map(|cached| cached.value.clone()).unwrap_or_default())
    });
    let open = page::query("template");
    let tag = RwSignal::new(None::<String>);
    let words = RwSignal::new(String::new());
    let tags = Memo::new(move |_| {
        let mut tags: Vec<String> =
            all.with(|all| all.iter().flat_map(|template| template.tags.clone()).collect());
        tags.sort();
        tags.dedup();
        tags
    });
    let shown = Memo::new(move |_| {
        let (tag, words) = (tag.get(), words.get().to_lowercase());
        all.with(|all| {
            all.iter().filter(|template| fits(template, tag.as_deref(), &words)).cloned().collect::<Vec<_>>()
        })
    });
    let age = Memo::new(move |_| {
        cached.with(|cached| {
            cached.as_ref().map(|cached| (cached.as_of, cached.refreshing, cached.trouble.clone()))
        })
    });
    let nothing = move || cached.with(Option::is_some) && shown.with(Vec::is_empty);
    let key = |template: &Template| (template.slug.clone(), template.title.clone(), template.cover.clone());
    view! {
        <div class="templates">
            <section class="templates-main" aria-label="All templates">
                <header class="page-head">
                    <h1>"Templates"</h1>
                    <span class="page-count num">{move || shown.with(Vec::len)}</span>
                    {move || age.get().map(|(as_of, refreshing, trouble)| view! { <AsOf as_of refreshing trouble /> })}
                </header>
                <div class="template-filters">
                    <label class="input-line template-search">
                        <Icon name=IconName::Search />
                        <span class="visually-hidden">"Search templates"</span>
                        <input type="search" placeholder="Search" autocomplete="off" bind:value=words />
                    </label>
                    <div class="tag-filters" role="group" aria-label="Tags">
                        <For each=move || tags.get() key=String::clone let:name>
                            <TagFilter name tag />
                        </For>
                    </div>
                </div>
                {move || error.get().map(|error| view! { <ErrorNote error /> })}
                <Show when=nothing>
                    <Empty icon=IconName::Sheets title="No template fits. Take a word or a tag away." />
                </Show>
                <ul role="list" class="template-wall" aria-label="Templates">
                    <For each=move || shown.get() key=key let:template>
                        <TemplateCard template agent open />
                    </For>
                </ul>
            </section>
            <TemplateDrawer all open agent />
        </div>
    }
}

#[component]
fn TagFilter(name: String, tag: RwSignal<Option<String>>) -> impl IntoView {
    let own = StoredValue::new(name.clone());
    let on = move || own.with_value(|own| tag.with(|tag| tag.as_ref() == Some(own)));
    let toggle = move |_| {
        let next = (!on()).then(|| own.get_value());
        tag.set(next);
    };
    view! {
        <button type="button" class="tag-filter" aria-pressed=move || on().to_string() on:click=toggle>
            {name.replace('_', " ")}
        </button>
    }
}

/// Templates are everybody's, and the page is an agent's.
async fn all_templates(_agent: AgentId) -> Result<Cached<Vec<Template>>, AppError> {
    server_fns::list_templates().await
}

/// Whether a template has the tag, and every word somewhere in its texts.
fn fits(template: &Template, tag: Option<&str>, words: &str) -> bool {
    let tagged = tag.is_none_or(|tag| template.tags.iter().any(|own| own == tag));
    let text = format!(
        "{} {} {} {}",
        template.display_title(),
        template.description.as_deref().unwrap_or_default(),
        template.slug,
        template.tags.join(" ")
    )
    .to_lowercase();
    tagged && words.split_whitespace().all(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_found_by_tag_and_by_every_word() {
        let template: Template = serde_json::from_value(serde_json::json!({
            "id": 1, "slug": "tiktok-montage", "title": "Montage", "description": "Quick cuts", "tags": ["montage"]
        }))
        .unwrap();
        assert!(fits(&template, None, ""));
        assert!(fits(&template, Some("montage"), "cuts tiktok"));
        assert!(!fits(&template, Some("skit"), ""));
        assert!(!fits(&template, None, "cuts slow"));
    }
}
