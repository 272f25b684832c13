//! The documented payloads, and which type reads which.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::Path;

use gen_client::Error;
use gen_client::decode::{Noun, many, one};
use gen_client::model::*;
use serde_json::Value;

/// Reads a payload and says what it read, or refuses.
pub type Reader = fn(Value) -> Result<String, Error>;

/// Which type reads which payload.
pub const READERS: &[(&str, Reader)] = &[
    ("agent", read_one::<Agent>),
    ("agent_created", read_one::<Agent>),
    ("asset_library", read_many::<LibraryItem>),
    ("automation_config", read_one::<AutomationConfig>),
    ("avatars", read_many::<Avatar>),
    ("cell", read_one::<Cell>),
    ("column", read_one::<Column>),
    ("content_resource", read_one::<ContentResource>),
    ("content_resource", read_one::<StoredResource>),
    ("content_resources", read_many::<ContentResource>),
    ("conversation_runs", read_many::<Run>),
    ("conversations", read_many::<Conversation>),
    ("core", read_one::<AgentCore>),
    ("core_saved", read_one::<CoreSaved>),
    ("direct_upload", read_one::<DirectUpload>),
    ("elevenlabs_connected", read_one::<ElevenLabs>),
    ("elevenlabs_status", read_one::<ElevenLabs>),
    ("folder_created", read_one::<Folder>),
    ("generation", read_one::<Generation>),
    ("generation_captions", read_one::<Generation>),
    ("generation_started", read_one::<GenerationStarted>),
    ("generation_text", read_one::<Generation>),
    ("idea", read_one::<Idea>),
    ("idea_in_message", read_one::<Idea>),
    ("layer", read_one::<Layer>),
    ("monitoring_created", read_one::<GenerationStarted>),
    ("organization", read_one::<Organization>),
    ("profile", read_one::<AgentProfile>),
    ("publish_completed", read_one::<Generation>),
    ("render_completed", read_one::<Generation>),
    ("row", read_one::<Row>),
    ("run_completed", read_one::<Run>),
    ("run_started", read_one::<Run>),
    ("template_cloned", read_one::<Vidsheet>),
    ("templates", read_many::<Template>),
    ("token_created", read_one::<ApiKeySummary>),
    ("user", read_one::<GenUser>),
    ("user_openapi", read_one::<GenUser>),
    ("variables", read_many::<Variable>),
    ("vidsheet", read_one::<Vidsheet>),
    ("voice_created", read_one::<Voice>),
    ("voice_description", read_one::<VoiceText>),
    ("voice_preview_output", read_one::<ContentResource>),
    ("voice_samples", read_many::<VoiceSample>),
    ("voice_script", read_one::<VoiceText>),
    ("voices", read_many::<Voice>),
    ("webhook_test", read_one::<DeliveryTest>),
];

/// Payloads of errors, read by the tests of `refusal`.
pub const ERRORS: &[&str] = &["error", "error_credits", "error_not_found", "error_unauthorized"];

/// One payload.
pub fn fixture(name: &str) -> Value {
    fixtures().remove(name).unwrap_or_else(|| panic!("there is no fixture {name}"))
}

/// All payloads by name.
pub fn fixtures() -> BTreeMap<String, Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap())
        })
        .collect()
}

fn read_one<T: Noun + Debug>(json: Value) -> Result<String, Error> {
    one::<T>("test", json).map(|item| format!("{item:?}"))
}

fn read_many<T: Noun + Debug>(json: Value) -> Result<String, Error> {
    many::<T>("test", json).map(|items| format!("{items:?}"))
}
