//! `cargo xtask bench`: throughput, latency, cold start and size, as ratios within one run.

use anyhow::{Context, Result, bail};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// Measures throughput, latency, cold start and size.
#[derive(Debug, clap::Args)]
pub struct Bench {
    /// Leaves out what needs every area's optimised binary: cold start and sizes.
    #[arg(long)]
    without_binaries: bool,
}

impl Bench {
    /// Builds with optimisations, and measures.
    ///
    /// # Errors
    /// Where something cannot be built or measured.
    pub fn run(self, root: &Path) -> Result<()> {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let mut packages = vec!["millrace-load".to_owned()];
        if !self.without_binaries {
            packages.extend(millrace_infra::AREAS.iter().map(|area| format!("millrace-{}", area.name)));
        }
        let mut build = Command::new(&cargo);
        build.current_dir(root).args(["build", "--release"]);
        for package in &packages {
            build.args(["--package", package]);
        }
        if !build.status().context("cargo cannot be run")?.success() {
            bail!("the optimised build failed");
        }
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
        let binaries = target.join("release");
        let mut measure = Command::new(binaries.join("millrace-load"));
        if !self.without_binaries {
            measure.arg(&binaries);
        }
        if measure.status().context("the benchmark cannot be run")?.success() {
            Ok(())
        } else {
            bail!("the benchmark failed")
        }
    }
}
