//! A board as Trello exports it ("Print, export, and share", "Export as JSON"): one object with the board's cards,
//! lists, labels, checklists, members and actions, of which the comments are some
//! (<https://developer.atlassian.com/cloud/trello/rest/api-group-cards/>).

mod custom_fields;

use super::{
    ImportedComment, ImportedTask, ListedBoard, ListedColumn, MOST_COMMENTS, MOST_TASKS, Reading, cell,
    json::{AtMost, broken, text},
    unreadable,
};
use custom_fields::{CustomField, CustomFieldItem};
use jiff::Timestamp;
use millrace_domain::{
    Result,
    text::{Color, Name},
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// The most lists, labels or members of a board.
const MOST_LISTED: usize = 10_000;
/// The most checklists or actions of a board.
const MOST_PARTS: usize = 500_000;

#[derive(Deserialize)]
struct Board {
    lists: AtMost<List, MOST_LISTED>,
    cards: AtMost<Card, MOST_TASKS>,
    #[serde(default)]
    labels: AtMost<Label, MOST_LISTED>,
    #[serde(default)]
    members: AtMost<Member, MOST_LISTED>,
    #[serde(default)]
    checklists: AtMost<Checklist, MOST_PARTS>,
    #[serde(default)]
    actions: AtMost<Action, MOST_PARTS>,
    #[serde(rename = "customFields", default)]
    custom_fields: AtMost<CustomField, MOST_LISTED>,
}

#[derive(Deserialize)]
struct List {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    closed: bool,
    #[serde(default)]
    pos: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Card {
    id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    desc: String,
    #[serde(default)]
    closed: bool,
    #[serde(default)]
    id_list: String,
    #[serde(default)]
    id_members: Vec<String>,
    #[serde(default)]
    labels: Vec<Label>,
    #[serde(default)]
    due: Option<String>,
    #[serde(default)]
    start: Option<String>,
    #[serde(default)]
    pos: f64,
    #[serde(default)]
    short_link: Option<String>,
    #[serde(default)]
    badges: Badges,
    #[serde(default)]
    custom_field_items: Vec<CustomFieldItem>,
}

#[derive(Deserialize, Default)]
struct Badges {
    #[serde(default)]
    attachments: u64,
}

#[derive(Deserialize)]
struct Label {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    color: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Member {
    id: String,
    #[serde(default)]
    full_name: Option<String>,
    #[serde(default)]
    username: Option<String>,
    #[serde(default)]
    email: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Checklist {
    #[serde(default)]
    id_card: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    pos: f64,
    #[serde(default)]
    check_items: Vec<CheckItem>,
}

#[derive(Deserialize)]
struct CheckItem {
    #[serde(default)]
    name: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    pos: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Action {
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    data: ActionData,
    #[serde(default)]
    member_creator: Option<Member>,
}

#[derive(Deserialize, Default)]
struct ActionData {
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    card: Option<ActionCard>,
}

#[derive(Deserialize)]
struct ActionCard {
    #[serde(default)]
    id: String,
}

impl Label {
    /// What it is called: its colour where nobody gave it a name.
    fn name(&self) -> Option<&str> {
        let given = self.name.as_deref().filter(|name| !name.trim().is_empty());
        given.or(self.color.as_deref())
    }

    /// Its colour. Trello has ten, each also as a light and a dark one.
    fn color(&self) -> Option<Color> {
        let plain = self.color.as_deref().unwrap_or("").split('_').next().unwrap_or("");
        let color = match plain {
            "green" => "#4bce97",
            "yellow" => "#e2b203",
            "orange" => "#f38a3f",
            "red" => "#e5493a",
            "purple" => "#9f8fef",
            "blue" => "#579dff",
            "sky" => "#42b2d7",
            "lime" => "#82b536",
            "pink" => "#e774bb",
            "black" => "#626f86",
            _ => "#8590a2",
        };
        Color::new(color).ok()
    }
}

impl Member {
    /// The address where the file has it, which it seldom does; else the name.
    fn known_as(&self) -> Option<String> {
        [&self.email, &self.full_name, &self.username].into_iter().flatten().find(|text| !text.is_empty()).cloned()
    }
}

/// When something was made: an id of Trello begins with that, in seconds, in hexadecimal digits.
fn made_at(id: &str) -> Option<Timestamp> {
    let seconds = i64::from_str_radix(id.get(..8)?, 16).ok()?;
    Timestamp::from_second(seconds).ok()
}

/// Reads a board.
///
/// # Errors
/// [`millrace_domain::Error::Invalid`] naming `file` where it is none.
pub fn read(bytes: &[u8]) -> Result<Reading> {
    let text = text(bytes)?;
    if !text.trim_start().starts_with('{') {
        return Err(unreadable("The file is no export of a Trello board, which is one JSON object."));
    }
    let mut board: Board = serde_json::from_str(text).map_err(|error| match error.is_data() {
        true => unreadable(format!("The file is no export of a Trello board: {error}.")),
        false => broken(&error),
    })?;
    let mut reading = Reading::default();
    board.lists.0.sort_by(|one, other| one.pos.total_cmp(&other.pos));
    board.checklists.0.sort_by(|one, other| one.pos.total_cmp(&other.pos));
    let open: HashMap<&str, &List> =
        board.lists.0.iter().filter(|list| !list.closed).map(|list| (list.id.as_str(), list)).collect();
    let columns = board.lists.0.iter().filter(|list| !list.closed);
    let columns = columns.filter_map(|list| Name::new(&list.name).ok()).map(|name| ListedColumn {
        category: cell::status(&name),
        name,
        wip_limit: None,
    });
    reading.boards.push(ListedBoard { name: None, columns: columns.collect() });
    let labels = board.labels.0.iter().chain(board.cards.0.iter().flat_map(|card| &card.labels));
    let mut known: HashSet<String> = HashSet::new();
    for label in labels {
        if let (Some(Ok(name)), Some(color)) = (label.name().map(Name::new), label.color())
            && known.insert(name.to_lowercase())
        {
            reading.labels.push((name, color));
        }
    }
    let people: HashMap<&str, String> =
        board.members.0.iter().filter_map(|member| Some((member.id.as_str(), member.known_as()?))).collect();
    let fields = board.custom_fields.0.iter().map(|field| (field.id.as_str(), field)).collect();
    for field in &board.custom_fields.0 {
        match field.definition() {
            Some(definition) => reading.fields.push(definition),
            None => reading.problems.field(0, "custom", format!("“{}” can be no field here", field.name)),
        }
    }
    let mut around = Around { checklists: HashMap::new(), comments: HashMap::new(), fields };
    for list in &board.checklists.0 {
        around.checklists.entry(list.id_card.as_str()).or_default().push(list);
    }
    for action in board.actions.0.iter().filter(|action| action.kind == "commentCard") {
        if let Some(card) = &action.data.card {
            around.comments.entry(card.id.as_str()).or_default().push(action);
        }
    }
    let (mut archived, mut files) = (0u64, 0);
    let mut positions = Vec::new();
    for (index, card) in board.cards.0.iter().enumerate() {
        let Some(list) = open.get(card.id_list.as_str()).filter(|_| !card.closed) else {
            archived += 1;
            continue;
        };
        files += card.badges.attachments;
        if let Some(task) = task(&mut reading, index as u64 + 1, card, list, &people, &around) {
            positions.push((list.pos, card.pos));
            reading.tasks.push(task);
        }
    }
    if archived > 0 {
        reading.problems.field(0, "cards", format!("{archived} archived cards are left out."));
    }
    if files > 0 {
        reading.problems.field(
            0,
            "attachments",
            format!("{files} attached files are not in the file, and stay behind."),
        );
    }
    let mut order: Vec<usize> = (0..positions.len()).collect();
    order.sort_by(|one, other| {
        let ((list, card), (other_list, other_card)) = (positions[*one], positions[*other]);
        list.total_cmp(&other_list).then(card.total_cmp(&other_card))
    });
    for (place, index) in order.into_iter().enumerate() {
        reading.tasks[index].place = place;
    }
    Ok(reading)
}

/// What the file tells of cards elsewhere.
struct Around<'board> {
    checklists: HashMap<&'board str, Vec<&'board Checklist>>,
    comments: HashMap<&'board str, Vec<&'board Action>>,
    fields: HashMap<&'board str, &'board CustomField>,
}

fn task(
    reading: &mut Reading,
    line: u64,
    card: &Card,
    list: &List,
    people: &HashMap<&str, String>,
    around: &Around<'_>,
) -> Option<ImportedTask> {
    let mut task = ImportedTask::new(line, 0, reading.title(line, &card.name)?);
    let mut description = card.desc.trim().to_owned();
    for checklist in around.checklists.get(card.id.as_str()).into_iter().flatten() {
        description.push_str(&as_markdown(checklist));
    }
    task.description = reading.description(line, &description);
    task.keys = [Some(card.id.clone()), card.short_link.clone()].into_iter().flatten().collect();
    task.column = Some(list.name.clone());
    task.status = cell::status(&list.name);
    task.assignees = card.id_members.iter().filter_map(|id| people.get(id.as_str()).cloned()).collect();
    task.labels = card.labels.iter().filter_map(Label::name).map(str::to_owned).collect();
    for (field, text, date) in
        [("start_date", &card.start, &mut task.start_date), ("due_date", &card.due, &mut task.due_date)]
    {
        match text.as_deref().map(cell::date) {
            Some(Ok(day)) => *date = Some(day),
            Some(Err(message)) => reading.problems.field(line, field, message),
            None => {}
        }
    }
    let values = card.custom_field_items.iter().filter_map(|item| {
        let field = around.fields.get(item.id_custom_field.as_str())?;
        Some((field.name.clone(), Value::from(field.value(item)?)))
    });
    task.custom = values.collect();
    task.created_at = made_at(&card.id);
    let comments = around.comments.get(card.id.as_str()).into_iter().flatten();
    task.comments = comments.filter_map(|action| comment(action)).collect();
    task.comments.sort_by_key(|comment| comment.created_at);
    task.comments.truncate(MOST_COMMENTS);
    Some(task)
}

fn comment(action: &Action) -> Option<ImportedComment> {
    let body = action.data.text.clone().filter(|text| !text.trim().is_empty())?;
    let created_at = action.date.as_deref().and_then(|date| cell::moment(date).ok());
    let author = action.member_creator.as_ref().and_then(Member::known_as);
    Some(ImportedComment { author, body, created_at, ..ImportedComment::default() })
}

/// A checklist as a list of Markdown.
fn as_markdown(checklist: &Checklist) -> String {
    let mut items: Vec<&CheckItem> = checklist.check_items.iter().collect();
    items.sort_by(|one, other| one.pos.total_cmp(&other.pos));
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = format!("\n\n### {}\n", line(&checklist.name));
    for item in items {
        let mark = if item.state == "complete" { 'x' } else { ' ' };
        text.push_str(&format!("\n- [{mark}] {}", line(&item.name)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use millrace_domain::task::custom::FieldKind;
    use serde_json::json;

    fn board() -> serde_json::Value {
        json!({
            "id": "b", "name": "Launch", "closed": false,
            "lists": [
                {"id": "l2", "name": "Doing", "closed": false, "pos": 2.5},
                {"id": "l1", "name": "To Do", "closed": false, "pos": 1},
                {"id": "l3", "name": "Old", "closed": true, "pos": 3},
            ],
            "labels": [{"id": "x", "name": "", "color": "sky_dark"}, {"id": "y", "name": "Bug", "color": "red"}],
            "members": [{"id": "m1", "fullName": "Alex Rivera", "username": "alex"}],
            "cards": [
                {"id": "5f2b1a00aaaaaaaaaaaaaaaa", "name": "Second", "desc": "Text", "closed": false, "idList": "l1", "pos": 9,
                 "idMembers": ["m1", "gone"], "labels": [{"name": "Bug", "color": "red"}], "due": "2026-11-20T10:00:00.000Z",
                 "badges": {"attachments": 2}, "customFieldItems": [
                    {"idCustomField": "f1", "idValue": "o2", "value": null},
                    {"idCustomField": "f2", "value": {"number": "2.5"}},
                    {"idCustomField": "f3", "value": {"checked": "true"}},
                    {"idCustomField": "gone", "value": {"text": "x"}},
                 ]},
                {"id": "5f2b1a01aaaaaaaaaaaaaaaa", "name": "First", "idList": "l1", "pos": 1, "labels": [{"name": "", "color": "sky_dark"}]},
                {"id": "c3", "name": "Archived", "idList": "l1", "closed": true},
                {"id": "c4", "name": "In an archived list", "idList": "l3"},
                {"id": "c5", "name": " ", "idList": "l2"},
            ],
            "customFields": [
                {"id": "f1", "name": "Size", "type": "list", "options": [
                    {"id": "o1", "value": {"text": "S"}}, {"id": "o2", "value": {"text": "L"}}, {"id": "o3", "value": {"text": "s"}},
                ]},
                {"id": "f2", "name": "Weight", "type": "number"},
                {"id": "f3", "name": "Urgent", "type": "checkbox"},
                {"id": "f4", "name": " ", "type": "text"},
            ],
            "checklists": [{"idCard": "5f2b1a00aaaaaaaaaaaaaaaa", "name": "Steps", "pos": 1, "checkItems": [
                {"name": "Then", "state": "incomplete", "pos": 2}, {"name": "First", "state": "complete", "pos": 1},
            ]}],
            "actions": [
                {"type": "commentCard", "date": "2026-03-02T10:00:00.000Z", "memberCreator": {"id": "m9", "fullName": "Sam"},
                 "data": {"text": "Later", "card": {"id": "5f2b1a00aaaaaaaaaaaaaaaa"}}},
                {"type": "commentCard", "date": "2026-03-01T10:00:00.000Z", "data": {"text": "Earlier", "card": {"id": "5f2b1a00aaaaaaaaaaaaaaaa"}}},
                {"type": "updateCard", "data": {"card": {"id": "c3"}, "old": {"pos": 1}}},
            ],
        })
    }

    #[test]
    fn a_board_is_read_with_what_its_cards_hold() {
        let reading = read(board().to_string().as_bytes()).expect("a board");
        let columns: Vec<_> = reading.boards[0].columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(columns, ["To Do", "Doing"]);
        assert_eq!((reading.tasks.len(), reading.left_out), (2, 1));
        let second = &reading.tasks[0];
        assert_eq!((second.title.as_str(), second.place, reading.tasks[1].place), ("Second", 1, 0));
        assert_eq!(
            (second.assignees.as_slice(), second.labels.as_slice()),
            (&["Alex Rivera".to_owned()][..], &["Bug".to_owned()][..])
        );
        assert_eq!(second.due_date, "2026-11-20".parse().ok());
        assert_eq!(second.description.as_str(), "Text\n\n### Steps\n\n- [x] First\n- [ ] Then");
        let said: Vec<_> =
            second.comments.iter().map(|comment| (comment.body.as_str(), comment.author.as_deref())).collect();
        assert_eq!(said, [("Earlier", None), ("Later", Some("Sam"))]);
        assert_eq!(second.created_at, Timestamp::from_second(0x5f2b_1a00).ok());
        let own = |name: &str, value: &str| (name.to_owned(), Value::from(value));
        assert_eq!(second.custom, [own("Size", "L"), own("Weight", "2.5"), own("Urgent", "Yes")]);
        let fields: Vec<_> = reading
            .fields
            .iter()
            .map(|field| (field.name.as_str(), field.kind, field.options.iter().map(Name::as_str).collect::<Vec<_>>()))
            .collect();
        assert_eq!(
            fields,
            [
                ("Size", FieldKind::Select, vec!["S", "L"]),
                ("Weight", FieldKind::Number, vec![]),
                ("Urgent", FieldKind::Select, vec!["Yes"]),
            ]
        );
        let names: Vec<_> = reading.labels.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["sky_dark", "Bug"]);
        let told: Vec<_> =
            reading.problems.first.iter().map(|problem| (problem.line, problem.field.as_str())).collect();
        assert_eq!(told, [(0, "custom"), (5, "title"), (0, "cards"), (0, "attachments")]);
    }

    #[test]
    fn what_is_no_board_is_told() {
        for other in ["[]", "{}", "{\"lists\": [], \"cards\": 1}", "Title"] {
            assert!(read(other.as_bytes()).is_err(), "{other}");
        }
        let whole = board().to_string();
        let refused = read(&whole.as_bytes()[..whole.len() / 2]).expect_err("is not whole").to_string();
        assert!(refused.contains("ends before it is whole"), "{refused}");
    }
}
