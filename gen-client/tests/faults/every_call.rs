//! Each method of the client once, with ids that tell them apart.

use std::future::Future;
use std::pin::Pin;

use gen_client::model::*;
use gen_client::{AgentKeys, ApiKey, Error, File, GenClient, Idempotency, Measured, ResourceSource};
use serde_json::{Map, Value, json};

/// A method's name and its call, not begun yet.
pub type Called<'a> = (&'static str, Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>);

/// Every call the client can make.
pub fn every_call(client: &GenClient) -> Vec<Called<'_>> {
    let spend = || Idempotency("decision-1".into());
    macro_rules! calls {
        ($($name:ident($($argument:expr),*);)*) => {
            vec![$((
                stringify!($name),
                Box::pin(async move { client.$name($($argument),*).await.map(drop) })
                    as Pin<Box<dyn Future<Output = Result<(), Error>> + '_>>,
            )),*]
        };
    }
    macro_rules! id {
        ($text:literal) => {
            &$text.parse().unwrap()
        };
    }
    calls! {
        me();
        list_workspaces();
        list_organizations();
        open_organization(id!("10"));
        list_agents(Some(id!("10")));
        open_agent(id!("a1"));
        open_core(id!("a1"));
        patch_core(id!("a1"), &AgentCorePatch { goal: Some("growth".into()), ..Default::default() });
        list_avatars(id!("a1"), Some(id!("101")));
        list_voices(id!("a1"), Some("public"));
        start_run(id!("a1"), &new_run(), &spend());
        open_run(id!("run_1"));
        approve_run(id!("run_1"), true);
        list_conversations(id!("a1"));
        list_messages(id!("conv_1"), 1);
        list_ideas(id!("a1"), Some(&IdeaStatus::Generated));
        set_idea_status(id!("a1"), id!("123"), &IdeaStatus::Rejected);
        list_templates(2);
        open_template("tiktok-video");
        clone_template("tiktok-video", id!("a1"));
        create_vidsheet(id!("a1"), "Spring", true);
        open_vidsheet(id!("a1"), id!("100"));
        clone_vidsheet(id!("a1"), id!("100"), Some(id!("a2")));
        list_columns(id!("a1"), id!("100"));
        list_rows(id!("a1"), id!("100"));
        open_row(id!("a1"), id!("100"), id!("500"));
        create_row(id!("a1"), id!("100"), Some(3));
        duplicate_row(id!("a1"), id!("100"), id!("500"));
        open_cell(id!("a1"), id!("100"), id!("3000"));
        update_cell(id!("a1"), id!("100"), id!("3000"), "Hello");
        mass_update_cells(id!("a1"), id!("100"), &[("3000".parse().unwrap(), "Hello".into())]);
        set_default_generation(id!("a1"), id!("100"), id!("3000"), id!("9000"));
        generate(id!("a1"), id!("100"), id!("3000"), &card(), &spend());
        render(id!("a1"), id!("100"), id!("3000"), &spend());
        open_generation(id!("9000"));
        stop_generation(id!("9000"));
        continue_generation(id!("9000"), &spend());
        list_content_resources(id!("a1"), &resource_query());
        create_agent(&NewAgent { name: "Kiln".into(), organization_id: Some("10".parse().unwrap()), ..Default::default() });
        create_agent_with_keys(&NewAgent { name: "Kiln".into(), avatars: vec![degod()], ..Default::default() }, &agent_keys());
        update_agent(id!("a1"), &agent_patch());
        set_agent_keys(id!("a1"), &agent_keys());
        delete_agent(id!("a1"));
        create_avatar(id!("a1"), &picture());
        create_degod_avatar(id!("a1"), id!("7"));
        set_primary_avatar(id!("a1"), id!("101"));
        delete_avatars(id!("a1"), &["7".parse().unwrap(), "8".parse().unwrap()]);
        open_elevenlabs(id!("a1"));
        connect_elevenlabs(id!("a1"), &other_key());
        test_elevenlabs_key(id!("a1"), &other_key());
        disconnect_elevenlabs(id!("a1"));
        write_voice_script(id!("a1"), Some("en"));
        describe_voice(id!("a1"), &brief());
        generate_voice_samples(id!("a1"), "Good morning.", Some("warm"), &spend());
        create_designed_voice(id!("a1"), id!("g2"), &voice_name(), &spend());
        clone_voice(id!("a1"), &VoiceRecording::AudioUrl("https://cdn.example/a.mp3".into()), &voice_name(), &spend());
        delete_voice(id!("a1"), id!("huv-1"));
        preview_voice(id!("a1"), id!("huv-1"), "Good evening.", &spend());
        open_voice_preview(id!("a1"), id!("138860"));
        create_organization("Kiln", None);
        update_organization(id!("10"), Some("Kiln and Co"), Some(&picture()));
        delete_organization(id!("10"));
        create_api_key("intent-1", Some(3600));
        list_api_keys();
        rename_api_key(id!("6"), "n8n");
        revoke_api_key(id!("6"));
        revoke_all_api_keys();
        open_conversation(id!("conv_1"));
        list_conversation_runs(id!("conv_1"));
        update_conversation(id!("conv_1"), Some("Glazes"), Some(true));
        delete_conversation(id!("conv_1"));
        cycle_idea_status(id!("123"));
        start_research(id!("a1"), "ash glaze", &ResearchDepth::Quick, &spend());
        start_monitoring(id!("a1"), &monitoring(), &spend());
        update_monitoring(id!("a1"), id!("12345"), &monitoring());
        publish(id!("a1"), &publication(), &spend());
        open_job(id!("a1"), id!("12345"));
        create_column(id!("a1"), id!("100"), "HOOK", &ColumnKind::Text, Some(1));
        duplicate_column(id!("a1"), id!("100"), id!("200"));
        move_columns(id!("a1"), id!("100"), &["201".parse().unwrap(), "200".parse().unwrap()]);
        mass_update_columns(id!("a1"), id!("100"), &[column_patch()]);
        move_rows(id!("a1"), id!("100"), &["501".parse().unwrap(), "500".parse().unwrap()]);
        mass_update_rows(id!("a1"), id!("100"), &[("500".parse().unwrap(), attributes())]);
        set_cell_attributes(id!("a1"), id!("100"), id!("3000"), &attributes());
        create_layer(id!("a1"), id!("100"), id!("3000"), "Music", &LayerKind::Sound, 2);
        open_layer(id!("a1"), id!("100"), id!("3000"), id!("4000"));
        update_layer(id!("a1"), id!("100"), id!("3000"), id!("4000"), &layer_patch());
        delete_layer(id!("a1"), id!("100"), id!("3000"), id!("4000"));
        duplicate_layer(id!("a1"), id!("100"), id!("3000"), id!("4000"));
        move_layers(id!("a1"), id!("100"), id!("3000"), &["4001".parse().unwrap(), "4000".parse().unwrap()]);
        generate_layer(id!("a1"), id!("100"), id!("3000"), id!("4000"), &card(), &spend());
        list_variables(id!("a1"), id!("100"));
        import_variables(id!("a1"), id!("100"), &sheet());
        download_variables_template();
        create_content_resource(id!("a1"), &ResourceSource::SignedId("signed".into()), Some(id!("15")));
        open_content_resource(id!("a1"), id!("5012"));
        rename_content_resource(id!("a1"), id!("5012"), "hero.png");
        delete_content_resource(id!("a1"), id!("5012"));
        list_library(id!("a1"), &library_query());
        create_folder(id!("a1"), "Brand", Some(id!("15")));
        rename_folder(id!("a1"), id!("16"), "Brands");
        delete_folder(id!("a1"), id!("16"));
        create_direct_upload("hero.mp4", "video/mp4", &measured(), Some(&attributes()));
        open_automation(id!("a1"));
        update_automation(id!("a1"), &AutomationPatch { webhook_url: Some(None), ..Default::default() });
        test_webhook(id!("a1"));
        test_callback(id!("a1"));
        open_profile(id!("a1"));
        create_profile(id!("a1"), &profile());
        update_profile(id!("a1"), &profile());
        delete_profile(id!("a1"));
    }
}

/// A secret of another service.
pub const OTHER_KEY: &str = "el_s3cr3t_9876543210";

fn other_key() -> ApiKey {
    ApiKey::new(OTHER_KEY.into()).unwrap()
}

fn agent_keys() -> AgentKeys {
    AgentKeys { eleven_labs: Some(other_key()), hume: Some(other_key()) }
}

fn degod() -> DegodAvatar {
    DegodAvatar { degod_avatar_id: "7".parse().unwrap(), is_primary: true }
}

fn new_run() -> NewRun {
    let upload = Attachment::Upload {
        signed_id: "signed".into(),
        filename: "a.png".into(),
        content_type: "image/png".into(),
        url: "https://cdn.gen.pro/a.png".into(),
    };
    NewRun {
        message: "Three ideas, please".into(),
        conversation_id: Some("conv_1".parse().unwrap()),
        vidsheet_id: Some("100".parse().unwrap()),
        attachments: vec![Attachment::Address("https://cdn.example/a.png".into()), upload],
        debug: true,
    }
}

fn resource_query() -> ResourceQuery {
    ResourceQuery {
        kind: Some(ResourceKind::Video),
        vidsheet: Some("100".parse().unwrap()),
        ids: vec!["5012".parse().unwrap(), "5013".parse().unwrap()],
        page: 0,
    }
}

fn agent_patch() -> AgentPatch {
    let voice = DefaultVoice { source: DefaultVoiceSource::ElevenLabs, voice_id: "21m00".parse().unwrap() };
    AgentPatch {
        name: Some("Kiln".into()),
        default_voice: Some(voice),
        avatars: vec![degod()],
        ..Default::default()
    }
}

fn picture() -> File {
    File { name: "kiln.png".into(), content_type: "image/png".into(), bytes: b"picture"[..].into() }
}

fn sheet() -> File {
    let content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".into();
    File { name: "variables.xlsx".into(), content_type, bytes: b"PK"[..].into() }
}

fn brief() -> VoiceBrief {
    VoiceBrief { gender: Gender::Female, description: Some("calm".into()), language: None, script: None }
}

fn voice_name() -> VoiceName {
    VoiceName { name: "Mara".into(), gender: Some(Gender::Female), ..Default::default() }
}

fn monitoring() -> Monitoring {
    Monitoring {
        platform: MonitoringPlatform::Tiktok,
        kind: MonitoringKind::Hashtag,
        value: "glaze".into(),
        days: 7,
        country: Some("us".into()),
        max_results: Some(5),
        keep_up: true,
        comments: false,
    }
}

fn publication() -> Publication {
    Publication {
        platform: PublicationPlatform::Tiktok,
        media_url: "https://cdn.gen.pro/a.mp4".into(),
        description: "New #glaze".into(),
        title: None,
        media: PublicationMedia::Video,
        time: PublicationTime::At("2027-01-01T10:00:00Z".into()),
        thumbnail_url: None,
        timezone_offset: 60,
    }
}

fn column_patch() -> ColumnPatch {
    ColumnPatch { id: "200".parse().unwrap(), title: Some("OPENING".into()), description: None }
}

fn layer_patch() -> LayerPatch {
    LayerPatch { additional_attributes: Some(attributes()), ..Default::default() }
}

fn attributes() -> Map<String, Value> {
    Map::from_iter([("label".to_owned(), json!("hero"))])
}

fn library_query() -> LibraryQuery {
    LibraryQuery {
        folder: Some("15".parse().unwrap()),
        kinds: vec![LibraryKind::Image, LibraryKind::Folder],
        search: Some("hero".into()),
        recent: true,
        page: Some(2),
        page_size: Some(50),
    }
}

fn measured() -> Measured {
    Measured { byte_size: 11, checksum: "XrY7u+Ae7tCTyyK7j1rNww==".into() }
}

fn profile() -> AgentProfile {
    AgentProfile {
        identity: Some(Map::from_iter([("name".to_owned(), json!("Kiln"))])),
        ..Default::default()
    }
}

fn card() -> CreationCard {
    CreationCard::Text(TextCard::new("Write a hook", TextModel::Gpt4oMini))
}
