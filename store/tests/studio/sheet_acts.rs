//! Values that people set, paste, take back and do again.

use std::time::Instant;

use gen_client::CellId;
use gen_client::model::ColumnKind;
use model::{CellEdit, EditOutcome, Gesture, NewColumn, Paste, PasteColumn, Topic};
use serde_json::json;
use store::Error;

use crate::bench::{Bench, Sheet, cells, edit, text_card};

async fn value(bench: &Bench, sheet: &Sheet, cell: &CellId) -> String {
    bench.cell(sheet, cell).await.cell.value.unwrap_or_default()
}

#[tokio::test]
async fn many_cells_go_by_one_call_and_each_its_own_way() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, 6).await;
    let ana = bench.colleague("Ana").await;
    let theirs = vec![edit(&cells[1], "Ana's", "")];
    store.edit_cells(&ana, agent, &sheet.id, theirs, Gesture::Typed).await.unwrap();
    let edits = vec![
        edit(&cells[0], "a", ""),
        edit(&cells[1], "b", ""),
        edit(&cells[2], &"x".repeat(5_000_000), ""),
        edit(&sheet.final_video, "c", ""),
        edit(&"999999".parse().unwrap(), "d", ""),
        edit(&cells[3], "reject 422", ""),
        edit(&cells[4], "e", ""),
    ];
    let edited = store.edit_cells(actor, agent, &sheet.id, edits, Gesture::Filled).await.unwrap();
    let outcomes: Vec<_> = edited.cells.iter().map(|cell| &cell.outcome).collect();
    assert!(matches!(outcomes[0], EditOutcome::Saved));
    let EditOutcome::Conflict { theirs, by } = outcomes[1] else { panic!("{:?}", outcomes[1]) };
    assert_eq!((theirs.as_str(), by.as_deref()), ("Ana's", Some("Ana")));
    for (at, words) in [(2, "at most 20000"), (3, "FINAL VIDEO"), (4, "no such cell"), (5, "rejected")] {
        let EditOutcome::Refused { error } = outcomes[at] else { panic!("{at}: {:?}", outcomes[at]) };
        assert!(error.to_string().contains(words), "{error}");
    }
    assert!(matches!(outcomes[6], EditOutcome::Saved));
    let opened = bench.cell(&sheet, &cells[4]).await;
    assert_eq!(opened.cell.value.as_deref(), Some("e"));
    assert_eq!(opened.edited_by.unwrap().id, actor.person.id);
    assert_eq!(bench.rows_here(&sheet.id).await, bench.rows_at_gen(&sheet.id).await);
    let acts = store.list_acts(&ana, agent, &sheet.id, None).await.unwrap();
    let told: Vec<_> = acts.iter().map(|act| (act.by.as_str(), act.what.as_str())).collect();
    assert_eq!(told[..2], [(actor.person.name.as_str(), "Filled 2 cells"), ("Ana", "Typed 1 cell")]);
}

#[tokio::test]
async fn what_a_short_answer_leaves_out_is_read_back_and_sent_again() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, 3).await;
    // GEN answers that all is well and does nothing.
    let nothing = json!({"match": {"path_contains": "/cells/mass_update"}, "times": 1, "kind": "status", "status": 200, "body": []});
    bench.fault(nothing).await;
    let edits = cells.iter().map(|cell| edit(cell, "a", "")).collect();
    let edited = store.edit_cells(actor, agent, &sheet.id, edits, Gesture::Typed).await.unwrap();
    assert!(edited.cells.iter().all(|cell| matches!(cell.outcome, EditOutcome::Saved)), "{edited:?}");
    assert_eq!(bench.rows_here(&sheet.id).await, bench.rows_at_gen(&sheet.id).await);
    assert_eq!(value(&bench, &sheet, &cells[2]).await, "a");
}

#[tokio::test]
async fn an_act_is_taken_back_and_done_again_and_a_colleagues_change_stays() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let cells = cells(&bench, &sheet, 3).await;
    let undo = async |over: Vec<CellId>| store.undo(actor, agent, &sheet.id, over).await.unwrap();
    let redo = async || store.redo(actor, agent, &sheet.id, Vec::new()).await.unwrap();
    // Rows that were added are acts of their own; this one comes after them.
    let edits = cells.iter().map(|cell| edit(cell, "mine", "")).collect();
    store.edit_cells(actor, agent, &sheet.id, edits, Gesture::Pasted).await.unwrap();
    assert!(redo().await.is_none(), "nothing was taken back");
    let undone = undo(Vec::new()).await.unwrap();
    assert!(undone.act.undone_at.is_some() && undone.act.what == "Pasted 3 cells");
    assert_eq!(value(&bench, &sheet, &cells[0]).await, "");
    assert!(redo().await.unwrap().act.undone_at.is_none());
    assert_eq!(value(&bench, &sheet, &cells[0]).await, "mine");

    let ana = bench.colleague("Ana").await;
    let hers = vec![edit(&cells[1], "hers", "mine")];
    store.edit_cells(&ana, agent, &sheet.id, hers, Gesture::Typed).await.unwrap();
    let undone = undo(Vec::new()).await.unwrap();
    let EditOutcome::Conflict { theirs, by } = &undone.cells[1].outcome else { panic!("{undone:?}") };
    assert_eq!((theirs.as_str(), by.as_deref()), ("hers", Some("Ana")));
    let now = [value(&bench, &sheet, &cells[0]).await, value(&bench, &sheet, &cells[1]).await];
    assert_eq!(now, ["", "hers"]);
    let insisted = undo(vec![cells[1].clone()]).await.unwrap();
    assert_eq!((insisted.act.id, insisted.cells.len()), (undone.act.id, 1));
    assert_eq!(value(&bench, &sheet, &cells[1]).await, "");

    let anew = vec![edit(&cells[2], "anew", "")];
    store.edit_cells(actor, agent, &sheet.id, anew, Gesture::Typed).await.unwrap();
    assert!(redo().await.is_none(), "who acts anew cannot do again what they took back before");
    assert_eq!(undo(Vec::new()).await.unwrap().act.what, "Typed 1 cell");
    assert!(matches!(undo(Vec::new()).await.unwrap().act.what.as_str(), "Added 1 row"));
    assert!(store.undo(&ana, agent, &sheet.id, Vec::new()).await.unwrap().is_some(), "hers is hers");
    assert_eq!(bench.rows_here(&sheet.id).await.1, bench.rows_at_gen(&sheet.id).await.1);
}

#[tokio::test]
async fn a_take_that_was_chosen_is_given_back_with_what_was_typed_over_the_other() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    for prompt in ["one hook", "another hook"] {
        bench.spend(&sheet, prompt).await.unwrap();
        bench.drain().await;
    }
    let made = value(&bench, &sheet, &sheet.text).await;
    store
        .edit_cells(actor, agent, &sheet.id, vec![edit(&sheet.text, "typed over", &made)], Gesture::Typed)
        .await
        .unwrap();
    let takes = store.list_takes(actor, agent, &sheet.id, &sheet.text).await.unwrap();
    let (newer, older) = (&takes[0].generation.id, &takes[1].generation.id);
    store.choose_take(actor, agent, &sheet.id, &sheet.text, older).await.unwrap();
    assert_ne!(value(&bench, &sheet, &sheet.text).await, "typed over");
    store.undo(actor, agent, &sheet.id, Vec::new()).await.unwrap().unwrap();
    let back = bench.cell(&sheet, &sheet.text).await;
    assert_eq!(back.cell.value.as_deref(), Some("typed over"));
    assert_eq!(&back.cell.default_generation.unwrap().id, newer);
    store.redo(actor, agent, &sheet.id, Vec::new()).await.unwrap().unwrap();
    assert_eq!(&bench.cell(&sheet, &sheet.text).await.cell.default_generation.unwrap().id, older);
    // Somebody generates anew: what was chosen before is theirs no longer.
    store.start_generation(actor, agent, &sheet.id, &sheet.text, text_card("a third")).await.unwrap();
    bench.drain().await;
    let undone = store.undo(actor, agent, &sheet.id, Vec::new()).await.unwrap().unwrap();
    assert!(matches!(undone.cells[0].outcome, EditOutcome::Conflict { .. }), "{undone:?}");
    assert_eq!(bench.rows_here(&sheet.id).await.1, bench.rows_at_gen(&sheet.id).await.1);
}

#[tokio::test]
async fn a_paste_makes_the_rows_and_columns_it_needs_and_is_taken_back_whole() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let before = bench.vidsheet(&sheet.id).await.vidsheet;
    let column = before.columns.iter().find(|column| column.title == "TEXT 1").unwrap().id.clone();
    let paste = Paste {
        edits: vec![edit(&sheet.text, "first", "")],
        new_columns: vec![NewColumn {
            title: "TEXT 1".into(),
            values: vec![(sheet.row.clone(), "beside".into())],
        }],
        new_rows: vec![
            vec![
                (PasteColumn::Known(column.clone()), "below".into()),
                (PasteColumn::New(0), "corner".into()),
            ],
            vec![(PasteColumn::New(0), "last".into())],
        ],
    };
    let pasted = store.paste(actor, agent, &sheet.id, paste).await.unwrap();
    assert!(pasted.failed.is_none(), "{pasted:?}");
    assert_eq!((pasted.columns.len(), pasted.rows.len(), pasted.edited.cells.len()), (1, 2, 5));
    assert!(pasted.edited.cells.iter().all(|cell| matches!(cell.outcome, EditOutcome::Saved)));
    let after = bench.vidsheet(&sheet.id).await.vidsheet;
    assert_eq!(after.rows.len(), before.rows.len() + 2);
    let new = after.columns.iter().find(|column| column.id == pasted.columns[0]).unwrap();
    assert_eq!(new.title, "TEXT 1 2", "GEN takes a title once");
    let corner = &after.rows[before.rows.len()];
    assert_eq!(corner.cell(&new.id).unwrap().value.as_deref(), Some("corner"));
    assert_eq!(corner.cell(&column).unwrap().value.as_deref(), Some("below"));
    let what = &store.list_acts(actor, agent, &sheet.id, None).await.unwrap()[0].what;
    assert_eq!(what, "Pasted 5 cells, 1 new column, 2 new rows");
    assert_eq!(bench.rows_here(&sheet.id).await, bench.rows_at_gen(&sheet.id).await);

    store.undo(actor, agent, &sheet.id, Vec::new()).await.unwrap().unwrap();
    let undone = bench.vidsheet(&sheet.id).await;
    assert_eq!(undone.vidsheet.rows.len(), before.rows.len());
    assert_eq!(undone.vidsheet.columns.len(), before.columns.len());
    assert_eq!((undone.archived_rows, undone.archived_columns), (2, 1));
    assert!(
        !bench.rows_at_gen(&sheet.id).await.1.values().any(|value| value == "corner" || value == "first")
    );
    store.redo(actor, agent, &sheet.id, Vec::new()).await.unwrap().unwrap();
    assert_eq!(bench.vidsheet(&sheet.id).await.vidsheet.rows.len(), before.rows.len() + 2);
    assert_eq!(bench.rows_here(&sheet.id).await, bench.rows_at_gen(&sheet.id).await);
}

#[tokio::test]
async fn a_paste_keeps_what_gen_made_before_it_failed_and_says_why_not_more() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let before = bench.vidsheet(&sheet.id).await.vidsheet.rows.len();
    let column = bench.vidsheet(&sheet.id).await.vidsheet.columns[0].id.clone();
    let refused = json!({"match": {"method": "POST", "path_contains": "/rows"}, "times": 1, "kind": "status", "status": 422,
        "body": {"error": "No more rows", "error_code": "validation_error"}});
    let row = |text: &str| vec![(PasteColumn::Known(column.clone()), text.to_owned())];
    bench.fault(refused).await;
    let paste = Paste {
        edits: vec![edit(&sheet.text, "kept", "")],
        new_rows: vec![row("a"), row("b")],
        ..Paste::default()
    };
    let pasted = store.paste(actor, agent, &sheet.id, paste).await.unwrap();
    assert!(pasted.failed.is_some_and(|error| error.to_string().contains("No more rows")));
    assert_eq!((pasted.rows.len(), bench.vidsheet(&sheet.id).await.vidsheet.rows.len()), (0, before));
    assert_eq!(value(&bench, &sheet, &sheet.text).await, "kept");
    let long = Paste { new_rows: vec![row("a"); 1_001], ..Paste::default() };
    let refused = store.paste(actor, agent, &sheet.id, long).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "Paste", .. })), "{refused:?}");
}

/// How long it takes is printed and not judged: what is judged is how often GEN is asked and what is told.
#[tokio::test]
async fn thousands_of_cells_are_one_act_few_calls_and_one_piece_of_news() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    for n in 0..17 {
        store.add_column(actor, agent, &sheet.id, &format!("COLUMN {n}"), ColumnKind::Text).await.unwrap();
    }
    store.add_rows(actor, agent, &sheet.id, 120, None).await.unwrap();
    let vidsheet = bench.vidsheet(&sheet.id).await.vidsheet;
    let own = vidsheet.columns.iter().filter(|column| !column.role.is_system()).collect::<Vec<_>>();
    let cells = vidsheet.rows.iter().flat_map(|row| own.iter().map(|column| row.cell(&column.id).unwrap()));
    let empty = cells.filter(|cell| cell.value.as_deref().is_none_or(str::is_empty));
    let all: Vec<CellId> = empty.map(|cell| cell.id.clone()).take(2_000).collect();
    assert_eq!(all.len(), 2_000);
    let seq = store.changes().newest();
    let edits: Vec<CellEdit> =
        all.iter().enumerate().map(|(n, cell)| edit(cell, &format!("value {n}"), "")).collect();
    let begun = Instant::now();
    let pasted = store.paste(actor, agent, &sheet.id, Paste { edits, ..Paste::default() }).await.unwrap();
    let took = begun.elapsed();
    assert!(pasted.edited.cells.iter().all(|cell| matches!(cell.outcome, EditOutcome::Saved)));
    assert_eq!(bench.calls("PUT", "/cells/mass_update").await.len(), 4, "500 cells a call");
    let news = store.changes().since(actor, seq).await.unwrap().unwrap();
    let whole = Topic::Vidsheet { agent_id: agent.clone(), vidsheet_id: sheet.id.clone() };
    assert_eq!(news.into_iter().map(|change| change.topic).collect::<Vec<_>>(), [whole]);
    assert_eq!(bench.rows_here(&sheet.id).await, bench.rows_at_gen(&sheet.id).await);
    let begun = Instant::now();
    let undone = store.undo(actor, agent, &sheet.id, Vec::new()).await.unwrap().unwrap();
    println!("2,000 cells pasted in {took:?}, taken back in {:?}", begun.elapsed());
    assert_eq!(undone.cells.len(), 2_000);
    assert_eq!(bench.rows_here(&sheet.id).await, bench.rows_at_gen(&sheet.id).await);
}
