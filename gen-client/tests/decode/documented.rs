//! Every payload of GEN's documentation, read into our types.

use super::payloads::{ERRORS, READERS, fixture, fixtures};
use gen_client::decode::{Noun, many, one};
use gen_client::model::*;
use serde_json::{Value, json};

fn read<T: Noun>(name: &str) -> T {
    one("test", fixture(name)).unwrap()
}

fn read_all<T: Noun>(name: &str) -> Vec<T> {
    many("test", fixture(name)).unwrap()
}

#[test]
fn no_payload_is_forgotten() {
    let mut known: Vec<&str> = READERS.iter().map(|(name, _)| *name).collect();
    known.extend(ERRORS);
    known.sort_unstable();
    known.dedup();
    assert_eq!(known, fixtures().keys().map(String::as_str).collect::<Vec<_>>());
    for (name, reader) in READERS {
        assert!(reader(fixture(name)).is_ok(), "{name}");
    }
}

#[test]
fn people_and_organizations() {
    let user: GenUser = read("user");
    assert_eq!(
        (user.id.as_str(), user.email.as_str(), user.name.as_str()),
        ("1234", "user@example.com", "Jane Smith")
    );
    assert_eq!(read::<GenUser>("user_openapi").id.as_str(), "abc123");
    let organization: Organization = read("organization");
    assert_eq!((organization.id.as_str(), organization.name.as_str()), ("10", "My Workspace"));
    assert_eq!(organization.user_role.as_deref(), Some("owner"));
    assert_eq!(organization.total_members, Some(3));
    let credits = organization.available_credits.unwrap();
    assert_eq!((credits.generic, credits.aura), (Some(200.0), Some(50.0)));
    let plan = organization.credit_plan.unwrap();
    assert_eq!((plan.name.as_str(), plan.cycle.as_deref()), ("Pro", Some("MONTHLY")));
}

#[test]
fn agents_with_pictures_and_voices() {
    let agent: Agent = read("agent");
    assert_eq!((agent.id.as_str(), agent.name.as_str()), ("42", "TrendBot"));
    assert_eq!(agent.description.as_deref(), Some("Trend analysis agent"));
    assert_eq!(agent.organization_id.unwrap().as_str(), "10");
    assert_eq!(agent.time_zone.as_deref(), Some("America/New_York"));
    assert_eq!(agent.primary_avatar_url.as_deref(), Some("https://cdn.gen.pro/avatars/42/thumbnail.webp"));
    assert_eq!(agent.role.as_deref(), Some("owner"));
    assert_eq!(read::<Agent>("agent_created").id.as_str(), "43");
    let avatars: Vec<Avatar> = read_all("avatars");
    assert_eq!(avatars.iter().map(|avatar| avatar.is_primary).collect::<Vec<_>>(), [true, false]);
    assert_eq!(avatars[1].id.as_str(), "102");
    assert!(avatars[0].url.as_ref().unwrap().ends_with("original.webp"));
    let voices: Vec<Voice> = read_all("voices");
    assert_eq!(voices.len(), 4);
    assert_eq!((voices[0].voice_id.as_str(), voices[0].name.as_deref()), ("21m00...", Some("Rachel")));
    assert_eq!(voices[3].source, "user_elevenlabs");
    assert_eq!(voices[3].preview_url, None);
}

#[test]
fn the_core_and_what_became_of_a_patch() {
    let core: AgentCore = read("core");
    assert_eq!(core.agent_id.as_ref().unwrap().as_str(), "abc123");
    assert_eq!(core.brand_name.as_deref(), Some("Santiago"));
    assert_eq!(core.identity_type, Some(IdentityType::Character));
    assert_eq!((core.shortform, core.longform), (Some(true), Some(false)));
    assert_eq!(core.target_platforms, ["tiktok", "instagram"]);
    assert_eq!(core.keywords, ["streetfood", "tacotok", "sanantonioeats"]);
    let kinds: Vec<_> = core.monitored.iter().map(|source| source.item_type.clone()).collect();
    assert_eq!(kinds, [MonitoredKind::Account, MonitoredKind::Hashtag]);
    assert_eq!(core.research_topics[0].topic, "new food truck openings in San Antonio");
    assert_eq!(core.linked_accounts[0].id, Some(42));
    assert_eq!(core.linked_accounts[0].platform.as_deref(), Some("tiktok"));
    assert_eq!(core.default_user_voice.as_ref().unwrap().voice_id.as_str(), "21m00Tcm4TlvDq8ikWAM");
    assert!(core.personality.unwrap().starts_with("Santiago grew up"));
    let saved: CoreSaved = read("core_saved");
    assert_eq!(saved.failed().collect::<Vec<_>>(), [("voice", "voice service unavailable")]);
}

#[test]
fn d12_the_core_in_sections_reads_as_the_flat_one() {
    let flat = fixture("core");
    let pick = |fields: &[&str]| {
        fields.iter().map(|field| ((*field).to_owned(), flat[*field].clone())).collect::<Value>()
    };
    let sections = json!({
        "agent_id": flat["agent_id"],
        "identity": pick(&["brand_name", "description", "identity_type"]),
        "overview": pick(&["goal", "target_platforms", "shortform", "longform", "onboarding_status", "keywords",
            "research_topics"]),
        "personality": flat["personality"],
        "inspiration": [{ "id": 5, "url": "https://tiktok.com/@keilapacheco" }],
        "voice": { "id": "21m00Tcm4TlvDq8ikWAM", "name": "Rachel", "source": "public" },
        "accounts": [{ "id": 42, "agent_id": "abc123", "url": "https://tiktok.com/@santiago_real", "platform": "tiktok",
            "display_name": "Santiago" }],
        "look": {},
    });
    let mut expected: AgentCore = read("core");
    expected.monitored.truncate(1);
    assert_eq!(one::<AgentCore>("test", sections).unwrap(), expected);
}

#[test]
fn ideas_from_the_list_and_from_a_message() {
    let idea: Idea = read("idea");
    assert_eq!((idea.id.as_str(), idea.title.as_str()), ("123", "Before & After Glow Up"));
    assert_eq!(idea.hook.as_deref(), Some("Watch what happens in 7 days"));
    assert_eq!(idea.status, IdeaStatus::Generated);
    assert_eq!((idea.full_script, idea.estimated_duration), (None, None));
    let idea: Idea = read("idea_in_message");
    assert_eq!(idea.video_type.as_deref(), Some("talking_avatar"));
    assert_eq!(idea.estimated_duration, Some(14.0));
    assert_eq!(idea.data.rationale.as_deref(), Some("..."));
    assert_eq!(idea.data.inspiration_sources[0].watch_count, Some(2_100_000.0));
    assert_eq!(idea.data.inspiration_sources[0].creator.as_deref(), Some("keithlee"));
    assert_eq!(idea.data.selected_assets[0]["clip_range"]["end"], 8);
    assert_eq!(idea.data.project_manifest.unwrap()["total_duration"], 14);
}

#[test]
fn runs_and_conversations() {
    let run: Run = read("run_started");
    assert_eq!((run.id.as_str(), run.status), ("run_abc123", RunStatus::Running));
    assert_eq!(run.conversation_id.unwrap().as_str(), "conv_def456");
    let run: Run = read("run_completed");
    assert!(run.status.is_final());
    assert_eq!(run.messages[0].role, "user");
    assert_eq!(run.messages[1].data.as_ref().unwrap()["ideas"][0]["id"], 901);
    let conversations: Vec<Conversation> = read_all("conversations");
    assert_eq!(conversations[0].id.as_str(), "conv_def456");
    assert_eq!(conversations[0].title.as_deref(), Some("Before/after taco ideas"));
    assert_eq!(conversations[0].run_count, Some(4.0));
    assert!(!conversations[0].pinned);
}

#[test]
fn templates_and_vidsheets() {
    let templates: Vec<Template> = read_all("templates");
    assert_eq!(
        (templates[0].slug.as_str(), templates[0].display_title()),
        ("tiktok-video-creator", "TikTok Video Creator")
    );
    assert_eq!(templates[0].tags, ["tiktok", "video", "social"]);
    assert_eq!(templates[0].recent_generated_contents[0].kind.as_deref(), Some("video"));
    let empty: Vidsheet = read("vidsheet");
    assert_eq!((empty.id.as_str(), empty.title.as_str()), ("100", "March Campaign"));
    assert!(empty.columns.is_empty() && empty.rows.is_empty());
    let cloned: Vidsheet = read("template_cloned");
    let roles: Vec<_> = cloned.columns.iter().map(|column| column.role).collect();
    use ColumnRole::{FinalVideo, Ingredient, Stats, Video};
    assert_eq!(roles, [Ingredient, Ingredient, Ingredient, Video, FinalVideo, Stats]);
    assert_eq!(cloned.columns[2].kind, ColumnKind::Audio);
    assert_eq!(cloned.columns[5].kind, ColumnKind::Stats);
    let script = cloned.rows[0].cell(&cloned.columns[1].id).unwrap();
    assert_eq!((script.id.as_str(), script.value.as_deref()), ("44002", None));
}

#[test]
fn d21_a_role_nobody_knows_is_an_ingredient() {
    let column: Column = read("column");
    assert_eq!((column.title.as_str(), column.role), ("Script", ColumnRole::Ingredient));
    assert_eq!(column.position, Some(1.0));
}

#[test]
fn d21_a_cell_finds_its_column_by_every_link_gen_may_send() {
    let columns = json!([{ "id": 8, "position": 1 }, { "id": 7, "position": 0 }]);
    for link in [
        json!({ "column_id": 7 }),
        json!({ "column_id": 7, "spreadsheet_column_id": 7 }),
        json!({ "spreadsheet_column_id": "7" }),
        json!({ "spreadsheet_column": { "id": 7 } }),
        json!({ "column_id": null, "spreadsheet_column_id": null }),
    ] {
        let mut cell = link.as_object().unwrap().clone();
        cell.insert("id".into(), json!(1));
        let mut other = cell.clone();
        for (_, value) in other.iter_mut().filter(|(_, value)| **value == json!(7) || **value == json!("7")) {
            *value = json!(8);
        }
        other.insert("id".into(), json!(2));
        if link["spreadsheet_column"].is_object() {
            other.insert("spreadsheet_column".into(), json!({ "id": 8 }));
        }
        let row = json!({ "id": 1, "spreadsheet_cells": [cell, other] });
        let sheet: Vidsheet =
            one("test", json!({ "id": 1, "spreadsheet_columns": columns, "spreadsheet_rows": [row] }))
                .unwrap();
        assert_eq!(sheet.columns[0].id.as_str(), "7", "columns stand by position");
        assert_eq!(sheet.rows[0].cell(&sheet.columns[0].id).unwrap().id.as_str(), "1", "{link}");
        assert_eq!(sheet.rows[0].cell(&sheet.columns[1].id).unwrap().id.as_str(), "2", "{link}");
    }
}

#[test]
fn rows_cells_and_layers() {
    let row: Row = read("row");
    assert_eq!((row.id.as_str(), row.position, row.cost), ("500", Some(1.0), None));
    let cell: Cell = read("cell");
    assert_eq!(cell.value.as_deref(), Some("Welcome back to another episode..."));
    assert_eq!(cell.default_generation, None);
    let layer: Layer = read("layer");
    assert_eq!((layer.name.as_str(), layer.kind), ("Background Music", LayerKind::Sound));
    assert_eq!(layer.additional_attributes["durationInFrames"], 300);
}

#[test]
fn generations_of_every_kind() {
    let text: Generation = read("generation_text");
    assert_eq!((text.status.clone(), text.text()), (GenerationStatus::Completed, Some("Hey everyone!...")));
    assert_eq!((text.cost, text.job_type.as_deref()), (Some(0.5), Some("text")));
    let generation: Generation = read("generation");
    assert_eq!(generation.outputs[0].kind(), MediaKind::Video);
    assert_eq!(generation.outputs[0].id.as_str(), "1500");
    let render: Generation = read("render_completed");
    assert_eq!(render.outputs[0].url.as_deref(), Some("https://cdn.gen.pro/outputs/render_xyz.mp4"));
    let captions: Generation = read("generation_captions");
    assert_eq!(captions.result.unwrap()["captions"][1]["word"], "back");
    let published: Generation = read("publish_completed");
    assert_eq!(published.result.unwrap()["post_id"], "7459234123456");
    let started: GenerationStarted = read("generation_started");
    assert_eq!((started.id.as_str(), started.status), ("9000", GenerationStatus::Pending));
    assert_eq!(read::<GenerationStarted>("monitoring_created").id.as_str(), "12345");
    let failed: Generation =
        one("test", json!({ "id": 1, "status": "failed", "error": "out of luck" })).unwrap();
    assert_eq!(failed.failed_reason.as_deref(), Some("out of luck"));
}

#[test]
fn files() {
    let files: Vec<ContentResource> = read_all("content_resources");
    assert_eq!(
        files.iter().map(ContentResource::kind).collect::<Vec<_>>(),
        [MediaKind::Image, MediaKind::Video]
    );
    assert_eq!(files[1].file_name.as_deref(), Some("intro-clip.mp4"));
    assert_eq!(read::<ContentResource>("content_resource").id.as_str(), "5012");
    let preview: ContentResource = read("voice_preview_output");
    assert_eq!(preview.kind(), MediaKind::Audio);
    assert!(preview.url.unwrap().ends_with("preview.mp3"));
}

#[test]
fn the_library() {
    let items: Vec<LibraryItem> = read_all("asset_library");
    let LibraryItem::Folder(folder) = &items[0] else { panic!("{items:?}") };
    assert_eq!((folder.id.as_str(), folder.name.as_str()), ("15", "Brand Assets"));
    let LibraryItem::File(file) = &items[1] else { panic!("{items:?}") };
    assert_eq!((file.kind(), file.file_name.as_deref()), (MediaKind::Image, Some("product-hero.png")));
    let odd: Vec<LibraryItem> =
        many("test", json!([{ "id": 1, "type": "Hologram" }, { "id": 2, "name": "x" }])).unwrap();
    assert!(matches!(&odd[..], [LibraryItem::Other, LibraryItem::Folder(_)]), "{odd:?}");
    assert_eq!(read::<Folder>("folder_created").id.as_str(), "16");
    let stored: StoredResource = read("content_resource");
    assert_eq!(stored.resource.id.as_str(), "5012");
    assert_eq!(stored.generator.unwrap().job_type.as_deref(), Some("image_from_text"));
    let upload: DirectUpload = read("direct_upload");
    assert!(upload.url.starts_with("https://s3.amazonaws.com/") && upload.signed_id.starts_with("eyJ"));
    assert_eq!(
        (upload.content_type.as_str(), upload.content_md5.as_str()),
        ("video/mp4", "x8F1TrG7p+mAWjK7Yv3QZA==")
    );
    assert_eq!(upload.byte_size, 52_428_800);
    let flat =
        json!({ "signed_id": "s", "url": "https://s3.amazonaws.com/a", "headers": { "content-md5": "m" } });
    let flat: DirectUpload = one("test", flat).unwrap();
    assert_eq!((flat.url.as_str(), flat.content_md5.as_str()), ("https://s3.amazonaws.com/a", "m"), "D33");
}

#[test]
fn voices_of_ones_own() {
    assert!(read::<VoiceText>("voice_script").text.starts_with("Hi there"));
    assert!(read::<VoiceText>("voice_description").text.starts_with("A warm"));
    let samples: Vec<VoiceSample> = read_all("voice_samples");
    assert_eq!(samples.iter().map(|sample| sample.id.as_str()).collect::<Vec<_>>(), ["g1", "g2", "g3"]);
    let created: Voice = read("voice_created");
    assert_eq!((created.voice_id.as_str(), created.name.as_deref()), ("77", Some("Santiago")));
    assert!(created.preview_url.is_some());
    let status: ElevenLabs = read("elevenlabs_status");
    assert_eq!((status.connected, status.masked_key.as_deref()), (true, Some("***xyz1")));
    assert_eq!(read::<ElevenLabs>("elevenlabs_connected").tier.as_deref(), Some("creator"));
}

#[test]
fn keys_automation_and_what_came_before_the_core() {
    let key: ApiKeySummary = read("token_created");
    assert_eq!((key.id.as_str(), key.name.as_deref()), ("6", Some("n8n production")));
    assert_eq!((key.status, key.revoked_at), (ApiKeyStatus::Active, None));
    let automation: AutomationConfig = read("automation_config");
    assert_eq!(automation.webhook_url.as_deref(), Some("https://example.com/webhooks/gen"));
    assert_eq!((automation.callback_url, automation.polling_enabled), (None, false));
    let test: DeliveryTest = read("webhook_test");
    assert_eq!((test.success, test.error.as_deref()), (false, Some("Connection refused")));
    let profile: AgentProfile = read("profile");
    assert_eq!(profile.identity.unwrap()["name"], "Santiago");
    assert_eq!(profile.brand, None);
    let runs: Vec<Run> = read_all("conversation_runs");
    assert_eq!((runs[0].id.as_str(), &runs[1].status), ("run_abc123", &RunStatus::Running));
    let variables: Vec<Variable> = read_all("variables");
    assert_eq!((variables[0].name.as_str(), variables[2].value.as_str()), ("brand_name", "Link in bio!"));
}

#[test]
fn what_we_write_is_what_we_read() {
    let sheet: Vidsheet = read("template_cloned");
    let written = serde_json::to_string(&sheet).unwrap();
    assert_eq!(serde_json::from_str::<Vidsheet>(&written).unwrap(), sheet);
    assert!(!written.contains("spreadsheet_"));
    let generation: Generation = read("generation");
    let written = serde_json::to_string(&generation).unwrap();
    assert_eq!(serde_json::from_str::<Generation>(&written).unwrap(), generation);
    assert!(!written.contains("user_job"));
}
