//! `test`: every check, step by step, as continuous integration runs them.

mod browser;
mod rust;
mod steps;

use crate::{client, python};
use anyhow::Result;
use std::time::Instant;

/// What `test` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Only one part
    #[arg(long)]
    pub only: Option<Part>,
}

/// A part of the checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// Format, lints, generated files, and all tests that need nothing but this machine
    Rust,
    /// The client: lints, types, tests, build
    Web,
    /// The client in a browser, on the embedded server
    Browser,
    /// The templates, deployed to MiniStack with the real binaries
    Stack,
}

impl Part {
    /// Checks for the tools that this part runs on, beside Rust's own: a missing one is told at once, and not after
    /// minutes.
    fn need_tools(self) -> Result<()> {
        match self {
            Self::Rust | Self::Stack => python::interpreter().map(drop),
            Self::Web | Self::Browser => client::need_node(),
        }
    }
}

/// One check.
struct Step {
    part: Part,
    title: &'static str,
    check: fn() -> Result<()>,
}

/// Runs the checks, and stops at the first that fails.
///
/// # Errors
/// Where one fails.
pub fn run(options: &Options) -> Result<()> {
    let steps: Vec<&Step> =
        steps::ALL.iter().filter(|step| options.only.is_none_or(|part| part == step.part)).collect();
    for step in &steps {
        step.part.need_tools()?;
    }
    let began = Instant::now();
    for (passed, step) in steps.iter().enumerate() {
        println!("\n== {}", step.title);
        let started = Instant::now();
        if let Err(error) = (step.check)() {
            println!("== {} failed after {:.1} s: {error:#}", step.title, started.elapsed().as_secs_f64());
            println!(
                "\n{passed} passed, 1 failed, {} not run, {:.0} s",
                steps.len() - passed - 1,
                began.elapsed().as_secs_f64()
            );
            anyhow::bail!("{} failed", step.title);
        }
        println!("== {}: {:.1} s", step.title, started.elapsed().as_secs_f64());
    }
    println!("\n{} passed, 0 failed, {:.0} s", steps.len(), began.elapsed().as_secs_f64());
    Ok(())
}
