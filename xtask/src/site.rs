//! Everything the browser loads, in one folder.
//!
//! Names carry the hash of their content, so that a browser may keep a file for ever. Leptos reads the hashes
//! from `hash.txt`. It looks beside the running program unless told otherwise, so `server` sets
//! `hash_files = true` and points `hash_file` at `<site>/hash.txt` (an absolute path) and `site_root` at
//! `<site>`; it takes for `<site>` the first of: `LEPTOS_SITE_ROOT`, `site/` beside the program, `target/site`
//! in the working folder.

use std::{fs, path::Path};

use crate::{
    Result,
    cache::{Cache, short_hash},
    files::{self, SiteFile},
    paths::Paths,
    style, wasm,
};

/// The name of wasm, JavaScript and style sheet before their hash: Leptos' `output_name`.
pub const NAME: &str = "reelsheet";

/// How much work to put into the site.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// What is shipped and what the end-to-end tests run: small and compressed, in `target/site`.
    Release,
    /// Quick to rebuild, large, not compressed, in `target/site-dev`.
    Dev,
}

impl Mode {
    /// The folder in `target` that holds the finished site.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Release => "site",
            Self::Dev => "site-dev",
        }
    }
}

/// Builds the site and prints the sizes of its three main files.
pub fn build(paths: &Paths, mode: Mode) -> Result<()> {
    let site = paths.target.join(mode.folder());
    let cache = Cache::open(paths.target.join(format!("{}-cache", mode.folder())))?;
    let (site_files, main_files) = collect(paths, mode, &cache)?;

    // The new site is written aside and then takes the old one's place, so that nobody sees half of it.
    let unfinished = site.with_extension("unfinished");
    remove(&unfinished)?;
    for file in &site_files {
        files::write(&unfinished, file)?;
    }
    if mode == Mode::Release {
        println!("{:<36} {:>10} {:>10}", "site", "raw", "brotli");
        for file in site_files.iter().filter(|file| files::worth_compressing(&file.path)) {
            let packed = files::write_compressed(&unfinished, file, &cache)?;
            if main_files.contains(&file.path.to_string_lossy().into_owned()) {
                println!("{:<36} {:>10} {packed:>10}", file.path.display(), file.bytes.len());
            }
        }
    }
    remove(&site)?;
    fs::rename(&unfinished, &site)?;
    cache.forget_unused()?;
    println!("site ready in {}", site.display());
    Ok(())
}

/// All files, and the names of the three that every page loads.
fn collect(paths: &Paths, mode: Mode, cache: &Cache) -> Result<(Vec<SiteFile>, Vec<String>)> {
    let bound = wasm::build(paths, mode, cache)?;
    let wasm = fs::read(bound.join(format!("{NAME}_bg.wasm")))?;
    let wasm_hash = short_hash(&[&wasm]);
    // Leptos hands the name of the wasm to the script; the script's own idea of it must be true all the same.
    let js = fs::read_to_string(bound.join(format!("{NAME}.js")))?
        .replace(&format!("{NAME}_bg.wasm"), &format!("{NAME}.{wasm_hash}.wasm"))
        .into_bytes();
    let js_hash = short_hash(&[&js]);
    let css = style::bundle(&paths.root.join("style/main.css"))?;
    let css_hash = short_hash(&[&css]);

    let mut site_files = Vec::new();
    let mut main_files = Vec::new();
    for (extension, hash, bytes) in
        [("wasm", &wasm_hash, wasm), ("js", &js_hash, js), ("css", &css_hash, css)]
    {
        let path = format!("pkg/{NAME}.{hash}.{extension}");
        main_files.push(path.clone());
        site_files.push(SiteFile { path: path.into(), bytes });
    }
    let hashes = format!("js: {js_hash}\nwasm: {wasm_hash}\ncss: {css_hash}\n");
    site_files.push(SiteFile { path: "hash.txt".into(), bytes: hashes.into_bytes() });
    site_files.extend(files::read_tree(&bound.join("snippets"), Path::new("pkg/snippets"))?);
    site_files.extend(files::read_tree(&paths.root.join("public"), Path::new(""))?);
    Ok((site_files, main_files))
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    Ok(())
}
