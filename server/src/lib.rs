//! Millrace on one machine, as one program.

pub mod health;

use anyhow::{Context, Result};
use millrace_localstack::{
    demo,
    server::{Options, Server},
};
use std::{
    io::Write,
    net::IpAddr,
    path::{Path, PathBuf},
    time::Instant,
};
use tokio::signal::unix::{SignalKind, signal};

/// How the server is started.
#[derive(Debug, clap::Args)]
pub struct Serve {
    /// The port; everything is at this one address.
    #[arg(long, default_value_t = 3000)]
    pub port: u16,
    /// The address to listen at; 0.0.0.0 lets other machines in, to the mailbox and the clock below /_local too.
    #[arg(long, default_value = "127.0.0.1")]
    pub address: IpAddr,
    /// The folder that keeps everything over a restart.
    #[arg(long, default_value = ".millrace")]
    pub data: PathBuf,
    /// Forgets what the folder holds, and begins anew.
    #[arg(long)]
    pub fresh: bool,
    /// Leaves out the demo data.
    #[arg(long)]
    pub without_demo: bool,
}

impl Serve {
    /// Runs until it is interrupted or terminated, and serves the web client from the folder `web`.
    ///
    /// # Errors
    /// Where the server cannot start, or the demo data cannot be made.
    pub fn run(self, web: Option<PathBuf>) -> Result<()> {
        let started = Instant::now();
        if self.fresh && self.data.exists() {
            // Only what the server itself makes is removed: the folder may be somebody's own.
            for made in ["table.sqlite", "records.sqlite", "buckets", "clock", "secrets.json", "lock"] {
                remove(&self.data, made)?;
            }
        }
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        runtime.block_on(async {
            let options = Options {
                functions: millrace_infra::functions(millrace_infra::AREAS),
                address: self.address,
                port: self.port,
                data: Some(self.data.clone()),
                web,
            };
            let server = Server::start(options).await.context("the server cannot start")?;
            if !self.without_demo {
                let mut out = std::io::stderr();
                demo::seed(&server, |done, all| {
                    // Progress that cannot be shown is no reason to stop.
                    let _ = write!(out, "\r  demo data: {done} of {all} tasks{}", if done == all { "\n" } else { "" });
                })
                .await?;
            }
            self.tell(&server, started);
            let mut terminated = signal(SignalKind::terminate())?;
            tokio::select! {
                interrupted = tokio::signal::ctrl_c() => interrupted?,
                _ = terminated.recv() => {}
            }
            println!("\nStopped. What you did is kept in {}.", self.data.display());
            Ok(())
        })
    }

    fn tell(&self, server: &Server, started: Instant) {
        let url = server.url();
        println!("\nMillrace runs at {url} ({:.1} s)\n", started.elapsed().as_secs_f64());
        if !self.without_demo {
            for (name, email) in demo::PEOPLE {
                println!("  sign in as {name:<12} {email:<24} password: {}", demo::PASSWORD);
            }
            println!();
        }
        println!("  mail that was sent   {url}/_local/mail");
        println!("  API reference        {url}/api/docs");
        println!("  data is kept in      {}", self.data.display());
        println!("\nOpen it in two browsers, as two people, to see a live board. Ctrl-C stops it.");
    }
}

fn remove(folder: &Path, name: &str) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        let file = path.file_name().and_then(|file| file.to_str()).unwrap_or_default();
        // SQLite keeps its journals beside its file, under longer names.
        if file == name || file.starts_with(&format!("{name}-")) {
            let removed = if path.is_dir() { std::fs::remove_dir_all(&path) } else { std::fs::remove_file(&path) };
            removed.with_context(|| format!("{} cannot be removed", path.display()))?;
        }
    }
    Ok(())
}
