use super::*;
use crate::Credentials;
use crate::testing::{Bench, MINUTE};

const PASSWORD: &str = "a kiln full of mugs";

fn mara() -> Credentials {
    Credentials { email: " Mara@Example.org ".into(), name: "Mara".into(), password: PASSWORD.into() }
}

#[tokio::test]
async fn s1_the_database_holds_no_token_and_its_hash_opens_nothing() {
    let bench = Bench::alone().await;
    let (actor, token) = bench.store.sign_in_as_demo().await.unwrap();
    assert_eq!(URL_SAFE_NO_PAD.decode(token.expose()).unwrap().len(), 32);
    assert_eq!(bench.store.session(&token).await.unwrap(), Some(actor));
    let hash: Vec<u8> =
        sqlx::query_scalar("SELECT token_hash FROM session").fetch_one(bench.store.read()).await.unwrap();
    for stolen in [
        URL_SAFE_NO_PAD.encode(&hash),
        hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        String::new(),
    ] {
        assert_eq!(bench.store.session(&SessionToken::new(&stolen)).await.unwrap(), None);
    }
    bench.store.close().await.unwrap();
    let bytes = std::fs::read(bench.database()).unwrap();
    assert!(!bytes.windows(token.expose().len()).any(|window| window == token.expose().as_bytes()));
}

#[tokio::test]
async fn s3_every_sign_in_has_a_token_of_its_own() {
    let bench = Bench::alone().await;
    let (_, first) = bench.store.sign_in_as_demo().await.unwrap();
    let (second_actor, second) = bench.store.sign_in_as_demo().await.unwrap();
    assert_ne!(first.expose(), second.expose());
    bench.store.sign_out(&second_actor).await.unwrap();
    assert_eq!(bench.store.session(&second).await.unwrap(), None);
    assert!(bench.store.session(&first).await.unwrap().is_some());
}

#[tokio::test]
async fn s4_a_session_ends_after_two_idle_hours() {
    let bench = Bench::alone().await;
    let (actor, token) = bench.store.sign_in_as_demo().await.unwrap();
    bench.clock.advance(119 * MINUTE);
    assert!(bench.store.session(&token).await.unwrap().is_some());
    bench.clock.advance(119 * MINUTE);
    // A stream of events that asks is no use of the session.
    assert!(bench.store.reached_by(&actor).await.unwrap().is_some());
    bench.clock.advance(2 * MINUTE);
    assert!(bench.store.reached_by(&actor).await.unwrap().is_none());
    assert_eq!(bench.store.session(&token).await.unwrap(), None);
}

#[tokio::test]
async fn s4_a_session_ends_after_twelve_hours_of_use() {
    let bench = Bench::alone().await;
    let (_, token) = bench.store.sign_in_as_demo().await.unwrap();
    for _ in 0..11 {
        bench.clock.advance(60 * MINUTE);
        assert!(bench.store.session(&token).await.unwrap().is_some());
    }
    bench.clock.advance(61 * MINUTE);
    assert_eq!(bench.store.session(&token).await.unwrap(), None);
    bench.store.prune().await.unwrap();
    let left: i64 =
        sqlx::query_scalar("SELECT count(*) FROM session").fetch_one(bench.store.read()).await.unwrap();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn s5_password_role_and_disabling_end_every_session_of_the_person() {
    let bench = Bench::alone().await;
    bench.person("boss", Role::Admin).await;
    let (demo, token) = bench.store.sign_in_as_demo().await.unwrap();
    let email = demo.person.email.as_str();
    bench.store.set_password(email, PASSWORD.into()).await.unwrap();
    assert!(bench.store.reached_by(&demo).await.unwrap().is_none());
    assert_eq!(bench.store.session(&token).await.unwrap(), None);

    let (_, token) = bench.store.sign_in_as_demo().await.unwrap();
    bench.store.set_role(email, Role::Viewer).await.unwrap();
    assert_eq!(bench.store.session(&token).await.unwrap(), None);

    let (_, token) = bench.store.sign_in_as_demo().await.unwrap();
    bench.store.set_disabled(email, true).await.unwrap();
    assert_eq!(bench.store.session(&token).await.unwrap(), None);
    assert!(matches!(bench.store.sign_in_as_demo().await, Err(Error::WrongCredentials)));
}

#[tokio::test]
async fn p4_unknown_wrong_and_disabled_are_one_answer() {
    let bench = Bench::alone().await;
    bench.person("boss", Role::Admin).await;
    bench.store.create_person(mara(), Role::Editor).await.unwrap();
    let (actor, _) = bench.store.sign_in("MARA@example.org\n", PASSWORD).await.unwrap();
    assert_eq!((actor.person.name.as_str(), actor.person.role), ("Mara", Role::Editor));

    let unknown = bench.store.sign_in("nobody@example.org", PASSWORD).await.unwrap_err().to_string();
    let wrong = bench.store.sign_in("mara@example.org", "a kiln full of jugs").await.unwrap_err().to_string();
    bench.store.set_disabled("mara@example.org", true).await.unwrap();
    let disabled = bench.store.sign_in("mara@example.org", PASSWORD).await.unwrap_err().to_string();
    assert_eq!((unknown.as_str(), wrong.as_str()), (disabled.as_str(), disabled.as_str()));
}

#[tokio::test]
async fn p1_a_hash_with_old_parameters_is_renewed_at_sign_in() {
    use argon2::password_hash::PasswordHasher;
    let bench = Bench::alone().await;
    let weak = argon2::Argon2::new(
        argon2::Algorithm::Argon2id,
        argon2::Version::V0x13,
        argon2::Params::new(8, 1, 1, None).unwrap(),
    );
    let phc = weak.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    let mut tx = bench.store.write_tx().await.unwrap();
    PersonRow::insert(&mut tx, "old@example.org", "Old", Role::Viewer, &phc).await.unwrap();
    tx.commit().await.unwrap();
    bench.store.sign_in("old@example.org", PASSWORD).await.unwrap();
    let stored: String =
        sqlx::query_scalar("SELECT password_hash FROM person").fetch_one(bench.store.read()).await.unwrap();
    assert!(!passwords::is_outdated(&stored), "{stored}");
    bench.store.sign_in("old@example.org", PASSWORD).await.unwrap();
}

#[test]
fn d5_a_token_says_nothing_about_itself() {
    assert_eq!(format!("{:?}", SessionToken::new("canary")), "SessionToken([redacted])");
}
