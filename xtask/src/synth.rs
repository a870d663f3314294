//! `synth`: the templates, from the declarations.

use crate::command::root;
use anyhow::{Context, Result, bail};
use millrace_infra::AREAS;
use std::{collections::BTreeSet, fs};

/// What `synth` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Only says whether the committed templates are what would be written
    #[arg(long)]
    pub check: bool,
}

/// Writes the templates to `infra/templates`, or checks them.
///
/// # Errors
/// Where they are stale, or cannot be written.
pub fn run(options: &Options) -> Result<()> {
    let folder = root().join("infra/templates");
    fs::create_dir_all(&folder)?;
    let files = millrace_infra::synth(AREAS).files();
    let made: BTreeSet<String> = files.iter().map(|(name, _)| name.clone()).collect();
    let mut stale = Vec::new();
    for (name, text) in &files {
        let path = folder.join(name);
        if fs::read_to_string(&path).unwrap_or_default() != *text {
            stale.push(name.clone());
            if !options.check {
                fs::write(&path, text).with_context(|| path.display().to_string())?;
            }
        }
    }
    for entry in fs::read_dir(&folder)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if !made.contains(&name) {
            if !options.check {
                fs::remove_file(entry.path())?;
            }
            stale.push(name);
        }
    }
    if options.check && !stale.is_empty() {
        bail!("stale in infra/templates: {}; run `cargo xtask synth`", stale.join(", "));
    }
    println!("infra/templates: {} templates, {}", files.len(), changed(stale.len()));
    Ok(())
}

fn changed(count: usize) -> String {
    if count == 0 { "all as they were".to_owned() } else { format!("{count} written anew") }
}
