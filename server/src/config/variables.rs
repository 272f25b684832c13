//! Reading the command line so that every mistake becomes one line.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::error::{ContextKind, ErrorKind};
use clap::{CommandFactory, Parser};
use url::Url;

use super::{Cli, secrets};
use crate::Failure;

/// Variables with our prefix that others read: the build, the compose file, the end-to-end tests.
const OTHERS: [&str; 3] = ["REELSHEET_COMMIT", "REELSHEET_BIND", "REELSHEET_BIN"];
const SECRETS: [&str; 3] = [secrets::ADMIN_PASSWORD, secrets::GEN_API_KEY, secrets::MASTER_KEY];

/// Reads the command line and the variables behind it. Help is printed here and ends the process; a mistake is
/// one line that names the flag and the variable.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Cli, Failure> {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    // `serve` is what the program does when nothing is said; its variables count then as well.
    if arguments.len() == 1 {
        arguments.push("serve".into());
    }
    Cli::try_parse_from(arguments).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => error.exit(),
        _ => Failure(one_line(&error)),
    })
}

/// Refuses a variable with our prefix that nobody reads: it is a typing mistake.
pub fn refuse_unknown(names: impl IntoIterator<Item = OsString>) -> Result<(), Failure> {
    let known = known();
    let unknown = names.into_iter().filter_map(|name| name.into_string().ok()).find(|name| {
        name.starts_with("REELSHEET_") && !known.contains(name) && !OTHERS.contains(&name.as_str())
    });
    match unknown {
        Some(name) => {
            Err(Failure(format!("{name} is not a variable of Reelsheet; reelsheet serve --help lists them")))
        }
        None => Ok(()),
    }
}

/// Every variable that some command reads.
pub(super) fn known() -> Vec<String> {
    let cli = Cli::command();
    let mut names: Vec<String> = SECRETS.map(str::to_owned).into();
    for command in cli.get_subcommands() {
        let variables = command.get_arguments().filter_map(|argument| argument.get_env());
        names.extend(variables.filter_map(|name| name.to_str()).map(str::to_owned));
    }
    names.sort();
    names.dedup();
    names
}

/// How browsers reach this server: scheme, host and port, nothing more.
pub(super) fn public_url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| error.to_string())?;
    let bare = matches!(url.scheme(), "http" | "https") && url.path() == "/" && url.query().is_none();
    if bare && url.username().is_empty() && url.password().is_none() {
        Ok(url)
    } else {
        Err("it must be http:// or https:// with a host, and no path".to_owned())
    }
}

/// A file, with or without `sqlite:` before it.
pub(super) fn sqlite_file(text: &str) -> Result<PathBuf, String> {
    let path = text.strip_prefix("sqlite://").or_else(|| text.strip_prefix("sqlite:")).unwrap_or(text);
    if path.is_empty() || path.contains("://") {
        return Err("only SQLite files are supported: a path, or sqlite:path".to_owned());
    }
    Ok(PathBuf::from(path))
}

/// A factor from one thousandth to ten thousand.
pub(super) fn speed(text: &str) -> Result<f64, String> {
    let speed = text.parse::<f64>().map_err(|error| error.to_string())?;
    if (0.001..=10_000.0).contains(&speed) {
        Ok(speed)
    } else {
        Err("it must be from 0.001 to 10000".to_owned())
    }
}

/// The first line of what clap says, with the variable that may have been the source.
fn one_line(error: &clap::Error) -> String {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let Some(argument) = error.get(ContextKind::InvalidArg).map(ToString::to_string) else { return line };
    let flag = argument.split_whitespace().next().unwrap_or_default().trim_start_matches("--").to_owned();
    let cli = Cli::command();
    let variable = cli
        .get_subcommands()
        .flat_map(|command| command.get_arguments())
        .find(|candidate| candidate.get_long() == Some(&flag))
        .and_then(|candidate| candidate.get_env());
    match variable {
        Some(variable) => format!("{line} (variable {})", variable.to_string_lossy()),
        None => line,
    }
}
