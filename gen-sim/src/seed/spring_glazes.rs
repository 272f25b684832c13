//! "Spring glazes": the seeded vidsheet, its rows in different stages of work.

use serde_json::{Value, json};

use super::stories::{STORIES, Story};
use super::vidsheet::{blank_vidsheet, column, empty_row, layers};
use super::{SEEDED_AGENT, SEEDED_VIDSHEET, object};
use crate::world::{Cell, Job, Make, Resource, World};
use crate::{credits, variables};

/// How far a seeded row is.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Stage {
    Hook,
    Script,
    Hero,
    Voice,
    Broll,
    Final,
}

use Stage::{Broll, Final, Hero, Hook, Script, Voice};

/// Per row: the story, how far it is, how many B-roll takes, and the reason the last generation failed, if it did.
const ROWS: &[(usize, Stage, usize, Option<&str>)] = &[
    (0, Final, 2, None),
    (1, Final, 1, None),
    (2, Final, 3, None),
    (3, Broll, 3, None),
    (4, Broll, 1, None),
    (5, Voice, 0, None),
    (6, Voice, 0, Some("The prompt was refused by the model: \"lying to you\". Edit it and try again.")),
    (7, Voice, 0, None),
    (8, Hero, 0, None),
    (9, Hook, 0, None),
    (10, Final, 1, None),
    (11, Final, 2, None),
    (12, Script, 0, None),
    (13, Final, 1, None),
    (14, Broll, 2, None),
    (15, Hero, 0, None),
    (16, Script, 0, None),
    (17, Voice, 0, Some("The model did not answer within 5 minutes. The credits were refunded.")),
    (18, Broll, 1, None),
    (19, Final, 1, None),
    (20, Broll, 1, None),
    (21, Voice, 0, None),
    (22, Hook, 0, None),
    (23, Script, 0, None),
];

const COLUMNS: &[(&str, &str, &str)] = &[
    ("HOOK", "text", "ingredient"),
    ("SCRIPT", "text", "ingredient"),
    ("HERO", "image", "ingredient"),
    ("VOICE", "audio", "ingredient"),
    ("B-ROLL", "video", "ingredient"),
    ("VIDEO", "video", "video"),
    ("FINAL VIDEO", "video", "final_video"),
    ("STATS", "stats", "stats"),
];
const MINUTE_MS: u64 = 60_000;

/// The seeded vidsheet of 24 rows in different stages of work.
pub fn spring_glazes(world: &mut World, now: u64) {
    let start = now - 5 * 24 * 60 * MINUTE_MS;
    let mut sheet = blank_vidsheet(world, SEEDED_AGENT, "Spring glazes", start);
    sheet.id = SEEDED_VIDSHEET;
    sheet.slug = "spring-glazes".to_owned();
    sheet.is_default = true;
    sheet.variables = [
        ("brand", "Kiln & Tide"),
        ("kiln", "the kiln"),
        ("years", "eleven years"),
        ("join", "join"),
        ("beach", "Westerhever beach"),
        ("shelf", "shelf"),
        ("studio_light", "soft morning light from the left"),
        ("brand_palette", "sand, slate blue and terracotta"),
    ]
    .map(|(key, value)| (key.to_owned(), value.to_owned()))
    .to_vec();
    sheet.columns =
        COLUMNS.iter().map(|(title, kind, role)| column(world, title, kind, role, start)).collect();
    for (n, _) in ROWS.iter().enumerate() {
        let row = empty_row(world, &sheet, start + n as u64 * MINUTE_MS);
        sheet.rows.push(row);
    }
    let id = sheet.id;
    world.vidsheets.push(sheet);
    for (n, (story, stage, takes, failure)) in ROWS.iter().enumerate() {
        let at = now - (ROWS.len() as u64 - n as u64) * 17 * MINUTE_MS;
        fill_row(world, id, n, &STORIES[*story], (*stage, *takes, *failure), at);
    }
}

fn fill_row(
    world: &mut World,
    sheet: u64,
    row: usize,
    story: &Story,
    (stage, takes, failure): (Stage, usize, Option<&str>),
    at: u64,
) {
    let cells: Vec<u64> = world
        .vidsheets
        .iter()
        .filter(|found| found.id == sheet)
        .flat_map(|found| &found.rows[row].cells)
        .map(|cell| cell.id)
        .collect();
    let [hook, script, hero, voice, broll, video, final_video, _] = cells[..] else {
        return;
    };
    set(world, sheet, hook, |cell| cell.value = json!(story.title));
    if stage >= Script {
        let prompt = format!("Write a {} second script for: {}", story.seconds, story.title);
        let data = json!({"prompt": prompt, "model": "gemini_2_5_pro"});
        let text = story.script.to_owned();
        take(world, sheet, script, "text", data, |_| Outcome::Text(text), at);
        set(world, sheet, script, |cell| {
            cell.attributes = object(json!({"textMode": "ai", "model": "gemini_2_5_pro", "prompt": prompt}))
        });
    }
    if stage >= Hero {
        let prompt = format!(
            "Still life for \"{}\", {{{{studio_light}}}}, palette of {{{{brand_palette}}}}",
            story.title
        );
        let data = json!({"prompt": prompt, "model": "gemini_pro_image", "aspect_ratio": "1:1"});
        let picture =
            Make::Picture { scene: story.scene, ratio: "1:1".to_owned(), caption: story.title.to_owned() };
        take(world, sheet, hero, "image_from_text", data, |_| Outcome::File(picture), at + MINUTE_MS);
        set(world, sheet, hero, |cell| {
            cell.attributes = object(json!({"prompt": prompt, "model": "gemini_pro_image", "ratio": "1:1"}))
        });
    }
    if stage >= Voice {
        let data = json!({"script": story.script, "voice_method": "my_voices", "voice_id": "vc_maren"});
        let spoken = variables::fill(world, sheet, voice, &Value::Null, story.script);
        let speech = Make::Speech { script: spoken, voice: "vc_maren".to_owned() };
        take(world, sheet, voice, "speech_from_text", data, |_| Outcome::File(speech), at + 2 * MINUTE_MS);
    }
    let prompt = format!(
        "Locked-off close shot, 9:16. {} {{{{studio_light}}}}. No text, in the palette of {{{{brand_palette}}}}.",
        story.hook
    );
    let data = json!({"prompt": prompt, "model": "seedance_pro", "aspect_ratio": "9:16", "duration": 5});
    for n in 0..takes {
        // Earlier takes look different; the last one is the one that is shown.
        let scene = (story.scene + (takes - 1 - n) * 4) % crate::media::SCENES;
        let clip = Make::Clip { scene, ratio: "9:16".to_owned() };
        take(
            world,
            sheet,
            broll,
            "video_from_text",
            data.clone(),
            |_| Outcome::File(clip),
            at + (3 + 2 * n as u64) * MINUTE_MS,
        );
    }
    if let Some(reason) = failure {
        take(
            world,
            sheet,
            broll,
            "video_from_text",
            data,
            |_| Outcome::Failed(reason.to_owned()),
            at + 3 * MINUTE_MS,
        );
    }
    if stage >= Voice {
        let attributes = json!({"prompt": prompt, "model": "seedance_pro", "ratio": "9:16", "duration": 5});
        set(world, sheet, broll, |cell| cell.attributes = object(attributes));
        let count = if stage >= Broll { 4 + row % 3 } else { 3 };
        let sources = shown(world, sheet, &[broll, voice]);
        let stack = layers(world, &sources, story.seconds, count, at);
        set(world, sheet, video, |cell| cell.layers = stack);
    }
    if stage >= Final {
        let clip = Make::Clip { scene: story.scene, ratio: "9:16".to_owned() };
        take(world, sheet, final_video, "render", json!({}), |_| Outcome::File(clip), at + 12 * MINUTE_MS);
    }
}

enum Outcome {
    Text(String),
    File(Make),
    Failed(String),
}

/// A finished generation on a cell, as if it had been made `at` that time. The seed charges nothing for it.
fn take(
    world: &mut World,
    sheet: u64,
    cell: u64,
    card: &str,
    data: Value,
    outcome: impl FnOnce(u64) -> Outcome,
    at: u64,
) {
    let id = world.new_id();
    let (status, result, failed_reason, made) = match outcome(id) {
        Outcome::Text(text) => ("completed", Value::String(text), None, None),
        Outcome::File(make) => ("completed", Value::Null, None, Some(make)),
        Outcome::Failed(reason) => ("failed", Value::Null, Some(reason), None),
    };
    let outputs: Vec<u64> = made.map(|make| file(world, sheet, id, make, at)).into_iter().collect();
    let organization_id =
        world.agents.iter().find(|agent| agent.id == SEEDED_AGENT).map_or(0, |agent| agent.organization_id);
    let job = Job {
        id,
        card: card.to_owned(),
        organization_id,
        agent_id: SEEDED_AGENT.to_owned(),
        vidsheet_id: sheet,
        cell_id: cell,
        layer_id: None,
        cost: credits::price(card, &data),
        data,
        status: status.to_owned(),
        result: result.clone(),
        failed_reason,
        outputs,
        charged: status == "completed",
        will_fail: None,
        created_ms: at,
        starts_ms: at,
        done_ms: at,
    };
    world.jobs.insert(id, job);
    set(world, sheet, cell, |cell| {
        cell.jobs.push(id);
        cell.updated_ms = at;
        if status == "completed" {
            cell.default_job = Some(id);
        }
        if result.is_string() {
            cell.value = result;
        }
    });
}

fn file(world: &mut World, sheet: u64, job: u64, make: Make, at: u64) -> u64 {
    let id = world.new_id();
    let name = match &make {
        Make::Picture { .. } => format!("hero-{id}.png"),
        Make::Speech { .. } => format!("voiceover-{id}.wav"),
        Make::Clip { .. } | Make::Film(_) | Make::Stored { .. } => format!("clip-{id}.mp4"),
    };
    let resource = Resource {
        id,
        agent_id: SEEDED_AGENT.to_owned(),
        vidsheet_id: Some(sheet),
        job: Some(job),
        folder_id: None,
        name,
        created_ms: at,
        make,
    };
    world.resources.insert(id, resource);
    id
}

/// The paths of what these cells show, for the layers that use them.
fn shown(world: &mut World, sheet: u64, cells: &[u64]) -> Vec<String> {
    let jobs: Vec<Option<u64>> =
        cells.iter().map(|cell| world.cell_mut(sheet, *cell).and_then(|cell| cell.default_job)).collect();
    let path = |job: &Option<u64>| {
        let id = *world.jobs.get(&(*job)?)?.outputs.first()?;
        let resource = world.resources.get(&id)?;
        Some(format!("/media/files/{id}/{}", resource.name))
    };
    jobs.iter().map(|job| path(job).unwrap_or_default()).collect()
}

fn set(world: &mut World, sheet: u64, cell: u64, change: impl FnOnce(&mut Cell)) {
    if let Some(cell) = world.cell_mut(sheet, cell) {
        change(cell);
    }
}
