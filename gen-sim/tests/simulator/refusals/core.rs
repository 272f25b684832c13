//! The Agent Core and voices.

use serde_json::{Value, json};

use super::{Refused, VALIDATION};
use crate::AGENT;

pub fn core() -> Vec<Refused> {
    let long = |count: usize| Value::String("x".repeat(count));
    let many = |count: usize, item: Value| Value::Array(vec![item; count]);
    let fields = vec![
        Value::Null,
        json!([]),
        json!({"agent_id": AGENT}),
        json!({"overview": {}}),
        json!({"brand_name": long(201)}),
        json!({"brand_name": 5}),
        json!({"description": long(501)}),
        json!({"goal": long(101)}),
        json!({"onboarding_status": long(51)}),
        json!({"personality": long(20_001)}),
        json!({"identity_type": "company"}),
        json!({"identity_type": 1}),
        json!({"shortform": "yes"}),
        json!({"longform": 1}),
        json!({"keywords": "clay"}),
        json!({"keywords": [5]}),
        json!({"keywords": many(21, json!("k"))}),
        json!({"target_platforms": many(11, json!("tiktok"))}),
        json!({"target_platforms": null}),
        json!({"monitored": [{"handle": "a"}]}),
        json!({"monitored": [{"item_type": "account"}]}),
        json!({"monitored": [{"handle": "", "item_type": "account"}]}),
        json!({"monitored": [{"handle": "a", "item_type": "person"}]}),
        json!({"monitored": [{"handle": "a", "item_type": "account", "extra": 1}]}),
        json!({"monitored": [{"handle": long(301), "item_type": "account"}]}),
        json!({"monitored": many(51, json!({"handle": "a", "item_type": "account"}))}),
        json!({"research_topics": ["clay"]}),
        json!({"research_topics": [{}]}),
        json!({"research_topics": [{"topic": long(501)}]}),
        json!({"research_topics": many(21, json!({"topic": "t"}))}),
        json!({"linked_accounts": [{}]}),
        json!({"linked_accounts": [{"url": long(501)}]}),
        json!({"linked_accounts": [{"url": "https://a.example", "agent_id": AGENT}]}),
        json!({"linked_accounts": [{"url": "https://a.example", "platform": long(51)}]}),
        json!({"linked_accounts": [{"url": "https://a.example", "display_name": long(201)}]}),
        json!({"linked_accounts": [{"id": 999, "url": "https://a.example"}]}),
        json!({"linked_accounts": many(21, json!({"url": "https://a.example"}))}),
        json!({"default_user_voice": {}}),
        json!({"default_user_voice": {"voice_id": long(201)}}),
        json!({"default_user_voice": {"voice_id": "a", "source": "radio"}}),
        json!({"default_user_voice": {"voice_id": "a", "url": "x"}}),
    ];
    vec![
        ("PATCH", format!("/v1/agents/{AGENT}/core"), fields, 422, VALIDATION),
        ("GET", "/v1/agents/nobody/core".into(), vec![Value::Null], 404, "not_found"),
        ("PATCH", "/v1/agents/nobody/core".into(), vec![json!({"goal": "sales"})], 404, "not_found"),
    ]
}

pub fn voices() -> Vec<Refused> {
    let voice = |rest: &str| format!("/v1/agents/{AGENT}/voice/{rest}");
    vec![
        ("GET", voice("library?source=radio"), vec![Value::Null], 422, VALIDATION),
        (
            "POST",
            voice("integrations/elevenlabs"),
            vec![
                Value::Null,
                json!({}),
                json!({"api_key": ""}),
                json!({"api_key": "invalid-one"}),
                json!({"api_key": 5}),
            ],
            400,
            "invalid_key",
        ),
        (
            "POST",
            voice("integrations/elevenlabs/test"),
            vec![json!({}), json!({"api_key": ""})],
            400,
            "invalid_key",
        ),
        (
            "POST",
            voice("design/generate-description"),
            vec![
                Value::Null,
                json!({}),
                json!({"gender": "robot"}),
                json!({"gender": 5}),
                json!({"gender": "male", "script": 5}),
            ],
            400,
            VALIDATION,
        ),
        ("POST", voice("design/generate-script"), vec![json!({"language": 5})], 400, VALIDATION),
        (
            "POST",
            voice("design/generate-samples"),
            vec![Value::Null, json!({}), json!({"text": " "})],
            400,
            VALIDATION,
        ),
        (
            "POST",
            voice("design"),
            vec![
                json!({"name": "A"}),
                json!({"generation_id": "none", "name": "A"}),
                json!({"generation_id": 5, "name": "A"}),
            ],
            422,
            VALIDATION,
        ),
        (
            "POST",
            voice("clone"),
            vec![
                json!({"name": "A"}),
                json!({"audio_url": "https://a.example/a.mp3"}),
                json!({"name": "A", "audio_url": "https://a.example/a.mp3", "audio_base64": "UklG"}),
                json!({"name": "A", "audio_url": "a.mp3"}),
                json!({"name": "A", "audio_base64": "not base64!"}),
                json!({"name": "A", "audio_url": "https://a.example/a.mp3", "gender": "robot"}),
            ],
            400,
            VALIDATION,
        ),
        (
            "POST",
            voice("vc_maren/preview"),
            vec![Value::Null, json!({}), json!({"text": ""})],
            400,
            VALIDATION,
        ),
        ("POST", voice("nobody/preview"), vec![json!({"text": "Hi"})], 404, "not_found"),
        ("GET", voice("preview/1"), vec![Value::Null], 404, "not_found"),
        // A public voice is nobody's to delete.
        ("DELETE", voice("21m00Tcm4TlvDq8ikWAM"), vec![Value::Null], 404, "not_found"),
        (
            "PATCH",
            format!("/v1/agents/{AGENT}/automation_config"),
            vec![
                json!({"automation_config": {"webhook_url": "nowhere"}}),
                json!({"automation_config": {"webhook_url": "ftp://a.example"}}),
                json!({"automation_config": {"callback_url": 5}}),
                json!({"automation_config": {"polling_enabled": "yes"}}),
                Value::Null,
            ],
            422,
            VALIDATION,
        ),
        (
            "POST",
            format!("/v1/agents/{AGENT}/automation_config/test_webhook"),
            vec![Value::Null],
            422,
            VALIDATION,
        ),
        (
            "POST",
            format!("/v1/agents/{AGENT}/automation_config/test_callback"),
            vec![Value::Null],
            422,
            VALIDATION,
        ),
        ("GET", "/v1/agents/nobody/automation_config".into(), vec![Value::Null], 404, "agent_not_found"),
    ]
}
