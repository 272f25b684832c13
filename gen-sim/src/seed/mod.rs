//! The demo studio: what a fresh simulator knows.

mod ideas;
mod stories;
mod studio;
mod templates;
mod vidsheet;

pub use vidsheet::{blank_vidsheet, vidsheet_from};

use crate::world::World;

/// The seeded world as it is `now` (milliseconds since 1970).
pub fn studio(seed: u64, now: u64) -> World {
    let mut world = World {
        seed,
        last_id: 9000,
        ..World::default()
    };
    studio::people_and_agents(&mut world, now);
    world.templates = templates::templates();
    ideas::ideas(&mut world, now);
    vidsheet::spring_glazes(&mut world, now);
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

/// The agents of the seeded studio, by what they are.
pub const KILN_AND_TIDE: &str = "ag_kiln_tide_7f3k";
pub const WOOD_FIRING: &str = "ag_wood_firing_2m9x";
pub const HARBOUR_LANE: &str = "ag_harbour_lane_5q1c";
