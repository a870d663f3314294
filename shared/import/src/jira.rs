//! Issues as Jira exports them ("Export CSV, all fields"): a column stands there once for each value, so labels, sprints
//! and comments have several of one name; own fields are called `Custom field (…)`, and links `Outward issue link (…)`.
//! Days and times look like `20/Nov/26 9:41 AM`, and a comment like `20/Nov/26 9:41 AM;its author;its text`
//! (<https://confluence.atlassian.com/jirakb/exporting-issues-to-csv-with-all-fields-779160833.html>).

use super::{
    ImportedComment, ImportedTask, MOST_COMMENTS, Reading, cell,
    csv::{Row, Table, sample, take},
    jira_markup::{markdown, with_names},
    mapping::{DetectedColumn, Field, Mapping, Target, own_name},
    unreadable,
};
use millrace_domain::{
    Result,
    task::{Status, link::Relation},
};
use serde_json::Value;
use std::collections::HashMap;

/// Where the columns of each name stand.
struct Columns(HashMap<String, Vec<usize>>);

impl Columns {
    fn of(header: &[String]) -> Self {
        let mut columns: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, name) in header.iter().enumerate() {
            columns.entry(name.to_lowercase()).or_default().push(index);
        }
        Self(columns)
    }

    /// What stands in the columns called by one of `names`, the first that has something.
    fn all<'row>(&'row self, row: &'row Row, names: &'row [&'row str]) -> impl Iterator<Item = &'row str> {
        let columns = names.iter().filter_map(|name| self.0.get(*name)).flatten();
        columns.map(|index| row.cell(*index)).filter(|cell| !cell.is_empty())
    }

    fn first<'row>(&'row self, row: &'row Row, names: &'row [&'row str]) -> Option<&'row str> {
        self.all(row, names).next()
    }
}

const KEY: &[&str] = &["issue key", "key"];
const ID: &[&str] = &["issue id", "id"];
const PARENT: &[&str] =
    &["parent key", "parent", "parent id", "custom field (epic link)", "custom field (parent link)"];
/// The columns that hold one value each.
const VALUES: &[(Field, &[&str])] = &[
    (Field::Priority, &["priority"]),
    (Field::StoryPoints, &["custom field (story points)", "custom field (story point estimate)", "story points"]),
    (Field::StartDate, &["custom field (start date)", "start date"]),
    (Field::DueDate, &["due date", "due"]),
    (Field::CreatedAt, &["created"]),
    (Field::ClosedAt, &["resolved"]),
];
/// The columns that say what an account's id means.
const PEOPLE: &[(&str, &str)] =
    &[("assignee", "assignee id"), ("reporter", "reporter id"), ("creator", "creator id"), ("watchers", "watchers id")];
/// The links that there are here too.
const LINKS: &[(&str, Relation)] = &[
    ("outward issue link (blocks)", Relation::Blocks),
    ("inward issue link (blocks)", Relation::BlockedBy),
    ("outward issue link (relates)", Relation::Relates),
    ("inward issue link (relates)", Relation::Relates),
    ("outward issue link (duplicate)", Relation::Duplicates),
    ("inward issue link (duplicate)", Relation::DuplicatedBy),
];

/// How much of a text is looked at, in characters: no task and no comment holds as much.
const MOST_MARKUP: usize = 100_000;

/// What the columns that every export has are taken for.
fn target(name: &str, mapping: Option<&Mapping>) -> Target {
    if let Some(said) = mapping.and_then(|mapping| mapping.get(name)) {
        return said.clone();
    }
    let name = name.to_lowercase();
    let named = |names: &[&str]| names.contains(&name.as_str());
    let value = VALUES.iter().find(|(_, names)| named(names)).map(|(field, _)| *field);
    let field = match name.as_str() {
        "summary" => Some(Field::Title),
        "description" => Some(Field::Description),
        "status" => Some(Field::Column),
        "assignee" => Some(Field::Assignees),
        "reporter" => Some(Field::Reporter),
        "labels" => Some(Field::Labels),
        "sprint" => Some(Field::Sprint),
        "original estimate" => Some(Field::EstimatedHours),
        _ if named(KEY) || named(ID) => Some(Field::Key),
        _ if named(PARENT) => Some(Field::Parent),
        _ => value,
    };
    field.map_or(Target::Ignored, Target::Field)
}

/// Reads issues. A mapping says which columns go into fields of the project's own.
///
/// # Errors
/// [`millrace_domain::Error::Invalid`] naming `file` where it is no export of Jira.
pub fn read(bytes: &[u8], mapping: Option<&Mapping>) -> Result<Reading> {
    let mut table = Table::open(bytes)?;
    let columns = Columns::of(&table.header);
    if !columns.0.contains_key("summary") || !KEY.iter().any(|name| columns.0.contains_key(*name)) {
        return Err(unreadable("The file is no export of Jira: it has no columns “Summary” and “Issue key”."));
    }
    let detected = table.header.iter().map(|name| DetectedColumn {
        name: name.clone(),
        target: target(name, mapping),
        samples: Vec::new(),
    });
    let mut reading = Reading { columns: detected.collect(), ..Reading::default() };
    let (mut people, mut epics) = (HashMap::new(), HashMap::new());
    let mut files = 0usize;
    while let Some(row) = table.next(&mut reading)? {
        sample(&mut reading.columns, &row);
        reading.check_room()?;
        for (name, id) in PEOPLE {
            let names = [*name];
            let ids = [*id];
            people.extend(columns.all(&row, &ids).map(str::to_owned).zip(columns.all(&row, &names).map(str::to_owned)));
        }
        files += columns.all(&row, &["attachment"]).count();
        if let Some(task) = task(&mut reading, &columns, &row) {
            if columns.first(&row, &["issue type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("epic")) {
                epics.extend(task.keys.iter().map(|key| (key.clone(), task.title.to_string())));
            }
            reading.tasks.push(task);
        }
    }
    if files > 0 {
        reading.problems.field(
            0,
            "attachments",
            format!("{files} attached files are not in the file, and stay behind."),
        );
    }
    finish(&mut reading, &people, &epics);
    reading.columns = once_each(reading.columns);
    Ok(reading)
}

/// Each column by its name once, with what stands in all that are called so.
fn once_each(columns: Vec<DetectedColumn>) -> Vec<DetectedColumn> {
    let mut kept: Vec<DetectedColumn> = Vec::new();
    for column in columns {
        match kept.iter_mut().find(|other| other.name == column.name) {
            Some(same) if same.samples.is_empty() => same.samples = column.samples,
            Some(_) => {}
            None => kept.push(column),
        }
    }
    kept
}

fn task(reading: &mut Reading, columns: &Columns, row: &Row) -> Option<ImportedTask> {
    let line = row.line;
    let title = columns.first(row, &["summary"]).unwrap_or("");
    let mut task = ImportedTask::new(line, reading.tasks.len(), reading.title(line, title)?);
    let description = columns.all(row, &["description"]).collect::<Vec<_>>().join("\n\n");
    task.description = reading.description(line, &as_markdown(&description));
    task.keys = columns.all(row, KEY).chain(columns.all(row, ID)).map(str::to_owned).collect();
    task.column = columns.first(row, &["status"]).map(str::to_owned);
    let category = match columns.first(row, &["status category"]).map(cell::plain).as_deref() {
        Some("todo" | "new") => Some(Status::Todo),
        Some("inprogress" | "indeterminate") => Some(Status::InProgress),
        Some("done" | "complete") => Some(Status::Done),
        _ => None,
    };
    task.status = task.column.as_deref().and_then(cell::status).or(category);
    let owned = |names| columns.first(row, names).map(str::to_owned);
    task.assignees = columns.all(row, &["assignee"]).filter(|name| *name != "Unassigned").map(str::to_owned).collect();
    task.reporter = owned(&["reporter"]);
    task.watchers = columns.all(row, &["watchers"]).map(str::to_owned).collect();
    // Labels of Jira hold no spaces: some exports put several into one cell.
    task.labels = columns.all(row, &["labels"]).flat_map(str::split_whitespace).map(str::to_owned).collect();
    task.sprint = columns.all(row, &["sprint"]).last().map(str::to_owned);
    task.parent = owned(PARENT);
    for (field, names) in VALUES {
        if let Some(Err(message)) = columns.first(row, names).map(|text| take(&mut task, *field, text)) {
            reading.problems.field(line, field.as_str(), message);
        }
    }
    // Jira counts an estimate in seconds.
    match columns.first(row, &["original estimate", "original estimate (seconds)"]).map(cell::any_number) {
        Some(Ok(seconds)) => match cell::hours(&(seconds / 3_600.0).to_string()) {
            Ok(hours) => task.estimated_hours = Some(hours),
            Err(message) => reading.problems.field(line, "estimated_hours", message),
        },
        Some(Err(message)) => reading.problems.field(line, "estimated_hours", message),
        None => {}
    }
    for (name, relation) in LINKS {
        task.links.extend(columns.all(row, &[name]).map(|other| (*relation, other.to_owned())));
    }
    let mut comments: Vec<ImportedComment> = columns.all(row, &["comment", "comments"]).map(comment).collect();
    comments.sort_by_key(|comment| comment.created_at);
    comments.truncate(MOST_COMMENTS);
    task.comments = comments;
    task.custom = custom(&reading.columns, row);
    Some(task)
}

/// What stands in columns for own fields: those that were said to be, and those that may be by their names. Several of
/// one name hold several values.
fn custom(columns: &[DetectedColumn], row: &Row) -> Vec<(String, Value)> {
    let mut values: Vec<(&str, String)> = Vec::new();
    for (index, column) in columns.iter().enumerate() {
        let name = match &column.target {
            Target::Own(id) => id.as_str(),
            Target::Ignored if own_name(&column.name) != column.name => own_name(&column.name),
            _ => continue,
        };
        let cell = row.cell(index);
        match values.iter_mut().find(|(known, _)| *known == name) {
            _ if cell.is_empty() => {}
            Some((_, value)) => *value = format!("{value}, {cell}"),
            None => values.push((name, cell.to_owned())),
        }
    }
    values.into_iter().map(|(name, value)| (name.to_owned(), Value::from(value))).collect()
}

fn as_markdown(markup: &str) -> String {
    markdown(cell::beginning(markup, MOST_MARKUP))
}

fn comment(text: &str) -> ImportedComment {
    let mut parts = text.splitn(3, ';');
    if let (Some(at), Some(author), Some(body)) = (parts.next(), parts.next(), parts.next())
        && let Ok(at) = cell::moment(at)
    {
        let author = Some(author.trim().to_owned()).filter(|author| !author.is_empty());
        let body = as_markdown(body);
        return ImportedComment { author, body, created_at: Some(at), ..ImportedComment::default() };
    }
    ImportedComment { body: as_markdown(text), ..ImportedComment::default() }
}

/// What takes the whole file to know: whom an account's id stands for, and what an epic is called. Tasks have parts of
/// one level, so what belongs to an epic gets its name as a label instead.
fn finish(reading: &mut Reading, people: &HashMap<String, String>, epics: &HashMap<String, String>) {
    for task in &mut reading.tasks {
        for comment in &mut task.comments {
            if let Some(name) = comment.author.as_ref().and_then(|author| people.get(author)) {
                comment.author = Some(name.clone());
            }
            comment.body = with_names(&comment.body, people);
        }
        // Names are longer than what they stand for: what does not fit any more is cut.
        task.description = cell::long_text(&with_names(&task.description, people)).0;
        for (_, value) in &mut task.custom {
            if let Some(name) = value.as_str().and_then(|account| people.get(account)) {
                *value = Value::from(name.as_str());
            }
        }
        if let Some(epic) = task.parent.as_ref().and_then(|parent| epics.get(parent)) {
            task.labels.push(epic.chars().take(100).collect());
            task.parent = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\u{feff}Summary,Issue key,Issue id,Parent id,Issue Type,Status,Status Category,Priority,Assignee,Assignee Id,Created,Resolved,Due date,Labels,Labels,Description,Original estimate,Outward issue link (Blocks),Sprint,Sprint,Custom field (Story Points),Comment,Comment,Attachment,Custom field (Teams),Custom field (Teams),Custom field (Tester)\r\n\
Payments,WEB-1,10001,,Epic,To Do,To Do,Medium,,,20/Nov/26 9:41 AM,,,,,,,,,,,,,\r\n\
\"Take cards, too\",WEB-2,10002,10001,Story,Shaping,In Progress,Highest,Alex Rivera,712020:a,20/Nov/26 9:41 AM,,24/Nov/26 12:00 AM,pay,later,\"h2. Why\nSee {{a.rs}}, *[~accountid:712020:a]*\",7200,WEB-3,Sprint 1,Sprint 2,5.0,20/Nov/26 10:00 AM;712020:a;Second; with *more*,19/Nov/26 10:00 AM;712020:b;First,20/Nov/26 9:41 AM;a;x.png;https://x,Web,Apps,712020:a\r\n\
Write a test,WEB-3,10003,10002,Sub-task,Done,Done,Odd,Unassigned,,19/Nov/26 9:41 AM,20/Nov/26 1:00 PM,,,,,,,,,,,,\r\n";

    #[test]
    fn issues_are_read_with_columns_that_stand_there_several_times() {
        let reading = super::super::read(super::super::ImportFormat::Jira, FILE.as_bytes(), None).expect("issues");
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
        assert_eq!(told, [(5, "priority"), (0, "attachments")]);
        assert_eq!(reading.columns.iter().filter(|column| column.name == "Labels").count(), 1);
    }

    #[test]
    fn a_table_of_something_else_is_told() {
        assert!(read(b"Title,Status\nOne,Done\n", None).is_err());
    }
}
