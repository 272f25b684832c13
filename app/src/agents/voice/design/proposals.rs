use gen_client::model::VoiceSample;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use model::Progress;
use wasm_bindgen::JsCast;

use super::Designing;
use crate::agents::bought::bought_note;
use crate::agents::canvas::CoreForm;
use crate::agents::voice::loudness::levelled;
use crate::agents::voice::player::{Player, address_of};

/// The third step: three proposals, of which one is chosen. The keys 1, 2 and 3 play them.
#[component]
pub(super) fn Proposals(form: CoreForm, designing: Designing) -> impl IntoView {
    let listed = Memo::new(move |_| {
        designing.set.with(|set| set.as_ref().map(|set| set.what.samples.clone()).unwrap_or_default())
    });
    let volumes = levelled(listed);
    let said = move || designing.set.with(|set| set.as_ref().map(|set| set.what.text.clone()));
    let note = move || {
        designing
            .set
            .with(|set| set.as_ref().filter(|set| set.progress != Progress::Completed).map(bought_note))
    };
    view! {
        <div class="voice-step" on:keydown=play>
            {move || match said() {
                Some(said) => {
                    view! {
                        <blockquote class="voice-said">{said}</blockquote>
                        {note}
                    }
                        .into_any()
                }
                None => view! { <p class="meta">"There are no proposals yet. Make three in the step before."</p> }.into_any(),
            }}
            <ul class="rows" aria-label="Proposals">
                {move || {
                    let lines = listed.get().into_iter().zip(1..);
                    lines.map(|(sample, number)| view! { <Proposal designing sample number volumes /> }).collect_view()
                }}
            </ul>
            <div class="buttons">
                <button
                    type="button"
                    class="button primary"
                    disabled=move || form.locked.get() || designing.sample.with(Option::is_none)
                    on:click=move |_| designing.step.set(3)
                >
                    "On to the name"
                </button>
                <button type="button" class="button" on:click=move |_| designing.step.set(1)>
                    "Back to the style"
                </button>
            </div>
            <p class="field-hint">"Press 1, 2 or 3 to play. They stay here until you make new ones."</p>
        </div>
    }
}

#[component]
fn Proposal(
    designing: Designing,
    sample: VoiceSample,
    number: usize,
    volumes: Signal<Vec<f64>>,
) -> impl IntoView {
    let volume = Signal::derive(move || volumes.with(|volumes| volumes.get(number - 1).copied()));
    let id = StoredValue::new(sample.id);
    let is_chosen = move || designing.sample.with(|chosen| id.with_value(|id| chosen.as_ref() == Some(id)));
    view! {
        <li class="voice-line">
            <Player src=address_of(sample.audio) words=format!("Play proposal {number}") id=button_id(number) volume />
            <label class="check">
                <input
                    type="radio"
                    name="proposal"
                    prop:checked=is_chosen
                    on:change=move |_| designing.sample.set(Some(id.get_value()))
                />
                <span>{format!("Proposal {number}")}</span>
            </label>
        </li>
    }
}

fn button_id(number: usize) -> String {
    format!("proposal-{number}")
}

fn play(event: KeyboardEvent) {
    let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
    let Some(number) = event.key().parse().ok().filter(|number| plain && (1..=3).contains(number)) else {
        return;
    };
    let button = document().get_element_by_id(&button_id(number));
    if let Some(button) = button.and_then(|button| button.dyn_into::<web_sys::HtmlElement>().ok()) {
        event.prevent_default();
        button.click();
    }
}
