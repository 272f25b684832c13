//! The browser's half of the program: compiled, bound to JavaScript, and made small.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use wasm_bindgen_cli_support::Bindgen;

use crate::{
    Result,
    cache::Cache,
    paths::{Paths, run},
    site::{Mode, NAME},
};

/// What rustc assumes of every browser for this target. wasm-opt must be told, or it refuses the module.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Compiles `frontend` and returns the folder with `reelsheet.js`, `reelsheet_bg.wasm` and, if any, `snippets/`.
pub fn build(paths: &Paths, mode: Mode, cache: &Cache) -> Result<PathBuf> {
    let compiled = compile(paths, mode)?;
    let wasm = fs::read(&compiled).map_err(|error| format!("{}: {error}", compiled.display()))?;
    match mode {
        Mode::Dev => cache.folder("wasm", &[&wasm], |out| bind(&compiled, out)),
        Mode::Release => {
            // The lock file holds the version of wasm-opt.
            let tools = fs::read(paths.root.join("end2end/package-lock.json"))?;
            cache.folder("wasm", &[&wasm, &tools], |out| {
                bind(&compiled, out)?;
                optimise(paths, &out.join(format!("{NAME}_bg.wasm")))
            })
        }
    }
}

fn compile(paths: &Paths, mode: Mode) -> Result<PathBuf> {
    let (profile, folder) = match mode {
        Mode::Dev => ("dev", "debug"),
        Mode::Release => ("wasm-release", "wasm-release"),
    };
    run(paths.cargo().args(["build", "--locked", "--package", "frontend", "--lib"]).args([
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        profile,
    ]))?;
    Ok(paths.target.join("wasm32-unknown-unknown").join(folder).join("frontend.wasm"))
}

fn bind(compiled: &Path, out: &Path) -> Result<()> {
    Bindgen::new().input_path(compiled).web(true)?.typescript(false).out_name(NAME).generate(out)?;
    Ok(())
}

fn optimise(paths: &Paths, wasm: &Path) -> Result<()> {
    // Only the wasm-opt of our own lock file: Debian's old one exits 0 and leaves a page that never hydrates.
    let wasm_opt = paths.root.join("end2end/node_modules/.bin/wasm-opt");
    if !wasm_opt.exists() {
        return Err("wasm-opt is missing: run `npm ci` in end2end, or `make build`".into());
    }
    println!("wasm-opt -Oz: about half a minute, only when the browser's half changed");
    let small = wasm.with_extension("small");
    run(Command::new(wasm_opt).arg("-Oz").args(FEATURES).arg(wasm).arg("-o").arg(&small))?;
    Ok(fs::rename(small, wasm)?)
}
