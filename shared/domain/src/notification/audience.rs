//! Who hears of an event, and as what. Pure: whether a person may hear of it, and how they want to, is settled after.

use crate::{
    event::{Event, EventType, FieldChange},
    id::UserId,
    notification::NotificationKind,
    task::TaskFields,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// The people around a task.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Followers {
    /// Who works on it.
    pub assignees: Vec<UserId>,
    /// Who asked for it.
    pub reporter: Option<UserId>,
    /// Who asked to hear of it.
    pub watchers: Vec<UserId>,
}

impl From<&TaskFields> for Followers {
    fn from(task: &TaskFields) -> Self {
        Self { assignees: task.assignees.clone(), reporter: task.reporter.clone(), watchers: task.watchers.clone() }
    }
}

impl Followers {
    fn all(&self) -> impl Iterator<Item = &UserId> {
        self.assignees.iter().chain(&self.reporter).chain(&self.watchers)
    }
}

/// Everybody whom `event` concerns, with the most pressing reason of each: those who were named, those whom a task was
/// given to, and those around it. Never who did it.
pub fn hearers(event: &Event, followers: &Followers) -> BTreeMap<UserId, NotificationKind> {
    let mut heard: BTreeMap<UserId, NotificationKind> = BTreeMap::new();
    // An import makes thousands of tasks that were given to people long ago.
    if event.data.get("import").is_some() {
        return heard;
    }
    let mut hear = |person: &UserId, kind: NotificationKind| {
        if event.actor.id.as_ref() != Some(person) {
            let known = heard.entry(person.clone()).or_insert(kind);
            *known = (*known).max(kind);
        }
    };
    if let Some(kind) = around(event) {
        // What is late concerns those who are to do it, and where there is nobody, whoever asked for it.
        let urgent = matches!(kind, NotificationKind::Due | NotificationKind::Overdue);
        if urgent && followers.assignees.is_empty() {
            followers.reporter.iter().for_each(|person| hear(person, kind));
        } else if urgent {
            followers.assignees.iter().for_each(|person| hear(person, kind));
        } else {
            followers.all().for_each(|person| hear(person, kind));
        }
    }
    for person in given_to(event) {
        hear(&person, NotificationKind::Assigned);
    }
    for person in people(event.data.get("escalated_to")) {
        hear(&person, NotificationKind::Overdue);
    }
    if event.kind == EventType::WorkFinished {
        people(event.data.get("for")).iter().for_each(|person| hear(person, NotificationKind::Finished));
    }
    if event.kind == EventType::ProjectUserAdded {
        people(event.data.get("person").and_then(|person| person.get("id")))
            .iter()
            .for_each(|person| hear(person, NotificationKind::Added));
    }
    if event.kind != EventType::CommentRemoved {
        for named in [event.data.get("mentions"), event.data.get("comment").and_then(|comment| comment.get("mentions"))]
        {
            people(named).iter().for_each(|person| hear(person, NotificationKind::Mentioned));
        }
    }
    heard
}

/// What an event is to those around its task; none where it is nothing to them.
fn around(event: &Event) -> Option<NotificationKind> {
    let changed = |field: &str| event.changes.iter().any(|change| change.field == field);
    match event.kind {
        EventType::TaskStatusChanged | EventType::TaskMoved if changed("column_id") || changed("status") => {
            Some(NotificationKind::StatusChanged)
        }
        EventType::TaskArchived | EventType::TaskRestored | EventType::TaskDeleted => {
            Some(NotificationKind::StatusChanged)
        }
        EventType::TaskUpdated if event.data.get("escalated_to").is_some() => None,
        EventType::TaskUpdated if event.data.get("reminder").is_some() => Some(NotificationKind::Due),
        EventType::TaskUpdated if changed("overdue") => Some(NotificationKind::Overdue),
        EventType::TaskUpdated if changed("column_id") => Some(NotificationKind::StatusChanged),
        EventType::TaskUpdated | EventType::TaskAssigned | EventType::AttachmentAdded => {
            Some(NotificationKind::Updated)
        }
        EventType::CommentAdded => Some(NotificationKind::Commented),
        _ => None,
    }
}

/// Whom the event gives its task to.
fn given_to(event: &Event) -> Vec<UserId> {
    if event.kind == EventType::TaskCreated {
        return people(event.data.get("card").and_then(|card| card.get("assignees")));
    }
    let change = event.changes.iter().find(|change| change.field == "assignees");
    change.map_or_else(Vec::new, |FieldChange { from, to, .. }| {
        let before = people(Some(from));
        people(Some(to)).into_iter().filter(|person| !before.contains(person)).collect()
    })
}

fn people(value: Option<&Value>) -> Vec<UserId> {
    match value {
        Some(Value::Array(list)) => {
            list.iter().filter_map(Value::as_str).filter_map(|person| person.parse().ok()).collect()
        }
        Some(Value::String(person)) => person.parse().into_iter().collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        event::{Actor, ActorKind},
        id::{EventId, WorkspaceId},
    };
    use jiff::Timestamp;
    use proptest::prelude::*;
    use serde_json::json;

    fn event(kind: EventType, actor: &UserId, changes: Vec<FieldChange>, data: Value) -> Event {
        Event {
            id: EventId::at(Timestamp::UNIX_EPOCH),
            kind,
            workspace: WorkspaceId::random(),
            project: None,
            board_id: None,
            task: None,
            batch: None,
            actor: Actor { id: Some(actor.clone()), name: "Alex".to_owned(), kind: ActorKind::User },
            at: Timestamp::UNIX_EPOCH,
            changes,
            data,
        }
    }

    fn change(field: &str, from: Value, to: Value) -> FieldChange {
        FieldChange { field: field.to_owned(), from, to }
    }

    fn crowd(size: usize) -> Vec<UserId> {
        (0..size).map(|_| UserId::random()).collect()
    }

    #[test]
    fn whoever_is_named_hears_of_it_as_that_and_nobody_hears_twice() {
        let people = crowd(4);
        let followers =
            Followers { assignees: people[..2].to_vec(), reporter: None, watchers: vec![people[1].clone()] };
        let said = json!({"comment": {"body": "Look", "mentions": [people[1], people[3]]}});
        let heard = hearers(&event(EventType::CommentAdded, &people[0], Vec::new(), said), &followers);
        let expected = BTreeMap::from([
            (people[1].clone(), NotificationKind::Mentioned),
            (people[3].clone(), NotificationKind::Mentioned),
        ]);
        assert_eq!(heard, expected);
    }

    #[test]
    fn only_those_who_are_new_to_a_task_were_given_it() {
        let people = crowd(3);
        let followers = Followers { assignees: people[1..].to_vec(), ..Followers::default() };
        let changes = vec![change("assignees", json!([people[1]]), json!(people[1..]))];
        let heard = hearers(&event(EventType::TaskAssigned, &people[0], changes, Value::Null), &followers);
        assert_eq!(heard.get(&people[1]), Some(&NotificationKind::Updated));
        assert_eq!(heard.get(&people[2]), Some(&NotificationKind::Assigned));
    }

    #[test]
    fn nobody_hears_of_each_task_of_an_import() {
        let people = crowd(2);
        let imported = json!({"card": {"assignees": people}, "import": "WEB.iAAAA"});
        let created = event(EventType::TaskCreated, &UserId::random(), Vec::new(), imported);
        assert!(hearers(&created, &Followers { watchers: people, ..Followers::default() }).is_empty());
    }

    #[test]
    fn a_card_that_moves_within_its_column_is_nothing_to_anybody() {
        let people = crowd(2);
        let followers = Followers { watchers: people.clone(), ..Followers::default() };
        let within = vec![change("position", json!("a"), json!("b"))];
        assert!(hearers(&event(EventType::TaskMoved, &people[0], within, Value::Null), &followers).is_empty());
        let across = vec![change("column_id", json!("col_aaaa"), json!("col_bbbb"))];
        let heard = hearers(&event(EventType::TaskMoved, &people[0], across, Value::Null), &followers);
        assert_eq!(heard, BTreeMap::from([(people[1].clone(), NotificationKind::StatusChanged)]));
    }

    #[test]
    fn what_is_late_concerns_those_who_are_to_do_it_and_later_those_who_answer_for_it() {
        let people = crowd(3);
        let followers = Followers {
            assignees: vec![people[0].clone()],
            reporter: Some(people[1].clone()),
            watchers: vec![people[1].clone()],
        };
        let overdue = |person: &UserId| BTreeMap::from([(person.clone(), NotificationKind::Overdue)]);
        let marked = vec![change("overdue", json!(false), json!(true))];
        let mut late = event(EventType::TaskUpdated, &people[0], marked, Value::Null);
        late.actor = Actor { id: None, name: "Millrace".to_owned(), kind: ActorKind::System };
        assert_eq!(hearers(&late, &followers), overdue(&people[0]));
        let nobody = Followers { assignees: Vec::new(), ..followers.clone() };
        assert_eq!(hearers(&late, &nobody), overdue(&people[1]));
        late.changes.clear();
        late.data = json!({"escalated_to": [people[2]]});
        assert_eq!(hearers(&late, &followers), overdue(&people[2]));
    }

    const KINDS: &[EventType] = &[
        EventType::TaskCreated,
        EventType::TaskUpdated,
        EventType::TaskMoved,
        EventType::TaskAssigned,
        EventType::TaskStatusChanged,
        EventType::TaskArchived,
        EventType::CommentAdded,
        EventType::AttachmentAdded,
    ];

    proptest! {
        #[test]
        fn who_did_it_never_hears_and_strangers_never_do(
            kind in 0..KINDS.len(),
            assignees in prop::collection::vec(0..6usize, 0..4),
            watchers in prop::collection::vec(0..6usize, 0..4),
            mentions in prop::collection::vec(0..6usize, 0..3),
            reporter in 0..6usize,
            actor in 0..6usize,
        ) {
            let people = crowd(6);
            let pick = |indices: &[usize]| -> Vec<UserId> { indices.iter().map(|index| people[*index].clone()).collect() };
            let followers = Followers {
                assignees: pick(&assignees), reporter: Some(people[reporter].clone()), watchers: pick(&watchers),
            };
            let changes = vec![
                change("status", json!("todo"), json!("done")),
                change("assignees", json!([]), json!(pick(&assignees))),
            ];
            let data = json!({"mentions": pick(&mentions), "card": {"assignees": pick(&assignees)}});
            let heard = hearers(&event(KINDS[kind], &people[actor], changes, data), &followers);
            prop_assert!(!heard.contains_key(&people[actor]));
            for person in heard.keys() {
                prop_assert!(followers.all().any(|other| other == person) || pick(&mentions).contains(person));
            }
            for person in pick(&mentions).iter().filter(|person| **person != people[actor]) {
                prop_assert_eq!(heard.get(person), Some(&NotificationKind::Mentioned));
            }
        }
    }
}
