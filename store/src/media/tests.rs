use super::*;
use crate::testing::{Bench, new_key};
use gen_client::model::{ContentResource, Template, Vidsheet, Voice};
use gen_sim::{DEMO_KEY, OTHER_KEY};
use model::Role;
use serde_json::json;

#[test]
fn an_id_stands_for_what_may_be_fetched_only() {
    let id = media_id("https://cdn.gen.pro/a.mp4").unwrap();
    assert!(id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    assert_eq!(media_id("https://cdn.gen.pro/a.mp4"), Some(id));
    assert!(media_id("http://127.0.0.1:4100/media/a.png").is_some());
    let long = format!("https://cdn.gen.pro/{}", "a".repeat(URL_MAX));
    for bad in [
        "",
        "a.mp4",
        "//cdn/a",
        "http://cdn.gen.pro/a",
        "http://127.0.0.1.evil.example:80/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:image/png;base64,AA",
        "https://a b",
        "https://a\r\nx: y",
        &long,
    ] {
        assert_eq!(media_id(bad), None, "{bad:?}");
    }
}

#[test]
fn every_url_of_a_vidsheet_is_replaced_wherever_it_hides() {
    let file = |name: &str| json!({"id": 1, "url": format!("https://cdn.gen.pro/{name}.mp4"), "thumbnail_url": "javascript:alert(1)"});
    let generation = |name: &str| json!({"id": 2, "status": "completed", "outputs": [file(name)]});
    let mut vidsheet: Vidsheet = serde_json::from_value(json!({"id": 3, "rows": [{"id": 4, "cells": [{
        "id": 5, "default_generation": generation("a"), "generations": [generation("b")],
        "layers": [{"id": 6, "default_generation": generation("c"), "generations": [generation("d")]}],
    }]}]}))
    .unwrap();
    localise(&mut vidsheet);
    let text = serde_json::to_string(&vidsheet).unwrap();
    assert!(!text.contains("cdn.gen.pro") && !text.contains("javascript"), "{text}");
    for name in ["a", "b", "c", "d"] {
        assert!(text.contains(&media_id(&format!("https://cdn.gen.pro/{name}.mp4")).unwrap()), "{name}");
    }
}

#[test]
fn a_file_name_is_harmless_in_a_header_and_on_a_disk() {
    for (url, name) in [
        ("https://cdn.gen.pro/x/final%20cut.mp4?token=secret#t", "final20cut.mp4"),
        ("https://cdn.gen.pro/a/..", "media"),
        ("https://cdn.gen.pro/\"; rm -rf ~.mp4", "rm-rf.mp4"),
        ("https://cdn.gen.pro/", "media"),
        ("https://cdn.gen.pro", "media"),
    ] {
        assert_eq!(file_name(url), name);
    }
    assert!(file_name(&format!("https://cdn.gen.pro/{}.mp4", "ä9".repeat(300))).ends_with("9.mp4"));
}

#[tokio::test]
async fn a2_media_of_a_foreign_agent_is_not_found() {
    let bench = Bench::with_sim().await;
    let (mara, hana) = (bench.person("mara", Role::Viewer).await, bench.person("hana", Role::Viewer).await);
    let (maras, _) = bench.store.add_key(&mara, new_key(DEMO_KEY, false)).await.unwrap();
    bench.store.add_key(&hana, new_key(OTHER_KEY, false)).await.unwrap();
    let agent: String = sqlx::query_scalar(
        "SELECT agent_id FROM key_agent WHERE key_id = ? AND agent_id NOT IN (SELECT agent_id FROM key_agent WHERE key_id <> ?)",
    )
    .bind(maras.id)
    .bind(maras.id)
    .fetch_one(bench.store.read())
    .await
    .unwrap();
    let agent: AgentId = agent.parse().unwrap();
    let mut voice: Voice =
        serde_json::from_value(json!({"voice_id": "v", "preview_url": "https://cdn.gen.pro/v.wav"})).unwrap();
    let mut template: Template =
        serde_json::from_value(json!({"id": 1, "cover": "https://cdn.gen.pro/c.png"})).unwrap();
    let mut tx = bench.store.write_tx().await.unwrap();
    register(&mut tx, Some(&agent), &mut voice).await.unwrap();
    register(&mut tx, Some(&agent), &mut voice).await.unwrap();
    register(&mut tx, None, &mut template).await.unwrap();
    tx.commit().await.unwrap();
    localise(&mut voice);
    localise(&mut template);
    let (preview, cover) = (voice.preview_url.unwrap(), template.cover.unwrap());
    let source = bench.store.media_source(&mara, &preview).await.unwrap();
    assert_eq!((source.url.as_str(), source.file_name.as_str()), ("https://cdn.gen.pro/v.wav", "v.wav"));
    assert!(matches!(bench.store.media_source(&hana, &preview).await, Err(Error::NotFound("media"))));
    assert!(bench.store.media_source(&hana, &cover).await.is_ok());
    assert!(matches!(bench.store.media_source(&mara, "no such id").await, Err(Error::NotFound("media"))));
}

#[tokio::test]
async fn thousands_of_urls_are_registered_at_once() {
    let bench = Bench::alone().await;
    let mut files: Vec<ContentResource> = (0..10_000)
        .map(|id| {
            serde_json::from_value(json!({"id": id, "url": format!("https://cdn.gen.pro/{id}.mp4")})).unwrap()
        })
        .collect();
    let mut tx = bench.store.write_tx().await.unwrap();
    register(&mut tx, None, &mut files).await.unwrap();
    tx.commit().await.unwrap();
    let known: i64 = sqlx::query_scalar("SELECT count(*) FROM media JOIN media_agent ON media_id = id")
        .fetch_one(bench.store.read())
        .await
        .unwrap();
    assert_eq!(known, 10_000);
}
