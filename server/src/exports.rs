//! Vidsheets and GEN's template for variables as files, by plain addresses, so that they can be had without a script.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use gen_client::{AgentId, VidsheetId};
use http::header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};
use store::{Actor, Error, Export, ExportFormat};

use crate::media::disposition;
use crate::state::AppState;

/// A whole vidsheet as `csv`, `xlsx` or `json`.
pub(crate) async fn vidsheet(
    State(state): State<AppState>,
    Extension(actor): Extension<Actor>,
    Path((agent, vidsheet, format)): Path<(String, String, String)>,
) -> Response {
    let (Some((agent, vidsheet)), Some(format)) = (ids(&agent, &vidsheet), ExportFormat::of_ending(&format))
    else {
        return said(StatusCode::NOT_FOUND, "There is no such file.");
    };
    match state.store.export_vidsheet(&actor, &agent, &vidsheet, format).await {
        Ok(export) => file(export),
        Err(error) => refused(&error),
    }
}

/// GEN's own empty file for variables.
pub(crate) async fn variables_template(
    State(state): State<AppState>,
    Extension(actor): Extension<Actor>,
    Path((agent, vidsheet)): Path<(String, String)>,
) -> Response {
    let Some((agent, _)) = ids(&agent, &vidsheet) else {
        return said(StatusCode::NOT_FOUND, "There is no such file.");
    };
    match state.store.variables_template(&actor, &agent).await {
        Ok(bytes) => file(Export {
            file_name: "variables-template.xlsx".to_owned(),
            content_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            bytes,
        }),
        Err(error) => refused(&error),
    }
}

fn ids(agent: &str, vidsheet: &str) -> Option<(AgentId, VidsheetId)> {
    Some((agent.parse().ok()?, vidsheet.parse().ok()?))
}

/// Always to be saved, never to be shown: what is in it comes from the open internet.
fn file(export: Export) -> Response {
    let mut response = Response::new(Body::from(export.bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(export.content_type));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    if let Ok(value) = HeaderValue::from_str(&disposition(&export.file_name)) {
        headers.insert(CONTENT_DISPOSITION, value);
    }
    response
}

fn refused(error: &Error) -> Response {
    match error {
        Error::NotFound(_) | Error::NoKey => {
            said(StatusCode::NOT_FOUND, "There is no such vidsheet for you.")
        }
        Error::Gen(error) if error.is_not_found() => {
            said(StatusCode::NOT_FOUND, "There is no such vidsheet for you.")
        }
        Error::Gen(_) => {
            said(StatusCode::BAD_GATEWAY, "GEN did not give this file at the moment. Try again later.")
        }
        error => {
            tracing::error!(%error, "a file could not be made");
            said(StatusCode::INTERNAL_SERVER_ERROR, "Reelsheet could not read its own data.")
        }
    }
}

fn said(status: StatusCode, words: &'static str) -> Response {
    (status, format!("{words}\n")).into_response()
}
