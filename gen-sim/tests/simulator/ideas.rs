//! Ideas, runs and conversations.

use gen_sim::GenSim;
use serde_json::{Value, json};

use super::{AGENT, balance, call, get, post, stepped};

fn run(sim: &GenSim, body: Value) -> Value {
    let mut body = body;
    body["agent_id"] = json!(AGENT);
    let (status, started) = post(sim, "/v1/agent/run", &body);
    assert_eq!((status, &started["status"]), (202, &json!("running")), "{started}");
    assert!(started["firebase_path"].as_str().unwrap().starts_with("/agent_runs/"));
    started
}

fn ideas(sim: &GenSim, query: &str) -> Vec<Value> {
    get(sim, &format!("/v1/agent/ideas?agent_id={AGENT}{query}")).as_array().unwrap().clone()
}

fn state(sim: &GenSim, started: &Value) -> Value {
    get(sim, &format!("/v1/agent/runs/{}", started["run_id"].as_str().unwrap()))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_covers_all_statuses_and_ideas_move() {
    let sim = stepped().await;
    let board = ideas(&sim, "");
    assert!(board.len() >= 20);
    for status in [
        "generated",
        "approve_to_create",
        "ready_for_review",
        "approved_to_post",
        "posted",
        "change_idea",
        "change_video",
        "rejected",
    ] {
        assert!(!ideas(&sim, &format!("&status={status}")).is_empty(), "{status}");
    }
    let idea = &ideas(&sim, "&status=generated")[0];
    assert!(idea["full_script"].as_str().unwrap().len() > 60 && idea["data"]["rationale"].is_string());
    let own = format!("/v1/agent/ideas/{}/status", idea["id"]);
    let (status, moved) = call(&sim, "PUT", &format!("{own}/ready_for_review"), &Value::Null);
    assert_eq!((status, &moved["status"]), (200, &json!("ready_for_review")));
    assert_eq!(post(&sim, &own, &Value::Null).1["status"], "approved_to_post");
    assert_eq!(call(&sim, "PUT", &format!("{own}/published"), &Value::Null).0, 422);
    assert_eq!(call(&sim, "PUT", "/v1/agent/ideas/1/status/posted", &Value::Null).0, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_makes_ideas_and_a_second_one_refines_them() {
    let sim = stepped().await;
    let (before, credits) = (ideas(&sim, "").len(), balance(&sim));
    let started = run(&sim, json!({"message": "Generate 3 content ideas grounded in this weeks trends"}));
    assert_eq!(state(&sim, &started)["status"], "running");
    assert_eq!(ideas(&sim, "").len(), before);
    post(&sim, "/_sim/drain", &Value::Null);
    let done = state(&sim, &started);
    let made =
        done["messages"].as_array().unwrap().last().unwrap()["data"]["ideas"].as_array().unwrap().clone();
    assert_eq!((&done["status"], made.len()), (&json!("completed"), 3));
    assert_eq!(ideas(&sim, "").len(), before + 3);
    assert!(balance(&sim) < credits);

    let conversation = started["conversation_id"].as_str().unwrap();
    run(&sim, json!({"message": "Make idea 1 punchier. Drop idea 3.", "conversation_id": conversation}));
    post(&sim, "/_sim/drain", &Value::Null);
    let find = |n: usize| ideas(&sim, "").into_iter().find(|idea| idea["id"] == made[n]["id"]).unwrap();
    assert!(find(0)["hook"].as_str().unwrap().len() < made[0]["hook"].as_str().unwrap().len());
    assert_eq!(find(1), made[1]);
    assert_eq!(find(2)["status"], "rejected");
    let listed = get(&sim, &format!("/v1/agent/conversations?agent_id={AGENT}"));
    let own =
        listed["conversations"].as_array().unwrap().iter().find(|one| one["id"] == conversation).unwrap();
    assert_eq!(own["run_count"], 2);
    let messages = get(&sim, &format!("/v1/agent/conversations/{conversation}/messages"));
    assert_eq!(messages.as_array().unwrap().len(), 4);
    assert_eq!((&messages[0]["role"], &messages[3]["role"]), (&json!("user"), &json!("assistant")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_can_wait_for_approval_and_be_refused() {
    let sim = stepped().await;
    let before = balance(&sim);
    for approved in [true, false] {
        let started = run(&sim, json!({"message": "Generate 2 ideas, ask for approval first"}));
        post(&sim, "/_sim/drain", &Value::Null);
        assert_eq!(state(&sim, &started)["status"], "awaiting_approval");
        let own = format!("/v1/agent/runs/{}/approve", started["run_id"].as_str().unwrap());
        assert_eq!(post(&sim, &own, &Value::Null).0, 422);
        let (status, decided) = post(&sim, &own, &json!({"approved": approved}));
        assert_eq!((status, &decided["status"]), (200, &json!(if approved { "running" } else { "failed" })));
        post(&sim, "/_sim/drain", &Value::Null);
        assert_eq!(state(&sim, &started)["status"], if approved { "completed" } else { "failed" });
        assert_eq!(post(&sim, &own, &json!({"approved": true})).0, 422);
    }
    assert_eq!(balance(&sim), before - 24.0, "only the approved run is paid");
}

#[tokio::test(flavor = "multi_thread")]
async fn preferences_are_free_and_a_failing_run_is_refunded() {
    let sim = stepped().await;
    let before = balance(&sim);
    let started = run(&sim, json!({"message": "remember: say the price first"}));
    post(&sim, "/_sim/drain", &Value::Null);
    assert_eq!(state(&sim, &started)["status"], "completed");
    let listing = run(&sim, json!({"message": "list all my current preferences"}));
    post(&sim, "/_sim/drain", &Value::Null);
    assert!(state(&sim, &listing)["messages"].to_string().contains("say the price first"));
    let failing = run(&sim, json!({"message": "Generate 5 ideas, please fail"}));
    post(&sim, "/_sim/drain", &Value::Null);
    assert_eq!(state(&sim, &failing)["status"], "failed");
    assert_eq!(balance(&sim), before);
    assert_eq!(post(&sim, "/v1/agent/run", &json!({"agent_id": AGENT})).0, 422);
}
