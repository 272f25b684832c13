//! Files: uploaded directly or in a form, renamed, found in folders, deleted.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use md5::{Digest, Md5};
use serde_json::{Value, json};

use super::{AGENT, call, form, get, post, send, stepped};

#[tokio::test(flavor = "multi_thread")]
async fn a_direct_upload_is_verified_and_claimed() {
    let sim = stepped().await;
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
    let checksum = BASE64_STANDARD.encode(Md5::digest(&bytes));
    let blob = json!({"blob": {"filename": "hero.mp4", "byte_size": bytes.len(), "checksum": checksum, "content_type": "video/mp4"}});
    let (status, told) = post(&sim, "/v1/direct_upload", &blob);
    assert_eq!((status, &told["direct_upload"]["headers"]["Content-MD5"]), (200, &json!(checksum)));
    let url = told["direct_upload"]["url"].as_str().unwrap().strip_prefix(&sim.base_url()).unwrap();
    let claim = json!({"content_resource": {"file": told["signed_id"]}});
    let create = format!("/v1/content_resources?agent_id={AGENT}");
    assert_eq!(post(&sim, &create, &claim).0, 422, "nothing has arrived yet");
    let headers = [("content-type", "video/mp4"), ("content-md5", checksum.as_str())];
    let put = |headers: &[(&str, &str)], path: &str, body: &[u8]| {
        send(&sim, "PUT", path, headers, body).unwrap().status
    };
    assert_eq!(put(&headers[..1], url, &bytes), 400, "the checksum's header is missing");
    assert_eq!(put(&headers, url, &bytes[1..]), 400, "too short");
    let mut wrong = bytes.clone();
    wrong[7] ^= 1;
    assert_eq!(put(&headers, url, &wrong), 400, "another checksum");
    assert_eq!(put(&headers, url.split('?').next().unwrap(), &bytes), 403, "no signature");
    assert_eq!(put(&headers, url, &bytes), 200);
    let (status, made) = post(&sim, &create, &claim);
    assert_eq!((status, &made["generator"]), (201, &Value::Null));
    let url = made["content_resource"]["url"].as_str().unwrap().strip_prefix(&sim.base_url()).unwrap();
    assert_eq!(send(&sim, "GET", url, &[], "").unwrap().bytes, bytes);
    let part = send(&sim, "GET", url, &[("range", "bytes=10-19")], "").unwrap();
    assert_eq!((part.status, part.bytes.as_slice()), (206, &bytes[10..20]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_in_a_form_is_renamed_and_deleted() {
    let sim = stepped().await;
    let create = format!("/v1/content_resources?agent_id={AGENT}");
    let file = ("content_resource[file]", "pot.png", "image/png", b"\x89PNG".as_slice());
    let (status, made) = form(&sim, &create, &[], Some(file));
    assert_eq!((status, &made["content_resource"]["file_name"]), (201, &json!("pot.png")));
    let own = format!("/v1/content_resources/{}?agent_id={AGENT}", made["content_resource"]["id"]);
    let change = json!({"content_resource": {"filename": "bowl.png"}});
    assert_eq!(call(&sim, "PATCH", &own, &change), (200, Value::Null));
    assert_eq!(get(&sim, &own)["content_resource"]["file_name"], "bowl.png");
    assert_eq!(call(&sim, "DELETE", &own, &Value::Null), (200, Value::Null));
    assert_eq!(call(&sim, "GET", &own, &Value::Null).1["error_code"], "content_resource_not_found");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_library_pages_filters_and_searches() {
    let sim = stepped().await;
    let list = |query: &str| get(&sim, &format!("/v1/asset_libraries?agent_id={AGENT}{query}"));
    let root = list("");
    assert_eq!((root.as_array().unwrap().len(), &root[0]["type"]), (20, &json!("AssetFolder")));
    let kiln = root.as_array().unwrap().iter().find(|item| item["name"] == "Kiln").unwrap()["id"].clone();
    let inside = list(&format!("&folder_id={kiln}&page_size=50"));
    assert_eq!((inside.as_array().unwrap().len(), &inside[0]["name"]), (15, &json!("Kiln openings")));
    let sounds = list(&format!("&folder_id={kiln}&asset_type=audio,folder"));
    assert_eq!(sounds.as_array().unwrap().len(), 3);
    assert_eq!(list("&search=market-days-0&page_size=100").as_array().unwrap().len(), 12);
    assert_eq!(list("&order=recent")[0]["type"], "ContentResource");
    let page =
        |page: &str| get(&sim, &format!("/v1/content_resources?agent_id={AGENT}&type=image&page={page}"));
    assert_eq!([page("0"), page("1")].map(|page| page.as_array().unwrap().len()), [20, 20]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_folder_takes_everything_in_it_along() {
    let sim = stepped().await;
    let folders = format!("/v1/asset_folders?agent_id={AGENT}");
    let (status, outer) = post(&sim, &folders, &json!({"asset_folder": {"name": "Outer"}}));
    assert_eq!(status, 201);
    let outer = &outer["asset_folder_id"];
    let (_, inner) = post(&sim, &folders, &json!({"asset_folder": {"name": "Inner", "parent_id": outer}}));
    let inner = inner["asset_folder_id"].to_string();
    let file = ("content_resource[file]", "a.png", "image/png", b"\x89PNG".as_slice());
    let create = format!("/v1/content_resources?agent_id={AGENT}");
    let (_, made) = form(&sim, &create, &[("asset_folder[id]", &inner)], Some(file));
    let own = format!("/v1/content_resources/{}?agent_id={AGENT}", made["content_resource"]["id"]);
    let folder = format!("/v1/asset_folders/{outer}?agent_id={AGENT}");
    let (status, renamed) = call(&sim, "PATCH", &folder, &json!({"asset_folder": {"name": "Other"}}));
    assert_eq!((status, &renamed["asset_folder_id"]), (200, outer));
    assert_eq!(call(&sim, "DELETE", &folder, &Value::Null), (200, Value::Null));
    assert_eq!(call(&sim, "GET", &own, &Value::Null).0, 404);
}
