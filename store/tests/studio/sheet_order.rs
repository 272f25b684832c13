//! Rows and columns: moved, added, marked, named, put away, each taken back again.

use gen_client::model::ColumnKind;
use gen_client::{ColumnId, RowId};
use model::{RowColour, RowMark};
use store::Error;

use crate::bench::{Bench, MINUTE, Sheet, cells};

async fn rows(bench: &Bench, sheet: &Sheet) -> Vec<RowId> {
    bench.vidsheet(&sheet.id).await.vidsheet.rows.into_iter().map(|row| row.id).collect()
}

async fn columns(bench: &Bench, sheet: &Sheet) -> Vec<(ColumnId, String)> {
    let columns = bench.vidsheet(&sheet.id).await.vidsheet.columns;
    columns.into_iter().map(|column| (column.id, column.title)).collect()
}

/// Has GEN asked now, and waits until it is saved.
async fn renew(bench: &Bench, sheet: &Sheet) {
    bench.store.adopt_vidsheet(&bench.actor, &bench.agent, &sheet.id).await.unwrap();
}

#[tokio::test]
async fn rows_move_at_gen_and_back_around_what_others_moved() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    cells(&bench, &sheet, 4).await;
    let old = rows(&bench, &sheet).await;
    let by = |order: &[usize]| order.iter().map(|n| old[*n].clone()).collect::<Vec<_>>();
    let rest: Vec<usize> = (4..old.len()).collect();
    let whole = |first: &[usize]| by(&[first, &rest].concat());
    assert!(old.len() >= 4);
    store.move_rows(actor, agent, &sheet.id, by(&[3]), Some(old[0].clone())).await.unwrap().unwrap();
    assert_eq!(rows(&bench, &sheet).await, whole(&[3, 0, 1, 2]));
    assert_eq!(store.move_rows(actor, agent, &sheet.id, by(&[3]), Some(old[0].clone())).await.unwrap(), None);
    let ana = bench.colleague("Ana").await;
    store.move_rows(&ana, agent, &sheet.id, by(&[1]), Some(old[0].clone())).await.unwrap();
    assert_eq!(rows(&bench, &sheet).await, whole(&[3, 1, 0, 2]));
    store.undo(actor, agent, &sheet.id, Vec::new()).await.unwrap().unwrap();
    assert_eq!(rows(&bench, &sheet).await, whole(&[1, 0, 2, 3]), "hers stays moved");
    renew(&bench, &sheet).await;
    assert_eq!(bench.rows_here(&sheet.id).await.0, bench.rows_at_gen(&sheet.id).await.0);
    let nowhere = store.move_rows(actor, agent, &sheet.id, vec!["9".parse().unwrap()], None).await;
    assert!(matches!(nowhere, Err(Error::NotFound("row"))));
}

#[tokio::test]
async fn rows_are_added_below_a_row_and_put_away_which_no_renewal_takes_back() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let old = rows(&bench, &sheet).await;
    let added = store.add_rows(actor, agent, &sheet.id, 3, Some(sheet.row.clone())).await.unwrap();
    let ids: Vec<RowId> = added.iter().map(|row| row.id.clone()).collect();
    assert!(added.iter().all(|row| !row.cells.is_empty()));
    assert_eq!(rows(&bench, &sheet).await, [&old[..1], &ids[..], &old[1..]].concat());
    assert_eq!(bench.rows_here(&sheet.id).await.0, bench.rows_at_gen(&sheet.id).await.0);
    store.archive_rows(actor, agent, &sheet.id, ids[..2].to_vec(), true).await.unwrap().unwrap();
    assert_eq!(store.archive_rows(actor, agent, &sheet.id, ids[..2].to_vec(), true).await.unwrap(), None);
    renew(&bench, &sheet).await;
    let seq = store.changes().newest();
    bench.clock.advance(2 * MINUTE);
    renew(&bench, &sheet).await;
    assert_eq!(store.changes().newest(), seq, "what is put away is no news at each renewal");
    let opened = bench.vidsheet(&sheet.id).await;
    assert_eq!((opened.vidsheet.rows.len(), opened.archived_rows), (old.len() + 1, 2));
    let away = store.list_archived_rows(actor, agent, &sheet.id).await.unwrap();
    assert_eq!(away.into_iter().map(|row| row.id).collect::<Vec<_>>(), ids[..2]);
    let summary = store.list_vidsheets(actor, agent).await.unwrap();
    let summary = summary.into_iter().find(|summary| summary.id == sheet.id).unwrap();
    assert_eq!(summary.rows as usize, old.len() + 1);
    store.undo(actor, agent, &sheet.id, Vec::new()).await.unwrap().unwrap();
    assert_eq!(rows(&bench, &sheet).await.len(), old.len() + 3);
    store.undo(actor, agent, &sheet.id, Vec::new()).await.unwrap().unwrap();
    assert_eq!(rows(&bench, &sheet).await, old, "rows that were added go away with the act");
    for number in [0, 1_001] {
        let refused = store.add_rows(actor, agent, &sheet.id, number, None).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "Rows", .. })));
    }
}

#[tokio::test]
async fn rows_are_marked_at_gen_and_what_others_keep_there_stays() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let mark = |label: Option<&str>, colour| RowMark { label: label.map(Into::into), colour };
    let of = async || RowMark::of(&bench.vidsheet(&sheet.id).await.vidsheet.rows[0]);
    let hero = mark(Some("hero"), Some(RowColour::Green));
    let marked =
        store.mark_rows(actor, agent, &sheet.id, vec![sheet.row.clone()], hero.clone()).await.unwrap();
    assert!(marked.is_some());
    assert_eq!(of().await, hero);
    renew(&bench, &sheet).await;
    assert_eq!(of().await, hero, "GEN has it");
    let ana = bench.colleague("Ana").await;
    store.undo(actor, agent, &sheet.id, Vec::new()).await.unwrap().unwrap();
    assert_eq!(of().await, RowMark::default());
    store.redo(actor, agent, &sheet.id, Vec::new()).await.unwrap().unwrap();
    store.mark_rows(&ana, agent, &sheet.id, vec![sheet.row.clone()], mark(Some("hers"), None)).await.unwrap();
    let undone = store.undo(actor, agent, &sheet.id, Vec::new()).await.unwrap().unwrap();
    assert_eq!((undone.left.len(), of().await), (1, mark(Some("hers"), None)));
    let long = mark(Some(&"x".repeat(61)), None);
    let refused = store.mark_rows(actor, agent, &sheet.id, vec![sheet.row.clone()], long).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "Label", .. })));
}

#[tokio::test]
async fn columns_are_added_named_described_copied_moved_and_put_away() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let old = columns(&bench, &sheet).await;
    let (first, system) = (old[0].0.clone(), old.last().unwrap().0.clone());
    let undo = async || store.undo(actor, agent, &sheet.id, Vec::new()).await.unwrap().unwrap();

    let added = store.add_column(actor, agent, &sheet.id, " CTA ", ColumnKind::Text).await.unwrap();
    let opened = bench.vidsheet(&sheet.id).await.vidsheet;
    assert!(opened.rows.iter().all(|row| row.cell(&added.id).is_some()), "with a cell in each row");
    assert_eq!(opened.columns.last().unwrap().title, "CTA");
    store.rename_column(actor, agent, &sheet.id, &added.id, "CALL").await.unwrap().unwrap();
    store.describe_column(actor, agent, &sheet.id, &added.id, "What to do next").await.unwrap().unwrap();
    renew(&bench, &sheet).await;
    let opened = bench.vidsheet(&sheet.id).await.vidsheet;
    let column = opened.columns.iter().find(|column| column.id == added.id).unwrap();
    assert_eq!((column.title.as_str(), column.description.as_deref()), ("CALL", Some("What to do next")));
    assert_eq!(undo().await.act.what, "Described CTA".replace("CTA", "CALL"));
    assert_eq!(undo().await.act.what, "Renamed CTA to CALL");
    assert!(columns(&bench, &sheet).await.contains(&(added.id.clone(), "CTA".into())));
    let taken = store.rename_column(actor, agent, &sheet.id, &added.id, &old[0].1).await;
    assert!(matches!(taken, Err(Error::Gen(_))), "GEN's word: {taken:?}");

    store.move_columns(actor, agent, &sheet.id, vec![added.id.clone()], Some(first)).await.unwrap().unwrap();
    assert_eq!(columns(&bench, &sheet).await[0].0, added.id);
    undo().await;
    assert_eq!(columns(&bench, &sheet).await.last().unwrap().0, added.id);
    let copy = store.duplicate_column(actor, agent, &sheet.id, &added.id).await.unwrap();
    assert!(columns(&bench, &sheet).await.iter().any(|(id, _)| *id == copy.id));
    undo().await;
    assert!(!columns(&bench, &sheet).await.iter().any(|(id, _)| *id == copy.id));
    undo().await;
    assert_eq!(columns(&bench, &sheet).await, old, "what was added is put away with the act");
    renew(&bench, &sheet).await;
    assert_eq!(columns(&bench, &sheet).await, old);
    let away = store.list_archived_columns(actor, agent, &sheet.id).await.unwrap();
    assert_eq!(away.len(), 2);
    store.archive_columns(actor, agent, &sheet.id, vec![added.id.clone()], false).await.unwrap().unwrap();
    assert_eq!(columns(&bench, &sheet).await.len(), old.len() + 1);

    for refused in [
        store.rename_column(actor, agent, &sheet.id, &system, "MINE").await.err(),
        store.archive_columns(actor, agent, &sheet.id, vec![system.clone()], true).await.err(),
        store.add_column(actor, agent, &sheet.id, "  ", ColumnKind::Text).await.err(),
    ] {
        assert!(matches!(refused, Some(Error::Invalid { .. })), "{refused:?}");
    }
}

#[tokio::test]
async fn people_who_are_there_are_seen_and_gone_when_they_say_nothing() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let ana = bench.colleague("Ana").await;
    let mut heard = store.changes().presence();
    let here = store.be_present(&ana, agent, &sheet.id, Some(sheet.text.clone()), true).await.unwrap();
    assert_eq!((here.len(), here[0].name.as_str(), here[0].editing), (1, "Ana", true));
    let topic = model::Topic::Presence { agent_id: agent.clone(), vidsheet_id: sheet.id.clone() };
    assert_eq!(heard.recv().await.unwrap(), topic);
    let seq = store.changes().latest_seq().await.unwrap();
    store.be_present(actor, agent, &sheet.id, None, false).await.unwrap();
    assert_eq!(store.list_present(actor, agent, &sheet.id).await.unwrap().len(), 2);
    assert_eq!(store.changes().latest_seq().await.unwrap(), seq, "it is kept nowhere");
    bench.clock.advance(45_000);
    assert_eq!(store.list_present(actor, agent, &sheet.id).await.unwrap(), []);
    let foreign = "1".parse().unwrap();
    assert!(store.be_present(actor, agent, &foreign, None, false).await.is_err());
}
