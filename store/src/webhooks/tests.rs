use gen_client::GenerationId;
use model::Role;

use super::*;
use crate::Hint;
use crate::testing::{Bench, MINUTE, new_key, ring};

const DAY: i64 = 24 * 60 * MINUTE;

async fn studio() -> (Bench, Actor, AgentId) {
    let bench = Bench::with_sim().await;
    let actor = bench.person("mara", Role::Admin).await;
    bench.store.add_key(&actor, new_key(gen_sim::DEMO_KEY, true)).await.unwrap();
    (bench, actor, gen_sim::SEEDED_AGENT.parse().unwrap())
}

/// Work on a cell with this number at GEN, next looked at after `wait` milliseconds.
async fn work(bench: &Bench, number: &str, agent: &AgentId, state: &str, wait: i64) {
    sqlx::query(
        "INSERT INTO work (id, kind, agent_id, vidsheet_id, row_id, cell_id, body_hash, state, upstream_id, started_at,
                           next_poll_at)
         VALUES (?1, 'generation', ?2, '1', '1', ?1, '', ?3, ?1, ?4, ?4 + ?5)",
    )
    .bind(number)
    .bind(agent.as_str())
    .bind(state)
    .bind(bench.store.now())
    .bind(wait)
    .execute(&bench.store.inner.write)
    .await
    .unwrap();
}

async fn wait(bench: &Bench, number: &str) -> i64 {
    let next: i64 = sqlx::query_scalar("SELECT next_poll_at FROM work WHERE id = ?")
        .bind(number)
        .fetch_one(bench.store.read())
        .await
        .unwrap();
    next - bench.store.now()
}

fn generation(number: &str) -> GenerationId {
    number.parse().unwrap()
}

#[tokio::test]
async fn w1_an_address_is_one_agents_and_keeps_its_secret_out_of_the_database() {
    let (bench, mara, agent) = studio().await;
    let secret = bench.store.webhook_secret(&mara, &agent).await.unwrap();
    assert_eq!(secret.len(), 43, "256 bits");
    assert_eq!(bench.store.webhook_secret(&mara, &agent).await.unwrap(), secret, "the same each time");
    assert_eq!(bench.store.webhook(&secret).await.unwrap().agent, agent);
    let stored: Vec<(i64, Vec<u8>)> =
        sqlx::query_as("SELECT id, secret_hash FROM webhook").fetch_all(bench.store.read()).await.unwrap();
    assert_eq!(stored.len(), 1);
    assert_ne!(stored[0].1, secret.as_bytes());
    for wrong in ["", "x", &secret[1..], &secret.to_lowercase()] {
        assert!(matches!(bench.store.webhook(wrong).await, Err(Error::NotFound("webhook"))), "{wrong}");
    }
    let viewer = bench.person("vera", Role::Viewer).await;
    assert!(matches!(bench.store.webhook_secret(&viewer, &agent).await, Err(Error::Forbidden(_))));
    let after = bench.reopen(ring()).await.unwrap();
    assert_eq!(after.webhook(&secret).await.unwrap().agent, agent, "after a restart too");
}

#[tokio::test]
async fn w1_a_replaced_address_is_heard_for_a_day() {
    let (bench, mara, agent) = studio().await;
    let old = bench.store.webhook_secret(&mara, &agent).await.unwrap();
    let new = bench.store.replace_webhook(&mara, &agent).await.unwrap();
    assert_ne!(old, new);
    assert_eq!(bench.store.webhook_secret(&mara, &agent).await.unwrap(), new);
    bench.clock.advance(DAY - 1);
    assert!(bench.store.webhook(&old).await.is_ok());
    bench.clock.advance(1);
    assert!(matches!(bench.store.webhook(&old).await, Err(Error::NotFound("webhook"))));
    assert!(bench.store.webhook(&new).await.is_ok());
}

#[tokio::test]
async fn w4_a_hint_pulls_the_next_look_forward_once_and_only_for_what_goes_on() {
    let (bench, mara, agent) = studio().await;
    let secret = bench.store.webhook_secret(&mara, &agent).await.unwrap();
    let webhook = bench.store.webhook(&secret).await.unwrap();
    work(&bench, "501", &agent, "processing", 30_000).await;
    work(&bench, "502", &agent, "completed", 30_000).await;
    work(&bench, "503", &agent, "pending", 200).await;
    let hint = async |number: &str| bench.store.hint(&webhook, &generation(number)).await.unwrap();
    assert_eq!(hint("501").await, Hint::Heeded);
    assert_eq!(wait(&bench, "501").await, 1_000);
    assert_eq!(hint("501").await, Hint::Idle, "it is about to be looked at");
    assert_eq!(hint("502").await, Hint::Idle, "it has ended");
    assert_eq!(wait(&bench, "502").await, 30_000);
    assert_eq!(hint("503").await, Hint::Idle, "it comes sooner anyway");
    assert_eq!(wait(&bench, "503").await, 200);
    // A look that began just now: the next one comes two seconds after it.
    sqlx::query("UPDATE work SET looked_at = ?1, next_poll_at = ?1 + 30000 WHERE id = '501'")
        .bind(bench.store.now())
        .execute(&bench.store.inner.write)
        .await
        .unwrap();
    assert_eq!(hint("501").await, Hint::Heeded);
    assert_eq!(wait(&bench, "501").await, 2_000);
}

#[tokio::test]
async fn w3_f33_numbers_of_nobody_or_of_another_agent_change_nothing() {
    let (bench, mara, agent) = studio().await;
    let other: AgentId = "ag_harbour_lane_5q1c".parse().unwrap();
    let secret = bench.store.webhook_secret(&mara, &agent).await.unwrap();
    let webhook = bench.store.webhook(&secret).await.unwrap();
    work(&bench, "601", &other, "processing", 30_000).await;
    for number in ["601", "999", "no-number"] {
        assert_eq!(bench.store.hint(&webhook, &generation(number)).await.unwrap(), Hint::Strange);
    }
    assert_eq!(wait(&bench, "601").await, 30_000);
    let works: i64 =
        sqlx::query_scalar("SELECT count(*) FROM work").fetch_one(bench.store.read()).await.unwrap();
    assert_eq!(works, 1, "no ghosts");
}

#[tokio::test]
async fn f32_news_that_overtakes_the_answer_is_kept_for_a_minute() {
    let (bench, mara, agent) = studio().await;
    let secret = bench.store.webhook_secret(&mara, &agent).await.unwrap();
    let webhook = bench.store.webhook(&secret).await.unwrap();
    for (number, later, expected) in [("701", 59_000, 1_000), ("702", 61_000, 30_000)] {
        let hint = bench.store.hint(&webhook, &generation(number)).await.unwrap();
        assert_eq!(hint, Hint::Strange);
        bench.clock.advance(later);
        work(&bench, number, &agent, "pending", 30_000).await;
        bench.store.heed_held(&agent, &generation(number)).await;
        assert_eq!(wait(&bench, number).await, expected, "{number}");
    }
}
