//! The crates of the workspace, their modules, and what each uses of its own crate.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// A module, by its path in its crate.
pub struct Module {
    /// Its path, such as `core::table`.
    pub name: String,
    /// The modules of the same crate that it uses.
    pub uses: Vec<String>,
    /// Its text, without its tests.
    pub text: String,
}

/// A crate, by its folder.
pub struct Crate {
    /// The folder, from the root of the repository.
    pub folder: String,
    /// Its modules; the crate's own page is none of them.
    pub modules: Vec<Module>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every crate of shared code, of an area and of the infrastructure.
pub fn crates() -> Vec<Crate> {
    let below = |folder: &str| {
        let entries = fs::read_dir(root().join(folder)).expect("a folder").map(|entry| entry.expect("an entry"));
        let folders = entries.filter(|entry| entry.path().join("Cargo.toml").exists());
        folders.map(|entry| format!("{folder}/{}", entry.file_name().display())).collect::<Vec<_>>()
    };
    let mut folders = below("shared");
    folders.extend(below("functions"));
    folders.extend(["infra".to_owned(), "localstack".to_owned()]);
    folders.sort();
    folders.into_iter().map(|folder| Crate { modules: modules(&root().join(&folder).join("src")), folder }).collect()
}

/// What a crate depends on of this workspace, without the prefix of our crates.
pub fn own_dependencies(folder: &str) -> Vec<String> {
    let manifest = fs::read_to_string(root().join(folder).join("Cargo.toml")).expect("a manifest");
    let runs = manifest.split("[dev-dependencies]").next().unwrap_or_default();
    let names = runs.lines().filter_map(|line| line.strip_prefix("millrace-")?.split('.').next());
    names.map(str::to_owned).collect()
}

fn modules(source: &Path) -> Vec<Module> {
    let mut files = Vec::new();
    gather(source, &mut files);
    let named: Vec<(String, String)> = files
        .into_iter()
        .filter_map(|file| {
            let path = file.strip_prefix(source).expect("below the sources").with_extension("");
            let mut parts: Vec<&str> = path.iter().map(|part| part.to_str().expect("a name")).collect();
            if matches!(parts.as_slice(), ["lib" | "main"]) || parts.last() == Some(&"tests") {
                return None;
            }
            if parts.last() == Some(&"mod") {
                parts.pop();
            }
            let text = fs::read_to_string(&file).expect("a source");
            let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
            Some((parts.join("::"), text))
        })
        .collect();
    let known: Vec<String> = named.iter().map(|(name, _)| name.clone()).collect();
    named.into_iter().map(|(name, text)| Module { uses: uses(&text, &name, &known), name, text }).collect()
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            gather(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The modules among `known` that the text of the module `own` uses, by `use` declarations and by full paths.
pub fn uses(text: &str, own: &str, known: &[String]) -> Vec<String> {
    let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut paths = Vec::new();
    for (start, _) in code.match_indices("use ") {
        if code[..start].chars().next_back().is_none_or(|before| before == '\n' || before == ' ') {
            let end = code[start..].find(';').map_or(code.len(), |end| start + end);
            leaves(&code[start + 4..end], String::new(), &mut paths);
        }
    }
    for (start, _) in code.match_indices("crate::") {
        let path = code[start..].split(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != ':');
        paths.extend(path.take(1).map(|path| path.trim_end_matches(':').to_owned()));
    }
    let used: BTreeSet<String> = paths.iter().filter_map(|path| module_of(path, own, known)).collect();
    used.into_iter().filter(|used| used != own).collect()
}

/// The paths that a tree of a `use` declaration ends in.
fn leaves(tree: &str, prefix: String, paths: &mut Vec<String>) {
    let tree = tree.trim();
    let Some(open) = tree.find('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        paths.push(format!("{prefix}{path}"));
        return;
    };
    let prefix = format!("{prefix}{}", &tree[..open]);
    let (mut depth, mut start) = (0usize, open + 1);
    for (at, letter) in tree.char_indices().skip_while(|(at, _)| *at <= open) {
        match letter {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                if !tree[start..at].trim().is_empty() {
                    leaves(&tree[start..at], prefix.clone(), paths);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// The module that a path leads into: the longest known beginning of it.
fn module_of(path: &str, own: &str, known: &[String]) -> Option<String> {
    let mut parts: Vec<&str> = path.split("::").map(str::trim).collect();
    let mut full: Vec<&str> = Vec::new();
    match parts.first().copied()? {
        "crate" => {
            parts.remove(0);
        }
        "super" => {
            full = own.split("::").collect();
            while parts.first() == Some(&"super") {
                parts.remove(0);
                full.pop();
            }
        }
        child => {
            full = own.split("::").collect();
            if child == "self" {
                parts.remove(0);
            }
            let first = parts.first()?;
            let below = format!("{own}::{first}");
            known.iter().find(|name| **name == below)?;
        }
    }
    full.extend(parts);
    (1..=full.len()).rev().map(|length| full[..length].join("::")).find(|name| known.contains(name))
}
