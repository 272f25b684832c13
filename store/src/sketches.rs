//! Actions as commands for a shell. They are drawn by the very code that would send them, with a client that
//! sends nothing and has nobody's key.

use bytes::Bytes;
use gen_client::model::VoiceRecording;
use gen_client::{AgentId, ApiKey, Error as Gen, File, GenClient, Idempotency};
use model::Sketch;

use crate::{Actor, Result, Store};

impl Store {
    /// The command for an action on an agent, or on nothing but the account.
    pub async fn draw(&self, actor: &Actor, agent: &AgentId, what: &Sketch) -> Result<String> {
        self.must_reach(actor, agent).await?;
        Ok(self.upstream().drawn(async |client| ask(client, agent, what).await).await?)
    }
}

async fn ask(client: &GenClient, agent: &AgentId, what: &Sketch) -> Result<(), Gen> {
    let once = Idempotency("once".to_owned());
    let file =
        File { name: "picture.png".to_owned(), content_type: "image/png".to_owned(), bytes: Bytes::new() };
    let secret = ApiKey::new("the-secret-of-elevenlabs".to_owned())?;
    match what {
        Sketch::CreateAgent(new) => client.create_agent(new).await.map(drop),
        Sketch::UpdateAgent(patch) => client.update_agent(agent, patch).await.map(drop),
        Sketch::DeleteAgent => client.delete_agent(agent).await,
        Sketch::AddAvatar => client.create_avatar(agent, &file).await,
        Sketch::SetPrimaryAvatar(avatar) => client.set_primary_avatar(agent, avatar).await,
        Sketch::DeleteAvatars(avatars) => client.delete_avatars(agent, avatars).await,
        Sketch::PatchCore(patch) => client.patch_core(agent, patch).await.map(drop),
        Sketch::ListVoices(source) => client.list_voices(agent, source.as_deref()).await.map(drop),
        Sketch::DeleteVoice(voice) => client.delete_voice(agent, voice).await,
        Sketch::TestElevenLabs => client.test_elevenlabs_key(agent, &secret).await.map(drop),
        Sketch::ConnectElevenLabs => client.connect_elevenlabs(agent, &secret).await.map(drop),
        Sketch::DisconnectElevenLabs => client.disconnect_elevenlabs(agent).await,
        Sketch::WriteVoiceScript(language) => {
            client.write_voice_script(agent, language.as_deref()).await.map(drop)
        }
        Sketch::DescribeVoice(brief) => client.describe_voice(agent, brief).await.map(drop),
        Sketch::VoiceSamples(text, wish) => {
            client.generate_voice_samples(agent, text, wish.as_deref(), &once).await.map(drop)
        }
        Sketch::DesignVoice(sample, name) => {
            client.create_designed_voice(agent, sample, name, &once).await.map(drop)
        }
        Sketch::CloneVoice(url, name) => {
            let recording = match url {
                Some(url) => VoiceRecording::AudioUrl(url.clone()),
                None => VoiceRecording::AudioBase64("RECORDING_IN_BASE64".to_owned()),
            };
            client.clone_voice(agent, &recording, name, &once).await.map(drop)
        }
        Sketch::PreviewVoice(voice, text) => client.preview_voice(agent, voice, text, &once).await.map(drop),
        Sketch::StartWatch(spec) => client.start_monitoring(agent, spec, &once).await.map(drop),
        Sketch::UpdateWatch(job, spec) => client.update_monitoring(agent, job, spec).await,
        Sketch::CreateOrganization(name) => client.create_organization(name, None).await.map(drop),
        Sketch::RenameOrganization(organization, name) => {
            client.update_organization(organization, Some(name), None).await
        }
        Sketch::DeleteOrganization(organization) => client.delete_organization(organization).await,
        Sketch::CreateGenKey(name, seconds) => client.create_api_key(name, *seconds).await.map(drop),
        Sketch::RenameGenKey(key, name) => client.rename_api_key(key, name).await.map(drop),
        Sketch::RevokeGenKey(key) => client.revoke_api_key(key).await,
        Sketch::RevokeAllGenKeys => client.revoke_all_api_keys().await,
        Sketch::UpdateAutomation(patch) => client.update_automation(agent, patch).await.map(drop),
        Sketch::TestWebhook => client.test_webhook(agent).await.map(drop),
        Sketch::TestCallback => client.test_callback(agent).await.map(drop),
        Sketch::SaveProfile(profile, true) => client.create_profile(agent, profile).await.map(drop),
        Sketch::SaveProfile(profile, false) => client.update_profile(agent, profile).await.map(drop),
        Sketch::ResetProfile => client.delete_profile(agent).await,
    }
}
