use gen_client::File;
use gen_client::model::Variable;

use super::FIELD;
use crate::tables::{Table, read_bytes, write_xlsx_as_is};
use crate::{Error, Result};

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// What GEN's sources call the column of names, and that of values.
const NAMES: [&str; 3] = ["name", "key", "variable"];
const VALUES: [&str; 1] = ["value"];

/// The file that GEN wants: the head of its own template, and a line for each variable below it.
pub(super) fn written(template: &[u8], variables: &[Variable]) -> Result<File> {
    // GEN's own template is read by our rules; without a head nothing would be understood.
    let head = read_bytes(template)?.columns;
    let (name, value) = places(&head).ok_or_else(|| Error::Invalid {
        field: FIELD,
        message: format!(
            "GEN's template has the columns {}, and none for names and values.",
            head.join(", ")
        ),
    })?;
    let line = |variable: &Variable| {
        let mut line = vec![String::new(); head.len()];
        line[name].clone_from(&variable.name);
        line[value].clone_from(&variable.value);
        line
    };
    let rows = variables.iter().map(line).collect();
    let bytes = write_xlsx_as_is("Variables", &Table { columns: head.clone(), rows })?;
    Ok(File { name: "variables.xlsx".to_owned(), content_type: XLSX.to_owned(), bytes: bytes.into() })
}

/// The variables of a table that has a column for names and one for values.
pub(super) fn variables(table: Table) -> Result<Vec<Variable>> {
    let (name, value) = places(&table.columns).ok_or_else(|| Error::Invalid {
        field: "File",
        message: format!(
            "A column “name” and a column “value” are needed; this file has {}.",
            table.columns.join(", ")
        ),
    })?;
    let variable =
        |row: &Vec<String>| Variable { name: row[name].trim().to_owned(), value: row[value].clone() };
    Ok(table.rows.iter().map(variable).filter(|variable| !variable.name.is_empty()).collect())
}

fn places(head: &[String]) -> Option<(usize, usize)> {
    let place =
        |names: &[&str]| head.iter().position(|title| names.contains(&title.trim().to_lowercase().as_str()));
    Some((place(&NAMES)?, place(&VALUES)?))
}
