//! The registry: vidsheets made with columns and rows, copied to another agent, labelled, and put out of sight.

use gen_client::model::ColumnKind;
use model::{PlannedColumn, VidsheetPlan, VidsheetSummary};
use serde_json::json;
use store::Error;

use crate::bench::Bench;

fn plan(titles: &[&str], rows: u32) -> VidsheetPlan {
    let column = |title: &&str| PlannedColumn { title: (*title).to_owned(), kind: ColumnKind::Text };
    VidsheetPlan { columns: titles.iter().map(column).collect(), rows }
}

async fn line(bench: &Bench, id: &gen_client::VidsheetId) -> VidsheetSummary {
    let all = bench.store.list_vidsheets(&bench.actor, &bench.agent).await.unwrap();
    all.into_iter().find(|line| line.id == *id).unwrap()
}

#[tokio::test]
async fn a_blank_vidsheet_gets_its_columns_in_order_and_its_rows() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let wanted = plan(&["HOOK", "SCRIPT", "VOICE"], 2);
    let id = store.create_vidsheet(actor, agent, " Kiln diary ", wanted.clone()).await.unwrap();
    assert_eq!(line(&bench, &id).await.missing, Some(wanted), "nothing but the vidsheet is made yet");
    store.complete_vidsheet(actor, agent, &id).await.unwrap();
    let sheet = bench.vidsheet(&id).await.vidsheet;
    let titles: Vec<&str> = sheet.columns.iter().map(|column| column.title.as_str()).collect();
    assert_eq!(
        (sheet.title.as_str(), titles, sheet.rows.len()),
        ("Kiln diary", vec!["HOOK", "SCRIPT", "VOICE"], 2)
    );
    assert_eq!(line(&bench, &id).await.missing, None);
    assert_eq!(bench.calls("POST", "/columns").await.len(), 3, "a call for each column");
    store.complete_vidsheet(actor, agent, &id).await.unwrap();
    assert_eq!(bench.calls("POST", "/columns").await.len(), 3, "what is whole is left alone");
    let twice = store.create_vidsheet(actor, agent, "X", plan(&["HOOK", "hook"], 0)).await;
    assert!(matches!(twice, Err(Error::Invalid { .. })), "{twice:?}");
}

/// Lose any one call, on its way there or back: what was made stays, and asking again makes the rest, each once.
#[tokio::test]
async fn what_a_failure_left_out_is_made_by_asking_again() {
    for (operation, before) in [("createColumn", 0), ("createColumn", 2), ("createRow", 0), ("createRow", 1)]
    {
        for arrives in [false, true] {
            let bench = Bench::open().await;
            let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
            let case = format!("{operation} {before} {arrives}");
            let id = store.create_vidsheet(actor, agent, "Kiln", plan(&["A", "B", "C"], 2)).await.unwrap();
            let on = json!({ "operation": operation });
            if before > 0 {
                bench.fault(json!({ "match": on, "times": before, "kind": "delay", "ms": 0 })).await;
            }
            bench.fault(json!({ "match": on, "times": 1, "kind": "close", "after": arrives })).await;
            let lost = store.complete_vidsheet(actor, agent, &id).await;
            assert!(matches!(lost, Err(Error::Gen(_))), "{case}: {lost:?}");
            let missing = line(&bench, &id).await.missing;
            let last = operation == "createRow" && before == 1 && arrives;
            assert_eq!(missing.is_none(), last, "{case}: {missing:?}");
            store.complete_vidsheet(actor, agent, &id).await.unwrap();
            let sheet = bench.vidsheet(&id).await.vidsheet;
            let titles: Vec<&str> = sheet.columns.iter().map(|column| column.title.as_str()).collect();
            assert_eq!((titles, sheet.rows.len()), (vec!["A", "B", "C"], 2), "{case}");
        }
    }
}

#[tokio::test]
async fn what_is_missing_can_be_let_go() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let id = store.create_vidsheet(actor, agent, "Kiln", plan(&["A"], 0)).await.unwrap();
    store.drop_plan(actor, agent, &id).await.unwrap();
    assert_eq!(line(&bench, &id).await.missing, None);
    store.complete_vidsheet(actor, agent, &id).await.unwrap();
    assert!(bench.calls("POST", "/columns").await.is_empty());
}

#[tokio::test]
async fn a_template_is_cloned_with_a_title_and_rows() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let slug = "tiktok-talking-avatar";
    let id = store.clone_template(actor, agent, slug, Some("May shorts"), 4).await.unwrap();
    assert_eq!(line(&bench, &id).await.missing.map(|left| left.rows), Some(3), "one row is the template's");
    store.complete_vidsheet(actor, agent, &id).await.unwrap();
    let sheet = bench.vidsheet(&id).await.vidsheet;
    assert_eq!((sheet.title.as_str(), sheet.rows.len()), ("May shorts", 4));
    store.adopt_vidsheet(actor, agent, &id).await.unwrap();
    assert_eq!(
        bench.vidsheet(&id).await.vidsheet.title,
        "May shorts",
        "GEN's own title does not take it away"
    );
}

#[tokio::test]
async fn a_vidsheet_is_copied_to_another_agent_that_the_same_key_reaches() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let agents = store.list_agents(actor).await.unwrap().value;
    let other = agents.into_iter().map(|other| other.id).find(|other| other != agent).unwrap();
    let copy = store.clone_vidsheet(actor, agent, &sheet.id, Some(&other), Some("Copy")).await.unwrap();
    let there = store.list_vidsheets(actor, &other).await.unwrap();
    assert_eq!(
        there.iter().map(|line| (&line.id, line.title.as_str())).collect::<Vec<_>>(),
        [(&copy, "Copy")]
    );
    assert!(store.list_vidsheets(actor, agent).await.unwrap().iter().all(|line| line.id != copy));
    let nowhere = "ag_no_such_agent".parse().unwrap();
    let refused = store.clone_vidsheet(actor, agent, &sheet.id, Some(&nowhere), None).await;
    assert!(matches!(refused, Err(Error::NotFound("agent"))), "{refused:?}");
}

#[tokio::test]
async fn labels_a_name_and_the_archive_are_ours_alone() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let sheet = bench.sheet().await;
    let before = bench.control("GET", "requests", json!(null)).await.as_array().unwrap().len();
    let labels = vec![" may ".to_owned(), "Wet  clay".to_owned(), "MAY".to_owned(), String::new()];
    store.describe_vidsheet(actor, agent, &sheet.id, "Ours", labels).await.unwrap();
    store.archive_vidsheet(actor, agent, &sheet.id, true).await.unwrap();
    let archived = line(&bench, &sheet.id).await;
    assert_eq!((archived.title.as_str(), archived.archived), ("Ours", true));
    assert_eq!(archived.labels, ["Wet clay", "may"]);
    assert_eq!(bench.vidsheet(&sheet.id).await.vidsheet.title, "Ours", "it can still be opened");
    store.archive_vidsheet(actor, agent, &sheet.id, false).await.unwrap();
    assert!(!line(&bench, &sheet.id).await.archived);
    let after = bench.control("GET", "requests", json!(null)).await.as_array().unwrap().len();
    assert_eq!(after, before, "GEN heard of none of it");
    let long = store.describe_vidsheet(actor, agent, &sheet.id, "Ours", vec!["x".repeat(41)]).await;
    assert!(matches!(long, Err(Error::Invalid { field: "Labels", .. })), "{long:?}");
    let foreign = store.archive_vidsheet(actor, agent, &"1".parse().unwrap(), true).await;
    assert!(matches!(foreign, Err(Error::NotFound("vidsheet"))), "{foreign:?}");
}
