//! MiniStack, which replaces AWS in the deployed-stack tests: installed in its own virtual environment, and run as a
//! child process.

use anyhow::{Context, Result, bail};
use std::{
    fs,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use tempfile::TempDir;
use xtask::{
    command::{free_port, root},
    python::{self, MINISTACK},
};

const LAUNCHER: &str = "localstack/ministack/launch.py";
const LONGEST_START: Duration = Duration::from_secs(60);
const LONGEST_END: Duration = Duration::from_secs(5);

/// A running MiniStack.
pub struct MiniStack {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl MiniStack {
    /// Starts one on a free port and waits until it answers.
    ///
    /// # Errors
    /// Where it does not start; its log is then part of the message.
    pub async fn start() -> Result<Self> {
        let python = python::environment(MINISTACK)?.join("bin/python");
        let port = free_port()?;
        let folder = tempfile::tempdir()?;
        let log = fs::File::create(folder.path().join("log"))?;
        let endpoint = format!("http://127.0.0.1:{port}");
        let child = Command::new(python)
            .arg(root().join(LAUNCHER))
            .current_dir(folder.path())
            .env("BIND_HOST", "127.0.0.1")
            .env("GATEWAY_PORT", port.to_string())
            .env("LOG_LEVEL", "INFO")
            // Functions get their own from it; without one they would call the real AWS.
            .env("AWS_ENDPOINT_URL", &endpoint)
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env_remove("AWS_SESSION_TOKEN")
            .env_remove("AWS_PROFILE")
            .env("TMPDIR", folder.path())
            .stdin(Stdio::piped())
            .stdout(log.try_clone()?)
            .stderr(log)
            .process_group(0)
            .spawn()
            .context("MiniStack cannot be started")?;
        let mut started = Self { child, port, folder };
        started.wait_until_ready().await?;
        Ok(started)
    }

    async fn wait_until_ready(&mut self) -> Result<()> {
        let client = reqwest::Client::new();
        let health = format!("{}/_ministack/health", self.endpoint());
        let started = Instant::now();
        loop {
            if client.get(&health).send().await.is_ok_and(|answer| answer.status().is_success()) {
                return Ok(());
            }
            if self.child.try_wait()?.is_some() || started.elapsed() > LONGEST_START {
                bail!("MiniStack does not start:\n{}", self.log());
            }
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Its address.
    pub fn endpoint(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    /// The file that it logs to, which goes when it does.
    pub fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// A folder that goes when it does.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

impl Drop for MiniStack {
    fn drop(&mut self) {
        // The end of its input ends it, and it ends its functions; what is left over goes with its group.
        drop(self.child.stdin.take());
        let asked = Instant::now();
        while asked.elapsed() < LONGEST_END && matches!(self.child.try_wait(), Ok(None)) {
            std::thread::sleep(Duration::from_millis(10));
        }
        let group = format!("-{}", self.child.id());
        let mut kill = Command::new("kill");
        kill.args(["-KILL", "--", &group]).stdout(Stdio::null()).stderr(Stdio::null());
        drop(kill.status());
        drop(self.child.wait());
    }
}
