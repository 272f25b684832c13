use super::*;
use crate::testing::{Bench, MINUTE as A_MINUTE, START, new_key};
use gen_client::model::GenUser;
use gen_sim::DEMO_KEY;
use model::Role;

/// The smallest noun there is: the GEN user's name, kept in a table that the tests make no other use of.
#[derive(Clone)]
struct Name;

impl Noun for Name {
    const KIND: Kind = Kind::Agents;
    type Saved = String;
    type Answer = GenUser;

    fn id(&self) -> String {
        "a test".into()
    }

    fn topic(&self) -> Topic {
        Topic::Agents
    }

    async fn load(&self, store: &Store) -> Result<Option<String>> {
        Ok(sqlx::query_scalar("SELECT url FROM media WHERE id = ?")
            .bind("n".repeat(32))
            .fetch_optional(store.read())
            .await?)
    }

    async fn fetch(&self, client: &GenClient) -> Result<GenUser, gen_client::Error> {
        client.me().await
    }

    async fn remember(&self, tx: &mut WriteTx, answer: GenUser) -> Result<()> {
        sqlx::query("INSERT OR REPLACE INTO media (id, url) VALUES (?, ?)")
            .bind("n".repeat(32))
            .bind(answer.name)
            .execute(&mut **tx)
            .await?;
        Ok(())
    }
}

async fn bench() -> (Bench, KeyId) {
    let bench = Bench::with_sim().await;
    let mara = bench.person("mara", Role::Viewer).await;
    let key = bench.store.add_key(&mara, new_key(DEMO_KEY, false)).await.unwrap().0.id;
    (bench, key)
}

/// Waits for what was started behind the reader's back.
async fn settled(bench: &Bench) {
    let lock = bench.store.inner.renewals.of("agents/a test");
    drop(lock.lock().await);
}

#[tokio::test]
async fn the_first_reader_waits_for_gen_and_the_next_does_not() {
    let (bench, key) = bench().await;
    let first = bench.store.cached(key, Name).await.unwrap();
    assert_eq!((first.as_of, first.refreshing, &first.trouble), (START, false, &None));
    let asked = bench.asked().await;
    bench.clock.advance(A_MINUTE - 1);
    assert_eq!(bench.store.cached(key, Name).await.unwrap(), first);
    assert_eq!(bench.asked().await, asked);
}

#[tokio::test]
async fn a_stale_copy_is_answered_at_once_and_renewed_once_behind() {
    let (bench, key) = bench().await;
    bench.store.cached(key, Name).await.unwrap();
    let asked = bench.asked().await;
    bench.clock.advance(A_MINUTE);
    bench.control("POST", "fault", r#"{"times": 1, "kind": "delay", "ms": 100}"#).await;
    for _ in 0..5 {
        let copy = bench.store.cached(key, Name).await.unwrap();
        assert_eq!((copy.as_of, copy.refreshing), (START, true));
    }
    settled(&bench).await;
    let copy = bench.store.cached(key, Name).await.unwrap();
    assert_eq!((copy.as_of, copy.refreshing), (START + A_MINUTE, false));
    assert_eq!(bench.asked().await, asked + 1);
}

#[tokio::test]
async fn ten_first_readers_ask_once() {
    let (bench, key) = bench().await;
    let asked = bench.asked().await;
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let store = bench.store.clone();
        readers.spawn(async move { store.cached(key, Name).await.unwrap().value });
    }
    let names = readers.join_all().await;
    assert!(names.iter().all(|name| *name == names[0]) && !names[0].is_empty());
    assert_eq!(bench.asked().await, asked + 1);
}

#[tokio::test]
async fn without_a_copy_the_failure_is_the_answer() {
    let (bench, key) = bench().await;
    bench.control("POST", "down", r#"{"down": true}"#).await;
    let failed = bench.store.cached(key, Name).await;
    assert!(matches!(failed, Err(Error::Gen(gen_client::Error::Unreachable { .. }))));
    bench.control("POST", "down", r#"{"down": false}"#).await;
    assert_eq!(bench.store.cached(key, Name).await.unwrap().trouble, None);
}

#[tokio::test]
async fn those_who_wait_for_an_attempt_take_its_failure_and_do_not_try_one_after_another() {
    let (bench, key) = bench().await;
    let asked = bench.asked().await;
    let lock = bench.store.inner.renewals.of("agents/a test");
    let mut attempt = lock.clone().lock_owned().await;
    let mut readers = tokio::task::JoinSet::new();
    for _ in 0..10 {
        let store = bench.store.clone();
        readers.spawn(async move { store.cached(key, Name).await });
    }
    while std::sync::Arc::strong_count(&lock) < 12 {
        tokio::task::yield_now().await;
    }
    let failure = gen_client::Error::Unreachable { reason: "it hangs".into(), sent: true };
    *attempt = Some(failure.clone());
    drop(attempt);
    for answer in readers.join_all().await {
        assert!(matches!(answer, Err(Error::Gen(error)) if error == failure));
    }
    drop(lock);
    assert_eq!(bench.asked().await, asked);
    assert!(bench.store.cached(key, Name).await.is_ok());
}

#[tokio::test]
async fn with_a_copy_the_failure_is_its_trouble_until_gen_is_back() {
    let (bench, key) = bench().await;
    let first = bench.store.cached(key, Name).await.unwrap();
    bench.control("POST", "down", r#"{"down": true}"#).await;
    bench.clock.advance(A_MINUTE);
    assert!(bench.store.cached(key, Name).await.unwrap().refreshing);
    settled(&bench).await;
    let seq = bench.store.changes().latest_seq().await.unwrap();
    let copy = bench.store.cached(key, Name).await.unwrap();
    let trouble = copy.trouble.unwrap();
    assert_eq!((&copy.value, copy.as_of, copy.refreshing), (&first.value, START, false));
    assert_eq!((trouble.since, trouble.unreachable, trouble.code), (START + A_MINUTE, true, None));

    // It is not asked again at every look, and the trouble keeps its beginning.
    bench.clock.advance(RETRY_MS);
    assert!(bench.store.cached(key, Name).await.unwrap().refreshing);
    settled(&bench).await;
    assert_eq!(bench.store.cached(key, Name).await.unwrap().trouble.unwrap().since, START + A_MINUTE);
    assert_eq!(bench.store.changes().latest_seq().await.unwrap(), seq);

    bench.control("POST", "down", r#"{"down": false}"#).await;
    bench.clock.advance(RETRY_MS);
    bench.store.cached(key, Name).await.unwrap();
    settled(&bench).await;
    assert_eq!(bench.store.cached(key, Name).await.unwrap().trouble, None);
    assert_eq!(bench.store.changes().latest_seq().await.unwrap(), seq + 1);
}

#[tokio::test]
async fn gens_refusal_is_kept_in_its_own_words() {
    let (bench, key) = bench().await;
    bench.store.cached(key, Name).await.unwrap();
    bench
        .control(
            "POST",
            "fault",
            r#"{"kind": "status", "status": 403, "body": {"error": "Not yours", "error_code": "forbidden"}}"#,
        )
        .await;
    assert!(bench.store.renew(key, &Name).await.is_err());
    let trouble = bench.store.cached(key, Name).await.unwrap().trouble.unwrap();
    assert_eq!(
        (trouble.message.as_str(), trouble.code.as_deref(), trouble.unreachable),
        ("Not yours", Some("forbidden"), false)
    );
}

#[tokio::test]
async fn an_answer_older_than_a_persons_write_is_not_kept() {
    let (bench, key) = bench().await;
    bench.store.cached(key, Name).await.unwrap();
    let asked = bench.asked().await;
    bench.control("POST", "fault", r#"{"times": 1, "kind": "delay", "ms": 300}"#).await;
    let store = bench.store.clone();
    let renewal = tokio::spawn(async move { store.renew(key, &Name).await });
    // The question is on its way once the simulator has seen it.
    while bench.asked().await == asked {
        tokio::task::yield_now().await;
    }
    let mut tx = bench.store.write_tx().await.unwrap();
    tx.wrote(Kind::Agents, "a test").await.unwrap();
    tx.commit().await.unwrap();
    renewal.await.unwrap().unwrap();
    assert_eq!(bench.asked().await, asked + 2);
}

#[tokio::test]
async fn an_outdated_copy_is_due_at_once() {
    let (bench, key) = bench().await;
    bench.store.cached(key, Name).await.unwrap();
    let mut tx = bench.store.write_tx().await.unwrap();
    tx.outdate(Kind::Agents, "a test").await.unwrap();
    tx.commit().await.unwrap();
    assert!(bench.store.cached(key, Name).await.unwrap().refreshing);
    settled(&bench).await;
    assert_eq!(bench.store.cached(key, Name).await.unwrap().as_of, START);
}
