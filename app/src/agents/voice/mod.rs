//! What an agent speaks with: the voice in use, the library, and three ways to more of them.

mod clone;
mod design;
mod elevenlabs;
mod library;
mod loudness;
mod player;
mod reading;
pub mod server_fns;

use gen_client::AgentId;
use leptos::prelude::*;
use model::{CorePart, Topic};

use super::canvas::{CoreCard, CoreForm};
use crate::live::on_change;
use crate::page;
use crate::ui::{ErrorNote, Icon, IconName, Tabs};
use clone::{Cloning, FromRecording};
use design::{Design, Designing};
use elevenlabs::ElevenLabs;
use library::Library;
use reading::Try;
use server_fns::list_voices;

const TABS: &[(&str, &str)] =
    &[("library", "Library"), ("design", "Design"), ("clone", "Clone"), ("elevenlabs", "ElevenLabs")];

/// What every script is read with, and what else the agent could speak with.
#[component]
pub(super) fn VoiceCard(form: CoreForm, agent: AgentId) -> impl IntoView {
    let own = agent.clone();
    let of = Memo::new(move |_| Some(own.clone()));
    let voices = page::of_agent(of, list_voices);
    let own = agent.clone();
    on_change(
        move |topic| matches!(topic, Topic::Agent { agent_id } if *agent_id == own),
        move || voices.refetch(),
    );
    // Kept here, so that going to another tab and back loses nothing.
    let (designing, cloning) = (Designing::begin(&agent), Cloning::begin(&agent));
    let tab = RwSignal::new("library");
    view! {
        <CoreCard form card=CorePart::Voice title="Voice" lead="What every script is read with.">
            <div class="voice-now" aria-label="Voice" role="group">
                <Icon name=IconName::Wave />
                <strong>{move || current_name(form)}</strong>
                <span class="tag on">"In use"</span>
            </div>
            <Transition fallback=|| view! { <div class="skeleton"></div> }>
                {page::after(async move { drop(voices.await) }, move || {
                    let (known, error) = page::kept(voices);
                    let all = Signal::derive(move || known.get().map(|known| known.value).unwrap_or_default());
                    let shown = move |tab: &'static str| match tab {
                        "design" => view! { <Design form designing /> }.into_any(),
                        "clone" => view! { <FromRecording form cloning /> }.into_any(),
                        "elevenlabs" => view! { <ElevenLabs form /> }.into_any(),
                        _ => {
                            view! {
                                <Library form voices=all />
                                <Try form voices=all />
                            }
                                .into_any()
                        }
                    };
                    view! {
                        {move || error.get().map(|error| view! { <ErrorNote error /> })}
                        <Tabs label="Voices" tabs=TABS chosen=tab view=shown />
                    }
                })}
            </Transition>
        </CoreCard>
    }
}

fn current_name(form: CoreForm) -> String {
    form.now.with(|now| match &now.default_user_voice {
        Some(voice) => voice.name.clone().unwrap_or_else(|| voice.voice_id.to_string()),
        None => "No voice yet".to_owned(),
    })
}
