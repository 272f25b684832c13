//! The demo studio: what a fresh simulator knows.

mod ideas;
mod library;
mod spring_glazes;
mod stories;
mod studio;
mod templates;
mod vidsheet;

pub use vidsheet::{blank_vidsheet, vidsheet_from};

use serde_json::{Map, Value};

use crate::world::World;

/// The seeded world as it is `now` (milliseconds since 1970).
pub fn studio(seed: u64, now: u64) -> World {
    let mut world = World { seed, last_id: 9000, ..World::default() };
    studio::people_and_agents(&mut world, now);
    world.templates = templates::templates();
    ideas::ideas(&mut world, now);
    spring_glazes::spring_glazes(&mut world, now);
    // What came later in the making of this seed stands last, so that ids that were noted before stay right.
    ideas::older_ideas(&mut world, now);
    library::library(&mut world, now);
    world
}

/// Something shaped like a UUID, the same for the same number.
pub fn uuid(number: u64) -> String {
    let a = crate::writing::hash(&format!("uuid a {number}"));
    let b = crate::writing::hash(&format!("uuid b {number}"));
    format!(
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        a & 0xffff_ffff,
        (a >> 32) & 0xffff,
        (b >> 40) & 0xfff,
        (a >> 44) & 0xfff,
        b & 0xffff_ffff_ffff
    )
}

/// The agent with a full core, ideas and a vidsheet: Kiln & Tide, in Tidewater Studio.
pub const SEEDED_AGENT: &str = "ag_kiln_tide_7f3k";
/// An agent of Tidewater Studio that nobody has set up yet.
pub const BLANK_AGENT: &str = "ag_wood_firing_2m9x";
/// The agent of Harbour Lane Media.
pub const OTHER_AGENT: &str = "ag_harbour_lane_5q1c";
/// "Spring glazes" of [`SEEDED_AGENT`]: GEN lists no vidsheets, so whoever wants it must know its id.
pub const SEEDED_VIDSHEET: u64 = 4100;

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
