//! Tables as other programs put them on the clipboard: tab-separated text and HTML.

use leptos::prelude::document;
use wasm_bindgen::JsCast;

/// Reads tab-separated text: a cell with tabs, lines or quotes in it stands in quotes, its own quotes doubled.
pub fn from_tsv(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let mut letters = text.strip_suffix('\n').unwrap_or(text).chars().peekable();
    let mut quoted = false;
    if letters.peek().is_none() {
        return rows;
    }
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() && closes(letters.clone()) => quoted = true,
            '\t' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    let last = cell.strip_suffix('\r').map(str::to_owned).unwrap_or(cell);
    row.push(last);
    rows.push(row);
    rows
}

/// Writes it.
pub fn to_tsv(rows: &[Vec<String>]) -> String {
    let cell = |text: &String| {
        if text.contains(['\t', '\n', '\r']) || text.starts_with('"') {
            format!("\"{}\"", text.replace('"', "\"\""))
        } else {
            text.clone()
        }
    };
    let line = |row: &Vec<String>| row.iter().map(cell).collect::<Vec<_>>().join("\t");
    rows.iter().map(line).collect::<Vec<_>>().join("\r\n")
}

/// The same as HTML, which keeps lines inside cells in every program.
pub fn to_html(rows: &[Vec<String>]) -> String {
    let escaped = |text: &String| {
        let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        text.replace("\r\n", "\n").replace('\n', "<br>")
    };
    let line = |row: &Vec<String>| {
        let cells: String = row.iter().map(|text| format!("<td>{}</td>", escaped(text))).collect();
        format!("<tr>{cells}</tr>")
    };
    format!("<table>{}</table>", rows.iter().map(line).collect::<String>())
}

/// Reads the first table of what another program wrote, never as part of this page; `None` where there is none.
pub fn from_html(html: &str) -> Option<Vec<Vec<String>>> {
    if !html.contains("<t") && !html.contains("<T") {
        return None;
    }
    let parsed =
        web_sys::DomParser::new().ok()?.parse_from_string(html, web_sys::SupportedType::TextHtml).ok()?;
    let table = parsed.query_selector("table").ok()??;
    let rows = each(&table.query_selector_all("tr").ok()?);
    let cells = |row: web_sys::Element| -> Option<Vec<String>> {
        let cells = each(&row.query_selector_all("td, th").ok()?);
        Some(cells.into_iter().map(|cell| text_of(&cell)).collect())
    };
    let rows: Vec<Vec<String>> = rows.into_iter().filter_map(cells).filter(|row| !row.is_empty()).collect();
    (!rows.is_empty()).then_some(rows)
}

/// What a cell says: its lines are breaks, and the line ends of the source mean nothing.
fn text_of(cell: &web_sys::Element) -> String {
    const LINE: &str = "\u{2028}";
    if let Ok(breaks) = cell.query_selector_all("br") {
        for line in each(&breaks) {
            line.replace_with_with_node_1(&document().create_text_node(LINE)).unwrap_or_else(|error| {
                leptos::logging::error!("a line cannot be read: {error:?}");
            });
        }
    }
    let text = cell.text_content().unwrap_or_default();
    let lines = text.split(LINE).map(|line| line.split(|letter: char| letter.is_ascii_whitespace()));
    let joined = lines.map(|words| words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "));
    joined.collect::<Vec<_>>().join("\n").replace('\u{a0}', " ")
}

fn each(list: &web_sys::NodeList) -> Vec<web_sys::Element> {
    (0..list.length()).filter_map(|n| list.get(n)?.dyn_into().ok()).collect()
}

/// Whether a quote that opens a cell is closed at the end of one: else it is a letter like any other.
fn closes(mut letters: std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    while let Some(letter) = letters.next() {
        if letter == '"' {
            match letters.peek() {
                Some('"') => drop(letters.next()),
                None | Some('\t' | '\n' | '\r') => return true,
                Some(_) => return false,
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|text| (*text).to_owned()).collect()).collect()
    }

    #[test]
    fn what_spreadsheets_write_is_read() {
        assert_eq!(from_tsv("a\tb\r\nc\td\r\n"), table(&[&["a", "b"], &["c", "d"]]));
        assert_eq!(from_tsv("\"two\nlines\"\t\"say \"\"hi\"\"\""), table(&[&["two\nlines", "say \"hi\""]]));
        assert_eq!(from_tsv("\"half a quote\tb"), table(&[&["\"half a quote", "b"]]));
        assert_eq!(from_tsv("5\" pipe\t\n\tx"), table(&[&["5\" pipe", ""], &["", "x"]]));
        assert_eq!(from_tsv(""), Vec::<Vec<String>>::new());
        assert_eq!(from_tsv("one"), table(&[&["one"]]));
    }

    #[test]
    fn what_is_written_reads_back() {
        let rows = table(&[&["a\tb", "\"x\" y", ""], &["two\nlines", "5\" pipe", "é"]]);
        assert_eq!(from_tsv(&to_tsv(&rows)), rows);
        assert_eq!(to_html(&table(&[&["<b>&\n"]])), "<table><tr><td>&lt;b&gt;&amp;<br></td></tr></table>");
    }
}
