//! Templates, vidsheets, rows and cells.

use gen_client::model::*;

use crate::studio::{Studio, cell};

#[tokio::test(flavor = "multi_thread")]
async fn templates_and_vidsheets() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let templates = client.list_templates(1).await.unwrap();
    assert!(templates.len() >= 7);
    // A page that is not full is the last one.
    let mut page = 1;
    while client.list_templates(page).await.unwrap().len() == 20 {
        page += 1;
    }
    assert_eq!(client.list_templates(page + 1).await.unwrap(), []);
    let template = client.open_template(&templates[0].slug).await.unwrap();
    assert!(!template.columns.is_empty());
    let cloned = client.clone_template(&template.slug, &agent).await.unwrap();
    assert_eq!(cloned.columns.len(), template.columns.len());
    assert!(cloned.rows.iter().flat_map(|row| &row.cells).all(|cell| cell.column_id.is_some()));
    assert_eq!(client.open_vidsheet(&agent, &cloned.id).await.unwrap().columns, cloned.columns);
    assert_eq!(client.list_columns(&agent, &cloned.id).await.unwrap(), cloned.columns);
    let created = client.create_vidsheet(&agent, "Autumn", true).await.unwrap();
    assert_eq!((created.title.as_str(), created.rows.len()), ("Autumn", 0));
    let other =
        client.list_agents(None).await.unwrap().into_iter().find(|other| other.id != agent).unwrap().id;
    for target in [None, Some(&other)] {
        let copy = client.clone_vidsheet(&agent, &cloned.id, target).await.unwrap();
        assert_ne!(copy.id, cloned.id);
        let owner = target.unwrap_or(&agent);
        assert_eq!(client.open_vidsheet(owner, &copy.id).await.unwrap().columns.len(), cloned.columns.len());
    }
    assert!(client.open_vidsheet(&other, &cloned.id).await.unwrap_err().is_not_found(), "D44");
    assert!(client.open_template("no-such-template").await.unwrap_err().is_not_found());
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_and_cells() {
    let studio = Studio::open().await;
    let (client, agent) = (&studio.client, studio.agent().await);
    let vidsheet = studio.vidsheet(&agent).await;
    let first = &vidsheet.rows[0];
    let row = client.create_row(&agent, &vidsheet.id, None).await.unwrap();
    assert_eq!(row.cells.len(), vidsheet.columns.len());
    let on_top = client.create_row(&agent, &vidsheet.id, Some(0)).await.unwrap();
    let hook = cell(&vidsheet, ColumnKind::Text, ColumnRole::Ingredient);
    let written = client.update_cell(&agent, &vidsheet.id, &hook, "Clay, water, fire").await.unwrap();
    assert_eq!(written.value.as_deref(), Some("Clay, water, fire"));
    let twin = client.duplicate_row(&agent, &vidsheet.id, &first.id).await.unwrap();
    assert!(twin.cells.iter().any(|cell| cell.value == written.value));
    let rows = client.list_rows(&agent, &vidsheet.id).await.unwrap();
    assert_eq!((rows.len(), &rows[0].id), (4, &on_top.id));
    assert_eq!(client.open_row(&agent, &vidsheet.id, &row.id).await.unwrap().id, row.id);
    assert_eq!(client.open_cell(&agent, &vidsheet.id, &hook).await.unwrap(), written);
    let values = [(hook.clone(), "One".to_owned()), (row.cells[0].id.clone(), "Two".to_owned())];
    client.mass_update_cells(&agent, &vidsheet.id, &values).await.unwrap();
    for (id, value) in &values {
        let cell = client.open_cell(&agent, &vidsheet.id, id).await.unwrap();
        assert_eq!(cell.value.as_ref(), Some(value));
    }
    let unknown = "987654321".parse().unwrap();
    assert!(client.open_cell(&agent, &vidsheet.id, &unknown).await.unwrap_err().is_not_found());
    assert!(
        client
            .open_row(&agent, &vidsheet.id, &"987654321".parse().unwrap())
            .await
            .unwrap_err()
            .is_not_found()
    );
}
