//! The binaries as Lambda takes them: one zip per area, named by its content.

use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::{
    fs,
    io::{Cursor, Write},
    path::{Path, PathBuf},
    process::Command,
};
use xtask::command::{cargo, find, output, root, run};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// How binaries are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Profile {
    /// Quick to build, for this machine's processor
    Dev,
    /// Small and quick to start, for AWS's arm64
    Lambda,
}

/// A zip with an area's binary.
#[derive(Clone)]
pub struct Artifact {
    /// The area.
    pub area: &'static str,
    /// What it is called in the artifact bucket: by its content, so that the same is never sent twice.
    pub key: String,
    /// The zip.
    pub zip: Vec<u8>,
}

/// Builds and zips the binaries of `areas`.
///
/// # Errors
/// Where a tool is missing or the build fails.
pub fn build(areas: &[&'static str], profile: Profile) -> Result<Vec<Artifact>> {
    let folder = match profile {
        Profile::Dev => build_here()?,
        Profile::Lambda => build_for_lambda(areas)?,
    };
    let stripped = tempfile::tempdir()?;
    areas
        .iter()
        .map(|area| {
            let bytes = match profile {
                Profile::Dev => strip(&folder.join(area), stripped.path(), area)?,
                Profile::Lambda => read(&folder.join(area).join("bootstrap"))?,
            };
            let digest: String = Sha256::digest(&bytes).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
            Ok(Artifact { area, key: format!("code/{area}-{digest}.zip"), zip: zip(&bytes, profile)? })
        })
        .collect()
}

/// The processor that a profile builds for, by Lambda's name of it.
pub fn architecture(profile: Profile) -> &'static str {
    match profile {
        Profile::Dev if std::env::consts::ARCH == "x86_64" => "x86_64",
        Profile::Dev | Profile::Lambda => "arm64",
    }
}

fn build_here() -> Result<PathBuf> {
    // With the whole workspace, for its set of features: a package alone would compile the SDK once more.
    run(&mut cargo(&["build", "--workspace", "--bins"]))?;
    Ok(target_folder()?.join("debug"))
}

fn build_for_lambda(areas: &[&'static str]) -> Result<PathBuf> {
    if find("cargo-lambda").is_none() {
        bail!(
            "cargo-lambda is missing: `pip install cargo-lambda` or `cargo install --locked cargo-lambda` (https://www.cargo-lambda.info)"
        );
    }
    let mut command = cargo(&["lambda", "build", "--profile", "lambda", "--arm64"]);
    for area in areas {
        command.args(["--package", &format!("millrace-{area}")]);
    }
    run(&mut command)?;
    Ok(target_folder()?.join("lambda"))
}

fn target_folder() -> Result<PathBuf> {
    let metadata = output(&mut cargo(&["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
    Ok(PathBuf::from(metadata["target_directory"].as_str().context("cargo names no target folder")?))
}

fn strip(binary: &Path, folder: &Path, area: &str) -> Result<Vec<u8>> {
    let copy = folder.join(area);
    if find("strip").is_some() {
        run(Command::new("strip").arg("-o").arg(&copy).arg(binary).current_dir(root()))?;
        return read(&copy);
    }
    read(binary)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| path.display().to_string())
}

fn zip(binary: &[u8], profile: Profile) -> Result<Vec<u8>> {
    // What stays on this machine is not worth packing.
    let method = if profile == Profile::Dev { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o755);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("bootstrap", options)?;
    writer.write_all(binary)?;
    Ok(writer.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_binary_gives_the_same_zip() -> Result<()> {
        assert_eq!(zip(b"code", Profile::Lambda)?, zip(b"code", Profile::Lambda)?);
        Ok(())
    }
}
