//! Paid calls that belong to no cell and are no run: voices made and heard, and what GEN watches. They pass
//! through the ledger and the queue like everything that is paid for; what they send stands beside the ledger.

mod send;
mod voices;
mod watches;

pub(crate) use watches::remember_watch;

use gen_client::model::{Monitoring, VoiceName, VoiceRecording};
use gen_client::{AgentId, VoiceId, VoiceSampleId};
use model::{Bought, WorkKind, watch_price};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::FromRow;

use crate::history::progress;
use crate::ledger::Intent;
use crate::saved::text;
use crate::write_tx::WriteTx;
use crate::{Actor, Result, Store};

/// A subject is a line in the queue.
const SUBJECT_MAX: usize = 80;

/// What a paid call sends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(crate) enum Errand {
    /// Three proposals for a voice, reading a text.
    Samples { text: String, wish: Option<String> },
    /// A voice out of one of them.
    Design { sample: VoiceSampleId, name: VoiceName },
    /// A voice out of a recording, which is forgotten once it was sent.
    Clone { recording: Option<VoiceRecording>, name: VoiceName },
    /// A voice reading a text.
    Preview { voice: VoiceId, voice_name: String, text: String },
    /// A look at what others post, once or kept up.
    Watch { spec: Monitoring },
}

impl Errand {
    pub(crate) fn kind(&self) -> WorkKind {
        match self {
            Self::Samples { .. } => WorkKind::VoiceSamples,
            Self::Design { .. } => WorkKind::DesignedVoice,
            Self::Clone { .. } => WorkKind::ClonedVoice,
            Self::Preview { .. } => WorkKind::VoicePreview,
            Self::Watch { .. } => WorkKind::Monitoring,
        }
    }

    /// What it is about, in a line.
    pub(crate) fn subject(&self) -> String {
        let line = match self {
            Self::Samples { text, .. } => text.clone(),
            Self::Design { name, .. } | Self::Clone { name, .. } => name.name.clone(),
            Self::Preview { voice_name, text, .. } => format!("{voice_name}: {text}"),
            Self::Watch { spec } => {
                format!("{} on {}", spec.to_wire()["value"].as_str().unwrap_or_default(), spec.platform)
            }
        };
        line.chars().take(SUBJECT_MAX).collect()
    }

    /// Equal where the same would be bought again.
    pub(crate) fn hash(&self) -> Result<String> {
        let digest = Sha256::digest(text(self)?);
        Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Credits by GEN's own prices, where there are some: of what is watched, for one look.
    pub(crate) fn price(&self) -> Option<f64> {
        match self {
            Self::Watch { spec } => Some(watch_price(spec).1),
            _ => None,
        }
    }

    /// Keeps what a call sends, with the call.
    pub(crate) async fn write(&self, tx: &mut WriteTx, intent: &Intent) -> Result<()> {
        sqlx::query("INSERT INTO errand (work_id, agent_id, hash, call) VALUES (?, ?, ?, ?)")
            .bind(&intent.id)
            .bind(intent.agent.as_str())
            .bind(self.hash()?)
            .bind(text(self)?)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

impl Store {
    /// Buys something; `request` is the browser's name for the click: the same one again buys nothing. Returns our
    /// number of the work.
    async fn buy(&self, actor: &Actor, agent: &AgentId, errand: Errand, request: String) -> Result<String> {
        let key = self.key_for(actor, agent).await?;
        if let Some(known) = self.requested(actor, &request).await? {
            return Ok(known);
        }
        let payer = self.as_gen_sent(agent).await?;
        let mut intent = Intent::for_errand(&payer, key, actor.person.id, errand);
        intent.request = Some(request);
        self.start_now(&intent).await?;
        Ok(intent.id)
    }
}

/// The one query behind everything that was bought; what follows says which.
macro_rules! bought_where {
    ($tail:literal) => {
        concat!(
            "SELECT w.id, w.state, w.reason, w.error_code, w.estimate, w.cost, w.started_at, e.call, e.result
             FROM errand e JOIN work w ON w.id = e.work_id WHERE ",
            $tail
        )
    };
}
pub(crate) use bought_where;

/// A row of [`bought_where`].
#[derive(FromRow)]
pub(crate) struct BoughtRow {
    id: String,
    state: String,
    reason: Option<String>,
    error_code: Option<String>,
    estimate: Option<f64>,
    cost: Option<f64>,
    started_at: i64,
    call: String,
    result: Option<String>,
}

impl BoughtRow {
    fn into_bought<T>(self, what: T) -> Result<Bought<T>> {
        Ok(Bought {
            progress: progress(&self.state)?,
            work: self.id,
            reason: self.reason,
            error_code: self.error_code,
            estimate: self.estimate,
            cost: self.cost,
            started_at: self.started_at,
            what,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gen_client::model::{MonitoringKind, MonitoringPlatform};

    #[test]
    fn what_is_watched_costs_by_the_post_and_by_the_comment() {
        let watch = |max_results, comments| {
            let spec = Monitoring {
                platform: MonitoringPlatform::Tiktok,
                kind: MonitoringKind::Username,
                value: "claylab".into(),
                days: 7,
                country: None,
                max_results,
                keep_up: false,
                comments,
            };
            Errand::Watch { spec }
        };
        assert_eq!(watch(Some(25), false).price(), Some(46.875));
        assert_eq!(watch(Some(1), true).price(), Some(6.875));
        assert_eq!(watch(None, false).price(), Some(93.75));
        assert_eq!(watch(None, false).subject(), "@claylab on tiktok");
    }

    #[test]
    fn the_same_words_by_the_same_voice_are_the_same() {
        let reads = |voice: &str, text: &str| {
            let voice = voice.parse().unwrap();
            Errand::Preview { voice, voice_name: "Maren".into(), text: text.into() }.hash().unwrap()
        };
        assert_eq!(reads("vc_maren", "Good morning"), reads("vc_maren", "Good morning"));
        assert_ne!(reads("vc_maren", "Good morning"), reads("vc_jonas", "Good morning"));
        assert_ne!(reads("vc_maren", "Good morning"), reads("vc_maren", "Good evening"));
    }
}
