//! Voices: the library, an account that brings more, and what is paid for.

use gen_client::model::{Gender, VoiceBrief, VoiceName};
use model::{CloneSource, NewFile, Progress};
use serde_json::json;
use store::Error;

use crate::bench::{Bench, MINUTE};

/// A file that begins as a WAV does.
const WAV: &str = "UklGRgAAAABXQVZFZm10IA==";
const ELEVENLABS_KEY: &str = "sk_elevenlabs_canary_0123456789";

fn called(name: &str) -> VoiceName {
    VoiceName { name: name.into(), gender: Some(Gender::Female), ..VoiceName::default() }
}

fn request(number: u32) -> String {
    format!("request-{number}")
}

#[tokio::test]
async fn an_elevenlabs_account_brings_voices_and_its_key_is_kept_by_gen_alone() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    assert!(!store.open_elevenlabs(actor, agent).await.unwrap().connected);
    assert!(!store.test_elevenlabs_key(actor, agent, "an_invalid_key".into()).await.unwrap());
    let refused = store.connect_elevenlabs(actor, agent, "an_invalid_key".into()).await;
    assert!(matches!(refused, Err(Error::Gen(gen_client::Error::Api { status: 400, .. }))));
    for no_key in ["", "two words", &"k".repeat(513)] {
        let refused = store.test_elevenlabs_key(actor, agent, no_key.into()).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "ElevenLabs key", .. })));
    }
    assert!(store.test_elevenlabs_key(actor, agent, ELEVENLABS_KEY.into()).await.unwrap());
    let connected = store.connect_elevenlabs(actor, agent, ELEVENLABS_KEY.into()).await.unwrap();
    assert_eq!(connected.masked_key.as_deref(), Some("***6789"), "people see at once which key it is");
    let status = store.open_elevenlabs(actor, agent).await.unwrap();
    assert_eq!(status.masked_key.as_deref(), Some("***6789"));
    let brought = |voices: Vec<gen_client::model::Voice>| {
        voices.into_iter().filter(|voice| voice.source == "user_elevenlabs").count()
    };
    assert_eq!(brought(store.list_voices(actor, agent).await.unwrap().value), 2);
    assert!(!bench.on_disk(ELEVENLABS_KEY), "kept nowhere here");
    store.disconnect_elevenlabs(actor, agent).await.unwrap();
    assert_eq!(brought(store.list_voices(actor, agent).await.unwrap().value), 0);
}

#[tokio::test]
async fn a_voice_is_designed_in_four_steps_and_the_proposals_are_kept() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let script = store.write_voice_script(actor, agent, Some("en".into())).await.unwrap();
    let brief = VoiceBrief {
        gender: Gender::Female,
        description: Some("dry".into()),
        language: None,
        script: Some(script.clone()),
    };
    let wish = store.describe_voice(actor, agent, brief).await.unwrap();
    let set = store.start_voice_samples(actor, agent, &script, Some(wish), request(1)).await.unwrap();
    assert_eq!((set.progress, set.what.samples.len()), (Progress::Completed, 3));
    // The same click again buys nothing, and a reload shows them again.
    let again = store.start_voice_samples(actor, agent, &script, None, request(1)).await.unwrap();
    assert_eq!(again.work, set.work);
    assert_eq!(store.list_voice_samples(actor, agent).await.unwrap().unwrap(), set);
    assert_eq!(bench.calls("POST", "/generate-samples").await.len(), 1);

    let chosen = set.what.samples[1].id.clone();
    let made = store
        .create_designed_voice(actor, agent, &set.work, chosen, called("Ebba"), request(2))
        .await
        .unwrap();
    assert_eq!((made.progress, made.what.as_str()), (Progress::Completed, "Ebba"));
    let library = store.list_voices(actor, agent).await.unwrap().value;
    let voice = library.into_iter().find(|voice| voice.name.as_deref() == Some("Ebba")).unwrap();
    assert_eq!(voice.source, "user_designed");
    let foreign = "vg_nobody".parse().unwrap();
    let refused =
        store.create_designed_voice(actor, agent, &set.work, foreign, called("Ebba"), request(3)).await;
    assert!(matches!(refused, Err(Error::NotFound("proposal"))));
    let keys: Vec<_> = bench.calls("POST", "/voice/design").await;
    assert!(keys.iter().all(|call| call["idempotency_key"].is_string()), "{keys:?}");

    store.delete_voice(actor, agent, &voice.voice_id).await.unwrap();
    let library = store.list_voices(actor, agent).await.unwrap().value;
    assert!(library.iter().all(|known| known.voice_id != voice.voice_id));
    let public = library.iter().find(|voice| voice.source == "public").unwrap();
    assert!(matches!(
        store.delete_voice(actor, agent, &public.voice_id).await,
        Err(Error::Invalid { field: "Voice", .. })
    ));
}

#[tokio::test]
async fn a_clone_needs_consent_and_its_recording_is_forgotten() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let file = || CloneSource::File(NewFile { name: "rosa.wav".into(), base64: WAV.into() });
    let refused = store.clone_voice(actor, agent, file(), called("Rosa"), false, request(1)).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "Consent", .. })));
    let html = CloneSource::File(NewFile { name: "rosa.wav".into(), base64: "PGh0bWw+".into() });
    let refused = store.clone_voice(actor, agent, html, called("Rosa"), true, request(2)).await;
    assert!(matches!(refused, Err(Error::Invalid { field: "Recording", .. })));
    assert_eq!(bench.calls("POST", "/voice/clone").await.len(), 0);

    let made = store.clone_voice(actor, agent, file(), called("Rosa"), true, request(3)).await.unwrap();
    assert_eq!(made.progress, Progress::Completed);
    let url = CloneSource::Url("https://example.org/rosa.mp3".into());
    store.clone_voice(actor, agent, url, called("Rosa by address"), true, request(4)).await.unwrap();
    let sent = bench.calls("POST", "/voice/clone").await;
    let bodies: Vec<Vec<&str>> = sent
        .iter()
        .map(|call| call["body"].as_object().unwrap().keys().map(String::as_str).collect())
        .collect();
    assert_eq!(bodies, [vec!["audio_base64", "gender", "name"], vec!["audio_url", "gender", "name"]]);
    let cloned = store.list_voices(actor, agent).await.unwrap().value;
    assert_eq!(cloned.iter().filter(|voice| voice.source == "user_trained").count(), 3);
    assert!(!bench.on_disk(WAV), "the recording is nobody's to keep");
}

#[tokio::test]
async fn what_a_voice_has_read_costs_nothing_again() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let voice = store.list_voices(actor, agent).await.unwrap().value[0].voice_id.clone();
    let reads =
        async |text: &str, number| store.preview_voice(actor, agent, &voice, text, request(number)).await;
    let first = reads(" The glaze is still warm. ", 1).await.unwrap();
    assert_eq!((first.progress, first.what.sound.clone()), (Progress::Pending, None));
    assert!(first.estimate.unwrap() > 0.0);
    let meanwhile = reads("The glaze is still warm.", 2).await.unwrap();
    assert_eq!(meanwhile.work, first.work, "one that is under way is not bought twice");
    bench.drain().await;
    let done = store.open_voice_preview(actor, agent, &first.work).await.unwrap();
    assert_eq!(done.progress, Progress::Completed);
    let sound = done.what.sound.unwrap();
    assert!(sound.len() == 32 && store.media_source(actor, &sound).await.is_ok(), "our media id: {sound}");
    assert_eq!(reads("The glaze is still warm.", 3).await.unwrap().what.sound, Some(sound));
    assert_eq!(bench.calls("POST", "/preview").await.len(), 1);
    for refused in ["", &"x".repeat(501)] {
        assert!(matches!(reads(refused, 4).await, Err(Error::Invalid { field: "Text", .. })));
    }
    reads(&"x".repeat(500), 5).await.unwrap();
}

#[tokio::test]
async fn a_failed_reading_says_why_and_may_be_tried_again() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    let voice = store.list_voices(actor, agent).await.unwrap().value[0].voice_id.clone();
    let first = store.preview_voice(actor, agent, &voice, "please fail", request(1)).await.unwrap();
    bench.drain().await;
    let failed = store.open_voice_preview(actor, agent, &first.work).await.unwrap();
    assert_eq!(failed.progress, Progress::Failed);
    assert!(failed.reason.unwrap().contains("refused this prompt"));
    let again = store.preview_voice(actor, agent, &voice, "please fail", request(2)).await.unwrap();
    assert_ne!(again.work, first.work);
}

/// A paid call is sent once. After a lost answer the voice that it made is found in the library.
#[tokio::test]
async fn a_clone_whose_answer_is_lost_is_found_in_the_library() {
    let bench = Bench::open().await;
    let (store, actor, agent) = (&bench.store, &bench.actor, &bench.agent);
    bench
        .fault(json!({ "match": { "operation": "cloneVoice" }, "kind": "close", "after": true, "times": 1 }))
        .await;
    let url = CloneSource::Url("https://example.org/rosa.mp3".into());
    let lost = store.clone_voice(actor, agent, url, called("Rosa"), true, request(1)).await.unwrap();
    assert_eq!(lost.progress, Progress::Unknown);
    bench.clock.advance(10 * MINUTE);
    store.follow_due().await.unwrap();
    assert_eq!(bench.calls("POST", "/voice/clone").await.len(), 1, "never sent again by the machine");
    let found = store.check_again(actor, &lost.work).await.unwrap();
    assert_eq!(found.work.progress, Progress::Completed);
    assert_eq!(bench.calls("POST", "/voice/clone").await.len(), 1);
}
