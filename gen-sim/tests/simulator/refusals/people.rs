//! Agents, avatars, organizations, keys and the profile.

use serde_json::{Value, json};

use super::{Refused, VALIDATION};
use crate::AGENT;

pub fn people() -> Vec<Refused> {
    let agent = |fields: Value| json!({"organization_id": 10, "agent": fields});
    let own = format!("/v1/agents/{AGENT}");
    vec![
        (
            "POST",
            "/v1/agents".into(),
            vec![
                agent(json!({})),
                agent(json!({"name": ""})),
                agent(json!({"name": "   "})),
                agent(json!({"name": 7})),
                agent(json!({"name": "Kiln & Tide"})),
                agent(json!({"name": "x".repeat(256)})),
                agent(json!({"name": "A", "time_zone": "Nowhere"})),
                agent(json!({"name": "A", "description": 5})),
                agent(json!({"name": "A", "agent_avatars_attributes": [{}]})),
                agent(json!({"name": "A", "agent_avatars_attributes": [{"degod_avatar_id": "x"}]})),
            ],
            422,
            "agent_creation_failed",
        ),
        (
            "POST",
            "/v1/agents".into(),
            vec![
                json!({"organization_id": 999, "agent": {"name": "A"}}),
                json!({"organization_id": "none", "agent": {"name": "A"}}),
            ],
            422,
            "organization_not_found",
        ),
        (
            "POST",
            "/v1/agents".into(),
            vec![
                agent(json!({"name": "A", "eleven_lab_api_key": "invalid-key"})),
                agent(json!({"name": "A", "hume_ai_api_key": "short"})),
            ],
            422,
            "invalid_api_key",
        ),
        ("POST", "/v1/agents".into(), vec![Value::Null, json!({"agent": []})], 422, VALIDATION),
        ("GET", "/v1/agents/nobody".into(), vec![Value::Null], 422, "agent_not_found"),
        (
            "PATCH",
            own.clone(),
            vec![
                json!({"agent": {"name": ""}}),
                json!({"agent": {"name": "Wood Firing Diary"}}),
                json!({"agent": {"time_zone": 5}}),
                json!({"agent": {"default_user_voice_attributes": {"source": "elsewhere", "voice_id": "x"}}}),
                json!({"agent": "no"}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PATCH",
            own.clone(),
            vec![
                json!({"agent": {"default_user_voice_attributes": {"source": "eleven_labs"}}}),
                json!({"agent": {"default_user_voice_attributes": {"source": "hume_ai", "voice_id": ""}}}),
            ],
            422,
            "voice_id_required",
        ),
        (
            "PATCH",
            own.clone(),
            vec![
                json!({"agent": {"default_user_voice_attributes": {"source": "user_voice_resource", "voice_id": "none"}}}),
            ],
            404,
            "user_voice_resource_not_found",
        ),
        ("PATCH", own.clone(), vec![json!({"agent": {"eleven_lab_api_key": "bad"}})], 422, "invalid_api_key"),
        (
            "PATCH",
            own.clone(),
            vec![json!({"agent": {"agent_avatars_attributes": [{}]}})],
            422,
            "agent_update_failed",
        ),
        (
            "POST",
            format!("{own}/avatars"),
            vec![
                Value::Null,
                json!({"agent_avatars_attributes": []}),
                json!({"agent_avatars_attributes": [{"degod_avatar_id": null}]}),
                json!({"agent_avatars_attributes": [{"degod_avatar_id": "seven"}]}),
            ],
            422,
            "avatar_creation_failed",
        ),
        ("PATCH", format!("{own}/avatars/1"), vec![Value::Null], 422, "avatar_update_failed"),
        ("PATCH", format!("{own}/avatars/none"), vec![Value::Null], 422, "avatar_update_failed"),
        ("DELETE", format!("{own}/avatars/1_2"), vec![Value::Null], 404, "not_found"),
        ("GET", "/v1/agents/nobody/avatars".into(), vec![Value::Null], 404, "agent_not_found"),
        (
            "POST",
            "/v1/organizations".into(),
            vec![
                Value::Null,
                json!({"organization": {}}),
                json!({"organization": {"name": " "}}),
                json!({"organization": {"name": 5}}),
                json!({"organization": []}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PATCH",
            "/v1/organizations/10".into(),
            vec![json!({"organization": {"name": ""}}), Value::Null],
            422,
            VALIDATION,
        ),
        ("GET", "/v1/organizations/999".into(), vec![Value::Null], 422, "organization_not_found"),
        (
            "PATCH",
            "/v1/organizations/999".into(),
            vec![json!({"organization": {"name": "A"}})],
            422,
            "organization_not_found",
        ),
        ("DELETE", "/v1/organizations/999".into(), vec![Value::Null], 422, "organization_not_found"),
        // Rosa manages this one, and only its owner may delete it.
        ("DELETE", "/v1/organizations/20".into(), vec![Value::Null], 403, "forbidden"),
        (
            "POST",
            "/v1/persisted_tokens".into(),
            vec![
                json!({"expires_in": 0}),
                json!({"expires_in": -5}),
                json!({"expires_in": 1.5}),
                json!({"expires_in": "soon"}),
                json!({"expires_in": "d"}),
                json!({"expires_in": true}),
                json!({"name": 5}),
                json!({"name": "x".repeat(256)}),
            ],
            422,
            VALIDATION,
        ),
        (
            "PATCH",
            "/v1/persisted_tokens/11".into(),
            vec![json!({"persisted_token": {"name": ""}}), Value::Null],
            422,
            VALIDATION,
        ),
        (
            "PATCH",
            "/v1/persisted_tokens/1".into(),
            vec![json!({"persisted_token": {"name": "A"}})],
            404,
            "not_found",
        ),
        ("DELETE", "/v1/persisted_tokens/1/revoke".into(), vec![Value::Null], 404, "not_found"),
        (
            "PUT",
            format!("/v1/agent/profile?agent_id={AGENT}"),
            vec![
                Value::Null,
                json!([]),
                json!({"looks": {}}),
                json!({"brand": 5}),
                json!({"brand": {"unknown": 1}}),
                json!({"brand": {"keywords": "one"}}),
                json!({"identity": {"name": ""}}),
                json!({"identity": {"use_character": "yes"}}),
                json!({"voice": {"unknown": 1}}),
                json!({"voice": {"default_voice": {}}}),
            ],
            422,
            VALIDATION,
        ),
        ("GET", "/v1/agent/profile".into(), vec![Value::Null], 422, VALIDATION),
        ("GET", "/v1/agent/profile?agent_id=nobody".into(), vec![Value::Null], 422, "agent_not_found"),
    ]
}
