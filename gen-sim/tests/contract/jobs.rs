//! Research, monitoring, publishing, and the conversations around them.

use gen_client::Error;
use gen_client::model::*;

use crate::studio::{Studio, decision, said};

#[tokio::test(flavor = "multi_thread")]
async fn research_is_a_run() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let run = client
        .start_research(&agent, "ash glaze", &ResearchDepth::Quick, &decision("research"))
        .await
        .unwrap();
    let again = client
        .start_research(&agent, "ash glaze", &ResearchDepth::Quick, &decision("research"))
        .await
        .unwrap();
    assert_eq!(again.id, run.id);
    studio.control("drain");
    let done = client.open_run(&run.id).await.unwrap();
    assert_eq!(done.status, RunStatus::Completed);
    assert!(done.messages.iter().any(|message| message.role == "assistant" && message.content.is_some()));
    let odd = ResearchDepth::Unknown("endless".into());
    let error = client.start_research(&agent, "ash", &odd, &decision("odd")).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn conversations_are_named_pinned_and_deleted() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let run = client.start_run(&agent, &said("Generate 2 content ideas"), &decision("run")).await.unwrap();
    studio.control("drain");
    let conversation = run.conversation_id.unwrap();
    let named = client.update_conversation(&conversation, Some("Glazes"), Some(true)).await.unwrap();
    assert!(named.is_none_or(|named| named.pinned));
    let read = client.open_conversation(&conversation).await.unwrap();
    assert_eq!((read.title.as_deref(), read.pinned), (Some("Glazes"), true));
    let runs = client.list_conversation_runs(&conversation).await.unwrap();
    assert_eq!((runs.len(), &runs[0].id, &runs[0].status), (1, &run.id, &RunStatus::Completed));
    let ideas = client.list_ideas(&agent, None).await.unwrap().len();
    client.delete_conversation(&conversation).await.unwrap();
    assert!(client.open_conversation(&conversation).await.unwrap_err().is_not_found());
    assert_eq!(client.list_ideas(&agent, None).await.unwrap().len(), ideas, "ideas stay");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_idea_cycles_forward() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let idea = client.list_ideas(&agent, Some(&IdeaStatus::Generated)).await.unwrap().remove(0);
    let moved = client.cycle_idea_status(&idea.id).await.unwrap().unwrap();
    assert_eq!((&moved.id, moved.status), (&idea.id, IdeaStatus::ApproveToCreate));
    assert!(client.cycle_idea_status(&"987654321".parse().unwrap()).await.unwrap_err().is_not_found());
}

#[tokio::test(flavor = "multi_thread")]
async fn monitoring_goes_on_and_changes() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let look = |keep_up| Monitoring {
        platform: MonitoringPlatform::Tiktok,
        kind: MonitoringKind::Hashtag,
        value: "glaze".into(),
        days: 7,
        country: Some("us".into()),
        max_results: Some(5),
        keep_up,
        comments: false,
    };
    let once = client.start_monitoring(&agent, &look(false), &decision("once")).await.unwrap();
    let kept = client.start_monitoring(&agent, &look(true), &decision("kept")).await.unwrap();
    let again = client.start_monitoring(&agent, &look(true), &decision("kept")).await.unwrap();
    assert_eq!(again.id, kept.id, "the same decision starts nothing new");
    studio.control("drain");
    assert_eq!(client.open_job(&agent, &once.id).await.unwrap().status, GenerationStatus::Completed);
    assert_eq!(client.open_job(&agent, &kept.id).await.unwrap().status, GenerationStatus::Processing);
    let other = Monitoring { value: "kiln".into(), ..look(true) };
    client.update_monitoring(&agent, &kept.id, &other).await.unwrap();
    let error = client.update_monitoring(&agent, &once.id, &other).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
    assert!(client.open_job(&agent, &"987654321".parse().unwrap()).await.unwrap_err().is_not_found());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_video_is_published_now_or_later() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let publication = |time| Publication {
        platform: PublicationPlatform::Tiktok,
        media_url: "https://cdn.gen.pro/outputs/render.mp4".into(),
        description: "New #glaze".into(),
        title: None,
        media: PublicationMedia::Video,
        time,
        thumbnail_url: None,
        timezone_offset: 0,
    };
    let started = client.publish(&agent, &publication(PublicationTime::Now), &decision("now")).await.unwrap();
    studio.control("drain");
    let published = client.open_job(&agent, &started.id).await.unwrap();
    assert_eq!(published.status, GenerationStatus::Completed);
    assert!(published.result.unwrap()["post_id"].is_string());
    let later = publication(PublicationTime::At("2199-01-01T10:00:00Z".into()));
    client.publish(&agent, &later, &decision("later")).await.unwrap();
    let past = publication(PublicationTime::At("2001-01-01T10:00:00Z".into()));
    let error = client.publish(&agent, &past, &decision("past")).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
}
