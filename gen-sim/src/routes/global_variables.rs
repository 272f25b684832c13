//! The variables of a vidsheet: read, replaced as a whole by a spreadsheet file, and that file's empty form.

use std::io::Cursor;

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};

use super::vidsheets::{find_mut, find_ref};
use super::wire;
use crate::answer::{Answer, Call, Problem, file, ok};
use crate::state::Sim;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub fn router() -> Router<Sim> {
    Router::new()
        .route("/global_variables_template", get(template))
        .route("/{id}/global_variables", get(read))
        .route("/{id}/import_global_variables", post(import))
}

async fn read(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let world = sim.world();
    let sheet = find_ref(&world, &call, &id)?;
    let mut shape = wire(&sim, &world).variables(sheet);
    if shape.is_object() {
        let pair = |(key, value): &(String, String)| json!({"key": key, "value": value});
        shape["variables"] = sheet.variables.iter().map(pair).collect();
    }
    ok(shape)
}

/// What was there before is gone: an import never merges.
async fn import(State(sim): State<Sim>, Path(id): Path<String>, call: Call) -> Answer {
    let mut world = sim.world();
    find_ref(&world, &call, &id)?;
    let sent = call.file("file").ok_or_else(|| Problem::validation("file is required"))?;
    let variables = pairs_of(&sent.bytes)?;
    find_mut(&mut world, &call, &id)?.variables = variables;
    let sheet = find_ref(&world, &call, &id)?;
    let shapes: Vec<Value> =
        sheet.variables.iter().map(|(key, value)| json!({"key": key, "value": value})).collect();
    ok(json!({"id": sheet.id * 10, "variables": shapes}))
}

/// No agent is named in this call.
async fn template(_: Call) -> Answer {
    let failed = |error: rust_xlsxwriter::XlsxError| {
        let status = axum::http::StatusCode::INTERNAL_SERVER_ERROR;
        Problem::new(status, "internal_error", format!("The template could not be written: {error}"))
    };
    let mut book = rust_xlsxwriter::Workbook::new();
    let page = book.add_worksheet();
    page.write_string(0, 0, "name").map_err(failed)?;
    page.write_string(0, 1, "value").map_err(failed)?;
    file(XLSX, "global_variables_template.xlsx", book.save_to_buffer().map_err(failed)?)
}

/// Name (or key) and value of every row below the header.
fn pairs_of(bytes: &[u8]) -> Result<Vec<(String, String)>, Problem> {
    let invalid = || Problem::validation("The file is no valid XLSX spreadsheet.");
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| invalid())?;
    let first = book.sheet_names().first().cloned().ok_or_else(invalid)?;
    let range = book.worksheet_range(&first).map_err(|_| invalid())?;
    let mut rows = range.rows();
    let words = |row: &[Data]| row.iter().map(ToString::to_string).collect::<Vec<String>>();
    let header: Vec<String> =
        rows.next().map(words).unwrap_or_default().iter().map(|title| title.trim().to_lowercase()).collect();
    let place = |names: &[&str]| header.iter().position(|title| names.contains(&title.as_str()));
    let (Some(name), Some(value)) = (place(&["name", "key"]), place(&["value"])) else {
        return Err(Problem::validation("The columns name and value are required."));
    };
    let mut variables: Vec<(String, String)> = Vec::new();
    for row in rows.map(words) {
        let key = row.get(name).map(|key| key.trim().to_owned()).unwrap_or_default();
        if key.is_empty() {
            continue;
        }
        if variables.iter().any(|(known, _)| *known == key) {
            return Err(Problem::validation(format!("The name {key} is used twice.")));
        }
        variables.push((key, row.get(value).cloned().unwrap_or_default()));
    }
    Ok(variables)
}
