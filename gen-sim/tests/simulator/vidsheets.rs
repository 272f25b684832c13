//! Vidsheets, rows, columns, cells and templates.

use gen_sim::{BLANK_AGENT, GenSim, Options, SEEDED_VIDSHEET, SimMode};
use serde_json::{Value, json};

use super::{AGENT, call, cell_at, get, post, spring_glazes, start, stepped};

#[tokio::test(flavor = "multi_thread")]
async fn the_seeded_vidsheet_is_believable() {
    let sim = stepped().await;
    let sheet = spring_glazes(&sim);
    assert_eq!(sheet["title"], "Spring glazes");
    let titles: Vec<&str> = sheet["spreadsheet_columns"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|column| column["title"].as_str())
        .collect();
    assert_eq!(titles, ["HOOK", "SCRIPT", "HERO", "VOICE", "B-ROLL", "VIDEO", "FINAL VIDEO", "STATS"]);
    assert_eq!(sheet["spreadsheet_rows"].as_array().unwrap().len(), 24);
    assert_eq!(cell_at(&sheet, 2, "B-ROLL")["user_jobs"].as_array().unwrap().len(), 3);
    assert_eq!(cell_at(&sheet, 6, "B-ROLL")["user_jobs"][0]["status"], "failed");
    assert!(cell_at(&sheet, 0, "VIDEO")["video_layers"].as_array().unwrap().len() >= 4);
    assert!(
        cell_at(&sheet, 0, "VIDEO")["video_layers"][0]["additional_attributes"]["src"]
            .as_str()
            .unwrap()
            .starts_with(&sim.base_url())
    );
    assert_eq!(
        cell_at(&sheet, 0, "FINAL VIDEO")["default_user_job"]["output_resources"][0]["object_type"],
        "video"
    );
    assert_eq!(
        sheet["global_variables_sheet"]["spreadsheet_rows"][0]["spreadsheet_cells"][1]["value"],
        "Kiln & Tide"
    );
    assert_eq!(get(&sim, &format!("/v1/vidsheet/{SEEDED_VIDSHEET}?agent_id={AGENT}"))["id"], sheet["id"]);
    let (status, problem) =
        call(&sim, "GET", &format!("/v1/vidsheet/{SEEDED_VIDSHEET}?agent_id={BLANK_AGENT}"), &Value::Null);
    assert_eq!((status, &problem["error_code"]), (404, &json!("spreadsheet_not_found")));
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_added_and_duplicated() {
    let sim = stepped().await;
    let rows = format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/rows");
    let (status, row) = post(&sim, &format!("{rows}?agent_id={AGENT}"), &json!({"spreadsheet_row": {}}));
    assert_eq!((status, &row["position"]), (201, &json!(24)));
    assert_eq!(row["spreadsheet_cells"].as_array().unwrap().len(), 8);
    let before = spring_glazes(&sim);
    let first = &before["spreadsheet_rows"][0];
    let (status, copy) =
        post(&sim, &format!("{rows}/{}/duplicate?agent_id={AGENT}", first["id"]), &Value::Null);
    assert_eq!((status, &copy["position"]), (201, &json!(1)));
    let after = spring_glazes(&sim);
    assert_eq!(after["spreadsheet_rows"].as_array().unwrap().len(), 26);
    for title in ["HOOK", "SCRIPT"] {
        assert_eq!(cell_at(&after, 1, title)["value"], cell_at(&before, 0, title)["value"]);
        assert_ne!(cell_at(&after, 1, title)["id"], cell_at(&before, 0, title)["id"]);
    }
    let layers =
        |sheet: &Value, row| cell_at(sheet, row, "VIDEO")["video_layers"].as_array().unwrap().clone();
    assert_eq!(layers(&after, 1).len(), layers(&before, 0).len());
    assert_ne!(layers(&after, 1)[0]["id"], layers(&before, 0)[0]["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn cells_are_written_wrapped_or_not_and_attributes_merge() {
    let sim = stepped().await;
    let cell = cell_at(&spring_glazes(&sim), 0, "SCRIPT");
    let path = format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/cells/{}?agent_id={AGENT}", cell["id"]);
    let (status, written) = call(&sim, "PATCH", &path, &json!({"spreadsheet_cell": {"value": "New words"}}));
    assert_eq!((status, &written["value"]), (200, &json!("New words")));
    let bare = path.split('?').next().unwrap();
    assert_eq!(
        call(&sim, "PATCH", bare, &json!({"agent_id": AGENT, "value": "Bare words"})).1["value"],
        "Bare words"
    );
    let merged = call(
        &sim,
        "PATCH",
        &path,
        &json!({"spreadsheet_cell": {"additional_attributes": {"styles": {"size": 2}}}}),
    )
    .1;
    assert_eq!(merged["additional_attributes"]["model"], "gemini_2_5_pro");
    let merged = call(&sim, "PATCH", &path, &json!({"additional_attributes": {"styles": {"bold": true}}})).1;
    assert_eq!(merged["additional_attributes"]["styles"], json!({"size": 2, "bold": true}));
    assert_eq!(call(&sim, "PATCH", &path, &json!({"spreadsheet_cell": {"value": ["no"]}})).0, 422);
    assert_eq!(
        call(&sim, "PATCH", &path, &json!({"spreadsheet_cell": {"value": null}})).1["value"],
        Value::Null
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn many_cells_are_written_together_or_not_at_all() {
    let sim = stepped().await;
    let sheet = spring_glazes(&sim);
    let (first, second) = (cell_at(&sheet, 0, "HOOK"), cell_at(&sheet, 1, "HOOK"));
    let path = format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/cells/mass_update?agent_id={AGENT}");
    let both = json!({"cells": [{"id": first["id"], "value": "one"}, {"id": second["id"].to_string(), "value": "two"}]});
    let (status, written) = call(&sim, "PUT", &path, &both);
    assert_eq!((status, &written[0]["value"], &written[1]["value"]), (200, &json!("one"), &json!("two")));
    let wrong = json!({"cells": [{"id": first["id"], "value": "three"}, {"id": 1, "value": "four"}]});
    assert_eq!(call(&sim, "PUT", &path, &wrong).0, 404);
    assert_eq!(cell_at(&spring_glazes(&sim), 0, "HOOK")["value"], "one");
}

#[tokio::test(flavor = "multi_thread")]
async fn sheets_columns_and_clones_are_made() {
    let sim = stepped().await;
    let scope = format!("agent_id={BLANK_AGENT}");
    let (status, sheet) =
        post(&sim, &format!("/v1/autocontentengine?{scope}"), &json!({"spreadsheet": {"title": "Ash"}}));
    assert_eq!((status, &sheet["spreadsheet_rows"]), (201, &json!([])));
    assert_eq!(post(&sim, &format!("/v1/autocontentengine?{scope}"), &json!({"spreadsheet": {}})).0, 422);
    let own = format!("/v1/vidsheet/{}", sheet["id"]);
    post(&sim, &format!("{own}/rows?{scope}"), &Value::Null);
    let column = json!({"spreadsheet_column": {"title": "SCRIPT", "type": "text"}});
    let (status, made) = post(&sim, &format!("{own}/columns?{scope}"), &column);
    assert_eq!(
        (status, &made["role"], &made["column_role"]),
        (201, &json!("ingredient"), &json!("ingredient"))
    );
    assert_eq!(post(&sim, &format!("{own}/columns?{scope}"), &column).0, 422);
    assert_eq!(
        get(&sim, &format!("{own}?{scope}"))["spreadsheet_rows"][0]["spreadsheet_cells"][0]["column_id"],
        made["id"]
    );
    let (status, copy) = post(
        &sim,
        &format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/clone?agent_id={AGENT}"),
        &json!({"target_agent_id": BLANK_AGENT}),
    );
    assert_eq!(status, 201);
    let copy = get(&sim, &format!("/v1/vidsheet/{}?{scope}", copy["id"]));
    assert_eq!(cell_at(&copy, 3, "HOOK")["value"], cell_at(&spring_glazes(&sim), 3, "HOOK")["value"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn templates_are_listed_and_cloned_for_nothing() {
    let sim = stepped().await;
    let templates = get(&sim, "/v1/templates/projects");
    assert_eq!(templates.as_array().unwrap().len(), 20);
    let count =
        |page: &str| get(&sim, &format!("/v1/templates/projects?page={page}")).as_array().unwrap().len();
    assert_eq!(["0", "1", "2", "3", "4"].map(count), [20, 20, 20, 5, 0]);
    assert_eq!(templates[8]["slug"], "tiktok-skit");
    assert_eq!(
        get(&sim, "/v1/templates/projects/tiktok-vo-broll")["spreadsheet_columns"][0]["title"],
        "HOOK"
    );
    let before = super::balance(&sim);
    let (status, sheet) = post(
        &sim,
        "/v1/templates/spreadsheets/tiktok-talking-avatar/clone",
        &json!({"agent_id": BLANK_AGENT}),
    );
    assert_eq!(status, 201);
    assert_eq!(sheet["spreadsheet_rows"].as_array().unwrap().len(), 1);
    assert_eq!(cell_at(&sheet, 0, "VIDEO")["video_layers"].as_array().unwrap().len(), 4);
    assert_eq!(super::balance(&sim), before);
    let (status, problem) =
        post(&sim, "/v1/templates/spreadsheets/nothing/clone", &json!({"agent_id": BLANK_AGENT}));
    assert_eq!((status, &problem["error_code"]), (404, &json!("template_not_found")));
}

#[tokio::test(flavor = "multi_thread")]
async fn strict_wants_the_reference_to_the_letter() {
    let sim = start(Options { mode: SimMode::Explicit, strict: true, ..Options::default() }).await;
    let cell = cell_at(&spring_glazes(&sim), 0, "HOOK");
    let path = format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/cells/{}", cell["id"]);
    let wrapped = json!({"agent_id": AGENT, "spreadsheet_cell": {"value": "x"}});
    assert_eq!(call(&sim, "PATCH", &path, &wrapped).0, 422);
    assert_eq!(call(&sim, "PATCH", &format!("{path}?agent_id={AGENT}"), &json!({"value": "x"})).0, 422);
    assert_eq!(call(&sim, "PATCH", &format!("{path}?agent_id={AGENT}"), &wrapped).0, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_world_survives_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let options =
        Options { mode: SimMode::Explicit, data_dir: Some(folder.path().to_owned()), ..Options::default() };
    let sim = start(options.clone()).await;
    let hook = |sim: &GenSim| cell_at(&spring_glazes(sim), 0, "HOOK");
    let path = format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/cells/{}?agent_id={AGENT}", hook(&sim)["id"]);
    call(&sim, "PATCH", &path, &json!({"spreadsheet_cell": {"value": "kept"}}));
    // Dropped, not shut down: what was answered must already be on disk.
    drop(sim);
    let sim = start(options.clone()).await;
    assert_eq!(hook(&sim)["value"], "kept");
    post(&sim, "/_sim/reset", &Value::Null);
    assert_ne!(hook(&sim)["value"], "kept");
    sim.shutdown().await;
    std::fs::write(folder.path().join("gen-sim.json"), "not a world").unwrap();
    assert!(GenSim::start(options).await.is_err());
}
