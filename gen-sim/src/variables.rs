//! `{{name}}` in a prompt: from the call, then the row's own cells by column title, then the vidsheet's variables.

use serde_json::Value;

use crate::world::{Cell, Vidsheet, World};

/// The prompt with every known variable replaced; unknown ones stay as they were written.
pub fn fill(world: &World, vidsheet_id: u64, cell_id: u64, data: &Value, prompt: &str) -> String {
    let mut filled = String::with_capacity(prompt.len());
    let mut rest = prompt;
    while let Some(start) = rest.find("{{") {
        let Some(end) = rest[start..].find("}}").map(|end| start + end) else {
            break;
        };
        let name = rest[start + 2..end].trim();
        filled.push_str(&rest[..start]);
        match look_up(world, vidsheet_id, cell_id, data, name) {
            Some(value) => filled.push_str(&value),
            None => filled.push_str(&rest[start..end + 2]),
        }
        rest = &rest[end + 2..];
    }
    filled.push_str(rest);
    filled
}

/// What a variable or a column of this row holds.
pub fn look_up(world: &World, vidsheet_id: u64, cell_id: u64, data: &Value, name: &str) -> Option<String> {
    if let Some(given) =
        data.get("variables").and_then(|variables| variables.get(name)).and_then(crate::answer::text_of)
    {
        return Some(given);
    }
    let sheet = world.vidsheets.iter().find(|sheet| sheet.id == vidsheet_id)?;
    let in_row = named_cell(sheet, cell_id, name).and_then(|cell| cell.value.as_str().map(str::to_owned));
    in_row.or_else(|| sheet.variables.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()))
}

/// The file that the cell under a column of this row shows.
pub fn look_up_file(world: &World, vidsheet_id: u64, cell_id: u64, name: &str) -> Option<u64> {
    let sheet = world.vidsheets.iter().find(|sheet| sheet.id == vidsheet_id)?;
    let job = named_cell(sheet, cell_id, name)?.default_job?;
    world.jobs.get(&job)?.outputs.first().copied()
}

/// The cell of the same row under the column of this title.
fn named_cell<'a>(sheet: &'a Vidsheet, cell_id: u64, name: &str) -> Option<&'a Cell> {
    let column = sheet.columns.iter().find(|column| column.title.eq_ignore_ascii_case(name))?;
    sheet.row_of(cell_id)?.cells.iter().find(|cell| cell.column_id == column.id)
}
