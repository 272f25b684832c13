//! Where the sources are and where the results go.

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use crate::Result;

/// The folders that every step works in, all absolute.
pub struct Paths {
    /// The workspace: the folder with the `Makefile`.
    pub root: PathBuf,
    /// Cargo's target folder; honours `CARGO_TARGET_DIR`.
    pub target: PathBuf,
}

impl Paths {
    /// Finds the folders from what `cargo run` tells its program. Fails when started in another way.
    pub fn find() -> Result<Self> {
        let crate_dir = std::env::var_os("CARGO_MANIFEST_DIR")
            .ok_or("start me with `cargo run -p xtask`, so that I know where the workspace is")?;
        let root = Path::new(&crate_dir).parent().ok_or("xtask lies outside the workspace")?.to_owned();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => std::env::current_dir()?.join(dir),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// A `cargo` of the same toolchain, to be run in the workspace.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
        command.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target);
        // `cargo run` describes xtask to us in these. Handed on, they would make build scripts run again.
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
                command.env_remove(&name);
            }
        }
        command
    }
}

/// Runs a command to its end; an error names the command when it does not succeed.
pub fn run(command: &mut Command) -> Result<()> {
    let program = command.get_program().to_string_lossy().into_owned();
    let status = command.status().map_err(|error| format!("{program} did not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("{program} ended with {status}").into()) }
}
