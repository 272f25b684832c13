//! Agents, their pictures, what came before the core, and whom GEN tells.

use bytes::Bytes;
use gen_client::model::*;
use gen_client::{AgentKeys, ApiKey, DegodId, Error, File};
use serde_json::{Map, json};

use crate::studio::Studio;

/// One transparent pixel.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\xdac\xfc\xff\x9f\xa1\x1e\0\x07\x82\x02\x7f=\xc8H\xef\0\0\0\0IEND\xaeB`\x82";

/// A small picture.
pub fn picture() -> File {
    File { name: "pot.png".into(), content_type: "image/png".into(), bytes: Bytes::from_static(PIXEL) }
}

#[tokio::test(flavor = "multi_thread")]
async fn agents_come_change_and_go() {
    let studio = Studio::open().await;
    let client = &studio.client;
    let organization = client.list_organizations().await.unwrap().remove(0).id;
    let new = NewAgent {
        name: "Night kiln".into(),
        description: Some("Fires after dark".into()),
        time_zone: Some("Europe/Berlin".into()),
        organization_id: Some(organization.clone()),
        avatars: vec![DegodAvatar { degod_avatar_id: "7".parse().unwrap(), is_primary: true }],
    };
    let agent = client.create_agent(&new).await.unwrap();
    assert_eq!((agent.name.as_str(), agent.organization_id.as_ref()), ("Night kiln", Some(&organization)));
    let worn = client.list_avatars(&agent.id, None).await.unwrap();
    assert_eq!(worn[0].degod_avatar_id.as_ref().map(DegodId::as_str), Some("7"));
    client.create_degod_avatar(&agent.id, &"8".parse().unwrap()).await.unwrap();
    assert_eq!(client.list_avatars(&agent.id, None).await.unwrap().len(), 2);
    assert!(client.open_agent(&agent.id).await.unwrap().organization_uuid.is_some());
    let error = client.create_agent(&new).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "names are unique: {error}");
    let patch = AgentPatch { description: Some("Fires at dawn".into()), ..Default::default() };
    client.update_agent(&agent.id, &patch).await.unwrap();
    let read = client.open_agent(&agent.id).await.unwrap();
    assert_eq!((read.description.as_deref(), read.name.as_str()), (Some("Fires at dawn"), "Night kiln"));
    let wrong = AgentPatch { time_zone: Some("no zone at all".into()), ..Default::default() };
    let error = client.update_agent(&agent.id, &wrong).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
    let keys = |key: &str| AgentKeys { hume: None, eleven_labs: ApiKey::new(key.into()).ok() };
    client.set_agent_keys(&agent.id, &keys("el_0123456789")).await.unwrap();
    assert!(client.open_elevenlabs(&agent.id).await.unwrap().connected);
    let keyed = NewAgent { name: "Keyed kiln".into(), ..Default::default() };
    let error = client.create_agent_with_keys(&keyed, &keys("el_invalid_0123")).await.unwrap_err();
    assert!(matches!(&error, Error::Api { code, .. } if code.0 == "invalid_api_key"), "{error}");
    let keyed = client.create_agent_with_keys(&keyed, &keys("el_0123456789")).await.unwrap();
    assert!(client.open_elevenlabs(&keyed.id).await.unwrap().connected);
    client.delete_agent(&agent.id).await.unwrap();
    assert!(client.open_agent(&agent.id).await.unwrap_err().is_not_found());
}

#[tokio::test(flavor = "multi_thread")]
async fn pictures_come_stand_for_the_agent_and_go() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let before = client.list_avatars(&agent, None).await.unwrap();
    for _ in 0..2 {
        client.create_avatar(&agent, &picture()).await.unwrap();
    }
    let after = client.list_avatars(&agent, None).await.unwrap();
    assert_eq!(after.len(), before.len() + 2);
    let new: Vec<_> = after.into_iter().filter(|avatar| !before.contains(avatar)).collect();
    client.set_primary_avatar(&agent, &new[1].id).await.unwrap();
    let now = client.list_avatars(&agent, None).await.unwrap();
    assert_eq!((&now[0].id, now.iter().filter(|avatar| avatar.is_primary).count()), (&new[1].id, 1));
    let ids: Vec<_> = new.iter().map(|avatar| avatar.id.clone()).collect();
    client.delete_avatars(&agent, &ids).await.unwrap();
    assert_eq!(client.list_avatars(&agent, None).await.unwrap().len(), before.len());
    let text = File { content_type: "text/html".into(), ..picture() };
    let error = client.create_avatar(&agent, &text).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
    assert!(client.set_primary_avatar(&agent, &"987654321".parse().unwrap()).await.is_err());
    assert!(matches!(client.delete_avatars(&agent, &[]).await, Err(Error::Invalid(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_profile_of_old_is_made_replaced_and_emptied() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let named = |name: &str| AgentProfile {
        identity: Some(Map::from_iter([("name".to_owned(), json!(name))])),
        ..Default::default()
    };
    client.create_profile(&agent, &named("Kiln")).await.unwrap();
    client.update_profile(&agent, &named("Kiln and Co")).await.unwrap();
    let read = client.open_profile(&agent).await.unwrap();
    assert_eq!(read.identity.unwrap()["name"], "Kiln and Co");
    client.delete_profile(&agent).await.unwrap();
    let absent = "nobody".parse().unwrap();
    assert!(client.open_profile(&absent).await.unwrap_err().is_not_found());
}

#[tokio::test(flavor = "multi_thread")]
async fn gen_tells_whom_it_was_told_to_tell() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    for test in [client.test_webhook(&agent).await, client.test_callback(&agent).await] {
        assert!(matches!(test, Err(Error::Api { status: 422, .. })), "no address yet: {test:?}");
    }
    // Nobody listens on the discard port.
    let nobody = Some(Some("http://127.0.0.1:9/hook".to_owned()));
    let patch =
        AutomationPatch { webhook_url: nobody.clone(), callback_url: nobody, polling_enabled: Some(true) };
    let set = client.update_automation(&agent, &patch).await.unwrap();
    assert_eq!(set.webhook_url.as_deref(), Some("http://127.0.0.1:9/hook"));
    assert_eq!(client.open_automation(&agent).await.unwrap(), set);
    for test in [client.test_webhook(&agent).await, client.test_callback(&agent).await] {
        let test = test.unwrap();
        assert!(!test.success && test.error.is_some(), "{test:?}");
    }
    let off = AutomationPatch { webhook_url: Some(None), ..Default::default() };
    let now = client.update_automation(&agent, &off).await.unwrap();
    assert_eq!((now.webhook_url, now.callback_url.is_some()), (None, true));
    let wrong = AutomationPatch { webhook_url: Some(Some("not an address".into())), ..Default::default() };
    let error = client.update_automation(&agent, &wrong).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
}
