//! What the routes share: the world behind one lock, the test controls, and the save file.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::control::Controls;
use crate::files::Files;
use crate::gate::Remembered;
use crate::world::World;
use crate::{Options, SimMode, clock, jobs, runs, seed};

/// A handle on the running simulator; clones share it.
#[derive(Clone)]
pub struct Sim(Arc<Shared>);

struct Shared {
    options: Options,
    /// Scheme, host and port of media URLs.
    media_base: String,
    world: Mutex<World>,
    controls: Mutex<Controls>,
    /// Held while a call with an idempotency key runs, so that its twin waits for the answer.
    remembered: tokio::sync::Mutex<Vec<Remembered>>,
    saving: tokio::sync::Mutex<()>,
    files: Files,
}

impl Sim {
    /// Loads the saved world, or seeds a new one.
    pub fn open(options: Options, base_url: &str) -> std::io::Result<Sim> {
        let world = match options.data_dir.as_deref().map(load).transpose()?.flatten() {
            Some(world) => world,
            None => seed::studio(options.seed, clock::now_ms()),
        };
        let media_base = options.media_host.clone().unwrap_or_else(|| base_url.to_owned());
        let files = Files::open(options.data_dir.as_deref())?;
        Ok(Sim(Arc::new(Shared {
            files,
            media_base: media_base.trim_end_matches('/').to_owned(),
            options,
            world: Mutex::new(world),
            controls: Mutex::new(Controls::default()),
            remembered: tokio::sync::Mutex::new(Vec::new()),
            saving: tokio::sync::Mutex::new(()),
        })))
    }

    pub fn options(&self) -> &Options {
        &self.0.options
    }

    /// The bytes that people uploaded.
    pub fn files(&self) -> &Files {
        &self.0.files
    }

    /// Scheme, host and port that media URLs start with.
    pub fn media_base(&self) -> &str {
        &self.0.media_base
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        self.0.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn controls(&self) -> MutexGuard<'_, Controls> {
        self.0.controls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub async fn remembered(&self) -> tokio::sync::MutexGuard<'_, Vec<Remembered>> {
        self.0.remembered.lock().await
    }

    /// In auto mode, brings every job to where the clock says it is. True when something moved.
    pub fn settle(&self) -> bool {
        if self.options().mode == SimMode::Explicit {
            return false;
        }
        let now = clock::now_ms();
        let mut world = self.world();
        let jobs_moved = jobs::settle(&mut world, now);
        let runs_moved = runs::settle(&mut world, now);
        jobs_moved || runs_moved
    }

    /// How many real milliseconds something takes that takes `gen_ms` at GEN.
    pub fn pace(&self, gen_ms: u64) -> u64 {
        match self.options().mode {
            SimMode::Auto { speed } => (gen_ms as f64 / speed.max(0.001)) as u64,
            SimMode::Explicit => gen_ms,
        }
    }

    /// Back to the seeded studio, with no faults and nothing remembered.
    pub async fn reset(&self) {
        *self.world() = seed::studio(self.options().seed, clock::now_ms());
        self.controls().reset();
        self.remembered().await.clear();
    }

    /// Writes the world to the data folder, whole or not at all.
    pub async fn save(&self) -> std::io::Result<()> {
        let Some(folder) = self.options().data_dir.clone() else {
            return Ok(());
        };
        let _turn = self.0.saving.lock().await;
        let text = serde_json::to_vec(&*self.world())?;
        tokio::fs::create_dir_all(&folder).await?;
        let temporary = folder.join("gen-sim.json.new");
        tokio::fs::write(&temporary, text).await?;
        tokio::fs::rename(&temporary, file_in(&folder)).await
    }
}

fn file_in(folder: &Path) -> PathBuf {
    folder.join("gen-sim.json")
}

fn load(folder: &Path) -> std::io::Result<Option<World>> {
    match std::fs::read(file_in(folder)) {
        Ok(text) => serde_json::from_slice(&text).map(Some).map_err(|error| {
            let file = file_in(folder).display().to_string();
            std::io::Error::new(
                std::io::ErrorKind::InvalidData,
                format!("{file} is no saved simulator: {error}"),
            )
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
