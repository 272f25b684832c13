//! Answers that get lost on their way: what can be read again is found again, and nothing is sent over a state that
//! nobody has seen.

use std::fmt::Debug;

use gen_client::model::*;
use gen_client::operation::{ALL, Operation, Repeat, *};
use gen_client::{AgentId, ApiKey, Error, ResourceSource};
use serde_json::{Map, Value, json};

use crate::agents::picture;
use crate::studio::{Studio, cell, decision, said, text_card};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_to_agents_and_people_is_found_again() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, &studio.agent().await);
    found_again(&studio, &UPDATE_AGENT, async |word| {
        let patch = AgentPatch { description: Some(word.into()), ..Default::default() };
        client.update_agent(agent, &patch).await
    })
    .await;
    found_again(&studio, &PATCH_CORE, async |word| {
        let accounts = vec![LinkedAccount { url: format!("https://x.example/{word}"), ..Default::default() }];
        let patch = AgentCorePatch {
            goal: Some(word.into()),
            keywords: Some(vec![word.into()]),
            monitored: Some(Vec::new()),
            linked_accounts: Some(accounts),
            ..Default::default()
        };
        client.patch_core(agent, &patch).await
    })
    .await;
    for _ in 0..2 {
        client.create_avatar(agent, &picture()).await.unwrap();
    }
    let avatars = client.list_avatars(agent, None).await.unwrap();
    let (last, other) = (&avatars[avatars.len() - 1].id, &avatars[avatars.len() - 2].id);
    found_again(&studio, &SET_PRIMARY_AVATAR, async |word| {
        client.set_primary_avatar(agent, if word == DONE { last } else { other }).await
    })
    .await;
    let organization = &client.create_organization("Kiln", None).await.unwrap();
    found_again(&studio, &UPDATE_ORGANIZATION, async |word| {
        client.update_organization(organization, Some(word), None).await
    })
    .await;
    let key = &client.create_api_key("n8n", None).await.unwrap().summary.id;
    found_again(&studio, &RENAME_API_KEY, async |word| client.rename_api_key(key, word).await).await;
    found_again(&studio, &UPDATE_PROFILE, async |word| {
        let identity = Some(Map::from_iter([("name".to_owned(), json!(word))]));
        client.update_profile(agent, &AgentProfile { identity, ..Default::default() }).await
    })
    .await;
    found_again(&studio, &UPDATE_AUTOMATION, async |word| {
        let webhook_url = Some(Some(format!("http://127.0.0.1:9/{word}")));
        client.update_automation(agent, &AutomationPatch { webhook_url, ..Default::default() }).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_to_ideas_and_files_is_found_again() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, &studio.agent().await);
    let idea = &client.list_ideas(agent, None).await.unwrap()[0].id;
    found_again(&studio, &SET_IDEA_STATUS, async |word| {
        let status = if word == DONE { IdeaStatus::Posted } else { IdeaStatus::Rejected };
        client.set_idea_status(agent, idea, &status).await
    })
    .await;
    let run = client.start_run(agent, &said("Generate 1 idea"), &decision("run")).await.unwrap();
    let conversation = &run.conversation_id.unwrap();
    found_again(&studio, &UPDATE_CONVERSATION, async |word| {
        client.update_conversation(conversation, Some(word), None).await
    })
    .await;
    let source = ResourceSource::File(picture());
    let file = &client.create_content_resource(agent, &source, None).await.unwrap().id;
    found_again(&studio, &RENAME_CONTENT_RESOURCE, async |word| {
        client.rename_content_resource(agent, file, word).await
    })
    .await;
    let folder = &client.create_folder(agent, "Brand", None).await.unwrap();
    found_again(&studio, &RENAME_FOLDER, async |word| client.rename_folder(agent, folder, word).await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_to_a_vidsheet_is_found_again() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, &studio.agent().await);
    let vidsheet = studio.vidsheet(agent).await;
    let sheet = &vidsheet.id;
    client.create_row(agent, sheet, None).await.unwrap();
    let rows: Vec<_> = client.list_rows(agent, sheet).await.unwrap().into_iter().map(|row| row.id).collect();
    found_again(&studio, &MOVE_ROWS, async |word| client.move_rows(agent, sheet, &order(&rows, word)).await)
        .await;
    found_again(&studio, &MASS_UPDATE_ROWS, async |word| {
        client.mass_update_rows(agent, sheet, &[(rows[0].clone(), settings(word))]).await
    })
    .await;
    let columns: Vec<_> = vidsheet.columns.iter().map(|column| column.id.clone()).collect();
    found_again(&studio, &MOVE_COLUMNS, async |word| {
        client.move_columns(agent, sheet, &order(&columns, word)).await
    })
    .await;
    found_again(&studio, &MASS_UPDATE_COLUMNS, async |word| {
        let (title, description) = (Some(format!("A {word}")), Some(word.to_owned()));
        client
            .mass_update_columns(agent, sheet, &[ColumnPatch { id: columns[0].clone(), title, description }])
            .await
    })
    .await;
    let hook = &cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    found_again(&studio, &UPDATE_CELL, async |word| client.update_cell(agent, sheet, hook, word).await).await;
    found_again(&studio, &SET_CELL_ATTRIBUTES, async |word| {
        client.set_cell_attributes(agent, sheet, hook, &settings(word)).await
    })
    .await;
    found_again(&studio, &MASS_UPDATE_CELLS, async |word| {
        client.mass_update_cells(agent, sheet, &[(hook.clone(), format!("All {word}"))]).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_to_takes_and_layers_is_found_again() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, &studio.agent().await);
    let vidsheet = studio.vidsheet(agent).await;
    let (sheet, hook) = (&vidsheet.id, &cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient));
    let mut takes = Vec::new();
    for name in ["one", "two"] {
        let card = text_card("A hook about glaze");
        takes.push(client.generate(agent, sheet, hook, &card, &decision(name)).await.unwrap().id);
        studio.control("drain");
    }
    found_again(&studio, &SET_DEFAULT_GENERATION, async |word| {
        let chosen = if word == DONE { &takes[0] } else { &takes[1] };
        client.set_default_generation(agent, sheet, hook, chosen).await
    })
    .await;
    found_again(&studio, &STOP_GENERATION, async |word| {
        let card = text_card("A hook about clay");
        let started = client.generate(agent, sheet, hook, &card, &decision(word)).await?;
        client.stop_generation(&started.id).await
    })
    .await;
    let video = &cell(&vidsheet, ColumnKind::Video, ColumnRole::Video);
    for position in 0..2 {
        client.create_layer(agent, sheet, video, "Title", &LayerKind::Text, position).await.unwrap();
    }
    let layers: Vec<_> = client
        .open_cell(agent, sheet, video)
        .await
        .unwrap()
        .layers
        .into_iter()
        .map(|layer| layer.id)
        .collect();
    found_again(&studio, &MOVE_LAYERS, async |word| {
        client.move_layers(agent, sheet, video, &order(&layers, word)).await
    })
    .await;
    found_again(&studio, &UPDATE_LAYER, async |word| {
        let additional_attributes = Some(settings(word));
        let patch = LayerPatch { name: Some(word.into()), additional_attributes, ..Default::default() };
        client.update_layer(agent, sheet, video, &layers[0], &patch).await
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_removed_stays_removed() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, &studio.agent().await);
    let vidsheet = studio.vidsheet(agent).await;
    let (sheet, video) = (&vidsheet.id, &cell(&vidsheet, ColumnKind::Video, ColumnRole::Video));
    removed(&studio, &DISCONNECT_ELEVENLABS, async || {
        client.connect_elevenlabs(agent, &ApiKey::new("el_0123456789".into())?).await?;
        client.disconnect_elevenlabs(agent).await
    })
    .await;
    removed(&studio, &DELETE_VOICE, async || {
        let voice = clone_of(client, agent).await?;
        client.delete_voice(agent, &voice).await
    })
    .await;
    removed(&studio, &REVOKE_API_KEY, async || {
        let key = client.create_api_key("n8n", None).await?.summary.id;
        client.revoke_api_key(&key).await
    })
    .await;
    removed(&studio, &DELETE_PROFILE, async || client.delete_profile(agent).await).await;
    removed(&studio, &DELETE_CONVERSATION, async || {
        let run = client.start_run(agent, &said("Generate 1 idea"), &decision("run")).await?;
        client.delete_conversation(&run.conversation_id.unwrap()).await
    })
    .await;
    removed(&studio, &DELETE_LAYER, async || {
        let layer = client.create_layer(agent, sheet, video, "Title", &LayerKind::Text, 0).await?.id;
        client.delete_layer(agent, sheet, video, &layer).await
    })
    .await;
    removed(&studio, &DELETE_CONTENT_RESOURCE, async || {
        let source = ResourceSource::File(picture());
        let file = client.create_content_resource(agent, &source, None).await?.id;
        client.delete_content_resource(agent, &file).await
    })
    .await;
}

#[test]
fn no_operation_that_can_be_read_again_is_left_out() {
    let here = include_str!("lost.rs");
    for operation in ALL.iter().filter(|operation| matches!(operation.repeat, Repeat::Reread | Repeat::Gone))
    {
        assert!(here.contains(&format!(".{}(", operation.name)), "{}", operation.name);
    }
}

/// What is asked for by the call that is carried out, and by the one that is not.
const DONE: &str = "done";
const NOT_DONE: &str = "not done";

/// GEN does it and its answer is lost: we hear that it was done. GEN fails before it does it: we hear of the failure.
async fn found_again<A: Debug>(
    studio: &Studio,
    operation: &Operation,
    call: impl AsyncFn(&str) -> Result<A, Error>,
) {
    assert_eq!(operation.repeat, Repeat::Reread, "{}", operation.name);
    breathe(studio).await;
    studio.fault(operation.id, json!({ "kind": "close", "after": true }));
    let found = call(DONE).await;
    assert!(found.is_ok(), "{}: {found:?}", operation.name);
    studio.fault(operation.id, json!({ "kind": "status", "status": 503 }));
    let error = call(NOT_DONE).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 503, .. }), "{}: {error}", operation.name);
}

/// Whether GEN did it and its answer was lost, or failed before it did it: it is gone in the end.
async fn removed(studio: &Studio, operation: &Operation, call: impl AsyncFn() -> Result<(), Error>) {
    assert_eq!(operation.repeat, Repeat::Gone, "{}", operation.name);
    for fault in [json!({ "kind": "close", "after": true }), json!({ "kind": "status", "status": 503 })] {
        breathe(studio).await;
        studio.fault(operation.id, fault.clone());
        let gone = call().await;
        assert!(gone.is_ok(), "{} with {fault}: {gone:?}", operation.name);
    }
}

/// So many faults at once would let the client leave the host alone.
async fn breathe(studio: &Studio) {
    for _ in 0..3 {
        studio.client.me().await.unwrap();
    }
}

fn order<I: Clone>(ids: &[I], word: &str) -> Vec<I> {
    if word == DONE { ids.iter().rev().cloned().collect() } else { ids.to_vec() }
}

fn settings(word: &str) -> Map<String, Value> {
    Map::from_iter([("label".to_owned(), json!(word))])
}

async fn clone_of(client: &gen_client::GenClient, agent: &AgentId) -> Result<gen_client::VoiceId, Error> {
    let recording = VoiceRecording::AudioUrl("https://cdn.example.com/sample.mp3".into());
    let names = client.list_voices(agent, None).await?.len();
    let name = VoiceName { name: format!("Twin {names}"), ..Default::default() };
    Ok(client.clone_voice(agent, &recording, &name, &decision(&name.name)).await?.voice_id)
}
