//! Each function has a test file of its name (`boards-move-task`: `boards/move_task.rs`), or the file that covers it is
//! named in [`COVERED_BY`]. Either way the file calls the function.

use crate::covered_by::COVERED_BY;
use millrace_endpoint::{Declared, Route, declared::Trigger, route::Method};
use std::{collections::BTreeMap, fs, path::Path};

/// The test files and what is in them, by their paths below `tests/api/tests`.
type Files = BTreeMap<String, String>;

fn files() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut files = Files::new();
    for folder in fs::read_dir(&root).expect("the tests").map(|entry| entry.expect("a folder").path()) {
        for file in fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("a file").path()) {
            let name = file.strip_prefix(&root).expect("is in it").to_str().expect("a name").to_owned();
            files.insert(name, fs::read_to_string(&file).expect("a file"));
        }
    }
    files
}

/// What is wrong with the files and the table, each in a line.
fn complaints(functions: &[Declared], files: &Files, table: &[(&str, &str)]) -> Vec<String> {
    let mut complaints = Vec::new();
    for function in functions {
        let (area, rest) = function.name.split_once('-').expect("an area and a name");
        let own = format!("{area}/{}.rs", rest.replace('-', "_"));
        let listed: Vec<&str> =
            table.iter().filter(|(name, _)| *name == function.name).map(|(_, file)| *file).collect();
        let file = match listed[..] {
            [] if files.contains_key(&own) => own,
            [] => {
                complaints.push(format!("{}: there is no {own}, and no file is named that covers it", function.name));
                continue;
            }
            [_] if files.contains_key(&own) => {
                complaints.push(format!("{}: has {own}, and a line in the table", function.name));
                continue;
            }
            [file] => file.to_owned(),
            _ => {
                complaints.push(format!("{}: is in the table twice", function.name));
                continue;
            }
        };
        match files.get(&file) {
            None => complaints.push(format!("{}: {file} does not exist", function.name)),
            Some(text) if !calls(function, text, shared_by(files, &file)) => {
                complaints.push(format!("{}: {file} does not call it", function.name));
            }
            Some(_) => {}
        }
    }
    for (name, _) in table {
        if !functions.iter().any(|function| function.name == *name) {
            complaints.push(format!("{name}: is in the table, and no function"));
        }
    }
    complaints
}

/// What the files of a folder share: its `main.rs`.
fn shared_by<'files>(files: &'files Files, file: &str) -> &'files str {
    let folder = file.split('/').next().unwrap_or_default();
    files.get(&format!("{folder}/main.rs")).map_or("", String::as_str)
}

/// Whether a test file calls a function: a route by its method and path, all others by their name or action.
fn calls(function: &Declared, file: &str, shared: &str) -> bool {
    match function.trigger {
        Trigger::Http(route) => calls_route(route, &format!("{file}\n{shared}")),
        Trigger::Socket(action) if !action.starts_with('$') => {
            file.contains(&format!("\"{action}\"")) || names(file, function.name)
        }
        _ => names(file, function.name),
    }
}

/// Whether a text holds a function's name, and not only a longer one that begins with it.
fn names(text: &str, name: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|next: char| next == '-' || next.is_alphanumeric());
    text.match_indices(name).any(|(at, _)| ends(&text[at + name.len()..]))
}

fn calls_route(route: &Route, text: &str) -> bool {
    let method = match route.method {
        Method::Get => [".get(", "\"GET\""],
        Method::Post => [".post(", "\"POST\""],
        Method::Put => [".put(", "\"PUT\""],
        Method::Patch => [".patch(", "\"PATCH\""],
        Method::Delete => [".delete(", "\"DELETE\""],
    };
    let bound = bound(text);
    let resolved = |literal: &str| {
        let mut literal = literal.to_owned();
        for (name, value) in &bound {
            literal = literal.replace(&format!("{{{name}}}"), value);
        }
        literal
    };
    method.iter().any(|used| text.contains(used))
        && literals(text).any(|literal| leads_to(route.path, &resolved(literal)))
}

/// The names that are bound to a text on one line, with the text.
fn bound(text: &str) -> Vec<(&str, &str)> {
    text.lines().filter_map(binding).collect()
}

fn binding(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    if let Some((name, value)) = line.strip_prefix("const ").and_then(|rest| rest.split_once(": &str = \"")) {
        return Some((name, value.strip_suffix("\";")?));
    }
    let (name, value) = line.strip_prefix("let ")?.split_once(" = format!(\"")?;
    Some((name, value.split('"').next()?))
}

/// The text literals of a source, those that are on one line.
fn literals(text: &str) -> impl Iterator<Item = &str> {
    // Whatever stands between two quotes: what stands between two literals is never a path.
    text.lines().flat_map(|line| line.split('"'))
}

/// Whether a literal is a path of a route, or the end of one: placeholders of either may stand for anything. A query may
/// follow.
fn leads_to(path: &str, literal: &str) -> bool {
    let literal = literal.split('?').next().unwrap_or_default();
    let (path, mut written): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), literal.split('/').collect());
    let same = |(part, written): (&&str, &&str)| {
        if part.starts_with('{') { !written.is_empty() } else { written.split('{').next() == Some(part) }
    };
    if path.len() == written.len() && path.iter().zip(&written).all(same) {
        return true;
    }
    // The beginning of the path is in a variable, or put in front by a helper.
    if !matches!(written.first(), Some(first) if first.is_empty() || first.starts_with('{')) {
        return false;
    }
    written.remove(0);
    let Some(tail) = path.len().checked_sub(written.len()).map(|from| &path[from..]) else { return false };
    tail.iter().any(|part| !part.is_empty() && !part.starts_with('{')) && tail.iter().zip(&written).all(same)
}

#[test]
fn every_function_has_a_test_file_that_calls_it() {
    let functions = millrace_infra::functions(millrace_infra::AREAS);
    let complaints = complaints(&functions, &files(), COVERED_BY);
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn a_path_is_found_as_tests_write_it() {
    let path = "/api/teams/{team_id}/members/{user_id}";
    for literal in [
        "/api/teams/{}/members/{id}?x=1",
        "/api/teams/team_1/members/usr_1",
        "{}/members/{person}",
        "/members/{person}",
    ] {
        assert!(leads_to(path, literal), "{literal}");
    }
    for literal in ["/api/teams/{}", "{}/{person}", "/api/teams/{}/people/{}", "members", "", "{}", "/", "//"] {
        assert!(!leads_to(path, literal), "{literal}");
    }
    assert!(leads_to("/api/projects/{project}/velocity", "/api/projects/WEB/velocity{query}"));
    assert_eq!(binding(r#"    let path = format!("{logs}/{}", id);"#), Some(("path", "{logs}/{}")));
    assert_eq!(binding(r#"const PATH: &str = "/api/teams";"#), Some(("PATH", "/api/teams")));
}

#[test]
fn a_function_without_a_true_test_file_is_complained_of() {
    static ROUTE: Route = Route::patch("boards-paint", "/api/boards/{board_id}/paint");
    let any = *millrace_infra::functions(millrace_infra::AREAS).first().expect("a function");
    let function = Declared { name: "boards-paint", trigger: Trigger::Http(&ROUTE), ..any };
    let complain = |file: &str, text: &str, table: &[(&str, &str)]| {
        complaints(&[function], &Files::from([(file.to_owned(), text.to_owned())]), table)
    };
    let calling = r#"alex.patch(&format!("/api/boards/{}/paint", board.id), json!({}))"#;
    let nothing = Vec::<String>::new();
    assert_eq!(complain("boards/paint.rs", calling, &[]), nothing);
    assert_eq!(complain("boards/update.rs", calling, &[("boards-paint", "boards/update.rs")]), nothing);
    for (file, text, table) in [
        ("boards/update.rs", calling, &[][..]),
        ("boards/paint.rs", "", &[]),
        ("boards/paint.rs", r#"alex.get(&format!("/api/boards/{}/paint", board.id))"#, &[]),
        ("boards/paint.rs", calling, &[("boards-paint", "boards/paint.rs")]),
        ("boards/update.rs", calling, &[("boards-paint", "boards/gone.rs")]),
        (
            "boards/update.rs",
            r#"alex.patch("/api/boards/b/colour", json!({}))"#,
            &[("boards-paint", "boards/update.rs")],
        ),
        ("boards/paint.rs", calling, &[("boards-varnish", "boards/paint.rs")]),
    ] {
        assert_eq!(complain(file, text, table).len(), 1, "{file} {text} {table:?}");
    }
}
