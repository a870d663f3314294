//! The sizes of each area's binary and of its zip file.

use crate::report::row;
use anyhow::{Context, Result};
use std::{
    io::{Cursor, Write},
    path::Path,
    process::Command,
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Measures every area.
pub fn measure(binaries: &Path) -> Result<()> {
    let folder = tempfile::tempdir()?;
    for area in millrace_infra::AREAS {
        let stripped = folder.path().join(area.name);
        let status = Command::new("strip").arg("-o").arg(&stripped).arg(binaries.join(area.name)).status();
        let status = status.context("strip, of the binutils, cannot be run")?;
        anyhow::ensure!(status.success(), "{} cannot be stripped", area.name);
        let bytes = std::fs::read(&stripped)?;
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file("bootstrap", SimpleFileOptions::default().unix_permissions(0o755))?;
        zip.write_all(&bytes)?;
        let zipped = zip.finish()?.into_inner().len();
        let megabytes = |bytes: usize| bytes as f64 / 1_000_000.0;
        row(area.name, &format!("{:>6.1} MB   zip {:>5.1} MB", megabytes(bytes.len()), megabytes(zipped)));
    }
    Ok(())
}
