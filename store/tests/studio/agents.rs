//! Agents and their pictures: made, changed, deleted; and a core that can be put back.

use gen_client::AvatarId;
use gen_client::model::{AgentCore, AgentPatch, NewAgent};
use model::{CorePart, NewFile};
use serde_json::json;
use store::Error;

use crate::bench::Bench;

/// The first bytes of a PNG in base64, which are all that anybody looks at.
const PNG: &str = "iVBORw0KGgo=";

fn picture(base64: &str) -> NewFile {
    NewFile { name: "vase.png".into(), base64: base64.into() }
}

#[tokio::test]
async fn an_agent_is_made_changed_and_deleted() {
    let bench = Bench::open().await;
    let (store, actor) = (&bench.store, &bench.actor);
    let workspaces = store.list_workspaces(actor).await.unwrap();
    let tidewater = workspaces.iter().find(|one| one.name == "Tidewater Studio").unwrap();
    let new = NewAgent {
        name: " Slow Kiln ".into(),
        description: Some("One firing a month.".into()),
        time_zone: Some("Europe/Berlin".into()),
        organization_id: Some(tidewater.id.clone()),
        ..NewAgent::default()
    };
    let id = store.create_agent(actor, new.clone()).await.unwrap();
    let named = |name: &str| {
        let name = name.to_owned();
        async move {
            let all = store.list_agents(actor).await.unwrap().value;
            all.into_iter().find(|agent| agent.name == name)
        }
    };
    assert_eq!(named("Slow Kiln").await.unwrap().id, id);
    assert!(store.create_agent(actor, new).await.is_err(), "GEN refuses a name that is taken");

    let patch =
        AgentPatch { name: Some("Fast Kiln".into()), description: Some(String::new()), ..Default::default() };
    store.update_agent(actor, &id, patch).await.unwrap();
    let body = bench.calls("PATCH", &format!("/agents/{id}")).await.pop().unwrap()["body"].clone();
    assert_eq!(body, json!({ "agent": { "name": "Fast Kiln", "description": "" } }), "only what changed");
    let renamed = named("Fast Kiln").await.unwrap();
    assert_eq!(renamed.description.unwrap_or_default(), "");

    for typed in ["", "Slow Kiln", "fast kiln"] {
        let refused = store.delete_agent(actor, &id, typed).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "Name", .. })), "{typed}");
    }
    assert_eq!(bench.calls("DELETE", &format!("/agents/{id}")).await.len(), 0);
    store.delete_agent(actor, &id, "Fast Kiln ").await.unwrap();
    assert!(named("Fast Kiln").await.is_none());
    assert!(matches!(store.open_core(actor, &id).await, Err(Error::NotFound("agent"))));
}

#[tokio::test]
async fn names_and_time_zones_are_checked_before_anything_is_sent() {
    let bench = Bench::open().await;
    let made = |name: &str, zone: &str| {
        let new = NewAgent { name: name.into(), time_zone: Some(zone.to_owned()), ..NewAgent::default() };
        bench.store.create_agent(&bench.actor, new)
    };
    for (name, zone, field) in [
        ("", "UTC", "Name"),
        (&"n".repeat(256), "UTC", "Name"),
        ("two\nlines", "UTC", "Name"),
        ("Kiln", "Berlin", "Time zone"),
        ("Kiln", "Europe/<script>", "Time zone"),
    ] {
        let refused = made(name, zone).await;
        assert!(matches!(refused, Err(Error::Invalid { field: named, .. }) if named == field), "{field}");
    }
    assert_eq!(bench.calls("POST", "/agents").await.len(), 0);
    made(&"n".repeat(255), "UTC").await.unwrap();
}

#[tokio::test]
async fn pictures_are_paged_chosen_and_deleted_together() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let seeded = store.list_avatars(actor, agent).await.unwrap().value;
    assert_eq!(seeded.len(), 2);
    let mut all = seeded.clone();
    for _ in 0..21 {
        all = store.add_avatar(actor, agent, picture(PNG)).await.unwrap();
    }
    assert_eq!(all.len(), 23);
    // Up to 19 pictures are one page, from 20 on a second one is asked for.
    assert_eq!(bench.calls("GET", "/avatars").await.len(), 1 + 17 + 4 * 2);
    assert!(
        all.iter().all(|avatar| !avatar.url.as_deref().unwrap_or_default().contains("://")),
        "our media ids"
    );

    let last = all.last().unwrap().id.clone();
    let chosen = store.set_primary_avatar(actor, agent, last.clone()).await.unwrap();
    assert!(chosen.iter().find(|avatar| avatar.id == last).unwrap().is_primary);
    assert_eq!(chosen.iter().filter(|avatar| avatar.is_primary).count(), 1);

    let gone: Vec<AvatarId> = all[..3].iter().map(|avatar| avatar.id.clone()).collect();
    let left = store.delete_avatars(actor, agent, gone.clone()).await.unwrap();
    assert_eq!(left.len(), 20);
    let calls = bench.calls("DELETE", &gone.iter().map(AvatarId::as_str).collect::<Vec<_>>().join("_")).await;
    assert_eq!(calls.len(), 1, "one call for the three");
}

#[tokio::test]
async fn r2_a_picture_that_gen_did_not_list_is_never_named() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let known = store.list_avatars(actor, agent).await.unwrap().value;
    let joined: AvatarId = format!("{}_{}", known[0].id, known[1].id).parse().unwrap();
    for id in [joined, "999999".parse().unwrap()] {
        assert!(matches!(
            store.delete_avatars(actor, agent, vec![id.clone()]).await,
            Err(Error::NotFound("picture"))
        ));
        assert!(matches!(store.set_primary_avatar(actor, agent, id).await, Err(Error::NotFound("picture"))));
    }
    for svg in ["PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=", "***", ""] {
        let refused = store.add_avatar(actor, agent, picture(svg)).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "Picture", .. })), "{svg}");
    }
    let writes = ["POST", "PATCH", "DELETE"].map(|method| bench.calls(method, ""));
    for calls in writes {
        assert_eq!(calls.await.len(), 0);
    }
}

#[tokio::test]
async fn every_save_can_be_gone_back_to() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let first = store.open_core(actor, agent).await.unwrap().value;
    let changed = AgentCore {
        keywords: vec!["raku".into()],
        linked_accounts: Vec::new(),
        brand_name: Some("Kiln".into()),
        ..first.clone()
    };
    store.save_core(actor, agent, first.clone(), changed).await.unwrap();
    let snapshots = store.list_core_snapshots(actor, agent).await.unwrap();
    assert_eq!(snapshots.len(), 2, "as it was found, and as it was saved");
    assert_eq!(snapshots[0].changed, ["Brand name", "Brand socials", "Keywords"]);
    assert_eq!(
        (snapshots[0].person.as_deref(), snapshots[1].person.as_deref()),
        (Some(actor.person.name.as_str()), None)
    );

    // Somebody else changes it at GEN; the next save keeps that too.
    let (elsewhere, other, _folder) = bench.elsewhere().await;
    let theirs = elsewhere.open_core(&other, agent).await.unwrap().value;
    let after = AgentCore { goal: Some("authority".into()), ..theirs.clone() };
    elsewhere.save_core(&other, agent, theirs, after).await.unwrap();

    let parts = vec![CorePart::Socials, CorePart::Expertise];
    let (saved, now) = store.restore_core(actor, agent, snapshots[1].id, parts).await.unwrap();
    assert_eq!(saved.failed().count(), 0);
    assert_eq!(now.keywords, first.keywords);
    assert_eq!(now.monitored, first.monitored, "D11");
    let urls = |core: &AgentCore| core.linked_accounts.iter().map(|one| one.url.clone()).collect::<Vec<_>>();
    assert_eq!(urls(&now), urls(&first), "with new numbers, for GEN has deleted the old ones");
    assert_eq!(
        (now.brand_name.as_deref(), now.goal.as_deref()),
        (Some("Kiln"), Some("authority")),
        "left alone"
    );
    let told: Vec<Vec<String>> =
        store.list_core_snapshots(actor, agent).await.unwrap().into_iter().map(|one| one.changed).collect();
    assert_eq!(told[..2], [vec!["Brand socials".to_owned(), "Keywords".to_owned()], vec!["Goal".to_owned()]]);
    assert!(matches!(
        store.restore_core(actor, agent, 999, vec![CorePart::Voice]).await,
        Err(Error::NotFound("snapshot"))
    ));
}

#[tokio::test]
async fn parts_of_a_core_go_to_another_agent() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let to = store.list_agents(actor).await.unwrap().value;
    let to = to.into_iter().find(|agent| agent.name == "Wood Firing Diary").unwrap().id;
    let parts = vec![CorePart::Socials, CorePart::Monitored];
    store.copy_core(actor, agent, &to, parts).await.unwrap();
    let (from, copy) = (
        store.open_core(actor, agent).await.unwrap().value,
        store.open_core(actor, &to).await.unwrap().value,
    );
    assert_eq!(copy.monitored, from.monitored);
    assert_eq!(copy.linked_accounts.len(), from.linked_accounts.len());
    assert!(copy.brand_name.is_none() && copy.keywords.is_empty());
    let sent = bench.calls("PATCH", &format!("/agents/{to}/core")).await.pop().unwrap()["body"].clone();
    let fields: Vec<&String> = sent.as_object().unwrap().keys().collect();
    assert_eq!(fields, ["linked_accounts", "monitored"]);
    assert!(sent["linked_accounts"].as_array().unwrap().iter().all(|one| one.get("id").is_none()));
    let same = store.copy_core(actor, agent, agent, vec![CorePart::Voice]).await;
    assert!(matches!(same, Err(Error::Invalid { field: "Agent", .. })));
}

#[tokio::test]
async fn a_stale_tab_deletes_nobodys_entries() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let stale = store.open_core(actor, agent).await.unwrap().value;
    let (elsewhere, other, _folder) = bench.elsewhere().await;
    let fresh = elsewhere.open_core(&other, agent).await.unwrap().value;
    let mut theirs = fresh.clone();
    theirs.monitored.push(model::read_source("@added_by_ana"));
    theirs.monitored.remove(0);
    elsewhere.save_core(&other, agent, fresh, theirs.clone()).await.unwrap();

    let mut mine = stale.clone();
    mine.monitored.push(model::read_source("#mine"));
    let (_, now) = store.save_core(actor, agent, stale, mine).await.unwrap();
    let mut both = theirs.monitored;
    both.push(model::read_source("#mine"));
    assert_eq!(now.monitored, both);
}
