//! `deploy`: builds and starts the crate that deploys.

use crate::command::{cargo, run as run_program};
use anyhow::Result;
use std::ffi::OsString;

/// What `deploy` takes: the crate reads it, `--help` as well.
#[derive(clap::Args)]
pub struct Options {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// Builds the deployment's crate, which nothing else waits for, and hands everything on to it.
///
/// # Errors
/// Where it cannot be built, or the deployment fails.
pub fn run(options: &Options) -> Result<()> {
    run_program(cargo(&["run", "--quiet", "--package", "millrace-deploy", "--"]).args(&options.arguments))
}
