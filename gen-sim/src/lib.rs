//! A pretend GEN over HTTP: the demo and the tests talk to it instead of the paid service.
//!
//! It is an independent reading of GEN's documentation: it shares no type with our client, so that the
//! two can disagree and a test can notice. What it does not imitate is listed in `DIFFERENCES.md`.

mod answer;
mod cards;
mod clock;
mod control;
mod credits;
mod faults;
mod files;
mod films;
mod form;
mod gate;
mod idea_writing;
mod jobs;
mod media;
mod operations;
mod outputs;
mod research;
mod routes;
mod runs;
mod seed;
mod serve;
mod state;
mod variables;
mod webhooks;
mod wire;
mod world;
mod writing;

use std::net::SocketAddr;
use std::path::PathBuf;

pub use media::{Picture, Ratio, SCENES, draw_picture};
pub use seed::{BLANK_AGENT, OTHER_AGENT, SEEDED_AGENT, SEEDED_VIDSHEET};
pub use serve::GenSim;

/// The key of the studio's owner: every agent of both organizations.
pub const DEMO_KEY: &str = "gen_pat_demo_rosa_4f1c9e7b2a";
/// The key of a viewer in Tidewater Studio: reads everything there, may change nothing (403).
pub const VIEWER_KEY: &str = "gen_pat_demo_vera_81d3c05f6e";
/// The key of a user who belongs to Harbour Lane Media only.
pub const OTHER_KEY: &str = "gen_pat_demo_hana_c27a94be10";

/// How the simulator is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen; port 0 picks a free one.
    pub addr: SocketAddr,
    /// What moves the jobs.
    pub mode: SimMode,
    /// Varies generated text and durations; the seeded studio stays the same.
    pub seed: u64,
    /// Enforce the reference to the letter: `agent_id` in the query only, bodies wrapped.
    pub strict: bool,
    /// Keep the world in this folder, so that it survives a restart.
    pub data_dir: Option<PathBuf>,
    /// Base of the media URLs (scheme, host, port); the simulator's own address when absent.
    pub media_host: Option<String>,
}

/// What moves generations, renders and runs forward.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SimMode {
    /// The clock, `speed` times faster than GEN.
    Auto {
        /// 1.0 is GEN's own pace.
        speed: f64,
    },
    /// Nothing but `POST /_sim/step` and `/_sim/drain`.
    Explicit,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            addr: SocketAddr::from(([127, 0, 0, 1], 0)),
            mode: SimMode::Auto { speed: 10.0 },
            seed: 1,
            strict: false,
            data_dir: None,
            media_host: None,
        }
    }
}
