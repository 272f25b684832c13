//! The simulator alone: `gen-sim [--addr HOST:PORT] [--speed N | --explicit] [--seed N] [--strict] [--data-dir FOLDER]`.

use std::process::ExitCode;

use gen_sim::{DEMO_KEY, GenSim, Options, SimMode};

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("gen-sim: {problem}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), String> {
    let sim = GenSim::start(options()?).await.map_err(|error| error.to_string())?;
    println!("A pretend GEN listens on {}; its key is {DEMO_KEY}", sim.api_url());
    tokio::signal::ctrl_c().await.map_err(|error| error.to_string())?;
    sim.shutdown().await;
    Ok(())
}

fn options() -> Result<Options, String> {
    let mut options = Options { addr: ([127, 0, 0, 1], 3999).into(), ..Options::default() };
    let mut arguments = std::env::args().skip(1);
    while let Some(name) = arguments.next() {
        let mut value = || arguments.next().ok_or(format!("{name} needs a value"));
        match name.as_str() {
            "--addr" => options.addr = value()?.parse().map_err(|_| "--addr takes an address and a port")?,
            "--speed" => {
                options.mode =
                    SimMode::Auto { speed: value()?.parse().map_err(|_| "--speed takes a number")? }
            }
            "--explicit" => options.mode = SimMode::Explicit,
            "--seed" => options.seed = value()?.parse().map_err(|_| "--seed takes a whole number")?,
            "--strict" => options.strict = true,
            "--data-dir" => options.data_dir = Some(value()?.into()),
            other => return Err(format!("unknown option {other}")),
        }
    }
    Ok(options)
}
