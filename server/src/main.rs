//! `reelsheet`: reads the configuration and does what it says.

use std::process::ExitCode;

use server::config::{self, Command, Config, Secrets};
use server::{Failure, accounts, demo, healthcheck, logging, start};
use tokio::signal::unix::{SignalKind, signal};

// One thread draws the pages and answers: the reactive graph that a page is drawn from loses news, or locks itself
// up, when a page is drawn on several at once. SQLite, passwords and files have threads of their own.
#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("reelsheet: {failure}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Failure> {
    config::refuse_unknown(std::env::vars_os().map(|(name, _)| name))?;
    let cli = config::parse(std::env::args_os())?;
    if cli.version {
        println!("reelsheet {} ({})", env!("CARGO_PKG_VERSION"), commit());
        return Ok(());
    }
    match cli.command {
        Some(Command::Serve(args)) => {
            logging::start(&args.log, args.log_format);
            let secrets = Secrets::read(&args, |name| std::env::var_os(name))?;
            let running = start(Config { args: *args, secrets }).await?;
            ended().await?;
            tracing::info!("stopping");
            let second = tokio::spawn(ended());
            tokio::select! {
                stopped = running.stop() => stopped,
                _ = second => Err(Failure("stopped at once by a second signal".to_owned())),
            }
        }
        Some(Command::GenSim(args)) => {
            logging::start("info", logging::LogFormat::Text);
            let simulator = demo::start_alone(args).await?;
            ended().await?;
            simulator.shutdown().await;
            Ok(())
        }
        Some(Command::User { data, command }) => accounts::run(data, command).await,
        Some(Command::Healthcheck { addr }) => healthcheck::run(addr),
        None => Err(Failure("say what to do; reelsheet --help lists it".to_owned())),
    }
}

/// Waits until somebody wants the process to end.
async fn ended() -> Result<(), Failure> {
    let said = |error: std::io::Error| Failure(format!("signals cannot be received: {error}"));
    let mut terminate = signal(SignalKind::terminate()).map_err(said)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(said)?;
    tokio::select! {
        _ = terminate.recv() => Ok(()),
        _ = interrupt.recv() => Ok(()),
    }
}

/// The commit this was built from; the Makefile says it to the compiler.
fn commit() -> &'static str {
    option_env!("REELSHEET_COMMIT").filter(|commit| !commit.is_empty()).unwrap_or("unknown commit")
}
