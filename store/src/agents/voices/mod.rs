//! The voices an agent can speak with, and the account that brings more of them.

use gen_client::model::{ElevenLabs, Voice, VoiceBrief};
use gen_client::{AgentId, ApiKey, GenClient, VoiceId};
use model::{Action, Cached, Topic};

use crate::documents::{load_document, save_document};
use crate::freshness::{Kind, Noun};
use crate::keys::KeyId;
use crate::write_tx::WriteTx;
use crate::{Actor, Error, Result, Store, media};

/// What GEN takes as a wish for a voice, in characters.
const WISH_MAX: usize = 2_000;

impl Store {
    /// The voices the agent can speak with.
    pub async fn list_voices(&self, actor: &Actor, agent: &AgentId) -> Result<Cached<Vec<Voice>>> {
        let key = self.key_for(actor, agent).await?;
        self.cached(key, Voices { agent: agent.clone() }).await
    }

    /// Deletes a voice of the agent's own for good. A public one is nobody's to delete.
    pub async fn delete_voice(&self, actor: &Actor, agent: &AgentId, voice: &VoiceId) -> Result<()> {
        actor.must(Action::Edit)?;
        let known = self.list_voices(actor, agent).await?.value;
        let named = known.into_iter().find(|one| one.voice_id == *voice).ok_or(Error::NotFound("voice"))?;
        if !named.is_own() {
            let message = "Only a designed or cloned voice can be deleted.".to_owned();
            return Err(Error::Invalid { field: "Voice", message });
        }
        let (key, client) = self.client_for(actor, agent).await?;
        let (store, agent, voice) = (self.clone(), agent.clone(), voice.clone());
        self.finish(async move {
            store.noted(key, client.delete_voice(&agent, &voice).await).await?;
            store.voices_changed(key, &agent).await
        })
        .await
    }

    /// Lets GEN write something for a designed voice to say.
    pub async fn write_voice_script(
        &self,
        actor: &Actor,
        agent: &AgentId,
        language: Option<String>,
    ) -> Result<String> {
        actor.must(Action::Spend)?;
        let (key, client) = self.client_for(actor, agent).await?;
        self.noted(key, client.write_voice_script(agent, language.as_deref()).await).await
    }

    /// Lets GEN say in words how a voice sounds.
    pub async fn describe_voice(&self, actor: &Actor, agent: &AgentId, brief: VoiceBrief) -> Result<String> {
        actor.must(Action::Spend)?;
        let (key, client) = self.client_for(actor, agent).await?;
        let length = brief.description.as_deref().unwrap_or_default().chars().count();
        if length > WISH_MAX {
            let message = format!("At most {WISH_MAX} characters are taken; this has {length}.");
            return Err(Error::Invalid { field: "Style", message });
        }
        self.noted(key, client.describe_voice(agent, &brief).await).await
    }

    /// Whether the agent is connected to an ElevenLabs account; asked of GEN each time and kept nowhere.
    pub async fn open_elevenlabs(&self, actor: &Actor, agent: &AgentId) -> Result<ElevenLabs> {
        let (key, client) = self.client_for(actor, agent).await?;
        self.noted(key, client.open_elevenlabs(agent).await).await
    }

    /// Whether ElevenLabs takes this key. Neither GEN nor we keep it.
    pub async fn test_elevenlabs_key(&self, actor: &Actor, agent: &AgentId, secret: String) -> Result<bool> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        let secret = checked_secret(secret)?;
        self.noted(key, client.test_elevenlabs_key(agent, &secret).await).await
    }

    /// Hands GEN a key of ElevenLabs to keep; we do not. Its voices are in the library from then on.
    pub async fn connect_elevenlabs(
        &self,
        actor: &Actor,
        agent: &AgentId,
        secret: String,
    ) -> Result<ElevenLabs> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        let secret = checked_secret(secret)?;
        let (store, agent) = (self.clone(), agent.clone());
        self.finish(async move {
            let connected = store.noted(key, client.connect_elevenlabs(&agent, &secret).await).await?;
            store.voices_changed(key, &agent).await?;
            // The answer names the plan, and only the status tells which key it is.
            match store.noted(key, client.open_elevenlabs(&agent).await).await {
                Ok(status) => Ok(ElevenLabs { tier: status.tier.or(connected.tier), ..status }),
                Err(Error::Gen(_)) => Ok(connected),
                Err(error) => Err(error),
            }
        })
        .await
    }

    /// Lets GEN forget the key of ElevenLabs.
    pub async fn disconnect_elevenlabs(&self, actor: &Actor, agent: &AgentId) -> Result<()> {
        actor.must(Action::Edit)?;
        let (key, client) = self.client_for(actor, agent).await?;
        let (store, agent) = (self.clone(), agent.clone());
        self.finish(async move {
            store.noted(key, client.disconnect_elevenlabs(&agent).await).await?;
            store.voices_changed(key, &agent).await
        })
        .await
    }

    /// Asks for the library again, whose answer to a change says too little.
    pub(crate) async fn voices_changed(&self, key: KeyId, agent: &AgentId) -> Result<()> {
        let noun = Voices { agent: agent.clone() };
        let mut tx = self.write_tx().await?;
        tx.wrote(Kind::Voices, agent.as_str()).await?;
        tx.outdate(Kind::Voices, agent.as_str()).await?;
        tx.announce(noun.topic()).await?;
        tx.commit().await?;
        match self.renew(key, &noun).await {
            Err(Error::Gen(error)) => {
                tracing::info!(key, %error, "the voices could not be listed again");
                Ok(())
            }
            other => other,
        }
    }
}

fn checked_secret(secret: String) -> Result<ApiKey> {
    ApiKey::new(secret).map_err(|_| Error::Invalid {
        field: "ElevenLabs key",
        message: "This is no key: letters, digits and signs without blanks are.".to_owned(),
    })
}

/// An agent's voices.
#[derive(Clone)]
struct Voices {
    agent: AgentId,
}

impl Noun for Voices {
    const KIND: Kind = Kind::Voices;
    type Saved = Vec<Voice>;
    type Answer = Vec<Voice>;

    fn id(&self) -> String {
        self.agent.to_string()
    }

    fn topic(&self) -> Topic {
        Topic::Agent { agent_id: self.agent.clone() }
    }

    async fn load(&self, store: &Store) -> Result<Option<Vec<Voice>>> {
        load_document(store, Self::KIND, self.agent.as_str()).await
    }

    async fn fetch(&self, client: &GenClient) -> Result<Vec<Voice>, gen_client::Error> {
        client.list_voices(&self.agent, None).await
    }

    async fn remember(&self, tx: &mut WriteTx, mut answer: Vec<Voice>) -> Result<()> {
        media::register(tx, Some(&self.agent), &mut answer).await?;
        media::localise(&mut answer);
        if save_document(tx, Self::KIND, self.agent.as_str(), &answer).await? {
            tx.announce(self.topic()).await?;
        }
        Ok(())
    }
}
