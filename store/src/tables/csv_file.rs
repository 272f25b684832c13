use model::harmless;

use super::{Table, invalid, not_too_many};
use crate::{Error, Result};

/// What stands between fields: Excel writes semicolons where a comma is the decimal point.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// The lines of a CSV file in UTF-8.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Vec<String>>> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        invalid(
            "This file is neither an XLSX nor text in UTF-8. Save it as “CSV UTF-8” and try again."
                .to_owned(),
        )
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(text))
        .from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| invalid(format!("This file is no CSV: {error}.")))?;
        lines.push(record.iter().map(str::to_owned).collect());
        not_too_many(lines.len())?;
    }
    Ok(lines)
}

/// By RFC 4180, with the mark by which Excel knows UTF-8, and without a text that a spreadsheet would run.
pub(crate) fn write(table: &Table) -> Result<Vec<u8>> {
    let failed = |error: csv::Error| Error::Corrupt(format!("a table cannot be written: {error}"));
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for line in std::iter::once(&table.columns).chain(&table.rows) {
        writer.write_record(line.iter().map(|text| harmless(text).into_owned())).map_err(failed)?;
    }
    let body = writer.into_inner().map_err(|error| failed(error.into_error().into()))?;
    Ok([b"\xef\xbb\xbf".as_slice(), &body].concat())
}

/// The one that stands most often in the first line, outside quotes.
fn delimiter(text: &str) -> u8 {
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => {
                if let Some(at) = DELIMITERS.iter().position(|delimiter| *delimiter == byte) {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    let most = (0..DELIMITERS.len()).rev().max_by_key(|at| counts[*at]).unwrap_or(0);
    DELIMITERS[most]
}
