//! What a finished generation or render leaves behind: its result and its files.

use serde_json::{Value, json};

use crate::world::{Job, Make, Resource, World};
use crate::{films, media, variables, writing};

/// The result and the ids of the output resources of a job that succeeds.
pub fn produce(world: &mut World, job: &Job, now: u64) -> (Value, Vec<u64>) {
    let text = |field: &str| job.data.get(field).and_then(Value::as_str).unwrap_or("");
    let filled =
        |world: &World, field| variables::fill(world, job.vidsheet_id, job.cell_id, &job.data, text(field));
    let prompt = filled(world, "prompt");
    let asked = text("aspect_ratio");
    let ratio = if asked.is_empty() { "9:16" } else { asked }.to_owned();
    let salt = job.id.wrapping_add(world.seed);
    let look = Look::of_row(world, job);
    let scene =
        |salt| media::scene_for(&prompt).or(look.scene).unwrap_or_else(|| media::any_scene(&prompt, salt));
    let makes = match job.card.as_str() {
        "text" => return (Value::String(writing::write(&prompt, salt)), Vec::new()),
        "captions" => {
            return (json!({"captions": writing::captions(&row_script(world, job))}), Vec::new());
        }
        "media" => {
            let existing = job.data.get("content_resource_id").and_then(crate::answer::id_of);
            return (Value::Null, existing.into_iter().collect());
        }
        "image_from_text" => {
            let count = job.data.get("number_of_images").and_then(Value::as_u64).unwrap_or(1).clamp(1, 8);
            let picture =
                |n| Make::Picture { scene: scene(salt + n), ratio: ratio.clone(), caption: prompt.clone() };
            (0..count).map(picture).collect()
        }
        "train_social" => return (found(job), Vec::new()),
        "publish_content" => {
            let post_id =
                format!("74{:017}", writing::hash(&format!("post {}", job.id)) % 100_000_000_000_000_000);
            return (json!({"post_id": post_id}), Vec::new());
        }
        "speech_from_text" | "voice_preview" => {
            vec![Make::Speech { script: filled(world, "script"), voice: text("voice_id").to_owned() }]
        }
        // A render has neither prompt nor ratio of its own: it looks like what it is made of.
        "render" => {
            let ratio = look.clip_ratio.clone().unwrap_or(ratio);
            vec![Make::Film(Box::new(films::film(world, job, ratio, scene(salt))))]
        }
        _ => vec![Make::Clip { scene: scene(salt), ratio }],
    };
    let outputs = makes.into_iter().map(|make| keep(world, job, make, now)).collect();
    (Value::Null, outputs)
}

/// Puts one output into the content resources.
fn keep(world: &mut World, job: &Job, make: Make, now: u64) -> u64 {
    let id = world.new_id();
    let (stem, ending) = match (&make, job.card.as_str()) {
        (Make::Picture { .. }, _) => ("image", "png"),
        (Make::Speech { .. }, _) => ("voiceover", "wav"),
        (Make::Film(_), _) => ("final", "mp4"),
        (Make::Clip { .. } | Make::Stored { .. }, _) => ("clip", "mp4"),
    };
    let resource = Resource {
        id,
        agent_id: job.agent_id.clone(),
        vidsheet_id: Some(job.vidsheet_id).filter(|id| *id != 0),
        folder_id: None,
        job: Some(job.id),
        name: format!("{stem}-{id}.{ending}"),
        created_ms: now,
        make,
    };
    world.resources.insert(id, resource);
    id
}

/// What the row of a job already shows, in its other cells.
#[derive(Default)]
struct Look {
    scene: Option<usize>,
    clip_ratio: Option<String>,
}

impl Look {
    fn of_row(world: &World, job: &Job) -> Look {
        let sheet = world.vidsheets.iter().find(|sheet| sheet.id == job.vidsheet_id);
        let row = sheet.and_then(|sheet| sheet.row_of(job.cell_id));
        // The last columns are nearest to the finished video.
        let cells = row.into_iter().flat_map(|row| row.cells.iter().rev());
        let others = cells.filter(|cell| cell.id != job.cell_id);
        let shown =
            others.filter_map(|cell| world.jobs.get(&cell.default_job?)).flat_map(|done| &done.outputs);
        let mut look = Look::default();
        for made in shown.filter_map(|id| world.resources.get(id)).map(|resource| &resource.make) {
            if let Make::Picture { scene, .. } | Make::Clip { scene, .. } = made {
                look.scene = look.scene.or(Some(*scene));
            }
            if let Make::Clip { ratio, .. } = made {
                look.clip_ratio = look.clip_ratio.or_else(|| Some(ratio.clone()));
            }
        }
        look
    }
}

/// The longest text in the row: what its captions say.
fn row_script(world: &World, job: &Job) -> String {
    let sheet = world.vidsheets.iter().find(|sheet| sheet.id == job.vidsheet_id);
    let cells =
        sheet.and_then(|sheet| sheet.row_of(job.cell_id)).map(|row| row.cells.as_slice()).unwrap_or_default();
    cells.iter().filter_map(|cell| cell.value.as_str()).max_by_key(|text| text.len()).unwrap_or("").to_owned()
}

/// What one look at a platform found; how GEN says it is nowhere documented.
fn found(job: &Job) -> Value {
    let count = job.data.get("max_results").and_then(Value::as_u64).unwrap_or(10);
    json!({"platform": job.data["platform"], "value": job.data["value"], "videos_found": count})
}
