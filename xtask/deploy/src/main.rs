//! The program behind `cargo xtask deploy`.

use clap::Parser;
use millrace_deploy::deployment::{self, Options};
use std::process::ExitCode;

/// Deploys to AWS, or to an emulator of it.
#[derive(Parser)]
#[command(name = "cargo xtask deploy", bin_name = "cargo xtask deploy")]
struct Arguments {
    #[command(flatten)]
    options: Options,
}

fn main() -> ExitCode {
    match deployment::run(Arguments::parse().options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}
