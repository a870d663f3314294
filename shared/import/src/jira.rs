//! Issues as Jira exports them ("Export CSV, all fields"): a column stands there once for each value, so labels, sprints
//! and comments have several of one name; own fields are called `Custom field (…)`, and links `Outward issue link (…)`, each
//! in the language of whoever exports. Days and times look like `20/Nov/26 9:41 AM`, and a comment like
//! `20/Nov/26 9:41 AM;its author;its text`
//! (<https://confluence.atlassian.com/jirakb/exporting-issues-to-csv-with-all-fields-779160833.html>).

mod columns;
mod sprint;
mod words;

use super::{
    Asked, ImportedComment, ImportedTask, OLD_KEY, Reading, cell,
    csv::{Row, Table, sample, survey, take},
    jira_markup::{markdown, with_names},
    mapping::{DetectedColumn, Field, Target},
    settled::Settled,
    unreadable, work,
};
use columns::{Columns, is_taken_unsaid};
use millrace_domain::{
    Result,
    id::{FieldId, TaskKey},
    task::{
        Status,
        custom::{FieldDefinition, FieldKind},
    },
    text::Name,
};
use serde_json::Value;
use sprint::Sprints;
use std::collections::{BTreeMap, HashMap, HashSet};
use words::{is_epic, is_nobody};

/// What a field of the project's own is called that holds a column: Jira writes `Custom field (Team)` for `Team`, in its
/// own language.
pub fn own_name(header: &str) -> &str {
    words::own_name(header).unwrap_or(header)
}

/// How much of a text is looked at, in characters: Jira takes at most 32,767.
const MOST_MARKUP: usize = 1_000_000;
/// The fewest columns of an export: a table with fewer, and without those that every export has, is none.
const FEWEST_COLUMNS: usize = 3;
/// The fields of one value each, which is no mere text.
const VALUES: [Field; 6] =
    [Field::Priority, Field::StoryPoints, Field::StartDate, Field::DueDate, Field::CreatedAt, Field::ClosedAt];

/// What stands in a cell before the first semicolon: the time of a comment or a file.
fn first_part(cell: &str) -> &str {
    cell.split(';').next().unwrap_or(cell)
}

/// Reads issues. A mapping says what columns hold whose names are not known, and which go into fields of the project's own.
///
/// # Errors
/// [`millrace_domain::Error::Invalid`] naming `file` where it is no export of Jira.
pub fn read(bytes: &[u8], asked: &Asked) -> Result<Reading> {
    let mut table = Table::open(bytes)?;
    let columns = Columns::of(&table.header, asked.mapping.as_ref());
    let titled = columns.has(Field::Title);
    if !(titled && columns.has(Field::Key)) && asked.mapping.is_none() && table.header.len() < FEWEST_COLUMNS {
        return Err(unreadable("The file is no export of Jira: it has no columns “Summary” and “Issue key”."));
    }
    let evidence = survey(bytes, &columns.looked_at(&table.header), first_part)?;
    let mut settled = Settled::new(&evidence, &asked.choices, &asked.zone);
    columns.also(&table.header, &mut settled);
    let detected = table.header.iter().zip(columns.targets()).map(|(name, target)| DetectedColumn {
        name: name.clone(),
        target,
        samples: Vec::new(),
    });
    let mut reading = Reading { columns: detected.collect(), evidence, settled, ..Reading::default() };
    if !titled {
        reading.problems.line(1, "title", "No column holds the summary. Say which one does.");
    }
    let mut found = Found { sprints: Sprints::new(asked.today), ..Found::default() };
    while let Some(row) = table.next(&mut reading)? {
        sample(&mut reading, &row);
        reading.check_room()?;
        if !titled {
            reading.left_out += 1;
            continue;
        }
        for (ids, names) in columns.accounts() {
            let there = ids.iter().zip(names).take_while(|(id, _)| **id < row.cells.len());
            let pairs = there.map(|(id, name)| (row.cell(*id), row.cell(*name)));
            let known = pairs.filter(|(id, name)| !id.is_empty() && !name.is_empty());
            found.people.extend(known.map(|(id, name)| (id.to_owned(), name.to_owned())));
        }
        if let Some(task) = task(&mut reading, &columns, &row, &mut found) {
            if columns.kind(&row).is_some_and(is_epic) {
                found.epics.extend(task.keys.iter().map(|key| (key.clone(), task.title.to_string())));
            }
            reading.tasks.push(task);
        }
    }
    if found.files > 0 {
        let message = format!("{} attached files are not in the file, and stay behind.", found.files);
        reading.problems.field(0, "attachments", message);
    }
    finish(&mut reading, found);
    once_each(&mut reading);
    Ok(reading)
}

/// What takes the whole file to know.
#[derive(Default)]
struct Found {
    /// The names of accounts.
    people: HashMap<String, String>,
    /// What epics are called, by their keys.
    epics: HashMap<String, String>,
    /// How many files are named.
    files: usize,
    sprints: Sprints,
    /// The description of each task, before it is known whom it mentions.
    descriptions: Vec<String>,
    /// What may name the parent of each task.
    parents: Vec<Vec<String>>,
}

/// Each column by its name once, with what stands in all that are called so.
fn once_each(reading: &mut Reading) {
    let mut kept: Vec<(DetectedColumn, u64)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    reading.filled.resize(reading.columns.len(), 0);
    for (column, filled) in reading.columns.drain(..).zip(reading.filled.drain(..)) {
        // What no mapping names is taken all the same.
        let filled = if column.target == Target::Ignored && is_taken_unsaid(&column.name) { 0 } else { filled };
        match places.get(&column.name).and_then(|place| kept.get_mut(*place)) {
            Some((same, all)) => {
                *all += filled;
                if same.samples.is_empty() {
                    same.samples = column.samples;
                }
            }
            None => {
                places.insert(column.name.clone(), kept.len());
                kept.push((column, filled));
            }
        }
    }
    (reading.columns, reading.filled) = kept.into_iter().unzip();
}

fn task(reading: &mut Reading, columns: &Columns, row: &Row, found: &mut Found) -> Option<ImportedTask> {
    let line = row.line;
    let all = |field: Field| columns.all(row, field).map(str::to_owned).collect::<Vec<String>>();
    let first = |field: Field| columns.all(row, field).next();
    let (title, whole) = reading.title(line, first(Field::Title).unwrap_or(""))?;
    let mut task = ImportedTask::new(line, reading.tasks.len(), title);
    task.keys = all(Field::Key);
    task.old_key = task.keys.iter().find(|key| key.parse::<TaskKey>().is_ok()).cloned();
    task.column = first(Field::Column).map(str::to_owned);
    task.status = cell::status_in(task.column.as_deref(), first(Field::Category));
    task.assignees = all(Field::Assignees).into_iter().filter(|name| !is_nobody(name)).collect();
    task.reporter = first(Field::Reporter).map(str::to_owned);
    task.watchers = all(Field::Watchers);
    // Labels of Jira hold no spaces: some exports put several into one cell.
    task.labels = columns.all(row, Field::Labels).flat_map(str::split_whitespace).map(str::to_owned).collect();
    task.sprint = found.sprints.last_of(reading, line, columns.all(row, Field::Sprint));
    for field in VALUES {
        let mut cells = columns.named(row, field);
        let Some((name, text)) = cells.next() else { continue };
        if let Err(message) = take(&mut task, field, text, &reading.settled, name) {
            reading.problems.field(line, field.as_str(), message);
        }
        if let Some((other, more)) = cells.find(|(_, more)| *more != text) {
            let message = format!("“{more}” of the column “{other}” is left out: “{name}” has “{text}”");
            reading.problems.field(line, field.as_str(), message);
        }
    }
    estimate(reading, columns, row, &mut task);
    for (relation, other) in columns.links(row) {
        match relation {
            Ok(relation) => task.links.push((*relation, other.to_owned())),
            Err(name) => {
                let message = format!("the link “{name}” to “{other}” is of a kind that there is not here");
                reading.problems.field(line, "links", message);
            }
        }
    }
    for file in columns.attachments(row) {
        found.files += 1;
        reading.problems.field(
            line,
            "attachments",
            format!("{} is not in the file, and stays behind", named_file(file)),
        );
    }
    let description = columns.all(row, Field::Description).collect::<Vec<_>>().join("\n\n");
    let description = as_markdown(reading, line, &description);
    found.descriptions.push(match whole {
        Some(title) => format!("{title}\n\n{description}"),
        None => description,
    });
    for (name, text) in columns.named(row, Field::Comments) {
        let comment = comment(reading, line, name, text);
        task.comments.push(comment);
    }
    task.comments.sort_by_key(|comment| comment.created_at);
    reading.limit_comments(&mut task);
    let spent = columns.time_spent(row);
    work::take_work(reading, &mut task, columns.named(row, Field::WorkLog), spent);
    found.parents.push(all(Field::Parent));
    task.custom = columns.own(row).map(|(name, value)| (name, Value::from(value))).collect();
    Some(task)
}

/// Jira counts an estimate in seconds.
fn estimate(reading: &mut Reading, columns: &Columns, row: &Row, task: &mut ImportedTask) {
    let Some((name, text)) = columns.named(row, Field::EstimatedHours).next() else { return };
    let hours = reading.settled.number(name, text).and_then(|seconds| cell::hours(seconds / 3_600.0));
    match hours {
        Ok(hours) => task.estimated_hours = Some(hours),
        Err(message) => reading.problems.field(row.line, "estimated_hours", message),
    }
}

/// What is told of a file: `20/Nov/26 9:41 AM;who attached it;its name;its address`.
fn named_file(cell: &str) -> String {
    let parts = cell.rsplit_once(';').and_then(|(rest, address)| Some((rest.splitn(3, ';').nth(2)?, address)));
    match parts {
        Some((name, address)) => format!("“{name}” ({address})"),
        None => format!("“{cell}”"),
    }
}

fn as_markdown(reading: &mut Reading, line: u64, markup: &str) -> String {
    let read = cell::beginning(markup, MOST_MARKUP);
    if read.len() < markup.len() {
        let message = format!("a text has more than {MOST_MARKUP} characters: the rest is left out");
        reading.problems.field(line, "description", message);
    }
    markdown(read)
}

/// A comment, of the column called `name`.
fn comment(reading: &mut Reading, line: u64, name: &str, text: &str) -> ImportedComment {
    let mut parts = text.splitn(3, ';');
    if let (Some(at), Some(author), Some(body)) = (parts.next(), parts.next(), parts.next())
        && super::date::Moment::read(at).is_some()
    {
        let created_at = reading.settled.instant(name, at);
        let created_at = created_at.map_err(|message| reading.problems.field(line, "comments", message)).ok();
        let author = Some(author.trim().to_owned()).filter(|author| !author.is_empty());
        let body = as_markdown(reading, line, body);
        return ImportedComment { author, body, created_at, ..ImportedComment::default() };
    }
    ImportedComment { body: as_markdown(reading, line, text), ..ImportedComment::default() }
}

/// What takes the whole file to know: whom an account's id stands for, what an epic is called, what status a column has,
/// and which of the names of a parent is a key. Tasks have parts of one level, so what belongs to an epic gets its name as a
/// label instead.
fn finish(reading: &mut Reading, found: Found) {
    let Found { people, epics, sprints, descriptions, parents, .. } = found;
    let keys: HashSet<String> = reading.tasks.iter().flat_map(|task| task.keys.iter().cloned()).collect();
    let statuses = statuses(reading);
    let mut tasks = std::mem::take(&mut reading.tasks);
    for ((task, description), parents) in tasks.iter_mut().zip(descriptions).zip(parents) {
        for comment in &mut task.comments {
            if let Some(name) = comment.author.as_ref().and_then(|author| people.get(author)) {
                comment.author = Some(name.clone());
            }
            comment.body = with_names(&comment.body, &people);
        }
        reading.describe(task, &with_names(&description, &people));
        let accounts = task.assignees.iter_mut().chain(&mut task.watchers).chain(&mut task.reporter);
        for person in accounts.chain(task.time.iter_mut().map(|log| &mut log.person)) {
            if let Some(name) = people.get(person.as_str()) {
                person.clone_from(name);
            }
        }
        for (_, value) in &mut task.custom {
            if let Some(name) = value.as_str().and_then(|account| people.get(account)) {
                *value = Value::from(name.as_str());
            }
        }
        let known = parents.iter().find(|parent| keys.contains(*parent));
        task.parent = known.or_else(|| parents.first()).cloned();
        if let Some(epic) = task.parent.as_ref().and_then(|parent| epics.get(parent)) {
            task.labels.push(epic.chars().take(100).collect());
            task.parent = None;
        }
        let column = task.column.as_ref().map(|column| column.trim().to_lowercase());
        task.status = task.status.or_else(|| column.and_then(|column| statuses.get(&column).copied().flatten()));
    }
    reading.tasks = tasks;
    reading.sprints = sprints.listed(&mut reading.problems);
    if reading.tasks.iter().any(|task| task.old_key.is_some())
        && let Ok(name) = Name::new(OLD_KEY)
    {
        let (id, kind, options) = (FieldId::random(), FieldKind::Text, Vec::new());
        reading.fields.push(FieldDefinition { id, name, kind, options, required: false, on_card: false });
    }
}

/// The status of each column, as far as any task of it tells; the others are told.
fn statuses(reading: &mut Reading) -> BTreeMap<String, Option<Status>> {
    let mut statuses: BTreeMap<String, Option<Status>> = BTreeMap::new();
    let mut spelled: BTreeMap<String, String> = BTreeMap::new();
    for task in &reading.tasks {
        if let Some(column) = &task.column {
            let plain = column.trim().to_lowercase();
            let known = statuses.entry(plain.clone()).or_default();
            *known = known.or(task.status);
            spelled.entry(plain).or_insert_with(|| column.clone());
        }
    }
    for (column, _) in statuses.iter().filter(|(_, status)| status.is_none()) {
        let name = spelled.get(column).map_or(column.as_str(), String::as_str);
        let message = format!(
            "the file does not say whether “{name}” is to do, in progress or done: a column of that name is made as to do"
        );
        reading.problems.field(0, "column", message);
    }
    statuses
}

#[cfg(test)]
mod tests {
    use super::*;
    use millrace_domain::task::link::Relation;

    const FILE: &str = "\u{feff}Summary,Issue key,Issue id,Parent id,Issue Type,Status,Status Category,Priority,Assignee,Assignee Id,Created,Resolved,Due date,Labels,Labels,Description,Original estimate,Outward issue link (Blocks),Sprint,Sprint,Custom field (Story Points),Comment,Comment,Attachment,Custom field (Teams),Custom field (Teams),Custom field (Tester)\r\n\
Payments,WEB-1,10001,,Epic,To Do,To Do,Medium,,,20/Nov/26 9:41 AM,,,,,,,,,,,,,\r\n\
\"Take cards, too\",WEB-2,10002,10001,Story,Shaping,In Progress,Highest,Alex Rivera,712020:a,20/Nov/26 9:41 AM,,24/Nov/26 12:00 AM,pay,later,\"h2. Why\nSee {{a.rs}}, *[~accountid:712020:a]*\",7200,WEB-3,Sprint 1,Sprint 2,5.0,20/Nov/26 10:00 AM;712020:a;Second; with *more*,19/Nov/26 10:00 AM;712020:b;First,20/Nov/26 9:41 AM;a;x.png;https://x,Web,Apps,712020:a\r\n\
Write a test,WEB-3,10003,10002,Sub-task,Done,Done,Odd,Unassigned,,19/Nov/26 9:41 AM,20/Nov/26 1:00 PM,,,,,,,,,,,,\r\n";

    #[test]
    fn repeated_columns_of_an_issue_are_all_read() {
        let reading =
            super::super::read(super::super::ImportFormat::Jira, FILE.as_bytes(), &Asked::default()).expect("issues");
        assert_eq!(reading.tasks.len(), 3);
        let story = &reading.tasks[1];
        assert_eq!(
            (story.line, story.title.as_str(), story.description.as_str()),
            (3, "Take cards, too", "## Why\n\nSee `a.rs`, **@Alex Rivera**")
        );
        assert_eq!((story.column.as_deref(), story.status), (Some("Shaping"), Some(Status::InProgress)));
        assert_eq!(
            (story.labels.as_slice(), story.parent.as_deref()),
            (&["pay".to_owned(), "later".to_owned(), "Payments".to_owned()][..], None)
        );
        assert_eq!(
            (story.sprint.as_deref(), story.story_points, story.estimated_hours),
            (Some("Sprint 2"), Some(5), Some(2.0))
        );
        assert_eq!(story.due_date, "2026-11-24".parse().ok());
        assert_eq!(story.links, [(Relation::Blocks, "WEB-3".to_owned())]);
        let said: Vec<_> =
            story.comments.iter().map(|comment| (comment.author.as_deref(), comment.body.as_str())).collect();
        assert_eq!(said, [(Some("712020:b"), "First"), (Some("Alex Rivera"), "Second; with **more**")]);
        let own = |name: &str, value: &str| (name.to_owned(), Value::from(value));
        assert_eq!(story.custom, [own("Teams", "Web, Apps"), own("Tester", "Alex Rivera")]);
        let part = &reading.tasks[2];
        assert_eq!((part.parent.as_deref(), part.assignees.len(), part.closed_at.is_some()), (Some("10002"), 0, true));
        let told: Vec<_> =
            reading.problems.first.iter().map(|problem| (problem.line, problem.field.as_str())).collect();
        let expected = [
            (2, "row"),
            (3, "sprint"),
            (3, "attachments"),
            (5, "row"),
            (5, "priority"),
            (0, "attachments"),
            (0, "sprint"),
        ];
        assert_eq!(told, expected);
        assert_eq!((story.old_key.as_deref(), reading.fields[0].name.as_str()), (Some("WEB-2"), OLD_KEY));
        assert_eq!(reading.columns.iter().filter(|column| column.name == "Labels").count(), 1);
    }

    #[test]
    fn a_table_of_another_source_is_refused() {
        assert!(read(b"Title,Status\nOne,Done\n", &Asked::default()).is_err());
    }
}
