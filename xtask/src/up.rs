//! `cargo xtask up`: the whole system on this machine, with demo data.

use crate::client::build_client;
use anyhow::{Context, Result, bail};
use millrace_server::Serve;
use std::{path::Path, process::Command};

/// Runs the whole system on this machine, with demo data, and says where to look and how to sign in.
#[derive(Debug, clap::Args)]
pub struct Up {
    #[command(flatten)]
    serve: Serve,
    /// Builds with optimisations: slow to build, quick to answer.
    #[arg(long)]
    release: bool,
    /// Serves the API alone: the web client is neither built nor served.
    #[arg(long)]
    without_client: bool,
}

impl Up {
    /// Runs until it is interrupted.
    ///
    /// # Errors
    /// Where a tool is missing, the client cannot be built, or the server cannot start.
    pub fn run(self, root: &Path) -> Result<()> {
        if self.release && cfg!(debug_assertions) {
            return self.run_optimised(root);
        }
        if self.without_client {
            return self.serve.run(None);
        }
        build_client(root)?;
        self.serve.run(Some(root.join("web/dist")))
    }

    fn run_optimised(&self, root: &Path) -> Result<()> {
        let Serve { port, address, data, fresh, without_demo } = &self.serve;
        let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
        command.current_dir(root).args(["run", "--release", "--package", "xtask", "--", "up"]);
        command.arg("--port").arg(port.to_string()).arg("--address").arg(address.to_string()).arg("--data").arg(data);
        for (flag, set) in
            [("--fresh", *fresh), ("--without-client", self.without_client), ("--without-demo", *without_demo)]
        {
            if set {
                command.arg(flag);
            }
        }
        let status = command.status().context("cargo cannot be run")?;
        if status.success() { Ok(()) } else { bail!("the optimised server stopped with {status}") }
    }
}
