use super::*;
use jiff::Timestamp;
use millrace_domain::{
    board::rank::Rank,
    event::{EventType, FieldChange},
    id::{BoardId, ColumnId, LabelId, ProjectKey, SprintId, TaskKey, UserId},
    resource::{Card, Counts},
    task::{Priority, Status, TaskFields},
    text::{Markdown, Title},
};
use proptest::prelude::*;
use serde_json::Map;

const COLUMNS: [Status; 5] = [Status::Backlog, Status::Todo, Status::InProgress, Status::Review, Status::Done];

/// A task of which a choice of numbers settles what may change.
#[derive(Debug, Clone, Copy)]
struct Choice {
    title: u8,
    column: u8,
    rank: u8,
    assigned: bool,
    labelled: bool,
    planned: bool,
    points: Option<u32>,
    text: u8,
    custom: Option<u8>,
    project: bool,
}

fn id<T: std::str::FromStr<Err: std::fmt::Debug>>(prefix: &str, of: u8) -> T {
    format!("{prefix}{of:0>20}").parse().expect("an id")
}

fn fields(choice: Choice) -> (TaskFields, Status) {
    let project: ProjectKey = if choice.project { "WEB" } else { "APP" }.parse().expect("a key");
    let now = Timestamp::UNIX_EPOCH;
    let mut custom = Map::new();
    custom.extend(choice.custom.map(|value| ("fld_one".to_owned(), Value::from(value))));
    let sprint: SprintId = format!("{project}.s00000000000a").parse().expect("a sprint id");
    let board: BoardId = format!("{project}.b00000000000a").parse().expect("a board id");
    let mut fields = TaskFields {
        key: TaskKey::new(&project, 1),
        former: Vec::new(),
        board_id: board,
        column_id: id::<ColumnId>("col_", choice.column),
        rank: Rank::bottom_of_many(now, usize::from(choice.rank)),
        column_since: now,
        title: Title::new(&format!("Title {}", choice.title)).expect("a title"),
        priority: Priority::Medium,
        assignees: if choice.assigned { vec![id::<UserId>("usr_", 1)] } else { Vec::new() },
        reporter: None,
        labels: if choice.labelled { vec![id::<LabelId>("lbl_", 1)] } else { Vec::new() },
        story_points: choice.points,
        estimated_hours: None,
        start_date: None,
        due_date: None,
        due_told: None,
        sprint_id: choice.planned.then_some(sprint),
        parent: None,
        watchers: Vec::new(),
        blocks: Vec::new(),
        blocked_by: Vec::new(),
        custom,
        metadata: Map::new(),
        created_at: now,
        updated_at: now,
        started_at: None,
        closed_at: None,
        archived_at: None,
    };
    let status = COLUMNS[usize::from(choice.column) / 2];
    let (column, rank) = (fields.column_id.clone(), fields.rank.clone());
    fields.place(&column, rank, status, now);
    (fields, status)
}

fn task(choice: Choice, version: u64) -> Task {
    let (fields, status) = fields(choice);
    let text = Markdown::new(&"é".repeat(usize::from(choice.text) * 900)).expect("a description");
    Task::new(fields, version, status, text, Counts::default())
}

fn card(choice: Choice) -> Card {
    let (fields, status) = fields(choice);
    Card::new(&fields, 1, status, Counts::default(), &[])
}

fn choice() -> impl Strategy<Value = Choice> {
    let place = (0u8..10, 0u8..3, any::<bool>());
    let lists = (any::<bool>(), any::<bool>(), any::<bool>());
    let values = (0u8..2, proptest::option::of(0u32..3), 0u8..4, proptest::option::of(0u8..3));
    (place, lists, values).prop_map(|((column, rank, project), (assigned, labelled, planned), values)| {
        let (title, points, text, custom) = values;
        Choice { title, column, rank, assigned, labelled, planned, points, text, custom, project }
    })
}

fn told<'changes>(changes: &'changes Changes, field: &str) -> Option<&'changes FieldChange> {
    changes.get(field)
}

proptest! {
    #[test]
    fn a_task_that_stays_as_it_is_tells_nothing(choice in choice(), versions in (1u64..9, 1u64..9)) {
        let changes = between(&task(choice, versions.0), &task(choice, versions.1)).expect("compares");
        prop_assert!(changes.is_empty(), "{:?}", changes);
    }

    #[test]
    fn a_change_of_column_tells_both_the_column_and_the_status(before in choice(), after in choice()) {
        let (one, other) = (task(before, 1), task(after, 2));
        let changes = between(&one, &other).expect("compares");
        prop_assert_eq!(told(&changes, "column_id").is_some(), one.column_id != other.column_id);
        prop_assert_eq!(told(&changes, "status").is_some(), one.status != other.status);
        if let Some(change) = told(&changes, "status") {
            prop_assert_eq!(&change.to, &to_value(&other.status).expect("a status"));
        }
        let within = one.column_id == other.column_id && one.position != other.position;
        prop_assert_eq!(told(&changes, "position").is_some(), within);
    }

    #[test]
    fn each_difference_is_told_with_its_value_after(before in choice(), after in choice()) {
        let (one, other) = (task(before, 1), task(Choice { project: before.project, ..after }, 2));
        let changes = between(&one, &other).expect("compares");
        let after = to_value(&other).expect("a task");
        for change in changes.iter().filter(|change| change.field != "description") {
            let value = match change.field.strip_prefix("custom.") {
                Some(own) => after["custom"].get(own).cloned().unwrap_or(Value::Null),
                None => after[&change.field].clone(),
            };
            prop_assert_eq!(&change.to, &value);
            prop_assert_ne!(&change.from, &change.to);
        }
        for (field, differs) in [
            ("title", one.title != other.title),
            ("assignees", one.assignees != other.assignees),
            ("labels", one.labels != other.labels),
            ("sprint_id", one.sprint_id != other.sprint_id),
            ("story_points", one.story_points != other.story_points),
            ("description", one.description != other.description),
            ("custom.fld_one", one.custom != other.custom),
        ] {
            prop_assert_eq!(told(&changes, field).is_some(), differs, "{}", field);
        }
        let length = |value: &Value| value.as_str().map_or(0, |text| text.chars().count());
        prop_assert!(changes.iter().all(|change| length(&change.from).max(length(&change.to)) <= 2_000));
    }

    #[test]
    fn a_transfer_begins_with_the_key_and_compares_no_ids_of_two_projects(before in choice(), after in choice()) {
        let (one, other) = (task(Choice { project: true, ..before }, 1), task(Choice { project: false, ..after }, 2));
        let changes = between(&one, &other).expect("compares");
        prop_assert_eq!(&changes[0].field, "key");
        prop_assert!(told(&changes, "labels").is_none() && told(&changes, "custom.fld_one").is_none());
        prop_assert!(told(&changes, "project").is_none(), "the key says it");
    }
}

#[test]
fn the_event_type_follows_from_the_changed_fields() {
    let choice = Choice {
        title: 0,
        column: 0,
        rank: 0,
        assigned: false,
        labelled: false,
        planned: false,
        points: None,
        text: 0,
        custom: None,
        project: true,
    };
    let card = card(choice);
    let of = |fields: &[&str]| {
        let changes = fields.iter().map(|field| Changes::of_field(field, &1, &2).expect("JSON"));
        kind(&changes.fold(Changes::default(), Changes::and))(card.clone().into()).kind()
    };
    assert_eq!(of(&["assignees"]), Some(EventType::TaskAssigned));
    assert_eq!(of(&["column_id", "status"]), Some(EventType::TaskStatusChanged));
    assert_eq!(of(&["column_id", "title"]), Some(EventType::TaskUpdated));
    assert_eq!(of(&["assignees", "labels"]), Some(EventType::TaskUpdated));
}
