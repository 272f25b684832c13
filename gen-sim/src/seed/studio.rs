//! People, organizations, voices and agents.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{BLANK_AGENT, OTHER_AGENT, SEEDED_AGENT, object, uuid};
use crate::world::{
    Agent, Automation, Avatar, Conversation, Message, Organization, Token, User, Voice, World,
};
use crate::{DEMO_KEY, OTHER_KEY, VIEWER_KEY};

const TIDEWATER: u64 = 10;
const HARBOUR: u64 = 20;
const ROSA: u64 = 11;
const VERA: u64 = 12;
const HANA: u64 = 13;
const DAY_MS: u64 = 24 * 3600 * 1000;

/// Puts the people and what belongs to them into the world.
pub fn people_and_agents(world: &mut World, now: u64) {
    world.users = vec![
        user(ROSA, DEMO_KEY, "Rosa Lindqvist", "rosa", now),
        user(VERA, VIEWER_KEY, "Vera Aalto", "vera", now),
        user(HANA, OTHER_KEY, "Hana Moreau", "hana", now),
    ];
    world.tokens = world.users.iter().map(|user| token(user, now)).collect();
    world.organizations = vec![
        organization(TIDEWATER, "Tidewater Studio", 1, (8412.0, 50.0), &[(ROSA, "owner"), (VERA, "viewer")]),
        organization(HARBOUR, "Harbour Lane Media", 11, (640.0, 0.0), &[(ROSA, "manager"), (HANA, "owner")]),
    ];
    world.voices = vec![
        voice("vc_maren", "Maren", "user_designed", "female", Some(SEEDED_AGENT)),
        voice("vc_jonas", "Jonas", "user_trained", "male", Some(SEEDED_AGENT)),
        voice("21m00Tcm4TlvDq8ikWAM", "Rachel", "public", "female", None),
        voice("AZnzlk1XvdvUeBnXmlld", "Isla", "public", "female", None),
        voice("TxGEqnHWrfWFTfGW9XjX", "Tobias", "public", "male", None),
        voice("pNInz6obpgDQGcFmaJgB", "Edwin", "public", "male", None),
    ];
    world.agents = vec![
        agent(
            SEEDED_AGENT,
            TIDEWATER,
            "Kiln & Tide",
            Some("A two-person ceramics studio on the North Sea coast."),
            &[1, 4],
            kiln_and_tide(),
        ),
        agent(BLANK_AGENT, TIDEWATER, "Wood Firing Diary", None, &[], Map::new()),
        agent(
            OTHER_AGENT,
            HARBOUR,
            "Harbour Lane",
            Some("Small stories from a working harbour."),
            &[11],
            harbour_lane(),
        ),
    ];
    world.conversations = conversations(now);
}

fn kiln_and_tide() -> Map<String, Value> {
    object(json!({
        "brand_name": "Kiln & Tide",
        "description": "A two-person ceramics studio on the North Sea coast. We throw tableware in small batches and glaze it with ash, salt and sand from our own beach. We show how things are made, what they cost, and what goes wrong.",
        "identity_type": "brand",
        "goal": "growth,sales",
        "target_platforms": ["tiktok", "instagram"],
        "shortform": true,
        "longform": false,
        "onboarding_status": "active",
        "keywords": ["ash glaze", "wheel throwing", "kiln opening", "handmade mugs", "celadon"],
        "monitored": [
            {"handle": "https://tiktok.com/@claylab", "item_type": "account"},
            {"handle": "https://tiktok.com/@studio.oma", "item_type": "account"},
            {"handle": "https://tiktok.com/@kilnwatch", "item_type": "account"},
            {"handle": "https://instagram.com/tidepottery", "item_type": "account"},
            {"handle": "potterytok", "item_type": "hashtag"},
            {"handle": "wheelthrown", "item_type": "hashtag"},
            {"handle": "food safe glaze", "item_type": "keyword"}
        ],
        "research_topics": [
            {"topic": "energy prices for electric kilns in northern Europe"},
            {"topic": "new EU rules on lead and cadmium in glazes"},
            {"topic": "craft fairs and markets between Hamburg and Amsterdam this season"}
        ],
        "linked_accounts": [
            {"id": 42, "url": "https://tiktok.com/@kilnandtide", "platform": "tiktok", "display_name": "Kiln & Tide"},
            {"id": 43, "url": "https://instagram.com/kilnandtide", "platform": "instagram", "display_name": "Kiln & Tide"}
        ],
        "personality": "Voice\nDry, warm, exact. Says temperatures and prices out loud. Talks to one person across the bench, never to \"guys\". Short sentences; lets the clay make the sound.\n\nBackstory\nRosa learned to throw in a boatshed that flooded twice a year, which is why everything in the studio stands on legs. Jonas fires. He keeps a notebook of every cone since 2009 and believes the notebook over the pyrometer. They argue about celadon.\n\nRules\nNever promise that a glaze will come out the same. Never say \"satisfying\". Name the material, the temperature and the cost in every script. When something breaks, show it. End on an object, not on a face.\n\nWhat it likes\nThe ping of a cooling kiln. A foot ring that sits flat. Customers who come back for the second mug. Sand that was a beach this morning.",
        "default_user_voice": {"voice_id": "vc_maren", "name": "Maren", "source": "user_designed"}
    }))
}

fn harbour_lane() -> Map<String, Value> {
    object(json!({
        "brand_name": "Harbour Lane",
        "description": "Small stories from a working harbour: nets, engines, weather and the people who mend them.",
        "identity_type": "character",
        "goal": "authority",
        "target_platforms": ["youtube", "tiktok"],
        "shortform": true,
        "longform": true,
        "onboarding_status": "profile_complete",
        "keywords": ["harbour life", "net mending", "lighthouse"],
        "monitored": [{"handle": "https://tiktok.com/@dockside", "item_type": "account"}, {"handle": "harbourlife", "item_type": "hashtag"}],
        "research_topics": [{"topic": "fishing quotas in the North Sea"}],
        "linked_accounts": [{"id": 51, "url": "https://youtube.com/@harbourlane", "platform": "youtube", "display_name": "Harbour Lane"}],
        "personality": "An old harbour master who has seen every weather and trusts none of it.",
        "default_user_voice": {"voice_id": "TxGEqnHWrfWFTfGW9XjX", "name": "Tobias", "source": "public"}
    }))
}

fn conversations(now: u64) -> Vec<Conversation> {
    let spoken = |role: &str, content: &str, days: u64| Message {
        role: role.to_owned(),
        content: content.to_owned(),
        data: Value::Null,
        created_ms: now - days * DAY_MS,
    };
    vec![
        Conversation {
            id: "conv_winter_glaze".to_owned(),
            agent_id: SEEDED_AGENT.to_owned(),
            title: Some("Winter glaze week".to_owned()),
            pinned: true,
            created_ms: now - 6 * DAY_MS,
            updated_ms: now - DAY_MS,
            messages: vec![
                spoken(
                    "user",
                    "Generate 5 content ideas grounded in this week's trends. Show what things cost.",
                    6,
                ),
                spoken(
                    "assistant",
                    "Here are 5 ideas, the strongest hook first. Kiln openings are up on three of the accounts you watch.",
                    6,
                ),
                spoken("user", "Make both hooks shorter and say the price in the first second.", 1),
                spoken("assistant", "Done. The ideas are changed as you asked.", 1),
            ],
            newest_ideas: Vec::new(),
        },
        Conversation {
            id: "conv_market_day".to_owned(),
            agent_id: SEEDED_AGENT.to_owned(),
            title: Some("Market day".to_owned()),
            pinned: false,
            created_ms: now - 12 * DAY_MS,
            updated_ms: now - 11 * DAY_MS,
            messages: vec![
                spoken("user", "remember: always use statement hooks, never questions", 12),
                spoken("assistant", "Remembered: always use statement hooks, never questions", 12),
                spoken("user", "What performed best last week in my niche?", 11),
                spoken(
                    "assistant",
                    "Process videos with a cost or a temperature in the first second held viewers longest this week.",
                    11,
                ),
            ],
            newest_ideas: Vec::new(),
        },
        thread(
            "conv_glaze_prices",
            "What a glaze costs",
            20,
            "What do people ask about glaze prices?",
            "Most ask for the price of one firing. Show the meter and the bill in one frame.",
            now,
        ),
        thread(
            "conv_wheel_basics",
            "Wheel basics",
            33,
            "Generate 3 content ideas about centring",
            "Here are 3 ideas, the strongest hook first.",
            now,
        ),
        thread(
            "conv_shelf_tour",
            "Shelf tour",
            47,
            "list all my current preferences",
            "1. always use statement hooks, never questions",
            now,
        ),
    ]
}

/// A short exchange of so many days ago.
fn thread(id: &str, title: &str, days: u64, asked: &str, answered: &str, now: u64) -> Conversation {
    let message = |role: &str, content: &str| Message {
        role: role.to_owned(),
        content: content.to_owned(),
        data: Value::Null,
        created_ms: now - days * DAY_MS,
    };
    Conversation {
        id: id.to_owned(),
        agent_id: SEEDED_AGENT.to_owned(),
        title: Some(title.to_owned()),
        pinned: false,
        created_ms: now - days * DAY_MS,
        updated_ms: now - days * DAY_MS,
        messages: vec![message("user", asked), message("assistant", answered)],
        newest_ideas: Vec::new(),
    }
}

fn user(id: u64, key: &str, name: &str, username: &str, now: u64) -> User {
    User {
        id,
        key: key.to_owned(),
        name: name.to_owned(),
        username: username.to_owned(),
        email: format!("{username}@tidewater.example"),
        created_ms: now - 400 * DAY_MS,
    }
}

fn organization(
    id: u64,
    name: &str,
    scene: usize,
    (generic, aura): (f64, f64),
    members: &[(u64, &str)],
) -> Organization {
    let members: BTreeMap<u64, String> =
        members.iter().map(|(user, role)| (*user, (*role).to_owned())).collect();
    Organization {
        id,
        uuid: uuid(id),
        name: name.to_owned(),
        scene,
        generic,
        aura,
        plan: "Pro".to_owned(),
        members,
        picture: None,
    }
}

fn voice(voice_id: &str, name: &str, source: &str, gender: &str, agent_id: Option<&str>) -> Voice {
    Voice {
        voice_id: voice_id.to_owned(),
        name: name.to_owned(),
        source: source.to_owned(),
        gender: gender.to_owned(),
        agent_id: agent_id.map(str::to_owned),
        language: Some("English".to_owned()),
        description: None,
    }
}

fn agent(
    id: &str,
    organization_id: u64,
    name: &str,
    description: Option<&str>,
    scenes: &[usize],
    core: Map<String, Value>,
) -> Agent {
    let avatars = scenes.iter().enumerate().map(|(n, scene)| Avatar {
        id: organization_id * 100 + n as u64 + 1,
        scene: *scene,
        is_primary: n == 0,
        degod_avatar_id: None,
        picture: None,
    });
    Agent {
        id: id.to_owned(),
        organization_id,
        name: name.to_owned(),
        description: description.map(str::to_owned),
        time_zone: Some("Europe/Berlin".to_owned()),
        avatars: avatars.collect(),
        core,
        preferences: Vec::new(),
        automation: Automation::default(),
        elevenlabs_key: None,
        profile: Map::new(),
    }
}

/// Every user came with one key; it is in the list of keys like those made later.
fn token(user: &User, now: u64) -> Token {
    Token {
        id: user.id,
        user: user.id,
        name: "Reelsheet".to_owned(),
        secret: user.key.clone(),
        created_ms: now - 30 * DAY_MS,
        expires_ms: None,
        last_used_ms: None,
        revoked_ms: None,
    }
}
