//! Files on their way to GEN and its storage.

use std::io::Write;

use bytes::Bytes;
use futures::stream;
use gen_client::model::DirectUpload;
use gen_client::{Error, File, Measure, ResourceSource, Timeouts, Upstream};
use serde_json::json;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::rude::{Rude, Rudeness};
use crate::setup::{KEY, arrived, client, config, server, status, upstream};

#[tokio::test]
async fn a_file_is_stored_in_three_steps_and_the_key_stays_here() {
    let server = MockServer::start().await;
    let upload = json!({
        "id": 1, "signed_id": "signed-1",
        "direct_upload": { "url": format!("{}/storage/1?signature=s3cr3t", server.uri()), "headers": {
            "Content-Type": "video/mp4", "Content-MD5": "XrY7u+Ae7tCTyyK7j1rNww==", "Authorization": "evil",
            "Host": "evil.example", "Transfer-Encoding": "chunked" } },
    });
    Mock::given(path("/v1/direct_upload"))
        .respond_with(ResponseTemplate::new(200).set_body_json(upload))
        .mount(&server)
        .await;
    Mock::given(method("PUT")).respond_with(ResponseTemplate::new(200)).mount(&server).await;
    let stored =
        json!({ "content_resource": { "id": 5012, "url": "https://cdn.gen.pro/a.mp4" }, "generator": null });
    Mock::given(path("/v1/content_resources"))
        .respond_with(ResponseTemplate::new(201).set_body_json(stored))
        .mount(&server)
        .await;
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"hello world").unwrap();
    let resource = client(&server.uri())
        .upload_file(&"a1".parse().unwrap(), file.path(), "hero.mp4", "video/mp4", None)
        .await
        .unwrap();
    assert_eq!(resource.id.as_str(), "5012");
    let requests = server.received_requests().await.unwrap();
    let asked = String::from_utf8(requests[0].body.clone()).unwrap();
    assert!(asked.contains("\"byte_size\":11") && asked.contains("XrY7u+Ae7tCTyyK7j1rNww=="), "{asked}");
    let put = &requests[1];
    let header = |name: &str| put.headers.get(name).map(|value| value.to_str().unwrap().to_owned());
    assert_eq!((put.method.as_str(), put.body.as_slice()), ("PUT", &b"hello world"[..]));
    assert_eq!(header("content-type").as_deref(), Some("video/mp4"));
    assert_eq!(header("content-md5").as_deref(), Some("XrY7u+Ae7tCTyyK7j1rNww=="));
    assert_eq!(header("content-length").as_deref(), Some("11"));
    for absent in ["x-api-key", "authorization", "transfer-encoding", "cookie"] {
        assert_eq!(header(absent), None, "{absent}");
    }
    assert_ne!(header("host").as_deref(), Some("evil.example"));
    assert!(!format!("{put:?}").contains(KEY));
    let named = String::from_utf8(requests[2].body.clone()).unwrap();
    assert!(named.contains("signed-1"), "{named}");
}

#[tokio::test]
async fn f1_no_other_host_is_given_a_file() {
    let elsewhere = server(ResponseTemplate::new(200)).await;
    let home = server(ResponseTemplate::new(200)).await;
    let error = store(&upstream(&home.uri()), &elsewhere.uri()).await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error:?}");
    assert_eq!(arrived(&elsewhere).await, 0);
}

#[tokio::test]
async fn storage_that_refuses_or_points_elsewhere_is_an_error() {
    for code in [302, 307, 403, 404, 500, 503] {
        let answer =
            ResponseTemplate::new(code).insert_header("location", "/elsewhere").set_body_string("<Error/>");
        let server = server(answer).await;
        let error = store(&upstream(&server.uri()), &server.uri()).await.unwrap_err();
        assert_eq!(status(&error), Some(code));
        assert!(!error.to_string().contains("Error/"), "{error}");
        assert_eq!(arrived(&server).await, 1);
    }
}

#[tokio::test]
async fn an_upload_that_stands_still_is_given_up_without_its_address() {
    let server = Rude::start(Rudeness::Hang).await;
    let timeouts = Timeouts { idle: std::time::Duration::from_millis(50), ..Timeouts::default() };
    let upstream = Upstream::with_timeouts(config(&server.url, &server.url), timeouts).unwrap();
    let error = store(&upstream, &server.url).await.unwrap_err();
    assert_eq!(error, Error::Unreachable { reason: "the upload stood still".into(), sent: true });
}

#[tokio::test]
async fn a_source_that_breaks_off_is_an_error() {
    let server = server(ResponseTemplate::new(200)).await;
    let upload = upload(&server.uri());
    let broken = stream::iter([Ok(Bytes::from_static(b"hel")), Err(std::io::Error::other("disk"))]);
    let error = upstream(&server.uri()).store_file(&upload, 11, broken).await.unwrap_err();
    assert!(
        matches!(error, Error::Unreachable { .. }) && !error.to_string().contains("signature"),
        "{error}"
    );
}

#[tokio::test]
async fn a_form_takes_small_files_of_types_that_can_be_sent() {
    let server =
        server(ResponseTemplate::new(201).set_body_json(json!({ "content_resource": { "id": 1 } }))).await;
    let client = client(&server.uri());
    let agent = "a1".parse().unwrap();
    let file = |size: usize, content_type: &str| {
        let file =
            File { name: "a.png".into(), content_type: content_type.into(), bytes: vec![7; size].into() };
        ResourceSource::File(file)
    };
    client.create_content_resource(&agent, &file(100, "image/png"), None).await.unwrap();
    for bad in [file(50 * 1024 * 1024 + 1, "image/png"), file(1, "image\r\nx: y")] {
        let error = client.create_content_resource(&agent, &bad, None).await.unwrap_err();
        assert!(matches!(error, Error::Invalid(_)) && !error.may_have_been_sent(), "{error:?}");
    }
    assert_eq!(arrived(&server).await, 1);
    assert!(format!("{:?}", file(3, "image/png")).contains("3 bytes"));
}

#[tokio::test]
async fn a_file_that_is_gone_is_said_so() {
    let server = server(ResponseTemplate::new(200)).await;
    let gone = std::path::Path::new("/nowhere/at/all");
    let error = client(&server.uri())
        .upload_file(&"a1".parse().unwrap(), gone, "a", "video/mp4", None)
        .await
        .unwrap_err();
    assert!(matches!(&error, Error::Invalid(why) if why.contains("cannot be read")), "{error:?}");
    assert!(Measure::file(gone).await.is_err());
    assert_eq!(arrived(&server).await, 0);
}

#[test]
fn an_uploads_address_is_not_in_its_debug_text() {
    assert!(!format!("{:?}", upload("http://127.0.0.1:1")).contains("signature"));
}

async fn store(upstream: &Upstream, server: &str) -> Result<(), Error> {
    let bytes = stream::iter([Ok(Bytes::from_static(b"hello ")), Ok(Bytes::from_static(b"world"))]);
    upstream.store_file(&upload(server), 11, bytes).await
}

fn upload(server: &str) -> DirectUpload {
    DirectUpload {
        signed_id: "signed-1".into(),
        url: format!("{server}/storage/1?signature=s3cr3t"),
        content_type: "video/mp4".into(),
        content_md5: "XrY7u+Ae7tCTyyK7j1rNww==".into(),
        byte_size: 11,
    }
}
