//! `docs/API.md` and `docs/collection.json`: the reference for readers of Markdown and for API clients, both from the
//! OpenAPI document.

mod calls;
mod collection;
mod page;

use crate::command::root;
use anyhow::{Result, bail};
use millrace_infra::{AREAS, functions};
use std::fs;

/// Writes both files, or checks that they are fresh.
///
/// # Errors
/// Where one is stale, or cannot be written.
pub fn write(check: bool) -> Result<()> {
    let mut document = millrace_endpoint::openapi::document(&functions(AREAS));
    // Whether an object keeps the order of its fields depends on the features that a build happens to have.
    document.sort_all_objects();
    let mut collection = collection::collection(&document);
    collection.sort_all_objects();
    let files = [("docs/API.md", page::markdown(&document)), ("docs/collection.json", format!("{collection:#}\n"))];
    for (name, text) in files {
        let path = root().join(name);
        let stale = fs::read_to_string(&path).unwrap_or_default() != text;
        if check && stale {
            bail!("{name} is stale; run `cargo xtask openapi`");
        }
        if stale {
            fs::write(&path, text)?;
        }
        println!("{name}: {}", if stale { "written anew" } else { "as it was" });
    }
    Ok(())
}
