//! A board as Trello exports it ("Print, export, and share", "Export as JSON"): one object with the board's cards,
//! lists, labels, checklists, members and actions, of which the comments are some
//! (<https://developer.atlassian.com/cloud/trello/rest/api-group-cards/>).
//!
//! It is read piece by piece, and each piece value by value: a value of another kind than it should be is left out alone.

mod around;
mod card;
mod custom_fields;
mod entry;

use super::{
    Asked, ListedBoard, ListedColumn, MOST_TASKS, Reading, cell,
    json::{AtMost, broken, text},
    settled::{Evidence, Settled},
    unreadable,
};
use around::{Around, Comments};
use entry::Entry;
use millrace_domain::{
    Result,
    text::{Color, Name},
};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The most lists, labels or members of a board.
const MOST_LISTED: usize = 10_000;
/// The most checklists or actions of a board.
const MOST_PARTS: usize = 500_000;
/// What a list is called that has no name.
const UNNAMED: &str = "Unnamed list";
/// The name under which the times of a board are looked at.
const TIMES: &str = "times";

/// The parts of the file, each of which is read by itself.
#[derive(Deserialize)]
struct Board<'text> {
    #[serde(borrow)]
    lists: &'text RawValue,
    #[serde(borrow)]
    cards: &'text RawValue,
    #[serde(borrow, default)]
    labels: Option<&'text RawValue>,
    #[serde(borrow, default)]
    members: Option<&'text RawValue>,
    #[serde(borrow, default)]
    checklists: Option<&'text RawValue>,
    #[serde(borrow, default)]
    actions: Option<&'text RawValue>,
    #[serde(borrow, rename = "customFields", default)]
    custom_fields: Option<&'text RawValue>,
}

/// The entries of a list; none, and a note, where it is no list.
fn entries<'text, const MOST: usize>(
    reading: &mut Reading,
    name: &str,
    raw: Option<&'text RawValue>,
) -> Vec<&'text RawValue> {
    let Some(raw) = raw.filter(|raw| raw.get() != "null") else { return Vec::new() };
    match serde_json::from_str::<AtMost<&RawValue, MOST>>(raw.get()) {
        Ok(entries) => entries.0,
        Err(error) => {
            reading.problems.field(0, name, format!("cannot be read, and is left out: {error}"));
            Vec::new()
        }
    }
}

/// Each entry of a list that is an object; the others are told.
fn objects<const MOST: usize>(reading: &mut Reading, name: &str, raw: Option<&RawValue>) -> Vec<Entry> {
    let raw = entries::<MOST>(reading, name, raw);
    let mut odd = 0u64;
    let read = raw.into_iter().filter_map(|raw| {
        let entry = Entry::read(raw.get());
        odd += u64::from(entry.is_none());
        entry
    });
    let read: Vec<Entry> = read.collect();
    if odd > 0 {
        reading.problems.field(0, name, format!("{odd} of them cannot be read, and are left out"));
    }
    read
}

/// A list of cards, as the column that it becomes.
struct List {
    /// What the column is called.
    name: String,
    position: f64,
    is_archived: bool,
}

/// The lists by their ids. Two of one name become two columns.
fn lists(reading: &mut Reading, raw: &RawValue) -> HashMap<String, List> {
    let mut found = objects::<MOST_LISTED>(reading, "lists", Some(raw));
    found.sort_by(|one, other| one.position().total_cmp(&other.position()));
    let mut taken: HashSet<String> = HashSet::new();
    let mut lists = HashMap::new();
    // Those that are shown keep their names.
    let (shown, archived): (Vec<&Entry>, Vec<&Entry>) = found.iter().partition(|list| !list.flag("closed"));
    for list in shown.into_iter().chain(archived) {
        let said = list.text("name").unwrap_or_default();
        let name = match said.trim() {
            "" => UNNAMED.to_owned(),
            said => cell::pieces::<1, 90>(said).into_iter().next().map_or(UNNAMED.to_owned(), |name| name.to_string()),
        };
        let mut own = name.clone();
        let mut count = 1;
        while !taken.insert(own.to_lowercase()) {
            count += 1;
            own = format!("{name} ({count})");
        }
        if own != said.trim() {
            let message = format!("the list “{}” becomes the column “{own}”", cell::beginning(said.trim(), 100));
            reading.problems.field(0, "lists", message);
        }
        let (position, is_archived) = (list.position(), list.flag("closed"));
        if let Some(id) = list.text("id") {
            lists.insert(id.into_owned(), List { name: own, position, is_archived });
        } else {
            reading.problems.field(0, "lists", format!("the list “{own}” has no id: no card can be in it"));
        }
    }
    lists
}

/// What a label is called: its colour where nobody gave it a name.
fn label_name(label: &Entry) -> Option<String> {
    let given = label.text("name").filter(|name| !name.trim().is_empty());
    given.or_else(|| label.text("color")).map(|name| name.trim().to_owned())
}

/// A label's colour. Trello has ten, each also as a light and a dark one.
fn label_color(label: &Entry) -> Option<Color> {
    let color = label.text("color").unwrap_or_default();
    let color = match color.split('_').next().unwrap_or("") {
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

/// Reads a board.
///
/// # Errors
/// [`millrace_domain::Error::Invalid`] naming `file` where it is none.
pub fn read(bytes: &[u8], asked: &Asked) -> Result<Reading> {
    let text = text(bytes)?;
    if !text.trim_start().starts_with('{') {
        return Err(unreadable("The file is no export of a Trello board: it is no JSON object."));
    }
    let board: Board<'_> = serde_json::from_str(text).map_err(|error| match error.is_data() {
        true => unreadable(format!("The file is no export of a Trello board: {error}.")),
        false => broken(&error),
    })?;
    if !board.cards.get().starts_with('[') {
        return Err(unreadable("The file is no export of a Trello board: its cards are no list."));
    }
    let mut reading = Reading::default();
    let lists = lists(&mut reading, board.lists);
    let (mut around, mut comments) = around(&mut reading, &board);
    let cards = entries::<MOST_TASKS>(&mut reading, "cards", Some(board.cards));
    settle(&mut reading, &cards, &around, asked);
    let (mut files, mut used, mut positions) = (0, HashSet::new(), Vec::new());
    for (index, raw) in cards.iter().enumerate() {
        let line = index as u64 + 1;
        reading.check_room()?;
        let Some(card) = Entry::read(raw.get()) else {
            reading.left_out += 1;
            reading.problems.line(line, "card", "cannot be read");
            continue;
        };
        let checklists = card.text("id").and_then(|id| around.checklists.remove(&*id)).unwrap_or_default();
        if card.flag("closed") && !asked.archived {
            reading.archived += 1;
            comments.drop_of(&card);
            continue;
        }
        card.entries("labels").for_each(|label| around.list_label(&mut reading, &label));
        let list = card.text("idList").and_then(|id| lists.get(&*id));
        files += card.attachments().filter(|file| file.flag("isUpload")).count() as u64;
        files += card.number_in("badges", "attachments").saturating_sub(card.attachments().count() as u64);
        if let Some(task) = card::task(&mut reading, line, (&card, &checklists), list, &around, &mut comments) {
            used.extend(task.column.clone());
            positions.push((list.map_or(f64::INFINITY, |list| list.position), card.position()));
            reading.tasks.push(task);
        }
    }
    comments.tell_rest(&mut reading);
    around.tell_checklists(&mut reading);
    if reading.archived > 0 {
        let message = format!("{} archived cards are left out.", reading.archived);
        reading.problems.field(0, "cards", message);
    }
    if files > 0 {
        let message = format!("{files} attached files are not in the file, and stay behind.");
        reading.problems.field(0, "attachments", message);
    }
    let mut columns: Vec<&List> =
        lists.values().filter(|list| !list.is_archived || used.contains(&list.name)).collect();
    columns.sort_by(|one, other| one.position.total_cmp(&other.position).then_with(|| one.name.cmp(&other.name)));
    let columns = columns.into_iter().filter_map(|list| Name::new(&list.name).ok());
    let columns = columns.map(|name| ListedColumn { category: cell::status(&name), name, wip_limit: None });
    reading.boards.push(ListedBoard { name: None, columns: columns.collect() });
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
fn around(reading: &mut Reading, board: &Board<'_>) -> (Around, Comments) {
    let labels = objects::<MOST_LISTED>(reading, "labels", board.labels);
    let members = objects::<MOST_LISTED>(reading, "members", board.members);
    let fields = objects::<MOST_LISTED>(reading, "custom", board.custom_fields);
    let checklists = objects::<MOST_PARTS>(reading, "checklists", board.checklists);
    let mut around = Around::new(reading, &labels, &members, &fields, checklists);
    let raw = entries::<MOST_PARTS>(reading, "actions", board.actions);
    let comments = around.take_actions(reading, &raw);
    // Labels come in the order of the board, then of its cards.
    for label in &labels {
        around.list_label(reading, label);
    }
    (around, comments)
}

/// Settles the zone of the board's times: Trello writes instants, of which a task keeps the day.
fn settle(reading: &mut Reading, cards: &[&RawValue], around: &Around, asked: &Asked) {
    let mut times = Evidence::default();
    for card in cards {
        if let Some(card) = Entry::read(card.get()) {
            ["due", "start"].iter().filter_map(|name| card.text(name)).for_each(|time| times.look_at_time(&time));
            around.times_of(&card).for_each(|time| times.look_at_time(&time));
        }
        if times.has_enough_times() {
            break;
        }
    }
    reading.evidence = BTreeMap::from([(TIMES.to_owned(), times)]);
    reading.settled = Settled::new(&reading.evidence, &asked.choices, &asked.zone);
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use millrace_domain::task::custom::FieldKind;
    use serde_json::{Value, json};

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
    fn a_trello_board_is_read_with_its_cards() {
        let reading = read(board().to_string().as_bytes(), &Asked::default()).expect("a board");
        let columns: Vec<_> = reading.boards[0].columns.iter().map(|column| column.name.as_str()).collect();
        assert_eq!(columns, ["To Do", "Doing", "Old"]);
        assert_eq!((reading.tasks.len(), reading.left_out, reading.archived), (3, 1, 1));
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
        let weight = ("Weight".to_owned(), Value::from(2.5));
        assert_eq!(second.custom, [own("Size", "L"), weight, own("Urgent", "Yes")]);
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
        let expected = [
            (0, "custom"),
            (1, "assignees"),
            (1, "custom"),
            (4, "column"),
            (5, "title"),
            (0, "cards"),
            (0, "attachments"),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_file_without_a_board_is_refused() {
        for other in ["[]", "{}", "{\"lists\": [], \"cards\": 1}", "Title"] {
            assert!(read(other.as_bytes(), &Asked::default()).is_err(), "{other}");
        }
        let whole = board().to_string();
        let refused =
            read(&whole.as_bytes()[..whole.len() / 2], &Asked::default()).expect_err("is not whole").to_string();
        assert!(refused.contains("ends before it is whole"), "{refused}");
    }
}
