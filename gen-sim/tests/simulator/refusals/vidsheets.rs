//! Vidsheets, rows, columns, cells and layers.

use gen_sim::{GenSim, OTHER_AGENT, SEEDED_VIDSHEET};
use serde_json::{Value, json};

use super::{Refused, VALIDATION};
use crate::{AGENT, cell_at, spring_glazes};

pub fn vidsheets(sim: &GenSim) -> Vec<Refused> {
    let scope = format!("agent_id={AGENT}");
    let at = |rest: &str| format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/{rest}?{scope}");
    let sheet = spring_glazes(sim);
    let hook = cell_at(&sheet, 0, "HOOK")["id"].clone();
    let video = cell_at(&sheet, 0, "VIDEO")["id"].clone();
    let layer = cell_at(&sheet, 0, "VIDEO")["video_layers"][0]["id"].clone();
    let row = sheet["spreadsheet_rows"][0]["id"].clone();
    let columns = &sheet["spreadsheet_columns"];
    let (column, system) = (columns[0]["id"].clone(), columns[5]["id"].clone());
    let sheet_missing = "spreadsheet_not_found";
    let positions = |key: &str, id: &Value| {
        vec![
            Value::Null,
            json!({}),
            json!({key: []}),
            json!({key: [{"id": id}]}),
            json!({key: [{"position": 1}]}),
            json!({key: [{"id": id, "position": -1}]}),
        ]
    };
    vec![
        ("GET", "/v1/templates/projects/none".into(), vec![Value::Null], 404, "template_not_found"),
        (
            "POST",
            "/v1/templates/spreadsheets/none/clone".into(),
            vec![json!({"agent_id": AGENT})],
            404,
            "template_not_found",
        ),
        (
            "POST",
            "/v1/templates/spreadsheets/tiktok-skit/clone".into(),
            vec![json!({"agent_id": "nobody"})],
            422,
            "agent_not_found",
        ),
        ("POST", "/v1/templates/spreadsheets/tiktok-skit/clone".into(), vec![Value::Null], 422, VALIDATION),
        (
            "POST",
            format!("/v1/autocontentengine?{scope}"),
            vec![
                Value::Null,
                json!({"spreadsheet": {}}),
                json!({"spreadsheet": {"title": " "}}),
                json!({"spreadsheet": []}),
            ],
            422,
            VALIDATION,
        ),
        ("GET", format!("/v1/autocontentengine/{SEEDED_VIDSHEET}"), vec![Value::Null], 422, VALIDATION),
        ("GET", format!("/v1/autocontentengine/1?{scope}"), vec![Value::Null], 404, sheet_missing),
        (
            "GET",
            format!("/v1/autocontentengine/{SEEDED_VIDSHEET}?agent_id={OTHER_AGENT}"),
            vec![Value::Null],
            404,
            sheet_missing,
        ),
        (
            "GET",
            format!("/v1/autocontentengine/{SEEDED_VIDSHEET}?agent_id=nobody"),
            vec![Value::Null],
            422,
            "agent_not_found",
        ),
        ("POST", format!("/v1/autocontentengine/1/clone?{scope}"), vec![Value::Null], 404, sheet_missing),
        ("POST", at("clone"), vec![json!({"target_agent_id": "nobody"})], 422, "agent_not_found"),
        ("GET", format!("/v1/autocontentengine/1/rows?{scope}"), vec![Value::Null], 404, sheet_missing),
        (
            "POST",
            at("rows"),
            vec![
                json!({"spreadsheet_row": {"position": -1}}),
                json!({"spreadsheet_row": {"position": "top"}}),
                json!({"spreadsheet_row": 5}),
            ],
            422,
            VALIDATION,
        ),
        ("GET", at("rows/1"), vec![Value::Null], 404, "not_found"),
        ("POST", at("rows/1/duplicate"), vec![Value::Null], 404, "not_found"),
        ("PUT", at("rows/update_positions"), positions("rows", &row), 422, VALIDATION),
        (
            "PUT",
            at("rows/update_positions"),
            vec![json!({"rows": [{"id": 1, "position": 0}]})],
            404,
            "not_found",
        ),
        (
            "PUT",
            at("rows/mass_update"),
            vec![
                Value::Null,
                json!({}),
                json!({"rows": [{}]}),
                json!({"rows": [5]}),
                json!({"rows": [{"id": row, "additional_attributes": 5}]}),
            ],
            422,
            VALIDATION,
        ),
        ("PUT", at("rows/mass_update"), vec![json!({"rows": [{"id": 1}]})], 404, "not_found"),
        (
            "POST",
            at("columns"),
            vec![
                Value::Null,
                json!({"spreadsheet_column": {"type": "text"}}),
                json!({"spreadsheet_column": {"title": "A"}}),
                json!({"spreadsheet_column": {"title": "A", "type": "stats"}}),
                json!({"spreadsheet_column": {"title": "A", "type": "dance"}}),
                json!({"spreadsheet_column": {"title": "HOOK", "type": "text"}}),
            ],
            422,
            VALIDATION,
        ),
        ("POST", at("columns/1/duplicate"), vec![Value::Null], 404, "not_found"),
        ("POST", at(&format!("columns/{system}/duplicate")), vec![Value::Null], 422, VALIDATION),
        ("PATCH", at("columns/update_positions"), positions("columns", &column), 422, VALIDATION),
        (
            "PATCH",
            at("columns/update_positions"),
            vec![json!({"columns": [{"id": 1, "position": 0}]})],
            404,
            "not_found",
        ),
        (
            "PUT",
            at("columns/mass_update"),
            vec![
                json!({"columns": [{"id": column, "title": ""}]}),
                json!({"columns": [{"id": column, "title": "SCRIPT"}]}),
                json!({"columns": [{"id": column, "description": 5}]}),
                json!({"columns": [{"id": system, "title": "Mine"}]}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PUT",
            at("columns/mass_update"),
            vec![json!({"columns": [{"id": 1, "title": "A"}]})],
            404,
            "not_found",
        ),
        ("GET", at("cells/1"), vec![Value::Null], 404, "not_found"),
        ("PATCH", at("cells/1"), vec![json!({"spreadsheet_cell": {"value": "x"}})], 404, "not_found"),
        (
            "PATCH",
            at(&format!("cells/{hook}")),
            vec![
                Value::Null,
                json!({"spreadsheet_cell": {"value": []}}),
                json!({"spreadsheet_cell": {"value": {}}}),
                json!({"spreadsheet_cell": {"additional_attributes": "a"}}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PUT",
            at("cells/mass_update"),
            vec![
                Value::Null,
                json!({"cells": [{"value": "x"}]}),
                json!({"cells": [{"id": hook, "value": []}]}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PUT",
            at("cells/mass_update"),
            vec![json!({"cells": [{"id": hook, "value": "x"}, {"id": 1, "value": "y"}]})],
            404,
            "not_found",
        ),
        (
            "PATCH",
            at(&format!("cells/{hook}/set_default_user_job")),
            vec![Value::Null, json!({"user_job_id": 1}), json!({"user_job_id": "none"})],
            422,
            VALIDATION,
        ),
        (
            "POST",
            at(&format!("cells/{video}/layers")),
            vec![
                Value::Null,
                json!({"video_layer": {"type": "text"}}),
                json!({"video_layer": {"name": "A"}}),
                json!({"video_layer": {"name": "A", "type": "smell"}}),
                json!({"video_layer": {"name": "A", "type": "text", "position": -1}}),
                json!({"video_layer": {"name": "A", "type": "text", "additional_attributes": []}}),
            ],
            422,
            VALIDATION,
        ),
        // Layers belong to video cells.
        (
            "POST",
            at(&format!("cells/{hook}/layers")),
            vec![json!({"video_layer": {"name": "A", "type": "text"}})],
            422,
            VALIDATION,
        ),
        (
            "POST",
            at("cells/1/layers"),
            vec![json!({"video_layer": {"name": "A", "type": "text"}})],
            404,
            "not_found",
        ),
        ("GET", at(&format!("cells/{video}/layers/1")), vec![Value::Null], 404, "not_found"),
        ("DELETE", at(&format!("cells/{video}/layers/1")), vec![Value::Null], 404, "not_found"),
        ("POST", at(&format!("cells/{video}/layers/1/duplicate")), vec![Value::Null], 404, "not_found"),
        ("POST", at(&format!("cells/{video}/layers/1/generate")), vec![Value::Null], 404, "not_found"),
        (
            "PATCH",
            at(&format!("cells/{video}/layers/{layer}")),
            vec![
                Value::Null,
                json!({"video_layer": {"name": ""}}),
                json!({"video_layer": {"type": "smell"}}),
                json!({"video_layer": {"additional_attributes": 5}}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PUT",
            at(&format!("cells/{video}/layers/update_positions")),
            positions("layers", &layer),
            422,
            VALIDATION,
        ),
        (
            "PUT",
            at(&format!("cells/{video}/layers/update_positions")),
            vec![json!({"layers": [{"id": 1, "position": 0}]})],
            404,
            "not_found",
        ),
        (
            "GET",
            format!("/v1/autocontentengine/1/global_variables?{scope}"),
            vec![Value::Null],
            404,
            sheet_missing,
        ),
        ("POST", at("import_global_variables"), vec![Value::Null, json!({"file": "x"})], 422, VALIDATION),
    ]
}
