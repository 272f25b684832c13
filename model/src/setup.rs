use gen_client::model::{ApiKeySummary, Generation, Monitoring, VoiceSample};
use gen_client::{GenerationId, VoiceId};
use serde::{Deserialize, Serialize};

use crate::Progress;

/// An agent's core as it once was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoreSnapshot {
    /// Our number; a higher one is later.
    pub id: i64,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Who saved it here; `None` where it was found so at GEN.
    pub person: Option<String>,
    /// The labels of what differs from the snapshot before.
    pub changed: Vec<String>,
}

/// A small file on its way to GEN, held in memory: a picture or a recording.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewFile {
    /// As the person's disk calls it; shown as text only.
    pub name: String,
    /// Its bytes in base64.
    pub base64: String,
}

impl std::fmt::Debug for NewFile {
    /// Never the bytes: they would fill a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewFile({:?}, {} letters)", self.name, self.base64.len())
    }
}

/// A key at GEN, without its secret.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GenKey {
    /// What it is called, and has to be typed as before it is revoked.
    pub name: String,
    /// Whether it may be the one that this dashboard itself comes with: GEN does not say which it is.
    pub may_be_ours: bool,
    /// GEN's record.
    pub key: ApiKeySummary,
}

/// A key that GEN just made; its secret is shown this once and kept nowhere.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct CreatedGenKey {
    /// GEN's record.
    pub key: ApiKeySummary,
    /// The secret.
    pub secret: String,
}

impl std::fmt::Debug for CreatedGenKey {
    /// Never shows the secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CreatedGenKey").field("key", &self.key).finish_non_exhaustive()
    }
}

/// A call of ours to GEN: which operation, and how it ended. Neither ids, nor a body, nor a key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ApiCall {
    /// Our number; a higher one is later.
    pub id: i64,
    /// When it ended, in milliseconds since 1970.
    pub at: i64,
    /// GEN's id of the operation.
    pub operation: String,
    /// The verb.
    pub method: String,
    /// The path below the version, with a `{name}` for each id.
    pub path: String,
    /// GEN's status; `None` where it did not answer.
    pub status: Option<u16>,
    /// GEN's machine code for a refusal, or ours for a failure.
    pub code: Option<String>,
    /// How long it took, in milliseconds.
    pub ms: i64,
    /// The label of the key it went out with.
    pub key: String,
    /// The same as a command for a shell, with the key as `$GEN_API_KEY` and places for ids and body.
    pub curl: String,
}

/// Which calls of the log are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CallFilter {
    /// Only older ones than this.
    pub before: Option<i64>,
    /// Only those that GEN refused or did not answer.
    pub failed: bool,
    /// Only those that may have changed something.
    pub changes: bool,
}

/// Something bought for an agent that belongs to no cell, and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bought<T> {
    /// Our number of the work.
    pub work: String,
    /// Where it stands.
    pub progress: Progress,
    /// GEN's or our reason, where it failed, was refused, is held or is unknown.
    pub reason: Option<String>,
    /// GEN's machine code for the refusal.
    pub error_code: Option<String>,
    /// Credits expected when it was started.
    pub estimate: Option<f64>,
    /// Credits it took, by GEN.
    pub cost: Option<f64>,
    /// When it was started, in milliseconds since 1970.
    pub started_at: i64,
    /// What it is.
    pub what: T,
}

/// Proposals for a voice, each reading the same text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SampleSet {
    /// What they read.
    pub text: String,
    /// How they were to sound; empty where nothing was said.
    pub wish: String,
    /// Three, once GEN has made them.
    pub samples: Vec<VoiceSample>,
}

/// A voice reading a text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Which voice.
    pub voice: VoiceId,
    /// What it reads.
    pub text: String,
    /// Our media id of the sound, once GEN has made it.
    pub sound: Option<String>,
}

/// What GEN watches for an agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Watch {
    /// GEN's number.
    pub job_id: GenerationId,
    /// What is watched; `None` where the job was added by its number, for GEN does not say.
    pub spec: Option<Monitoring>,
    /// What GEN said last.
    pub job: Option<Generation>,
    /// Who began it here or added it.
    pub person: Option<String>,
    /// When, in milliseconds since 1970.
    pub added_at: i64,
    /// When GEN was last asked, in milliseconds since 1970.
    pub checked_at: Option<i64>,
}

/// Everything the monitoring page shows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Watched {
    /// What GEN took, newest first.
    pub watches: Vec<Watch>,
    /// What waits here, or was not taken; newest first.
    pub unsent: Vec<Bought<Monitoring>>,
}

/// Credits a voice takes to read a few sentences; by GEN's table a minute of speech takes about 30.
pub const READING_CREDITS: f64 = 5.0;
/// Credits three proposals for a voice take: each reads the script.
pub const SAMPLES_CREDITS: f64 = 3.0 * READING_CREDITS;

/// GEN's prices for what it watches, in dollars; and what a credit is worth.
const POST_DOLLARS: f64 = 0.015;
const COMMENT_DOLLARS: f64 = 0.002;
const CREDIT_DOLLARS: f64 = 0.008;
/// Comments that a post is reckoned with, for nobody knows how many there are.
const COMMENTS: f64 = 20.0;
/// Posts that a look is reckoned with where nothing is said.
const POSTS: u32 = 50;

/// What one look at what others post costs by GEN's prices, at most: dollars and credits.
pub fn watch_price(spec: &Monitoring) -> (f64, f64) {
    let comments = if spec.comments { COMMENTS * COMMENT_DOLLARS } else { 0.0 };
    let dollars = f64::from(spec.max_results.unwrap_or(POSTS)) * (POST_DOLLARS + comments);
    (dollars, dollars / CREDIT_DOLLARS)
}

/// What a voice is cloned from; exactly one of the two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CloneSource {
    /// A public address, handed on to GEN and never fetched here.
    Url(String),
    /// A small recording.
    File(NewFile),
}
