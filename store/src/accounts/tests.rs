use super::*;
use crate::testing::{Bench, MINUTE};

fn mara() -> Credentials {
    Credentials {
        email: "mara@example.org".into(),
        name: "Mara".into(),
        password: "a kiln full of mugs".into(),
    }
}

#[tokio::test]
async fn p3_the_setup_key_makes_one_admin_once() {
    let bench = Bench::alone().await;
    assert!(bench.store.is_first_run().await.unwrap());
    let key = bench.store.make_boot_key().await.unwrap();
    let wrong = bench.store.create_first_admin("something else", mara()).await;
    assert!(matches!(wrong, Err(Error::WrongBootKey)));
    let (actor, token) = bench.store.create_first_admin(&format!(" {key}\n"), mara()).await.unwrap();
    assert_eq!(actor.person.role, Role::Admin);
    assert_eq!(bench.store.session(&token).await.unwrap(), Some(actor));
    assert!(!bench.store.is_first_run().await.unwrap());
    assert!(matches!(bench.store.create_first_admin(&key, mara()).await, Err(Error::WrongBootKey)));
    assert!(matches!(bench.store.make_boot_key().await, Err(Error::Forbidden(Action::Administer))));
}

#[tokio::test]
async fn p3_the_setup_key_dies_after_an_hour_and_by_a_newer_one() {
    let bench = Bench::alone().await;
    let first = bench.store.make_boot_key().await.unwrap();
    let second = bench.store.make_boot_key().await.unwrap();
    assert!(matches!(bench.store.create_first_admin(&first, mara()).await, Err(Error::WrongBootKey)));
    bench.clock.advance(61 * MINUTE);
    assert!(matches!(bench.store.create_first_admin(&second, mara()).await, Err(Error::WrongBootKey)));
    assert!(bench.store.is_first_run().await.unwrap());
}

#[tokio::test]
async fn p3_a_headless_admin_is_made_only_where_nobody_is() {
    let bench = Bench::alone().await;
    bench.store.create_admin_headless(mara()).await.unwrap();
    bench
        .store
        .create_admin_headless(Credentials { email: "other@example.org".into(), ..mara() })
        .await
        .unwrap();
    let people = bench.store.list_people().await.unwrap();
    assert_eq!(people.iter().map(|person| person.email.as_str()).collect::<Vec<_>>(), ["mara@example.org"]);
}

#[tokio::test]
async fn p2_fields_that_cannot_be_taken_are_named() {
    let bench = Bench::alone().await;
    let cases = [
        (Credentials { email: "no address".into(), ..mara() }, "E-mail"),
        (Credentials { email: "@".into(), ..mara() }, "E-mail"),
        (Credentials { name: "  ".into(), ..mara() }, "Name"),
        (Credentials { name: "x".repeat(101), ..mara() }, "Name"),
        (Credentials { password: "too short".into(), ..mara() }, "Password"),
        (Credentials { password: "x1".repeat(65), ..mara() }, "Password"),
    ];
    for (credentials, expected) in cases {
        let refused = bench.store.create_person(credentials, Role::Viewer).await;
        assert!(matches!(refused, Err(Error::Invalid { field, .. }) if field == expected), "{expected}");
    }
    bench.store.create_person(mara(), Role::Viewer).await.unwrap();
    let twice = bench
        .store
        .create_person(Credentials { email: "MARA@example.org".into(), ..mara() }, Role::Viewer)
        .await;
    assert!(matches!(twice, Err(Error::Invalid { field: "E-mail", .. })));
}

#[tokio::test]
async fn the_last_admin_stays_and_an_unknown_person_is_not_found() {
    let bench = Bench::alone().await;
    bench.person("boss", Role::Admin).await;
    for refused in [
        bench.store.set_role("boss@example.org", Role::Editor).await,
        bench.store.set_disabled("boss@example.org", true).await,
    ] {
        assert!(matches!(refused, Err(Error::Invalid { field: "Role", .. })));
    }
    bench.person("second", Role::Admin).await;
    bench.store.set_disabled("second@example.org", true).await.unwrap();
    assert!(bench.store.set_role("boss@example.org", Role::Viewer).await.is_err());
    bench.store.set_disabled("second@example.org", false).await.unwrap();
    bench.store.set_role("boss@example.org", Role::Viewer).await.unwrap();
    assert!(matches!(
        bench.store.set_role("nobody@example.org", Role::Viewer).await,
        Err(Error::NotFound("person"))
    ));
}
