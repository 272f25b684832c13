//! What GEN says when it does not do as asked.

use http::header::{DATE, HeaderMap, RETRY_AFTER};
use serde_json::Value;

use crate::{Error, ErrorCode};

/// The most characters of GEN's own words that we keep.
pub(crate) const MESSAGE_MAX: usize = 500;
/// The most characters of GEN's error code that we keep.
const CODE_MAX: usize = 100;

/// GEN documents no redirect, and following one could carry the key away.
pub(crate) fn redirect(status: u16) -> Error {
    let code = ErrorCode(ErrorCode::REDIRECT.into());
    Error::Api { status, code, message: "unexpected redirect".into(), retry_after: None }
}

/// Whether a success is none: an object that holds nothing but an error.
pub(crate) fn is_error(json: &Value) -> bool {
    json.as_object().is_some_and(|object| {
        object.get("error").is_some_and(|error| !error.is_null() && error != false)
            && object
                .keys()
                .all(|key| ["error", "error_code", "code", "message", "detail"].contains(&key.as_str()))
    })
}

/// GEN's refusal, whichever of its four shapes it has (D3).
pub(crate) fn refusal(status: u16, body: &[u8], retry_after: Option<u64>) -> Error {
    let json = serde_json::from_slice::<Value>(body).ok().filter(|json| json.is_object());
    let (code, message) = match &json {
        Some(json) => (code(json).unwrap_or(ErrorCode::UNKNOWN.into()), message(json)),
        None => (ErrorCode::NOT_JSON.into(), plain_text(body)),
    };
    let message = message.map(|message| cut(&message, MESSAGE_MAX)).filter(|message| !message.is_empty());
    Error::Api {
        status,
        code: ErrorCode(cut(&code, CODE_MAX)),
        message: message.unwrap_or_else(|| format!("HTTP {status}")),
        retry_after,
    }
}

fn code(json: &Value) -> Option<String> {
    let places = [json.get("error_code"), json.pointer("/detail/error_code"), json.get("code")];
    places.into_iter().flatten().find_map(Value::as_str).map(str::to_owned)
}

fn message(json: &Value) -> Option<String> {
    let joined = || {
        let problems = json.get("detail")?.as_array()?;
        Some(problems.iter().filter_map(problem).collect::<Vec<_>>().join("; "))
    };
    let text = |place: &str| json.pointer(place).and_then(Value::as_str).map(str::to_owned);
    text("/error")
        .or_else(|| text("/error/message"))
        .or_else(|| text("/detail"))
        .or_else(joined)
        .or_else(|| text("/detail/error"))
        .or_else(|| text("/message"))
}

/// One problem of a validation, as `body.agent_id: Field required`.
fn problem(problem: &Value) -> Option<String> {
    let words = problem.get("msg").and_then(Value::as_str)?;
    let place = problem.get("loc").and_then(Value::as_array).map(|parts| {
        let part = |part: &Value| part.as_str().map_or_else(|| part.to_string(), str::to_owned);
        parts.iter().map(part).collect::<Vec<_>>().join(".")
    });
    Some(place.map_or_else(|| words.to_owned(), |place| format!("{place}: {words}")))
}

/// A body that is no JSON, unless it is a page: its markup would tell people nothing.
fn plain_text(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim();
    (!text.starts_with('<')).then(|| text.to_owned())
}

/// Without control characters, and not longer than that many characters.
pub(crate) fn cut(text: &str, max: usize) -> String {
    let plain = text.trim().chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    plain.take(max).collect()
}

/// Seconds GEN asks to wait, from 1 to 900 whatever it says; `None` if it does not say or makes no sense.
/// A date is counted from the answer's own, for our clock may be wrong.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<u64> {
    let header = |name| headers.get(name)?.to_str().ok().map(str::trim);
    let text: &str = header(RETRY_AFTER)?;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let seconds = if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        if text.starts_with('-') { 0 } else { text.parse().unwrap_or(u64::MAX) }
    } else {
        let then = httpdate::parse_http_date(text).ok()?;
        let now = httpdate::parse_http_date(header(DATE)?).ok()?;
        then.duration_since(now).map_or(0, |wait| wait.as_secs())
    };
    Some(seconds.clamp(1, 900))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn read(body: &str) -> (String, String) {
        match refusal(422, body.as_bytes(), None) {
            Error::Api { code, message, .. } => (code.0, message),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn d3_every_shape_of_an_error_is_read() {
        let is = |body: &str, code: &str, message: &str| {
            assert_eq!(read(body), (code.into(), message.into()), "{body}")
        };
        is(r#"{"error":"No","error_code":"forbidden"}"#, "forbidden", "No");
        is(r#"{"error":{"message":"No"},"code":"c"}"#, "c", "No");
        is(r#"{"detail":"Not found"}"#, "unknown_error", "Not found");
        is(
            r#"{"detail":[{"loc":["body","items",0],"msg":"Field required","type":"missing"},{"msg":"Bad"}]}"#,
            "unknown_error",
            "body.items.0: Field required; Bad",
        );
        is(r#"{"detail":{"error":"Late","error_code":"past","field":"x"}}"#, "past", "Late");
        is(r#"{"message":"Hm"}"#, "unknown_error", "Hm");
        is(r#"{"error":null}"#, "unknown_error", "HTTP 422");
        is("  Internal Server Error \n", "not_json", "Internal Server Error");
        is("<!doctype html><h1>nginx</h1>", "not_json", "HTTP 422");
        is("", "not_json", "HTTP 422");
        is("[1]", "not_json", "[1]");
    }

    #[test]
    fn gens_words_are_cut_and_plain() {
        let (_, message) =
            read(&serde_json::json!({ "error": format!("a\u{7}\nb{}", "ö".repeat(900)) }).to_string());
        assert_eq!(message.chars().count(), MESSAGE_MAX);
        assert!(message.starts_with("a  bö"));
    }

    #[test]
    fn f22_a_success_that_holds_only_an_error_is_none() {
        for error in [r#"{"error":"x"}"#, r#"{"error":"x","error_code":"y"}"#, r#"{"error":{"message":"x"}}"#]
        {
            assert!(is_error(&serde_json::from_str(error).unwrap()), "{error}");
        }
        for fine in [r#"{"id":1,"error":"render broke"}"#, r#"{"error":null}"#, r#"[]"#, r#"{}"#] {
            assert!(!is_error(&serde_json::from_str(fine).unwrap()), "{fine}");
        }
    }

    #[test]
    fn f9_a_wait_is_between_a_second_and_a_quarter_of_an_hour() {
        let date = HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT");
        let wait = |text: &'static str| {
            let headers = [(DATE, date.clone()), (RETRY_AFTER, HeaderValue::from_static(text))];
            retry_after(&HeaderMap::from_iter(headers))
        };
        assert_eq!(wait("40"), Some(40));
        assert_eq!(wait("0"), Some(1));
        assert_eq!(wait("-7"), Some(1));
        assert_eq!(wait("1000000000"), Some(900));
        assert_eq!(wait("99999999999999999999999"), Some(900));
        assert_eq!(wait("Sun, 06 Nov 1994 08:50:37 GMT"), Some(60));
        assert_eq!(wait("Sun, 06 Nov 1994 07:00:00 GMT"), Some(1));
        assert_eq!(wait("Fri, 31 Dec 9999 23:59:59 GMT"), Some(900));
        for garbage in ["", "soon", "1.5", "-", "40, 50"] {
            assert_eq!(wait(garbage), None, "{garbage:?}");
        }
        let dateless = [(RETRY_AFTER, HeaderValue::from_static("Sun, 06 Nov 1994 08:50:37 GMT"))];
        assert_eq!(retry_after(&HeaderMap::from_iter(dateless)), None);
        let mut two = HeaderMap::new();
        two.append(RETRY_AFTER, HeaderValue::from_static("3"));
        two.append(RETRY_AFTER, HeaderValue::from_static("600"));
        assert_eq!(retry_after(&two), Some(3));
    }
}
