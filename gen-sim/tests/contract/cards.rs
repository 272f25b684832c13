//! The kinds of generation beyond those of the first journey.

use gen_client::model::*;
use gen_client::{ResourceId, ResourceSource};

use crate::agents::picture;
use crate::studio::{Studio, cell, decision};

#[tokio::test(flavor = "multi_thread")]
async fn every_other_card_is_taken() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let vidsheet = studio.vidsheet(&agent).await;
    let hook = cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    let stored =
        client.create_content_resource(&agent, &ResourceSource::File(picture()), None).await.unwrap();
    let sound = first(&studio, MediaKind::Audio).await;
    for (number, card) in cards(&stored.id, &sound).iter().enumerate() {
        let decision = decision(&format!("card {number}"));
        let started = client.generate(&agent, &vidsheet.id, &hook, card, &decision).await;
        let started = started.unwrap_or_else(|error| panic!("{card:?}: {error}"));
        studio.control("drain");
        let take = client.open_generation(&started.id).await.unwrap();
        assert_eq!(take.status, GenerationStatus::Completed, "{card:?}");
    }
    let nothing = CreationCard::Media { content_resource_id: "987654321".parse().unwrap() };
    let error =
        client.generate(&agent, &vidsheet.id, &hook, &nothing, &decision("nothing")).await.unwrap_err();
    assert!(matches!(error, gen_client::Error::Api { status: 422, .. }), "{error}");
}

fn cards(picture: &ResourceId, sound: &ResourceId) -> Vec<CreationCard> {
    vec![
        CreationCard::VideoFromImage {
            image_resource_id: picture.clone(),
            image_tail_resource_id: Some(picture.clone()),
            prompt: "It turns".into(),
            negative_prompt: None,
            model: "seedance_lite".into(),
            aspect_ratio: "9:16".into(),
            duration: 5,
        },
        CreationCard::VideoFromIngredients {
            prompt: "They meet".into(),
            asset_resource_ids: vec![picture.clone()],
            model: "pika".into(),
            aspect_ratio: "1:1".into(),
            duration: 5,
        },
        CreationCard::SpeechFromDesignedVoice {
            script: "Good morning.".into(),
            language: "en".into(),
            gender: Gender::Male,
            name: Some("Kiln".into()),
            voice_prompt: Some("warm".into()),
        },
        CreationCard::SpeechFromClonedVoice {
            script: "Good evening.".into(),
            audio_resource_id: sound.clone(),
            name: None,
            language: None,
            gender: None,
        },
        CreationCard::Captions { model: "gemini".into(), source_resource_id: sound.clone() },
        CreationCard::Media { content_resource_id: picture.clone() },
    ]
}

/// A file of a kind, made by speech if there is none yet.
async fn first(studio: &Studio, kind: MediaKind) -> ResourceId {
    let (client, agent) = (&studio.client, studio.agent().await);
    let vidsheet = studio.vidsheet(&agent).await;
    let hook = cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    let voice_id = client.list_voices(&agent, None).await.unwrap().remove(0).voice_id;
    let card = CreationCard::SpeechFromText { script: "One, two.".into(), voice_id };
    let started = client.generate(&agent, &vidsheet.id, &hook, &card, &decision("first")).await.unwrap();
    studio.control("drain");
    let take = client.open_generation(&started.id).await.unwrap();
    assert_eq!(take.outputs[0].kind(), kind);
    take.outputs[0].id.clone()
}
