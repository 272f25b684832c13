//! Creation cards, and the files.

use gen_sim::{GenSim, SEEDED_VIDSHEET};
use serde_json::{Value, json};

use super::{Refused, VALIDATION};
use crate::{AGENT, cell_at, get, spring_glazes};

pub fn cards(sim: &GenSim) -> Vec<Refused> {
    let sheet = spring_glazes(sim);
    let cell = cell_at(&sheet, 9, "HERO")["id"].clone();
    let done = cell_at(&sheet, 0, "HERO")["default_user_job"]["id"].clone();
    let at =
        |rest: &str| format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/cells/{cell}/{rest}?agent_id={AGENT}");
    let card = |kind: &str, data: Value| json!({"generation_type": kind, "data": data});
    let refused = vec![
        Value::Null,
        json!({"generation_type": "text"}),
        json!({"data": {"prompt": "x"}}),
        card("dance", json!({"prompt": "x"})),
        card("text", json!({})),
        card("text", json!({"prompt": ""})),
        card("text", json!({"prompt": 5})),
        card("text", json!({"prompt": "x", "model": "abacus"})),
        card("text", json!([])),
        card("image_from_text", json!({})),
        card("image_from_text", json!({"prompt": "x", "model": "veo_3"})),
        card("image_from_text", json!({"prompt": "x", "aspect_ratio": "2:1"})),
        card("video_from_text", json!({})),
        card("video_from_text", json!({"prompt": "x", "duration": 0})),
        card("video_from_text", json!({"prompt": "x", "duration": "long"})),
        card("video_from_text", json!({"prompt": "x", "model": "pika"})),
        card("video_from_image", json!({})),
        card("video_from_image", json!({"image_resource_id": 1})),
        card("video_from_ingredients", json!({"prompt": "x"})),
        card("video_from_ingredients", json!({"prompt": "x", "asset_resource_ids": []})),
        card("video_from_ingredients", json!({"prompt": "x", "asset_resource_ids": [1]})),
        card("speech_from_text", json!({"script": "x"})),
        card("speech_from_text", json!({"script": "x", "voice_method": "my_voices"})),
        card("speech_from_text", json!({"voice_method": "my_voices", "voice_id": "vc_maren"})),
        card("speech_from_text", json!({"script": "x", "voice_method": "design_voice", "language": "en"})),
        card("speech_from_text", json!({"script": "x", "voice_method": "clone_voice"})),
        card("speech_from_text", json!({"script": "x", "voice_method": "whistle"})),
        card("text", json!({"prompt": "x", "temperature": 1.5})),
        card("text", json!({"prompt": "x", "max_length": 0})),
        card("text", json!({"prompt": "x", "variables": ["x"]})),
        card("text", json!({"prompt_var": "NO SUCH COLUMN"})),
        card("image_from_text", json!({"prompt": "x", "number_of_images": 0})),
        card("image_from_text", json!({"prompt": "x", "content_resource_ids": [1]})),
        card("video_from_text", json!({"prompt": "x", "aspect_ratio": "4:3"})),
        card("video_from_text", json!({"prompt": "x", "negative_prompt": 5})),
        card("video_from_image", json!({"image_var": "NO SUCH COLUMN"})),
        card("video_from_ingredients", json!({"prompt": "x", "content_resource_vars": ["NO SUCH COLUMN"]})),
        card(
            "speech_from_text",
            json!({"script": "x", "voice_method": "my_voices", "voice_id": "v", "speed": 0}),
        ),
        card(
            "speech_from_text",
            json!({"script": "x", "voice_method": "my_voices", "voice_id": "v", "enhance_voice": 1}),
        ),
        card(
            "speech_from_text",
            json!({"script": "x", "voice_method": "design_voice", "language": "en", "gender": "loud"}),
        ),
        card("captions", json!({"model": "whisper", "source_resource_id": 1})),
        card("lipsync", json!({"video_resource_id": 1, "audio_resource_id": 1})),
        card("lipsync", json!({"model": "gen", "video_resource_id": 1, "audio_resource_id": 1})),
        card("captions", json!({})),
        card("captions", json!({"source_resource_id": 1})),
        card("media", json!({})),
        card("media", json!({"content_resource_id": "none"})),
    ];
    vec![
        ("POST", at("generate"), refused, 422, VALIDATION),
        ("POST", at("render"), vec![Value::Null], 422, VALIDATION),
        (
            "POST",
            at("generate").replace(&cell.to_string(), "1"),
            vec![card("text", json!({"prompt": "x"}))],
            404,
            "not_found",
        ),
        ("GET", "/v1/generations/1".into(), vec![Value::Null], 404, "not_found"),
        ("POST", "/v1/generations/1/stop".into(), vec![Value::Null], 404, "not_found"),
        ("POST", format!("/v1/generations/{done}/stop"), vec![Value::Null], 422, "job_cannot_be_stopped"),
        ("POST", format!("/v1/generations/{done}/continue"), vec![Value::Null], 422, VALIDATION),
    ]
}

pub fn files(sim: &GenSim) -> Vec<Refused> {
    let scope = format!("agent_id={AGENT}");
    let checksum = "x8F1TrG7p+mAWjK7Yv3QZA==";
    let blob = |field: &str, value: Value| {
        let mut blob =
            json!({"filename": "a.mp4", "byte_size": 10, "checksum": checksum, "content_type": "video/mp4"});
        blob[field] = value;
        json!({"blob": blob})
    };
    let first = get(sim, &format!("/v1/content_resources?{scope}"))[0]["id"].clone();
    let folder = get(sim, &format!("/v1/asset_libraries?{scope}"))[0]["id"].clone();
    vec![
        (
            "POST",
            "/v1/direct_upload".into(),
            vec![
                Value::Null,
                blob("filename", json!("")),
                blob("byte_size", json!(0)),
                blob("byte_size", json!("ten")),
                blob("checksum", json!("")),
                blob("checksum", json!("short")),
                blob("checksum", json!("AAAA")),
                blob("content_type", Value::Null),
            ],
            422,
            "direct_upload_failed",
        ),
        (
            "POST",
            "/v1/direct_upload".into(),
            vec![blob("content_type", json!("text/html")), blob("content_type", json!("image/svg+xml"))],
            422,
            "invalid_content_type",
        ),
        (
            "POST",
            "/v1/direct_upload".into(),
            vec![blob("byte_size", json!(1_073_741_825_u64))],
            422,
            "file_size_exceeded",
        ),
        (
            "POST",
            format!("/v1/content_resources?{scope}"),
            vec![
                Value::Null,
                json!({}),
                json!({"content_resource": {"file": "nothing"}}),
                json!({"content_resource": {"file": "nothing"}, "asset_folder": {"id": 1}}),
            ],
            422,
            "content_resource_creation_failed",
        ),
        ("GET", format!("/v1/content_resources?{scope}&type=song"), vec![Value::Null], 422, VALIDATION),
        (
            "GET",
            format!("/v1/content_resources/1?{scope}"),
            vec![Value::Null],
            404,
            "content_resource_not_found",
        ),
        (
            "DELETE",
            format!("/v1/content_resources/1?{scope}"),
            vec![Value::Null],
            404,
            "content_resource_not_found",
        ),
        (
            "PATCH",
            format!("/v1/content_resources/1?{scope}"),
            vec![json!({"content_resource": {"filename": "a"}})],
            404,
            "content_resource_not_found",
        ),
        (
            "PATCH",
            format!("/v1/content_resources/{first}?{scope}"),
            vec![
                Value::Null,
                json!({"content_resource": {}}),
                json!({"content_resource": {"filename": "x".repeat(256)}}),
            ],
            422,
            VALIDATION,
        ),
        ("GET", format!("/v1/asset_libraries?{scope}&asset_type=song"), vec![Value::Null], 422, VALIDATION),
        ("GET", format!("/v1/asset_libraries?{scope}&order=oldest"), vec![Value::Null], 422, VALIDATION),
        ("GET", format!("/v1/asset_libraries?{scope}&folder_id=1"), vec![Value::Null], 404, "not_found"),
        (
            "POST",
            format!("/v1/asset_folders?{scope}"),
            vec![
                Value::Null,
                json!({"asset_folder": {}}),
                json!({"asset_folder": {"name": " "}}),
                json!({"asset_folder": {"name": "A", "parent_id": 1}}),
                json!({"asset_folder": {"name": "A", "parent_id": "none"}}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PATCH",
            format!("/v1/asset_folders/1?{scope}"),
            vec![json!({"asset_folder": {"name": "A"}})],
            404,
            "not_found",
        ),
        (
            "PATCH",
            format!("/v1/asset_folders/{folder}?{scope}"),
            vec![json!({"asset_folder": {"name": ""}})],
            422,
            VALIDATION,
        ),
        ("DELETE", format!("/v1/asset_folders/1?{scope}"), vec![Value::Null], 404, "not_found"),
    ]
}
