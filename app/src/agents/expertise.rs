use gen_client::model::{RESEARCH_TOPIC_MAX, RESEARCH_TOPICS_MAX, ResearchTopic};
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use super::card::{CoreCard, FieldProblem};
use super::core_form::CoreForm;
use super::limits::KEYWORDS_MAX;
use super::merge::Card;
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
            form.edit(Card::Expertise, |core| core.research_topics.push(ResearchTopic { topic }));
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
            card=Card::Expertise
            title="Expertise"
            count
            lead="Topics where news matters, studied daily."
        >
            <ul class="rows" aria-label="Expertise">
                <For each=move || 0..length() key=|place| *place let:place>
                    <Topic form place />
                </For>
            </ul>
            <FieldProblem form card=Card::Expertise label="Expertise" id="expertise-problem" />
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
                <span class="label" aria-hidden="true">
                    "Keywords"
                </span>
                <Chips
                    label="Keywords"
                    items=keywords
                    placeholder="Add a keyword"
                    max=KEYWORDS_MAX
                    disabled=form.locked
                    on_change=move |list| form.edit(Card::Expertise, |core| core.keywords = list)
                />
                <FieldProblem form card=Card::Expertise label="Keywords" id="keywords-problem" />
            </div>
        </CoreCard>
    }
}

/// One topic, edited where it stands.
#[component]
fn Topic(form: CoreForm, place: usize) -> impl IntoView {
    let topic = Memo::new(move |_| {
        form.now.with(|now| now.research_topics.get(place).map_or(String::new(), |topic| topic.topic.clone()))
    });
    let change = move |text: String| {
        form.edit(Card::Expertise, |core| {
            if let Some(topic) = core.research_topics.get_mut(place) {
                topic.topic = text;
            }
        });
    };
    let remove = move |_| {
        form.edit(Card::Expertise, |core| {
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
