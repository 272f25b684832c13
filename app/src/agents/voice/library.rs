use gen_client::model::{CoreVoice, Voice};
use leptos::prelude::*;
use model::{CorePart, Sketch};

use super::player::Player;
use super::server_fns::delete_voice;
use crate::activity::Curl;
use crate::agents::canvas::CoreForm;
use crate::paths;
use crate::ui::{Act, Dialog, Icon, IconName};

/// GEN's words for where a voice comes from, and ours.
const SOURCES: [(&str, &str); 4] = [
    ("public", "public library"),
    ("user_designed", "designed"),
    ("user_trained", "cloned"),
    ("user_elevenlabs", "ElevenLabs"),
];

/// The voices there are, by name and source.
#[component]
pub(super) fn Library(form: CoreForm, voices: Signal<Vec<Voice>>) -> impl IntoView {
    let (wanted, source) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let leaving = RwSignal::new(None::<Voice>);
    let shown = Memo::new(move |_| {
        let (wanted, source) = (wanted.get().trim().to_lowercase(), source.get());
        let mut voices = voices.get();
        voices.retain(|voice| {
            name_of(voice).to_lowercase().contains(&wanted)
                && (source.is_empty() || source_word(&voice.source) == source)
        });
        voices
    });
    let none = move || match (shown.with(Vec::is_empty), voices.with(Vec::is_empty)) {
        (true, true) => Some("GEN lists no voices for this agent."),
        (true, false) => Some("No voice is called that."),
        _ => None,
    };
    view! {
        <div class="voice-filter">
            <label class="input-line">
                <Icon name=IconName::Search />
                <span class="visually-hidden">"Search voices"</span>
                <input type="search" autocomplete="off" placeholder="Search voices" bind:value=wanted />
            </label>
            <label>
                <span class="visually-hidden">"Source"</span>
                <select class="input" on:change:target=move |event| source.set(event.target().value())>
                    <option value="">"All sources"</option>
                    {SOURCES.map(|(_, words)| view! { <option value=words>{capital(words)}</option> }).into_iter().collect_view()}
                </select>
            </label>
        </div>
        <ul class="rows voice-library" aria-label="Voice library">
            <For each=move || shown.get() key=|voice| (voice.voice_id.clone(), voice.name.clone()) let:voice>
                <LibraryVoice form voice leaving />
            </For>
        </ul>
        {move || none().map(|words| view! { <p class="meta">{words}</p> })}
        <Delete form leaving />
    }
}

/// One voice of the library; its sample plays only when asked to.
#[component]
fn LibraryVoice(form: CoreForm, voice: Voice, leaving: RwSignal<Option<Voice>>) -> impl IntoView {
    let name = name_of(&voice);
    let id = voice.voice_id.clone();
    let in_use = Memo::new(move |_| {
        form.now.with(|now| now.default_user_voice.as_ref().is_some_and(|current| current.voice_id == id))
    });
    let own = voice.is_own().then(|| voice.clone());
    let chosen = CoreVoice {
        voice_id: voice.voice_id,
        name: voice.name,
        source: Some(voice.source.clone()).filter(|source| !source.is_empty()),
    };
    let use_words = format!("Use {name}");
    let sample_words = format!("Play a sample of {name}");
    let delete_words = format!("Delete {name}");
    view! {
        <li class="voice">
            <div class="voice-line">
                {match voice.preview_url {
                    Some(sample) => view! { <Player src=paths::media(&sample) words=sample_words /> }.into_any(),
                    None => view! { <span class="voice-silent"><Icon name=IconName::Wave /></span> }.into_any(),
                }}
                <span class="grow">
                    <strong>{name}</strong>
                    " "
                    <span class="muted">{source_word(&voice.source)}</span>
                </span>
                {own
                    .map(|own| {
                        view! {
                            <button
                                type="button"
                                class="button icon-only quiet"
                                aria-label=delete_words
                                disabled=form.locked
                                on:click=move |_| leaving.set(Some(own.clone()))
                            >
                                <Icon name=IconName::Trash />
                            </button>
                        }
                    })}
                <Show when=move || !in_use.get() fallback=|| view! { <span class="tag on">"In use"</span> }>
                    <button
                        type="button"
                        class="button"
                        aria-label=use_words.clone()
                        disabled=form.locked
                        on:click={
                            let chosen = chosen.clone();
                            move |_| {
                                let chosen = chosen.clone();
                                form.edit_and_save(CorePart::Voice, |core| core.default_user_voice = Some(chosen));
                            }
                        }
                    >
                        "Use"
                    </button>
                </Show>
            </div>
        </li>
    }
}

/// Asks before a voice of the agent's own goes for good.
#[component]
fn Delete(form: CoreForm, leaving: RwSignal<Option<Voice>>) -> impl IntoView {
    let attempt = Act::idle();
    let close = move || {
        leaving.set(None);
        attempt.trouble.set(None);
    };
    let name = Signal::derive(move || leaving.with(|voice| voice.as_ref().map(name_of).unwrap_or_default()));
    let in_use = move || {
        leaving.with(|voice| {
            form.now.with(|now| {
                let current = now.default_user_voice.as_ref().map(|current| &current.voice_id);
                voice.as_ref().is_some_and(|voice| current == Some(&voice.voice_id))
            })
        })
    };
    let delete = move |_| {
        let Some(voice) = leaving.get_untracked() else { return };
        attempt.run(delete_voice(form.agent.get_value(), voice.voice_id), move |()| close());
    };
    let drawn = move |()| {
        let voice = leaving.with_untracked(|voice| voice.as_ref().map(|voice| voice.voice_id.clone()));
        voice.map_or(Sketch::ListVoices(None), Sketch::DeleteVoice)
    };
    view! {
        <Dialog
            open=Signal::derive(move || leaving.with(Option::is_some))
            title=Signal::derive(move || format!("Delete {}?", name.get()))
            on_close=move |()| close()
        >
            <p>"GEN deletes this voice for good. What it has read stays."</p>
            {move || in_use().then(|| view! { <p>"It is the voice in use: choose another one afterwards."</p> })}
            {attempt.note()}
            <div class="buttons">
                <button type="button" class="button danger" disabled=attempt.busy on:click=delete>
                    "Delete voice"
                </button>
                <button type="button" class="button" on:click=move |_| close()>
                    "Keep it"
                </button>
                <Curl what=drawn />
            </div>
        </Dialog>
    }
}

/// What a voice is called.
pub(super) fn name_of(voice: &Voice) -> String {
    voice.name.clone().unwrap_or_else(|| voice.voice_id.to_string())
}

fn source_word(source: &str) -> String {
    let source = if source == "eleven_labs" { "user_elevenlabs" } else { source };
    let known = SOURCES.iter().find(|(wire, _)| *wire == source);
    known.map_or(source, |(_, words)| words).to_owned()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}
