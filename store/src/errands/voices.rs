//! Voices bought: designed in steps, cloned, heard.

use gen_client::model::{Voice, VoiceName, VoiceRecording};
use gen_client::{AgentId, VoiceId, VoiceSampleId};
use model::{Action, Bought, CloneSource, Reading, SampleSet};

use super::{BoughtRow, Errand, bought_where};
use crate::files::recording;
use crate::saved::json;
use crate::{Actor, Error, Result, Store};

/// A script for a voice is a few sentences; GEN advises under 500 characters for speed.
const SCRIPT_MAX: usize = 1_000;
const PREVIEW_MAX: usize = 500;
const WISH_MAX: usize = 2_000;
const NAME_MAX: usize = 100;

impl Store {
    /// Has GEN make three proposals for a voice. They are kept: they were paid for, and GEN shows them once.
    pub async fn start_voice_samples(
        &self,
        actor: &Actor,
        agent: &AgentId,
        script: &str,
        wish: Option<String>,
        request: String,
    ) -> Result<Bought<SampleSet>> {
        actor.must(Action::Spend)?;
        self.must_reach(actor, agent).await?;
        let text = words("Script", script, SCRIPT_MAX)?;
        let wish = wish.map(|wish| wish.trim().to_owned()).filter(|wish| !wish.is_empty());
        if let Some(wish) = &wish {
            words("Style", wish, WISH_MAX)?;
        }
        let work = self.buy(actor, agent, Errand::Samples { text, wish }, request).await?;
        self.open_voice_samples(actor, agent, &work).await
    }

    /// Proposals as they were made.
    pub async fn open_voice_samples(
        &self,
        actor: &Actor,
        agent: &AgentId,
        work: &str,
    ) -> Result<Bought<SampleSet>> {
        self.must_reach(actor, agent).await?;
        let row: Option<BoughtRow> =
            sqlx::query_as(bought_where!("w.id = ? AND e.agent_id = ? AND w.kind = 'voice_samples'"))
                .bind(work)
                .bind(agent.as_str())
                .fetch_optional(self.read())
                .await?;
        samples(row.ok_or(Error::NotFound("proposals"))?)
    }

    /// The newest proposals for a voice, so that nobody pays for them twice.
    pub async fn list_voice_samples(
        &self,
        actor: &Actor,
        agent: &AgentId,
    ) -> Result<Option<Bought<SampleSet>>> {
        self.must_reach(actor, agent).await?;
        let row: Option<BoughtRow> = sqlx::query_as(bought_where!(
            "e.agent_id = ? AND w.kind = 'voice_samples' ORDER BY w.started_at DESC, w.rowid DESC LIMIT 1"
        ))
        .bind(agent.as_str())
        .fetch_optional(self.read())
        .await?;
        row.map(samples).transpose()
    }

    /// Keeps one of the proposals as a voice of the agent's.
    pub async fn create_designed_voice(
        &self,
        actor: &Actor,
        agent: &AgentId,
        work: &str,
        sample: VoiceSampleId,
        name: VoiceName,
        request: String,
    ) -> Result<Bought<String>> {
        actor.must(Action::Spend)?;
        self.must_reach(actor, agent).await?;
        let name = named(name)?;
        let set = self.open_voice_samples(actor, agent, work).await?.what;
        if !set.samples.iter().any(|known| known.id == sample) {
            return Err(Error::NotFound("proposal"));
        }
        let work = self.buy(actor, agent, Errand::Design { sample, name }, request).await?;
        self.bought_voice(&work).await
    }

    /// Makes a voice out of a recording of at least 30 seconds. `consent`: whose voice it is has agreed.
    pub async fn clone_voice(
        &self,
        actor: &Actor,
        agent: &AgentId,
        source: CloneSource,
        name: VoiceName,
        consent: bool,
        request: String,
    ) -> Result<Bought<String>> {
        actor.must(Action::Spend)?;
        self.must_reach(actor, agent).await?;
        let name = named(name)?;
        let invalid = |field, message: String| Err(Error::Invalid { field, message });
        if !consent {
            return invalid("Consent", "Tick that whose voice this is has agreed. Nothing was sent.".into());
        }
        let recording = match source {
            CloneSource::File(file) => VoiceRecording::AudioBase64(recording(file)?),
            CloneSource::Url(url) => {
                // A simulator on this machine may be told addresses of this machine.
                if !self.upstream().is_local()
                    && let Err(error) = gen_client::model::check_public_url(&url)
                {
                    return invalid("Recording", error.to_string());
                }
                VoiceRecording::AudioUrl(url.trim().to_owned())
            }
        };
        let errand = Errand::Clone { recording: Some(recording), name };
        let work = self.buy(actor, agent, errand, request).await?;
        self.bought_voice(&work).await
    }

    /// Has a voice read a text. What it has read before, or reads now, is the answer; nothing is bought then.
    pub async fn preview_voice(
        &self,
        actor: &Actor,
        agent: &AgentId,
        voice: &VoiceId,
        text: &str,
        request: String,
    ) -> Result<Bought<Reading>> {
        actor.must(Action::Spend)?;
        self.must_reach(actor, agent).await?;
        let text = words("Text", text, PREVIEW_MAX)?;
        let known = self.list_voices(actor, agent).await?.value;
        let named = known.into_iter().find(|one| one.voice_id == *voice).ok_or(Error::NotFound("voice"))?;
        let voice_name = named.name.unwrap_or_else(|| voice.to_string());
        let errand = Errand::Preview { voice: voice.clone(), voice_name, text };
        let row: Option<BoughtRow> = sqlx::query_as(bought_where!(
            "e.agent_id = ? AND e.hash = ? AND w.state IN ('held', 'queued', 'sending', 'pending', 'processing', 'completed')
             ORDER BY w.state = 'completed' DESC, w.started_at DESC LIMIT 1"
        ))
        .bind(agent.as_str())
        .bind(errand.hash()?)
        .fetch_optional(self.read())
        .await?;
        if let Some(row) = row {
            return reading(row);
        }
        let work = self.buy(actor, agent, errand, request).await?;
        self.open_voice_preview(actor, agent, &work).await
    }

    /// Where a reading stands, from what is saved.
    pub async fn open_voice_preview(
        &self,
        actor: &Actor,
        agent: &AgentId,
        work: &str,
    ) -> Result<Bought<Reading>> {
        self.must_reach(actor, agent).await?;
        let row: Option<BoughtRow> =
            sqlx::query_as(bought_where!("w.id = ? AND e.agent_id = ? AND w.kind = 'voice_preview'"))
                .bind(work)
                .bind(agent.as_str())
                .fetch_optional(self.read())
                .await?;
        reading(row.ok_or(Error::NotFound("preview"))?)
    }

    /// The voices of the saved copy; GEN is not asked.
    pub(super) async fn saved_voices(&self, agent: &AgentId) -> Result<Vec<Voice>> {
        let saved: Option<Vec<Voice>> =
            crate::documents::load_document(self, crate::freshness::Kind::Voices, agent.as_str()).await?;
        Ok(saved.unwrap_or_default())
    }

    /// A voice that was made, by its name.
    async fn bought_voice(&self, work: &str) -> Result<Bought<String>> {
        let row: Option<BoughtRow> =
            sqlx::query_as(bought_where!("w.id = ?")).bind(work).fetch_optional(self.read()).await?;
        let row = row.ok_or(Error::NotFound("voice"))?;
        match json::<Errand>(&row.call)? {
            Errand::Design { name, .. } | Errand::Clone { name, .. } => row.into_bought(name.name),
            _ => Err(Error::NotFound("voice")),
        }
    }
}

fn samples(row: BoughtRow) -> Result<Bought<SampleSet>> {
    let Errand::Samples { text, wish } = json(&row.call)? else { return Err(Error::NotFound("proposals")) };
    let samples = row.result.as_deref().map(json).transpose()?.unwrap_or_default();
    row.into_bought(SampleSet { text, wish: wish.unwrap_or_default(), samples })
}

fn reading(row: BoughtRow) -> Result<Bought<Reading>> {
    let Errand::Preview { voice, text, .. } = json(&row.call)? else {
        return Err(Error::NotFound("preview"));
    };
    let generation: Option<gen_client::model::Generation> = row.result.as_deref().map(json).transpose()?;
    let sound = generation.and_then(|made| made.outputs.into_iter().find_map(|output| output.url));
    row.into_bought(Reading { voice, text, sound })
}

fn named(name: VoiceName) -> Result<VoiceName> {
    if let Some(description) = &name.description {
        words("Style", description, WISH_MAX)?;
    }
    Ok(VoiceName { name: words("Voice name", &name.name, NAME_MAX)?, ..name })
}

fn words(field: &'static str, text: &str, max: usize) -> Result<String> {
    let text = text.trim();
    let length = text.chars().count();
    if (1..=max).contains(&length) {
        return Ok(text.to_owned());
    }
    Err(Error::Invalid { field, message: format!("1 to {max} characters are taken; this has {length}.") })
}
