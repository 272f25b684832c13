//! Ideas become rows: once each, wherever the making is interrupted.

use std::collections::BTreeMap;

use gen_client::VidsheetId;
use gen_client::model::{Idea, IdeaStatus};
use model::{Conversion, ConversionOrder, ConversionTarget, IdeaField, SavedVidsheet};
use serde_json::{Value, json};
use store::Error;

use crate::bench::Bench;

const IDEAS: usize = 3;

/// Everything in a conversion that can be interrupted: GEN's operation, which call of it, and how many there are.
const TEMPLATE_STEPS: &[(&str, u32)] = &[
    ("cloneTemplate", 1),
    ("getSheet", 2),
    ("createRow", IDEAS as u32 - 1),
    ("massUpdateCells", 1),
    ("setIdeaStatus", IDEAS as u32),
];
const VIDSHEET_STEPS: &[(&str, u32)] =
    &[("getSheet", 2), ("createRow", IDEAS as u32), ("massUpdateCells", 1), ("setIdeaStatus", IDEAS as u32)];

async fn generated(bench: &Bench) -> Vec<Idea> {
    let board = bench.store.open_board(&bench.actor, &bench.agent).await.unwrap().value;
    let all = board.ideas.into_iter().filter(|idea| idea.status == IdeaStatus::Generated);
    all.take(IDEAS).collect()
}

fn order(ideas: &[Idea], target: ConversionTarget) -> ConversionOrder {
    let mapping = BTreeMap::from([
        ("TEXT 1".to_owned(), IdeaField::Hook),
        ("SCRIPT".to_owned(), IdeaField::FullScript),
    ]);
    let ideas = ideas.iter().map(|idea| idea.id.clone()).collect();
    ConversionOrder { ideas, target, mapping, status: Some(IdeaStatus::ApproveToCreate) }
}

fn template() -> ConversionTarget {
    ConversionTarget::Template { slug: "tiktok-talking-avatar".into() }
}

async fn convert(bench: &Bench, order: ConversionOrder, request: &str) -> store::Result<Conversion> {
    bench.store.start_conversion(&bench.actor, &bench.agent, order, request.into()).await
}

/// Lets a call of an operation be lost, after `before` that go well.
async fn lose(bench: &Bench, operation: &str, before: u32, arrives: bool) {
    let on = json!({ "operation": operation });
    if before > 0 {
        bench.fault(json!({ "match": on, "times": before, "kind": "delay", "ms": 0 })).await;
    }
    bench.fault(json!({ "match": on, "times": 1, "kind": "close", "after": arrives })).await;
}

/// The rows that hold an idea's script, by what GEN says now.
async fn at_gen(bench: &Bench, vidsheet: &VidsheetId) -> SavedVidsheet {
    bench.store.adopt_vidsheet(&bench.actor, &bench.agent, vidsheet).await.unwrap();
    bench.vidsheet(vidsheet).await
}

fn values(sheet: &SavedVidsheet, title: &str) -> Vec<String> {
    let column = sheet.vidsheet.columns.iter().find(|column| column.title == title).unwrap();
    let value = |row: &gen_client::model::Row| row.cell(&column.id).and_then(|cell| cell.value.clone());
    sheet.vidsheet.rows.iter().map(|row| value(row).unwrap_or_default()).collect()
}

/// Exactly one row per idea, in order, filled; links, statuses and history say the same.
async fn check(bench: &Bench, ideas: &[Idea], conversion: &Conversion, rows_before: usize, case: &str) {
    let all = ideas.len() as u32;
    assert_eq!((conversion.rows, conversion.filled, conversion.ended), (all, all, true), "{case}");
    assert_eq!(conversion.trouble, None, "{case}");
    let vidsheet = conversion.vidsheet_id.clone().unwrap();
    let sheet = at_gen(bench, &vidsheet).await;
    let scripts: Vec<String> = ideas.iter().map(|idea| idea.full_script.clone().unwrap()).collect();
    let hooks: Vec<String> = ideas.iter().map(|idea| idea.hook.clone().unwrap()).collect();
    assert_eq!(
        values(&sheet, "SCRIPT")[rows_before..],
        scripts,
        "{case}: one row for each idea, and no more"
    );
    assert_eq!(values(&sheet, "TEXT 1")[rows_before..], hooks, "{case}");
    let board = bench.store.open_board(&bench.actor, &bench.agent).await.unwrap().value;
    for (place, idea) in ideas.iter().enumerate() {
        let links: Vec<_> = board.rows.iter().filter(|row| row.idea_id == idea.id).collect();
        assert_eq!(links.len(), 1, "{case}");
        assert_eq!(links[0].row_id, sheet.vidsheet.rows[rows_before + place].id, "{case}");
        let now = board.ideas.iter().find(|known| known.id == idea.id).unwrap();
        assert_eq!(now.status, IdeaStatus::ApproveToCreate, "{case}");
        let events = bench.store.list_idea_events(&bench.actor, &bench.agent, &idea.id).await.unwrap();
        assert_eq!(events.len(), 1, "{case}: the move is in its history once");
    }
}

#[tokio::test]
async fn ideas_become_the_rows_of_a_clone_in_few_calls() {
    let bench = Bench::open().await;
    let ideas = generated(&bench).await;
    let plan = bench.store.plan_conversion(&bench.actor, &bench.agent, &template()).await.unwrap();
    assert!(!plan.remembered);
    assert_eq!(plan.mapping, order(&ideas, template()).mapping, "the proposal fits by the titles");
    let conversion = convert(&bench, order(&ideas, template()), "1").await.unwrap();
    check(&bench, &ideas, &conversion, 0, "undisturbed").await;
    assert_eq!(bench.calls("POST", "/rows").await.len(), IDEAS - 1, "the clone's empty row is used");
    assert_eq!(bench.calls("PUT", "/cells/mass_update").await.len(), 1, "all cells by one call");
    let again = convert(&bench, order(&ideas, template()), "1").await.unwrap();
    assert_eq!((again.id, bench.calls("POST", "/clone").await.len()), (conversion.id, 1), "the same yes");

    let swapped = BTreeMap::from([("SCRIPT".to_owned(), IdeaField::Title)]);
    let target = ConversionTarget::Vidsheet { id: conversion.vidsheet_id.unwrap() };
    let more =
        ConversionOrder { mapping: swapped.clone(), status: None, ..order(&ideas[..1], target.clone()) };
    let more = convert(&bench, more, "2").await.unwrap();
    assert_eq!((more.rows, more.ended), (1, true), "a person may want a second row of one idea");
    let plan = bench.store.plan_conversion(&bench.actor, &bench.agent, &target).await.unwrap();
    assert_eq!((plan.mapping, plan.remembered), (swapped, true), "each target has its own mapping");
    let plan = bench.store.plan_conversion(&bench.actor, &bench.agent, &template()).await.unwrap();
    assert!(plan.remembered && plan.mapping.len() == 2);
}

/// The property: lose any one call, on its way there or back, stop the process, go on; there is exactly one row per
/// idea.
#[tokio::test]
async fn killed_at_any_step_and_resumed_each_idea_has_exactly_one_row() {
    for in_template in [true, false] {
        let steps = if in_template { TEMPLATE_STEPS } else { VIDSHEET_STEPS };
        for (operation, calls) in steps {
            for call in 0..*calls {
                for arrives in [false, true] {
                    interrupted(in_template, operation, call, arrives).await;
                }
            }
        }
    }
}

async fn interrupted(in_template: bool, operation: &str, call: u32, arrives: bool) {
    let case = format!("{operation} {call}, arrives: {arrives}, template: {in_template}");
    let mut bench = Bench::open().await;
    let ideas = generated(&bench).await;
    let (target, rows_before) = if in_template {
        (template(), 0)
    } else {
        (ConversionTarget::Vidsheet { id: bench.sheet().await.id }, 1)
    };
    lose(&bench, operation, call, arrives).await;
    let stopped = convert(&bench, order(&ideas, target), "1").await.unwrap();
    // The client may repeat a look that fails, and finds out by a look whether a value or a status has arrived; every
    // other call stops the conversion.
    assert_eq!(stopped.ended, stopped.trouble.is_none(), "{case}: {stopped:?}");
    if operation != "getSheet" {
        let found_out = arrives && ["massUpdateCells", "setIdeaStatus"].contains(&operation);
        assert_eq!(stopped.ended, found_out, "{case}: {stopped:?}");
    }
    bench.control("DELETE", "fault", json!(null)).await;
    bench.restart().await;
    bench.store.recover().await.unwrap();
    let done = bench.store.resume_conversion(&bench.actor, &bench.agent, &stopped.id).await.unwrap();
    check(&bench, &ideas, &done, rows_before, &case).await;
    let calls = bench.control("GET", "requests", Value::Null).await.as_array().unwrap().len();
    let again = bench.store.resume_conversion(&bench.actor, &bench.agent, &stopped.id).await.unwrap();
    assert_eq!(again, done, "{case}: what has ended stays as it is");
    assert_eq!(
        bench.control("GET", "requests", Value::Null).await.as_array().unwrap().len(),
        calls,
        "{case}"
    );
}

#[tokio::test]
async fn a_restart_in_the_middle_says_that_it_stands_still_and_what_somebody_wrote_stays() {
    let mut bench = Bench::open().await;
    let ideas = generated(&bench).await;
    lose(&bench, "massUpdateCells", 0, false).await;
    let stopped = convert(&bench, order(&ideas, template()), "1").await.unwrap();
    assert_eq!((stopped.rows, stopped.filled), (IDEAS as u32, 0));
    bench.restart().await;
    let vidsheet = stopped.vidsheet_id.clone().unwrap();
    let sheet = at_gen(&bench, &vidsheet).await.vidsheet;
    let column = sheet.columns.iter().find(|column| column.title == "SCRIPT").unwrap();
    let cell = sheet.rows[1].cell(&column.id).unwrap().id.clone();
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    store.set_cell_value(actor, agent, &vidsheet, &cell, "my own words".into(), None).await.unwrap();
    let done = store.resume_conversion(actor, agent, &stopped.id).await.unwrap();
    assert!(done.ended);
    let scripts = values(&at_gen(&bench, &vidsheet).await, "SCRIPT");
    assert_eq!(scripts[1], "my own words");
    assert_eq!(scripts[0], ideas[0].full_script.clone().unwrap());
    assert_eq!(scripts.len(), IDEAS);
}

#[tokio::test]
async fn a_mass_update_that_is_not_carried_out_is_made_good_cell_by_cell() {
    let bench = Bench::open().await;
    let ideas = generated(&bench).await;
    bench
        .fault(json!({ "match": { "operation": "massUpdateCells" }, "times": 1, "kind": "status", "status": 200, "body": [] }))
        .await;
    let conversion = convert(&bench, order(&ideas, template()), "1").await.unwrap();
    check(&bench, &ideas, &conversion, 0, "without a mass update").await;
}

#[tokio::test]
async fn what_cannot_become_a_row_is_refused_before_anything_is_sent() {
    let bench = Bench::open().await;
    let ideas = generated(&bench).await;
    let before = bench.control("GET", "requests", Value::Null).await.as_array().unwrap().len();
    let none = ConversionOrder { ideas: Vec::new(), ..order(&ideas, template()) };
    let twice = ConversionOrder { ideas: vec![ideas[0].id.clone(); 2], ..order(&ideas, template()) };
    let bare = ConversionOrder { mapping: BTreeMap::new(), ..order(&ideas, template()) };
    for (n, refused) in [none, twice, bare].into_iter().enumerate() {
        let answer = convert(&bench, refused, &n.to_string()).await;
        assert!(matches!(answer, Err(Error::Invalid { .. })), "{answer:?}");
    }
    let foreign = ConversionTarget::Vidsheet { id: "1".parse().unwrap() };
    for elsewhere in [foreign, ConversionTarget::Template { slug: "../x".into() }] {
        let answer = convert(&bench, order(&ideas, elsewhere), "4").await;
        assert!(matches!(answer, Err(Error::NotFound(_))), "{answer:?}");
    }
    assert_eq!(bench.control("GET", "requests", Value::Null).await.as_array().unwrap().len(), before);
}
