use gen_client::AgentId;
use gen_client::model::VoiceName;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use model::{Action, Bought, CloneSource, NewFile, Sketch};

use super::server_fns::clone_voice;
use crate::activity::Curl;
use crate::agents::bought::new_voice_note;
use crate::agents::canvas::CoreForm;
use crate::error::AppError;
use crate::shell::use_surroundings;
use crate::ui::{Act, FileInput, Segmented, draft_text, given, new_request};

const RECORDING_MAX: usize = 8 * 1024 * 1024;

/// What the person has given so far.
#[derive(Clone, Copy)]
pub(super) struct Cloning {
    from: RwSignal<String>,
    url: RwSignal<String>,
    file: RwSignal<Option<NewFile>>,
    name: RwSignal<String>,
    made: RwSignal<Option<Bought<String>>>,
}

impl Cloning {
    /// Nothing given yet.
    pub(super) fn begin(agent: &AgentId) -> Self {
        let cloning = Self {
            from: RwSignal::new("file".to_owned()),
            url: RwSignal::new(String::new()),
            file: RwSignal::new(None),
            name: RwSignal::new(String::new()),
            made: RwSignal::new(None),
        };
        draft_text(format!("clone-url-{agent}"), cloning.url);
        draft_text(format!("clone-name-{agent}"), cloning.name);
        cloning
    }

    /// Exactly one of the two, whichever the person chose.
    fn source(self) -> Option<CloneSource> {
        match self.from.get().as_str() {
            "file" => self.file.get().map(CloneSource::File),
            _ => self.url.with(|url| given(url)).map(CloneSource::Url),
        }
    }
}

/// A voice out of a recording, from a file or an address.
#[component]
pub(super) fn FromRecording(form: CoreForm, cloning: Cloning) -> impl IntoView {
    let surroundings = use_surroundings();
    let attempt = Act::idle();
    // Asked anew each time: nobody agrees once for every voice.
    let consent = RwSignal::new(false);
    let request = StoredValue::new(new_request());
    let ready = move || {
        surroundings.may(Action::Spend)
            && consent.get()
            && cloning.name.with(|name| !name.trim().is_empty())
            && cloning.source().is_some()
    };
    let named = move || VoiceName { name: cloning.name.get_untracked(), ..VoiceName::default() };
    let make = move |event: SubmitEvent| {
        event.prevent_default();
        let Some(source) = untrack(|| cloning.source()) else { return };
        let agreed = consent.get_untracked();
        let asked = clone_voice(form.agent.get_value(), source, named(), agreed, request.get_value());
        attempt.run(asked, move |made| {
            request.set_value(new_request());
            cloning.file.set(None);
            cloning.made.set(Some(made));
            consent.try_set(false);
        });
    };
    let on_file = move |file: Result<NewFile, AppError>| match file {
        Ok(file) => {
            attempt.trouble.set(None);
            cloning.file.set(Some(file));
        }
        Err(error) => attempt.trouble.set(Some(error)),
    };
    let drawn = move |()| {
        let url = cloning.url.get_untracked();
        Sketch::CloneVoice(Some(url).filter(|_| cloning.from.with_untracked(|from| from == "url")), named())
    };
    let options =
        [("file", "Recording"), ("url", "Address")].map(|(key, words)| (key.to_owned(), words.to_owned()));
    view! {
        <form class="voice-step" aria-label="Clone a voice" method="post" on:submit=make>
            <Segmented
                label="From"
                options=options.to_vec()
                value=cloning.from
                on_choose=move |from: String| cloning.from.set(from)
            />
            {move || {
                if cloning.from.with(|from| from == "file") {
                    view! {
                        <FileInput label="Recording file" id="clone-file" accept="audio/*" max=RECORDING_MAX on_file=on_file />
                        {move || cloning.file.get().map(|file| view! { <p class="meta" role="status">"Chosen: " {file.name}</p> })}
                    }
                        .into_any()
                } else {
                    view! {
                        <label class="field">
                            <span class="label">"Address of the recording"</span>
                            <input
                                class="input"
                                type="url"
                                autocomplete="off"
                                placeholder="https://example.com/voice.mp3"
                                bind:value=cloning.url
                            />
                        </label>
                    }
                        .into_any()
                }
            }}
            <p class="field-hint">"One person, at least 30 seconds, no music. At most 8 MB; a larger one by its address."</p>
            <label class="field">
                <span class="label">"Voice name"</span>
                <input class="input" type="text" autocomplete="off" maxlength="100" bind:value=cloning.name />
            </label>
            <label class="check">
                <input type="checkbox" prop:checked=consent on:change:target=move |event| consent.set(event.target().checked()) />
                <span>"The person whose voice this is has agreed to it being cloned."</span>
            </label>
            {attempt.note()}
            <div class="buttons">
                <button type="submit" class="button primary" disabled=move || !ready() || attempt.busy.get()>
                    "Clone voice"
                </button>
                <span class="meta">"GEN does not say what it costs."</span>
                <Curl what=drawn />
            </div>
            {move || cloning.made.get().map(|made| new_voice_note(&made))}
        </form>
    }
}
