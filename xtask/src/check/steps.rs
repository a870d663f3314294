//! The checks in order: fast and frequently failing ones first.

use super::{Part, Step, browser, rust};
use crate::{
    client,
    command::{cargo, program, root, run},
    openapi,
    python::{self, MINISTACK},
    reference, synth,
};
use anyhow::Result;
use std::process::Command;

pub(super) const ALL: &[Step] = &[
    Step { part: Part::Rust, title: "format", check: || run(&mut cargo(&["fmt", "--all", "--check"])) },
    Step { part: Part::Rust, title: "templates are fresh", check: || synth::run(&synth::Options { check: true }) },
    Step { part: Part::Rust, title: "API documents are fresh", check: || openapi::documents(true) },
    Step { part: Part::Rust, title: "API page and collection are fresh", check: || reference::write(true) },
    Step { part: Part::Rust, title: "dependencies", check: rust::dependencies },
    Step { part: Part::Rust, title: "features of dependencies", check: rust::features },
    Step { part: Part::Rust, title: "clippy", check: rust::clippy },
    Step { part: Part::Rust, title: "Rust tests", check: || run(&mut cargo(&["test", "--workspace"])) },
    Step { part: Part::Web, title: "client packages", check: packages },
    Step { part: Part::Web, title: "client's API types are fresh", check: || openapi::types(true) },
    Step { part: Part::Web, title: "client lints", check: || npm("web", &["run", "--silent", "lint"]) },
    Step { part: Part::Web, title: "client types", check: || npm("web", &["run", "--silent", "types"]) },
    Step { part: Part::Web, title: "client tests", check: || npm("web", &["run", "--silent", "test"]) },
    Step { part: Part::Web, title: "client build", check: || client::build_client(&root()) },
    Step { part: Part::Browser, title: "browser tests", check: browser::run_tests },
    Step { part: Part::Stack, title: "template lint", check: cfn_lint },
    Step { part: Part::Stack, title: "deployed stack", check: stack },
];

fn packages() -> Result<()> {
    client::install_packages(&root().join("web"))
}

fn npm(folder: &str, arguments: &[&str]) -> Result<()> {
    run(&mut program("npm", folder, arguments))
}

fn cfn_lint() -> Result<()> {
    let lint = python::environment(MINISTACK)?.join("bin/cfn-lint");
    run(Command::new(lint).arg("infra/templates/*.json").current_dir(root()))
}

fn stack() -> Result<()> {
    // By the test's name in the whole workspace, for its set of features: the package alone would compile the SDK once
    // more.
    run(cargo(&["test", "--workspace", "--test", "stack"]).env("MILLRACE_STACK", "1"))
}
