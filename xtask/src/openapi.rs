//! `openapi`: the API's documents, the page and the collection that follow from them, and the client's types.

use crate::{
    command::{program, root, run as run_program},
    reference,
};
use anyhow::{Context, Result, bail};
use millrace_domain::{event::Event, live::Frame};
use millrace_infra::{AREAS, functions};
use serde_json::Value;
use std::fs;

const OPENAPI: &str = "docs/openapi.json";
const ASYNCAPI: &str = "docs/asyncapi.json";
const TYPES: &[&str] = &["web/src/lib/api/schema.d.ts", "web/src/lib/api/live.d.ts"];

/// What `openapi` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Only says whether what is committed is what would be written
    #[arg(long)]
    pub check: bool,
}

/// Writes the documents, `docs/API.md`, `docs/collection.json` and, where the client's packages are installed, its types;
/// or checks them.
///
/// # Errors
/// Where they are stale, or cannot be written.
pub fn run(options: &Options) -> Result<()> {
    documents(options.check)?;
    reference::write(options.check)?;
    if root().join("web/node_modules").is_dir() { types(options.check) } else { Ok(()) }
}

/// Writes the documents, or checks them.
///
/// # Errors
/// Where they are stale, or cannot be written.
pub fn documents(check: bool) -> Result<()> {
    let functions = functions(AREAS);
    document(OPENAPI, millrace_endpoint::openapi::document(&functions), check)?;
    document(ASYNCAPI, millrace_endpoint::asyncapi::document::<Frame, Event>(&functions, Frame::PUSHED), check)
}

fn document(file: &str, mut document: Value, check: bool) -> Result<()> {
    document.sort_all_objects();
    let text = format!("{document:#}\n");
    let path = root().join(file);
    let stale = fs::read_to_string(&path).unwrap_or_default() != text;
    if check && stale {
        bail!("{file} is stale; run `cargo xtask openapi`");
    }
    if stale {
        fs::create_dir_all(path.parent().context("docs")?)?;
        fs::write(&path, text)?;
    }
    println!("{file}: {}", if stale { "written anew" } else { "as it was" });
    Ok(())
}

/// Makes the client's types from the committed documents, or checks them.
///
/// # Errors
/// Where they are stale, or the generator fails.
pub fn types(check: bool) -> Result<()> {
    let paths = TYPES.iter().map(|file| (file, root().join(file)));
    let before: Vec<_> =
        paths.map(|(file, path)| (file, fs::read_to_string(&path).unwrap_or_default(), path)).collect();
    run_program(&mut program("npm", "web", &["run", "--silent", "generate"]))?;
    for (file, before, path) in before {
        let stale = fs::read_to_string(&path)? != before;
        if check && stale {
            fs::write(&path, before)?;
            bail!("{file} is stale; run `cargo xtask openapi`");
        }
        println!("{file}: {}", if stale { "written anew" } else { "as it was" });
    }
    Ok(())
}
