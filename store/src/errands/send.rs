//! The one attempt, what became of it, and what can be found of a lost one.

use gen_client::model::{GenerationStarted, Voice, VoiceSample};
use gen_client::{AgentId, GenClient, Idempotency};
use model::WorkKind;

use super::{Errand, remember_watch};
use crate::freshness::Kind;
use crate::ledger::{Intent, Outcome};
use crate::point::point;
use crate::queue::SAME_KEY_MS;
use crate::saved::text;
use crate::{Error, Result, Store};

/// What GEN answers.
#[derive(Clone)]
enum Answer {
    Samples(Vec<VoiceSample>),
    Voice,
    Started(GenerationStarted),
}

impl Errand {
    async fn send(
        &self,
        client: &GenClient,
        agent: &AgentId,
        name: &Idempotency,
    ) -> Result<Answer, gen_client::Error> {
        Ok(match self {
            Self::Samples { text, wish } => {
                Answer::Samples(client.generate_voice_samples(agent, text, wish.as_deref(), name).await?)
            }
            Self::Design { sample, name: called } => {
                client.create_designed_voice(agent, sample, called, name).await?;
                Answer::Voice
            }
            Self::Clone { recording: None, .. } => {
                let why = "The recording is not kept; choose it once more.";
                return Err(gen_client::Error::Invalid(why.to_owned()));
            }
            Self::Clone { recording: Some(recording), name: called } => {
                client.clone_voice(agent, recording, called, name).await?;
                Answer::Voice
            }
            Self::Preview { voice, text, .. } => {
                Answer::Started(client.preview_voice(agent, voice, text, name).await?)
            }
            Self::Watch { spec } => Answer::Started(client.start_monitoring(agent, spec, name).await?),
        })
    }
}

impl Store {
    /// The one attempt.
    pub(crate) async fn send_errand(&self, intent: &Intent, client: &GenClient) -> Result<()> {
        let Some(errand) = &intent.errand else { return Err(Error::NotFound("errand")) };
        if !self.begin_sending(intent).await? {
            return Ok(());
        }
        let answer = errand.send(client, &intent.agent, &Idempotency(intent.id.clone())).await;
        point("call/answered");
        match self.noted(intent.key, answer).await {
            Ok(answer) => {
                self.paces().taken(intent.key);
                self.kept(|| self.errand_taken(intent, errand, answer.clone())).await?;
                self.forget_recording(intent).await?;
                // A new voice is in the library.
                match errand {
                    Errand::Design { .. } | Errand::Clone { .. } => {
                        self.voices_changed(intent.key, &intent.agent).await
                    }
                    _ => Ok(()),
                }
            }
            Err(error) => {
                let outcome = self.not_taken(intent, error).await;
                self.forget_recording(intent).await?;
                outcome
            }
        }
    }

    /// Looks for what a lost call made: GEN lists voices, and nothing else of these.
    pub(crate) async fn look_for_errand(&self, intent: &Intent) -> Result<()> {
        let name = match &intent.errand {
            Some(Errand::Design { name, .. } | Errand::Clone { name, .. }) => name.name.clone(),
            _ => return Ok(()),
        };
        self.voices_changed(intent.key, &intent.agent).await?;
        let own = self.saved_voices(&intent.agent).await?.into_iter().filter(Voice::is_own);
        let found = own.filter(|voice| voice.name.as_deref() == Some(&name)).count();
        if found != 1 {
            return Ok(());
        }
        let mut tx = self.write_tx().await?;
        let now = tx.now();
        sqlx::query(
            "UPDATE work SET state = 'completed', settled_at = ?, reason = 'A voice of this name is in the library.'
             WHERE id = ? AND state = 'unknown'",
        )
        .bind(now)
        .bind(&intent.id)
        .execute(&mut *tx)
        .await?;
        intent.announce(&mut tx).await?;
        tx.commit().await
    }

    async fn errand_taken(&self, intent: &Intent, errand: &Errand, answer: Answer) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let (outcome, result) = match &answer {
            Answer::Samples(samples) => (Outcome::Done, Some(text(samples)?)),
            Answer::Voice => (Outcome::Done, None),
            Answer::Started(started) => {
                let look_in_ms = self.first_look_ms(intent.kind, None);
                let upstream_id = started.id.to_string();
                (Outcome::Accepted { upstream_id, conversation: None, look_in_ms }, None)
            }
        };
        intent.settle(&mut tx, &outcome).await?;
        sqlx::query("UPDATE errand SET result = coalesce(?, result) WHERE work_id = ?")
            .bind(result)
            .bind(&intent.id)
            .execute(&mut *tx)
            .await?;
        if let (Errand::Watch { spec }, Answer::Started(started)) = (errand, &answer) {
            remember_watch(&mut tx, &intent.agent, &started.id, Some(spec), Some(intent.person)).await?;
        }
        tx.outdate(Kind::Organizations, &intent.key.to_string()).await?;
        point("settle/written");
        tx.commit().await?;
        point("settle/committed");
        Ok(())
    }

    /// A recording of somebody's voice is kept no longer than it takes to send it. Where nobody knows whether it
    /// arrived, it stays for as long as it can be sent again.
    async fn forget_recording(&self, intent: &Intent) -> Result<()> {
        if intent.kind != WorkKind::ClonedVoice {
            return Ok(());
        }
        let mut tx = self.write_tx().await?;
        sqlx::query(
            "UPDATE errand SET call = json_set(call, '$.recording', NULL)
             WHERE work_id = ?
               AND (SELECT state FROM work WHERE id = work_id) NOT IN ('held', 'queued', 'sending', 'unknown')",
        )
        .bind(&intent.id)
        .execute(&mut *tx)
        .await?;
        tx.commit().await?;
        self.wipe_log().await
    }

    /// Forgets recordings that cannot be sent again any more, or whose work ended without being sent.
    pub(crate) async fn prune_recordings(&self) -> Result<()> {
        let mut tx = self.write_tx().await?;
        let since = tx.now() - SAME_KEY_MS;
        sqlx::query(
            "UPDATE errand SET call = json_set(call, '$.recording', NULL)
             WHERE call ->> '$.recording' IS NOT NULL AND work_id IN (
                 SELECT id FROM work WHERE kind = 'cloned_voice' AND state NOT IN ('held', 'queued', 'sending')
                   AND (state <> 'unknown' OR started_at < ?))",
        )
        .bind(since)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    }
}
