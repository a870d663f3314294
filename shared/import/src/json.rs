//! A project exported by data-export.

use super::{
    ImportedComment, ImportedTask, ListedBoard, ListedColumn, MOST_FILES, MOST_TASKS, Reading, cell,
    files::{ImportedFile, ListedFiles},
    listed_sprint::ListedSprint,
    steps, unreadable,
};
use millrace_domain::{
    Result,
    file::export::{
        ExportedBoard, ExportedField, ExportedFile, ExportedLabel, ExportedSprint, ExportedTask, FORMAT, OLDEST,
        VERSION,
    },
    id::{AttachmentId, FieldId, TaskKey},
    sprint::SprintPlan,
    task::custom::FieldDefinition,
};
use serde::{
    Deserialize, Deserializer,
    de::{Error as _, SeqAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{
    collections::{BTreeMap, HashSet},
    marker::PhantomData,
};

/// The most boards, labels, fields or sprints that a file may list.
const MOST_LISTED: usize = 1_000;

/// The most bytes of one task: what is read of it takes some sixteen times as much memory at the worst.
const MOST_BYTES: usize = 16 * 1024 * 1024;

/// A list of at most `MOST` entries: what is longer is refused before it takes the memory.
pub(super) struct AtMost<T, const MOST: usize>(pub Vec<T>);

impl<T, const MOST: usize> Default for AtMost<T, MOST> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for AtMost<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<T, const MOST: usize>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Entries<T, MOST> {
            type Value = Vec<T>;
            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "a list of at most {MOST}")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = list.next_element()? {
                    if entries.len() == MOST {
                        return Err(A::Error::custom(format!("a list holds more than {MOST} entries")));
                    }
                    entries.push(entry);
                }
                Ok(entries)
            }
        }
        deserializer.deserialize_seq(Entries::<T, MOST>(PhantomData)).map(Self)
    }
}

/// What says what the file is.
#[derive(Deserialize)]
struct Head {
    #[serde(default)]
    format: String,
    #[serde(default)]
    version: u32,
}

/// The file, of which tasks are looked at one by one: one that is wrong is left out alone.
#[derive(Deserialize)]
struct File<'bytes> {
    #[serde(default)]
    workspace: Option<String>,
    #[serde(default)]
    boards: AtMost<ExportedBoard, MOST_LISTED>,
    #[serde(default)]
    labels: AtMost<ExportedLabel, MOST_LISTED>,
    #[serde(default)]
    fields: AtMost<ExportedField, MOST_LISTED>,
    #[serde(default)]
    sprints: AtMost<ExportedSprint, MOST_LISTED>,
    #[serde(borrow, default)]
    tasks: AtMost<&'bytes RawValue, MOST_TASKS>,
}

/// Text out of bytes, which JSON has to be.
pub(super) fn text(bytes: &[u8]) -> Result<&str> {
    let text = std::str::from_utf8(bytes);
    text.map_err(|error| unreadable(format!("The file is not UTF-8: byte {} cannot be read.", error.valid_up_to())))
}

/// What is wrong with a JSON document.
pub(super) fn broken(error: &serde_json::Error) -> millrace_domain::Error {
    let what = if error.is_eof() { "The file ends before it is whole" } else { "The file cannot be read" };
    unreadable(format!("{what}: {error}."))
}

/// Reads a project.
///
/// # Errors
/// [`millrace_domain::Error::Invalid`] naming `file` where it is none.
pub fn read(bytes: &[u8]) -> Result<Reading> {
    let text = text(bytes)?;
    let head: Head = serde_json::from_str(text).map_err(|error| broken(&error))?;
    if head.format != FORMAT {
        return Err(unreadable(format!("The file is no export of Millrace: its format is not “{FORMAT}”.")));
    }
    if !(OLDEST..=VERSION).contains(&head.version) {
        let message = format!("The file has the version {}, and {OLDEST} to {VERSION} are read.", head.version);
        return Err(unreadable(message));
    }
    let file: File<'_> = serde_json::from_str(text).map_err(|error| broken(&error))?;
    let workspace = file.workspace.as_ref().and_then(|workspace| workspace.parse().ok());
    let mut reading = Reading { workspace, ..Reading::default() };
    let mut named = HashSet::new();
    lists(&mut reading, &file);
    let mut positions = Vec::new();
    for (index, raw) in file.tasks.0.iter().enumerate() {
        let line = index as u64 + 1;
        if raw.get().len() > MOST_BYTES {
            reading.left_out += 1;
            reading.problems.line(line, "task", format!("has more than {MOST_BYTES} bytes"));
            continue;
        }
        steps::count(raw.get().len());
        match serde_json::from_str::<ExportedTask>(raw.get()) {
            Ok(found) => {
                if let Some((title, whole)) = reading.title(line, &found.title) {
                    positions.push(found.position.clone());
                    let mut task = ImportedTask::new(line, 0, title);
                    let description = match whole {
                        Some(title) => format!("{title}\n\n{}", found.description),
                        None => found.description.clone(),
                    };
                    fill(&mut reading, &mut task, found, &mut named);
                    reading.describe(&mut task, &description);
                    reading.tasks.push(task);
                }
            }
            Err(error) => {
                reading.left_out += 1;
                reading.problems.line(line, "task", format!("cannot be read: {error}"));
            }
        }
    }
    let mut order: Vec<usize> = (0..positions.len()).collect();
    order.sort_by(|one, other| positions[*one].cmp(&positions[*other]));
    for (place, index) in order.into_iter().enumerate() {
        reading.tasks[index].place = place;
    }
    Ok(reading)
}

fn lists(reading: &mut Reading, file: &File<'_>) {
    reading.boards.extend(file.boards.0.iter().map(|board| {
        ListedBoard {
            name: (!board.main).then(|| board.name.clone()),
            columns: board
                .columns
                .iter()
                .map(|column| ListedColumn {
                    name: column.name.clone(),
                    category: Some(column.category),
                    wip_limit: column.wip_limit,
                })
                .collect(),
        }
    }));
    reading.labels.extend(file.labels.0.iter().map(|label| (label.name.clone(), label.color.clone())));
    reading.fields.extend(file.fields.0.iter().map(|field| FieldDefinition {
        id: FieldId::random(),
        name: field.name.clone(),
        kind: field.kind,
        options: field.options.clone(),
        required: field.required,
        on_card: false,
    }));
    for sprint in &file.sprints.0 {
        let plan = SprintPlan {
            name: sprint.name.clone(),
            goal: sprint.goal.clone(),
            start_date: sprint.start_date,
            end_date: sprint.end_date,
            capacity: sprint.capacity,
        };
        if let Err(error) = plan.check() {
            reading.problems.field(0, "sprint", format!("“{}”: {error}", sprint.name));
            continue;
        }
        let (listed, note) = ListedSprint::new(sprint.id.clone(), plan, sprint.state, sprint.course.clone());
        if let Some(note) = note {
            reading.problems.field(0, "sprint", format!("“{}” {note}", sprint.name));
        }
        reading.sprints.push(listed);
    }
}

fn fill(
    reading: &mut Reading,
    task: &mut ImportedTask,
    found: ExportedTask,
    named: &mut HashSet<(TaskKey, AttachmentId)>,
) {
    task.files = files(&found.key, found.attachment_count, found.attachments, named);
    task.keys = vec![found.key];
    (task.board, task.column) = (found.board, found.column);
    task.status = task.column.as_deref().and_then(cell::status);
    (task.priority, task.labels) = (found.priority, found.labels);
    (task.sprint, task.sprint_id) = (found.sprint, found.sprint_id);
    (task.assignees, task.reporter, task.watchers) = (found.assignees, found.reporter, found.watchers);
    (task.story_points, task.estimated_hours) = (found.story_points, found.estimated_hours);
    (task.start_date, task.due_date, task.parent) = (found.start_date, found.due_date, found.parent);
    task.custom = found.custom.into_iter().collect();
    task.metadata = found.metadata;
    (task.created_at, task.started_at, task.closed_at) = (found.created_at, found.started_at, found.closed_at);
    (task.column_since, task.archived_at) = (found.column_since, found.archived_at);
    (task.version, task.time) = (found.version.max(1), found.time);
    task.links = found.links.into_iter().map(|link| (link.relation, link.task)).collect();
    let comments = found.comments.into_iter().enumerate();
    task.comments = comments
        .map(|(index, comment)| ImportedComment {
            author: comment.author,
            body: comment.body,
            created_at: Some(comment.created_at),
            edited_at: comment.edited_at,
            reply_to: comment.reply_to.filter(|first| *first < index),
            removed: comment.removed,
            earlier: comment.earlier,
            reactions: pairs(comment.reactions),
        })
        .collect();
    reading.limit_comments(task);
}

/// Each emoji with each of those who reacted with it.
fn pairs(reactions: BTreeMap<String, Vec<String>>) -> Vec<(String, String)> {
    let each = |(emoji, people): (String, Vec<String>)| people.into_iter().map(move |person| (emoji.clone(), person));
    reactions.into_iter().flat_map(each).collect()
}

/// The files on the task that is called `key`. Each is looked for once, wherever it is named: so no file comes along more
/// often than there are tasks that have it.
fn files(key: &str, count: u32, files: Vec<ExportedFile>, named: &mut HashSet<(TaskKey, AttachmentId)>) -> ListedFiles {
    let task: Option<TaskKey> = key.parse().ok();
    let mut listed = ListedFiles { count: count.max(files.len() as u32), ..ListedFiles::default() };
    for ExportedFile { id, name, .. } in files {
        let id: Option<AttachmentId> = id.and_then(|id| id.parse().ok());
        match (task.clone(), id) {
            (Some(task), Some(id)) if named.len() < MOST_FILES && named.insert((task.clone(), id.clone())) => {
                listed.wanted.push(ImportedFile { name, task, id });
            }
            _ => listed.others.push(name),
        }
    }
    listed
}

#[cfg(test)]
mod tests {
    use super::*;
    use millrace_domain::file::export::ExportedProject;
    use proptest::prelude::*;

    fn project(tasks: Vec<ExportedTask>) -> ExportedProject {
        let name = |text: &str| millrace_domain::text::Name::new(text).expect("a name");
        ExportedProject {
            format: FORMAT.to_owned(),
            version: VERSION,
            exported_at: jiff::Timestamp::UNIX_EPOCH,
            workspace: None,
            key: "WEB".to_owned(),
            name: name("Website"),
            description: millrace_domain::text::Summary::default(),
            boards: Vec::new(),
            labels: Vec::new(),
            fields: Vec::new(),
            sprints: Vec::new(),
            tasks,
        }
    }

    fn task() -> impl Strategy<Value = ExportedTask> {
        ("[a-z]\\PC{0,30}[a-z]", "(\\PC|\n){0,60}", "[A-Za-z0-9]{1,4}", proptest::option::of(0..1_000u32)).prop_map(
            |(title, description, position, story_points)| ExportedTask {
                title: title.clone(),
                description,
                position,
                story_points,
                labels: vec![title],
                ..ExportedTask::default()
            },
        )
    }

    #[test]
    fn foreign_or_truncated_files_are_refused() {
        let whole = serde_json::to_string(&project(Vec::new())).expect("writes");
        assert!(read(whole.as_bytes()).is_ok());
        for end in [1, whole.len() / 2, whole.len() - 1] {
            let refused = read(&whole.as_bytes()[..end]).expect_err("is not whole").to_string();
            assert!(refused.contains("ends before it is whole"), "{refused}");
        }
        for other in ["{}", "[]", "{\"cards\": []}", "Title,Status"] {
            assert!(read(other.as_bytes()).is_err(), "{other}");
        }
        assert!(read(b"{\"format\": \"\xff\"}").is_err());
    }

    #[test]
    fn an_invalid_task_is_left_out_alone() {
        let text = format!(
            r#"{{"format": "{FORMAT}", "version": 1, "tasks": [{{"title": "One"}}, {{"title": 2}}, {{"title": ""}}, {{"title": "Four"}}]}}"#
        );
        let reading = read(text.as_bytes()).expect("reads");
        assert_eq!((reading.tasks.len(), reading.left_out), (2, 2));
        let lines: Vec<_> = reading.problems.first.iter().map(|problem| problem.line).collect();
        assert_eq!(lines, [2, 3]);
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(tasks in proptest::collection::vec(task(), 0..12)) {
            let text = serde_json::to_string(&project(tasks.clone())).expect("writes");
            let reading = read(text.as_bytes()).expect("reads");
            prop_assert_eq!(reading.tasks.len(), tasks.len());
            for (read, sent) in reading.tasks.iter().zip(&tasks) {
                prop_assert_eq!((&read.labels, read.story_points), (&sent.labels, sent.story_points));
                let description = millrace_domain::text::Markdown::new(&sent.description).unwrap_or_default();
                prop_assert_eq!(&read.description, &description);
            }
            let mut places: Vec<_> = reading.tasks.iter().map(|task| (task.place, sent_position(&tasks, task.line))).collect();
            places.sort();
            prop_assert!(places.windows(2).all(|pair| pair[0].1 <= pair[1].1));
        }
    }

    fn sent_position(tasks: &[ExportedTask], line: u64) -> String {
        tasks[line as usize - 1].position.clone()
    }
}
