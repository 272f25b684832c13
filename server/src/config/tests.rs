use std::ffi::OsString;

use super::*;

fn parsed(arguments: &[&str]) -> Result<Cli, crate::Failure> {
    parse(["reelsheet"].iter().chain(arguments).map(OsString::from))
}

fn serve(arguments: &[&str]) -> ServeArgs {
    let all: Vec<&str> = ["serve"].iter().chain(arguments).copied().collect();
    match parsed(&all).unwrap().command {
        Some(Command::Serve(args)) => *args,
        _ => panic!("serve was asked for"),
    }
}

#[test]
fn nothing_said_means_serve() {
    assert!(matches!(parsed(&[]).unwrap().command, Some(Command::Serve(_))));
}

#[test]
fn a_wrong_value_is_one_line_that_names_flag_and_variable() {
    for (flag, value, variable) in [
        ("--addr", "nowhere", "REELSHEET_ADDR"),
        ("--poll-ms", "soon", "REELSHEET_POLL_MS"),
        ("--poll-ms", "1", "REELSHEET_POLL_MS"),
        ("--streams-per-person", "0", "REELSHEET_STREAMS_PER_PERSON"),
        ("--connections-per-address", "0", "REELSHEET_CONNECTIONS_PER_ADDRESS"),
        ("--log", "server=loud", "REELSHEET_LOG"),
        ("--log-format", "xml", "REELSHEET_LOG_FORMAT"),
        ("--database-url", "postgres://db/x", "REELSHEET_DATABASE_URL"),
        ("--public-url", "https://x.test/path", "REELSHEET_PUBLIC_URL"),
        ("--trusted-proxies", "proxy.internal", "REELSHEET_TRUSTED_PROXIES"),
        ("--gen-api-url", "nowhere", "REELSHEET_GEN_API_URL"),
        ("--demo-speed", "0", "REELSHEET_DEMO_SPEED"),
    ] {
        let said = parsed(&["serve", flag, value]).err().unwrap().to_string();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(flag) && said.contains(variable), "{said}");
    }
}

#[test]
fn an_unknown_variable_is_named() {
    let names = |names: &[&str]| names.iter().map(OsString::from).collect::<Vec<_>>();
    assert!(
        refuse_unknown(names(&["PATH", "REELSHEET_ADDR", "REELSHEET_GEN_API_KEY", "REELSHEET_COMMIT"]))
            .is_ok()
    );
    let said = refuse_unknown(names(&["REELSHEET_ADRR"])).unwrap_err().to_string();
    assert!(said.starts_with("REELSHEET_ADRR is not a variable"), "{said}");
}

/// I4: what is secret can come from a file, so that no `inspect` shows it.
#[test]
fn i4_every_secret_variable_has_a_file_twin() {
    let known = variables::known();
    let secret = |name: &&String| {
        ["PASSWORD", "KEY", "TOKEN", "SECRET"].iter().any(|word| name.contains(word))
            && !name.ends_with("_FILE")
    };
    let secrets: Vec<&String> = known.iter().filter(secret).collect();
    assert_eq!(secrets, ["REELSHEET_ADMIN_PASSWORD", "REELSHEET_GEN_API_KEY", "REELSHEET_MASTER_KEY"]);
    for name in secrets {
        // The ring has several keys, and so a plural in its file's name.
        let twins = [format!("{name}_FILE"), format!("{name}S_FILE")];
        assert!(twins.iter().any(|twin| known.contains(twin)), "{name} has no file twin");
    }
}

#[test]
fn secrets_come_from_a_variable_or_a_file_and_are_never_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key");
    std::fs::write(&file, "gen_pat_canary_1234\n").unwrap();
    let args = serve(&["--gen-api-key-file", file.to_str().unwrap()]);
    let from_file = Secrets::read(&args, |_| None).unwrap();
    assert_eq!(
        secrecy::ExposeSecret::expose_secret(from_file.gen_api_key.as_ref().unwrap()),
        "gen_pat_canary_1234"
    );
    assert!(!format!("{:?}", Config { args: args.clone(), secrets: from_file }).contains("canary"));

    let variable =
        |name: &str| (name == "REELSHEET_GEN_API_KEY").then(|| OsString::from("gen_pat_canary_5678"));
    let both = Secrets::read(&args, variable).unwrap_err().to_string();
    assert!(both.contains("REELSHEET_GEN_API_KEY") && !both.contains("canary"), "{both}");
    let lone = Secrets::read(&serve(&["--admin-email", "a@b.test"]), |_| None).unwrap_err().to_string();
    assert!(lone.contains("REELSHEET_ADMIN_PASSWORD"), "{lone}");
}
