//! The floors of the house: what may use what. Read from the sources, so that a breach fails without anybody looking.

mod circles;
mod sources;

use circles::circles;
use sources::{Crate, crates, own_dependencies};

/// A trait and the argument that each of its methods takes name each other.
const ALLOWED: &[(&str, &[&str])] = &[("shared/endpoint", &["call", "endpoint"])];

#[test]
fn modules_of_no_crate_form_a_circle() {
    let of_crate = |Crate { folder, modules }: Crate| {
        let allowed = |circle: &Vec<String>| ALLOWED.iter().any(|(place, known)| *place == folder && circle == known);
        circles(&modules).into_iter().filter(|circle| !allowed(circle)).map(|circle| (folder.clone(), circle)).collect()
    };
    let found: Vec<(String, Vec<String>)> = crates().into_iter().flat_map::<Vec<_>, _>(of_crate).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn shared_crates_use_only_those_below_them() {
    let floors: &[(&str, &[&str])] = &[
        ("shared/domain", &[]),
        ("shared/import", &["domain"]),
        ("shared/store", &["domain"]),
        ("shared/tasks", &["domain", "store"]),
        ("shared/endpoint", &["domain", "store"]),
        ("shared/platform", &["domain", "store", "endpoint"]),
    ];
    for (folder, below) in floors {
        for used in own_dependencies(folder) {
            assert!(below.contains(&used.as_str()), "{folder} uses {used}");
        }
    }
}

#[test]
fn areas_do_not_use_each_other() {
    let folders: Vec<String> = crates().into_iter().map(|one| one.folder).collect();
    let areas: Vec<&str> = folders.iter().filter_map(|folder| folder.strip_prefix("functions/")).collect();
    for area in &areas {
        for used in own_dependencies(&format!("functions/{area}")) {
            assert!(!areas.contains(&used.as_str()), "functions/{area} uses functions/{used}");
        }
    }
}

#[test]
fn the_core_of_the_store_knows_no_entity_and_entities_do_not_verify() {
    let store = crates().into_iter().find(|one| one.folder == "shared/store").expect("the store");
    for module in &store.modules {
        for used in &module.uses {
            let core = module.name == "core" || module.name.starts_with("core::");
            assert!(!core || used == "core" || used.starts_with("core::"), "{} uses {used}", module.name);
            assert!(used != "verify", "{} uses {used}", module.name);
        }
    }
}

#[test]
fn the_framework_alone_vouches_for_where_a_workspace_comes_from() {
    for one in crates() {
        for module in one.modules.iter().filter(|module| module.text.contains("Provenance for ")) {
            let at = format!("{}/{}", one.folder, module.name);
            assert_eq!(at, "shared/endpoint/consumer", "a scope is not made from what anybody can write down");
        }
    }
}

#[test]
fn the_framework_knows_no_board_and_no_queue() {
    let endpoint = crates().into_iter().find(|one| one.folder == "shared/endpoint").expect("the framework");
    for module in &endpoint.modules {
        for word in ["BoardId", "SprintId", "CommentId", "AttachmentId", "ReportId", "ImportId", "QueueName::new("] {
            assert!(!module.text.contains(word), "{} names {word}", module.name);
        }
    }
}

#[test]
fn a_circle_is_found() {
    let module = |name: &str, uses: &[&str]| sources::Module {
        name: name.to_owned(),
        uses: uses.iter().map(|used| (*used).to_owned()).collect(),
        text: String::new(),
    };
    let modules = [
        module("one", &["two"]),
        module("two", &["three"]),
        module("three", &["one", "four"]),
        module("four", &["four::part"]),
        module("four::part", &["four"]),
    ];
    assert_eq!(circles(&modules), [["one", "three", "two"]]);
}

#[test]
fn uses_are_read_from_trees_and_paths() {
    let text = "use crate::{\n    a::{self, B},\n    c::d as e,\n};\nuse super::f::G;\nfn x() { crate::h::i() }\n";
    let known = ["a", "c", "h", "m", "m::f"].map(str::to_owned);
    assert_eq!(sources::uses(text, "m::own", &known), ["a", "c", "h", "m::f"]);
}
