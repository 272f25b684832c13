use gen_client::model::{
    KEYWORDS_MAX, MonitoredKind, MonitoredSource, RESEARCH_TOPIC_MAX, RESEARCH_TOPICS_MAX, ResearchTopic,
};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use model::{CorePart, LIST_WORD_MAX};

use super::card::{CoreCard, FieldProblem};
use super::core_form::CoreForm;
use crate::ui::{Chips, Counter, Icon, IconName, draft_text};

/// What the agent studies, and its keywords.
#[component]
pub(super) fn ExpertiseCard(form: CoreForm) -> impl IntoView {
    let length = move || form.now.with(|now| now.research_topics.len());
    let count = Signal::derive(move || format!("{} / {RESEARCH_TOPICS_MAX}", length()));
    let keywords = Signal::derive(move || form.now.with(|now| now.keywords.clone()));
    let typed = RwSignal::new(String::new());
    draft_text("add-topic", typed);
    let add = move || {
        let topic = typed.get_untracked().trim().to_owned();
        if !topic.is_empty() {
            typed.set(String::new());
            form.edit(CorePart::Expertise, |core| core.research_topics.push(ResearchTopic { topic }));
        }
    };
    let add_on_enter = move |event: KeyboardEvent| {
        if event.key() == "Enter" {
            event.prevent_default();
            add();
        }
    };
    let full = move || form.locked.get() || length() >= RESEARCH_TOPICS_MAX;
    view! {
        <CoreCard
            form
            card=CorePart::Expertise
            title="Expertise"
            count
            lead="Topics where news matters, studied daily."
        >
            <ul class="rows" aria-label="Expertise">
                <For each=move || 0..length() key=|place| *place let:place>
                    <Topic form place />
                </For>
            </ul>
            <FieldProblem form card=CorePart::Expertise label="Expertise" id="expertise-problem" />
            <label class="input-line core-add">
                <Icon name=IconName::Plus />
                <span class="visually-hidden">"Add a topic"</span>
                <input
                    type="text"
                    autocomplete="off"
                    placeholder="Add a topic"
                    disabled=full
                    bind:value=typed
                    on:keydown=add_on_enter
                    on:blur=move |_| add()
                />
            </label>
            <div class="field">
                <span class="label">
                    <span aria-hidden="true">"Keywords"</span>
                    <Mirror form />
                </span>
                <Chips
                    label="Keywords"
                    items=keywords
                    placeholder="Add a keyword"
                    max=KEYWORDS_MAX
                    longest=LIST_WORD_MAX
                    disabled=form.locked
                    on_change=move |list| form.edit(CorePart::Expertise, |core| core.keywords = list)
                />
                <FieldProblem form card=CorePart::Expertise label="Keywords" id="keywords-problem" />
            </div>
        </CoreCard>
    }
}

/// Watches the keywords as well, on purpose: GEN would do it unasked and forget all other sources.
#[component]
fn Mirror(form: CoreForm) -> impl IntoView {
    let missing = Memo::new(move |_| {
        form.now.with(|now| {
            let watched = |keyword: &&String| {
                let watches = |source: &MonitoredSource| {
                    source.item_type == MonitoredKind::Keyword && source.handle == **keyword
                };
                now.monitored.iter().any(watches)
            };
            now.keywords.iter().filter(|keyword| !watched(keyword)).cloned().collect::<Vec<_>>()
        })
    });
    let mirror = move |_| {
        let source = |handle| MonitoredSource { handle, item_type: MonitoredKind::Keyword };
        form.edit(CorePart::Monitored, |core| {
            core.monitored.extend(missing.get_untracked().into_iter().map(source));
        });
    };
    let nothing = move || form.locked.get() || missing.with(Vec::is_empty);
    view! {
        <button type="button" class="link-button" disabled=nothing on:click=mirror>
            "Mirror to monitored"
        </button>
    }
}

/// One topic, edited where it stands.
#[component]
fn Topic(form: CoreForm, place: usize) -> impl IntoView {
    let topic = Memo::new(move |_| {
        form.now.with(|now| now.research_topics.get(place).map_or(String::new(), |topic| topic.topic.clone()))
    });
    let change = move |text: String| {
        form.edit(CorePart::Expertise, |core| {
            if let Some(topic) = core.research_topics.get_mut(place) {
                topic.topic = text;
            }
        });
    };
    let remove = move |_| {
        form.edit(CorePart::Expertise, |core| {
            if place < core.research_topics.len() {
                core.research_topics.remove(place);
            }
        });
    };
    view! {
        <li class="core-topic">
            <textarea
                class="input"
                rows="2"
                aria-label=format!("Topic {}", place + 1)
                disabled=form.locked
                prop:value=topic
                on:input:target=move |event| change(event.target().value())
            >
                {topic.get_untracked()}
            </textarea>
            <Counter text=topic max=RESEARCH_TOPIC_MAX />
            <button
                type="button"
                class="button icon-only"
                aria-label=format!("Remove topic {}", place + 1)
                disabled=form.locked
                on:click=remove
            >
                <Icon name=IconName::Cross />
            </button>
        </li>
    }
}
