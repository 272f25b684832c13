//! What a render shows: read from the layers of its row at the moment it is made.

use serde_json::{Map, Value};

use crate::media::{Film, LAYER_RATE, Shown, What};
use crate::variables;
use crate::world::{Job, Layer, Make, Resource, World};
use crate::writing;

/// Without layers that say more, a film is this long, in frames.
const USUAL: u64 = 6 * LAYER_RATE;
const LONGEST: u64 = 60 * LAYER_RATE;

/// The film of a render, in this ratio, of this scene where the layers show nothing.
pub fn film(world: &World, job: &Job, ratio: String, scene: usize) -> Film {
    let sheet = world.vidsheets.iter().find(|sheet| sheet.id == job.vidsheet_id);
    let row = sheet.and_then(|sheet| sheet.row_of(job.cell_id));
    let cells = row.map(|row| row.cells.as_slice()).unwrap_or_default();
    let layers: Vec<&Layer> = cells.iter().flat_map(|cell| &cell.layers).collect();
    let end = |layer: &&Layer| timing(layer, USUAL).0 + timing(layer, USUAL).1;
    let frames = layers.iter().map(end).max().unwrap_or(USUAL).clamp(LAYER_RATE, LONGEST);
    let script =
        cells.iter().filter_map(|cell| cell.value.as_str()).max_by_key(|text| text.len()).unwrap_or("");
    let mut shown: Vec<Shown> =
        layers.iter().filter_map(|layer| show(world, job, layer, frames, script)).collect();
    if !shown.iter().any(|layer| matches!(layer.what, What::Scene { .. })) {
        let what = What::Scene { scene, moving: true };
        shown.insert(0, Shown { from: 0, frames, place: None, what });
    }
    let first = shown.iter().find_map(|layer| match layer.what {
        What::Scene { scene, .. } => Some(scene),
        _ => None,
    });
    Film { ratio, frames, scene: first.unwrap_or(scene), layers: shown }
}

fn show(world: &World, job: &Job, layer: &Layer, whole: u64, script: &str) -> Option<Shown> {
    let (from, frames) = timing(layer, whole);
    let attributes = &layer.attributes;
    let styles = attributes.get("styles").and_then(Value::as_object).cloned().unwrap_or_default();
    let what = match layer.kind.as_str() {
        "text" => {
            let written = attributes.get("content").and_then(Value::as_str)?;
            let words = variables::fill(world, job.vidsheet_id, job.cell_id, &Value::Null, written);
            let size = styles.get("fontSize").and_then(number).unwrap_or(48.0);
            let background = colour(&styles, "backgroundColor");
            What::Text { words, size, colour: colour(&styles, "color").unwrap_or([255; 3]), background }
        }
        "caption" | "captions" => {
            let words = spoken(attributes, script, from as f32 / LAYER_RATE as f32);
            What::Captions { words, colour: colour(&styles, "color").unwrap_or([255; 3]) }
        }
        "shape" => What::Colour(colour(&styles, "fill").unwrap_or([128; 3])),
        _ => match &source(world, layer)?.make {
            Make::Picture { scene, .. } => What::Scene { scene: *scene, moving: false },
            Make::Clip { scene, .. } => What::Scene { scene: *scene, moving: true },
            Make::Film(film) => What::Scene { scene: film.scene, moving: true },
            Make::Speech { script, voice } => What::Sound {
                script: script.clone(),
                voice: voice.clone(),
                volume: styles.get("volume").and_then(number).unwrap_or(1.0).clamp(0.0, 1.0),
                skip: attributes.get("startFromSound").and_then(Value::as_u64).unwrap_or(0),
            },
            Make::Stored { .. } => return None,
        },
    };
    let side = |name: &str| attributes.get(name).and_then(number);
    let place = match (side("width"), side("height")) {
        (Some(wide), Some(high)) => {
            Some([side("left").unwrap_or(0.0), side("top").unwrap_or(0.0), wide, high])
        }
        _ => None,
    };
    Some(Shown { from, frames, place, what })
}

/// First frame and number of frames.
fn timing(layer: &Layer, whole: u64) -> (u64, u64) {
    let frames = |name: &str| layer.attributes.get(name).and_then(Value::as_u64);
    let from = frames("from").unwrap_or(0).min(LONGEST);
    (from, frames("durationInFrames").unwrap_or(whole.saturating_sub(from)).min(LONGEST))
}

/// The file that a layer shows: of its own chosen generation, else the one its `src` names.
fn source<'a>(world: &'a World, layer: &Layer) -> Option<&'a Resource> {
    let made = layer.default_job.and_then(|id| world.jobs.get(&id)).and_then(|job| job.outputs.first());
    let named = layer.attributes.get("src").and_then(Value::as_str).and_then(|src| {
        let (_, after) = src.split_once("/media/files/")?;
        after.split('/').next()?.parse().ok()
    });
    world.resources.get(&made.copied().or(named)?)
}

/// The words of a captions layer: its own, else those of the row's script, in even steps.
fn spoken(attributes: &Map<String, Value>, script: &str, from: f32) -> Vec<(String, f32, f32)> {
    let own = attributes.get("captions").and_then(Value::as_array).cloned().unwrap_or_default();
    let nested = own.iter().flat_map(|line| line["words"].as_array().cloned().unwrap_or_default());
    let timed: Vec<(String, f32, f32)> =
        own.iter().cloned().chain(nested).filter_map(|word| timed_word(&word)).collect();
    if !timed.is_empty() {
        return timed;
    }
    writing::captions(script)
        .iter()
        .filter_map(timed_word)
        .map(|(word, a, b)| (word, a + from, b + from))
        .collect()
}

/// `{word, start, end}` in seconds, or `{word, startMs, endMs}`.
fn timed_word(word: &Value) -> Option<(String, f32, f32)> {
    let text = word["word"].as_str()?.to_owned();
    let time = |seconds: &str, thousandths: &str| {
        number(&word[seconds]).or_else(|| number(&word[thousandths]).map(|time| time / 1000.0))
    };
    Some((text, time("start", "startMs")?, time("end", "endMs")?))
}

/// A number, or text that starts like one: `64px`.
fn number(value: &Value) -> Option<f32> {
    match value {
        Value::Number(number) => number.as_f64().map(|number| number as f32),
        Value::String(text) => text.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok(),
        _ => None,
    }
}

/// `#rrggbb`.
fn colour(styles: &Map<String, Value>, name: &str) -> Option<[u8; 3]> {
    let digits = styles.get(name)?.as_str()?.strip_prefix('#')?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}
