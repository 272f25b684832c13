//! Columns, rows and layers in a new order, many at once; variables; a render of the layers.

use gen_sim::SEEDED_VIDSHEET;
use serde_json::{Value, json};

use super::{AGENT, call, cell_at, form, get, post, send, spring_glazes, stepped};

fn at(path: &str) -> String {
    format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/{path}?agent_id={AGENT}")
}

fn ids(list: &Value) -> Vec<u64> {
    list.as_array().unwrap().iter().map(|item| item["id"].as_u64().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_and_columns_move_by_either_form_of_body() {
    let sim = stepped().await;
    for (method, what) in [("PUT", "rows"), ("PATCH", "columns")] {
        let before = ids(&get(&sim, &at(what)));
        let path = at(&format!("{what}/update_positions"));
        let list = json!({what: [{"id": before[2], "position": 0}]});
        let (status, moved) = call(&sim, method, &path, &list);
        assert_eq!((status, ids(&moved)[0], moved[0]["position"].clone()), (200, before[2], json!(0)));
        let back = json!({"id_to_position": {before[2].to_string(): 2}});
        assert_eq!(ids(&call(&sim, method, &path, &back).1), before);
        let unknown = json!({what: [{"id": before[0], "position": 3}, {"id": 1, "position": 0}]});
        assert_eq!(call(&sim, method, &path, &unknown).0, 404);
        assert_eq!(ids(&get(&sim, &at(what))), before, "nothing moved");
    }
    // The cells of a row follow their columns.
    let sheet = spring_glazes(&sim);
    let hook = sheet["spreadsheet_columns"][0]["id"].clone();
    let last = json!({"columns": [{"id": hook, "position": 7}]});
    call(&sim, "PATCH", &at("columns/update_positions"), &last);
    assert_eq!(get(&sim, &at("rows"))[0]["spreadsheet_cells"][7]["column_id"], hook);
}

#[tokio::test(flavor = "multi_thread")]
async fn mass_updates_change_all_or_nothing() {
    let sim = stepped().await;
    let rows = ids(&get(&sim, &at("rows")));
    let body = json!({"rows": [{"id": rows[0], "additional_attributes": {"label": "hero"}}, {"id": rows[1], "additional_attributes": {"label": "intro"}}]});
    let (status, changed) = call(&sim, "PUT", &at("rows/mass_update"), &body);
    assert_eq!((status, &changed[1]["additional_attributes"]["label"]), (200, &json!("intro")));
    let columns = ids(&get(&sim, &at("columns")));
    let body = json!({"columns": [{"id": columns[0], "title": "Main hook"}, {"id": columns[1], "description": "What is said"}]});
    let (status, changed) = call(&sim, "PUT", &at("columns/mass_update"), &body);
    assert_eq!((status, &changed[0]["title"]), (200, &json!("Main hook")));
    let twins =
        json!({"columns": [{"id": columns[0], "title": "Free"}, {"id": columns[1], "title": "Free"}]});
    assert_eq!(call(&sim, "PUT", &at("columns/mass_update"), &twins).0, 422);
    assert_eq!(get(&sim, &at("columns"))[0]["title"], "Main hook");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_duplicated_column_has_a_title_of_its_own_and_the_same_values() {
    let sim = stepped().await;
    let hook = ids(&get(&sim, &at("columns")))[0];
    let (status, copy) = post(&sim, &at(&format!("columns/{hook}/duplicate")), &Value::Null);
    assert_eq!((status, &copy["title"], &copy["position"]), (201, &json!("HOOK copy"), &json!(1)));
    let (_, second) = post(&sim, &at(&format!("columns/{hook}/duplicate")), &Value::Null);
    assert_eq!(second["title"], "HOOK copy 2");
    let sheet = spring_glazes(&sim);
    assert_eq!(cell_at(&sheet, 3, "HOOK copy")["value"], cell_at(&sheet, 3, "HOOK")["value"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn layers_are_stacked_changed_generated_and_removed() {
    let sim = stepped().await;
    let cell = cell_at(&spring_glazes(&sim), 9, "VIDEO")["id"].clone();
    let layers = |rest: &str| at(&format!("cells/{cell}/layers{rest}"));
    let make = |name: &str, kind: &str| {
        let (status, made) = post(&sim, &layers(""), &json!({"video_layer": {"name": name, "type": kind}}));
        assert_eq!(status, 201, "{made}");
        made["id"].clone()
    };
    let (bottom, top) = (make("Back", "image"), make("Title", "text"));
    let change =
        json!({"video_layer": {"additional_attributes": {"styles": {"color": "#ff0000"}, "from": 30}}});
    let (status, changed) = call(&sim, "PATCH", &layers(&format!("/{top}")), &change);
    assert_eq!((status, &changed["additional_attributes"]["from"]), (200, &json!(30)));
    let more = json!({"video_layer": {"additional_attributes": {"styles": {"fontSize": "64px"}}}});
    let (_, merged) = call(&sim, "PATCH", &layers(&format!("/{top}")), &more);
    assert_eq!(merged["additional_attributes"]["styles"], json!({"color": "#ff0000", "fontSize": "64px"}));
    let (status, copy) = post(&sim, &layers(&format!("/{top}/duplicate")), &Value::Null);
    assert_eq!((status, &copy["position"]), (201, &json!(2)));
    let order = json!({"layers": [{"id": copy["id"], "position": 0}]});
    let (_, moved) = call(&sim, "PUT", &layers("/update_positions"), &order);
    assert_eq!(ids(&moved), ids(&json!([copy, {"id": bottom}, {"id": top}])));
    assert_eq!(call(&sim, "DELETE", &layers(&format!("/{}", copy["id"])), &Value::Null), (204, Value::Null));
    let text = json!({"generation_type": "text", "data": {"prompt": "A title about celadon"}});
    let (status, _) = post(&sim, &layers(&format!("/{top}/generate")), &text);
    assert_eq!(status, 201);
    post(&sim, "/_sim/drain", &Value::Null);
    let done = get(&sim, &layers(&format!("/{top}")));
    assert_eq!(done["additional_attributes"]["content"], done["default_user_job"]["result"]);
    // Without a body it is made again as it was made last.
    let (status, again) = post(&sim, &layers(&format!("/{top}/generate")), &Value::Null);
    assert_eq!(status, 201, "{again}");
    assert_eq!(post(&sim, &layers(&format!("/{bottom}/generate")), &Value::Null).0, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn variables_are_replaced_by_a_real_spreadsheet() {
    let sim = stepped().await;
    let headers = [("x-api-key", gen_sim::DEMO_KEY)];
    let template =
        send(&sim, "GET", "/v1/autocontentengine/global_variables_template", &headers, "").unwrap();
    assert!(template.head.contains("spreadsheetml.sheet") && template.bytes.starts_with(b"PK"));
    // The empty form is a valid import: it removes every variable.
    fn file(bytes: &[u8]) -> Option<(&str, &str, &str, &[u8])> {
        Some(("file", "variables.xlsx", "application/octet-stream", bytes))
    }
    assert_eq!(form(&sim, &at("import_global_variables"), &[], file(&template.bytes)).0, 200);
    assert_eq!(get(&sim, &at("global_variables")), Value::Null);
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    for (row, (key, value)) in
        [("key", "value"), ("brand", "Acme"), ("cta", "Link in bio!")].iter().enumerate()
    {
        page.write_string(row as u32, 0, *key).unwrap();
        page.write_string(row as u32, 1, *value).unwrap();
    }
    let bytes = book.save_to_buffer().unwrap();
    assert_eq!(form(&sim, &at("import_global_variables"), &[], file(&bytes)).0, 200);
    let expected = json!([{"key": "brand", "value": "Acme"}, {"key": "cta", "value": "Link in bio!"}]);
    assert_eq!(get(&sim, &at("global_variables"))["variables"], expected);
    let (status, problem) = form(&sim, &at("import_global_variables"), &[], file(b"no spreadsheet"));
    assert_eq!((status, &problem["error_code"]), (422, &json!("validation_error")));
    assert_eq!(get(&sim, &at("global_variables"))["variables"], expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_render_is_a_film_of_the_rows_layers() {
    let sim = stepped().await;
    let sheet = spring_glazes(&sim);
    let video = cell_at(&sheet, 3, "VIDEO");
    for layer in video["video_layers"].as_array().unwrap() {
        // Ten seconds exactly, whatever the seed says.
        let change = json!({"video_layer": {"additional_attributes": {"from": 0, "durationInFrames": 300}}});
        let path = at(&format!("cells/{}/layers/{}", video["id"], layer["id"]));
        assert_eq!(call(&sim, "PATCH", &path, &change).0, 200);
    }
    let last = cell_at(&sheet, 3, "FINAL VIDEO")["id"].clone();
    let (_, started) = post(&sim, &at(&format!("cells/{last}/render")), &Value::Null);
    post(&sim, "/_sim/drain", &Value::Null);
    let done = get(&sim, &format!("/v1/generations/{}", started["generation_id"]));
    let url = done["output_resources"][0]["url"].as_str().unwrap().to_owned();
    let film = send(&sim, "GET", url.strip_prefix(&sim.base_url()).unwrap(), &[], "").unwrap().bytes;
    let number = |name: &[u8], after: usize| {
        let at = film.windows(4).position(|four| four == name).unwrap() + after;
        u32::from_be_bytes(film[at..at + 4].try_into().unwrap())
    };
    assert_eq!(number(b"mvhd", 20), 10_000, "milliseconds");
    assert_eq!((number(b"tkhd", 80) >> 16, number(b"tkhd", 84) >> 16), (360, 640));
    assert!(film.windows(4).any(|four| four == b"Opus"), "the row's voice is heard");
    assert!(film.len() > 50_000, "{} bytes", film.len());
    if let Ok(kept) = std::env::var("KEEP_RENDER") {
        std::fs::write(kept, film).unwrap();
    }
}
