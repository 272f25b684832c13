//! Who may do what: every route and every server function against every role. A new one without a row fails here.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test that called it")]

mod common;

use std::collections::BTreeSet;

use common::{ADMIN, EDITOR, Server, Setup, VIEWER, location, server_fns};
use reqwest::StatusCode;
use serde_json::{Value, json};

const AGENT: &str = "ag_kiln_tide_7f3k";
const OTHER_AGENT: &str = "ag_harbour_lane_5q1c";
/// The first bytes of a PNG, which are all that is looked at.
const PNG: &str = "iVBORw0KGgo=";

/// The least role that may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    Nobody,
    Viewer,
    Editor,
    Admin,
}

/// Every server function, what it needs, and arguments that it can read.
fn rules() -> Vec<(&'static str, Need, Value)> {
    use Need::{Admin, Editor, Nobody, Viewer};
    let agent = || json!({ "agent": AGENT });
    let with = |more: Value| {
        let mut all = json!({ "agent": AGENT, "vidsheet": "4100", "cell": "1" });
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    let sheet = || json!({ "agent": AGENT, "vidsheet": "4100" });
    // Nothing to look for, so that nothing is paid.
    let watch = || json!({ "platform": "tiktok", "kind": "keyword", "value": "" });
    let card = json!({ "type": "text", "prompt": "a line", "model": "gpt-5-mini" });
    vec![
        ("sign_in", Nobody, json!({ "email": "nobody@kiln.example", "password": "not a passphrase" })),
        (
            "create_first_admin",
            Nobody,
            json!({ "setup_key": "x", "name": "x", "email": "x@kiln.example", "password": "x" }),
        ),
        ("is_first_run", Nobody, json!({})),
        ("describe_installation", Nobody, json!({})),
        ("who_am_i", Viewer, json!({})),
        ("list_changes", Viewer, json!({ "since": 0 })),
        ("list_agents", Viewer, json!({})),
        ("open_agent", Viewer, agent()),
        ("open_core", Viewer, agent()),
        ("save_core", Editor, json!({ "agent": AGENT, "before": {}, "after": {} })),
        ("list_core_snapshots", Viewer, agent()),
        ("open_core_snapshot", Viewer, json!({ "agent": AGENT, "id": 1 })),
        ("restore_core", Editor, json!({ "agent": AGENT, "snapshot": 1, "parts": ["voice"] })),
        ("copy_core", Editor, json!({ "agent": AGENT, "to": OTHER_AGENT, "parts": ["voice"] })),
        ("list_workspaces", Viewer, json!({})),
        ("create_agent", Editor, json!({ "new": { "name": "A new agent" } })),
        ("update_agent", Editor, json!({ "agent": AGENT, "patch": {} })),
        // A name that is not typed, so that the agent stays.
        ("delete_agent", Admin, json!({ "agent": AGENT, "typed": "" })),
        ("list_avatars", Viewer, agent()),
        ("add_avatar", Editor, json!({ "agent": AGENT, "picture": { "name": "a.png", "base64": PNG } })),
        ("set_primary_avatar", Editor, json!({ "agent": AGENT, "avatar": "no-such" })),
        ("delete_avatars", Editor, json!({ "agent": AGENT, "avatars": ["no-such"] })),
        ("list_organizations", Viewer, json!({})),
        ("open_organization", Viewer, json!({ "organization": "4711" })),
        ("create_organization", Admin, json!({ "name": "" })),
        ("update_organization", Admin, json!({ "organization": "4711" })),
        ("delete_organization", Admin, json!({ "organization": "10", "typed": "", "password": "x" })),
        ("list_gen_keys", Admin, json!({ "key": 1 })),
        ("create_gen_key", Admin, json!({ "key": 1, "name": "" })),
        ("rename_gen_key", Admin, json!({ "key": 1, "id": "1", "name": "" })),
        ("revoke_gen_key", Admin, json!({ "key": 1, "id": "4711", "typed": "" })),
        ("revoke_all_gen_keys", Admin, json!({ "key": 1, "typed": "", "password": "x" })),
        ("open_automation", Viewer, agent()),
        (
            "save_automation",
            Editor,
            json!({ "agent": AGENT, "before": {}, "after": { "polling_enabled": true } }),
        ),
        ("test_webhook", Editor, agent()),
        ("test_callback", Editor, agent()),
        ("list_calls", Viewer, json!({ "failed": false, "changes": false })),
        ("draw_call", Viewer, json!({ "agent": AGENT, "what": { "is": "delete_agent" } })),
        ("list_voices", Viewer, agent()),
        ("delete_voice", Editor, json!({ "agent": AGENT, "voice": "no-such" })),
        (
            "preview_voice",
            Editor,
            json!({ "agent": AGENT, "voice": "no-such", "text": "hello", "request": "p1" }),
        ),
        ("open_voice_preview", Viewer, json!({ "agent": AGENT, "work": "no-such" })),
        ("write_voice_script", Editor, agent()),
        ("write_voice_description", Editor, json!({ "agent": AGENT, "brief": { "gender": "female" } })),
        ("list_voice_samples", Viewer, agent()),
        ("start_voice_samples", Editor, json!({ "agent": AGENT, "script": "", "request": "s1" })),
        (
            "create_designed_voice",
            Editor,
            json!({ "agent": AGENT, "work": "no-such", "sample": "1", "name": { "name": "V" }, "request": "d1" }),
        ),
        (
            "clone_voice",
            Editor,
            json!({
                "agent": AGENT, "source": { "url": "https://example.com/a.mp3" }, "name": { "name": "V" },
                "consent": false, "request": "c1",
            }),
        ),
        ("open_elevenlabs", Viewer, agent()),
        ("test_elevenlabs_key", Editor, json!({ "agent": AGENT, "secret": "" })),
        ("connect_elevenlabs", Editor, json!({ "agent": AGENT, "secret": "" })),
        ("disconnect_elevenlabs", Editor, agent()),
        ("list_watches", Viewer, agent()),
        ("start_watch", Editor, json!({ "agent": AGENT, "spec": watch(), "request": "w1" })),
        ("update_watch", Editor, json!({ "agent": AGENT, "job": "1", "spec": watch() })),
        ("adopt_watch", Editor, json!({ "agent": AGENT, "job": "1" })),
        ("check_watch", Viewer, json!({ "agent": AGENT, "job": "1" })),
        ("open_profile", Viewer, agent()),
        ("save_profile", Editor, json!({ "agent": AGENT, "profile": {}, "new": false })),
        ("reset_profile", Editor, json!({ "agent": AGENT, "typed": "" })),
        ("open_board", Viewer, agent()),
        ("move_idea", Editor, json!({ "agent": AGENT, "idea": "1", "status": "generated" })),
        (
            "start_run",
            Editor,
            json!({
                "agent": AGENT,
                "order": { "ask": { "for": "ideas" }, "message": "an idea", "conversation": null, "vidsheet": null },
                "request": "1"
            }),
        ),
        ("approve_run", Editor, json!({ "agent": AGENT, "run": "x", "approved": true })),
        ("open_conversation", Viewer, json!({ "agent": AGENT, "conversation": "conv_winter_glaze" })),
        (
            "update_conversation",
            Editor,
            json!({ "agent": AGENT, "conversation": "conv_none", "title": "x", "pinned": null }),
        ),
        ("delete_conversation", Editor, json!({ "agent": AGENT, "conversation": "conv_none" })),
        ("cycle_idea", Editor, json!({ "agent": AGENT, "idea": "1" })),
        ("assign_idea", Editor, json!({ "agent": AGENT, "idea": "1", "person": null })),
        ("comment_idea", Editor, json!({ "agent": AGENT, "idea": "1", "text": "x" })),
        ("list_idea_events", Viewer, json!({ "agent": AGENT, "idea": "1" })),
        ("list_preferences", Viewer, agent()),
        ("open_research", Viewer, json!({ "agent": AGENT, "run": "x" })),
        (
            "plan_conversion",
            Viewer,
            json!({ "agent": AGENT, "target": { "in": "template", "slug": "no-such-template" } }),
        ),
        (
            "start_conversion",
            Editor,
            json!({
                "agent": AGENT,
                "order": { "ideas": ["1"], "target": { "in": "template", "slug": "x" }, "mapping": { "A": "title" }, "status": null },
                "request": "1"
            }),
        ),
        ("open_idea_of_row", Viewer, json!({ "agent": AGENT, "row": "1" })),
        ("resume_conversion", Editor, json!({ "agent": AGENT, "conversion": "x" })),
        ("end_conversion", Editor, json!({ "agent": AGENT, "conversion": "x" })),
        ("list_templates", Viewer, json!({})),
        ("open_template", Viewer, json!({ "slug": "no-such-template" })),
        ("clone_template", Editor, json!({ "agent": AGENT, "slug": "no-such-template" })),
        ("list_vidsheets", Viewer, agent()),
        ("open_vidsheet", Viewer, sheet()),
        ("list_variables", Viewer, sheet()),
        ("list_variable_snapshots", Viewer, sheet()),
        (
            "replace_variables",
            Editor,
            json!({ "agent": AGENT, "vidsheet": "4100", "seen": [], "wanted": [{ "name": "", "value": "" }] }),
        ),
        ("read_variables", Editor, json!({ "agent": AGENT, "file": table_file() })),
        (
            "plan_import",
            Editor,
            json!({ "agent": AGENT, "vidsheet": "4100", "file": table_file(), "mapping": null, "from": 0 }),
        ),
        (
            "import_rows",
            Editor,
            json!({
                "agent": AGENT, "vidsheet": "4100", "file": table_file(),
                "mapping": { "columns": [null], "key": { "by": "append" } }, "from": 0, "seal": "",
            }),
        ),
        ("list_views", Viewer, sheet()),
        (
            "save_view",
            Viewer,
            json!({ "agent": AGENT, "vidsheet": "4100", "name": "Mine", "for_team": false, "view": {} }),
        ),
        ("delete_view", Viewer, json!({ "agent": AGENT, "vidsheet": "4100", "view": 0 })),
        ("create_vidsheet", Editor, json!({ "agent": AGENT, "title": "A new one" })),
        ("complete_vidsheet", Editor, sheet()),
        ("drop_plan", Editor, sheet()),
        (
            "describe_vidsheet",
            Editor,
            json!({ "agent": AGENT, "vidsheet": "4100", "title": "Spring glazes", "labels": [] }),
        ),
        ("archive_vidsheet", Editor, json!({ "agent": AGENT, "vidsheet": "4100", "archived": false })),
        ("adopt_vidsheet", Editor, sheet()),
        ("clone_vidsheet", Editor, sheet()),
        ("add_row", Editor, sheet()),
        ("duplicate_row", Editor, json!({ "agent": AGENT, "vidsheet": "4100", "row": "1" })),
        ("open_cell", Viewer, with(json!({}))),
        ("set_cell_value", Editor, with(json!({ "value": "x", "seen": null }))),
        (
            "edit_cells",
            Editor,
            json!({ "agent": AGENT, "vidsheet": "4100", "edits": [], "gesture": "typed" }),
        ),
        ("list_conflicts", Viewer, sheet()),
        (
            "settle_conflict",
            Editor,
            json!({ "agent": AGENT, "vidsheet": "4100", "edit": 1, "keep": "theirs", "seen": null }),
        ),
        (
            "paste_cells",
            Editor,
            json!({ "agent": AGENT, "vidsheet": "4100", "paste": { "edits": [], "new_columns": [], "new_rows": [] } }),
        ),
        ("undo", Editor, json!({ "agent": AGENT, "vidsheet": "4100", "over": [] })),
        ("redo", Editor, json!({ "agent": AGENT, "vidsheet": "4100", "over": [] })),
        ("add_rows", Editor, json!({ "agent": AGENT, "vidsheet": "4100", "number": 0, "after": null })),
        ("move_rows", Editor, json!({ "agent": AGENT, "vidsheet": "4100", "rows": [], "before": null })),
        ("archive_rows", Editor, json!({ "agent": AGENT, "vidsheet": "4100", "rows": [], "archived": true })),
        ("list_archived_rows", Viewer, sheet()),
        (
            "mark_rows",
            Editor,
            json!({ "agent": AGENT, "vidsheet": "4100", "rows": [], "mark": { "label": null, "colour": null } }),
        ),
        ("add_column", Editor, json!({ "agent": AGENT, "vidsheet": "4100", "title": "", "kind": "text" })),
        ("duplicate_column", Editor, json!({ "agent": AGENT, "vidsheet": "4100", "column": "1" })),
        ("rename_column", Editor, json!({ "agent": AGENT, "vidsheet": "4100", "column": "1", "title": "x" })),
        (
            "describe_column",
            Editor,
            json!({ "agent": AGENT, "vidsheet": "4100", "column": "1", "description": "x" }),
        ),
        (
            "move_columns",
            Editor,
            json!({ "agent": AGENT, "vidsheet": "4100", "columns": [], "before": null }),
        ),
        (
            "archive_columns",
            Editor,
            json!({ "agent": AGENT, "vidsheet": "4100", "columns": [], "archived": true }),
        ),
        ("list_archived_columns", Viewer, sheet()),
        ("be_present", Viewer, json!({ "agent": AGENT, "vidsheet": "4100", "cell": null, "editing": false })),
        ("list_present", Viewer, sheet()),
        ("list_acts", Viewer, json!({ "agent": AGENT, "vidsheet": "4100" })),
        ("list_takes", Viewer, with(json!({}))),
        ("choose_take", Editor, with(json!({ "generation": "1" }))),
        ("start_generation", Editor, with(json!({ "card": card }))),
        ("start_render", Editor, with(json!({}))),
        ("continue_generation", Editor, json!({ "agent": AGENT, "generation": "1" })),
        ("open_queue", Viewer, json!({})),
        ("open_funds", Viewer, agent()),
        ("quote_cell", Viewer, with(json!({ "card": null }))),
        ("quote_batch", Viewer, json!({ "agent": AGENT, "vidsheet": "4100", "cells": [], "card": null })),
        (
            "start_batch",
            Editor,
            json!({ "agent": AGENT, "vidsheet": "4100", "cells": [], "card": null, "request": "2" }),
        ),
        ("pause_queue", Editor, json!({ "paused": false })),
        ("pause_batch", Editor, json!({ "batch": "x", "paused": false })),
        ("move_to_front", Editor, json!({ "works": [] })),
        ("move_batch_to_front", Editor, json!({ "batch": "x" })),
        ("move_before", Editor, json!({ "work": "x", "before": null })),
        ("stop_work", Editor, json!({ "works": [] })),
        ("retry_work", Editor, json!({ "works": [] })),
        ("release_work", Admin, json!({ "works": [] })),
        ("check_work", Viewer, json!({ "work": "x" })),
        ("open_unclear", Viewer, json!({ "work": "x" })),
        ("check_again", Viewer, json!({ "work": "x" })),
        ("adopt", Editor, json!({ "work": "x", "candidate": "1" })),
        ("send_again", Editor, json!({ "work": "x" })),
        ("list_caps", Viewer, json!({})),
        ("set_cap", Admin, json!({ "scope": { "of": "team" }, "credits": null })),
        ("running_count", Viewer, json!({})),
        ("webhook_path", Editor, agent()),
        ("replace_webhook", Editor, agent()),
        ("list_renders", Viewer, agent()),
        ("list_keys", Viewer, json!({})),
        ("test_key", Viewer, json!({ "id": 1 })),
        ("add_key", Admin, json!({ "key": { "key": "gen_pat_nobody", "label": "shared", "shared": true } })),
        // These end what the others stand on.
        ("remove_key", Admin, json!({ "id": 1 })),
        ("sign_out", Viewer, json!({})),
    ]
}

/// A CSV of one column and one line.
fn table_file() -> Value {
    json!({ "name": "a.csv", "base64": "YQoxCg==" })
}

fn everyone() -> Setup {
    Setup { people: &[(EDITOR, "editor"), (VIEWER, "viewer")], ..Setup::default() }
}

#[tokio::test]
async fn a1_a4_every_server_function_asks_for_its_role() {
    let known: BTreeSet<String> = server_fns().into_iter().map(|(name, ..)| name).collect();
    let ruled: BTreeSet<String> = rules().iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(known, ruled, "every server function has its row here");

    let server = Server::start(everyone()).await;
    let actors = [
        (Need::Nobody, String::new()),
        (Need::Viewer, server.sign_in(VIEWER).await),
        (Need::Editor, server.sign_in(EDITOR).await),
        (Need::Admin, server.sign_in(ADMIN).await),
    ];
    let before = server.calls_at_gen().await;
    for (role, cookie) in &actors {
        for (name, need, arguments) in rules().iter().filter(|(_, need, _)| role < need) {
            let response = server.call(name, arguments, cookie).await;
            let expected =
                if *role == Need::Nobody { StatusCode::UNAUTHORIZED } else { StatusCode::FORBIDDEN };
            assert_eq!(response.status(), expected, "{name} by {role:?}, which needs {need:?}");
            let error: Value = response.json().await.unwrap();
            let kind = if *role == Need::Nobody { "signed_out" } else { "forbidden" };
            assert_eq!(error["kind"]["is"], kind, "{name} by {role:?}");
        }
    }
    assert_eq!(server.calls_at_gen().await, before, "GEN heard of none of it");
    for (role, cookie) in &actors {
        for (name, _, arguments) in rules().iter().filter(|(_, need, _)| role >= need) {
            let response = server.call(name, arguments, cookie).await;
            let status = response.status();
            let refused =
                [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN, StatusCode::INTERNAL_SERVER_ERROR]
                    .contains(&status);
            assert!(!refused, "{name} by {role:?}: {status} {}", response.text().await.unwrap());
        }
    }
}

#[tokio::test]
async fn a1_every_page_and_route_asks_for_a_session() {
    const PAGES: [&str; 19] = [
        "/welcome",
        "/login",
        "/",
        "/queue",
        "/activity",
        "/settings/keys",
        "/settings/workspace",
        "/settings/automation",
        "/settings/spending",
        "/agents",
        "/agents/{agent_id}/setup",
        "/agents/{agent_id}/setup/agent",
        "/agents/{agent_id}/setup/monitoring",
        "/agents/{agent_id}/setup/advanced",
        "/agents/{agent_id}/ideas",
        "/agents/{agent_id}/templates",
        "/agents/{agent_id}/vidsheets",
        "/agents/{agent_id}/vidsheets/{vidsheet_id}",
        "/agents/{agent_id}/renders",
    ];
    const PUBLIC_ROUTES: [&str; 3] = ["/livez", "/readyz", "/metrics"];
    let listed: BTreeSet<String> = PAGES.iter().map(|page| (*page).to_owned()).collect();
    assert_eq!(
        server::router::pages().into_iter().collect::<BTreeSet<_>>(),
        listed,
        "every page has its row here"
    );

    let server = Server::start(everyone()).await;
    let viewer = server.sign_in(VIEWER).await;
    let filled = |path: &str| {
        path.replace("{agent_id}", AGENT).replace("{vidsheet_id}", "4100").replace("{id}", &"0".repeat(32))
    };
    for page in &listed {
        let path = filled(page);
        let stranger = server.page(&path, "").await;
        match page.as_str() {
            "/login" => assert_eq!(stranger.status(), StatusCode::OK),
            "/welcome" => assert_eq!(location(&stranger), "/login"),
            _ => {
                assert_eq!(stranger.status(), StatusCode::SEE_OTHER, "{path}");
                assert!(location(&stranger).starts_with("/login"), "{path}");
                let html = server.page(&path, &viewer).await;
                assert_eq!(html.status(), StatusCode::OK, "{path}");
            }
        }
    }
    // A webhook has a pass of its own, and nobody reads from it.
    const WEBHOOK: &str = "/hooks/gen/{secret}";
    assert_eq!(server.get(WEBHOOK, &viewer).await.status(), StatusCode::METHOD_NOT_ALLOWED);
    for route in server::router::ROUTES.into_iter().filter(|route| *route != WEBHOOK) {
        let path = filled(route);
        let stranger = server.get(&path, "").await.status();
        let expected = if PUBLIC_ROUTES.contains(&route) { StatusCode::OK } else { StatusCode::UNAUTHORIZED };
        assert_eq!(stranger, expected, "{route}");
        assert_ne!(server.get(&path, &viewer).await.status(), StatusCode::UNAUTHORIZED, "{route}");
    }
    for unknown in ["/nothing", "/api/nothing", "/admin", "/settings"] {
        assert_eq!(server.get(unknown, "").await.status(), StatusCode::UNAUTHORIZED, "{unknown}");
        let page = server.page(unknown, &viewer).await;
        assert_eq!(page.status(), StatusCode::NOT_FOUND, "{unknown}");
        assert!(page.text().await.unwrap().contains("href=\"/\""), "a way home from {unknown}");
    }
}

/// Everybody has a key of their own here, and nobody may use another's: what it reaches does not exist for them.
#[tokio::test]
async fn a2_a3_k9_what_another_persons_key_reaches_does_not_exist() {
    let server = Server::start(Setup { gen_key: None, ..everyone() }).await;
    let (admin, editor, keyless) =
        (server.sign_in(ADMIN).await, server.sign_in(EDITOR).await, server.sign_in(VIEWER).await);
    for (cookie, key) in [(&admin, gen_sim::DEMO_KEY), (&editor, gen_sim::OTHER_KEY)] {
        let added = server
            .call("add_key", &json!({ "key": { "key": key, "label": "mine", "shared": false } }), cookie)
            .await;
        assert_eq!(added.status(), StatusCode::OK, "{}", added.text().await.unwrap());
    }
    let sheet = json!({ "agent": AGENT, "vidsheet": "4100" });
    assert_eq!(server.call("adopt_vidsheet", &sheet, &admin).await.status(), StatusCode::OK);
    let opened = server.call("open_vidsheet", &sheet, &admin).await.text().await.unwrap();
    let media = common::media_id(&opened);
    assert_eq!(server.get(&format!("/media/{media}"), &admin).await.status(), StatusCode::OK);
    assert_eq!(
        server.call("open_core", &json!({ "agent": OTHER_AGENT }), &editor).await.status(),
        StatusCode::OK
    );

    let before = server.calls_at_gen().await;
    for cookie in [&editor, &keyless] {
        for (name, need, arguments) in rules() {
            if need == Need::Nobody
                || need == Need::Admin
                || arguments.get("agent").is_none()
                || (need > Need::Viewer && cookie == &keyless)
            {
                continue;
            }
            let mut missing = arguments.clone();
            missing["agent"] = json!("ag_no_such_agent");
            let told = async |arguments: &Value| {
                let response = server.call(name, arguments, cookie).await;
                (response.status(), response.text().await.unwrap())
            };
            let (theirs, nobodys) = (told(&arguments).await, told(&missing).await);
            assert_eq!(theirs, nobodys, "{name}: another's looks like nobody's");
            let expected = if cookie == &keyless { StatusCode::CONFLICT } else { StatusCode::NOT_FOUND };
            let empty_list = theirs.0 == StatusCode::OK && theirs.1 == "[]";
            assert!(
                theirs.0 == expected || theirs.0 == StatusCode::NOT_FOUND || empty_list,
                "{name}: {theirs:?}"
            );
        }
        assert_eq!(server.get(&format!("/media/{media}"), cookie).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(
            server.get(&format!("/media/{media}/download"), cookie).await.status(),
            StatusCode::NOT_FOUND
        );
        let keys = server.call("list_keys", &json!({}), cookie).await.text().await.unwrap();
        assert!(!keys.contains(&gen_sim::DEMO_KEY[gen_sim::DEMO_KEY.len() - 4..]), "{keys}");
        assert_eq!(
            server.call("test_key", &json!({ "id": 1 }), cookie).await.status(),
            StatusCode::NOT_FOUND
        );
        assert_eq!(
            server.call("remove_key", &json!({ "id": 1 }), cookie).await.status(),
            StatusCode::NOT_FOUND
        );
    }
    assert_eq!(server.calls_at_gen().await, before, "GEN heard of none of it");
}
