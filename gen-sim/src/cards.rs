//! Creation cards: which generation types there are, and what each must be given.

use serde_json::Value;

use crate::answer::{Problem, id_of};
use crate::world::World;

/// GEN's name of a generation type; older clients send the internal names of the services behind it.
pub fn canonical(asked: &str, data: &Value) -> Option<&'static str> {
    const NAMES: &[&str] = &[
        "text",
        "image_from_text",
        "video_from_text",
        "video_from_image",
        "video_from_ingredients",
        "speech_from_text",
        "lipsync",
        "captions",
        "media",
    ];
    if let Some(name) = NAMES.iter().find(|name| **name == asked) {
        return Some(name);
    }
    let from_image = data.get("image_resource_id").is_some();
    match asked {
        "text_generation" => Some("text"),
        "eleven_labs" => Some("speech_from_text"),
        "midjourney" | "gemini_image_generation" => Some("image_from_text"),
        "kling_image_video" => Some("video_from_image"),
        "sora2_video_generation" | "seedance_video_generation" | "gemini_video_generation" if from_image => {
            Some("video_from_image")
        }
        "kling" | "sora2_video_generation" | "seedance_video_generation" | "gemini_video_generation" => {
            Some("video_from_text")
        }
        _ => None,
    }
}

/// The fields the reference requires, and that every named resource is this agent's.
pub fn check(world: &World, agent_id: &str, card: &str, data: &Value) -> Result<(), Problem> {
    let text = |field: &str| match data.get(field).and_then(Value::as_str) {
        Some(given) if !given.trim().is_empty() => Ok(given.to_owned()),
        _ => Err(Problem::validation(format!("{field} is required"))),
    };
    let resource = |value: &Value, field: &str| {
        let id = id_of(value).ok_or_else(|| Problem::validation(format!("{field} is required")))?;
        let exists = world.resources.get(&id).is_some_and(|resource| resource.agent_id == agent_id);
        exists.then_some(()).ok_or_else(|| Problem::validation(format!("{field}: no such content resource")))
    };
    match card {
        "text" | "image_from_text" => text("prompt").map(drop)?,
        "video_from_text" => text("prompt").map(drop)?,
        "video_from_image" => resource(&data["image_resource_id"], "image_resource_id")?,
        "video_from_ingredients" => {
            text("prompt")?;
            let assets = data["asset_resource_ids"].as_array().filter(|assets| !assets.is_empty());
            let assets = assets.ok_or_else(|| Problem::validation("asset_resource_ids is required"))?;
            assets.iter().try_for_each(|asset| resource(asset, "asset_resource_ids"))?;
        }
        "speech_from_text" => {
            text("script")?;
            match text("voice_method")?.as_str() {
                "my_voices" => text("voice_id").map(drop)?,
                "design_voice" => text("language").and(text("gender")).map(drop)?,
                "clone_voice" => resource(&data["audio_resource_id"], "audio_resource_id")?,
                other => {
                    return Err(Problem::validation(format!("Unknown voice_method: {other}")));
                }
            }
        }
        "lipsync" => {
            text("model")?;
            resource(&data["video_resource_id"], "video_resource_id")?;
            resource(&data["audio_resource_id"], "audio_resource_id")?;
        }
        "captions" => {
            text("model")?;
            resource(&data["source_resource_id"], "source_resource_id")?;
        }
        _ => resource(&data["content_resource_id"], "content_resource_id")?,
    }
    for (field, allowed) in [("aspect_ratio", ratios(card)), ("model", models(card)), ("gender", GENDERS)] {
        let given = data.get(field).and_then(Value::as_str).unwrap_or("");
        if !given.is_empty() && !allowed.is_empty() && !allowed.contains(&given) {
            return Err(Problem::validation(format!("{field} must be one of {}", allowed.join(", "))));
        }
    }
    for file in ["image_tail_resource_id", "content_resource_ids"].iter().filter_map(|field| data.get(*field))
    {
        let files = file.as_array().cloned().unwrap_or_else(|| vec![file.clone()]);
        files.iter().filter(|file| !file.is_null()).try_for_each(|file| resource(file, "resource"))?;
    }
    for (field, is_right, what) in OPTIONAL {
        if data.get(*field).is_some_and(|given| !given.is_null() && !is_right(given)) {
            return Err(Problem::validation(format!("{field} must be {what}")));
        }
    }
    Ok(())
}

/// What may be added to a card, whichever it is.
type Optional = (&'static str, fn(&Value) -> bool, &'static str);
const OPTIONAL: &[Optional] = &[
    ("negative_prompt", Value::is_string, "text"),
    ("variables", Value::is_object, "an object"),
    ("duration", is_count, "a whole number of seconds"),
    ("temperature", |given| given.as_f64().is_some_and(|given| (0.0..=1.0).contains(&given)), "from 0 to 1"),
    ("max_length", is_count, "a whole number"),
    ("number_of_images", is_count, "a whole number"),
    ("enhance_voice", Value::is_boolean, "true or false"),
    ("speed", |given| given.as_f64().is_some_and(|given| given > 0.0), "more than 0"),
    ("language", Value::is_string, "text"),
];
const GENDERS: &[&str] = &["male", "female"];

fn is_count(given: &Value) -> bool {
    given.as_u64().is_some_and(|count| count >= 1)
}

/// The ratios the reference lists per card; empty where it lists none.
fn ratios(card: &str) -> &'static [&'static str] {
    match card {
        "image_from_text" => &["1:1", "9:16", "16:9", "4:3", "3:4"],
        "video_from_text" | "video_from_image" | "video_from_ingredients" => &["1:1", "9:16", "16:9"],
        _ => &[],
    }
}

/// The models the reference lists per card; empty where it lists none.
fn models(card: &str) -> &'static [&'static str] {
    match card {
        "text" => &[
            "gemini_2_0_flash",
            "gemini_2_5_pro",
            "gpt_4o",
            "gpt_4o_mini",
            "o3_mini",
            "o4_mini",
            "claude_sonnet_4",
            "gemini",
            "openai",
        ],
        "image_from_text" => &["gemini_image", "gemini_pro_image", "midjourney"],
        "video_from_text" => &[
            "veo_3",
            "veo_3_fast",
            "veo_3_1",
            "veo_3_1_fast",
            "sora_2",
            "kling_1_6",
            "seedance_pro",
            "seedance_pro_1_5",
        ],
        "video_from_image" => &[
            "kling_2_1",
            "kling_2_6",
            "veo_3",
            "veo_3_fast",
            "veo_3_1",
            "veo_3_1_fast",
            "sora_2",
            "seedance_lite",
            "seedance_pro",
            "seedance_pro_1_5",
        ],
        "video_from_ingredients" => &["pika", "kling_1_6", "seedance_lite", "veo_3_1", "veo_3_1_fast"],
        "lipsync" => &["sync_so", "gen"],
        "captions" => &["gemini"],
        _ => &[],
    }
}
