//! Organizations, keys at GEN, automation, the older profile, and the log of calls.

use gen_client::model::{AgentProfile, AutomationConfig};
use model::{CallFilter, NewFile, Role};
use serde_json::json;
use store::{Credentials, Error};

use crate::bench::Bench;

const PASSWORD: &str = "a kiln full of mugs";

#[tokio::test]
async fn an_organization_is_made_renamed_and_deleted_by_its_owner() {
    let bench = Bench::open().await;
    let (store, _) = (&bench.store, &bench.actor);
    let admin =
        Credentials { email: "rosa@kiln.example".into(), name: "Rosa".into(), password: PASSWORD.into() };
    store.create_person(admin, Role::Admin).await.unwrap();
    let (admin, _) = store.sign_in("rosa@kiln.example", PASSWORD).await.unwrap();
    let png = NewFile { name: "logo.png".into(), base64: "iVBORw0KGgo=".into() };
    let id = store.create_organization(&admin, " North Kiln ", Some(png)).await.unwrap();
    let listed = store.list_organizations(&admin).await.unwrap().value;
    let made = listed.iter().find(|one| one.id == id).unwrap();
    assert_eq!((made.name.as_str(), made.user_role.as_deref()), ("North Kiln", Some("owner")));
    assert!(made.picture_url.as_ref().is_some_and(|url| url.len() == 32), "our media id");
    store.update_organization(&admin, &id, Some("South Kiln".into()), None).await.unwrap();
    assert_eq!(store.open_organization(&admin, &id).await.unwrap().name, "South Kiln");

    for (typed, password) in [("", PASSWORD), ("North Kiln", PASSWORD), ("South Kiln", "not the password")] {
        let refused = store.delete_organization(&admin, &id, typed, password.into()).await;
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{typed}");
    }
    assert_eq!(bench.calls("DELETE", &format!("/organizations/{id}")).await.len(), 0);
    store.delete_organization(&admin, &id, "South Kiln", PASSWORD.into()).await.unwrap();
    assert!(store.list_organizations(&admin).await.unwrap().value.iter().all(|one| one.id != id));

    let unknown = "4711".parse().unwrap();
    assert!(matches!(
        store.update_organization(&admin, &unknown, Some("x".into()), None).await,
        Err(Error::NotFound("organization"))
    ));
    let managed = "20".parse().unwrap();
    let refused = store.delete_organization(&admin, &managed, "Harbour Lane Media", PASSWORD.into()).await;
    assert!(matches!(refused, Err(Error::Gen(gen_client::Error::Api { status: 403, .. }))), "not its owner");
}

#[tokio::test]
async fn a_key_at_gen_is_shown_once_and_revoked_by_its_name() {
    let bench = Bench::open().await;
    let (store, actor) = (&bench.store, &bench.actor);
    let ours = store.list_keys(actor).await.unwrap()[0].id;
    let created = store.create_gen_key(actor, ours, "n8n", Some(30)).await.unwrap();
    assert!(created.secret.starts_with("gen_pat_"));
    assert!(!format!("{created:?}").contains(&created.secret));
    assert!(!bench.on_disk(&created.secret), "kept nowhere");
    let listed = store.list_gen_keys(actor, ours).await.unwrap();
    let new = listed.iter().find(|key| key.name == "n8n").unwrap();
    assert!(new.key.expires_at.is_some());
    let renamed = store.rename_gen_key(actor, ours, &new.key.id, "n8n production").await.unwrap();
    assert!(renamed.iter().any(|key| key.name == "n8n production"));
    for days in [0, 3_651] {
        let refused = store.create_gen_key(actor, ours, "x", Some(days)).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "Expires after", .. })));
    }
    let refused = store.revoke_gen_key(actor, ours, &new.key.id, "n8n").await;
    assert!(matches!(refused, Err(Error::Invalid { field: "Name", .. })));
    assert_eq!(bench.calls("DELETE", "/revoke").await.len(), 0);
    assert!(!store.revoke_gen_key(actor, ours, &new.key.id, "n8n production").await.unwrap());
    assert!(!store.list_keys(actor).await.unwrap()[0].refused);

    let own = store.list_gen_keys(actor, ours).await.unwrap();
    let own = own.iter().find(|key| key.may_be_ours).unwrap();
    assert!(
        store.revoke_gen_key(actor, ours, &own.key.id, &own.name).await.unwrap(),
        "it cuts us off, and says so"
    );
    assert!(store.list_keys(actor).await.unwrap()[0].refused);
}

#[tokio::test]
async fn k12_all_keys_go_only_with_the_words_and_the_password() {
    let bench = Bench::open().await;
    let store = &bench.store;
    let admin =
        Credentials { email: "rosa@kiln.example".into(), name: "Rosa".into(), password: PASSWORD.into() };
    store.create_person(admin, Role::Admin).await.unwrap();
    let editor =
        Credentials { email: "ed@kiln.example".into(), name: "Ed".into(), password: PASSWORD.into() };
    store.create_person(editor, Role::Editor).await.unwrap();
    let (admin, _) = store.sign_in("rosa@kiln.example", PASSWORD).await.unwrap();
    let (editor, _) = store.sign_in("ed@kiln.example", PASSWORD).await.unwrap();
    let ours = store.list_keys(&admin).await.unwrap()[0].id;
    assert!(
        matches!(store.list_gen_keys(&editor, ours).await, Err(Error::Forbidden(_))),
        "the team's key is an admin's"
    );
    for (typed, password) in [("", PASSWORD), ("revoke", PASSWORD), ("revoke all", "wrong")] {
        let refused = store.revoke_all_gen_keys(&admin, ours, typed, password.into()).await;
        assert!(matches!(refused, Err(Error::Invalid { .. })));
    }
    assert_eq!(bench.calls("DELETE", "/revoke_all").await.len(), 0);
    assert!(store.revoke_all_gen_keys(&admin, ours, "revoke all", PASSWORD.into()).await.unwrap());
}

#[tokio::test]
async fn automation_is_read_changed_and_tried() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let before = store.open_automation(actor, agent).await.unwrap().value;
    let url = Some("https://hooks.example.com/gen".to_owned());
    let after = AutomationConfig { webhook_url: url, polling_enabled: true, ..before.clone() };
    let saved = store.save_automation(actor, agent, before, after).await.unwrap();
    let sent = bench.calls("PATCH", "/automation_config").await.pop().unwrap()["body"].clone();
    assert_eq!(sent["automation_config"].get("callback_url"), None, "only what changed: {sent}");
    assert_eq!(saved.webhook_url.as_deref(), Some("https://hooks.example.com/gen"));
    assert!(saved.polling_enabled);
    let tried = store.test_webhook(actor, agent).await.unwrap();
    assert!(!tried.success && tried.error.is_some(), "the simulator reaches this machine only");
    let without = store.test_callback(actor, agent).await;
    assert!(matches!(without, Err(Error::Gen(gen_client::Error::Api { status: 422, .. }))));
    let off = AutomationConfig { webhook_url: Some(String::new()), ..saved.clone() };
    assert_eq!(store.save_automation(actor, agent, saved, off).await.unwrap().webhook_url, None);
    assert_eq!(store.open_automation(actor, agent).await.unwrap().value.webhook_url, None);
}

#[tokio::test]
async fn the_profile_is_another_view_of_the_core() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    store.connect_elevenlabs(actor, agent, "sk_elevenlabs_canary_0123456789".into()).await.unwrap();
    let profile = store.open_profile(actor, agent).await.unwrap().value;
    assert!(!serde_json::to_string(&profile).unwrap().contains("api_key"), "{profile:?}");
    let brand = json!({ "brand": { "keywords": ["raku"], "content_idea_preferences": ["no questions"] } });
    let changed: AgentProfile = serde_json::from_value(brand).unwrap();
    let saved = store.save_profile(actor, agent, changed.clone(), false).await.unwrap();
    assert_eq!(saved.brand.unwrap()["keywords"], json!(["raku"]));
    bench.follow().await;
    store.save_profile(actor, agent, changed, true).await.unwrap();
    assert_eq!(bench.calls("POST", "/agent/profile").await.len(), 1);
    let empty = store.save_profile(actor, agent, AgentProfile::default(), false).await;
    assert!(matches!(empty, Err(Error::Invalid { field: "Profile", .. })));
    let refused = store.reset_profile(actor, agent, "something else").await;
    assert!(matches!(refused, Err(Error::Invalid { field: "Name", .. })));
    let reset = store.reset_profile(actor, agent, "Kiln & Tide").await.unwrap();
    assert_eq!(reset.brand, None);
}

#[tokio::test]
async fn l1_the_log_of_calls_holds_patterns_and_no_ids() {
    let mut bench = Bench::open().await;
    let agent = bench.agent.clone();
    bench.store.open_core(&bench.actor, &agent).await.unwrap();
    let absent = bench.store.adopt_watch(&bench.actor, &agent, &"424242".parse().unwrap()).await;
    assert!(absent.is_err());
    bench.restart().await;
    let (store, actor) = (&bench.store, &bench.actor);
    let calls = store.list_calls(actor, CallFilter::default()).await.unwrap();
    let failed = store.list_calls(actor, CallFilter { failed: true, ..CallFilter::default() }).await.unwrap();
    assert!(calls.iter().any(|call| call.operation == "getAgentCore" && call.status == Some(200)));
    assert_eq!(failed.len(), 1);
    assert_eq!(
        (failed[0].path.as_str(), failed[0].status, failed[0].code.as_deref(), failed[0].key.as_str()),
        ("/user_jobs/{id}", Some(404), Some("user_job_not_found"), "studio")
    );
    let text = serde_json::to_string(&calls).unwrap();
    assert!(!text.contains(agent.as_str()) && !text.contains("424242"), "{text}");
    let older = CallFilter { before: Some(calls[0].id), ..CallFilter::default() };
    assert_eq!(store.list_calls(actor, older).await.unwrap().len(), calls.len() - 1);
    let reads = store.list_calls(actor, CallFilter { changes: true, ..CallFilter::default() }).await.unwrap();
    assert_eq!(reads.len(), 0, "nothing was changed");
}
