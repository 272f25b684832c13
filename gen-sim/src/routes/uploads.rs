//! Direct uploads: announced with a checksum, put to an address of its own, then claimed by their signed id.

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::routing::{post, put};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use futures::StreamExt;
use md5::{Digest, Md5};
use serde_json::{Value, json};
use tokio::io::AsyncWriteExt;

use crate::answer::{Answer, Call, Problem, empty, ok, required};
use crate::files::{Files, not_stored};
use crate::state::Sim;
use crate::world::{Upload, World};
use crate::writing::hash;

/// What may be uploaded. SVG is not among them: it can hold scripts.
pub const MEDIA_TYPES: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/gif",
    "video/mp4",
    "video/quicktime",
    "video/webm",
    "audio/mpeg",
    "audio/wav",
    "audio/x-wav",
    "audio/mp4",
    "audio/ogg",
    "audio/webm",
    "audio/aac",
    "application/zip",
    "application/octet-stream",
];
const LARGEST: u64 = 1 << 30;

pub fn router() -> Router<Sim> {
    Router::new().route("/direct_upload", post(announce))
}

/// The other host: it asks for no key.
pub fn storage_router() -> Router<Sim> {
    Router::new().route("/uploads/{key}", put(receive))
}

/// The finished upload of this user with this signed id.
pub fn claim<'a>(world: &'a World, user: u64, signed_id: &str) -> Option<&'a Upload> {
    world
        .uploads
        .iter()
        .find(|upload| upload.received && upload.user == user && upload.signed_id == signed_id)
}

async fn announce(State(sim): State<Sim>, call: Call) -> Answer {
    let failed = |message: &str| Problem::unprocessable("direct_upload_failed", message);
    let blob = call.inner("blob").map_err(|problem| Problem { code: "direct_upload_failed", ..problem })?;
    let text = |field: &str| required(blob.get(field), field).map_err(|problem| failed(&problem.message));
    let (filename, checksum, content_type) = (text("filename")?, text("checksum")?, text("content_type")?);
    let byte_size = blob.get("byte_size").and_then(Value::as_u64).filter(|size| *size > 0);
    let byte_size = byte_size.ok_or_else(|| failed("byte_size must be a number of bytes"))?;
    if blob.get("metadata").is_some_and(|metadata| !metadata.is_null() && !metadata.is_object()) {
        return Err(failed("metadata must be an object"));
    }
    if !MEDIA_TYPES.contains(&content_type.as_str()) {
        return Err(Problem::unprocessable("invalid_content_type", "This type of file is not accepted."));
    }
    if byte_size > LARGEST {
        return Err(Problem::unprocessable("file_size_exceeded", "The file is larger than 1 GB."));
    }
    if BASE64_STANDARD.decode(&checksum).is_ok_and(|digest| digest.len() != 16)
        || BASE64_STANDARD.decode(&checksum).is_err()
    {
        return Err(failed("checksum must be an MD5 in base64"));
    }
    let mut world = sim.world();
    let id = world.new_id();
    let key = Files::key(id, &content_type);
    let signed_id = format!("sg_{:014x}{:014x}", hash(&key), hash(&format!("{key} {checksum}")));
    let upload = Upload {
        id,
        user: call.user,
        key,
        signed_id,
        filename,
        content_type,
        byte_size,
        checksum,
        received: false,
    };
    let answer = json!({
        "id": id,
        "key": upload.key,
        "filename": upload.filename,
        "content_type": upload.content_type,
        "byte_size": byte_size,
        "checksum": upload.checksum,
        "signed_id": upload.signed_id,
        "direct_upload": {
            "url": format!("{}/media/uploads/{}?signature={:014x}", sim.media_base(), upload.key, hash(&upload.signed_id)),
            "headers": {"Content-Type": upload.content_type, "Content-MD5": upload.checksum},
        },
    });
    world.uploads.push(upload);
    ok(answer)
}

/// Streams the bytes to the disk. Length, checksum, type and signature must be those that were announced.
async fn receive(
    State(sim): State<Sim>,
    Path(key): Path<String>,
    uri: axum::http::Uri,
    headers: HeaderMap,
    body: Body,
) -> Answer {
    let known = sim.world().uploads.iter().find(|upload| upload.key == key).cloned();
    let upload = known.ok_or_else(|| Problem::not_found("NoSuchKey"))?;
    let refused = |code, message: &str| Problem::new(StatusCode::BAD_REQUEST, code, message);
    let sent = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if uri.query() != Some(format!("signature={:014x}", hash(&upload.signed_id)).as_str()) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "signature_does_not_match", "SignatureDoesNotMatch"));
    }
    if sent("content-md5") != Some(&upload.checksum)
        || sent(header::CONTENT_TYPE.as_str()) != Some(&upload.content_type)
    {
        return Err(refused(
            "header_mismatch",
            "Content-MD5 and Content-Type must be sent as they were given.",
        ));
    }
    let path = sim.files().path(&key).ok_or_else(|| Problem::not_found("NoSuchKey"))?;
    let arriving = path.with_extension("arriving");
    let mut file = tokio::fs::File::create(&arriving).await.map_err(not_stored)?;
    let (mut digest, mut length) = (Md5::new(), 0_u64);
    let mut chunks = body.into_data_stream();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| refused("incomplete_body", "The upload broke off."))?;
        length += chunk.len() as u64;
        if length > upload.byte_size {
            return Err(refused("entity_too_large", "More bytes came than were announced."));
        }
        digest.update(&chunk);
        file.write_all(&chunk).await.map_err(not_stored)?;
    }
    file.flush().await.map_err(not_stored)?;
    if length != upload.byte_size {
        return Err(refused("incomplete_body", "Fewer bytes came than were announced."));
    }
    if BASE64_STANDARD.encode(digest.finalize()) != upload.checksum {
        return Err(refused("bad_digest", "The checksum is not the announced one."));
    }
    tokio::fs::rename(&arriving, &path).await.map_err(not_stored)?;
    for upload in sim.world().uploads.iter_mut().filter(|upload| upload.key == key) {
        upload.received = true;
    }
    empty(StatusCode::OK)
}
