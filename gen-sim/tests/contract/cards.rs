//! The kinds of generation beyond those of the first journey.

use std::num::NonZeroU32;

use gen_client::model::*;
use gen_client::{Error, ResourceId, ResourceSource, VoiceId};

use crate::agents::picture;
use crate::studio::{Studio, cell, decision};

#[tokio::test(flavor = "multi_thread")]
async fn every_other_card_is_taken() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    // It has a column for pictures.
    let vidsheet = client.clone_template("tiktok-montage", &agent).await.unwrap();
    let hook = cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    let stored =
        client.create_content_resource(&agent, &ResourceSource::File(picture()), None).await.unwrap();
    let sound = first(&studio, MediaKind::Audio).await;
    client.update_cell(&agent, &vidsheet.id, &hook, "Clay, water, fire").await.unwrap();
    let hero = cell(&vidsheet, ColumnKind::Image, ColumnRole::Ingredient);
    let shown = CreationCard::Media(MediaCard { content_resource_id: stored.id.clone() });
    client.generate(&agent, &vidsheet.id, &hero, &shown, &decision("hero")).await.unwrap();
    studio.control("drain");
    let voice = client.list_voices(&agent, None).await.unwrap().remove(0).voice_id;
    for (number, card) in cards(&stored.id, &sound, &voice).iter().enumerate() {
        let decision = decision(&format!("card {number}"));
        let started = client.generate(&agent, &vidsheet.id, &hook, card, &decision).await;
        let started = started.unwrap_or_else(|error| panic!("{card:?}: {error}"));
        studio.control("drain");
        let take = client.open_generation(&started.id).await.unwrap();
        assert_eq!(take.status, GenerationStatus::Completed, "{card:?}");
    }
    let nothing = CreationCard::Media(MediaCard { content_resource_id: "987654321".parse().unwrap() });
    let other_ratio = CreationCard::VideoFromText(ClipCard {
        aspect_ratio: "4:3".into(),
        ..ClipCard::new("Steam", ClipModel::Veo3, ClipRatio::Square, ClipLength::Five)
    });
    let other_model = CreationCard::Text(TextCard::new("Steam", "gpt_9".into()));
    for wrong in [nothing, other_ratio, other_model] {
        let answer = client.generate(&agent, &vidsheet.id, &hook, &wrong, &decision("wrong")).await;
        let error = answer.unwrap_err();
        assert!(
            matches!(&error, Error::Api { status: 422, code, .. } if code.0 == "validation_error"),
            "{error}"
        );
    }
    let empty = CreationCard::Text(TextCard::new(" ", TextModel::Gpt4o));
    let error = client.generate(&agent, &vidsheet.id, &hook, &empty, &decision("empty")).await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "it is refused before it is sent: {error}");
}

/// What the first journey has not shown, with everything that may be said.
fn cards(picture: &ResourceId, sound: &ResourceId, voice: &VoiceId) -> Vec<CreationCard> {
    let one = NonZeroU32::MIN;
    vec![
        CreationCard::Text(TextCard {
            temperature: Temperature::try_from(0.7).ok(),
            max_length: NonZeroU32::new(400),
            ..TextCard::new(Prompt::Named("HOOK".into()), TextModel::ClaudeSonnet4)
        }),
        CreationCard::ImageFromText(ImageCard {
            number_of_images: Some(one),
            content_resource_ids: vec![picture.clone()],
            ..ImageCard::new("A mug", ImageModel::GeminiProImage, ImageRatio::FourToThree)
        }),
        CreationCard::VideoFromImage(ImageClipCard {
            last: Some(picture.clone().into()),
            prompt: Some("It turns".into()),
            negative_prompt: Some("people".into()),
            ..ImageClipCard::new(
                picture.clone(),
                ImageClipModel::SeedanceLite,
                ClipRatio::Vertical,
                ClipLength::Ten,
            )
        }),
        CreationCard::VideoFromImage(ImageClipCard::new(
            FirstPicture::Named("HERO".into()),
            ImageClipModel::SeedanceLite,
            ClipRatio::Vertical,
            ClipLength::Five,
        )),
        CreationCard::VideoFromIngredients(IngredientsCard {
            content_resource_vars: vec!["HERO".into()],
            ..IngredientsCard::new(
                "They meet",
                vec![picture.clone()],
                IngredientsModel::Pika,
                ClipRatio::Square,
                ClipLength::Five,
            )
        }),
        CreationCard::SpeechFromText(SpeechCard {
            enhance_voice: Some(true),
            speed: Speed::try_from(1.25).ok(),
            language: Some("en".into()),
            ..SpeechCard::new("Good day.", voice.clone())
        }),
        CreationCard::SpeechFromDesignedVoice(DesignedSpeechCard {
            enhance_voice: Some(false),
            name: Some("Kiln".into()),
            voice_prompt: Some("warm".into()),
            ..DesignedSpeechCard::new("Good morning.", "en", Gender::Male)
        }),
        CreationCard::SpeechFromClonedVoice(ClonedSpeechCard {
            name: Some("Twin".into()),
            language: Some("en".into()),
            gender: Some(Gender::Female),
            ..ClonedSpeechCard::new("Good evening.", sound.clone())
        }),
        CreationCard::Captions(CaptionsCard {
            model: CaptionsModel::Gemini,
            source_resource_id: sound.clone(),
        }),
        CreationCard::Media(MediaCard { content_resource_id: picture.clone() }),
    ]
}

/// A file of a kind, made by speech if there is none yet.
async fn first(studio: &Studio, kind: MediaKind) -> ResourceId {
    let (client, agent) = (&studio.client, studio.agent().await);
    let vidsheet = studio.vidsheet(&agent).await;
    let hook = cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    let voice_id = client.list_voices(&agent, None).await.unwrap().remove(0).voice_id;
    let card = CreationCard::SpeechFromText(SpeechCard::new("One, two.", voice_id));
    let started = client.generate(&agent, &vidsheet.id, &hook, &card, &decision("first")).await.unwrap();
    studio.control("drain");
    let take = client.open_generation(&started.id).await.unwrap();
    assert_eq!(take.outputs[0].kind(), kind);
    take.outputs[0].id.clone()
}
