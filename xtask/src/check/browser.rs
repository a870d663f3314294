//! The browser tests: the client in Chromium, on an embedded server with its own data folder.

use crate::{
    client,
    command::{find, free_port, output, program, root, run, works},
};
use anyhow::{Context, Result, bail};
use millrace_server::health;
use std::{
    env,
    path::PathBuf,
    process::{Child, Command},
    time::{Duration, Instant},
};

const FOLDER: &str = "tests/browser";
const LONGEST_START: Duration = Duration::from_secs(60);

/// Runs them.
pub(super) fn run_tests() -> Result<()> {
    client::install_packages(&root().join(FOLDER))?;
    let chromium = chromium()?;
    let data = tempfile::tempdir()?;
    let port = free_port()?;
    let mut server = Command::new(env::current_exe()?);
    server.arg("up").args(["--port", &port.to_string()]).arg("--data").arg(data.path()).current_dir(root());
    let mut server = Server(server.spawn().context("the embedded server cannot be started")?);
    server.wait_until_ready(port)?;
    let mut tests = program("npx", FOLDER, &["--no-install", "playwright", "test"]);
    tests.env("MILLRACE_URL", format!("http://localhost:{port}"));
    if let Some(chromium) = chromium {
        tests.env("CHROMIUM", chromium);
    }
    run(&mut tests)
}

struct Server(Child);

impl Server {
    fn wait_until_ready(&mut self, port: u16) -> Result<()> {
        let started = Instant::now();
        while !health::is_good(port) {
            if let Some(status) = self.0.try_wait()? {
                bail!("the embedded server ended ({status})");
            }
            if started.elapsed() > LONGEST_START {
                bail!("the embedded server does not answer");
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// The browser: named by `CHROMIUM`, or the system's, or else Playwright's own, for which there is nothing to name.
fn chromium() -> Result<Option<PathBuf>> {
    if let Some(named) = env::var_os("CHROMIUM").filter(|named| !named.is_empty()) {
        return Ok(Some(named.into()));
    }
    const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    if let Some(found) = NAMES.iter().find_map(|name| find(name)) {
        return Ok(Some(found));
    }
    println!("no Chromium here: taking Playwright's");
    if run(&mut program("npx", FOLDER, &["--no-install", "playwright", "install", "chromium"])).is_ok() {
        return Ok(None);
    }
    let is_root = output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if is_root && works("apt-get", &["--version"]) {
        run(Command::new("apt-get").args(["install", "--yes", "--no-install-recommends", "chromium"]))?;
        return Ok(find("chromium"));
    }
    bail!("Chromium is missing: install it, or set CHROMIUM to where it is")
}
