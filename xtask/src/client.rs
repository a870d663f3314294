//! The browser client's packages and its build.

use anyhow::{Context, Result, bail};
use std::{io::Write, path::Path, process::Command, time::SystemTime};

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

/// Checks for Node.js 20 or newer.
///
/// # Errors
/// Where it is missing or older; one line says what to install.
pub fn need_node() -> Result<()> {
    let version = Command::new("node").arg("--version").output().ok().filter(|output| output.status.success());
    let version = version.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    let major =
        version.as_deref().and_then(|version| version.trim_start_matches('v').split('.').next()?.parse::<u32>().ok());
    match major {
        Some(20..) => Ok(()),
        _ => bail!(
            "Node.js 20 or newer is missing ({} was found): see https://nodejs.org",
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
