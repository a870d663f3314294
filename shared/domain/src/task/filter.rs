//! Filters and sort orders of task lists.

use crate::{
    Error, Result,
    id::{LabelId, NotAnId, SprintId, TaskKey, UserId},
    task::{Priority, Status, TaskFields},
};
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de::DeserializeOwned};
use std::{borrow::Cow, cmp::Ordering, str::FromStr};

/// Several values in one parameter, separated by commas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnyOf<T>(pub Vec<T>);

impl<T> Default for AnyOf<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for AnyOf<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let values = text.split(',').map(|value| {
            let plain = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(value.trim());
            T::deserialize(plain).map_err(serde::de::Error::custom)
        });
        values.collect::<Result<_, _>>().map(Self)
    }
}

impl<T> JsonSchema for AnyOf<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "AnyOf".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string"})
    }
}

macro_rules! from_text {
    ($name:ident) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
            }
        }
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"type": "string"})
            }
        }
    };
}

/// The assignee filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AssignedTo {
    /// The caller's tasks.
    Me,
    /// Unassigned tasks.
    Nobody,
    /// A person's tasks.
    Person(UserId),
}

impl FromStr for AssignedTo {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        match text {
            "me" => Ok(Self::Me),
            "none" => Ok(Self::Nobody),
            id => id.parse().map(Self::Person).map_err(|_| NotAnId("user id, `me` or `none`")),
        }
    }
}

from_text!(AssignedTo);

/// The sprint filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlannedFor {
    /// Tasks without a sprint.
    NoSprint,
    /// Tasks of a sprint.
    Sprint(SprintId),
}

impl FromStr for PlannedFor {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        match text {
            "none" => Ok(Self::NoSprint),
            id => id.parse().map(Self::Sprint).map_err(|_| NotAnId("sprint id or `none`")),
        }
    }
}

from_text!(PlannedFor);

/// A filter of tasks. Criteria that are not given match everything.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TaskFilter {
    /// Any of these statuses.
    pub statuses: Vec<Status>,
    /// Whose.
    pub assignee: Option<AssignedTo>,
    /// Any of these labels.
    pub labels: Vec<LabelId>,
    /// The sprint.
    pub sprint: Option<PlannedFor>,
    /// Any of these priorities.
    pub priorities: Vec<Priority>,
    /// Tasks due on or before this day.
    pub due_before: Option<Date>,
    /// Tasks due on or after this day.
    pub due_after: Option<Date>,
    /// The subtasks of this task.
    pub parent: Option<TaskKey>,
    /// Text that the key or title contains, case-insensitive.
    pub text: Option<String>,
}

impl TaskFilter {
    /// Whether a task with the status `status` matches, for the person `me`.
    pub fn admits(&self, task: &TaskFields, status: Status, me: &UserId) -> bool {
        let assigned = match &self.assignee {
            None => true,
            Some(AssignedTo::Nobody) => task.assignees.is_empty(),
            Some(AssignedTo::Me) => task.assignees.contains(me),
            Some(AssignedTo::Person(person)) => task.assignees.contains(person),
        };
        let planned = match &self.sprint {
            None => true,
            Some(PlannedFor::NoSprint) => task.sprint_id.is_none(),
            Some(PlannedFor::Sprint(sprint)) => task.sprint_id.as_ref() == Some(sprint),
        };
        let found = self.text.as_ref().is_none_or(|text| {
            let text = text.to_lowercase();
            task.title.to_lowercase().contains(&text) || task.key.to_string().to_lowercase().contains(&text)
        });
        assigned
            && planned
            && found
            && (self.statuses.is_empty() || self.statuses.contains(&status))
            && (self.labels.is_empty() || self.labels.iter().any(|label| task.labels.contains(label)))
            && (self.priorities.is_empty() || self.priorities.contains(&task.priority))
            && self.due_before.is_none_or(|day| task.due_date.is_some_and(|due| due <= day))
            && self.due_after.is_none_or(|day| task.due_date.is_some_and(|due| due >= day))
            && (self.parent.is_none() || task.parent == self.parent)
    }
}

/// The sort field of a task list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// The key: the project, then the number.
    #[default]
    Key,
    /// When it was created.
    CreatedAt,
    /// When it last changed.
    UpdatedAt,
    /// The due date; tasks without one come last in either direction.
    DueDate,
    /// The priority.
    Priority,
    /// The board, the column from left to right, and the position in the column.
    Position,
    /// The title, case-insensitive.
    Title,
}

/// A sort order: a field, prefixed with `-` for descending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TaskSort {
    /// The field.
    pub by: SortBy,
    /// Whether descending.
    pub descending: bool,
}

impl FromStr for TaskSort {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (descending, name) = text.strip_prefix('-').map_or((false, text), |name| (true, name));
        let plain = serde::de::value::StrDeserializer::<serde::de::value::Error>::new(name);
        let by = SortBy::deserialize(plain).map_err(|_| {
            "takes key, created_at, updated_at, due_date, priority, position or title, with - in front for descending"
        })?;
        Ok(Self { by, descending })
    }
}

impl std::fmt::Display for TaskSort {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}{:?}", if self.descending { "-" } else { "" }, self.by)
    }
}

from_text!(TaskSort);

/// The sort value of a task.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortValue {
    /// A number, or a time as a number.
    Number(i64),
    /// Text.
    Text(String),
    /// No value: sorts last.
    Missing,
}

/// A position in a sorted list. It remains valid when tasks are added or removed, so a list can continue from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceInList {
    value: SortValue,
    key: TaskKey,
}

impl PlaceInList {
    /// The position of `task`, whose column has the index `column` on its board.
    pub fn new(task: &TaskFields, column: &str, sort: TaskSort) -> Self {
        let value = match sort.by {
            SortBy::Key => SortValue::Missing,
            SortBy::CreatedAt => SortValue::Number(task.created_at.as_millisecond()),
            SortBy::UpdatedAt => SortValue::Number(task.updated_at.as_millisecond()),
            SortBy::DueDate => task.due_date.map_or(SortValue::Missing, |due| SortValue::Text(due.to_string())),
            SortBy::Priority => SortValue::Number(task.priority as i64),
            // A blank sorts before every digit of a rank.
            SortBy::Position => SortValue::Text(format!("{} {column} {}", task.board_id, task.rank)),
            SortBy::Title => SortValue::Text(task.title.to_lowercase()),
        };
        Self { value, key: task.key.clone() }
    }

    /// The order of two positions; the key decides between equals.
    pub fn compare(&self, other: &Self, sort: TaskSort) -> Ordering {
        let values = match (&self.value, &other.value) {
            (SortValue::Missing, _) | (_, SortValue::Missing) => self.value.cmp(&other.value),
            _ if sort.descending => other.value.cmp(&self.value),
            _ => self.value.cmp(&other.value),
        };
        let keys = if sort.descending { other.key.cmp(&self.key) } else { self.key.cmp(&other.key) };
        values.then(keys)
    }
}

/// Sorts `tasks` and returns at most `limit` of them after `from`, and the position to continue from.
pub fn part_of<T>(
    mut tasks: Vec<(PlaceInList, T)>,
    sort: TaskSort,
    from: Option<&PlaceInList>,
    limit: usize,
) -> (Vec<T>, Option<PlaceInList>) {
    if let Some(from) = from {
        tasks.retain(|(place, _)| place.compare(from, sort) == Ordering::Greater);
    }
    tasks.sort_by(|(one, _), (other, _)| one.compare(other, sort));
    let more = tasks.len() > limit;
    tasks.truncate(limit);
    let next = if more { tasks.last().map(|(place, _)| place.clone()) } else { None };
    (tasks.into_iter().map(|(_, task)| task).collect(), next)
}

/// Search text: at most 200 characters.
///
/// # Errors
/// [`Error::Invalid`] naming `q`.
pub fn searched(text: Option<&String>) -> Result<Option<String>> {
    match text.map(|text| text.trim()) {
        None | Some("") => Ok(None),
        Some(text) if text.chars().count() > 200 => Err(Error::field("q", "takes at most 200 characters")),
        Some(text) => Ok(Some(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        board::rank::Rank,
        id::{BoardId, ColumnId, ProjectKey},
        text::Title,
    };
    use jiff::Timestamp;

    fn task(number: u32, title: &str) -> TaskFields {
        let project: ProjectKey = "WEB".parse().expect("a key");
        let now = Timestamp::from_second(1_790_000_000 + i64::from(number)).expect("in range");
        TaskFields {
            key: TaskKey::new(&project, number),
            former: Vec::new(),
            board_id: BoardId::random(&project),
            column_id: ColumnId::random(),
            rank: Rank::bottom_of_many(now, number as usize),
            column_since: now,
            title: Title::new(title).expect("a title"),
            priority: Priority::Medium,
            assignees: Vec::new(),
            reporter: None,
            labels: Vec::new(),
            story_points: None,
            estimated_hours: None,
            start_date: None,
            due_date: None,
            due_told: None,
            sprint_id: None,
            parent: None,
            watchers: Vec::new(),
            blocks: Vec::new(),
            blocked_by: Vec::new(),
            custom: serde_json::Map::new(),
            metadata: serde_json::Map::new(),
            created_at: now,
            updated_at: now,
            started_at: None,
            closed_at: None,
            archived_at: None,
        }
    }

    fn due(mut task: TaskFields, day: &str) -> TaskFields {
        task.due_date = Some(day.parse().expect("a day"));
        task
    }

    fn numbers(tasks: &[TaskFields], sort: &str, limit: usize) -> Vec<Vec<u32>> {
        let sort: TaskSort = sort.parse().expect("an order");
        let (mut parts, mut from) = (Vec::new(), None);
        loop {
            let placed = tasks.iter().map(|task| (PlaceInList::new(task, "", sort), task.key.number())).collect();
            let (part, next) = part_of(placed, sort, from.as_ref(), limit);
            parts.push(part);
            match next {
                Some(next) => from = Some(next),
                None => return parts,
            }
        }
    }

    #[test]
    fn a_filter_matches_exactly_its_criteria() {
        let me = UserId::random();
        let mut mine = due(task(12, "Mend the Wheel"), "2026-05-10");
        mine.assignees = vec![me.clone()];
        let admits = |filter: TaskFilter| filter.admits(&mine, Status::Todo, &me);
        let text = |text: &str| TaskFilter { text: Some(text.to_owned()), ..TaskFilter::default() };
        assert!(admits(TaskFilter::default()));
        assert!(admits(text("wHEEL")) && admits(text("web-12")) && !admits(text("sluice")));
        let whose = |assignee| TaskFilter { assignee: Some(assignee), ..TaskFilter::default() };
        assert!(admits(whose(AssignedTo::Me)) && !admits(whose(AssignedTo::Nobody)));
        assert!(!admits(whose(AssignedTo::Person(UserId::random()))));
        let statuses = |statuses| TaskFilter { statuses, ..TaskFilter::default() };
        assert!(admits(statuses(vec![Status::Done, Status::Todo])) && !admits(statuses(vec![Status::Done])));
        let between = |after: &str, before: &str| TaskFilter {
            due_after: after.parse().ok(),
            due_before: before.parse().ok(),
            ..TaskFilter::default()
        };
        assert!(admits(between("2026-05-10", "2026-05-10")));
        assert!(!admits(between("2026-05-11", "2026-06-01")) && !admits(between("2026-05-01", "2026-05-09")));
        let undated = TaskFilter { due_before: "2030-01-01".parse().ok(), ..TaskFilter::default() };
        assert!(!undated.admits(&task(1, "No date"), Status::Todo, &me));
        let unplanned = TaskFilter { sprint: Some(PlannedFor::NoSprint), ..TaskFilter::default() };
        assert!(admits(unplanned));
    }

    #[test]
    fn pages_are_contiguous_in_every_order() {
        let tasks = [due(task(1, "b"), "2026-03-01"), task(2, "a"), due(task(3, "C"), "2026-01-01"), task(10, "d")];
        assert_eq!(numbers(&tasks, "key", 3), [vec![1, 2, 3], vec![10]]);
        assert_eq!(numbers(&tasks, "-key", 2), [vec![10, 3], vec![2, 1]]);
        assert_eq!(numbers(&tasks, "title", 4), [vec![2, 1, 3, 10]]);
        assert_eq!(numbers(&tasks, "due_date", 1), [vec![3], vec![1], vec![2], vec![10]]);
        assert_eq!(numbers(&tasks, "-due_date", 2), [vec![1, 3], vec![10, 2]]);
        assert_eq!(numbers(&tasks, "-created_at", 9), [vec![10, 3, 2, 1]]);
    }

    #[test]
    fn a_cursor_stays_valid_after_its_task_is_removed() {
        let sort = TaskSort::default();
        let all: Vec<_> = (1..=6).map(|number| task(number, "x")).collect();
        let placed = |tasks: &[TaskFields]| {
            tasks.iter().map(|task| (PlaceInList::new(task, "", sort), task.key.number())).collect()
        };
        let (first, next) = part_of(placed(&all), sort, None, 3);
        assert_eq!(first, [1, 2, 3]);
        let (second, _) = part_of(placed(&[&all[..2], &all[3..]].concat()), sort, next.as_ref(), 3);
        assert_eq!(second, [4, 5, 6]);
    }

    #[test]
    fn invalid_sort_orders_are_refused() {
        for wrong in ["", "-", "size", "--key", "Key"] {
            assert!(wrong.parse::<TaskSort>().is_err(), "{wrong}");
        }
    }
}
