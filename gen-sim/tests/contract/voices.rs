//! Voices designed and cloned, and the account at ElevenLabs.

use gen_client::model::*;
use gen_client::{ApiKey, Error};

use crate::studio::{Studio, decision};

#[tokio::test(flavor = "multi_thread")]
async fn a_voice_is_designed_heard_and_deleted() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let script = client.write_voice_script(&agent, Some("en")).await.unwrap();
    let brief =
        VoiceBrief { gender: Gender::Female, description: Some("calm".into()), language: None, script: None };
    let description = client.describe_voice(&agent, &brief).await.unwrap();
    assert!(!script.is_empty() && description.contains("calm"));
    let samples = client
        .generate_voice_samples(&agent, &script, Some(&description), &decision("samples"))
        .await
        .unwrap();
    assert_eq!(samples.len(), 3);
    assert!(samples.iter().all(|sample| !sample.audio.is_empty()));
    let name = VoiceName { name: "Mara".into(), gender: Some(Gender::Female), ..Default::default() };
    let made =
        client.create_designed_voice(&agent, &samples[1].id, &name, &decision("design")).await.unwrap();
    assert_eq!(made.name.as_deref(), Some("Mara"));
    let listed = client.list_voices(&agent, Some("user_designed")).await.unwrap();
    assert!(listed.iter().any(|voice| voice.voice_id == made.voice_id), "{made:?} in {listed:?}");
    let started =
        client.preview_voice(&agent, &made.voice_id, "Good evening.", &decision("preview")).await.unwrap();
    studio.control("drain");
    let preview = client.open_voice_preview(&agent, &started.id).await.unwrap();
    assert_eq!(preview.status, GenerationStatus::Completed);
    assert_eq!(preview.outputs[0].kind(), MediaKind::Audio);
    client.delete_voice(&agent, &made.voice_id).await.unwrap();
    assert!(client.delete_voice(&agent, &made.voice_id).await.unwrap_err().is_not_found());
    let unknown = "vg_unknown".parse().unwrap();
    let error = client.create_designed_voice(&agent, &unknown, &name, &decision("again")).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 404 | 422, .. }), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voice_is_cloned_from_a_recording() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let name = |name: &str| VoiceName { name: name.into(), ..Default::default() };
    for (number, recording) in [
        VoiceRecording::AudioUrl("https://cdn.example.com/sample.mp3".into()),
        VoiceRecording::AudioBase64("UklGRg==".into()),
    ]
    .iter()
    .enumerate()
    {
        let decision = decision(&format!("clone {number}"));
        let made =
            client.clone_voice(&agent, recording, &name(&format!("Twin {number}")), &decision).await.unwrap();
        let trained = client.list_voices(&agent, Some("user_trained")).await.unwrap();
        assert!(trained.iter().any(|voice| voice.voice_id == made.voice_id));
    }
    let wrong = VoiceRecording::AudioUrl("ftp://example.com/a".into());
    let error = client.clone_voice(&agent, &wrong, &name("No"), &decision("no")).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 400, .. }), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_at_elevenlabs_comes_and_goes() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let key = |text: &str| ApiKey::new(text.into()).unwrap();
    assert!(!client.open_elevenlabs(&agent).await.unwrap().connected);
    assert!(client.test_elevenlabs_key(&agent, &key("el_0123456789")).await.unwrap());
    assert!(!client.test_elevenlabs_key(&agent, &key("invalid")).await.unwrap());
    let connected = client.connect_elevenlabs(&agent, &key("el_0123456789")).await.unwrap();
    assert!(connected.connected && connected.tier.is_some());
    let status = client.open_elevenlabs(&agent).await.unwrap();
    assert!(status.connected && status.masked_key.unwrap().ends_with("6789"));
    client.disconnect_elevenlabs(&agent).await.unwrap();
    assert!(!client.open_elevenlabs(&agent).await.unwrap().connected);
    let error = client.connect_elevenlabs(&agent, &key("invalid")).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 400, .. }), "{error}");
}
