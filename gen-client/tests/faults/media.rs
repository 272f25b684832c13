//! Files, in whole and in part.

use futures::TryStreamExt;
use gen_client::{Error, Timeouts, Upstream};
use wiremock::matchers::{header, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::rude::{Rude, Rudeness, nobody};
use crate::setup::{arrived, config, server, status, upstream};

#[tokio::test]
async fn a_file_arrives_with_what_a_player_needs() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(206)
        .set_body_raw(vec![7; 100], "video/mp4")
        .insert_header("content-range", "bytes 0-99/1000")
        .insert_header("etag", "\"v1\"");
    Mock::given(path("/media/a.mp4"))
        .and(header("range", "bytes=0-99"))
        .respond_with(answer)
        .mount(&server)
        .await;
    let url = format!("{}/media/a.mp4", server.uri());
    let file = upstream(&server.uri()).media(&url, Some("bytes=0-99")).await.unwrap();
    assert_eq!((file.status, file.content_type.as_deref()), (206, Some("video/mp4")));
    assert_eq!((file.content_length, file.content_range.as_deref()), (Some(100), Some("bytes 0-99/1000")));
    assert_eq!(file.etag.as_deref(), Some("\"v1\""));
    let bytes: Vec<_> = file.body.try_collect().await.unwrap();
    assert_eq!(bytes.concat(), [7; 100]);
}

#[tokio::test]
async fn f1_no_other_host_is_asked() {
    let other = server(ResponseTemplate::new(200)).await;
    let upstream = Upstream::new(config(&nobody().await, &nobody().await)).unwrap();
    let error = upstream.media(&format!("{}/media/a.png", other.uri()), None).await.err().unwrap();
    assert!(matches!(error, Error::Invalid(_)), "{error:?}");
    assert_eq!(arrived(&other).await, 0);
}

#[tokio::test]
async fn a_file_that_is_not_there_is_an_error() {
    for code in [403, 404, 500, 503] {
        let server = server(ResponseTemplate::new(code).set_body_string("<Error/>")).await;
        let error = upstream(&server.uri())
            .media(&format!("{}/media/a.png", server.uri()), None)
            .await
            .err()
            .unwrap();
        assert_eq!((status(&error), error.is_not_found()), (Some(code), code == 404));
    }
}

#[tokio::test]
async fn a_file_that_breaks_off_ends_with_an_error_without_its_address() {
    let server = Rude::start(Rudeness::Truncate).await;
    let upstream = Upstream::with_timeouts(config(&server.url, &server.url), Timeouts::default()).unwrap();
    let file = upstream.media(&format!("{}/media/a.mp4?signature=abc", server.url), None).await.unwrap();
    let error = file.body.try_collect::<Vec<_>>().await.unwrap_err();
    assert!(
        !error.to_string().contains("signature") && !format!("{error:?}").contains("signature"),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_part_that_does_not_exist_is_said_so() {
    let answer = ResponseTemplate::new(416).insert_header("content-range", "bytes */10");
    let server = server(answer).await;
    let file =
        upstream(&server.uri()).media(&format!("{}/a", server.uri()), Some("bytes=99-")).await.unwrap();
    assert_eq!((file.status, file.content_range.as_deref()), (416, Some("bytes */10")));
}

#[tokio::test]
async fn f5_a_file_beyond_all_measure_is_refused() {
    let server = Rude::start(Rudeness::ClaimTooMuch).await;
    let error = upstream(&server.url).media(&format!("{}/a.mp4", server.url), None).await.err().unwrap();
    assert_eq!(error, Error::Decode { operation: "media", reason: "the file is too large".into() });
}
