//! Runs, conversations, ideas, monitoring and publishing.

use serde_json::{Value, json};

use super::{Refused, VALIDATION};
use crate::AGENT;

pub fn ideas() -> Vec<Refused> {
    vec![
        (
            "POST",
            "/v1/agent/run".into(),
            vec![
                Value::Null,
                json!({"agent_id": AGENT}),
                json!({"agent_id": AGENT, "message": ""}),
                json!({"agent_id": AGENT, "message": 5}),
                json!({"message": "Hi"}),
                json!({"agent_id": AGENT, "message": "Hi", "attachments": "a.png"}),
                json!({"agent_id": AGENT, "message": "Hi", "context": []}),
            ],
            422,
            VALIDATION,
        ),
        (
            "POST",
            "/v1/agent/run".into(),
            vec![json!({"agent_id": "nobody", "message": "Hi"})],
            422,
            "agent_not_found",
        ),
        (
            "POST",
            "/v1/agent/run".into(),
            vec![json!({"agent_id": AGENT, "message": "Hi", "conversation_id": "none"})],
            404,
            "not_found",
        ),
        ("GET", "/v1/agent/runs/none".into(), vec![Value::Null], 404, "not_found"),
        ("POST", "/v1/agent/runs/none/approve".into(), vec![json!({"approved": true})], 404, "not_found"),
        (
            "POST",
            "/v1/research".into(),
            vec![
                Value::Null,
                json!({"agent_id": AGENT}),
                json!({"agent_id": AGENT, "topic": " "}),
                json!({"agent_id": AGENT, "topic": "x", "depth": "bottomless"}),
                json!({"agent_id": AGENT, "topic": "x", "depth": 3}),
                json!({"topic": "x"}),
            ],
            422,
            VALIDATION,
        ),
        ("GET", "/v1/agent/conversations".into(), vec![Value::Null], 422, VALIDATION),
        ("GET", "/v1/agent/conversations/none".into(), vec![Value::Null], 404, "not_found"),
        ("GET", "/v1/agent/conversations/none/messages".into(), vec![Value::Null], 404, "not_found"),
        ("GET", "/v1/agent/conversations/none/runs".into(), vec![Value::Null], 404, "not_found"),
        ("DELETE", "/v1/agent/conversations/none".into(), vec![Value::Null], 404, "not_found"),
        (
            "PATCH",
            "/v1/agent/conversations/conv_market_day".into(),
            vec![json!({"pinned": "yes"}), json!({"title": 5}), json!({"title": "x".repeat(256)})],
            422,
            VALIDATION,
        ),
        (
            "GET",
            format!("/v1/agent/ideas?agent_id={AGENT}&status=approved"),
            vec![Value::Null],
            422,
            VALIDATION,
        ),
        ("GET", "/v1/agent/ideas".into(), vec![Value::Null], 422, VALIDATION),
        ("POST", "/v1/agent/ideas/1/status".into(), vec![Value::Null], 404, "not_found"),
        ("PUT", "/v1/agent/ideas/1/status/posted".into(), vec![Value::Null], 404, "not_found"),
        ("PUT", "/v1/agent/ideas/9001/status/approved".into(), vec![Value::Null], 422, VALIDATION),
    ]
}

pub fn jobs() -> Vec<Refused> {
    let jobs = format!("/v1/user_jobs?agent_id={AGENT}");
    let changed = |kind: &str, base: Value, field: &str, value: Value| {
        let mut data = base;
        data[field] = value;
        json!({"user_job_type": kind, "data": data})
    };
    let watch = |field: &str, value: Value| {
        let base = json!({"platform": "tiktok", "type": "username", "value": "@creator"});
        changed("train_social", base, field, value)
    };
    let publish = |field: &str, value: Value| {
        let base = json!({"platform": "tiktok", "media_url": "https://a.example/a.mp4", "description": "d", "schedule_type": "now"});
        changed("publish_content", base, field, value)
    };
    let refused = vec![
        Value::Null,
        json!({"user_job_type": "train_social"}),
        json!({"user_job_type": "dance", "data": {}}),
        json!({"user_job_type": "train_social", "data": "{broken"}),
        json!({"user_job_type": "train_social", "data": "[]"}),
        watch("platform", json!("myspace")),
        watch("platform", Value::Null),
        watch("type", json!("song")),
        watch("value", json!("creator")),
        watch("value", json!("@")),
        watch("value", json!("")),
        watch("days", json!(5)),
        watch("days", json!("week")),
        watch("country", json!("usa")),
        watch("country", json!("1a")),
        watch("max_results", json!(0)),
        watch("max_results", json!(51)),
        watch("monitoring", json!("maybe")),
        watch("comment_monitoring", json!(1)),
        json!({"user_job_type": "train_social", "data": {"platform": "tiktok", "type": "hashtag", "value": "clay"}}),
        json!({"user_job_type": "train_social", "data": {"platform": "instagram", "type": "keyword", "value": "clay"}}),
        publish("platform", json!("instagram")),
        publish("media_url", json!("a.mp4")),
        publish("media_url", Value::Null),
        publish("description", json!("")),
        publish("description", json!("x".repeat(2201))),
        publish("schedule_type", json!("later")),
        publish("schedule_type", json!("scheduled")),
        publish("media_type", json!("GIF")),
        publish("timezone_offset", json!("two")),
        json!({"user_job_type": "publish_content", "data": {"platform": "tiktok", "media_url": "https://a.example/a.mp4", "description": "d", "schedule_type": "scheduled", "scheduled_time": "2020-01-01T00:00:00Z"}}),
        json!({"user_job_type": "publish_content", "data": {"platform": "tiktok", "media_url": "https://a.example/a.mp4", "description": "d", "schedule_type": "scheduled", "scheduled_time": "tomorrow"}}),
    ];
    vec![
        ("POST", jobs, refused, 422, VALIDATION),
        ("POST", "/v1/user_jobs".into(), vec![watch("days", json!(7))], 422, VALIDATION),
        ("GET", format!("/v1/user_jobs/1?agent_id={AGENT}"), vec![Value::Null], 404, "user_job_not_found"),
        (
            "PUT",
            format!("/v1/user_jobs/1?agent_id={AGENT}"),
            vec![json!({"days": 7})],
            404,
            "user_job_not_found",
        ),
    ]
}
