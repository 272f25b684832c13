//! Every method once with something that GEN refuses, and the code it refuses it with. What needs nothing can only be
//! asked for with a key that nobody knows.

use std::collections::BTreeSet;
use std::future::Future;
use std::pin::Pin;

use gen_client::model::*;
use gen_client::operation::ALL;
use gen_client::*;
use serde_json::Map;

use crate::agents::picture;
use crate::studio::{Studio, cell, said, text_card};

#[tokio::test(flavor = "multi_thread")]
async fn every_method_is_refused_what_gen_refuses() {
    let studio = Studio::open().await;
    let agent = studio.agent().await;
    let vidsheet = studio.vidsheet(&agent).await;
    let system = vidsheet.columns.iter().find(|column| column.role.is_system()).unwrap();
    let there = There {
        client: &studio.client,
        stranger: &studio.as_user("gen_pat_nobody_knows_this"),
        agent: &agent,
        sheet: &vidsheet.id,
        system: &system.id,
        text: &cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient),
        video: &cell(&vidsheet, ColumnKind::Video, ColumnRole::Video),
    };
    let calls = calls(there);
    let called: BTreeSet<&str> = calls.iter().map(|(name, ..)| *name).collect();
    assert_eq!(called, ALL.iter().map(|operation| operation.name).collect());
    let (count, mut wrong) = (calls.len(), Vec::new());
    for (name, status, code, call) in calls {
        match call.await {
            Err(Error::Api { status: heard, code: said, .. }) if heard == status && said.0 == code => {}
            other => wrong.push(format!("{name}: {other:?}, not {status} {code}")),
        }
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
}

/// What the calls are about.
struct There<'a> {
    client: &'a GenClient,
    stranger: &'a GenClient,
    agent: &'a AgentId,
    sheet: &'a VidsheetId,
    system: &'a ColumnId,
    text: &'a CellId,
    video: &'a CellId,
}

/// A method's name, the status and code it is refused with, and the call.
type Refused<'a> = (&'static str, u16, &'static str, Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>);

fn calls(There { client, stranger, agent, sheet, system, text, video }: There<'_>) -> Vec<Refused<'_>> {
    let (absent, pay) = ("987654321", || Idempotency("decision-1".into()));
    macro_rules! id {
        () => {
            &absent.parse().unwrap()
        };
        ($text:literal) => {
            &$text.parse().unwrap()
        };
    }
    macro_rules! calls {
        ($($who:ident.$name:ident($($argument:expr),*) => $status:literal $code:ident;)*) => {
            vec![$((
                stringify!($name),
                $status,
                stringify!($code),
                Box::pin(async move { $who.$name($($argument),*).await.map(drop) })
                    as Pin<Box<dyn Future<Output = Result<(), Error>> + '_>>,
            )),*]
        };
    }
    calls! {
        stranger.me() => 401 unauthorized;
        stranger.list_workspaces() => 401 unauthorized;
        stranger.list_organizations() => 401 unauthorized;
        stranger.list_agents(None) => 401 unauthorized;
        stranger.list_api_keys() => 401 unauthorized;
        stranger.revoke_all_api_keys() => 401 unauthorized;
        stranger.download_variables_template() => 401 unauthorized;
        stranger.list_templates(1) => 401 unauthorized;
        client.create_agent(&NewAgent::default()) => 422 agent_creation_failed;
        client.create_agent_with_keys(&named("Keyed"), &keys()) => 422 invalid_api_key;
        client.open_agent(id!("nobody")) => 422 agent_not_found;
        client.update_agent(agent, &AgentPatch { name: Some(" ".into()), ..Default::default() }) => 422 validation_error;
        client.set_agent_keys(agent, &keys()) => 422 invalid_api_key;
        client.delete_agent(id!("nobody")) => 422 agent_not_found;
        client.list_avatars(id!("nobody"), None) => 404 agent_not_found;
        client.create_avatar(agent, &text_file()) => 422 avatar_creation_failed;
        client.create_degod_avatar(agent, id!("no-number")) => 422 avatar_creation_failed;
        client.set_primary_avatar(agent, id!()) => 422 avatar_update_failed;
        client.delete_avatars(agent, &[absent.parse().unwrap()]) => 404 not_found;
        client.open_core(id!("nobody")) => 404 not_found;
        client.patch_core(agent, &wrong_core()) => 422 validation_error;
        client.list_voices(agent, Some("shouted")) => 422 validation_error;
        client.open_elevenlabs(id!("nobody")) => 422 agent_not_found;
        client.connect_elevenlabs(agent, &wrong_key()) => 400 invalid_key;
        client.test_elevenlabs_key(id!("nobody"), &wrong_key()) => 422 agent_not_found;
        client.disconnect_elevenlabs(id!("nobody")) => 422 agent_not_found;
        client.write_voice_script(id!("nobody"), None) => 422 agent_not_found;
        client.describe_voice(agent, &brief("loud")) => 400 validation_error;
        client.generate_voice_samples(agent, " ", None, &pay()) => 400 validation_error;
        client.create_designed_voice(agent, id!("vg_unknown"), &VoiceName::default(), &pay()) => 422 validation_error;
        client.clone_voice(agent, &recording(), &VoiceName::default(), &pay()) => 400 validation_error;
        client.delete_voice(agent, id!("vc_unknown")) => 404 not_found;
        client.preview_voice(agent, id!("vc_unknown"), "Hello", &pay()) => 404 not_found;
        client.open_voice_preview(agent, id!()) => 404 not_found;
        client.create_organization(" ", None) => 422 validation_error;
        client.open_organization(id!()) => 422 organization_not_found;
        client.update_organization(id!(), Some("Kiln"), None) => 422 organization_not_found;
        client.delete_organization(id!()) => 422 organization_not_found;
        client.create_api_key("brief", Some(0)) => 422 validation_error;
        client.rename_api_key(id!(), "n8n") => 404 not_found;
        client.revoke_api_key(id!()) => 404 not_found;
        client.open_profile(id!("nobody")) => 422 agent_not_found;
        client.create_profile(id!("nobody"), &AgentProfile::default()) => 422 agent_not_found;
        client.update_profile(id!("nobody"), &AgentProfile::default()) => 422 agent_not_found;
        client.delete_profile(id!("nobody")) => 422 agent_not_found;
        client.start_run(agent, &said(" "), &pay()) => 422 validation_error;
        client.open_run(id!("run_unknown")) => 404 not_found;
        client.approve_run(id!("run_unknown"), true) => 404 not_found;
        client.list_conversations(id!("nobody")) => 422 agent_not_found;
        client.open_conversation(id!("conv_unknown")) => 404 not_found;
        client.list_messages(id!("conv_unknown"), 1) => 404 not_found;
        client.list_conversation_runs(id!("conv_unknown")) => 404 not_found;
        client.update_conversation(id!("conv_unknown"), None, Some(true)) => 404 not_found;
        client.delete_conversation(id!("conv_unknown")) => 404 not_found;
        client.list_ideas(agent, Some(&IdeaStatus::Unknown("lost".into()))) => 422 validation_error;
        client.cycle_idea_status(id!()) => 404 not_found;
        client.set_idea_status(agent, id!(), &IdeaStatus::Posted) => 404 not_found;
        client.start_research(agent, " ", &ResearchDepth::Quick, &pay()) => 422 validation_error;
        client.start_monitoring(agent, &monitoring(), &pay()) => 422 validation_error;
        client.update_monitoring(agent, id!(), &monitoring()) => 404 user_job_not_found;
        client.publish(agent, &late(), &pay()) => 422 validation_error;
        client.open_job(agent, id!()) => 404 user_job_not_found;
        client.open_template("no-such-template") => 404 template_not_found;
        client.clone_template("no-such-template", agent) => 404 template_not_found;
        client.create_vidsheet(agent, " ", false) => 422 validation_error;
        client.open_vidsheet(agent, id!()) => 404 spreadsheet_not_found;
        client.clone_vidsheet(agent, sheet, Some(id!("nobody"))) => 422 agent_not_found;
        client.list_rows(agent, id!()) => 404 spreadsheet_not_found;
        client.create_row(agent, id!(), None) => 404 spreadsheet_not_found;
        client.open_row(agent, sheet, id!()) => 404 not_found;
        client.duplicate_row(agent, sheet, id!()) => 404 not_found;
        client.move_rows(agent, sheet, &[absent.parse().unwrap()]) => 404 not_found;
        client.mass_update_rows(agent, sheet, &[(absent.parse().unwrap(), Map::new())]) => 404 not_found;
        client.list_columns(agent, id!()) => 404 spreadsheet_not_found;
        client.create_column(agent, sheet, "MOOD", &ColumnKind::Stats, None) => 422 validation_error;
        client.duplicate_column(agent, sheet, system) => 422 validation_error;
        client.move_columns(agent, sheet, &[absent.parse().unwrap()]) => 404 not_found;
        client.mass_update_columns(agent, sheet, &[ColumnPatch { id: system.clone(), title: Some("MINE".into()), description: None }]) => 422 validation_error;
        client.open_cell(agent, sheet, id!()) => 404 not_found;
        client.update_cell(agent, sheet, id!(), "Hello") => 404 not_found;
        client.set_cell_attributes(agent, sheet, id!(), &Map::new()) => 404 not_found;
        client.mass_update_cells(agent, sheet, &[(absent.parse().unwrap(), "Hello".into())]) => 404 not_found;
        client.set_default_generation(agent, sheet, text, id!()) => 422 validation_error;
        client.create_layer(agent, sheet, text, "Title", &LayerKind::Text, 0) => 422 validation_error;
        client.open_layer(agent, sheet, video, id!()) => 404 not_found;
        client.update_layer(agent, sheet, video, id!(), &LayerPatch::default()) => 404 not_found;
        client.delete_layer(agent, sheet, video, id!()) => 404 not_found;
        client.duplicate_layer(agent, sheet, video, id!()) => 404 not_found;
        client.move_layers(agent, sheet, video, &[absent.parse().unwrap()]) => 404 not_found;
        client.generate(agent, sheet, text, &text_card("no credits"), &pay()) => 422 insufficient_credits_for_job;
        client.generate_layer(agent, sheet, video, id!(), &text_card("x"), &pay()) => 404 not_found;
        client.open_generation(id!()) => 404 not_found;
        client.stop_generation(id!()) => 404 not_found;
        client.continue_generation(id!(), &pay()) => 404 not_found;
        client.list_variables(agent, id!()) => 404 spreadsheet_not_found;
        client.import_variables(agent, sheet, &text_file()) => 422 validation_error;
        client.list_content_resources(agent, &ResourceQuery { kind: Some("hologram".into()), ..Default::default() }) => 422 validation_error;
        client.create_content_resource(agent, &ResourceSource::SignedId("sg_unknown".into()), None) => 422 content_resource_creation_failed;
        client.open_content_resource(agent, id!()) => 404 content_resource_not_found;
        client.rename_content_resource(agent, id!(), "a.png") => 404 content_resource_not_found;
        client.delete_content_resource(agent, id!()) => 404 content_resource_not_found;
        client.list_library(agent, &LibraryQuery { kinds: vec!["hologram".into()], ..Default::default() }) => 422 validation_error;
        client.create_folder(agent, " ", None) => 422 validation_error;
        client.rename_folder(agent, id!(), "Brand") => 404 not_found;
        client.delete_folder(agent, id!()) => 404 not_found;
        client.create_direct_upload("a.svg", "image/svg+xml", &measured(), None) => 422 invalid_content_type;
        client.open_automation(id!("nobody")) => 404 agent_not_found;
        client.update_automation(agent, &AutomationPatch { webhook_url: Some(Some("nowhere".into())), ..Default::default() }) => 422 validation_error;
        client.test_webhook(agent) => 422 validation_error;
        client.test_callback(agent) => 422 validation_error;
        client.render(agent, sheet, text, &pay()) => 422 validation_error;
    }
}

fn named(name: &str) -> NewAgent {
    NewAgent { name: name.into(), ..NewAgent::default() }
}

fn wrong_key() -> ApiKey {
    ApiKey::new("el_invalid_0123".into()).unwrap()
}

fn keys() -> AgentKeys {
    AgentKeys { eleven_labs: Some(wrong_key()), hume: None }
}

fn wrong_core() -> AgentCorePatch {
    AgentCorePatch { identity_type: Some("robot".into()), ..AgentCorePatch::default() }
}

fn text_file() -> File {
    File { content_type: "text/html".into(), ..picture() }
}

fn brief(gender: &str) -> VoiceBrief {
    VoiceBrief { gender: gender.into(), description: None, language: None, script: None }
}

fn recording() -> VoiceRecording {
    VoiceRecording::AudioUrl("https://cdn.example.com/sample.mp3".into())
}

/// Somewhere GEN does not look.
fn monitoring() -> Monitoring {
    Monitoring {
        platform: "orkut".into(),
        kind: MonitoringKind::Hashtag,
        value: "glaze".into(),
        days: 7,
        country: None,
        max_results: None,
        keep_up: false,
        comments: false,
    }
}

fn late() -> Publication {
    Publication {
        platform: PublicationPlatform::Tiktok,
        media_url: "https://cdn.gen.pro/outputs/render.mp4".into(),
        description: "New #glaze".into(),
        title: None,
        media: PublicationMedia::Video,
        time: PublicationTime::At("2001-01-01T10:00:00Z".into()),
        thumbnail_url: None,
        timezone_offset: 0,
    }
}

fn measured() -> Measured {
    Measured { byte_size: 11, checksum: "XrY7u+Ae7tCTyyK7j1rNww==".into() }
}
