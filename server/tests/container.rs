//! What Dockerfile and compose.yaml promise (requirements I1, I2, I4). No container engine is needed: both are read
//! as text.

#![expect(clippy::unwrap_used, reason = "what fails in a helper fails the test that called it")]

use std::path::Path;

fn read(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    std::fs::read_to_string(root.join(name)).unwrap()
}

/// The instructions of the Dockerfile, continued lines joined, comments left out.
fn instructions() -> Vec<(String, String)> {
    let text = read("Dockerfile").replace("\\\n", " ");
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            (word.to_uppercase(), rest.trim().to_owned())
        })
        .collect()
}

fn last_stage() -> Vec<(String, String)> {
    let all = instructions();
    let from = all.iter().rposition(|(word, _)| word == "FROM").unwrap();
    all[from..].to_vec()
}

#[test]
fn i1_base_images_are_pinned_by_digest() {
    let bases: Vec<String> =
        instructions().into_iter().filter(|(word, _)| word == "FROM").map(|(_, rest)| rest).collect();
    assert!(bases.len() >= 2, "more than one stage: {bases:?}");
    for base in bases {
        let digest = base.split("@sha256:").nth(1).unwrap_or_else(|| panic!("{base} has no digest"));
        let hex = digest.split_whitespace().next().unwrap();
        assert!(hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit()), "{base}");
    }
}

#[test]
fn i1_the_image_runs_without_root_and_without_a_shell() {
    let stage = last_stage();
    let find =
        |wanted: &str| stage.iter().rev().find(|(word, _)| word == wanted).map(|(_, rest)| rest.clone());
    assert!(find("FROM").unwrap().contains("distroless") && find("FROM").unwrap().contains("nonroot"));
    assert_eq!(find("USER").as_deref(), Some("65532:65532"));
    assert!(stage.iter().all(|(word, _)| word != "RUN"), "the last stage has no shell to run anything");
    for exec in ["ENTRYPOINT", "CMD"] {
        assert!(find(exec).unwrap().starts_with('['), "{exec} without a shell");
    }
    let check = find("HEALTHCHECK").unwrap();
    assert!(check.ends_with("CMD [\"/app/reelsheet\", \"healthcheck\"]"), "{check}");
}

#[test]
fn i1_nothing_is_fetched_unchecked() {
    for (word, rest) in instructions() {
        assert!(word != "ADD", "ADD {rest}");
        assert!(!rest.contains("curl") && !rest.contains("wget"), "{word} {rest}");
    }
}

#[test]
fn i2_compose_takes_away_what_the_process_does_not_need() {
    let compose = read("compose.yaml");
    assert!(compose.lines().count() <= 10, "compose.yaml is at most ten lines");
    for wanted in [
        "read_only: true",
        "tmpfs: [/tmp]",
        "cap_drop: [ALL]",
        "no-new-privileges:true",
        "pids_limit:",
        "mem_limit:",
        "stop_grace_period: 30s",
        "127.0.0.1",
        "volumes: { data: {} }",
    ] {
        assert!(compose.contains(wanted), "compose.yaml lacks {wanted}");
    }
    for unwanted in ["privileged: true", "network_mode", "docker.sock", "cap_add"] {
        assert!(!compose.contains(unwanted), "compose.yaml has {unwanted}");
    }
}

#[test]
fn i4_no_secret_is_in_image_or_compose_file() {
    let secret =
        |name: &str| ["PASS", "KEY", "TOKEN", "SECRET"].iter().any(|word| name.to_uppercase().contains(word));
    for (word, rest) in instructions().iter().filter(|(word, _)| word == "ENV" || word == "ARG") {
        for pair in rest.split_whitespace() {
            assert!(!secret(pair.split('=').next().unwrap()), "{word} {pair}");
        }
    }
    for line in read("compose.yaml").lines() {
        assert!(!secret(line), "{line}");
    }
    let ignored = read(".dockerignore");
    for wanted in [".git", "data", "**/*.keys", "**/*.env"] {
        assert!(ignored.lines().any(|line| line == wanted), ".dockerignore lacks {wanted}");
    }
}
