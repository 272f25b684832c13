use super::*;
use crate::testing::{Bench, MINUTE, new_key, ring};
use gen_client::AgentId;
use gen_sim::{DEMO_KEY, OTHER_KEY, VIEWER_KEY};
use model::Role;

async fn agents_of(bench: &Bench, actor: &Actor) -> Vec<String> {
    sqlx::query_scalar("SELECT DISTINCT agent_id FROM reach WHERE person_id = ? ORDER BY agent_id")
        .bind(actor.person.id)
        .fetch_all(bench.store.read())
        .await
        .unwrap()
}

fn agent(id: &str) -> AgentId {
    id.parse().unwrap()
}

#[tokio::test]
async fn k6_a_stored_key_is_shown_by_its_last_four_characters_only() {
    let bench = Bench::with_sim().await;
    let mara = bench.person("mara", Role::Editor).await;
    let (summary, user) = bench.store.add_key(&mara, new_key(DEMO_KEY, false)).await.unwrap();
    assert!(!user.name.is_empty());
    assert_eq!((summary.label.as_str(), summary.last4.as_str()), ("studio", &DEMO_KEY[DEMO_KEY.len() - 4..]));
    assert_eq!((summary.owner.as_deref(), summary.refused), (Some("mara"), false));
    let shown = serde_json::to_string(&bench.store.list_keys(&mara).await.unwrap()).unwrap();
    assert!(!shown.contains(&DEMO_KEY[DEMO_KEY.len() - 5..]), "{shown}");
    assert!(!agents_of(&bench, &mara).await.is_empty());
}

#[tokio::test]
async fn k1_a_blob_moved_to_another_row_is_not_used() {
    let bench = Bench::with_sim().await;
    let (mara, ines) = (bench.person("mara", Role::Editor).await, bench.person("ines", Role::Editor).await);
    let (first, _) = bench.store.add_key(&mara, new_key(DEMO_KEY, false)).await.unwrap();
    let (second, _) = bench.store.add_key(&ines, new_key(OTHER_KEY, false)).await.unwrap();
    let blobs: Vec<Vec<u8>> = sqlx::query_scalar("SELECT sealed FROM gen_key ORDER BY id")
        .fetch_all(bench.store.read())
        .await
        .unwrap();
    for (id, blob) in [(first.id, &blobs[1]), (second.id, &blobs[0])] {
        let swap = sqlx::query("UPDATE gen_key SET sealed = ? WHERE id = ?").bind(blob).bind(id);
        swap.execute(&bench.store.inner.write).await.unwrap();
    }
    let asked = bench.asked().await;
    assert!(matches!(bench.store.test_key(&mara, first.id).await, Err(Error::Vault(_))));
    assert!(matches!(bench.store.test_key(&ines, second.id).await, Err(Error::Vault(_))));
    assert_eq!(bench.asked().await, asked);
}

#[tokio::test]
async fn l1_the_key_is_nowhere_on_the_disk_and_a_removed_one_leaves_no_trace() {
    let bench = Bench::with_sim().await;
    let mara = bench.person("mara", Role::Editor).await;
    let (summary, _) = bench.store.add_key(&mara, new_key(DEMO_KEY, false)).await.unwrap();
    let sealed: Vec<u8> =
        sqlx::query_scalar("SELECT sealed FROM gen_key").fetch_one(bench.store.read()).await.unwrap();
    assert!(!on_disk(&bench, DEMO_KEY.as_bytes()));
    assert!(on_disk(&bench, &sealed));
    bench.store.remove_key(&mara, summary.id).await.unwrap();
    assert!(!on_disk(&bench, &sealed));
    assert!(bench.store.list_keys(&mara).await.unwrap().is_empty());
    assert!(agents_of(&bench, &mara).await.is_empty());
}

fn on_disk(bench: &Bench, needle: &[u8]) -> bool {
    std::fs::read_dir(bench.folder.path()).unwrap().any(|entry| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(needle.len()).any(|window| window == needle)
    })
}

#[tokio::test]
async fn k9_somebody_elses_key_is_not_found_and_serves_nobody_else() {
    let bench = Bench::with_sim().await;
    let (mara, ines) = (bench.person("mara", Role::Editor).await, bench.person("ines", Role::Admin).await);
    let (summary, _) = bench.store.add_key(&mara, new_key(DEMO_KEY, false)).await.unwrap();
    let reached = agents_of(&bench, &mara).await;
    let asked = bench.asked().await;
    assert!(matches!(bench.store.test_key(&ines, summary.id).await, Err(Error::NotFound("key"))));
    assert!(matches!(bench.store.remove_key(&ines, summary.id).await, Err(Error::NotFound("key"))));
    assert!(matches!(bench.store.any_key(&ines).await, Err(Error::NoKey)));
    assert!(matches!(bench.store.client_for(&ines, &agent(&reached[0])).await, Err(Error::NoKey)));
    assert!(bench.store.list_keys(&ines).await.unwrap().is_empty());
    assert_eq!(bench.asked().await, asked);
    assert!(bench.store.client_for(&mara, &agent(&reached[0])).await.is_ok());
}

#[tokio::test]
async fn a3_an_agent_of_another_key_is_not_found_without_asking_gen() {
    let bench = Bench::with_sim().await;
    let (mara, hana) = (bench.person("mara", Role::Editor).await, bench.person("hana", Role::Editor).await);
    bench.store.add_key(&mara, new_key(DEMO_KEY, false)).await.unwrap();
    bench.store.add_key(&hana, new_key(OTHER_KEY, false)).await.unwrap();
    let hanas = agents_of(&bench, &hana).await;
    let foreign: Vec<String> =
        agents_of(&bench, &mara).await.into_iter().filter(|id| !hanas.contains(id)).collect();
    assert!(!foreign.is_empty() && !hanas.is_empty());
    let asked = bench.asked().await;
    for id in foreign.iter().map(String::as_str).chain(["999999"]) {
        assert!(
            matches!(bench.store.client_for(&hana, &agent(id)).await, Err(Error::NotFound("agent"))),
            "{id}"
        );
        assert!(
            matches!(bench.store.must_reach(&hana, &agent(id)).await, Err(Error::NotFound("agent"))),
            "{id}"
        );
    }
    assert_eq!(bench.asked().await, asked);
}

#[tokio::test]
async fn a1_a_shared_key_needs_an_admin_and_serves_everybody() {
    let bench = Bench::with_sim().await;
    let (boss, mara) = (bench.person("boss", Role::Admin).await, bench.person("mara", Role::Editor).await);
    let asked = bench.asked().await;
    assert!(matches!(
        bench.store.add_key(&mara, new_key(DEMO_KEY, true)).await,
        Err(Error::Forbidden(Action::Administer))
    ));
    assert_eq!(bench.asked().await, asked);
    let (shared, _) = bench.store.add_key(&boss, new_key(DEMO_KEY, true)).await.unwrap();
    assert_eq!(shared.owner, None);
    assert_eq!(bench.store.any_key(&mara).await.unwrap(), shared.id);
    assert!(matches!(
        bench.store.remove_key(&mara, shared.id).await,
        Err(Error::Forbidden(Action::Administer))
    ));

    let (own, _) = bench.store.add_key(&mara, new_key(VIEWER_KEY, false)).await.unwrap();
    let reached: String = sqlx::query_scalar("SELECT agent_id FROM key_agent WHERE key_id = ?")
        .bind(own.id)
        .fetch_one(bench.store.read())
        .await
        .unwrap();
    assert_eq!(bench.store.key_for(&mara, &agent(&reached)).await.unwrap(), own.id);
    assert_eq!(bench.store.key_for(&boss, &agent(&reached)).await.unwrap(), shared.id);
    bench.store.remove_key(&boss, shared.id).await.unwrap();
}

#[tokio::test]
async fn a_key_that_gen_refuses_is_not_kept_and_a_stored_one_is_marked() {
    let bench = Bench::with_sim().await;
    let mara = bench.person("mara", Role::Editor).await;
    let refused = bench.store.add_key(&mara, new_key("gen_pat_made_up_by_a_test", false)).await;
    assert!(matches!(refused, Err(Error::Gen(gen_client::Error::Api { status: 401, .. }))));
    assert!(matches!(
        bench.store.add_key(&mara, new_key("two words", false)).await,
        Err(Error::Invalid { field: "Key", .. })
    ));
    assert!(bench.store.list_keys(&mara).await.unwrap().is_empty());

    let (summary, _) = bench.store.add_key(&mara, new_key(DEMO_KEY, false)).await.unwrap();
    assert!(matches!(
        bench.store.add_key(&mara, new_key(DEMO_KEY, false)).await,
        Err(Error::Invalid { field: "Key", .. })
    ));
    bench.control("POST", "fault", r#"{"times": 1, "kind": "status", "status": 401}"#).await;
    assert!(bench.store.test_key(&mara, summary.id).await.is_err());
    assert!(bench.store.list_keys(&mara).await.unwrap()[0].refused);
    bench.clock.advance(MINUTE);
    bench.store.test_key(&mara, summary.id).await.unwrap();
    let now = bench.store.list_keys(&mara).await.unwrap().remove(0);
    assert_eq!((now.refused, now.last_used_at), (false, Some(bench.store.now())));
}

#[tokio::test]
async fn the_last_use_is_written_once_a_minute() {
    let bench = Bench::with_sim().await;
    let mara = bench.person("mara", Role::Editor).await;
    let (summary, _) = bench.store.add_key(&mara, new_key(DEMO_KEY, false)).await.unwrap();
    bench.clock.advance(MINUTE - 1);
    bench.store.test_key(&mara, summary.id).await.unwrap();
    assert_eq!(bench.store.list_keys(&mara).await.unwrap()[0].last_used_at, summary.last_used_at);
    bench.clock.advance(1);
    bench.store.test_key(&mara, summary.id).await.unwrap();
    assert_eq!(bench.store.list_keys(&mara).await.unwrap()[0].last_used_at, Some(bench.store.now()));
}

#[tokio::test]
async fn the_headless_shared_key_is_kept_once_even_while_gen_is_away() {
    let bench = Bench::with_sim().await;
    let key = || ApiKey::new(DEMO_KEY.into()).unwrap();
    let boss = bench.person("boss", Role::Admin).await;
    bench.control("POST", "down", r#"{"down": true}"#).await;
    bench.store.add_shared_key_headless(key()).await.unwrap();
    bench.control("POST", "down", r#"{"down": false}"#).await;
    bench.store.add_shared_key_headless(key()).await.unwrap();
    let keys = bench.store.list_keys(&boss).await.unwrap();
    assert_eq!((keys.len(), keys[0].owner.as_deref(), keys[0].last_used_at), (1, None, None));
    let wrong = ApiKey::new("gen_pat_made_up_by_a_test".into()).unwrap();
    assert!(matches!(bench.store.add_shared_key_headless(wrong).await, Err(Error::Gen(_))));
}

#[tokio::test]
async fn a_key_opens_again_after_a_restart() {
    let bench = Bench::with_sim().await;
    let mara = bench.person("mara", Role::Editor).await;
    let (summary, user) = bench.store.add_key(&mara, new_key(DEMO_KEY, false)).await.unwrap();
    let store = bench.reopen(ring()).await.unwrap();
    assert_eq!(store.test_key(&mara, summary.id).await.unwrap(), user);
}

#[tokio::test]
async fn l1_nothing_secret_is_logged_even_when_everything_is() {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_ansi(false).with_writer({
            let log = log.clone();
            move || log.clone()
        });
    let _all_of_this_thread = tracing::subscriber::set_default(subscriber.finish());
    let bench = Bench::with_sim().await;
    let boot_key = bench.store.make_boot_key().await.unwrap();
    let (boss, token) = bench.store.sign_in_as_demo().await.unwrap();
    let (summary, _) = bench.store.add_key(&boss, new_key(DEMO_KEY, true)).await.unwrap();
    let wrong = bench.store.sign_in(&boss.person.email, "canary of a password").await;
    assert!(matches!(wrong, Err(Error::WrongCredentials)));
    for fault in [
        r#"{"times": 1, "kind": "status", "status": 401}"#,
        r#"{"times": 1, "kind": "redirect"}"#,
        r#"{"kind": "close"}"#,
    ] {
        bench.control("POST", "fault", fault).await;
        assert!(bench.store.test_key(&boss, summary.id).await.is_err(), "{fault}");
    }
    assert!(matches!(
        bench.store.add_key(&boss, new_key("canary of a key", false)).await,
        Err(Error::Invalid { .. })
    ));
    sqlx::query("UPDATE gen_key SET sealed = x'0100'").execute(&bench.store.inner.write).await.unwrap();
    assert!(matches!(bench.store.test_key(&boss, summary.id).await, Err(Error::Vault(_))));
    let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("cannot be opened"), "the log is empty: {text}");
    for secret in [
        DEMO_KEY,
        &DEMO_KEY[..20],
        boot_key.as_str(),
        token.expose(),
        "canary of",
        crate::testing::RING.split('/').nth(1).unwrap(),
    ] {
        assert!(!text.contains(secret), "{secret}");
    }
}

/// Everything that was logged.
#[derive(Clone, Default)]
struct Log(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
