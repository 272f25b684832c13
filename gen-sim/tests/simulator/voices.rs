//! Voices: designed, cloned, previewed, deleted; ElevenLabs.

use serde_json::{Value, json};

use super::{AGENT, balance, call, get, post, stepped};

#[tokio::test(flavor = "multi_thread")]
async fn a_voice_is_designed_previewed_and_deleted() {
    let sim = stepped().await;
    let voice = format!("/v1/agents/{AGENT}/voice");
    let (_, script) = post(&sim, &format!("{voice}/design/generate-script"), &Value::Null);
    let text = script["voice_sample"].as_str().unwrap();
    let (_, described) = post(
        &sim,
        &format!("{voice}/design/generate-description"),
        &json!({"gender": "male", "script": text}),
    );
    assert!(described["voice_description"].as_str().unwrap().contains("male"));
    let (status, samples) = post(&sim, &format!("{voice}/design/generate-samples"), &json!({"text": text}));
    assert_eq!((status, samples["samples"].as_array().unwrap().len()), (200, 3));
    assert!(samples["samples"][0]["audio"].as_str().unwrap().starts_with("UklGR"), "a WAV file in base64");
    let body =
        json!({"generation_id": samples["samples"][1]["generation_id"], "name": "Bosun", "gender": "male"});
    let (status, made) = post(&sim, &format!("{voice}/design"), &body);
    assert_eq!((status, &made["name"]), (201, &json!("Bosun")));
    assert_eq!(post(&sim, &format!("{voice}/design"), &body).0, 422, "a sample makes one voice");
    let designed = get(&sim, &format!("{voice}/library?source=user_designed"));
    assert_eq!((&designed["total"], &designed["voices"][1]["voice_id"]), (&json!(2), &made["voice_id"]));
    let own = format!("{voice}/{}", made["voice_id"].as_str().unwrap());
    let before = balance(&sim);
    let (status, started) = post(&sim, &format!("{own}/preview"), &json!({"text": "Ahoy there."}));
    assert_eq!((status, balance(&sim)), (202, before - 5.0));
    post(&sim, "/_sim/drain", &Value::Null);
    let done = get(&sim, &format!("{voice}/preview/{}", started["user_job_id"]));
    assert_eq!(
        (&done["status"], &done["output_resources"][0]["type"]),
        (&json!("completed"), &json!("audio"))
    );
    assert!(done["output_resources"][0]["file_url"].as_str().unwrap().ends_with(".wav"));
    assert_eq!(call(&sim, "DELETE", &own, &Value::Null), (204, Value::Null));
    assert_eq!(call(&sim, "DELETE", &own, &Value::Null).0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clone_needs_one_recording_and_elevenlabs_brings_voices_along() {
    let sim = stepped().await;
    let voice = format!("/v1/agents/{AGENT}/voice");
    let body = json!({"name": "Twin", "audio_url": "https://cdn.example.com/sample.mp3"});
    assert_eq!(post(&sim, &format!("{voice}/clone"), &body).0, 201);
    assert_eq!(get(&sim, &format!("{voice}/library?source=user_trained"))["total"], 2);
    let link = format!("{voice}/integrations/elevenlabs");
    assert_eq!(get(&sim, &link), json!({"connected": false, "masked_key": null}));
    let test = format!("{link}/test");
    assert_eq!(post(&sim, &test, &json!({"api_key": "sk_a_good_key_xyz1"})), (200, json!({"valid": true})));
    assert_eq!(post(&sim, &test, &json!({"api_key": "invalid"})), (200, json!({"valid": false})));
    let (status, linked) = post(&sim, &link, &json!({"api_key": "sk_a_good_key_xyz1"}));
    assert_eq!((status, &linked["user"]["subscription"]["tier"]), (200, &json!("creator")));
    assert_eq!(get(&sim, &link)["masked_key"], "***xyz1");
    assert_eq!(get(&sim, &format!("{voice}/library?source=user_elevenlabs"))["total"], 2);
    assert_eq!(call(&sim, "DELETE", &link, &Value::Null), (200, json!({"connected": false})));
    assert_eq!(get(&sim, &format!("{voice}/library?source=user_elevenlabs"))["total"], 0);
}
