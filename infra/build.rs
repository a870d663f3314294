//! Makes the list of areas from this crate's dependencies, so that an area is named in one place.

use std::{collections::BTreeSet, env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=Cargo.toml");
    println!("cargo::rerun-if-changed=../functions");
    let manifest = fs::read_to_string("Cargo.toml")?;
    let areas: Vec<&str> = manifest.lines().filter_map(area).collect();
    let named: BTreeSet<String> = areas.iter().map(|area| (*area).to_owned()).collect();
    for folder in fs::read_dir("../functions")? {
        let folder = folder?.file_name().to_string_lossy().into_owned();
        if !named.contains(&folder) {
            let line = format!("millrace-{folder} = {{ path = \"../functions/{folder}\" }}");
            return Err(format!("functions/{folder} is deployed by nothing: add `{line}` to infra/Cargo.toml").into());
        }
    }
    let list: String = areas
        .iter()
        .map(|area| {
            let library = area.replace('-', "_");
            format!("    Area {{ name: \"{area}\", functions: millrace_{library}::FUNCTIONS }},\n")
        })
        .collect();
    let file = Path::new(&env::var("OUT_DIR")?).join("areas.rs");
    Ok(fs::write(file, format!("&[\n{list}]"))?)
}

/// The area that a line of the manifest depends on: `millrace-boards = { path = "../functions/boards" }`.
fn area(line: &str) -> Option<&str> {
    let (name, value) = line.strip_prefix("millrace-")?.split_once(" = ")?;
    value.contains(&format!("\"../functions/{name}\"")).then_some(name)
}
