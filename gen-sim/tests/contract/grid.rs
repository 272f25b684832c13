//! Columns, rows, layers and variables.

use bytes::Bytes;
use gen_client::model::*;
use gen_client::{Error, File};
use serde_json::{Map, Value, json};

use crate::studio::{Studio, cell, decision, text_card};

#[tokio::test(flavor = "multi_thread")]
async fn columns_come_move_and_are_renamed() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let sheet = studio.vidsheet(&agent).await.id;
    let made = client.create_column(&agent, &sheet, "MOOD", &ColumnKind::Text, Some(0)).await.unwrap();
    assert_eq!((made.title.as_str(), made.role), ("MOOD", ColumnRole::Ingredient));
    let error = client.create_column(&agent, &sheet, "MOOD", &ColumnKind::Text, None).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "titles are unique: {error}");
    let twin = client.duplicate_column(&agent, &sheet, &made.id).await.unwrap();
    assert_ne!(twin.title, made.title);
    let patch = |title: &str| ColumnPatch {
        id: twin.id.clone(),
        title: Some(title.into()),
        description: Some("How it feels".into()),
    };
    client.mass_update_columns(&agent, &sheet, &[patch("TEMPER")]).await.unwrap();
    let mut order: Vec<_> =
        client.list_columns(&agent, &sheet).await.unwrap().into_iter().map(|column| column.id).collect();
    order.reverse();
    client.move_columns(&agent, &sheet, &order).await.unwrap();
    let columns = client.list_columns(&agent, &sheet).await.unwrap();
    assert_eq!(columns.iter().map(|column| column.id.clone()).collect::<Vec<_>>(), order);
    assert!(columns.iter().any(|column| column.id == twin.id && column.title == "TEMPER"));
    let system = columns.iter().find(|column| column.role.is_system()).unwrap().id.clone();
    let wrong = ColumnPatch { id: system, ..patch("MINE") };
    let error = client.mass_update_columns(&agent, &sheet, &[wrong]).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
    let opened = client.open_vidsheet(&agent, &sheet).await.unwrap();
    assert!(opened.rows.iter().all(|row| row.cells.len() == columns.len()), "a cell per column");
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_move_and_keep_what_they_are_told() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let sheet = studio.vidsheet(&agent).await.id;
    for _ in 0..2 {
        client.create_row(&agent, &sheet, None).await.unwrap();
    }
    let mut order: Vec<_> =
        client.list_rows(&agent, &sheet).await.unwrap().into_iter().map(|row| row.id).collect();
    order.rotate_left(1);
    client.move_rows(&agent, &sheet, &order).await.unwrap();
    let rows = client.list_rows(&agent, &sheet).await.unwrap();
    assert_eq!(rows.iter().map(|row| row.id.clone()).collect::<Vec<_>>(), order);
    let label = Map::from_iter([("label".to_owned(), json!("hero"))]);
    let changes = [(order[0].clone(), label.clone()), (order[1].clone(), label.clone())];
    let changed = client.mass_update_rows(&agent, &sheet, &changes).await.unwrap();
    assert_eq!(changed.len(), 2);
    let unknown = [("987654321".parse().unwrap(), label)];
    assert!(client.mass_update_rows(&agent, &sheet, &unknown).await.unwrap_err().is_not_found());
}

#[tokio::test(flavor = "multi_thread")]
async fn layers_stack_change_and_go() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let vidsheet = studio.vidsheet(&agent).await;
    let (sheet, video) = (&vidsheet.id, cell(&vidsheet, ColumnKind::Video, ColumnRole::Video));
    let before = client.open_cell(&agent, sheet, &video).await.unwrap().layers;
    let height = u32::try_from(before.len()).unwrap();
    let text = client.create_layer(&agent, sheet, &video, "Hook", &LayerKind::Text, height).await.unwrap();
    assert_eq!((text.name.as_str(), &text.kind), ("Hook", &LayerKind::Text));
    let twin = client.duplicate_layer(&agent, sheet, &video, &text.id).await.unwrap();
    let attributes =
        json!({ "content": "Clay", "from": 0, "durationInFrames": 90, "styles": { "color": "#fff" } });
    let Value::Object(attributes) = attributes else { unreachable!("it is an object") };
    let patch = LayerPatch {
        name: Some("Title".into()),
        additional_attributes: Some(attributes),
        ..Default::default()
    };
    client.update_layer(&agent, sheet, &video, &text.id, &patch).await.unwrap();
    let read = client.open_layer(&agent, sheet, &video, &text.id).await.unwrap();
    assert_eq!((read.name.as_str(), &read.additional_attributes["content"]), ("Title", &json!("Clay")));
    let mut order: Vec<_> = client
        .open_cell(&agent, sheet, &video)
        .await
        .unwrap()
        .layers
        .into_iter()
        .map(|layer| layer.id)
        .collect();
    order.reverse();
    client.move_layers(&agent, sheet, &video, &order).await.unwrap();
    let stack = client.open_cell(&agent, sheet, &video).await.unwrap().layers;
    assert_eq!(stack.iter().map(|layer| layer.id.clone()).collect::<Vec<_>>(), order);
    let card = text_card("A title about clay");
    let started =
        client.generate_layer(&agent, sheet, &video, &text.id, &card, &decision("layer")).await.unwrap();
    studio.control("drain");
    assert_eq!(client.open_generation(&started.id).await.unwrap().status, GenerationStatus::Completed);
    client.delete_layer(&agent, sheet, &video, &twin.id).await.unwrap();
    assert!(client.open_layer(&agent, sheet, &video, &twin.id).await.unwrap_err().is_not_found());
    assert_eq!(client.open_cell(&agent, sheet, &video).await.unwrap().layers.len(), before.len() + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn cells_keep_their_settings() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let vidsheet = studio.vidsheet(&agent).await;
    let hook = cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    let settings = Map::from_iter([("textMode".to_owned(), json!("ai"))]);
    client.set_cell_attributes(&agent, &vidsheet.id, &hook, &settings).await.unwrap();
    let read = client.open_cell(&agent, &vidsheet.id, &hook).await.unwrap();
    assert_eq!(read.additional_attributes["textMode"], "ai");
}

#[tokio::test(flavor = "multi_thread")]
async fn variables_are_replaced_by_a_filled_in_template() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let sheet = studio.vidsheet(&agent).await.id;
    let template = client.download_variables_template().await.unwrap();
    let file = |bytes: Vec<u8>| File {
        name: "variables.xlsx".into(),
        content_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".into(),
        bytes: Bytes::from(bytes),
    };
    // The template as it comes holds no variable, so what was there goes.
    client.import_variables(&agent, &sheet, &file(template)).await.unwrap();
    assert_eq!(client.list_variables(&agent, &sheet).await.unwrap(), []);
    client.import_variables(&agent, &sheet, &file(filled())).await.unwrap();
    let variables = client.list_variables(&agent, &sheet).await.unwrap();
    let pairs: Vec<_> =
        variables.iter().map(|variable| (variable.name.as_str(), variable.value.as_str())).collect();
    assert_eq!(pairs, [("tone", "calm"), ("cta", "Come by")]);
    let error = client.import_variables(&agent, &sheet, &file(b"no spreadsheet".to_vec())).await.unwrap_err();
    assert!(matches!(error, Error::Api { status: 422, .. }), "{error}");
}

/// What a person would send back.
fn filled() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let cells = [["name", "value"], ["tone", "calm"], ["cta", "Come by"]];
    for (row, line) in (0..).zip(cells) {
        for (column, text) in (0..).zip(line) {
            sheet.write_string(row, column, text).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}
