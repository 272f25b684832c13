//! Tables as files: CSV and XLSX, read with limits and written without formulas.

mod csv_file;
mod xlsx_file;

use model::{NewFile, unharmed};

use crate::files::decoded;
use crate::{Error, Result};

pub(crate) use csv_file::write as write_csv;
pub(crate) use xlsx_file::{write as write_xlsx, write_as_is as write_xlsx_as_is};

/// The most lines below the head that are read at once.
pub(crate) const ROWS_MAX: usize = 10_000;
const COLUMNS_MAX: usize = 200;
const FIELD: &str = "File";
/// How every XLSX file begins: it is a zip archive.
const ZIP: &[u8] = b"PK";

/// What a file holds: a head and lines, each as long as the head.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Table {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

/// Reads a CSV or XLSX file, whatever its name claims. [`Error::Invalid`] says what is wrong with it.
pub(crate) fn read(file: &NewFile) -> Result<Table> {
    let bytes = decoded(file, FIELD)?;
    read_bytes(&bytes)
}

/// As [`read`], of bytes.
pub(crate) fn read_bytes(bytes: &[u8]) -> Result<Table> {
    let lines = if bytes.starts_with(ZIP) { xlsx_file::read(bytes)? } else { csv_file::read(bytes)? };
    into_table(lines)
}

fn into_table(mut lines: Vec<Vec<String>>) -> Result<Table> {
    let is_empty = |line: &Vec<String>| line.iter().all(|text| text.trim().is_empty());
    lines.retain(|line| !is_empty(line));
    if lines.is_empty() {
        return Err(invalid("This file is empty.".to_owned()));
    }
    let columns: Vec<String> =
        lines.remove(0).iter().map(|title| unharmed(title).trim().to_owned()).collect();
    if columns.len() > COLUMNS_MAX {
        return Err(invalid(format!("This file has {} columns; {COLUMNS_MAX} are read.", columns.len())));
    }
    for (at, line) in lines.iter_mut().enumerate() {
        if line.iter().skip(columns.len()).any(|text| !text.trim().is_empty()) {
            let number = at + 2;
            return Err(invalid(format!("Line {number} has more fields than the head has titles.")));
        }
        line.resize(columns.len(), String::new());
        line.iter_mut().for_each(|text| *text = unharmed(text).to_owned());
    }
    Ok(Table { columns, rows: lines })
}

/// Too many lines are refused before they fill the memory; `lines` includes the head.
fn not_too_many(lines: usize) -> Result<()> {
    if lines > ROWS_MAX + 1 {
        let message = format!(
            "This file has more than {ROWS_MAX} lines below its head. Split it; nothing was changed."
        );
        return Err(invalid(message));
    }
    Ok(())
}

fn invalid(message: String) -> Error {
    Error::Invalid { field: FIELD, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORPUS: [&str; 12] = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "plain",
        "a,b",
        "a\"b",
        "two\nlines",
        "größe",
        "'quoted'",
        "",
    ];

    fn table() -> Table {
        let rows = CORPUS.iter().map(|text| vec!["row".to_owned(), (*text).to_owned()]).collect();
        Table { columns: vec!["id".to_owned(), "=TITLE".to_owned()], rows }
    }

    #[test]
    fn x4_what_is_written_holds_no_formula_and_reads_back_the_same() {
        let csv = write_csv(&table()).unwrap();
        let text = String::from_utf8(csv.clone()).unwrap();
        assert!(text.contains("'=1+1") && !text.contains(",=1+1") && !text.contains(",@SUM"), "{text}");
        assert_eq!(read_bytes(&csv).unwrap(), table());
        let xlsx = write_xlsx("Sheet", &table()).unwrap();
        assert_eq!(read_bytes(&xlsx).unwrap(), table());
    }

    #[test]
    fn semicolons_tabs_and_a_mark_of_byte_order_are_understood() {
        for text in ["\u{feff}a;b\r\n1;\"2;3\"\r\n", "a\tb\n1\t2;3\n", "a,b\n1,2;3\n\n"] {
            let read = read_bytes(text.as_bytes()).unwrap();
            assert_eq!(
                read,
                Table { columns: vec!["a".into(), "b".into()], rows: vec![vec!["1".into(), "2;3".into()]] }
            );
        }
    }

    #[test]
    fn what_cannot_be_read_is_said() {
        let said = |bytes: &[u8]| match read_bytes(bytes) {
            Err(Error::Invalid { message, .. }) => message,
            other => panic!("{other:?}"),
        };
        assert!(said(b"PK\x03\x04 and nothing that follows").contains("XLSX"));
        assert!(said(b"caf\xe9;1").contains("UTF-8"));
        assert!(said(b"a,b\n1,2,3\n").contains("Line 2"));
        assert!(said(b" \n").contains("empty"));
        let many = "a\n".to_owned() + &"1\n".repeat(100_000);
        assert!(said(many.as_bytes()).contains("more than 10000 lines"));
    }
}
