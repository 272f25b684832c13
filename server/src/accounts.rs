//! `reelsheet user …`: accounts from a shell.

use std::io::{BufRead, IsTerminal};
use std::sync::Arc;

use clap::Subcommand;
use model::Role;
use store::{Credentials, Options, Store, SystemClock};

use crate::Failure;
use crate::config::{DataArgs, master_keys};

/// What can be done with accounts. A password is read from standard input, never from the command line.
#[derive(Subcommand)]
pub enum UserCommand {
    /// Adds a person; the password is the first line of standard input.
    Add {
        /// What they sign in with.
        email: String,
        /// What others see [default: the e-mail's first part].
        #[arg(long)]
        name: Option<String>,
        /// viewer, editor or admin.
        #[arg(long, default_value = "editor")]
        role: Role,
    },
    /// Everybody with an account.
    List,
    /// Replaces a password and ends the person's sessions; the password is the first line of standard input.
    SetPassword {
        /// Whose.
        email: String,
    },
    /// Changes what a person may do.
    SetRole {
        /// Whose.
        email: String,
        /// viewer, editor or admin.
        role: Role,
    },
    /// Locks a person out.
    Disable {
        /// Whom.
        email: String,
        /// Lets them in again instead.
        #[arg(long)]
        undo: bool,
    },
}

/// Opens the data, which no server may have open, and does it.
pub async fn run(data: DataArgs, command: UserCommand) -> Result<(), Failure> {
    let ring = crate::config::master_key_variable(|name| std::env::var_os(name))?;
    let store = Store::open(Options {
        database: data.database(),
        master_keys: master_keys(&data, ring.as_ref())?,
        upstream: gen_client::Upstream::new(gen_client::Config::default())?,
        clock: Arc::new(SystemClock),
        poll_ms: 3_000,
    })
    .await?;
    let done = act(&store, command).await;
    store.close().await?;
    done
}

async fn act(store: &Store, command: UserCommand) -> Result<(), Failure> {
    match command {
        UserCommand::Add { email, name, role } => {
            let name = name.unwrap_or_else(|| name_of(&email));
            let person =
                store.create_person(Credentials { email, name, password: password()? }, role).await?;
            println!("added {} as {}", person.email, person.role.as_str());
        }
        UserCommand::List => {
            for person in store.list_people().await? {
                let locked = if person.disabled { ", disabled" } else { "" };
                println!("{} ({}{locked}) {}", person.email, person.role.as_str(), person.name);
            }
        }
        UserCommand::SetPassword { email } => {
            store.set_password(&email, password()?).await?;
            println!("replaced the password of {email} and ended their sessions");
        }
        UserCommand::SetRole { email, role } => {
            store.set_role(&email, role).await?;
            println!("{email} is {} now", role.as_str());
        }
        UserCommand::Disable { email, undo } => {
            store.set_disabled(&email, !undo).await?;
            println!("{email} is {}", if undo { "let in again" } else { "locked out" });
        }
    }
    Ok(())
}

/// What others see of somebody who gave an e-mail only.
pub(crate) fn name_of(email: &str) -> String {
    email.split('@').next().unwrap_or(email).to_owned()
}

fn password() -> Result<String, Failure> {
    let input = std::io::stdin();
    if input.is_terminal() {
        eprintln!("Password (it shows while you type):");
    }
    let mut line = String::new();
    input
        .lock()
        .read_line(&mut line)
        .map_err(|error| Failure(format!("no password could be read: {error}")))?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
