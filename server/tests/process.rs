//! The program as its operator meets it: start, mistakes, a second process, the end.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test that called it")]

mod common;

use common::{PASSWORD, Server, Setup, run};

/// Ends unhappily, with one line that holds the words.
async fn refuses(arguments: &[&str], variables: &[(&str, &str)], words: &[&str]) {
    let data = tempfile::tempdir().unwrap();
    let site = common::fake_site();
    let variables: Vec<_> =
        variables.iter().copied().chain([("LEPTOS_SITE_ROOT", site.path().to_str().unwrap())]).collect();
    let ended = run(data.path(), arguments, &variables, "").await;
    assert!(!ended.status.success(), "{variables:?}: {}", ended.said);
    assert_eq!(ended.said.lines().count(), 1, "one line: {}", ended.said);
    for word in words {
        assert!(ended.said.contains(word), "{word}: {}", ended.said);
    }
    assert!(!ended.said.contains("listening"), "{}", ended.said);
}

#[tokio::test]
async fn a_wrong_variable_is_one_line_before_anything_listens() {
    refuses(&["serve"], &[("REELSHEET_ADRR", "x")], &["REELSHEET_ADRR"]).await;
    refuses(&[], &[("REELSHEET_POLL_MS", "soon")], &["REELSHEET_POLL_MS", "soon"]).await;
    refuses(&["serve"], &[("REELSHEET_GEN_API_URL", "http://gen.example/v1")], &["https"]).await;
    refuses(&["serve"], &[("REELSHEET_ADMIN_EMAIL", "a@b.example")], &["REELSHEET_ADMIN_PASSWORD"]).await;
    refuses(&["serve"], &[("REELSHEET_DATA_DIR", "/dev/null/x")], &["/dev/null/x", "data folder"]).await;
    refuses(&["serve", "--demo"], &[("REELSHEET_ADDR", "0.0.0.0:0")], &["--demo-public"]).await;
}

#[tokio::test]
async fn k2_a_bad_key_ring_is_refused_without_showing_it() {
    let ring = "kid1/Y2FuYXJ5LWNhbmFyeS1jYW5hcnkK";
    refuses(&["serve"], &[("REELSHEET_MASTER_KEY", ring)], &["32 bytes"]).await;
    let data = tempfile::tempdir().unwrap();
    let ended = run(data.path(), &["user", "list"], &[("REELSHEET_MASTER_KEY", ring)], "").await;
    assert!(!ended.status.success() && !ended.said.contains("Y2FuYXJ5"), "{}", ended.said);
}

#[tokio::test]
async fn a_missing_site_says_how_to_build_it() {
    let data = tempfile::tempdir().unwrap();
    let ended = run(data.path(), &["serve"], &[("LEPTOS_SITE_ROOT", "/nowhere")], "").await;
    assert!(!ended.status.success() && ended.said.contains("make build"), "{}", ended.said);
}

#[tokio::test]
async fn f39_a_second_process_on_the_same_data_is_refused() {
    let server = Server::start(Setup::default()).await;
    let site = server.site.path().to_str().unwrap();
    let second = run(server.data.path(), &["serve"], &[("LEPTOS_SITE_ROOT", site)], "").await;
    assert!(!second.status.success(), "{}", second.said);
    assert_eq!(second.said.lines().count(), 1, "{}", second.said);
    assert!(second.said.contains("in use by another reelsheet process"), "{}", second.said);
}

#[tokio::test]
async fn healthcheck_says_whether_the_server_is_ready() {
    let mut server = Server::start(Setup::default()).await;
    let addr = server.url.trim_start_matches("http://").to_owned();
    let up = run(server.data.path(), &["healthcheck", "--addr", &addr], &[], "").await;
    assert!(up.status.success(), "{}", up.said);
    server.stop().await;
    let down = run(server.data.path(), &["healthcheck", "--addr", &addr], &[], "").await;
    assert!(!down.status.success() && down.said.contains(&addr), "{}", down.said);
}

#[tokio::test]
async fn version_names_version_and_commit() {
    let data = tempfile::tempdir().unwrap();
    let ended = run(data.path(), &["--version"], &[], "").await;
    assert!(
        ended.status.success()
            && ended.said.starts_with(concat!("reelsheet ", env!("CARGO_PKG_VERSION"), " (")),
        "{}",
        ended.said
    );
}

#[tokio::test]
async fn accounts_are_kept_from_a_shell() {
    let data = tempfile::tempdir().unwrap();
    let user = async |arguments: &[&str], input: &str| {
        let all: Vec<&str> = ["user"].iter().chain(arguments).copied().collect();
        run(data.path(), &all, &[], input).await
    };
    assert!(user(&["add", "a@kiln.example", "--role", "admin"], PASSWORD).await.status.success());
    assert!(
        user(&["add", "b@kiln.example", "--role", "viewer", "--name", "Bea"], PASSWORD)
            .await
            .status
            .success()
    );
    let short = user(&["add", "c@kiln.example"], "short\n").await;
    assert!(!short.status.success() && short.said.contains("12"), "{}", short.said);
    assert!(user(&["set-role", "b@kiln.example", "editor"], "").await.status.success());
    assert!(user(&["disable", "b@kiln.example"], "").await.status.success());
    assert!(user(&["set-password", "b@kiln.example"], "another long passphrase\n").await.status.success());
    let last = user(&["disable", "a@kiln.example"], "").await;
    assert!(!last.status.success() && last.said.contains("admin"), "{}", last.said);
    let list = user(&["list"], "").await.said;
    assert!(
        list.contains("a@kiln.example (admin) a\n")
            && list.contains("b@kiln.example (editor, disabled) Bea\n"),
        "{list}"
    );
}
