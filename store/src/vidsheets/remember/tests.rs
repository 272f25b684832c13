use std::time::{Duration, Instant};

use serde_json::json;

use super::*;
use crate::testing::Bench;

fn place() -> Place {
    Place { agent: "5".parse().unwrap(), vidsheet: "777".parse().unwrap(), key: 1 }
}

fn sheet(rows: u64, columns: u64) -> Vidsheet {
    let column = |n: u64| json!({"id": n + 1, "title": format!("TEXT {n}"), "type": "text", "role": "ingredient", "position": n});
    let cell = |row: u64, n: u64| json!({"id": 1_000_000 + row * 10 + n, "column_id": n + 1, "value": format!("cell {row}/{n}")});
    let row = |n: u64| {
        let cells: Vec<_> = (0..columns).map(|column| cell(n, column)).collect();
        json!({"id": 100_000 + n, "position": n, "cells": cells})
    };
    serde_json::from_value(json!({
        "id": 777,
        "title": "Large",
        "columns": (0..columns).map(column).collect::<Vec<_>>(),
        "rows": (0..rows).map(row).collect::<Vec<_>>(),
    }))
    .unwrap()
}

async fn keep(bench: &Bench, fetched: Vidsheet) -> Vec<Topic> {
    let seq = bench.store.changes().latest_seq().await.unwrap();
    let mut tx = bench.store.write_tx().await.unwrap();
    vidsheet(&mut tx, &place(), fetched).await.unwrap();
    tx.commit().await.unwrap();
    let topics: Vec<String> = sqlx::query_scalar("SELECT topic FROM change WHERE seq > ?")
        .bind(seq)
        .fetch_all(bench.store.read())
        .await
        .unwrap();
    topics.iter().map(|topic| serde_json::from_str(topic).unwrap()).collect()
}

async fn saved(bench: &Bench) -> Vidsheet {
    let mut conn = bench.store.read().acquire().await.unwrap();
    let place = place();
    load::vidsheet(&mut conn, &place.agent, &place.vidsheet, load::Which::All).await.unwrap().unwrap()
}

/// Far more than anybody has. The limits are generous, because tests run unoptimised on busy machines: what
/// they catch is one statement per cell.
#[tokio::test]
async fn five_thousand_rows_of_ten_columns_take_seconds() {
    let bench = Bench::alone().await;
    let large = sheet(5_000, 10);
    let begun = Instant::now();
    keep(&bench, large.clone()).await;
    let kept = begun.elapsed();
    let begun = Instant::now();
    let opened = saved(&bench).await;
    let read = begun.elapsed();
    assert_eq!(opened, large);
    let begun = Instant::now();
    assert_eq!(keep(&bench, large).await, []);
    let compared = begun.elapsed();
    println!("kept in {kept:?}, read in {read:?}, compared in {compared:?}");
    let limit = Duration::from_secs(20);
    assert!(kept < limit && read < limit && compared < limit, "{kept:?} {read:?} {compared:?}");
}

#[tokio::test]
async fn few_cells_are_told_one_by_one_and_many_as_one() {
    let bench = Bench::alone().await;
    let mut fetched = sheet(30, 1);
    keep(&bench, fetched.clone()).await;
    fetched.rows[3].cells[0].value = Some("new".into());
    fetched.rows[4].cells[0].value = None;
    let topics = keep(&bench, fetched.clone()).await;
    assert_eq!(topics.len(), 2);
    assert!(topics.iter().all(|topic| matches!(topic, Topic::Cell { .. })));
    for row in &mut fetched.rows {
        row.cells[0].value = Some("newer".into());
    }
    let topics = keep(&bench, fetched.clone()).await;
    assert!(matches!(topics[..], [Topic::Vidsheet { .. }]), "{topics:?}");
    assert_eq!(saved(&bench).await, fetched);
}

#[tokio::test]
async fn rows_that_are_gone_are_hidden_and_come_back_whole() {
    let bench = Bench::alone().await;
    let whole = sheet(3, 2);
    keep(&bench, whole.clone()).await;
    let mut shorter = whole.clone();
    shorter.rows.remove(1);
    keep(&bench, shorter.clone()).await;
    assert_eq!(saved(&bench).await, shorter);
    let mut bare = whole.clone();
    for row in &mut bare.rows {
        row.cells.clear();
    }
    keep(&bench, bare).await;
    assert_eq!(saved(&bench).await, whole);
    let empty = Vidsheet { columns: Vec::new(), rows: Vec::new(), ..whole.clone() };
    assert_eq!(keep(&bench, empty).await, []);
    assert_eq!(saved(&bench).await, whole);
}

#[tokio::test]
async fn d44_a_vidsheet_of_another_agent_is_not_taken_over() {
    let bench = Bench::alone().await;
    keep(&bench, sheet(1, 1)).await;
    let other = Place { agent: "6".parse().unwrap(), ..place() };
    let mut tx = bench.store.write_tx().await.unwrap();
    let taken = vidsheet(&mut tx, &other, sheet(2, 1)).await;
    assert!(matches!(taken, Err(Error::NotFound("vidsheet"))));
}

#[tokio::test]
async fn what_has_ended_is_kept_by_the_database_itself() {
    let bench = Bench::alone().await;
    let mut fetched = sheet(1, 1);
    fetched.rows[0].cells[0].generations =
        vec![serde_json::from_value(json!({"id": 9, "status": "completed"})).unwrap()];
    keep(&bench, fetched).await;
    let mut tx = bench.store.write_tx().await.unwrap();
    let woken =
        sqlx::query("UPDATE generation SET status = 'processing' WHERE id = '9'").execute(&mut *tx).await;
    assert!(woken.unwrap_err().to_string().contains("a generation that has ended"));
}
