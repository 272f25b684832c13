//! Generations and renders: their states, their credits, their takes.

use gen_sim::{GenSim, Options, SEEDED_VIDSHEET, SimMode};
use serde_json::{Value, json};

use super::{AGENT, balance, call, cell_at, get, post, send, spring_glazes, start, stepped};

fn generate(sim: &GenSim, cell: &Value, body: &Value) -> (u16, Value) {
    post(
        sim,
        &format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/cells/{}/generate?agent_id={AGENT}", cell["id"]),
        body,
    )
}

fn render(sim: &GenSim, cell: &Value) -> (u16, Value) {
    post(
        sim,
        &format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/cells/{}/render?agent_id={AGENT}", cell["id"]),
        &Value::Null,
    )
}

fn generation(sim: &GenSim, id: &Value) -> Value {
    get(sim, &format!("/v1/generations/{id}"))
}

fn step(sim: &GenSim) {
    assert_eq!(post(sim, "/_sim/step", &Value::Null).0, 200);
}

fn text(prompt: &str) -> Value {
    json!({"generation_type": "text", "data": {"prompt": prompt}})
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_generation_goes_through_its_states() {
    let sim = stepped().await;
    let cell = cell_at(&spring_glazes(&sim), 9, "SCRIPT");
    assert_eq!(cell["value"], Value::Null);
    let prompt = "Write a script about {{mood}} {{HOOK}} at {{brand}} {{unknown}}";
    let body = json!({"generation_type": "text", "data": {"prompt": prompt, "variables": {"mood": "calm"}}});
    let (status, started) = generate(&sim, &cell, &body);
    assert_eq!((status, &started["status"]), (201, &json!("pending")));
    let id = &started["generation_id"];
    assert_eq!(generation(&sim, id)["status"], "pending");
    step(&sim);
    assert_eq!(generation(&sim, id)["status"], "processing");
    step(&sim);
    let done = generation(&sim, id);
    assert_eq!(
        (&done["status"], &done["user_job_type"], &done["execution_cost"]),
        (&json!("completed"), &json!("text"), &json!(2.0))
    );
    let written = done["result"].as_str().unwrap();
    assert!(written.contains("calm Three glazes from one tideline at Kiln & Tide {{unknown}}"), "{written}");
    let cell = cell_at(&spring_glazes(&sim), 9, "SCRIPT");
    assert_eq!((&cell["value"], &cell["default_user_job"]["id"]), (&done["result"], id));
}

#[tokio::test(flavor = "multi_thread")]
async fn credits_are_charged_before_and_given_back_on_failure_and_stop() {
    let sim = stepped().await;
    let cell = cell_at(&spring_glazes(&sim), 9, "B-ROLL");
    let before = balance(&sim);
    let video = |prompt: &str| json!({"generation_type": "video_from_text", "data": {"prompt": prompt, "model": "seedance_pro", "duration": 5}});
    let (_, failing) = generate(&sim, &cell, &video("a bowl, please fail"));
    assert_eq!(balance(&sim), before - 250.0);
    post(&sim, "/_sim/drain", &Value::Null);
    let failed = generation(&sim, &failing["generation_id"]);
    assert_eq!(failed["status"], "failed");
    assert!(failed["failed_reason"].as_str().unwrap().contains("refused"));
    assert_eq!(balance(&sim), before);

    let (_, started) = generate(&sim, &cell, &video("a bowl"));
    let own = format!("/v1/generations/{}", started["generation_id"]);
    let (status, stopped) = post(&sim, &format!("{own}/stop"), &Value::Null);
    assert_eq!(
        (status, &stopped["status"], &stopped["generation_id"]),
        (200, &json!("stopped"), &started["generation_id"])
    );
    assert_eq!(balance(&sim), before);
    let (status, problem) = post(&sim, &format!("{own}/stop"), &Value::Null);
    assert_eq!((status, &problem["error_code"]), (422, &json!("job_cannot_be_stopped")));
    let (status, resumed) = post(&sim, &format!("{own}/continue"), &Value::Null);
    assert_eq!((status, &resumed["status"]), (200, &json!("pending")));
    assert_eq!(balance(&sim), before - 250.0);
    post(&sim, "/_sim/drain", &Value::Null);
    assert_eq!(generation(&sim, &started["generation_id"])["status"], "completed");
    assert_eq!(post(&sim, &format!("{own}/continue"), &Value::Null).0, 422);
    let kinds: Vec<Value> =
        get_report(&sim)["ledger"].as_array().unwrap().iter().map(|entry| entry["kind"].clone()).collect();
    assert_eq!(json!(kinds), json!(["charge", "refund", "charge", "refund", "charge"]));
}

fn get_report(sim: &GenSim) -> Value {
    send(sim, "GET", "/_sim/report", &[], "").unwrap().json()
}

#[tokio::test(flavor = "multi_thread")]
async fn without_enough_credits_nothing_starts() {
    let sim = stepped().await;
    let cell = cell_at(&spring_glazes(&sim), 9, "SCRIPT");
    post(&sim, "/_sim/credits", &json!({"organization_id": 10, "generic": 1.5}));
    let (status, problem) = generate(&sim, &cell, &text("a script"));
    assert_eq!((status, &problem["error_code"]), (422, &json!("insufficient_credits_for_job")));
    assert_eq!(balance(&sim), 1.5);
    post(&sim, "/_sim/credits", &json!({"organization_id": 10, "generic": 0.0}));
    let (status, problem) =
        call(&sim, "GET", &format!("/v1/vidsheet/{SEEDED_VIDSHEET}?agent_id={AGENT}"), &Value::Null);
    assert_eq!((status, &problem["error_code"]), (422, &json!("usable_gen_credit_required")));
}

#[tokio::test(flavor = "multi_thread")]
async fn media_generations_make_content_resources() {
    let sim = stepped().await;
    let sheet = spring_glazes(&sim);
    let outputs = |row: usize, title: &str, body: Value| {
        let (status, started) = generate(&sim, &cell_at(&sheet, row, title), &body);
        assert_eq!(status, 201, "{started}");
        post(&sim, "/_sim/drain", &Value::Null);
        generation(&sim, &started["generation_id"])["output_resources"].clone()
    };
    let image = outputs(
        9,
        "HERO",
        json!({"generation_type": "image_from_text", "data": {"prompt": "a blue vase", "aspect_ratio": "1:1", "number_of_images": 2}}),
    );
    assert_eq!((image.as_array().unwrap().len(), &image[0]["object_type"]), (2, &json!("image")));
    let speech = outputs(
        9,
        "VOICE",
        json!({"generation_type": "speech_from_text", "data": {"script": "Same bucket of sea.", "voice_method": "my_voices", "voice_id": "vc_maren"}}),
    );
    assert_eq!(speech[0]["object_type"], "audio");
    let video = outputs(
        9,
        "B-ROLL",
        json!({"generation_type": "video_from_image", "data": {"image_resource_id": image[0]["id"], "prompt": "slow push in"}}),
    );
    let lips = json!({"generation_type": "lipsync", "data": {"model": "sync_so", "video_resource_id": video[0]["id"], "audio_resource_id": speech[0]["id"].to_string()}});
    assert_eq!(outputs(9, "B-ROLL", lips)[0]["object_type"], "video");
    let detail = get(&sim, &format!("/v1/content_resources/{}?agent_id={AGENT}", image[0]["id"]));
    assert_eq!(detail["generator"]["type"], "image_from_text");
    assert_eq!(detail["content_resource"]["content_type"], "image/png");
    let newest = get(&sim, &format!("/v1/content_resources?agent_id={AGENT}&type=audio"));
    assert_eq!(newest[0]["id"], speech[0]["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_generations_are_refused_before_they_cost() {
    let sim = stepped().await;
    let cell = cell_at(&spring_glazes(&sim), 9, "B-ROLL");
    let before = balance(&sim);
    for body in [
        json!({}),
        json!({"generation_type": "text"}),
        json!({"generation_type": "text", "data": {"prompt": " "}}),
        json!({"generation_type": "hologram", "data": {"prompt": "x"}}),
        json!({"generation_type": "text", "data": {"prompt": "x", "model": "abacus"}}),
        json!({"generation_type": "video_from_text", "data": {"prompt": "x", "aspect_ratio": "2:7"}}),
        json!({"generation_type": "video_from_text", "data": {"prompt": "x", "duration": 0}}),
        json!({"generation_type": "video_from_image", "data": {"image_resource_id": 1}}),
        json!({"generation_type": "speech_from_text", "data": {"script": "x", "voice_method": "telepathy"}}),
        json!({"generation_type": "lipsync", "data": {"model": "gen"}}),
    ] {
        let (status, problem) = generate(&sim, &cell, &body);
        assert_eq!((status, &problem["error_code"]), (422, &json!("validation_error")), "{body}");
    }
    assert_eq!(balance(&sim), before);
    let (status, _) = generate(
        &sim,
        &cell,
        &json!({"generation_type": "seedance_video_generation", "data": {"prompt": "an older name"}}),
    );
    assert_eq!(status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_final_cell_renders_and_takes_can_be_chosen() {
    let sim = stepped().await;
    let sheet = spring_glazes(&sim);
    assert_eq!(render(&sim, &cell_at(&sheet, 3, "B-ROLL")).0, 422);
    let (status, started) = render(&sim, &cell_at(&sheet, 3, "FINAL VIDEO"));
    assert_eq!((status, &started["status"]), (201, &json!("pending")));
    post(&sim, "/_sim/drain", &Value::Null);
    let done = generation(&sim, &started["generation_id"]);
    let b_roll = cell_at(&sheet, 3, "B-ROLL");
    // The render shows the same scene as the row's B-roll.
    assert_eq!(
        done["output_resources"][0]["thumbnail_url"],
        b_roll["default_user_job"]["output_resources"][0]["thumbnail_url"]
    );

    let own = format!(
        "/v1/autocontentengine/{SEEDED_VIDSHEET}/cells/{}/set_default_user_job?agent_id={AGENT}",
        b_roll["id"]
    );
    let first = &b_roll["user_jobs"][0]["id"];
    let (status, cell) = call(&sim, "PATCH", &own, &json!({"user_job_id": first}));
    assert_eq!((status, &cell["default_user_job"]["id"]), (200, first));
    let (status, problem) = call(&sim, "PATCH", &own, &json!({"user_job_id": done["id"]}));
    assert_eq!((status, &problem["error"]), (422, &json!("User job does not belong to this cell.")));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_idempotency_key_is_one_charge() {
    let sim = stepped().await;
    let cell = cell_at(&spring_glazes(&sim), 9, "SCRIPT");
    let before = balance(&sim);
    let path =
        format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/cells/{}/generate?agent_id={AGENT}", cell["id"]);
    let body = text("a script").to_string();
    let send_with = |key: &str| {
        send(&sim, "POST", &path, &[("x-api-key", gen_sim::DEMO_KEY), ("idempotency-key", key)], &body)
            .unwrap()
    };
    let (first, again, other) = (send_with("k1"), send_with("k1"), send_with("k2"));
    assert_eq!((first.status, again.status, other.status), (201, 201, 201));
    assert_eq!(first.json(), again.json());
    assert_ne!(first.json(), other.json());
    assert_eq!(balance(&sim), before - 4.0);
    let requests = send(&sim, "GET", "/_sim/requests", &[], "").unwrap().json();
    let last = requests.as_array().unwrap().iter().rfind(|request| request["method"] == "POST").unwrap();
    assert_eq!((&last["idempotency_key"], &last["has_key"]), (&json!("k2"), &json!(true)));
    assert!(!requests.to_string().contains(gen_sim::DEMO_KEY));
    let pattern = "POST /v1/autocontentengine/{id}/cells/{cell_id}/generate";
    assert_eq!(get_report(&sim)["operations"][pattern], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn twins_sent_together_are_one_charge() {
    let sim = stepped().await;
    let cell = cell_at(&spring_glazes(&sim), 9, "SCRIPT");
    let before = balance(&sim);
    let path =
        format!("/v1/autocontentengine/{SEEDED_VIDSHEET}/cells/{}/generate?agent_id={AGENT}", cell["id"]);
    let body = text("a script").to_string();
    let headers = [("x-api-key", gen_sim::DEMO_KEY), ("idempotency-key", "twin")];
    let answers: Vec<Value> = std::thread::scope(|threads| {
        let twins: Vec<_> = (0..8)
            .map(|_| threads.spawn(|| send(&sim, "POST", &path, &headers, &body).unwrap().json()))
            .collect();
        twins.into_iter().map(|twin| twin.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| answer == &answers[0] && answer["generation_id"].is_number()));
    assert_eq!(balance(&sim), before - 2.0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_render_has_the_ratio_of_its_clip_and_fails_with_its_row() {
    let sim = stepped().await;
    let sheet = spring_glazes(&sim);
    let wide = json!({"generation_type": "video_from_text", "data": {"prompt": "a harbour", "aspect_ratio": "16:9"}});
    generate(&sim, &cell_at(&sheet, 9, "B-ROLL"), &wide);
    post(&sim, "/_sim/drain", &Value::Null);
    let (_, started) = render(&sim, &cell_at(&sheet, 9, "FINAL VIDEO"));
    post(&sim, "/_sim/drain", &Value::Null);
    let done = generation(&sim, &started["generation_id"]);
    assert!(
        done["output_resources"][0]["thumbnail_url"].as_str().unwrap().ends_with("/media/art/11-16x9-s.png")
    );

    let before = balance(&sim);
    let hook = cell_at(&sheet, 9, "HOOK");
    let own = format!("/v1/vidsheet/{SEEDED_VIDSHEET}/cells/{}?agent_id={AGENT}", hook["id"]);
    call(&sim, "PATCH", &own, &json!({"spreadsheet_cell": {"value": "please fail"}}));
    let (_, started) = render(&sim, &cell_at(&sheet, 9, "FINAL VIDEO"));
    post(&sim, "/_sim/drain", &Value::Null);
    assert_eq!(generation(&sim, &started["generation_id"])["status"], "failed");
    assert_eq!(balance(&sim), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_finishes_jobs_by_itself_in_auto_mode() {
    // So fast that everything is over by the time of the next call.
    let sim = start(Options { mode: SimMode::Auto { speed: 1e9 }, ..Options::default() }).await;
    let cell = cell_at(&spring_glazes(&sim), 9, "SCRIPT");
    let (_, started) = generate(&sim, &cell, &text("a script"));
    assert_eq!(generation(&sim, &started["generation_id"])["status"], "completed");
    // And so slow that nothing is.
    let sim = start(Options { mode: SimMode::Auto { speed: 1e-3 }, ..Options::default() }).await;
    let (_, started) = generate(&sim, &cell, &text("a script"));
    assert_eq!(generation(&sim, &started["generation_id"])["status"], "pending");
}
