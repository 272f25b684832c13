//! `make dev`: build, run, and start again when a source file changes.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command},
    thread::sleep,
    time::{Duration, SystemTime},
};

use crate::{
    Result,
    paths::{Paths, run},
    site::{self, Mode},
};

const SOURCES: &[&str] = &[
    "app",
    "frontend",
    "gen-client",
    "gen-sim",
    "migrations",
    "model",
    "public",
    "server",
    "store",
    "style",
];

/// Runs until it is interrupted. A build that fails is shown, and the next change tries again.
pub fn watch(paths: &Paths) -> Result<()> {
    loop {
        let built_from = newest(paths)?;
        let mut server = match build(paths).and_then(|()| start(paths)) {
            Ok(server) => Some(server),
            Err(error) => {
                eprintln!("{error}; waiting for the next change");
                None
            }
        };
        while newest(paths)? == built_from {
            sleep(Duration::from_millis(500));
        }
        println!("a source changed: building again");
        if let Some(server) = &mut server {
            // No polite goodbye: SQLite loses nothing by it, and a port that is still taken would.
            server.kill()?;
            server.wait()?;
        }
    }
}

fn build(paths: &Paths) -> Result<()> {
    site::build(paths, Mode::Dev)?;
    run(paths.cargo().args(["build", "--locked", "--package", "server"]))
}

fn start(paths: &Paths) -> Result<Child> {
    let server = Command::new(paths.target.join("debug/reelsheet"))
        .args(["serve", "--demo"])
        .current_dir(&paths.root)
        .env("LEPTOS_SITE_ROOT", paths.target.join(Mode::Dev.folder()))
        .spawn()?;
    Ok(server)
}

/// When the youngest source file was written. Asking all of them twice a second costs less than a watcher.
fn newest(paths: &Paths) -> Result<SystemTime> {
    let mut newest = SystemTime::UNIX_EPOCH;
    let mut folders: Vec<PathBuf> = SOURCES.iter().map(|source| paths.root.join(source)).collect();
    while let Some(folder) = folders.pop() {
        for entry in entries(&folder)? {
            let metadata = fs::metadata(&entry)?;
            if metadata.is_dir() {
                folders.push(entry);
            } else {
                newest = newest.max(metadata.modified()?);
            }
        }
    }
    Ok(newest)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}
