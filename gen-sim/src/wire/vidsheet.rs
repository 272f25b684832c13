//! The JSON of vidsheets and what is in them.

use serde_json::{Map, Value, json};

use super::Wire;
use crate::clock::iso;
use crate::world::{Cell, Column, Layer, Row, Vidsheet};

impl Wire<'_> {
    pub fn vidsheet(&self, sheet: &Vidsheet) -> Value {
        json!({
            "id": sheet.id,
            "slug": sheet.slug,
            "title": sheet.title,
            "project_type": "autocontentengine",
            "is_default": sheet.is_default,
            "uuid": sheet.uuid,
            "status": "active",
            "created_at": iso(sheet.created_ms),
            "created_at_ts": sheet.created_ms,
            "updated_at_ts": sheet.updated_ms,
            "spreadsheet_columns": self.columns(sheet),
            "spreadsheet_rows": self.rows(sheet),
            "global_variables_sheet": self.variables(sheet),
        })
    }

    pub fn columns(&self, sheet: &Vidsheet) -> Vec<Value> {
        sheet.columns.iter().enumerate().map(|(position, column)| self.column(column, position)).collect()
    }

    pub fn column(&self, column: &Column, position: usize) -> Value {
        json!({
            "id": column.id,
            "title": column.title,
            "temp_title": null,
            "type": column.kind,
            "role": column.role,
            "column_role": column.role,
            "description": column.description,
            "position": position,
            "additional_attributes": column.attributes,
            "created_at_ts": column.created_ms,
            "updated_at_ts": column.updated_ms,
        })
    }

    pub fn rows(&self, sheet: &Vidsheet) -> Vec<Value> {
        sheet.rows.iter().enumerate().map(|(position, row)| self.row(sheet, row, position)).collect()
    }

    pub fn row(&self, sheet: &Vidsheet, row: &Row, position: usize) -> Value {
        let mut shape = json!({
            "id": row.id,
            "position": position,
            "additional_attributes": row.attributes,
            "created_at_ts": row.created_ms,
            "updated_at_ts": row.updated_ms,
            "spreadsheet_cells": row.cells.iter().map(|cell| self.cell(sheet, row, cell)).collect::<Vec<_>>(),
        });
        if self.with_cost {
            shape["execution_cost"] = json!(self.row_cost(row));
        }
        shape
    }

    pub fn cell(&self, sheet: &Vidsheet, row: &Row, cell: &Cell) -> Value {
        let is_stats =
            sheet.columns.iter().any(|column| column.id == cell.column_id && column.role == "stats");
        let value =
            if is_stats { json!(format!("{} credits", self.row_cost(row))) } else { cell.value.clone() };
        let mut shape = json!({
            "id": cell.id,
            "column_id": cell.column_id,
            "spreadsheet_column_id": cell.column_id,
            "value": value,
            "additional_attributes": cell.attributes,
            "cell_role": "content",
            "created_at_ts": cell.created_ms,
            "updated_at_ts": cell.updated_ms,
            "default_user_job": self.job_by_id(cell.default_job),
            "user_jobs": self.jobs(&cell.jobs),
            "video_layers": cell.layers.iter().enumerate().map(|(position, layer)| self.layer(layer, position)).collect::<Vec<_>>(),
        });
        if self.with_cost {
            shape["execution_cost"] = json!(self.cost(&cell.jobs));
        }
        shape
    }

    pub fn layer(&self, layer: &Layer, position: usize) -> Value {
        json!({
            "id": layer.id,
            "name": layer.name,
            "position": position,
            "type": layer.kind,
            "additional_attributes": self.with_host(&layer.attributes, "src"),
            "created_at_ts": layer.created_ms,
            "updated_at_ts": layer.updated_ms,
            "default_user_job": self.job_by_id(layer.default_job),
            "user_jobs": self.jobs(&layer.jobs),
            "execution_cost": null,
        })
    }

    /// The variables as GEN keeps them: a small sheet of name and value columns.
    pub fn variables(&self, sheet: &Vidsheet) -> Value {
        if sheet.variables.is_empty() {
            return Value::Null;
        }
        let (name_column, value_column) = (sheet.id * 10 + 1, sheet.id * 10 + 2);
        let column = |id: u64, title: &str, role: &str, position: usize| json!({"id": id, "title": title, "type": "text", "role": role, "column_role": role, "position": position, "additional_attributes": {}});
        let rows: Vec<Value> = (sheet.variables.iter().enumerate())
            .map(|(position, (name, value))| {
                let base = sheet.id * 1000 + position as u64 * 3;
                let cell = |id: u64, column: u64, value: &str| json!({"id": id, "column_id": column, "spreadsheet_column_id": column, "value": value});
                let cells = [cell(base + 1, name_column, name), cell(base + 2, value_column, value)];
                json!({"id": base, "position": position, "spreadsheet_cells": cells})
            })
            .collect();
        json!({
            "id": sheet.id * 10,
            "title": "Variables",
            "spreadsheet_columns": [
                column(name_column, "NAME", "global_variable_name", 0),
                column(value_column, "VALUE", "global_variable_value", 1),
            ],
            "spreadsheet_rows": rows,
        })
    }

    /// What the world names by itself is kept as a path, because the address of the media may change between two
    /// starts.
    pub(super) fn with_host(&self, attributes: &Map<String, Value>, field: &str) -> Map<String, Value> {
        let mut attributes = attributes.clone();
        if let Some(Value::String(src)) = attributes.get_mut(field)
            && src.starts_with("/media/")
        {
            src.insert_str(0, self.media_base);
        }
        attributes
    }
}
