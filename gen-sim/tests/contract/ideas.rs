//! Runs, conversations and ideas.

use gen_client::model::*;
use gen_client::*;

use crate::studio::{Studio, decision, said};

#[tokio::test(flavor = "multi_thread")]
async fn a_run_makes_ideas() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let before = client.list_ideas(&agent, None).await.unwrap();
    let run = client.start_run(&agent, &said("Generate 3 content ideas"), &decision("run")).await.unwrap();
    assert_eq!(run.status, RunStatus::Running);
    let again = client.start_run(&agent, &said("Generate 3 content ideas"), &decision("run")).await.unwrap();
    assert_eq!(again.id, run.id, "the same decision starts nothing new");
    studio.control("drain");
    let done = client.open_run(&run.id).await.unwrap();
    assert_eq!(done.status, RunStatus::Completed);
    assert!(done.messages.iter().any(|message| message.role == "assistant" && message.content.is_some()));
    let after = client.list_ideas(&agent, None).await.unwrap();
    assert_eq!(after.len(), before.len() + 3);
    let conversation = run.conversation_id.unwrap();
    assert!(client.list_conversations(&agent).await.unwrap().iter().any(|listed| listed.id == conversation));
    let messages = client.list_messages(&conversation, 1).await.unwrap();
    assert_eq!(messages[0].role, "user");
    let vidsheet = studio.vidsheet(&agent).await;
    let refined = client
        .start_run(
            &agent,
            &NewRun {
                conversation_id: Some(conversation.clone()),
                vidsheet_id: Some(vidsheet.id),
                attachments: vec![Attachment::Address("https://cdn.example.com/mug.png".into())],
                debug: true,
                ..said("Make idea 1 punchier.")
            },
            &decision("refine"),
        )
        .await
        .unwrap();
    assert_eq!(refined.conversation_id.as_ref(), Some(&conversation));
    assert!(client.open_run(&"run_unknown".parse().unwrap()).await.unwrap_err().is_not_found());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_may_await_approval() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    for (name, approved, outcome) in [("yes", true, RunStatus::Completed), ("no", false, RunStatus::Failed)] {
        let run = client.start_run(&agent, &said("Ask for approval first"), &decision(name)).await.unwrap();
        studio.control("drain");
        assert_eq!(client.open_run(&run.id).await.unwrap().status, RunStatus::AwaitingApproval);
        client.approve_run(&run.id, approved).await.unwrap();
        studio.control("drain");
        assert_eq!(client.open_run(&run.id).await.unwrap().status, outcome);
        let error = client.approve_run(&run.id, true).await.unwrap_err();
        assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn ideas_move_through_every_status() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let idea = client.list_ideas(&agent, None).await.unwrap().remove(0);
    assert!(idea.data.rationale.is_some() || idea.hook.is_some());
    for status in IdeaStatus::ALL {
        let moved = client.set_idea_status(&agent, &idea.id, status).await.unwrap().unwrap();
        assert_eq!((&moved.id, &moved.status), (&idea.id, status));
        let listed = client.list_ideas(&agent, Some(status)).await.unwrap();
        assert!(listed.iter().any(|listed| listed.id == idea.id));
        assert!(listed.iter().all(|listed| listed.status == *status));
    }
    let error =
        client.set_idea_status(&agent, &idea.id, &IdeaStatus::Unknown("lost".into())).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
    assert!(
        client
            .set_idea_status(&agent, &"987654321".parse().unwrap(), &IdeaStatus::Posted)
            .await
            .unwrap_err()
            .is_not_found()
    );
}
