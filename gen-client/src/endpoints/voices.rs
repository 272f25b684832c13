use serde_json::json;

use crate::call::Call;
use crate::model::{
    Generation, GenerationStarted, Voice, VoiceBrief, VoiceName, VoiceRecording, VoiceSample, VoiceText,
};
use crate::operation as op;
use crate::{AgentId, Error, GenClient, GenerationId, Idempotency, VoiceId, VoiceSampleId};

impl GenClient {
    /// The voices the agent can speak with, of one source or all. GEN: listAgentVoices.
    pub async fn list_voices(&self, agent: &AgentId, source: Option<&str>) -> Result<Vec<Voice>, Error> {
        self.many(Call::to(&op::LIST_VOICES, &[agent.as_str()]).query_opt("source", source)).await
    }

    /// Lets GEN write something for a designed voice to say. GEN: generateVoiceScript.
    pub async fn write_voice_script(&self, agent: &AgentId, language: Option<&str>) -> Result<String, Error> {
        let body = language.map_or_else(|| json!({}), |language| json!({ "language": language }));
        let call = Call::to(&op::WRITE_VOICE_SCRIPT, &[agent.as_str()]).body(body);
        Ok(self.one::<VoiceText>(call).await?.text)
    }

    /// Lets GEN say in words how a voice sounds. GEN: generateVoiceDescription. 400 without a gender.
    pub async fn describe_voice(&self, agent: &AgentId, brief: &VoiceBrief) -> Result<String, Error> {
        let call = Call::to(&op::DESCRIBE_VOICE, &[agent.as_str()]).body(json!(brief));
        Ok(self.one::<VoiceText>(call).await?.text)
    }

    /// Makes three proposals for a voice, each reading the text. GEN: generateVoiceSamples. Costs credits.
    pub async fn generate_voice_samples(
        &self,
        agent: &AgentId,
        text: &str,
        description: Option<&str>,
        idempotency: &Idempotency,
    ) -> Result<Vec<VoiceSample>, Error> {
        let mut body = json!({ "text": text });
        if let Some(description) = description {
            body["description"] = json!(description);
        }
        let call = Call::to(&op::GENERATE_VOICE_SAMPLES, &[agent.as_str()]).body(body);
        self.many(call.paid(idempotency)).await
    }

    /// Keeps one of the proposals as a voice of the agent's, which the library lists from now on; its source is not
    /// said here. GEN: finalizeDesignedVoice. Costs credits.
    pub async fn create_designed_voice(
        &self,
        agent: &AgentId,
        sample: &VoiceSampleId,
        name: &VoiceName,
        idempotency: &Idempotency,
    ) -> Result<Voice, Error> {
        let mut body = json!(name);
        body["generation_id"] = json!(sample);
        let call = Call::to(&op::CREATE_DESIGNED_VOICE, &[agent.as_str()]).body(body);
        self.one(call.paid(idempotency)).await
    }

    /// Clones a voice from a recording of at least 30 seconds; it takes minutes. GEN: cloneVoice. Costs credits.
    pub async fn clone_voice(
        &self,
        agent: &AgentId,
        recording: &VoiceRecording,
        name: &VoiceName,
        idempotency: &Idempotency,
    ) -> Result<Voice, Error> {
        let mut body = json!(name);
        match recording {
            VoiceRecording::AudioUrl(url) => body["audio_url"] = json!(url),
            VoiceRecording::AudioBase64(sound) => body["audio_base64"] = json!(sound),
        }
        let call = Call::to(&op::CLONE_VOICE, &[agent.as_str()]).body(body);
        self.one(call.paid(idempotency)).await
    }

    /// Deletes a voice of the person's own. GEN: deleteAgentVoice. 404 if absent or public.
    pub async fn delete_voice(&self, agent: &AgentId, voice: &VoiceId) -> Result<(), Error> {
        self.done(Call::to(&op::DELETE_VOICE, &[agent.as_str(), voice.as_str()])).await
    }

    /// Has a voice read a text. GEN: previewVoice. Costs credits; follow it with [`Self::open_voice_preview`].
    pub async fn preview_voice(
        &self,
        agent: &AgentId,
        voice: &VoiceId,
        text: &str,
        idempotency: &Idempotency,
    ) -> Result<GenerationStarted, Error> {
        let call = Call::to(&op::PREVIEW_VOICE, &[agent.as_str(), voice.as_str()]);
        self.one(call.body(json!({ "text": text })).paid(idempotency)).await
    }

    /// Where a preview stands, with its sound among the outputs. GEN: getVoicePreviewStatus.
    pub async fn open_voice_preview(
        &self,
        agent: &AgentId,
        preview: &GenerationId,
    ) -> Result<Generation, Error> {
        self.one(Call::to(&op::OPEN_VOICE_PREVIEW, &[agent.as_str(), preview.as_str()])).await
    }
}
