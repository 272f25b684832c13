//! GEN's pictures, clips and voices through our own origin.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test that called it")]

mod common;

use common::{ADMIN, Server, Setup, media_id};
use reqwest::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG,
};
use reqwest::{Method, StatusCode};
use serde_json::json;

async fn with_media() -> (Server, String, String) {
    let server = Server::start(Setup::default()).await;
    let cookie = server.sign_in(ADMIN).await;
    let sheet = json!({ "agent": "ag_kiln_tide_7f3k", "vidsheet": "4100" });
    assert_eq!(server.call("adopt_vidsheet", &sheet, &cookie).await.status(), StatusCode::OK);
    let opened = server.call("open_vidsheet", &sheet, &cookie).await.text().await.unwrap();
    for field in ["url", "thumbnail_url", "value"] {
        assert!(
            !opened.contains(&format!("\"{field}\":\"http")),
            "{field}: what is shown is shown by our id"
        );
    }
    let path = format!("/media/{}", media_id(&opened));
    (server, cookie, path)
}

#[tokio::test]
async fn f5_media_is_shown_whole_in_part_and_from_the_browsers_copy() {
    let (server, cookie, path) = with_media().await;
    let whole = server.get(&path, &cookie).await;
    assert_eq!(whole.status(), StatusCode::OK);
    let headers = whole.headers().clone();
    let kind = headers[CONTENT_TYPE].to_str().unwrap();
    assert!(["image/", "video/", "audio/"].iter().any(|family| kind.starts_with(family)), "{kind}");
    assert_eq!(headers[CONTENT_SECURITY_POLICY], "default-src 'none'; sandbox");
    assert_eq!(headers["x-content-type-options"], "nosniff");
    assert_eq!(headers[CACHE_CONTROL], "private, max-age=31536000, immutable");
    assert_eq!(headers[ACCEPT_RANGES], "bytes");
    let bytes = whole.bytes().await.unwrap();
    assert_eq!(headers[CONTENT_LENGTH].to_str().unwrap(), bytes.len().to_string());

    let part = server.request(Method::GET, &path, &cookie).header("range", "bytes=2-5").send().await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.headers()[CONTENT_RANGE].to_str().unwrap(), format!("bytes 2-5/{}", bytes.len()));
    assert_eq!(part.bytes().await.unwrap(), bytes.slice(2..6));

    let stale = server
        .request(Method::GET, &path, &cookie)
        .header("range", "bytes=2-5")
        .header("if-range", "\"other\"");
    assert_eq!(stale.send().await.unwrap().status(), StatusCode::OK, "a part of another file would not fit");

    let known = server.request(Method::GET, &path, &cookie).header("if-none-match", headers[ETAG].clone());
    let known = known.send().await.unwrap();
    assert_eq!(known.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(known.headers()["x-content-type-options"], "nosniff");

    let file = server.get(&format!("{path}/download"), &cookie).await;
    let disposition = file.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(
        disposition.starts_with("attachment; filename=\"") && disposition.contains("filename*=UTF-8''"),
        "{disposition}"
    );
    assert_eq!(file.bytes().await.unwrap(), bytes);
}

#[tokio::test]
async fn media_is_for_people_of_this_house_only() {
    let (server, cookie, path) = with_media().await;
    assert_eq!(server.get(&path, "").await.status(), StatusCode::UNAUTHORIZED);
    for nothing in [
        "/media/00000000000000000000000000000000",
        "/media/..%2f..%2fetc",
        "/media/https:%2f%2fevil.test%2fa.png",
    ] {
        assert_eq!(server.get(nothing, &cookie).await.status(), StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn media_that_cannot_be_fetched_is_told_in_words() {
    let (mut server, cookie, path) = with_media().await;
    server.take_simulator().shutdown().await;
    let response = server.get(&path, &cookie).await;
    assert_eq!(response.status(), StatusCode::BAD_GATEWAY);
    assert!(response.text().await.unwrap().starts_with("GEN did not give this file"));
}
