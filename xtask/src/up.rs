//! `cargo xtask up`: the whole system on this machine, with demo data.

use anyhow::{Context, Result, bail};
use millrace_localstack::{
    demo,
    server::{Options, Server},
};
use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
    time::{Instant, SystemTime},
};

/// Runs the whole system on this machine, with demo data, and says where to look and how to sign in.
#[derive(Debug, clap::Args)]
pub struct Up {
    /// The port; everything is at this one address.
    #[arg(long, default_value_t = 3000)]
    port: u16,
    /// The folder that keeps everything over a restart.
    #[arg(long, default_value = ".millrace")]
    data: PathBuf,
    /// Forgets what the folder holds, and begins anew.
    #[arg(long)]
    fresh: bool,
    /// Builds with optimisations: slow to build, quick to answer.
    #[arg(long)]
    release: bool,
    /// Serves the API alone: the web client is neither built nor served.
    #[arg(long)]
    without_client: bool,
    /// Leaves out the demo data.
    #[arg(long)]
    without_demo: bool,
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
        let started = Instant::now();
        let client = root.join("web/dist");
        if !self.without_client {
            build_client(root)?;
        }
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
                port: self.port,
                data: Some(self.data.clone()),
                web: (!self.without_client).then_some(client),
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
            tokio::signal::ctrl_c().await?;
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

    fn run_optimised(&self, root: &Path) -> Result<()> {
        let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()));
        command.current_dir(root).args(["run", "--release", "--package", "xtask", "--", "up"]);
        command.arg("--port").arg(self.port.to_string()).arg("--data").arg(&self.data);
        for (flag, set) in
            [("--fresh", self.fresh), ("--without-client", self.without_client), ("--without-demo", self.without_demo)]
        {
            if set {
                command.arg(flag);
            }
        }
        let status = command.status().context("cargo cannot be run")?;
        if status.success() { Ok(()) } else { bail!("the optimised server stopped with {status}") }
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

/// Builds the web client where it is older than its sources.
///
/// # Errors
/// Where Node is missing or too old, or npm fails.
pub fn build_client(root: &Path) -> Result<()> {
    let web = root.join("web");
    let built = modified(&web.join("dist/index.html"));
    let newest = ["src", "public", "index.html", "package-lock.json", "vite.config.ts"]
        .iter()
        .filter_map(|part| newest_below(&web.join(part)))
        .max();
    if built.is_some() && built >= newest {
        return Ok(());
    }
    need_node()?;
    install_packages(&web)?;
    eprintln!("  building the web client");
    npm(&web, &["run", "build"])
}

/// Installs the client's packages where they are not what the lock file says.
///
/// # Errors
/// Where npm fails.
pub fn install_packages(folder: &Path) -> Result<()> {
    let installed = modified(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&folder.join("package-lock.json")) {
        return Ok(());
    }
    eprintln!("  installing the packages of {}", folder.file_name().unwrap_or_default().display());
    npm(folder, &["ci", "--no-audit", "--no-fund"])
}

/// Says in one line that Node 20 is missing, where it is.
///
/// # Errors
/// Where it is missing or older.
pub fn need_node() -> Result<()> {
    let version = Command::new("node").arg("--version").output().ok().filter(|output| output.status.success());
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let major =
        version.as_deref().and_then(|version| version.trim_start_matches('v').split('.').next()?.parse::<u32>().ok());
    match major {
        Some(20..) => Ok(()),
        _ => bail!(
            "Node 20 or newer is needed to build the web client, and {} was found: see https://nodejs.org",
            version.as_deref().unwrap_or("none")
        ),
    }
}

/// Runs npm quietly; what it printed is shown where it fails.
///
/// # Errors
/// Where it fails.
pub fn npm(folder: &Path, arguments: &[&str]) -> Result<()> {
    let output = Command::new("npm").args(arguments).current_dir(folder).output().context("npm cannot be run")?;
    if output.status.success() {
        return Ok(());
    }
    std::io::stderr().write_all(&output.stdout)?;
    std::io::stderr().write_all(&output.stderr)?;
    bail!("npm {} failed in {}", arguments.join(" "), folder.display())
}

fn modified(path: &Path) -> Option<SystemTime> {
    path.metadata().ok()?.modified().ok()
}

fn newest_below(path: &Path) -> Option<SystemTime> {
    if path.is_dir() {
        let entries = path.read_dir().ok()?;
        return entries.filter_map(|entry| newest_below(&entry.ok()?.path())).max();
    }
    modified(path)
}
