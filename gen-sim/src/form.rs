//! Request bodies of every kind GEN's clients send: JSON, urlencoded forms and multipart, as one JSON value and the files.

use axum::http::StatusCode;
use bytes::Bytes;
use serde_json::{Map, Value};

use crate::answer::Problem;

/// A file that came in a multipart body.
#[derive(Debug, Clone)]
pub struct FormFile {
    /// Name of the field, brackets included.
    pub field: String,
    pub filename: String,
    pub content_type: String,
    pub bytes: Bytes,
}

/// Reads a body. An empty one is no error: GEN's own clients send the JSON content type with nothing in it.
pub async fn read(content_type: &str, body: &Bytes) -> Result<(Value, Vec<FormFile>), Problem> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok((Value::Null, Vec::new()));
    }
    if content_type.starts_with("multipart/") {
        return multipart(content_type, body).await;
    }
    if content_type.starts_with("application/x-www-form-urlencoded") {
        let mut form = Map::new();
        for (name, value) in pairs(&String::from_utf8_lossy(body)) {
            put(&mut form, &name, Value::String(value));
        }
        return Ok((Value::Object(form), Vec::new()));
    }
    let parsed = serde_json::from_slice(body).map_err(|_| bad("The request body is not valid JSON."))?;
    Ok((parsed, Vec::new()))
}

/// The decoded pairs of a query or an urlencoded body.
pub fn pairs(encoded: &str) -> Vec<(String, String)> {
    let decode = |part: &str| {
        percent_encoding::percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned()
    };
    let split = |pair: &str| {
        pair.split_once('=').map_or_else(|| (decode(pair), String::new()), |(k, v)| (decode(k), decode(v)))
    };
    encoded.split('&').filter(|pair| !pair.is_empty()).map(split).collect()
}

async fn multipart(content_type: &str, body: &Bytes) -> Result<(Value, Vec<FormFile>), Problem> {
    let boundary = multer::parse_boundary(content_type).map_err(|_| bad("The form has no boundary."))?;
    let whole = futures::stream::iter([Ok::<_, std::io::Error>(body.clone())]);
    let mut parts = multer::Multipart::new(whole, boundary);
    let (mut form, mut files) = (Map::new(), Vec::new());
    loop {
        let field = match parts.next_field().await {
            Ok(Some(field)) => field,
            Ok(None) => return Ok((Value::Object(form), files)),
            Err(_) => return Err(bad("The form could not be read.")),
        };
        let name = field.name().unwrap_or("").to_owned();
        let filename = field.file_name().map(str::to_owned);
        let content_type = field.content_type().map(ToString::to_string);
        let bytes = field.bytes().await.map_err(|_| bad("The form ended too early."))?;
        match filename {
            Some(filename) => files.push(FormFile {
                field: name,
                filename,
                content_type: content_type.unwrap_or_else(|| "application/octet-stream".to_owned()),
                bytes,
            }),
            None => put(&mut form, &name, Value::String(String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
}

/// Puts `a[b]` and `a[b][]` where Rails would: nested objects and lists.
fn put(form: &mut Map<String, Value>, name: &str, value: Value) {
    let (outer, rest) = name.split_once('[').unwrap_or((name, ""));
    if rest.is_empty() {
        form.insert(outer.to_owned(), value);
        return;
    }
    let rest: Vec<&str> = rest.split('[').map(|part| part.trim_end_matches(']')).collect();
    place(form.entry(outer.to_owned()).or_insert(Value::Null), &rest, value);
}

fn place(at: &mut Value, path: &[&str], value: Value) {
    match path {
        [] => *at = value,
        ["", rest @ ..] => {
            if !at.is_array() {
                *at = Value::Array(Vec::new());
            }
            if let Value::Array(items) = at {
                let mut item = Value::Null;
                place(&mut item, rest, value);
                items.push(item);
            }
        }
        [name, rest @ ..] => {
            if !at.is_object() {
                *at = Value::Object(Map::new());
            }
            place(&mut at[*name], rest, value);
        }
    }
}

fn bad(message: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad_request", message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[tokio::test]
    async fn forms_nest_as_rails_reads_them() {
        let body = Bytes::from("agent_id=7&user_job%5Bdata%5D=%7B%7D&a[][b]=1&a[][b]=2&ids[]=3");
        let (form, _) = read("application/x-www-form-urlencoded", &body).await.unwrap();
        let nested =
            json!({"agent_id": "7", "user_job": {"data": "{}"}, "a": [{"b": "1"}, {"b": "2"}], "ids": ["3"]});
        assert_eq!(form, nested);
    }

    #[tokio::test]
    async fn a_multipart_form_has_fields_and_files() {
        let body = "--x\r\ncontent-disposition: form-data; name=\"o[name]\"\r\n\r\nTide\r\n--x\r\ncontent-disposition: form-data; name=\"o[avatar]\"; filename=\"a.png\"\r\ncontent-type: image/png\r\n\r\nPNG\r\n--x--\r\n";
        let (form, files) = read("multipart/form-data; boundary=x", &Bytes::from(body)).await.unwrap();
        assert_eq!(form, json!({"o": {"name": "Tide"}}));
        assert_eq!((files[0].field.as_str(), files[0].bytes.as_ref()), ("o[avatar]", b"PNG".as_slice()));
        assert!(read("multipart/form-data; boundary=y", &Bytes::from(body)).await.is_err());
    }
}
