//! Values that are set while GEN is away: kept, shown, sent in the end, and never over somebody else's.

use model::{EditOutcome, EditStands, Gesture, Keep};
use serde_json::json;

use crate::bench::{Bench, Sheet, cells, edit};

async fn set(bench: &Bench, sheet: &Sheet, edits: Vec<model::CellEdit>) -> Vec<EditOutcome<store::Error>> {
    let edited = bench.store.edit_cells(&bench.actor, &bench.agent, &sheet.id, edits, Gesture::Typed).await;
    edited.unwrap().cells.into_iter().map(|cell| cell.outcome).collect()
}

/// Sends until nothing waits: a breaker that opened meanwhile closes by itself.
async fn send(bench: &Bench) {
    while bench.store.send_waiting_edits().await.unwrap() > 0 {
        tokio::task::yield_now().await;
    }
}

async fn value_at_gen(bench: &Bench, sheet: &Sheet, cell: &gen_client::CellId) -> String {
    bench.rows_at_gen(&sheet.id).await.1.remove(cell.as_str()).unwrap_or_default()
}

#[tokio::test]
async fn what_is_set_while_gen_is_away_is_shown_to_all_and_sent_after_a_restart() {
    let mut bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, 3).await;
    let ana = bench.colleague("Ana").await;
    bench.down(true).await;
    let outcomes = set(&bench, &sheet, vec![edit(&cells[0], "a", ""), edit(&cells[1], "b", "")]).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, EditOutcome::Waiting)), "{outcomes:?}");
    let opened = bench.store.open_vidsheet(&ana, &bench.agent, &sheet.id).await.unwrap().value;
    let waits: Vec<_> = opened.waiting.iter().map(|edit| (&edit.cell, edit.value.as_str())).collect();
    assert_eq!(waits, [(&cells[0], "a"), (&cells[1], "b")]);
    assert!(opened.waiting.iter().all(|edit| edit.stands == EditStands::Waits && edit.theirs.is_empty()));
    let shown = bench.cell(&sheet, &cells[0]).await;
    assert_eq!((shown.cell.value.as_deref(), shown.waiting.len()), (Some("a"), 1));

    // A newer text takes its place; somebody who did not see it is told.
    let newer = vec![edit(&cells[0], "a2", "a")];
    assert!(matches!(set(&bench, &sheet, newer).await[..], [EditOutcome::Waiting]));
    let blind = vec![edit(&cells[0], "z", "")];
    let told = bench.store.edit_cells(&ana, &bench.agent, &sheet.id, blind, Gesture::Typed).await.unwrap();
    assert!(matches!(&told.cells[0].outcome, EditOutcome::Conflict { theirs, .. } if theirs == "a2"));
    // Taken back before GEN heard of it.
    let undone = bench.store.undo(&bench.actor, &bench.agent, &sheet.id, Vec::new()).await.unwrap().unwrap();
    assert!(matches!(undone.cells[0].outcome, EditOutcome::Waiting));
    assert_eq!(bench.cell(&sheet, &cells[0]).await.cell.value.as_deref(), Some("a"));

    bench.restart().await;
    assert_eq!(bench.cell(&sheet, &cells[1]).await.cell.value.as_deref(), Some("b"));
    bench.down(false).await;
    send(&bench).await;
    assert_eq!(value_at_gen(&bench, &sheet, &cells[0]).await, "a");
    assert_eq!(bench.rows_here(&sheet.id).await, bench.rows_at_gen(&sheet.id).await);
    let saved = bench.cell(&sheet, &cells[1]).await;
    assert_eq!((saved.waiting.len(), saved.edited_by.unwrap().id), (0, bench.actor.person.id));
    assert!(bench.vidsheet(&sheet.id).await.waiting.is_empty());
}

#[tokio::test]
async fn what_was_changed_at_gen_meanwhile_waits_for_a_person() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, 2).await;
    let (elsewhere, other, _folder) = bench.elsewhere().await;
    elsewhere.adopt_vidsheet(&other, &bench.agent, &sheet.id).await.unwrap();
    let away = json!({"match": {"method": "PUT", "path_contains": "/cells/mass_update"}, "times": 1, "kind": "status", "status": 503});
    bench.fault(away).await;
    let outcomes = set(&bench, &sheet, vec![edit(&cells[0], "mine", ""), edit(&cells[1], "also", "")]).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, EditOutcome::Waiting)), "{outcomes:?}");
    elsewhere
        .set_cell_value(&other, &bench.agent, &sheet.id, &cells[0], "theirs".into(), None)
        .await
        .unwrap();
    send(&bench).await;
    assert_eq!(value_at_gen(&bench, &sheet, &cells[0]).await, "theirs", "nothing is overwritten");
    assert_eq!(value_at_gen(&bench, &sheet, &cells[1]).await, "also");
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let open = store.list_conflicts(actor, agent, &sheet.id).await.unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!((open[0].value.as_str(), open[0].theirs.as_str()), ("mine", "theirs"));
    assert_eq!(open[0].stands, EditStands::Conflict);
    assert_eq!(bench.cell(&sheet, &cells[0]).await.cell.value.as_deref(), Some("theirs"));
    // Who decides by an older view is told, and the text stays.
    let blind = store.settle_conflict(actor, agent, &sheet.id, open[0].id, Keep::Mine, None).await.unwrap();
    assert!(matches!(blind.outcome, EditOutcome::Conflict { .. }));
    let seen = Some("theirs".to_owned());
    let settled = store.settle_conflict(actor, agent, &sheet.id, open[0].id, Keep::Mine, seen).await.unwrap();
    assert!(matches!(settled.outcome, EditOutcome::Saved));
    assert!(store.list_conflicts(actor, agent, &sheet.id).await.unwrap().is_empty());
    assert_eq!(bench.rows_here(&sheet.id).await, bench.rows_at_gen(&sheet.id).await);
    assert_eq!(value_at_gen(&bench, &sheet, &cells[0]).await, "mine");
}

#[tokio::test]
async fn an_edit_whose_answer_was_lost_is_its_own_and_no_conflict() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, 2).await;
    // Both arrive; neither the answer nor the look after it comes back.
    let lost = json!({"match": {"method": "PUT", "path_contains": "/cells/mass_update"}, "times": 1, "kind": "close", "after": true});
    let blind = json!({"match": {"method": "GET", "path_contains": "/rows"}, "times": 4, "kind": "close"});
    bench.fault(lost).await;
    bench.fault(blind).await;
    let outcomes = set(&bench, &sheet, vec![edit(&cells[0], "a", ""), edit(&cells[1], "b", "")]).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, EditOutcome::Waiting)), "{outcomes:?}");
    // The person goes on meanwhile.
    set(&bench, &sheet, vec![edit(&cells[0], "a2", "a")]).await;
    bench.control("DELETE", "fault", json!(null)).await;
    send(&bench).await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    assert!(store.list_conflicts(actor, agent, &sheet.id).await.unwrap().is_empty());
    assert_eq!(value_at_gen(&bench, &sheet, &cells[0]).await, "a2");
    assert_eq!(bench.rows_here(&sheet.id).await, bench.rows_at_gen(&sheet.id).await);
}

#[tokio::test]
async fn what_gen_refuses_later_is_kept_with_the_reason_and_stops_nobody() {
    let bench = Bench::open().await;
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, 2).await;
    bench.down(true).await;
    set(&bench, &sheet, vec![edit(&cells[0], "reject 422", ""), edit(&cells[1], "fine", "")]).await;
    bench.down(false).await;
    send(&bench).await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let open = store.list_conflicts(actor, agent, &sheet.id).await.unwrap();
    assert_eq!(open[0].value, "reject 422");
    assert!(matches!(&open[0].stands, EditStands::Refused { reason } if reason.contains("rejected")));
    assert_eq!(value_at_gen(&bench, &sheet, &cells[1]).await, "fine");
    store.settle_conflict(actor, agent, &sheet.id, open[0].id, Keep::Theirs, None).await.unwrap();
    assert!(bench.vidsheet(&sheet.id).await.waiting.is_empty());
    assert_eq!(bench.rows_here(&sheet.id).await, bench.rows_at_gen(&sheet.id).await);
}
