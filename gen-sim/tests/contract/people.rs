//! Who may see and change what.

use gen_client::model::*;
use gen_client::*;
use gen_sim::{OTHER_KEY, VIEWER_KEY};

use crate::studio::Studio;

#[tokio::test(flavor = "multi_thread")]
async fn people_organizations_and_agents() {
    let studio = Studio::open().await;
    let client = &studio.client;
    assert!(client.me().await.unwrap().email.contains('@'));
    let organizations = client.list_organizations().await.unwrap();
    assert_eq!(organizations.len(), 2);
    assert_eq!(client.list_workspaces().await.unwrap().len(), 2);
    let organization = client.open_organization(&organizations[0].id).await.unwrap();
    assert_eq!(organization, organizations[0]);
    assert!(organization.available_credits.unwrap().generic.unwrap() > 0.0);
    assert_eq!(client.list_agents(None).await.unwrap().len(), 3);
    for organization in &organizations {
        for listed in client.list_agents(Some(&organization.id)).await.unwrap() {
            let agent = client.open_agent(&listed.id).await.unwrap();
            assert_eq!(agent.name, listed.name);
            assert_eq!(agent.organization_id.as_ref(), Some(&organization.id));
        }
    }
    let agent = studio.agent().await;
    let avatars = client.list_avatars(&agent, None).await.unwrap();
    assert!(avatars[0].is_primary);
    let last = avatars.iter().map(|avatar| avatar.id.clone()).max().unwrap();
    assert_eq!(client.list_avatars(&agent, Some(&last)).await.unwrap(), []);
    let voices = client.list_voices(&agent, None).await.unwrap();
    let public = client.list_voices(&agent, Some("public")).await.unwrap();
    assert!(!public.is_empty() && public.len() <= voices.len());
    assert!(public.iter().all(|voice| voice.source == "public"));
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_open_what_their_owner_may_see() {
    let studio = Studio::open().await;
    let agent = studio.agent().await;
    let stranger = studio.as_user("gen_pat_nobody_knows_this");
    assert!(stranger.me().await.unwrap_err().refuses_key());
    let other = studio.as_user(OTHER_KEY);
    assert!(other.list_agents(None).await.unwrap().iter().all(|seen| seen.id != agent));
    let error = other.open_agent(&agent).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 403 | 404 | 422, .. }), "{error}");
    let viewer = studio.as_user(VIEWER_KEY);
    assert_eq!(viewer.open_agent(&agent).await.unwrap().role.as_deref(), Some("viewer"));
    let patch = AgentCorePatch { goal: Some("growth".into()), ..Default::default() };
    let error = viewer.patch_core(&agent, &patch).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 403, .. }), "{error}");
    let absent = "nobody".parse().unwrap();
    assert!(studio.client.open_agent(&absent).await.unwrap_err().is_not_found());
    assert!(studio.client.open_core(&absent).await.unwrap_err().is_not_found());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_core_is_read_changed_and_read_again() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let before = client.open_core(&agent).await.unwrap();
    assert_eq!(before.agent_id.as_ref(), Some(&agent));
    let mut after = before.clone();
    after.description = Some("Pots for people who cook.".into());
    after.keywords.push("stoneware".into());
    after.research_topics.push(ResearchTopic { topic: "wood firing".into() });
    after.linked_accounts.push(LinkedAccount { url: "https://x.example/kiln".into(), ..Default::default() });
    let saved = client.patch_core(&agent, &AgentCorePatch::between(&before, &after)).await.unwrap();
    assert_eq!(saved.failed().count(), 0);
    let read = client.open_core(&agent).await.unwrap();
    assert_eq!(read.description, after.description);
    assert_eq!((&read.keywords, &read.monitored), (&after.keywords, &before.monitored), "D11");
    assert_eq!(read.research_topics, after.research_topics);
    assert_eq!(read.linked_accounts.len(), before.linked_accounts.len() + 1);
    assert!(read.linked_accounts.iter().all(|account| account.id.is_some()));
    // A section that fails leaves the others saved (D13).
    let voice = CoreVoice { voice_id: "fail".parse().unwrap(), name: None, source: None };
    let patch =
        AgentCorePatch { goal: Some("sales".into()), default_user_voice: Some(voice), ..Default::default() };
    let saved = client.patch_core(&agent, &patch).await.unwrap();
    assert_eq!(saved.failed().map(|(section, _)| section).collect::<Vec<_>>(), ["voice"]);
    assert_eq!(client.open_core(&agent).await.unwrap().goal.as_deref(), Some("sales"));
    let long = AgentCorePatch { description: Some("x".repeat(DESCRIPTION_MAX + 1)), ..Default::default() };
    let error = client.patch_core(&agent, &long).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
}
