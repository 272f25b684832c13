use gen_client::model::{ColumnKind, Vidsheet};
use model::{ImportKey, ImportMapping};

use crate::tables::Table;

/// What an export of ours calls GEN's number of a row.
const ROW_ID: &str = "row_id";

/// Columns of the same title meet, texts only: an address of a picture is not what people mean to write into its cell.
/// The key is the row's number at GEN where the file has it; else every line is new.
pub(super) fn mapping(sheet: &Vidsheet, table: &Table) -> ImportMapping {
    let mut taken = Vec::new();
    let columns = table.columns.iter().map(|title| {
        let fits = |column: &&gen_client::model::Column| {
            !column.role.is_system()
                && column.kind == ColumnKind::Text
                && column.title.trim().eq_ignore_ascii_case(title.trim())
                && !taken.contains(&column.id)
        };
        let found = sheet.columns.iter().find(fits).map(|column| column.id.clone());
        taken.extend(found.clone());
        found
    });
    let columns = columns.collect();
    let at = table.columns.iter().position(|title| title.trim() == ROW_ID);
    let key = at.map_or(ImportKey::Append, |at| ImportKey::RowId { at });
    ImportMapping { columns, key }
}
