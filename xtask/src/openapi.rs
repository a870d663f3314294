//! `openapi`: the API's document, the page and the collection that follow from it, and the client's types.

use crate::{
    command::{program, root, run as run_program},
    reference,
};
use anyhow::{Context, Result, bail};
use millrace_infra::{AREAS, functions};
use std::fs;

const DOCUMENT: &str = "docs/openapi.json";
const TYPES: &str = "web/src/lib/api/schema.d.ts";

/// What `openapi` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Only says whether what is committed is what would be written
    #[arg(long)]
    pub check: bool,
}

/// Writes the document, `docs/API.md`, `docs/collection.json` and, where the client's packages are installed, its types;
/// or checks them.
///
/// # Errors
/// Where they are stale, or cannot be written.
pub fn run(options: &Options) -> Result<()> {
    document(options.check)?;
    reference::write(options.check)?;
    if root().join("web/node_modules").is_dir() { types(options.check) } else { Ok(()) }
}

/// Writes the document, or checks it.
///
/// # Errors
/// Where it is stale, or cannot be written.
pub fn document(check: bool) -> Result<()> {
    let mut document = millrace_endpoint::openapi::document(&functions(AREAS));
    document.sort_all_objects();
    let text = format!("{document:#}\n");
    let path = root().join(DOCUMENT);
    let stale = fs::read_to_string(&path).unwrap_or_default() != text;
    if check && stale {
        bail!("{DOCUMENT} is stale; run `cargo xtask openapi`");
    }
    if stale {
        fs::create_dir_all(path.parent().context("docs")?)?;
        fs::write(&path, text)?;
    }
    println!("{DOCUMENT}: {}", if stale { "written anew" } else { "as it was" });
    Ok(())
}

/// Makes the client's types from the committed document, or checks them.
///
/// # Errors
/// Where they are stale, or the generator fails.
pub fn types(check: bool) -> Result<()> {
    let path = root().join(TYPES);
    let before = fs::read_to_string(&path).unwrap_or_default();
    run_program(&mut program("npm", "web", &["run", "--silent", "generate"]))?;
    let stale = fs::read_to_string(&path)? != before;
    if check && stale {
        fs::write(&path, before)?;
        bail!("{TYPES} is stale; run `cargo xtask openapi`");
    }
    println!("{TYPES}: {}", if stale { "written anew" } else { "as it was" });
    Ok(())
}
