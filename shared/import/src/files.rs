//! Files on tasks that come along with an import: those that the file names by the task and the id that they have in the
//! import's own workspace. What a file says of them is whatever was typed, so nothing else of it is gone by.

use super::Reading;
use millrace_domain::{
    file::attachment::AttachmentFields,
    id::{AttachmentId, TaskKey, WorkspaceId},
};

/// A file that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedFile {
    /// What it is called in the file.
    pub name: String,
    /// The task.
    pub task: TaskKey,
    /// Its id there.
    pub id: AttachmentId,
}

/// The files on a task, as a file tells of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListedFiles {
    /// Those that are looked for, in the order of the file.
    pub wanted: Vec<ImportedFile>,
    /// What the others are called, as far as they are named.
    pub others: Vec<String>,
    /// How many there are in all.
    pub count: u32,
}

/// How many names are told of those that stay behind.
const MOST_TOLD: usize = 5;

impl ListedFiles {
    /// What is told of those that stay behind, where only those of the wanted come along whose places `comes` has; none
    /// where all of them come.
    pub fn left_behind(&self, comes: impl Fn(usize) -> bool) -> Option<String> {
        let missed = self.wanted.iter().enumerate().filter(|(place, _)| !comes(*place)).map(|(_, file)| &file.name);
        let missed: Vec<&String> = missed.collect();
        let count = self.count - (self.wanted.len() - missed.len()) as u32;
        let all = missed.len() + self.others.len();
        let named: Vec<String> =
            missed.into_iter().chain(&self.others).take(MOST_TOLD).map(|name| format!("“{name}”")).collect();
        let more = if all > named.len() { " and more" } else { "" };
        let named = if named.is_empty() { String::new() } else { format!(" ({}{more})", named.join(", ")) };
        match count {
            0 => None,
            1 => Some(format!("1 attached file{named} is neither in the file nor found here, and stays behind")),
            _ => Some(format!("{count} attached files{named} are neither in the file nor found here, and stay behind")),
        }
    }
}

/// What a file becomes on `task`: the same under the same id, so that files keep their order and none comes twice, and to be
/// looked at as every file that comes. Ids tell the files of one task apart.
pub fn carried(source: &AttachmentFields, task: &TaskKey) -> AttachmentFields {
    AttachmentFields { task: task.clone(), scanned_at: None, thumbnail: None, ..source.clone() }
}

/// Where a file that is looked for stands: its task's place in the file, and its own among that task's.
pub type FilePlace = (usize, usize);

impl Reading {
    /// The files that are looked for, of the tasks from `index` on.
    pub fn wanted_files(&self, index: usize) -> impl Iterator<Item = (FilePlace, &ImportedFile)> {
        let tasks = self.tasks.iter().enumerate().skip(index);
        tasks.flat_map(|(index, task)| {
            let wanted = task.files.wanted.iter().enumerate();
            wanted.map(move |(place, file)| ((index, place), file))
        })
    }

    /// Looks for no file where the file is not of `workspace`: none of them could be found.
    pub fn look_in(&mut self, workspace: &WorkspaceId) {
        if self.workspace.as_ref() == Some(workspace) {
            return;
        }
        for task in &mut self.tasks {
            let files = &mut task.files;
            files.others.splice(..0, files.wanted.drain(..).map(|file| file.name));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Asked;
    use crate::read;
    use millrace_domain::import::ImportFormat;
    use proptest::prelude::*;
    use serde_json::json;

    fn reading(workspace: &str, files: &serde_json::Value, count: usize) -> Reading {
        let task = json!({"key": "WEB-1", "title": "One", "attachment_count": count, "attachments": files});
        let file = json!({"format": "millrace-project", "version": 2, "workspace": workspace, "tasks": [task, task]});
        read(ImportFormat::Json, file.to_string().as_bytes(), &Asked::default()).expect("reads")
    }

    #[test]
    fn an_attachment_is_looked_up_once_in_its_own_workspace() {
        let file = |id: &str| json!({"id": id, "name": id, "size": 1, "type": "text/plain"});
        let files = json!([file("att_AAAA"), file("nothing"), file("att_AAAA"), file("att_BBBB")]);
        let mut found = reading("ws_AAAA", &files, 4);
        let wanted = |found: &Reading| found.tasks.iter().map(|task| task.files.wanted.len()).collect::<Vec<_>>();
        found.look_in(&"ws_AAAA".parse().expect("an id"));
        assert_eq!(wanted(&found), [2, 0]);
        found.look_in(&"ws_BBBB".parse().expect("an id"));
        assert_eq!(wanted(&found), [0, 0]);
        let told = found.tasks[0].files.left_behind(|_| true).expect("all stay");
        assert!(told.starts_with("4 attached files (“att_AAAA”, “att_BBBB”, “nothing”, “att_AAAA”) are"), "{told}");
    }

    #[test]
    fn one_line_reports_the_attachments_left_behind() {
        let file = |id: &str| json!({"id": id, "name": id, "size": 1, "type": "text/plain"});
        let found = reading("ws_AAAA", &json!([file("att_AAAA"), file("att_BBBB")]), 2);
        let files = &found.tasks[0].files;
        assert_eq!(files.left_behind(|_| true), None);
        assert!(
            files.left_behind(|place| place == 0).is_some_and(|told| told.starts_with("1 attached file (“att_BBBB”)"))
        );
        assert!(
            reading("", &json!([]), 2).tasks[0]
                .files
                .left_behind(|_| true)
                .is_some_and(|told| { told.starts_with("2 attached files are neither") })
        );
    }

    proptest! {
        #[test]
        fn every_attachment_is_copied_or_reported(known in 0usize..9, unknown in 0usize..9, comes in any::<u16>()) {
            let file = |place: usize| json!({"id": format!("att_{place:04}"), "name": "a", "size": 1, "type": "text/plain"});
            let other = |_| json!({"name": "b", "size": 1, "type": "text/plain"});
            let files: Vec<_> = (0..known).map(file).chain((0..unknown).map(other)).collect();
            let found = reading("ws_AAAA", &json!(files), known + unknown);
            let comes = |place: usize| comes >> place & 1 == 1;
            let stay = unknown + (0..known).filter(|place| !comes(*place)).count();
            let told = found.tasks[0].files.left_behind(comes);
            let number = told.as_ref().and_then(|told| told.split(' ').next()?.parse().ok()).unwrap_or(0);
            prop_assert_eq!(number, stay);
        }
    }
}
