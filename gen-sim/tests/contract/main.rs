//! Every method of the client against the simulator: two independent readings of GEN's documentation must agree.
//! The simulator is strict here, so that the client sends what the reference says and nothing looser.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

mod access;
mod agents;
mod cards;
mod generations;
mod grid;
mod ideas;
mod jobs;
mod library;
mod lost;
mod people;
mod refused;
mod studio;
mod vidsheets;
mod voices;

use std::path::Path;

#[test]
fn every_method_is_called_here() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../gen-client/src/endpoints");
    let here = [
        include_str!("access.rs"),
        include_str!("agents.rs"),
        include_str!("cards.rs"),
        include_str!("generations.rs"),
        include_str!("grid.rs"),
        include_str!("ideas.rs"),
        include_str!("jobs.rs"),
        include_str!("library.rs"),
        include_str!("lost.rs"),
        include_str!("people.rs"),
        include_str!("studio.rs"),
        include_str!("vidsheets.rs"),
        include_str!("voices.rs"),
    ]
    .concat();
    let mut methods = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let source = std::fs::read_to_string(file.unwrap().path()).unwrap();
        for rest in source.split("pub async fn ").skip(1) {
            let name = rest.split('(').next().unwrap();
            assert!(here.contains(&format!(".{name}(")), "{name} is not called");
            methods += 1;
        }
    }
    assert!(methods > 105);
}
