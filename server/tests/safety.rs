//! The invariants of ARCHITECTURE.md, each checked on the tree as it is.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test that called it")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// A source file, by its path from the root.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn is_in(&self, folders: &[&str]) -> bool {
        folders.iter().any(|folder| self.path.starts_with(folder))
    }

    /// Lines with `word`, as `path:line: text`.
    fn lines_with(&self, word: &str) -> Vec<String> {
        let found = self.text.lines().enumerate().filter(|(_, line)| line.contains(word));
        found.map(|(number, line)| format!("{}:{}: {}", self.path, number + 1, line.trim())).collect()
    }

    /// The text before the unit tests at its end.
    fn without_tests(&self) -> Source {
        let text = self.text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        Source { path: self.path.clone(), text }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every file below the crates with one of the extensions.
fn sources(extensions: &[&str]) -> Vec<Source> {
    const CRATES: [&str; 9] =
        ["app", "frontend", "gen-client", "gen-sim", "migrations", "model", "server", "store", "xtask"];
    let root = root();
    let mut folders: Vec<PathBuf> = CRATES.iter().map(|name| root.join(name)).collect();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| extensions.iter().any(|wanted| ext == *wanted)) {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
                found.push(Source { path: name, text: std::fs::read_to_string(&path).unwrap() });
            }
        }
    }
    assert!(found.len() > 5, "the tree was not found at {}", root.display());
    found
}

fn offences(words: &[&str], allowed: &[&str]) -> Vec<String> {
    let sources = sources(&["rs"]);
    let elsewhere =
        sources.iter().filter(|source| !source.is_in(allowed) && source.path != "server/tests/safety.rs");
    elsewhere.flat_map(|source| words.iter().flat_map(|word| source.lines_with(word))).collect()
}

#[test]
fn sql_is_in_store_and_migrations_only() {
    // Who judges what a killed process left reads the file without the store's help.
    let allowed = ["store/", "migrations/", "server/tests/kills.rs"];
    assert_eq!(offences(&["sqlx::", "SELECT ", "INSERT INTO"], &allowed), Vec::<String>::new());
}

#[test]
fn wire_words_are_in_the_client_and_the_simulator_only() {
    let words = ["autocontentengine", "spreadsheet_", "user_job", "remotion", "X-API-Key"];
    // Tests of ours order wire-shaped answers from the simulator.
    assert_eq!(
        offences(&words, &["gen-client/", "gen-sim/", "store/tests/", "server/tests/"]),
        Vec::<String>::new()
    );
}

#[test]
fn the_simulator_is_named_by_the_demo_and_by_tests_only() {
    let sources = sources(&["rs"]);
    let elsewhere = sources.iter().filter(|source| {
        !source.is_in(&["gen-sim/", "server/src/demo.rs", "server/tests/", "store/tests/", "xtask/"])
            && !source.path.ends_with("/tests.rs")
            && !source.path.ends_with("/testing.rs")
            && !source.path.contains("/tests/")
    });
    let named: Vec<String> =
        elsewhere.flat_map(|source| source.without_tests().lines_with("gen_sim")).collect();
    assert_eq!(named, Vec::<String>::new());
}

#[test]
fn paths_of_pages_are_built_in_one_file() {
    let sources = sources(&["rs"]);
    let elsewhere = sources
        .iter()
        .filter(|source| source.is_in(&["app/", "server/src/"]) && source.path != "app/src/paths.rs");
    let words = ["href=\"/", "href='/", "href=\\\"/", "src=\"/", "action=\"/", "format!(\"/agents"];
    let literal: Vec<String> = elsewhere
        .flat_map(|source| words.iter().flat_map(|word| source.lines_with(word)).collect::<Vec<_>>())
        .collect();
    assert_eq!(literal, Vec::<String>::new());
}

/// GEN's texts come from the open internet; only a text node shows them safely. H3: no `style` attributes either,
/// because the page's policy would refuse them.
#[test]
fn h3_components_write_neither_raw_html_nor_style_attributes() {
    assert_eq!(
        offences(&["inner_html", "set_inner_html", "insert_adjacent_html"], &[]),
        Vec::<String>::new()
    );
    let sources = sources(&["rs"]);
    let app = sources.iter().filter(|source| source.is_in(&["app/"]));
    let styled: Vec<String> = app.flat_map(|source| source.lines_with(" style=\"")).collect();
    assert_eq!(styled, Vec::<String>::new());
}

/// `app/src/ui` is for what any dashboard has.
#[test]
fn ui_names_no_noun_of_gens() {
    const NOUNS: [&str; 10] = [
        "Agent",
        "Vidsheet",
        "vidsheet",
        "Idea",
        "Generation",
        "generation",
        "Template",
        "Organization",
        "gen_client",
        "CellId",
    ];
    let sources = sources(&["rs"]);
    let ui = sources.iter().filter(|source| source.is_in(&["app/src/ui/"]));
    let code = ui.map(|source| {
        let lines = source.text.lines().filter(|line| !line.trim_start().starts_with("//"));
        Source { path: source.path.clone(), text: lines.collect::<Vec<_>>().join("\n") }
    });
    let named: Vec<String> = code
        .flat_map(|source| NOUNS.iter().flat_map(|noun| source.lines_with(noun)).collect::<Vec<_>>())
        .collect();
    assert_eq!(named, Vec::<String>::new());
}

/// The tree of crates that the browser loads.
#[test]
fn k7_the_browser_build_holds_no_database_no_client_and_no_key() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--locked", "--package", "frontend", "--target", "wasm32-unknown-unknown"])
        .args(["--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let crates = String::from_utf8(tree.stdout).unwrap();
    let names: Vec<&str> = crates.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.contains(&"app") && names.contains(&"model"), "{names:?}");
    for server_only in ["sqlx", "reqwest", "tokio", "store", "gen-sim", "server", "secrecy", "axum", "hyper"]
    {
        assert!(!names.contains(&server_only), "{server_only} is in the browser's build");
    }
}

#[test]
fn versions_are_in_the_root_manifest_only() {
    for manifest in sources(&["toml"]) {
        let mut within = String::new();
        for line in manifest.text.lines() {
            if let Some(section) = line.strip_prefix('[') {
                within = section.trim_end_matches(']').to_owned();
            }
            let entry =
                within.ends_with("dependencies") && line.contains('=') && !line.trim_start().starts_with('#');
            let inside_list = line.starts_with(' ') || line.starts_with(']');
            if entry && !inside_list {
                assert!(line.contains("workspace = true"), "{}: {line}", manifest.path);
            }
        }
    }
}

/// A comparison that stops at the first difference tells how much was right. Tokens, keys and hashes are looked up
/// by hash or compared in constant time.
#[test]
fn secrets_are_not_compared_with_equals() {
    const SECRETS: [&str; 6] = ["token", "secret", "password", "boot_key", "setup_key", "expose()"];
    let sources = sources(&["rs"]);
    let ours = sources.iter().filter(|source| source.is_in(&["server/src/", "store/src/", "app/src/"]));
    let code = ours.filter(|source| !source.path.ends_with("tests.rs")).map(Source::without_tests);
    let compared: Vec<String> = code
        .flat_map(|source| {
            source.lines_with(" == ").into_iter().chain(source.lines_with(" != ")).collect::<Vec<_>>()
        })
        .filter(|line| {
            let sides: Vec<&str> = line.split([' ', '(', ')', '!', '&', '|', '*']).collect();
            let at = sides
                .iter()
                .position(|word| *word == "==")
                .or_else(|| sides.iter().position(|word| *word == "="));
            at.is_some_and(|at| {
                let near = sides[at.saturating_sub(2)..(at + 3).min(sides.len())].join(" ");
                // Whether there is one is no secret, and two stored hashes are nobody's guess.
                let harmless = near.contains("is_some") || near.contains("password_hash");
                !harmless && SECRETS.iter().any(|secret| near.contains(secret))
            })
        })
        .collect();
    assert_eq!(compared, Vec::<String>::new());
}

/// K7: what holds a key can neither be printed nor be sent.
#[test]
fn k7_the_key_type_cannot_be_serialized_or_shown() {
    let key = std::fs::read_to_string(root().join("gen-client/src/key.rs")).unwrap();
    let before_struct = key.split("pub struct ApiKey").next().unwrap();
    let derives = before_struct.lines().rev().find(|line| line.contains("derive")).unwrap();
    assert!(!derives.contains("Serialize") && !derives.contains("Debug"), "{derives}");
    assert!(!key.contains("impl fmt::Display for ApiKey") && !key.contains("Serialize for ApiKey"));
    let shown = format!("{:?}", gen_client::ApiKey::new("gen_pat_canary_0123456789".to_owned()).unwrap());
    assert!(!shown.contains("canary"), "{shown}");
}
