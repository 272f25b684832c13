use gen_client::AgentId;
use gen_client::model::{CoreVoice, Voice};
use leptos::html;
use leptos::prelude::*;

use super::card::CoreCard;
use super::core_form::CoreForm;
use super::merge::Card;
use super::server_fns::list_voices;
use crate::paths;
use crate::ui::{ErrorNote, Icon, IconName};

/// What every script is read with, and what else the agent could speak with.
#[component]
pub(super) fn VoiceCard(form: CoreForm, agent: AgentId) -> impl IntoView {
    let voices = Resource::new(|| (), move |()| list_voices(agent.clone()));
    view! {
        <CoreCard form card=Card::Voice title="Voice" lead="What every script is read with.">
            <div class="voice-now" aria-label="Voice" role="group">
                <Icon name=IconName::Wave />
                <strong>{move || current_name(form)}</strong>
                <span class="tag on">"In use"</span>
            </div>
            <Transition fallback=|| view! { <div class="skeleton"></div> }>
                {move || {
                    voices
                        .get()
                        .map(|voices| match voices {
                            Ok(voices) => view! { <Library form voices=voices.value /> }.into_any(),
                            Err(error) => view! { <ErrorNote error /> }.into_any(),
                        })
                }}
            </Transition>
        </CoreCard>
    }
}

#[component]
fn Library(form: CoreForm, voices: Vec<Voice>) -> impl IntoView {
    let empty = voices.is_empty();
    view! {
        <ul class="rows voice-library" aria-label="Voice library">
            {voices.into_iter().map(|voice| view! { <LibraryVoice form voice /> }).collect_view()}
        </ul>
        {empty.then(|| view! { <p class="meta">"GEN lists no voices for this agent."</p> })}
    }
}

/// One voice of the library; its sample plays only when asked to.
#[component]
fn LibraryVoice(form: CoreForm, voice: Voice) -> impl IntoView {
    let name = voice.name.clone().unwrap_or_else(|| voice.voice_id.to_string());
    let id = voice.voice_id.clone();
    let in_use = Memo::new(move |_| {
        form.now.with(|now| now.default_user_voice.as_ref().is_some_and(|current| current.voice_id == id))
    });
    let chosen = CoreVoice {
        voice_id: voice.voice_id,
        name: voice.name,
        source: Some(voice.source.clone()).filter(|source| !source.is_empty()),
    };
    let use_words = format!("Use {name}");
    let sample_words = format!("Play a sample of {name}");
    view! {
        <li class="voice">
            <div class="voice-line">
                {match voice.preview_url {
                    Some(sample) => view! { <Sample sample words=sample_words /> }.into_any(),
                    None => view! { <span class="voice-silent"><Icon name=IconName::Wave /></span> }.into_any(),
                }}
                <span class="grow">
                    <strong>{name}</strong>
                    " "
                    <span class="muted">{source_words(&voice.source)}</span>
                </span>
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
                                form.edit_and_save(Card::Voice, |core| core.default_user_voice = Some(chosen));
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

/// Plays a sample, or stops it. Nothing is loaded before somebody wants to hear it.
#[component]
fn Sample(sample: String, words: String) -> impl IntoView {
    let audio = NodeRef::<html::Audio>::new();
    let playing = RwSignal::new(false);
    let toggle = move |_| {
        let Some(audio) = audio.get() else { return };
        if playing.get_untracked() {
            return playing.set(audio.pause().is_err());
        }
        if let Err(error) = audio.play() {
            leptos::logging::error!("the sample cannot be played: {error:?}");
        }
    };
    let icon = move || if playing.get() { IconName::Pause } else { IconName::Play };
    view! {
        <button
            type="button"
            class="voice-play"
            aria-label=words
            aria-pressed=move || if playing.get() { "true" } else { "false" }
            on:click=toggle
        >
            {move || view! { <Icon name=icon() /> }}
        </button>
        <audio
            node_ref=audio
            preload="none"
            src=paths::media(&sample)
            on:play=move |_| playing.set(true)
            on:pause=move |_| playing.set(false)
            on:ended=move |_| playing.set(false)
        ></audio>
    }
}

fn current_name(form: CoreForm) -> String {
    form.now.with(|now| match &now.default_user_voice {
        Some(voice) => voice.name.clone().unwrap_or_else(|| voice.voice_id.to_string()),
        None => "No voice yet".to_owned(),
    })
}

fn source_words(source: &str) -> String {
    match source {
        "public" => "public library",
        "user_designed" => "designed",
        "user_trained" => "cloned",
        "user_elevenlabs" | "eleven_labs" => "ElevenLabs",
        other => other,
    }
    .to_owned()
}
