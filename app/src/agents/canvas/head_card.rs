use gen_client::model::IdentityType;
use leptos::prelude::*;
use model::CorePart;

use super::card::{FieldProblem, Unsaved};
use super::completeness::{anchor, completeness, cost};
use super::core_form::CoreForm;
use super::keyboard::card_id;
use super::text_field::TextField;
use crate::paths;
use crate::ui::{Icon, IconName, SaveState, Segmented, Switch};

/// The goals that GEN's documentation names; others are kept and shown as they came.
const GOALS: [&str; 3] = ["growth", "authority", "sales"];

/// Who the agent is at a glance, and how complete its core is.
#[component]
pub(super) fn HeadCard(
    form: CoreForm,
    /// Our media path of its main picture.
    picture: Option<String>,
) -> impl IntoView {
    let identity = Signal::derive(move || {
        form.now.with(|now| now.identity_type.as_ref().map_or(String::new(), ToString::to_string))
    });
    let identities =
        IdentityType::ALL.iter().map(|kind| (kind.to_string(), capitalised(kind.as_str()))).collect();
    let shortform = Signal::derive(move || form.now.with(|now| now.shortform == Some(true)));
    let longform = Signal::derive(move || form.now.with(|now| now.longform == Some(true)));
    view! {
        <section class="card core-head" id=card_id(CorePart::Overview) aria-label="At a glance" tabindex="-1">
            <a class="core-picture" href=move || paths::setup_agent(&form.agent.get_value()) title="Name and pictures">
                {match picture {
                    Some(picture) => view! { <img src=picture alt="Name and pictures" width="72" height="72" /> }.into_any(),
                    None => {
                        view! {
                            <Icon name=IconName::Image />
                            <span class="visually-hidden">"Name and pictures"</span>
                        }
                            .into_any()
                    }
                }}
            </a>
            <TextField
                form
                card=CorePart::Overview
                label="Brand name"
                id="brand-name"
                get=|core| &core.brand_name
                get_mut=|core| &mut core.brand_name
            />
            <Segmented
                label="Identity"
                options=identities
                value=identity
                disabled=form.locked
                on_choose=move |kind: String| {
                    form.edit(CorePart::Overview, |core| core.identity_type = Some(kind.as_str().into()))
                }
            />
            <Goals form />
            <div class="field" role="group" aria-label="Format">
                <span class="label">"Format"</span>
                <div class="core-formats">
                    <Switch
                        label="Short form"
                        on=shortform
                        disabled=form.locked
                        on_change=move |on| form.edit(CorePart::Overview, |core| core.shortform = Some(on))
                    />
                    <Switch
                        label="Long form"
                        on=longform
                        disabled=form.locked
                        on_change=move |on| form.edit(CorePart::Overview, |core| core.longform = Some(on))
                    />
                </div>
            </div>
            <TextField
                form
                card=CorePart::Overview
                label="Onboarding status"
                id="onboarding-status"
                get=|core| &core.onboarding_status
                get_mut=|core| &mut core.onboarding_status
            />
            <Completeness form />
            <div class="core-head-save">
                <SaveState state=form.saving(CorePart::Overview) />
                <Unsaved form card=CorePart::Overview />
            </div>
        </section>
    }
}

/// GEN keeps goals as one comma-separated text; here each is a switch.
#[component]
fn Goals(form: CoreForm) -> impl IntoView {
    let chosen = Memo::new(move |_| form.now.with(|now| goals(now.goal.as_deref())));
    let shown = Memo::new(move |_| {
        let mut shown: Vec<String> = GOALS.iter().map(ToString::to_string).collect();
        shown.extend(chosen.get().into_iter().filter(|goal| !GOALS.contains(&goal.as_str())));
        shown
    });
    let set = move |goal: &str, on: bool| {
        let mut goals = chosen.get_untracked();
        goals.retain(|chosen| chosen != goal);
        if on {
            goals.push(goal.to_owned());
        }
        form.edit(CorePart::Overview, |core| {
            core.goal = Some(goals.join(",")).filter(|goals| !goals.is_empty())
        });
    };
    view! {
        <div class="field">
            <span class="label" id="goal-label">
                "Goal"
            </span>
            <div class="segmented" role="group" aria-labelledby="goal-label">
                <For each=move || shown.get() key=String::clone let:goal>
                    {
                        let (own, words) = (goal.clone(), capitalised(&goal));
                        let is_on = move || chosen.with(|chosen| chosen.contains(&own));
                        view! {
                            <label>
                                <input
                                    type="checkbox"
                                    disabled=form.locked
                                    checked=untrack(is_on.clone())
                                    prop:checked=is_on
                                    on:change:target=move |event| set(&goal, event.target().checked())
                                />
                                <span>{words}</span>
                            </label>
                        }
                    }
                </For>
            </div>
            <FieldProblem form card=CorePart::Overview label="Goal" id="goal-problem" />
        </div>
    }
}

/// How complete the core is, and what each gap costs.
#[component]
fn Completeness(form: CoreForm) -> impl IntoView {
    let complete = Memo::new(move |_| form.now.with(completeness));
    let words = move || match complete.with(|(_, missing)| missing.len()) {
        0 => "Nothing is missing".to_owned(),
        1 => "One gap costs quality".to_owned(),
        gaps => format!("{gaps} gaps cost quality"),
    };
    // The circle's length is 100, so that a dash is a percentage.
    let dash = move || format!("{} 100", complete.get().0);
    view! {
        <div class="completeness">
            <div class="ring-frame">
                <svg class="ring" viewBox="0 0 40 40" aria-hidden="true" focusable="false">
                    <circle cx="20" cy="20" r="15.915" />
                    <circle cx="20" cy="20" r="15.915" stroke-dasharray=dash />
                </svg>
                <strong class="num">{move || format!("{} %", complete.get().0)}</strong>
            </div>
            <details class="gaps">
                <summary>{words}</summary>
                <ul aria-label="Gaps">
                    <For each=move || complete.get().1 key=|gap| *gap let:gap>
                        <li>
                            <a href=format!("#{}", anchor(gap)) rel="external">
                                {gap}
                            </a>
                            <span class="meta">{cost(gap)}</span>
                        </li>
                    </For>
                </ul>
            </details>
        </div>
    }
}

fn goals(text: Option<&str>) -> Vec<String> {
    text.unwrap_or("").split(',').map(str::trim).filter(|goal| !goal.is_empty()).map(str::to_owned).collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
