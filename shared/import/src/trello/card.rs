//! One card as a task.

use super::{
    List, TIMES,
    around::{Around, Comments, instant},
    entry::{Entry, one_line},
    label_name,
};
use crate::{ImportedComment, ImportedTask, Reading, cell};
use jiff::Timestamp;
use std::collections::HashSet;

/// What a card is called of which nothing but its content is known.
const UNTITLED: &str = "Untitled card";

/// Takes a card as a task; none where nothing is in it.
pub(super) fn task(
    reading: &mut Reading,
    line: u64,
    (card, checklists): (&Entry, &[Entry]),
    list: Option<&List>,
    around: &Around,
    comments: &mut Comments,
) -> Option<ImportedTask> {
    let id = card.text("id").unwrap_or_default().into_owned();
    let mut said = comments.take(&id);
    let name = card.text("name").unwrap_or_default();
    let desc = card.text("desc").unwrap_or_default();
    let has_content =
        !checklists.is_empty() || !said.is_empty() || !desc.trim().is_empty() || card.attachments().next().is_some();
    let is_untitled = name.trim().is_empty();
    let title = if is_untitled && has_content {
        let first = desc.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or(UNTITLED).to_owned();
        reading.problems.field(line, "title", format!("is empty: “{}” stands for it", cell::beginning(&first, 100)));
        cell::beginning(&first, 250).to_owned()
    } else {
        name.into_owned()
    };
    let (title, whole) = reading.title(line, &title)?;
    let mut task = ImportedTask::new(line, 0, title);
    task.keys = ["id", "shortLink"].iter().filter_map(|name| card.text(name)).map(|key| key.into_owned()).collect();
    task.created_at = made_at(&id);
    place(reading, &mut task, card, list, around);
    people(reading, &mut task, card, around);
    labels(reading, &mut task, card, around);
    for (field, name) in [("start_date", "start"), ("due_date", "due")] {
        let Some(text) = card.said(name) else { continue };
        match reading.settled.day(TIMES, &text) {
            Ok(day) if field == "due_date" => task.due_date = Some(day),
            Ok(day) => task.start_date = Some(day),
            Err(message) => reading.problems.field(line, field, message),
        }
    }
    custom(reading, &mut task, card, around);
    tell_rest(reading, &task, card);
    let mut description = whole.map(|title| format!("{title}\n\n")).unwrap_or_default();
    description.push_str(desc.trim());
    for checklist in checklists {
        description.push_str(&as_markdown(checklist, around));
    }
    description.push_str(&attachments(reading, line, card));
    let empty = said.len();
    said.retain(|comment| !comment.body.trim().is_empty());
    if said.len() < empty {
        reading.problems.field(line, "comments", format!("{} of its comments say nothing", empty - said.len()));
    }
    let counted = card.number_in("badges", "comments");
    if counted > empty as u64 {
        let message = format!(
            "has {counted} comments, of which {empty} are in the file: Trello exports a board's last 1000 actions"
        );
        reading.problems.field(line, "comments", message);
    }
    task.comments = said;
    task.comments.sort_by_key(|comment: &ImportedComment| comment.created_at);
    reading.limit_comments(&mut task);
    reading.describe(&mut task, description.trim());
    Some(task)
}

/// When a card was made: the first eight digits of its id are the seconds since 1970
/// (<https://support.atlassian.com/trello/docs/getting-the-time-a-card-or-board-was-created/>).
fn made_at(id: &str) -> Option<Timestamp> {
    let seconds = i64::from_str_radix(id.get(..8)?, 16).ok()?;
    Timestamp::from_second(seconds).ok()
}

/// Its column, and whether it is archived.
fn place(reading: &mut Reading, task: &mut ImportedTask, card: &Entry, list: Option<&List>, around: &Around) {
    let line = task.line;
    let is_archived = card.flag("closed");
    match list {
        None => {
            let message = "its list is not in the file: the task goes to the first column";
            reading.problems.field(line, "column", message);
        }
        Some(list) if list.is_archived && is_archived => {
            let message = format!("was in the archived list “{}”: the task goes to the first column", list.name);
            reading.problems.field(line, "column", message);
        }
        Some(list) => {
            task.column = Some(list.name.clone());
            task.status = cell::status(&list.name);
            if list.is_archived {
                let message = format!("its list “{}” is archived, and the card is not: it comes in as live", list.name);
                reading.problems.field(line, "column", message);
            }
        }
    }
    if is_archived {
        let id = card.text("id").unwrap_or_default();
        let last = || card.text("dateLastActivity").and_then(|date| instant(&date));
        task.archived_at =
            around.archived.get(&*id).copied().or_else(last).or(task.created_at).or(Some(Timestamp::UNIX_EPOCH));
    }
}

fn people(reading: &mut Reading, task: &mut ImportedTask, card: &Entry, around: &Around) {
    for id in card.texts("idMembers") {
        match around.people.get(id) {
            Some(name) => task.assignees.push(name.clone()),
            None => {
                let message = format!("somebody who left the board (“{id}”) is nobody who takes part in this project");
                reading.problems.field(task.line, "assignees", message);
            }
        }
    }
}

fn labels(reading: &mut Reading, task: &mut ImportedTask, card: &Entry, around: &Around) {
    let mut own: HashSet<String> = HashSet::new();
    for label in card.entries("labels") {
        own.extend(label.text("id").map(|id| id.into_owned()));
        match label_name(&label) {
            Some(name) => task.labels.push(name),
            None => {
                reading.problems.field(task.line, "labels", "a label has neither a name nor a colour, and is left out")
            }
        }
    }
    for id in card.texts("idLabels").filter(|id| !own.contains(*id)) {
        match around.labels.get(id) {
            Some(name) => task.labels.push(name.clone()),
            None => reading.problems.field(task.line, "labels", format!("the label “{id}” is not in the file")),
        }
    }
}

fn custom(reading: &mut Reading, task: &mut ImportedTask, card: &Entry, around: &Around) {
    for item in card.entries("customFieldItems") {
        let id = item.text("idCustomField").unwrap_or_default();
        let Some(field) = around.fields.get(&*id) else {
            let message =
                format!("{} of a field that is not in the file is left out", super::custom_fields::shown(&item));
            reading.problems.field(task.line, "custom", message);
            continue;
        };
        match field.value(&item, &reading.settled) {
            Ok(Some(value)) => task.custom.push((field.definition.name.to_string(), value)),
            Ok(None) => {}
            Err(message) => {
                reading.problems.field(task.line, &format!("custom.{}", field.definition.name), message);
            }
        }
    }
}

/// Tells what a task has no place for.
fn tell_rest(reading: &mut Reading, task: &ImportedTask, card: &Entry) {
    if card.flag("dueComplete") && task.status != Some(millrace_domain::task::Status::Done) {
        let message = "is marked done, and its list is none of what is done: it comes in as its list says";
        reading.problems.field(task.line, "status", message);
    }
    if card.flag("isTemplate") {
        reading.problems.field(task.line, "card", "is a template, and comes in as a task");
    }
    if let Some(role) = card.said("cardRole") {
        reading.problems.field(task.line, "card", format!("is a card of the kind “{role}”, and comes in as a task"));
    }
    let votes = card.list("idMembersVoted").len();
    if votes > 0 {
        reading.problems.field(task.line, "card", format!("has {votes} votes, which are left out"));
    }
}

/// An address that may be followed from a page.
fn is_link(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty())
        && !url.contains(|one: char| one.is_whitespace() || one.is_control() || "<>".contains(one))
}

/// What is attached, as a list of links: the files themselves are not in the export.
fn attachments(reading: &mut Reading, line: u64, card: &Entry) -> String {
    let mut text = String::new();
    for file in card.attachments() {
        let url = file.text("url").unwrap_or_default();
        let given = file.said("name").or_else(|| file.said("fileName")).unwrap_or_default();
        let name = one_line(if given.is_empty() { &url } else { &given }).replace(['[', ']', '\\', '`'], " ");
        if text.is_empty() {
            text.push_str("\n\n### Attachments\n");
        }
        if is_link(&url) {
            text.push_str(&format!("\n- [{name}](<{url}>)"));
            if file.flag("isUpload") {
                reading.problems.field(
                    line,
                    "attachments",
                    format!("“{name}” is not in the file: its address in Trello stands in the description"),
                );
            }
        } else {
            text.push_str(&format!("\n- {name}"));
            let message = format!(
                "“{name}” leads to no web page, and comes without its address: “{}”",
                cell::beginning(&url, 200)
            );
            reading.problems.field(line, "attachments", message);
        }
    }
    text
}

/// A checklist as a list of Markdown.
pub(super) fn as_markdown(checklist: &Entry, around: &Around) -> String {
    let mut items: Vec<Entry> = checklist.entries("checkItems").collect();
    items.sort_by(|one, other| one.position().total_cmp(&other.position()));
    let name = one_line(&checklist.said("name").unwrap_or("Checklist".into()));
    let mut text = format!("\n\n### {name}\n");
    for item in items {
        let mark = if item.text("state").as_deref() == Some("complete") { 'x' } else { ' ' };
        let person = item.text("idMember").and_then(|id| around.people.get(&*id).cloned());
        let due = item.said("due").map(|due| due.chars().take(10).collect::<String>());
        let more: Vec<String> = [person, due].into_iter().flatten().collect();
        let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
        text.push_str(&format!("\n- [{mark}] {}{more}", one_line(&item.text("name").unwrap_or_default())));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_pages_are_links() {
        assert!(is_link("https://example.com/a(b)") && is_link("http://127.0.0.1:8080/admin"));
        for url in ["javascript:alert(1)", "https://", "https://a b", "https://a>b", ""] {
            assert!(!is_link(url), "{url}");
        }
    }
}
