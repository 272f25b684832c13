//! The part of the build that needs more than a line in the Makefile.
//!
//! `cargo run -p xtask -- site` builds what the browser loads into `target/site`; `-- site --dev` does it
//! quickly into `target/site-dev`; `-- dev` rebuilds and restarts the dashboard whenever a source changes.

mod cache;
mod dev;
mod files;
mod paths;
mod site;
mod style;
mod wasm;

use std::process::ExitCode;

/// Why a step failed, in words for the person who typed `make`.
type Error = Box<dyn std::error::Error + Send + Sync>;
type Result<T> = std::result::Result<T, Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = paths::Paths::find().and_then(|paths| match arguments.as_slice() {
        ["site"] => site::build(&paths, site::Mode::Release),
        ["site", "--dev"] => site::build(&paths, site::Mode::Dev),
        ["dev"] => dev::watch(&paths),
        _ => Err("usage: cargo run -p xtask -- site [--dev] | dev".into()),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
