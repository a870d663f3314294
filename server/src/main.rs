//! `millrace`: the whole system on one machine.

use anyhow::{Result, bail};
use clap::{Parser, Subcommand};
use millrace_server::{Serve, health};
use std::{path::PathBuf, process::ExitCode};

/// Runs Millrace on one machine, without AWS.
#[derive(Parser)]
#[command(name = "millrace", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves everything at one address
    Serve {
        #[command(flatten)]
        serve: Serve,
        /// The folder of the built web client; without one, the API alone is served
        #[arg(long)]
        web: Option<PathBuf>,
    },
    /// Asks a server on this machine whether it is healthy; fails where it is not
    Health {
        /// The server's port
        #[arg(long, default_value_t = 3000)]
        port: u16,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    match command {
        Command::Serve { serve, web } => serve.run(web),
        Command::Health { port } if health::is_good(port) => Ok(()),
        Command::Health { port } => bail!("no healthy server at port {port}"),
    }
}
