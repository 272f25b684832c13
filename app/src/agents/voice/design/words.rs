use gen_client::model::{Gender, VoiceBrief};
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::{Action, SAMPLES_CREDITS, Sketch};

use super::Designing;
use crate::activity::Curl;
use crate::agents::canvas::CoreForm;
use crate::agents::voice::server_fns::{start_voice_samples, write_voice_description, write_voice_script};
use crate::shell::use_surroundings;
use crate::ui::{Act, Counter, Segmented, credits_estimate, given, new_request};

/// As much as the store takes.
const SCRIPT_MAX: usize = 1_000;
const WISH_MAX: usize = 2_000;

/// The first step: what the proposals read.
#[component]
pub(super) fn Script(form: CoreForm, designing: Designing) -> impl IntoView {
    let surroundings = use_surroundings();
    let attempt = Act::idle();
    let language = move || designing.language.with_untracked(|text| given(text));
    let write = move |_| {
        attempt.run(write_voice_script(form.agent.get_value(), language()), move |script| {
            designing.script.set(script);
        });
    };
    view! {
        <div class="voice-step">
            <div class="field">
                <label class="label" for="voice-script">
                    "What it says"
                </label>
                <textarea
                    class="input"
                    id="voice-script"
                    rows="4"
                    prop:value=designing.script
                    on:input:target=move |event| designing.script.set(event.target().value())
                ></textarea>
                <Counter text=designing.script max=SCRIPT_MAX />
            </div>
            <label class="field">
                <span class="label">"Language"</span>
                <input class="input" type="text" autocomplete="off" maxlength="50" placeholder="en" bind:value=designing.language />
            </label>
            {attempt.note()}
            <div class="buttons">
                <button
                    type="button"
                    class="button primary"
                    disabled=move || !fits(designing.script, 1, SCRIPT_MAX)
                    on:click=move |_| designing.step.set(1)
                >
                    "On to the style"
                </button>
                <button
                    type="button"
                    class="button"
                    disabled=move || attempt.busy.get() || !surroundings.may(Action::Spend)
                    on:click=write
                >
                    "Let GEN write it"
                </button>
                <Curl what=move |()| Sketch::WriteVoiceScript(language()) />
            </div>
        </div>
    }
}

/// The second step: how it sounds; from here the proposals are bought.
#[component]
pub(super) fn Style(form: CoreForm, designing: Designing) -> impl IntoView {
    let surroundings = use_surroundings();
    let (described, bought) = (Act::idle(), Act::idle());
    let request = StoredValue::new(new_request());
    let wish = move || designing.wish.with_untracked(|text| given(text));
    let brief = move || VoiceBrief {
        gender: Gender::from(designing.gender.get_untracked().as_str()),
        description: wish(),
        language: Some(designing.language.get_untracked()).filter(|text| !text.trim().is_empty()),
        script: Some(designing.script.get_untracked()).filter(|text| !text.trim().is_empty()),
    };
    let describe = move |_| {
        described.run(write_voice_description(form.agent.get_value(), brief()), move |text| {
            designing.wish.set(text)
        });
    };
    let ready = move || {
        surroundings.may(Action::Spend)
            && fits(designing.script, 1, SCRIPT_MAX)
            && fits(designing.wish, 0, WISH_MAX)
    };
    let buy = move |event: SubmitEvent| {
        event.prevent_default();
        if !untrack(ready) {
            return;
        }
        let (agent, script) = (form.agent.get_value(), designing.script.get_untracked());
        bought.run(start_voice_samples(agent, script, wish(), request.get_value()), move |set| {
            request.set_value(new_request());
            designing.made.set(None);
            designing.sample.set(None);
            designing.take(set);
            designing.step.set(2);
        });
    };
    let genders = Gender::ALL.iter().map(|gender| (gender.to_string(), gender.to_string())).collect();
    view! {
        <form class="voice-step" aria-label="Style" method="post" on:submit=buy>
            <Segmented
                label="Gender"
                options=genders
                value=designing.gender
                on_choose=move |gender: String| designing.gender.set(gender)
            />
            <div class="field">
                <label class="label" for="voice-wish">
                    "How it sounds"
                </label>
                <textarea
                    class="input"
                    id="voice-wish"
                    rows="4"
                    placeholder="Low, unhurried, close to the microphone"
                    prop:value=designing.wish
                    on:input:target=move |event| designing.wish.set(event.target().value())
                ></textarea>
                <Counter text=designing.wish max=WISH_MAX />
            </div>
            {described.note()}
            {bought.note()}
            <div class="buttons">
                <button type="submit" class="button primary" disabled=move || !ready() || bought.busy.get()>
                    "Make three proposals"
                </button>
                <span class="meta num">{credits_estimate(SAMPLES_CREDITS)}</span>
                <button
                    type="button"
                    class="button"
                    disabled=move || described.busy.get() || !surroundings.may(Action::Spend)
                    on:click=describe
                >
                    "Let GEN describe it"
                </button>
                <Curl what=move |()| Sketch::VoiceSamples(designing.script.get_untracked(), wish()) />
            </div>
        </form>
    }
}

fn fits(text: RwSignal<String>, least: usize, most: usize) -> bool {
    text.with(|text| (least..=most).contains(&text.trim().chars().count()))
}
