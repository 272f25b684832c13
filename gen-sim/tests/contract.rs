//! Every method of the client against the simulator: two independent readings of GEN's documentation must agree.
//! The simulator is strict here, so that the client sends what the reference says and nothing looser.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use gen_client::model::*;
use gen_client::*;
use gen_sim::{DEMO_KEY, GenSim, OTHER_KEY, Options, SimMode, VIEWER_KEY};

/// A simulator whose jobs move when told, and a client of its owner.
struct Studio {
    sim: GenSim,
    upstream: Upstream,
    client: GenClient,
}

impl Studio {
    async fn open() -> Self {
        let options = Options {
            mode: SimMode::Explicit,
            strict: true,
            ..Options::default()
        };
        let sim = GenSim::start(options).await.unwrap();
        let config = Config {
            api_url: sim.api_url().parse().unwrap(),
            agent_url: sim.agent_url().parse().unwrap(),
            ..Config::default()
        };
        let upstream = Upstream::new(config).unwrap();
        let client = upstream.client(ApiKey::new(DEMO_KEY.into()).unwrap());
        Self {
            sim,
            upstream,
            client,
        }
    }

    fn as_user(&self, key: &str) -> GenClient {
        self.upstream.client(ApiKey::new(key.into()).unwrap())
    }

    /// Steers the simulator, by hand: it is no operation of GEN's.
    fn control(&self, path: &str) {
        let address = self.sim.base_url().replace("http://", "");
        let mut stream = TcpStream::connect(&address).unwrap();
        write!(stream, "POST /_sim/{path} HTTP/1.1\r\nhost: {address}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
    }

    /// The agent whose ideas and vidsheets the studio is about.
    async fn agent(&self) -> AgentId {
        for agent in self.client.list_agents(None).await.unwrap() {
            if !self
                .client
                .list_ideas(&agent.id, None)
                .await
                .unwrap()
                .is_empty()
            {
                return agent.id;
            }
        }
        panic!("no agent has ideas");
    }

    /// A vidsheet of its own with one row, cloned from the first template.
    async fn vidsheet(&self, agent: &AgentId) -> Vidsheet {
        let template = self.client.list_templates(1).await.unwrap().remove(0);
        self.client
            .clone_template(&template.slug, agent)
            .await
            .unwrap()
    }

    async fn credits(&self) -> f64 {
        let organizations = self.client.list_organizations().await.unwrap();
        organizations
            .iter()
            .filter_map(|organization| organization.available_credits?.generic)
            .sum()
    }
}

fn decision(name: &str) -> Idempotency {
    Idempotency(format!("decision-{name}"))
}

fn text_card(prompt: &str) -> CreationCard {
    CreationCard::Text {
        prompt: prompt.into(),
        model: "gpt_4o_mini".into(),
        variables: BTreeMap::new(),
    }
}

/// The cell of the first row under a column of that kind and role.
fn cell(vidsheet: &Vidsheet, kind: ColumnKind, role: ColumnRole) -> CellId {
    let is_meant = |column: &&Column| column.kind == kind && column.role == role;
    let column = vidsheet.columns.iter().find(is_meant).unwrap();
    vidsheet.rows[0].cell(&column.id).unwrap().id.clone()
}

#[test]
fn every_method_is_called_here() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../gen-client/src/endpoints");
    let here = include_str!("contract.rs");
    let mut methods = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for rest in source.split("pub async fn ").skip(1) {
            let name = rest.split('(').next().unwrap();
            assert!(here.contains(&format!(".{name}(")), "{name} is not called");
            methods += 1;
        }
    }
    assert!(methods > 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_organizations_and_agents() {
    let studio = Studio::open().await;
    let client = &studio.client;
    assert!(client.me().await.unwrap().email.contains('@'));
    let organizations = client.list_organizations().await.unwrap();
    assert_eq!(organizations.len(), 2);
    assert_eq!(client.list_workspaces().await.unwrap().len(), 2);
    let organization = client
        .open_organization(&organizations[0].id)
        .await
        .unwrap();
    assert_eq!(organization, organizations[0]);
    assert!(organization.available_credits.unwrap().generic.unwrap() > 0.0);
    assert_eq!(client.list_agents(None).await.unwrap().len(), 3);
    for organization in &organizations {
        for listed in client.list_agents(Some(&organization.id)).await.unwrap() {
            let agent = client.open_agent(&listed.id).await.unwrap();
            assert_eq!(agent.name, listed.name);
            assert_eq!(agent.organization_id.as_ref(), Some(&organization.id));
        }
    }
    let agent = studio.agent().await;
    let avatars = client.list_avatars(&agent, None).await.unwrap();
    assert!(avatars[0].is_primary);
    let last = avatars
        .iter()
        .map(|avatar| avatar.id.clone())
        .max()
        .unwrap();
    assert_eq!(client.list_avatars(&agent, Some(&last)).await.unwrap(), []);
    let voices = client.list_voices(&agent, None).await.unwrap();
    let public = client.list_voices(&agent, Some("public")).await.unwrap();
    assert!(!public.is_empty() && public.len() <= voices.len());
    assert!(public.iter().all(|voice| voice.source == "public"));
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_open_what_their_owner_may_see() {
    let studio = Studio::open().await;
    let agent = studio.agent().await;
    let stranger = studio.as_user("gen_pat_nobody_knows_this");
    assert!(stranger.me().await.unwrap_err().refuses_key());
    let other = studio.as_user(OTHER_KEY);
    assert!(
        other
            .list_agents(None)
            .await
            .unwrap()
            .iter()
            .all(|seen| seen.id != agent)
    );
    let error = other.open_agent(&agent).await.unwrap_err();
    assert!(
        matches!(
            error,
            Error::Api {
                status: 403 | 404 | 422,
                ..
            }
        ),
        "{error}"
    );
    let viewer = studio.as_user(VIEWER_KEY);
    assert_eq!(
        viewer.open_agent(&agent).await.unwrap().role.as_deref(),
        Some("viewer")
    );
    let patch = AgentCorePatch {
        goal: Some("growth".into()),
        ..Default::default()
    };
    let error = viewer.patch_core(&agent, &patch).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 403, .. }), "{error}");
    let absent = "nobody".parse().unwrap();
    assert!(
        studio
            .client
            .open_agent(&absent)
            .await
            .unwrap_err()
            .is_not_found()
    );
    assert!(
        studio
            .client
            .open_core(&absent)
            .await
            .unwrap_err()
            .is_not_found()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_core_is_read_changed_and_read_again() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let before = client.open_core(&agent).await.unwrap();
    assert_eq!(before.agent_id.as_ref(), Some(&agent));
    let mut after = before.clone();
    after.description = Some("Pots for people who cook.".into());
    after.keywords.push("stoneware".into());
    after.research_topics.push(ResearchTopic {
        topic: "wood firing".into(),
    });
    after.linked_accounts.push(LinkedAccount {
        url: "https://x.example/kiln".into(),
        ..Default::default()
    });
    let saved = client
        .patch_core(&agent, &AgentCorePatch::between(&before, &after))
        .await
        .unwrap();
    assert_eq!(saved.failed().count(), 0);
    let read = client.open_core(&agent).await.unwrap();
    assert_eq!(read.description, after.description);
    assert_eq!(
        (&read.keywords, &read.monitored),
        (&after.keywords, &before.monitored),
        "D11"
    );
    assert_eq!(read.research_topics, after.research_topics);
    assert_eq!(read.linked_accounts.len(), before.linked_accounts.len() + 1);
    assert!(
        read.linked_accounts
            .iter()
            .all(|account| account.id.is_some())
    );
    // A section that fails leaves the others saved (D13).
    let voice = CoreVoice {
        voice_id: "fail".parse().unwrap(),
        name: None,
        source: None,
    };
    let patch = AgentCorePatch {
        goal: Some("sales".into()),
        default_user_voice: Some(voice),
        ..Default::default()
    };
    let saved = client.patch_core(&agent, &patch).await.unwrap();
    assert_eq!(
        saved
            .failed()
            .map(|(section, _)| section)
            .collect::<Vec<_>>(),
        ["voice"]
    );
    assert_eq!(
        client.open_core(&agent).await.unwrap().goal.as_deref(),
        Some("sales")
    );
    let long = AgentCorePatch {
        description: Some("x".repeat(DESCRIPTION_MAX + 1)),
        ..Default::default()
    };
    let error = client.patch_core(&agent, &long).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_makes_ideas() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let before = client.list_ideas(&agent, None).await.unwrap();
    let run = client
        .start_run(
            &agent,
            "Generate 3 content ideas",
            None,
            None,
            &decision("run"),
        )
        .await
        .unwrap();
    assert_eq!(run.status, RunStatus::Running);
    let again = client
        .start_run(
            &agent,
            "Generate 3 content ideas",
            None,
            None,
            &decision("run"),
        )
        .await
        .unwrap();
    assert_eq!(again.id, run.id, "the same decision starts nothing new");
    studio.control("drain");
    let done = client.open_run(&run.id).await.unwrap();
    assert_eq!(done.status, RunStatus::Completed);
    assert!(
        done.messages
            .iter()
            .any(|message| message.role == "assistant" && message.content.is_some())
    );
    let after = client.list_ideas(&agent, None).await.unwrap();
    assert_eq!(after.len(), before.len() + 3);
    let conversation = run.conversation_id.unwrap();
    assert!(
        client
            .list_conversations(&agent)
            .await
            .unwrap()
            .iter()
            .any(|listed| listed.id == conversation)
    );
    let messages = client.list_messages(&conversation).await.unwrap();
    assert_eq!(messages[0].role, "user");
    let vidsheet = studio.vidsheet(&agent).await;
    let refined = client
        .start_run(
            &agent,
            "Make idea 1 punchier.",
            Some(&conversation),
            Some(&vidsheet.id),
            &decision("refine"),
        )
        .await
        .unwrap();
    assert_eq!(refined.conversation_id.as_ref(), Some(&conversation));
    assert!(
        client
            .open_run(&"run_unknown".parse().unwrap())
            .await
            .unwrap_err()
            .is_not_found()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_may_await_approval() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    for (name, approved, outcome) in [
        ("yes", true, RunStatus::Completed),
        ("no", false, RunStatus::Failed),
    ] {
        let run = client
            .start_run(
                &agent,
                "Ask for approval first",
                None,
                None,
                &decision(name),
            )
            .await
            .unwrap();
        studio.control("drain");
        assert_eq!(
            client.open_run(&run.id).await.unwrap().status,
            RunStatus::AwaitingApproval
        );
        client.approve_run(&run.id, approved).await.unwrap();
        studio.control("drain");
        assert_eq!(client.open_run(&run.id).await.unwrap().status, outcome);
        let error = client.approve_run(&run.id, true).await.unwrap_err();
        assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ideas_move_through_every_status() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let idea = client.list_ideas(&agent, None).await.unwrap().remove(0);
    assert!(idea.data.rationale.is_some() || idea.hook.is_some());
    for status in IdeaStatus::ALL {
        let moved = client
            .set_idea_status(&idea.id, status)
            .await
            .unwrap()
            .unwrap();
        assert_eq!((&moved.id, &moved.status), (&idea.id, status));
        let listed = client.list_ideas(&agent, Some(status)).await.unwrap();
        assert!(listed.iter().any(|listed| listed.id == idea.id));
        assert!(listed.iter().all(|listed| listed.status == *status));
    }
    let error = client
        .set_idea_status(&idea.id, &IdeaStatus::Unknown("lost".into()))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
    assert!(
        client
            .set_idea_status(&"987654321".parse().unwrap(), &IdeaStatus::Posted)
            .await
            .unwrap_err()
            .is_not_found()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn templates_and_vidsheets() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let templates = client.list_templates(1).await.unwrap();
    assert!(templates.len() >= 7);
    assert_eq!(client.list_templates(2).await.unwrap(), []);
    let template = client.open_template(&templates[0].slug).await.unwrap();
    assert!(!template.columns.is_empty());
    let cloned = client.clone_template(&template.slug, &agent).await.unwrap();
    assert_eq!(cloned.columns.len(), template.columns.len());
    assert!(
        cloned
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .all(|cell| cell.column_id.is_some())
    );
    assert_eq!(
        client
            .open_vidsheet(&agent, &cloned.id)
            .await
            .unwrap()
            .columns,
        cloned.columns
    );
    assert_eq!(
        client.list_columns(&agent, &cloned.id).await.unwrap(),
        cloned.columns
    );
    let created = client.create_vidsheet(&agent, "Autumn").await.unwrap();
    assert_eq!((created.title.as_str(), created.rows.len()), ("Autumn", 0));
    let other = client
        .list_agents(None)
        .await
        .unwrap()
        .into_iter()
        .find(|other| other.id != agent)
        .unwrap()
        .id;
    for target in [None, Some(&other)] {
        let copy = client
            .clone_vidsheet(&agent, &cloned.id, target)
            .await
            .unwrap();
        assert_ne!(copy.id, cloned.id);
        let owner = target.unwrap_or(&agent);
        assert_eq!(
            client
                .open_vidsheet(owner, &copy.id)
                .await
                .unwrap()
                .columns
                .len(),
            cloned.columns.len()
        );
    }
    assert!(
        client
            .open_vidsheet(&other, &cloned.id)
            .await
            .unwrap_err()
            .is_not_found(),
        "D44"
    );
    assert!(
        client
            .open_template("no-such-template")
            .await
            .unwrap_err()
            .is_not_found()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_and_cells() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let vidsheet = studio.vidsheet(&agent).await;
    let first = &vidsheet.rows[0];
    let row = client.create_row(&agent, &vidsheet.id, None).await.unwrap();
    assert_eq!(row.cells.len(), vidsheet.columns.len());
    let on_top = client
        .create_row(&agent, &vidsheet.id, Some(0))
        .await
        .unwrap();
    let hook = cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    let written = client
        .update_cell(&agent, &vidsheet.id, &hook, "Clay, water, fire")
        .await
        .unwrap();
    assert_eq!(written.value.as_deref(), Some("Clay, water, fire"));
    let twin = client
        .duplicate_row(&agent, &vidsheet.id, &first.id)
        .await
        .unwrap();
    assert!(twin.cells.iter().any(|cell| cell.value == written.value));
    let rows = client.list_rows(&agent, &vidsheet.id).await.unwrap();
    assert_eq!((rows.len(), &rows[0].id), (4, &on_top.id));
    assert_eq!(
        client
            .open_row(&agent, &vidsheet.id, &row.id)
            .await
            .unwrap()
            .id,
        row.id
    );
    assert_eq!(
        client.open_cell(&agent, &vidsheet.id, &hook).await.unwrap(),
        written
    );
    let values = [
        (hook.clone(), "One".to_owned()),
        (row.cells[0].id.clone(), "Two".to_owned()),
    ];
    client
        .mass_update_cells(&agent, &vidsheet.id, &values)
        .await
        .unwrap();
    for (id, value) in &values {
        let cell = client.open_cell(&agent, &vidsheet.id, id).await.unwrap();
        assert_eq!(cell.value.as_ref(), Some(value));
    }
    let unknown = "987654321".parse().unwrap();
    assert!(
        client
            .open_cell(&agent, &vidsheet.id, &unknown)
            .await
            .unwrap_err()
            .is_not_found()
    );
    assert!(
        client
            .open_row(&agent, &vidsheet.id, &"987654321".parse().unwrap())
            .await
            .unwrap_err()
            .is_not_found()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn takes_are_generated_chosen_and_paid_for() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let vidsheet = studio.vidsheet(&agent).await;
    let hook = cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    let before = studio.credits().await;
    let mut takes = Vec::new();
    for name in ["first", "second"] {
        let card = text_card("A hook about glaze");
        let started = client
            .generate(&agent, &vidsheet.id, &hook, &card, &decision(name))
            .await
            .unwrap();
        let again = client
            .generate(&agent, &vidsheet.id, &hook, &card, &decision(name))
            .await
            .unwrap();
        assert_eq!(
            again.id, started.id,
            "the same decision is not charged again"
        );
        assert!(
            !client
                .open_generation(&started.id)
                .await
                .unwrap()
                .status
                .is_final()
        );
        studio.control("drain");
        let take = client.open_generation(&started.id).await.unwrap();
        assert_eq!(take.status, GenerationStatus::Completed);
        assert!(take.cost.unwrap() > 0.0);
        takes.push(take);
    }
    let paid: f64 = takes.iter().filter_map(|take| take.cost).sum();
    assert!((before - studio.credits().await - paid).abs() < 0.001);
    let shown = client.open_cell(&agent, &vidsheet.id, &hook).await.unwrap();
    assert_eq!(shown.value.as_deref(), takes[1].text());
    assert_eq!(shown.generations.len(), 2);
    let chosen = client
        .set_default_generation(&agent, &vidsheet.id, &hook, &takes[0].id)
        .await
        .unwrap();
    assert_eq!(chosen.default_generation.unwrap().id, takes[0].id);
    let strange = client
        .set_default_generation(&agent, &vidsheet.id, &hook, &"987654321".parse().unwrap())
        .await;
    assert!(matches!(
        strange.unwrap_err(),
        Error::Api {
            status: 404 | 422,
            ..
        }
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn generations_stop_continue_and_fail() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let vidsheet = studio.vidsheet(&agent).await;
    let hook = cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    let before = studio.credits().await;
    let card = text_card("A hook about glaze");
    let started = client
        .generate(&agent, &vidsheet.id, &hook, &card, &decision("a"))
        .await
        .unwrap();
    client.stop_generation(&started.id).await.unwrap();
    assert_eq!(
        client.open_generation(&started.id).await.unwrap().status,
        GenerationStatus::Stopped
    );
    assert_eq!(studio.credits().await, before, "given back");
    client
        .continue_generation(&started.id, &decision("b"))
        .await
        .unwrap();
    assert_eq!(
        client.open_generation(&started.id).await.unwrap().status,
        GenerationStatus::Pending
    );
    assert!(studio.credits().await < before, "charged again");
    studio.control("drain");
    let error = client.stop_generation(&started.id).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
    let before = studio.credits().await;
    let card = text_card("please fail");
    let started = client
        .generate(&agent, &vidsheet.id, &hook, &card, &decision("c"))
        .await
        .unwrap();
    studio.control("drain");
    let failed = client.open_generation(&started.id).await.unwrap();
    assert_eq!(failed.status, GenerationStatus::Failed);
    assert!(failed.failed_reason.is_some());
    assert_eq!(studio.credits().await, before, "given back");
    let card = text_card("no credits");
    let error = client
        .generate(&agent, &vidsheet.id, &hook, &card, &decision("d"))
        .await
        .unwrap_err();
    assert!(
        error.needs_credits() && !error.may_have_been_sent(),
        "{error}"
    );
    let card = text_card("plain 500");
    let error = client
        .generate(&agent, &vidsheet.id, &hook, &card, &decision("e"))
        .await
        .unwrap_err();
    assert!(error.may_have_been_sent(), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_card_is_taken_and_a_render_can_be_fetched() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let vidsheet = studio.vidsheet(&agent).await;
    let hook = cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    let voice = client
        .list_voices(&agent, None)
        .await
        .unwrap()
        .remove(0)
        .voice_id;
    let picture = CreationCard::ImageFromText {
        prompt: "A mug by a window".into(),
        model: "gemini_image".into(),
        aspect_ratio: "9:16".into(),
        variables: BTreeMap::new(),
    };
    let clip = CreationCard::VideoFromText {
        prompt: "Steam rises".into(),
        negative_prompt: Some("people".into()),
        model: "seedance_pro".into(),
        aspect_ratio: "9:16".into(),
        duration: 5,
        variables: BTreeMap::new(),
    };
    let speech = CreationCard::SpeechFromText {
        script: "Good morning.".into(),
        voice_id: voice,
    };
    let mut made = Vec::new();
    for (card, kind) in [
        (picture, MediaKind::Image),
        (clip, MediaKind::Video),
        (speech, MediaKind::Audio),
    ] {
        let name = card.generation_type().to_string();
        let started = client
            .generate(&agent, &vidsheet.id, &hook, &card, &decision(&name))
            .await
            .unwrap();
        studio.control("drain");
        let take = client.open_generation(&started.id).await.unwrap();
        assert_eq!(take.outputs[0].kind(), kind, "{name}: {take:?}");
        made.push(take.outputs[0].id.clone());
    }
    let lipsync = CreationCard::Lipsync {
        model: "gen".into(),
        video_resource_id: made[1].clone(),
        audio_resource_id: made[2].clone(),
    };
    client
        .generate(&agent, &vidsheet.id, &hook, &lipsync, &decision("lipsync"))
        .await
        .unwrap();
    let last = cell(&vidsheet, ColumnKind::Video, ColumnRole::FinalVideo);
    let started = client
        .render(&agent, &vidsheet.id, &last, &decision("render"))
        .await
        .unwrap();
    studio.control("drain");
    let render = client.open_generation(&started.id).await.unwrap();
    let video = &render.outputs[0];
    assert_eq!(video.kind(), MediaKind::Video);
    let listed = client
        .list_content_resources(&agent, Some("video"), 0)
        .await
        .unwrap();
    assert!(listed.iter().any(|listed| listed.id == video.id));
    assert!(
        listed
            .iter()
            .all(|listed| listed.kind() == MediaKind::Video)
    );
    let file = studio
        .upstream
        .media(video.url.as_deref().unwrap(), Some("bytes=0-99"))
        .await
        .unwrap();
    assert_eq!((file.status, file.content_length), (206, Some(100)));
    assert_eq!(file.content_type.as_deref(), Some("video/mp4"));
    let wrong = client
        .render(&agent, &vidsheet.id, &hook, &decision("wrong"))
        .await
        .unwrap_err();
    assert!(matches!(wrong, Error::Api { status: 422, .. }), "{wrong}");
}
