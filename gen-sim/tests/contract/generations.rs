//! Takes, renders, and what they cost.

use gen_client::Error;
use gen_client::model::*;

use crate::studio::{Studio, cell, decision, text_card, videos};

#[tokio::test(flavor = "multi_thread")]
async fn takes_are_generated_chosen_and_paid_for() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let vidsheet = studio.vidsheet(&agent).await;
    let hook = cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    let before = studio.credits().await;
    let mut takes = Vec::new();
    for name in ["first", "second"] {
        let card = text_card("A hook about glaze");
        let started = client.generate(&agent, &vidsheet.id, &hook, &card, &decision(name)).await.unwrap();
        let again = client.generate(&agent, &vidsheet.id, &hook, &card, &decision(name)).await.unwrap();
        assert_eq!(again.id, started.id, "the same decision is not charged again");
        assert!(!client.open_generation(&started.id).await.unwrap().status.is_final());
        studio.control("drain");
        let take = client.open_generation(&started.id).await.unwrap();
        assert_eq!(take.status, GenerationStatus::Completed);
        assert!(take.cost.unwrap() > 0.0);
        takes.push(take);
    }
    let paid: f64 = takes.iter().filter_map(|take| take.cost).sum();
    assert!((before - studio.credits().await - paid).abs() < 0.001);
    let shown = client.open_cell(&agent, &vidsheet.id, &hook).await.unwrap();
    assert_eq!(shown.value.as_deref(), takes[1].text());
    assert_eq!(shown.generations.len(), 2);
    let chosen = client.set_default_generation(&agent, &vidsheet.id, &hook, &takes[0].id).await.unwrap();
    assert_eq!(chosen.default_generation.unwrap().id, takes[0].id);
    let strange =
        client.set_default_generation(&agent, &vidsheet.id, &hook, &"987654321".parse().unwrap()).await;
    assert!(matches!(strange.unwrap_err(), Error::Api { status: 404 | 422, .. }));
}

#[tokio::test(flavor = "multi_thread")]
async fn generations_stop_continue_and_fail() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let vidsheet = studio.vidsheet(&agent).await;
    let hook = cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    let before = studio.credits().await;
    let card = text_card("A hook about glaze");
    let started = client.generate(&agent, &vidsheet.id, &hook, &card, &decision("a")).await.unwrap();
    client.stop_generation(&started.id).await.unwrap();
    assert_eq!(client.open_generation(&started.id).await.unwrap().status, GenerationStatus::Stopped);
    assert_eq!(studio.credits().await, before, "given back");
    client.continue_generation(&started.id, &decision("b")).await.unwrap();
    assert_eq!(client.open_generation(&started.id).await.unwrap().status, GenerationStatus::Pending);
    assert!(studio.credits().await < before, "charged again");
    studio.control("drain");
    let error = client.stop_generation(&started.id).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
    let before = studio.credits().await;
    let card = text_card("please fail");
    let started = client.generate(&agent, &vidsheet.id, &hook, &card, &decision("c")).await.unwrap();
    studio.control("drain");
    let failed = client.open_generation(&started.id).await.unwrap();
    assert_eq!(failed.status, GenerationStatus::Failed);
    assert!(failed.failed_reason.is_some());
    assert_eq!(studio.credits().await, before, "given back");
    let card = text_card("no credits");
    let error = client.generate(&agent, &vidsheet.id, &hook, &card, &decision("d")).await.unwrap_err();
    assert!(error.needs_credits() && !error.may_have_been_sent(), "{error}");
    let card = text_card("plain 500");
    let error = client.generate(&agent, &vidsheet.id, &hook, &card, &decision("e")).await.unwrap_err();
    assert!(error.may_have_been_sent(), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_card_is_taken_and_a_render_can_be_fetched() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let vidsheet = studio.vidsheet(&agent).await;
    let hook = cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    let voice = client.list_voices(&agent, None).await.unwrap().remove(0).voice_id;
    let picture = ImageCard::new("A mug by a window", ImageModel::GeminiImage, ImageRatio::Vertical);
    let clip = ClipCard::new("Steam rises", ClipModel::SeedancePro, ClipRatio::Vertical, ClipLength::Five);
    let clip = ClipCard { negative_prompt: Some("people".into()), ..clip };
    let picture = CreationCard::ImageFromText(picture);
    let clip = CreationCard::VideoFromText(clip);
    let speech = CreationCard::SpeechFromText(SpeechCard::new("Good morning.", voice));
    let mut made = Vec::new();
    for (card, kind) in [(picture, MediaKind::Image), (clip, MediaKind::Video), (speech, MediaKind::Audio)] {
        let name = card.generation_type().to_string();
        let started = client.generate(&agent, &vidsheet.id, &hook, &card, &decision(&name)).await.unwrap();
        studio.control("drain");
        let take = client.open_generation(&started.id).await.unwrap();
        assert_eq!(take.outputs[0].kind(), kind, "{name}: {take:?}");
        made.push(take.outputs[0].id.clone());
    }
    let lipsync = CreationCard::Lipsync(LipsyncCard {
        model: LipsyncModel::Fast,
        video_resource_id: made[1].clone(),
        audio_resource_id: made[2].clone(),
    });
    client.generate(&agent, &vidsheet.id, &hook, &lipsync, &decision("lipsync")).await.unwrap();
    let last = cell(&vidsheet, ColumnKind::Video, ColumnRole::FinalVideo);
    let started = client.render(&agent, &vidsheet.id, &last, &decision("render")).await.unwrap();
    studio.control("drain");
    let render = client.open_generation(&started.id).await.unwrap();
    let video = &render.outputs[0];
    assert_eq!(video.kind(), MediaKind::Video);
    let listed = client.list_content_resources(&agent, &videos()).await.unwrap();
    assert!(listed.iter().any(|listed| listed.id == video.id));
    assert!(listed.iter().all(|listed| listed.kind() == MediaKind::Video));
    let file = studio.upstream.media(video.url.as_deref().unwrap(), Some("bytes=0-99")).await.unwrap();
    assert_eq!((file.status, file.content_length), (206, Some(100)));
    assert_eq!(file.content_type.as_deref(), Some("video/mp4"));
    let wrong = client.render(&agent, &vidsheet.id, &hook, &decision("wrong")).await.unwrap_err();
    assert!(matches!(wrong, Error::Api { status: 422, .. }), "{wrong}");
}
