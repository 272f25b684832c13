//! A vidsheet as a file: CSV and XLSX to read and edit, JSON with takes and costs to keep.

use std::collections::HashMap;

use gen_client::model::{Cell, Generation, Row, Vidsheet};
use gen_client::{AgentId, VidsheetId};
use serde_json::{Value, json};

use crate::saved::text;
use crate::tables::{Table, write_csv, write_xlsx};
use crate::{Actor, Error, Result, Store};

/// What a vidsheet is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// Comma-separated values in UTF-8.
    Csv,
    /// A workbook of one sheet.
    Xlsx,
    /// Everything that is kept, with every take and what it cost.
    Json,
}

/// A file to be saved.
pub struct Export {
    /// Its name with the ending; may hold any letter.
    pub file_name: String,
    /// Such as `text/csv`.
    pub content_type: &'static str,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl ExportFormat {
    /// The format that a file of this ending has.
    pub fn of_ending(ending: &str) -> Option<Self> {
        match ending {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("csv", "text/csv; charset=utf-8"),
            Self::Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Self::Json => ("json", "application/json"),
        }
    }
}

impl Store {
    /// The whole vidsheet as a file, from the saved copy.
    pub async fn export_vidsheet(
        &self,
        actor: &Actor,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        format: ExportFormat,
    ) -> Result<Export> {
        let saved = self.open_vidsheet(actor, agent, vidsheet).await?;
        let sheet = saved.value.vidsheet;
        let media = self.media_of(&sheet).await?;
        let bytes = match format {
            ExportFormat::Csv => write_csv(&table(&sheet, &media))?,
            ExportFormat::Xlsx => write_xlsx(&sheet.title, &table(&sheet, &media))?,
            ExportFormat::Json => {
                let document = document(&sheet, &media, saved.as_of);
                serde_json::to_vec_pretty(&document).map_err(|error| Error::Corrupt(error.to_string()))?
            }
        };
        let (ending, content_type) = format.words();
        Ok(Export { file_name: format!("{}.{ending}", file_stem(&sheet)), content_type, bytes })
    }

    /// GEN's addresses of what the cells made, by our ids for them: who exports wants to open them elsewhere.
    async fn media_of(&self, sheet: &Vidsheet) -> Result<Media> {
        let cells = sheet.rows.iter().flat_map(|row| &row.cells);
        let outputs = cells.flat_map(|cell| &cell.generations).flat_map(|generation| &generation.outputs);
        let ids: Vec<&str> = outputs.filter_map(|output| output.url.as_deref()).collect();
        let pairs: Vec<(String, String)> =
            sqlx::query_as("SELECT id, url FROM media WHERE id IN (SELECT value FROM json_each(?))")
                .bind(text(&ids)?)
                .fetch_all(self.read())
                .await?;
        Ok(pairs.into_iter().collect())
    }
}

type Media = HashMap<String, String>;

/// One line a row: its number, GEN's number for it, its cells, its cost.
fn table(sheet: &Vidsheet, media: &Media) -> Table {
    let titles = sheet.columns.iter().map(|column| column.title.clone());
    let columns =
        ["row".to_owned(), "row_id".to_owned()].into_iter().chain(titles).chain(["cost".to_owned()]);
    let line = |(at, row): (usize, &Row)| {
        let cells = sheet.columns.iter().map(|column| row.cell(&column.id).map(|cell| shown(cell, media)));
        let cost = row.cost.map(|cost| cost.to_string()).unwrap_or_default();
        let head = [(at + 1).to_string(), row.id.to_string()];
        head.into_iter().chain(cells.map(Option::unwrap_or_default)).chain([cost]).collect()
    };
    Table { columns: columns.collect(), rows: sheet.rows.iter().enumerate().map(line).collect() }
}

/// What a cell holds: its text, else where the chosen take lies.
fn shown(cell: &Cell, media: &Media) -> String {
    let value = cell.value.clone().filter(|value| !value.is_empty());
    let taken = cell.default_generation.as_ref().and_then(|generation| generation.outputs.first());
    value.or_else(|| media.get(taken?.url.as_deref()?).cloned()).unwrap_or_default()
}

fn document(sheet: &Vidsheet, media: &Media, as_of: i64) -> Value {
    let columns: Vec<Value> = (sheet.columns.iter())
        .map(|column| json!({ "id": column.id, "title": column.title, "kind": column.kind, "role": column.role }))
        .collect();
    let rows: Vec<Value> = (sheet.rows.iter().enumerate())
        .map(|(at, row)| {
            let cells: Vec<Value> = row.cells.iter().map(|cell| cell_document(cell, sheet, media)).collect();
            json!({ "row": at + 1, "id": row.id, "cost": row.cost, "cells": cells })
        })
        .collect();
    json!({ "id": sheet.id, "title": sheet.title, "as_of_ms": as_of, "columns": columns, "rows": rows })
}

fn cell_document(cell: &Cell, sheet: &Vidsheet, media: &Media) -> Value {
    let column = sheet.columns.iter().find(|column| cell.column_id.as_ref() == Some(&column.id));
    let takes: Vec<Value> = cell.generations.iter().map(|take| take_document(take, media)).collect();
    json!({
        "id": cell.id,
        "column_id": cell.column_id,
        "column": column.map(|column| &column.title),
        "value": cell.value,
        "cost": cell.cost,
        "settings": cell.additional_attributes,
        "layers": cell.layers.iter().map(|layer| json!({
            "id": layer.id, "name": layer.name, "kind": layer.kind, "settings": layer.additional_attributes,
        })).collect::<Vec<_>>(),
        "chosen_take": cell.default_generation.as_ref().map(|generation| &generation.id),
        "takes": takes,
    })
}

fn take_document(take: &Generation, media: &Media) -> Value {
    let outputs: Vec<Value> = (take.outputs.iter())
        .map(|output| {
            let url = output.url.as_deref().and_then(|id| media.get(id));
            json!({ "id": output.id, "url": url, "content_type": output.content_type })
        })
        .collect();
    json!({
        "id": take.id,
        "type": take.job_type,
        "status": take.status,
        "result": take.result,
        "failed_reason": take.failed_reason,
        "cost": take.cost,
        "outputs": outputs,
    })
}

/// The title without what no disk takes in a name.
fn file_stem(sheet: &Vidsheet) -> String {
    let forbidden = |letter: char| {
        letter.is_control() || matches!(letter, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
    };
    let stem: String =
        sheet.title.chars().map(|letter| if forbidden(letter) { '-' } else { letter }).take(100).collect();
    let stem = stem.trim().trim_matches('.').trim();
    if stem.is_empty() { format!("vidsheet-{}", sheet.id) } else { stem.to_owned() }
}
