//! `cargo xtask`: every command that working on Millrace takes.

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::process::ExitCode;
use xtask::{bench::Bench, check, command::root, deploy, openapi, synth, up::Up};

/// Every command that working on Millrace takes.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Runs everything on this machine
    Up(Up),
    /// Checks everything, as continuous integration does
    Test(check::Options),
    /// Writes the templates from the declarations
    Synth(synth::Options),
    /// Writes the API's document and the client's types from the declarations
    Openapi(openapi::Options),
    /// Deploys to AWS, or to an emulator of it
    #[command(disable_help_flag = true)]
    Deploy(deploy::Options),
    /// Measures
    Bench(Bench),
}

fn main() -> ExitCode {
    match run(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(task: Task) -> Result<()> {
    match task {
        Task::Up(options) => options.run(&root()),
        Task::Test(options) => check::run(&options),
        Task::Synth(options) => synth::run(&options),
        Task::Openapi(options) => openapi::run(&options),
        Task::Deploy(options) => deploy::run(&options),
        Task::Bench(options) => options.run(&root()),
    }
}
