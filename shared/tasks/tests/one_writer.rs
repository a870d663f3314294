//! That tasks are written by this crate alone.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Where code lies that could write tasks.
const ROOTS: [&str; 4] = ["functions", "shared", "localstack", "infra"];
/// The crate that writes tasks, and the one that hands it the right to.
const MAY: [&str; 2] = ["shared/tasks/", "shared/store/"];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            sources(&entry, into);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            into.push(entry);
        }
    }
}

#[test]
fn the_right_to_write_tasks_is_taken_by_the_task_writer_alone() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    ROOTS.iter().for_each(|folder| sources(&root.join(folder), &mut files));
    let named = |file: &PathBuf| fs::read_to_string(file).expect("a source").contains("TaskWriteGrant");
    let users: Vec<String> = files
        .iter()
        .filter(|file| named(file))
        .map(|file| file.strip_prefix(&root).expect("within the repository").to_string_lossy().into_owned())
        .collect();
    assert!(users.iter().any(|file| file.starts_with(MAY[0])), "the right has another name by now: {users:?}");
    let others: Vec<_> = users.iter().filter(|file| !MAY.iter().any(|folder| file.starts_with(folder))).collect();
    assert!(others.is_empty(), "tasks are changed through millrace-task-changes, not in {others:?}");
}
