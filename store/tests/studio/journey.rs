use gen_client::model::{IdeaStatus, MediaKind};
use model::Progress;
use store::Error;

use crate::bench::{Bench, MINUTE, text_card};

#[tokio::test]
async fn from_an_agent_to_a_render_in_the_history() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);

    let overview = store.open_agent(actor, agent).await.unwrap().value;
    let before = overview.organization.unwrap().available_credits.unwrap().generic.unwrap();
    let core = store.open_core(actor, agent).await.unwrap().value;
    let mut after = core.clone();
    after.keywords.push("celadon".into());
    let (saved, now) = store.save_core(actor, agent, core.clone(), after).await.unwrap();
    assert_eq!(saved.failed().count(), 0);
    assert!(now.keywords.contains(&"celadon".to_owned()));
    assert_eq!(now.monitored, core.monitored, "D11: keywords alone must not replace what is monitored");
    assert!(!store.list_voices(actor, agent).await.unwrap().value.is_empty());

    let board = store.open_board(actor, agent).await.unwrap().value;
    let run =
        store.start_run(actor, agent, bench.asks("Generate 3 content ideas"), "1".into()).await.unwrap();
    assert_eq!(run.progress, Progress::Pending);
    bench.drain().await;
    let later = store.open_board(actor, agent).await.unwrap().value;
    assert_eq!(later.runs[0].progress, Progress::Completed);
    assert!(later.runs[0].reply.is_some());
    assert_eq!(later.ideas.len(), board.ideas.len() + 3);
    let idea = store.move_idea(actor, agent, &later.ideas[0].id, IdeaStatus::ApproveToCreate).await.unwrap();
    assert_eq!(idea.status, IdeaStatus::ApproveToCreate);
    let conversation = later.runs[0].conversation_id.clone().unwrap();
    assert!(!store.open_conversation(actor, agent, &conversation).await.unwrap().value.messages.is_empty());

    assert!(store.list_templates(actor).await.unwrap().value.len() >= 7);
    let sheet = bench.sheet().await;
    let typed =
        store.set_cell_value(actor, agent, &sheet.id, &sheet.text, "Wet clay".into(), None).await.unwrap();
    assert_eq!(typed.cell.value.as_deref(), Some("Wet clay"));

    let work =
        store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("a hook")).await.unwrap();
    assert_eq!((work.progress, work.estimate), (Progress::Pending, Some(2.0)));
    assert_eq!(store.running_count(actor).await.unwrap(), (1, 1));
    bench.control("POST", "step", serde_json::Value::Null).await;
    bench.follow().await;
    assert_eq!(bench.cell(&sheet, &sheet.text).await.work.unwrap().progress, Progress::Processing);
    bench.drain().await;
    let made = bench.cell(&sheet, &sheet.text).await;
    assert_eq!(made.work.as_ref().unwrap().progress, Progress::Completed);
    assert!(made.work.unwrap().cost.is_some());
    assert!(made.cell.value.as_ref().is_some_and(|value| value != "Wet clay"));
    assert_eq!(store.running_count(actor).await.unwrap(), (0, 0));

    store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("another hook")).await.unwrap();
    bench.drain().await;
    let takes = store.list_takes(actor, agent, &sheet.id, &sheet.text).await.unwrap();
    assert_eq!(takes.iter().map(|take| take.is_default).collect::<Vec<_>>(), [true, false]);
    assert!(takes.iter().all(|take| take.work.as_ref().unwrap().card.is_some()));
    let older = takes[1].generation.id.clone();
    let chosen = store.choose_take(actor, agent, &sheet.id, &sheet.text, &older).await.unwrap();
    assert_eq!(chosen.cell.default_generation.unwrap().id, older);

    store.start_render(actor, agent, &sheet.id, &sheet.final_video).await.unwrap();
    bench.drain().await;
    bench.down(true).await;
    let renders = store.list_renders(actor, agent).await.unwrap();
    assert_eq!(
        (renders[0].progress, renders[0].cell.as_ref().unwrap().row_number),
        (Progress::Completed, Some(1))
    );
    let output = &renders[0].generation.as_ref().unwrap().outputs[0];
    assert_eq!(output.kind(), MediaKind::Video);
    let media = store.media_source(actor, output.url.as_deref().unwrap()).await.unwrap();
    assert!(media.url.starts_with("http://127.0.0.1:") && media.file_name.ends_with(".mp4"), "{}", media.url);
    let listed = store.list_vidsheets(actor, agent).await.unwrap();
    let summary = listed.iter().find(|summary| summary.id == sheet.id).unwrap();
    assert!(summary.renders == 1 && summary.spent > 0.0 && summary.filled.0 >= 1, "{summary:?}");

    bench.down(false).await;
    bench.clock.advance(2 * MINUTE);
    store.open_agent(actor, agent).await.unwrap();
    let spent = wait_for_credits(&bench, before).await;
    assert!(spent > 0.0);
}

/// The stale copy comes at once and its renewal a moment later; news tells when.
async fn wait_for_credits(bench: &Bench, before: f64) -> f64 {
    let mut wake = bench.store.changes().wake();
    loop {
        let overview = bench.store.open_agent(&bench.actor, &bench.agent).await.unwrap().value;
        let now = overview.organization.unwrap().available_credits.unwrap().generic.unwrap();
        if now != before {
            return before - now;
        }
        wake.changed().await.unwrap();
    }
}

#[tokio::test]
async fn a_run_that_asks_goes_on_after_a_yes() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let run =
        store.start_run(actor, agent, bench.asks("Ideas, but ask for approval"), "1".into()).await.unwrap();
    bench.drain().await;
    let waiting = store.open_board(actor, agent).await.unwrap().value.runs.remove(0);
    assert!(waiting.awaiting_approval, "{waiting:?}");
    let going = store.approve_run(actor, agent, &run.id, true).await.unwrap();
    assert!(!going.awaiting_approval);
    assert!(matches!(store.approve_run(actor, agent, &run.id, true).await, Err(Error::NotFound(_))));
    bench.drain().await;
    assert_eq!(store.open_board(actor, agent).await.unwrap().value.runs[0].progress, Progress::Completed);
}

#[tokio::test]
async fn rows_are_added_and_copied() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    store.set_cell_value(actor, agent, &sheet.id, &sheet.text, "Wet clay".into(), None).await.unwrap();
    let before = bench.vidsheet(&sheet.id).await.vidsheet;
    let added = store.add_row(actor, agent, &sheet.id).await.unwrap();
    assert_eq!(added.cells.len(), before.columns.len());
    let copy = store.duplicate_row(actor, agent, &sheet.id, &sheet.row).await.unwrap();
    assert!(copy.cells.iter().any(|cell| cell.value.as_deref() == Some("Wet clay")));
    let after = bench.vidsheet(&sheet.id).await.vidsheet;
    assert_eq!(after.rows.len(), before.rows.len() + 2);
    let foreign = "999".parse().unwrap();
    assert!(matches!(
        store.duplicate_row(actor, agent, &sheet.id, &foreign).await,
        Err(Error::NotFound("row"))
    ));
}

#[tokio::test]
async fn a_vidsheet_made_elsewhere_is_adopted_with_its_renders_and_what_runs() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    assert!(store.list_vidsheets(actor, agent).await.unwrap().is_empty());
    let id = "4100".parse().unwrap();
    store.adopt_vidsheet(actor, agent, &id).await.unwrap();
    let listed = store.list_vidsheets(actor, agent).await.unwrap();
    assert_eq!((listed[0].title.as_str(), listed[0].rows), ("Spring glazes", 24));
    assert!(listed[0].renders > 0);
    let renders = store.list_renders(actor, agent).await.unwrap();
    assert!(renders.iter().any(|work| work.progress == Progress::Completed && work.started_by.is_none()));
    let missing = store.adopt_vidsheet(actor, agent, &"31337".parse().unwrap()).await;
    assert!(matches!(missing, Err(Error::Gen(error)) if error.is_not_found()));
}

#[tokio::test]
async fn what_was_stopped_can_go_on_and_what_ended_stays() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let work =
        store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("a hook")).await.unwrap();
    let generation = work.generation_id.unwrap();
    let stopped = store.stop_generation(actor, agent, &generation).await.unwrap();
    assert_eq!(stopped.progress, Progress::Stopped);
    let going = store.continue_generation(actor, agent, &generation).await.unwrap();
    assert_eq!(going.progress, Progress::Pending);
    assert!(matches!(store.continue_generation(actor, agent, &generation).await, Err(Error::AlreadyRunning)));
    bench.drain().await;
    let refused = store.stop_generation(actor, agent, &generation).await;
    assert!(matches!(refused, Err(Error::Gen(gen_client::Error::Api { status: 422, .. }))));
    assert_eq!(bench.cell(&sheet, &sheet.text).await.work.unwrap().progress, Progress::Completed);
    assert_eq!(bench.calls("POST", "/continue").await.len(), 1);
}

#[tokio::test]
async fn what_is_started_elsewhere_is_followed_to_its_end() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let (other, other_actor, _folder) = bench.elsewhere().await;
    other.adopt_vidsheet(&other_actor, agent, &sheet.id).await.unwrap();
    other.start_generation(&other_actor, agent, &sheet.id, &sheet.text, text_card("a hook")).await.unwrap();
    let busy = store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("mine")).await;
    assert!(matches!(busy, Err(Error::AlreadyRunning)), "{busy:?}");
    let theirs = bench.cell(&sheet, &sheet.text).await.cell;
    assert_eq!(theirs.generations.len(), 1);
    store.adopt_vidsheet(actor, agent, &sheet.id).await.unwrap();
    assert_eq!(store.running_count(actor).await.unwrap(), (0, 1));
    bench.drain().await;
    assert_eq!(store.running_count(actor).await.unwrap(), (0, 0));
    let done = bench.cell(&sheet, &sheet.text).await.cell;
    assert_eq!(done.default_generation.unwrap().id, theirs.generations[0].id);
    assert!(done.value.is_some());
    assert_eq!(bench.calls("POST", "/generate").await.len(), 1);
}
