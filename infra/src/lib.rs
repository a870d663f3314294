//! The CloudFormation templates: a hand-written root stack, and one nested stack per area synthesised from the
//! declarations of its functions.

pub mod alarms;
pub mod apis;
pub mod area;
pub mod buckets;
pub mod dashboard;
pub mod function;
pub mod handed;
pub mod names;
pub mod policy;
pub mod queues;
pub mod root;
pub mod table;
pub mod template;
pub mod web;

use millrace_endpoint::Declared;
use serde_json::Value;
use std::collections::BTreeMap;

/// Functions that are built into one binary and deployed as one nested stack.
#[derive(Clone, Copy)]
pub struct Area {
    /// The area's name, which is its binary's too.
    pub name: &'static str,
    /// Its functions.
    pub functions: &'static [Declared],
}

/// Every area: the crates below `functions/` that this crate's `Cargo.toml` depends on, in its order, which is that of
/// the deployment.
pub const AREAS: &[Area] = include!(concat!(env!("OUT_DIR"), "/areas.rs"));

/// Every function of every area.
pub fn functions(areas: &[Area]) -> Vec<Declared> {
    areas.iter().flat_map(|area| area.functions).copied().collect()
}

/// The templates of a deployment.
#[derive(Debug, Clone, PartialEq)]
pub struct Templates {
    /// The root stack. Its `TemplateURL`s are the nested templates' file names, for a deployment to put addresses in
    /// their place.
    pub root: Value,
    /// The nested stacks, by their areas' names.
    pub areas: BTreeMap<&'static str, Value>,
}

/// The root template's file name.
pub const ROOT_FILE: &str = "root.json";

/// The file name of an area's template.
pub fn area_file(area: &str) -> String {
    format!("{area}.json")
}

impl Templates {
    /// Each template's file name and text, the same in every run.
    pub fn files(&self) -> Vec<(String, String)> {
        let areas = self.areas.iter().map(|(name, value)| (area_file(name), template::text(value)));
        std::iter::once((ROOT_FILE.to_owned(), template::text(&self.root))).chain(areas).collect()
    }
}

/// The templates of `areas`. An area without functions has none.
pub fn synth(areas: &[Area]) -> Templates {
    let filled: Vec<Area> = areas.iter().filter(|area| !area.functions.is_empty()).copied().collect();
    let stacks = filled.iter().map(|area| (area.name, area::template(area))).collect();
    Templates { root: root::template(&filled, &stacks), areas: stacks }
}
