use gen_client::model::{ElevenLabs, Voice, VoiceBrief, VoiceName};
use gen_client::{AgentId, VoiceId, VoiceSampleId};
use leptos::prelude::*;
use leptos::server_fn::codec::{GetUrl, Json};
use model::{Bought, Cached, CloneSource, Reading, SampleSet};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use crate::server_context::acting;

/// The voices the agent can speak with.
#[server(input = GetUrl)]
pub async fn list_voices(agent: AgentId) -> Result<Cached<Vec<Voice>>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_voices(&actor, &agent).await?)
}

/// Deletes a voice of the agent's own for good.
#[server(input = Json)]
pub async fn delete_voice(agent: AgentId, voice: VoiceId) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.delete_voice(&actor, &agent, &voice).await?)
}

/// Has a voice read a text, which is paid for; what it has read before is the answer at once and free.
#[server(input = Json)]
pub async fn preview_voice(
    agent: AgentId,
    voice: VoiceId,
    text: String,
    request: String,
) -> Result<Bought<Reading>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.preview_voice(&actor, &agent, &voice, &text, request).await?)
}

/// Where a reading stands.
#[server(input = GetUrl)]
pub async fn open_voice_preview(agent: AgentId, work: String) -> Result<Bought<Reading>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_voice_preview(&actor, &agent, &work).await?)
}

/// Lets GEN write something for a designed voice to say.
#[server(input = Json)]
pub async fn write_voice_script(agent: AgentId, language: Option<String>) -> Result<String, AppError> {
    let (store, actor) = acting()?;
    Ok(store.write_voice_script(&actor, &agent, language).await?)
}

/// Lets GEN say in words how a voice sounds.
#[server(input = Json)]
pub async fn write_voice_description(agent: AgentId, brief: VoiceBrief) -> Result<String, AppError> {
    let (store, actor) = acting()?;
    Ok(store.describe_voice(&actor, &agent, brief).await?)
}

/// The newest proposals for a voice, so that nobody pays for them twice.
#[server(input = GetUrl)]
pub async fn list_voice_samples(agent: AgentId) -> Result<Option<Bought<SampleSet>>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.list_voice_samples(&actor, &agent).await?)
}

/// Has GEN make three proposals for a voice, which is paid for.
#[server(input = Json)]
pub async fn start_voice_samples(
    agent: AgentId,
    script: String,
    wish: Option<String>,
    request: String,
) -> Result<Bought<SampleSet>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.start_voice_samples(&actor, &agent, &script, wish, request).await?)
}

/// Keeps one of the proposals as a voice of the agent's, which is paid for.
#[server(input = Json)]
pub async fn create_designed_voice(
    agent: AgentId,
    work: String,
    sample: VoiceSampleId,
    name: VoiceName,
    request: String,
) -> Result<Bought<String>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.create_designed_voice(&actor, &agent, &work, sample, name, request).await?)
}

/// Makes a voice out of a recording, which is paid for.
#[server(input = Json)]
pub async fn clone_voice(
    agent: AgentId,
    source: CloneSource,
    name: VoiceName,
    consent: bool,
    request: String,
) -> Result<Bought<String>, AppError> {
    let (store, actor) = acting()?;
    Ok(store.clone_voice(&actor, &agent, source, name, consent, request).await?)
}

/// Whether the agent is connected to an ElevenLabs account.
#[server(input = GetUrl)]
pub async fn open_elevenlabs(agent: AgentId) -> Result<ElevenLabs, AppError> {
    let (store, actor) = acting()?;
    Ok(store.open_elevenlabs(&actor, &agent).await?)
}

/// Whether ElevenLabs takes this key; nobody keeps it.
#[server(input = Json)]
pub async fn test_elevenlabs_key(agent: AgentId, secret: String) -> Result<bool, AppError> {
    let (store, actor) = acting()?;
    Ok(store.test_elevenlabs_key(&actor, &agent, secret).await?)
}

/// Hands GEN a key of ElevenLabs to keep; this server does not.
#[server(input = Json)]
pub async fn connect_elevenlabs(agent: AgentId, secret: String) -> Result<ElevenLabs, AppError> {
    let (store, actor) = acting()?;
    Ok(store.connect_elevenlabs(&actor, &agent, secret).await?)
}

/// Lets GEN forget the key of ElevenLabs.
#[server(input = Json)]
pub async fn disconnect_elevenlabs(agent: AgentId) -> Result<(), AppError> {
    let (store, actor) = acting()?;
    Ok(store.disconnect_elevenlabs(&actor, &agent).await?)
}
