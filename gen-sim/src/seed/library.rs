//! The asset library of the seeded studio: folders of pictures and voices, more than fit on a page.

use super::SEEDED_AGENT;
use crate::media::SCENES;
use crate::world::{Folder, Make, Resource, World};

const DAY_MS: u64 = 24 * 3600 * 1000;
/// Name, the folder it lies in, and how many pictures and voices it holds.
const FOLDERS: &[(&str, Option<usize>, usize, usize)] = &[
    ("Brand", None, 6, 0),
    ("Kiln", None, 12, 2),
    ("Kiln openings", Some(1), 8, 0),
    ("Glaze tests", None, 10, 0),
    ("Voices", None, 0, 10),
    ("Market days", None, 8, 4),
];

/// 60 files in six folders, all older than what the vidsheet made.
pub fn library(world: &mut World, now: u64) {
    let mut ids: Vec<u64> = Vec::new();
    for (n, (name, parent, pictures, voices)) in FOLDERS.iter().enumerate() {
        let created_ms = now - (90 - n as u64) * DAY_MS;
        let id = world.new_id();
        let parent = parent.and_then(|parent| ids.get(parent).copied());
        ids.push(id);
        let agent_id = SEEDED_AGENT.to_owned();
        world.folders.insert(id, Folder { id, agent_id, name: (*name).to_owned(), parent, created_ms });
        let stem = name.to_lowercase().replace(' ', "-");
        for at in 0..*pictures {
            let ratio = ["1:1", "9:16", "16:9"][at % 3].to_owned();
            let make = Make::Picture { scene: (n * 5 + at) % SCENES, ratio, caption: String::new() };
            keep(world, id, format!("{stem}-{:02}.png", at + 1), make, created_ms + at as u64 * 60_000);
        }
        for at in 0..*voices {
            let script = format!("{name}, recording {}. The kiln is warm and the tide is out.", at + 1);
            let make = Make::Speech { script, voice: "vc_jonas".to_owned() };
            keep(world, id, format!("{stem}-{:02}.wav", at + 1), make, created_ms + at as u64 * 90_000);
        }
    }
}

fn keep(world: &mut World, folder: u64, name: String, make: Make, created_ms: u64) {
    let id = world.new_id();
    let resource = Resource {
        id,
        agent_id: SEEDED_AGENT.to_owned(),
        vidsheet_id: None,
        job: None,
        name,
        created_ms,
        folder_id: Some(folder),
        make,
    };
    world.resources.insert(id, resource);
}
