use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use model::harmless;
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::{Table, invalid, not_too_many};
use crate::{Error, Result};

/// The most bytes that a file may hold once it is unpacked: a small archive can hide a large one.
const UNPACKED_MAX: u64 = 128 * 1024 * 1024;
/// The longest text in a cell, by the format's own rule.
const CELL_MAX: usize = 32_767;

/// The lines of the first sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>> {
    let broken = || invalid("This is no XLSX file that can be read. Save it anew, or as CSV.".to_owned());
    must_be_small(bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let first = book.sheet_names().first().cloned().ok_or_else(broken)?;
    let range = book.worksheet_range(&first).map_err(|_| broken())?;
    not_too_many(range.height())?;
    Ok(range.rows().map(|row| row.iter().map(text).collect()).collect())
}

/// One sheet, every cell a text that no spreadsheet runs. What the format has no room for is cut, and says so.
pub(crate) fn write(name: &str, table: &Table) -> Result<Vec<u8>> {
    let harmless = |line: &Vec<String>| line.iter().map(|text| harmless(text).into_owned()).collect();
    let rows = table.rows.iter().map(harmless).collect();
    write_as_is(name, &Table { columns: harmless(&table.columns), rows })
}

/// As [`write`], for a machine that wants the very texts.
pub(crate) fn write_as_is(name: &str, table: &Table) -> Result<Vec<u8>> {
    let failed = |error: XlsxError| Error::Corrupt(format!("a table cannot be written: {error}"));
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name(sheet_name(name)).map_err(failed)?;
    let bold = Format::new().set_bold();
    for (at, title) in table.columns.iter().enumerate() {
        let column = u16::try_from(at).map_err(|_| Error::Corrupt("a table is too wide".to_owned()))?;
        page.write_string_with_format(0, column, fitting(title), &bold).map_err(failed)?;
        for (line, row) in table.rows.iter().enumerate() {
            let line =
                u32::try_from(line + 1).map_err(|_| Error::Corrupt("a table is too long".to_owned()))?;
            if let Some(text) = row.get(at).filter(|text| !text.is_empty()) {
                page.write_string(line, column, fitting(text)).map_err(failed)?;
            }
        }
    }
    book.save_to_buffer().map_err(failed)
}

/// Unpacks everything once, into nothing: sizes that an archive states of itself prove nothing.
fn must_be_small(bytes: &[u8]) -> Result<()> {
    let broken = |_| invalid("This is no XLSX file that can be read. Save it anew, or as CSV.".to_owned());
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    let mut left = UNPACKED_MAX;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(broken)?;
        let unpacked = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink());
        let unpacked = unpacked.map_err(|_| invalid("This XLSX file is damaged.".to_owned()))?;
        left = left.checked_sub(unpacked).ok_or_else(|| {
            invalid(
                "This XLSX file holds too much once it is unpacked. Save it as CSV, or split it.".to_owned(),
            )
        })?;
    }
    Ok(())
}

fn text(data: &Data) -> String {
    match data {
        // A whole number has no decimals: “3”, not “3.0”.
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Data::DateTimeIso(text) => text.clone(),
        other => other.to_string(),
    }
}

fn fitting(text: &str) -> String {
    if text.encode_utf16().count() <= CELL_MAX {
        return text.to_owned();
    }
    let end = " … (cut: the CSV and the JSON have it whole)";
    // At most two units a character, so that half of them fit whatever they are.
    let kept: String = text.chars().take(CELL_MAX / 2 - end.len()).collect();
    kept + end
}

/// A name without what the format forbids in it.
fn sheet_name(name: &str) -> String {
    let allowed = |letter: &char| {
        !matches!(letter, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !letter.is_control()
    };
    let name: String = name.chars().filter(allowed).take(25).collect();
    if name.trim().is_empty() { "Sheet".to_owned() } else { name.trim().to_owned() }
}
