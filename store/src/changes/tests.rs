use super::*;
use crate::keys::remember_agents;
use crate::testing::{Bench, MINUTE};
use gen_client::AgentId;
use model::{Role, Topic};

fn ideas(agent: &str) -> Topic {
    Topic::Ideas { agent_id: agent.parse().unwrap() }
}

async fn announce(bench: &Bench, topics: &[Topic]) {
    let mut tx = bench.store.write_tx().await.unwrap();
    for topic in topics {
        tx.announce(topic.clone()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// Gives a person a key of that number of agents, without asking GEN.
async fn reach(bench: &Bench, actor: &Actor, agents: &[&str]) {
    let mut tx = bench.store.write_tx().await.unwrap();
    let key = sqlx::query("INSERT INTO gen_key (owner_id, label, last4, kid, sealed, created_at) VALUES (?, 'k', '', 'one', x'', 0)")
        .bind(actor.person.id)
        .execute(&mut *tx)
        .await
        .unwrap()
        .last_insert_rowid();
    let agents: Vec<AgentId> = agents.iter().map(|id| id.parse().unwrap()).collect();
    remember_agents(&mut tx, key, agents.iter()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn news_is_told_once_and_in_order() {
    let bench = Bench::alone().await;
    let mara = bench.person("mara", Role::Viewer).await;
    let changes = bench.store.changes();
    let mut wake = changes.wake();
    assert_eq!(changes.since(&mara, 0).await.unwrap(), Some(vec![]));
    announce(&bench, &[Topic::Templates, Topic::Agents, Topic::Templates]).await;
    assert!(wake.has_changed().unwrap());
    assert_eq!(*wake.borrow_and_update(), 2);
    let news = changes.since(&mara, 0).await.unwrap().unwrap();
    assert_eq!(news, [Change { seq: 1, topic: Topic::Templates }, Change { seq: 2, topic: Topic::Agents }]);
    assert_eq!(changes.since(&mara, 2).await.unwrap(), Some(vec![]));
}

#[tokio::test]
async fn a2_news_of_an_agent_reaches_only_who_reaches_the_agent() {
    let bench = Bench::alone().await;
    let (mara, ines) = (bench.person("mara", Role::Viewer).await, bench.person("ines", Role::Viewer).await);
    reach(&bench, &mara, &["5", "6"]).await;
    reach(&bench, &ines, &["6"]).await;
    let changes = bench.store.changes();
    announce(&bench, &[ideas("5"), ideas("6"), ideas("7"), Topic::Templates]).await;
    let seen = async |actor: &Actor| {
        let news = changes.since(actor, 0).await.unwrap().unwrap();
        news.into_iter().map(|change| change.topic).collect::<Vec<_>>()
    };
    assert_eq!(seen(&mara).await, [ideas("5"), ideas("6"), Topic::Templates]);
    assert_eq!(seen(&ines).await, [ideas("6"), Topic::Templates]);
}

#[tokio::test]
async fn who_comes_back_too_late_is_told_to_read_anew() {
    let bench = Bench::alone().await;
    let mara = bench.person("mara", Role::Viewer).await;
    announce(&bench, &[Topic::Templates]).await;
    announce(&bench, &[Topic::Templates]).await;
    bench.clock.advance(25 * 60 * MINUTE);
    announce(&bench, &[Topic::Agents]).await;
    bench.store.prune().await.unwrap();
    // What this process told itself it still holds; the next one has the table only.
    let store = bench.reopen(crate::testing::ring()).await.unwrap();
    let changes = store.changes();
    assert_eq!(changes.since(&mara, 1).await.unwrap(), None);
    assert_eq!(changes.since(&mara, 2).await.unwrap().unwrap().len(), 1);
    assert_eq!(changes.since(&mara, 9).await.unwrap(), None);
    bench.clock.advance(25 * 60 * MINUTE);
    store.prune().await.unwrap();
    assert_eq!(changes.latest_seq().await.unwrap(), 3);
    assert_eq!(changes.since(&mara, 3).await.unwrap(), Some(vec![]));
}

#[tokio::test]
async fn the_count_goes_on_after_a_restart() {
    let bench = Bench::alone().await;
    announce(&bench, &[Topic::Templates, Topic::Agents]).await;
    let store = bench.reopen(crate::testing::ring()).await.unwrap();
    assert_eq!(*store.changes().wake().borrow(), 2);
}

#[tokio::test]
async fn f42_a_place_that_is_forged_or_of_nobody_is_lost_and_says_where_to_go_on() {
    let bench = Bench::alone().await;
    let mara = bench.person("mara", Role::Viewer).await;
    announce(&bench, &[Topic::Templates, Topic::Agents]).await;
    let store = bench.reopen(crate::testing::ring()).await.unwrap();
    for forged in [Some(-1), Some(i64::MIN), Some(3), Some(i64::MAX), None] {
        let news = store.changes().list(&mara, forged).await.unwrap();
        assert_eq!(news, model::News { changes: vec![], reached: 2, lost: true }, "{forged:?}");
    }
    let news = store.changes().list(&mara, Some(2)).await.unwrap();
    assert_eq!(news, model::News { changes: vec![], reached: 2, lost: false });
}

#[tokio::test]
async fn s5_who_lost_a_key_or_the_session_hears_no_more() {
    let bench = Bench::alone().await;
    let mara = bench.person("mara", Role::Viewer).await;
    reach(&bench, &mara, &["5"]).await;
    let changes = bench.store.changes();
    let before = changes.audience(&mara).await.unwrap().unwrap();
    announce(&bench, &[ideas("5"), Topic::Templates]).await;
    let told = changes.told(&before, 0).await.unwrap();
    assert_eq!((told.changes.len(), told.reached), (2, 2));
    sqlx::query("DELETE FROM gen_key").execute(&bench.store.inner.write).await.unwrap();
    let after = changes.audience(&mara).await.unwrap().unwrap();
    let told = changes.told(&after, 0).await.unwrap();
    assert_eq!((told.changes.len(), told.reached), (1, 2), "what is not heard moves the place on too");
    bench.store.sign_out(&mara).await.unwrap();
    assert!(changes.audience(&mara).await.unwrap().is_none());
}

#[tokio::test]
async fn s5_open_pages_are_woken_when_somebody_may_see_more_or_less() {
    let bench = Bench::alone().await;
    let mara = bench.person("mara", Role::Viewer).await;
    let mut rights = bench.store.changes().rights();
    announce(&bench, &[Topic::Templates]).await;
    assert!(!rights.has_changed().unwrap(), "news is no right");
    reach(&bench, &mara, &["5"]).await;
    assert!(rights.has_changed().unwrap(), "an agent more");
    rights.borrow_and_update();
    bench.store.sign_out(&mara).await.unwrap();
    assert!(rights.has_changed().unwrap(), "a session less");
}

#[test]
fn of_each_topic_the_last_is_told() {
    let change = |seq, topic| Change { seq, topic };
    let news = [
        change(1, Topic::Templates),
        change(2, Topic::Agents),
        change(3, Topic::Templates),
        change(4, Topic::Templates),
    ];
    assert_eq!(last_of_each(news.iter()), [change(2, Topic::Agents), change(4, Topic::Templates)]);
}
