//! The fields of each kind of generation.

use gen_client::AgentId;
use gen_client::model::GenerationType;
use leptos::prelude::*;

use super::form::{CardForm, LipsyncSources};
use crate::agents::list_voices;
use crate::generations::model_words;
use crate::ui::{Counter, ErrorNote, Segmented};
use crate::vidsheets::completion::Completes;

/// The most characters a prompt takes here; GEN documents no limit.
const PROMPT_MAX: usize = 5_000;

/// The fields of a kind.
pub(super) fn fields(
    kind: &GenerationType,
    form: CardForm,
    agent: &AgentId,
    sources: Memo<LipsyncSources>,
) -> AnyView {
    match kind {
        GenerationType::Text => view! {
            {model(kind, form)}
            {text("Prompt", form.prompt)}
        }
        .into_any(),
        GenerationType::ImageFromText => view! {
            {model(kind, form)}
            {ratio(kind, form)}
            {text("Prompt", form.prompt)}
        }
        .into_any(),
        GenerationType::VideoFromText => {
            let durations = ["5", "10"].map(|seconds| (seconds.to_owned(), format!("{seconds} s")));
            let choose = Callback::new(move |seconds| form.duration.set(seconds));
            view! {
                {model(kind, form)}
                <div class="card-pair">
                    {ratio(kind, form)}
                    <Segmented label="Duration" options=durations.to_vec() value=form.duration on_choose=choose />
                </div>
                {text("Prompt", form.prompt)}
                {text("Negative prompt", form.negative_prompt)}
            }
            .into_any()
        }
        GenerationType::SpeechFromText => {
            view! { <VoiceField agent=agent.clone() form /> {text("Script", form.prompt)} }.into_any()
        }
        GenerationType::Lipsync => view! {
            {model(kind, form)}
            {move || choice("Clip", sources.get().clips, form.clip)}
            {move || choice("Sound", sources.get().sounds, form.sound)}
        }
        .into_any(),
        _ => ().into_any(),
    }
}

fn model(kind: &GenerationType, form: CardForm) -> impl IntoView + use<> {
    let mut models: Vec<(String, String)> =
        kind.models().iter().map(|model| ((*model).to_owned(), model_words(model))).collect();
    // A model that GEN added after this version was written stays choosable once it was used.
    let current = form.model.get_untracked();
    if !models.iter().any(|(id, _)| *id == current) {
        models.push((current.clone(), current));
    }
    choice("Model", models, form.model)
}

fn ratio(kind: &GenerationType, form: CardForm) -> impl IntoView + use<> {
    let options =
        kind.aspect_ratios().iter().map(|ratio| ((*ratio).to_owned(), (*ratio).to_owned())).collect();
    let choose = Callback::new(move |ratio| form.aspect_ratio.set(ratio));
    view! { <Segmented label="Ratio" options value=form.aspect_ratio on_choose=choose /> }
}

fn text(label: &'static str, value: RwSignal<String>) -> impl IntoView {
    let area = NodeRef::new();
    view! {
        <label class="field">
            <span class="label-line">
                <span class="label">{label}</span>
                <Counter text=value max=PROMPT_MAX />
            </span>
            <Completes area write=move |text| value.set(text)>
                <textarea
                    class="input"
                    rows="5"
                    aria-label=label
                    node_ref=area
                    prop:value=value
                    on:input:target=move |event| value.set(event.target().value())
                ></textarea>
            </Completes>
        </label>
    }
}

fn choice(label: &'static str, options: Vec<(String, String)>, value: RwSignal<String>) -> impl IntoView {
    let none = options.is_empty();
    let options = options
        .into_iter()
        .map(|(id, words)| {
            let own = id.clone();
            view! { <option value=id selected=move || value.with(|value| *value == own)>{words}</option> }
        })
        .collect_view();
    view! {
        <label class="field">
            <span class="label">{label}</span>
            <select
                class="input"
                aria-label=label
                disabled=none
                on:change:target=move |event| value.set(event.target().value())
            >
                {none.then(|| view! { <option value="">"None in this row yet"</option> })}
                {options}
            </select>
        </label>
    }
}

/// The voices of the agent; the first is taken until the person chooses.
#[component]
fn VoiceField(agent: AgentId, form: CardForm) -> impl IntoView {
    let voices = Resource::new(move || agent.clone(), list_voices);
    view! {
        <Suspense fallback=|| view! { <p class="muted">"Asking for voices…"</p> }>
            {move || Suspend::new(async move {
                match voices.await {
                    Ok(voices) => {
                        let voices: Vec<_> = voices
                            .value
                            .into_iter()
                            .map(|voice| (voice.voice_id.to_string(), voice.name.unwrap_or(voice.source)))
                            .collect();
                        if form.voice.with_untracked(String::is_empty) {
                            form.voice.set(voices.first().map(|(id, _)| id.clone()).unwrap_or_default());
                        }
                        choice("Voice", voices, form.voice).into_any()
                    }
                    Err(error) => view! { <ErrorNote error /> }.into_any(),
                }
            })}
        </Suspense>
    }
}
