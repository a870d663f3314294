//! Who is notified of an event or a notice, and as what. Whether a person may see it, and which channels they chose, is
//! decided later.

use crate::{
    event::{Event, EventData},
    id::UserId,
    notification::NotificationKind,
    notification::notice::{NoticeData, Source},
    task::TaskFields,
};
use std::collections::BTreeMap;

/// The people around a task.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Followers {
    /// The assignees.
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

/// Everybody whom `source` concerns, with the most pressing reason of each: those who were mentioned, those whom a task
/// was assigned to, and those around it. Never who brought it about.
pub fn hearers(source: &Source, followers: &Followers) -> BTreeMap<UserId, NotificationKind> {
    let mut heard = Heard { actor: source.actor().id, people: BTreeMap::new() };
    match source {
        Source::Event(event) => heard.event(event, followers),
        Source::Notice(notice) => match &notice.data {
            NoticeData::Reminder { .. } => heard.responsible(followers, NotificationKind::Due),
            NoticeData::Escalation { to, .. } => heard.all(to, NotificationKind::Overdue),
            NoticeData::Finished { to, .. } => heard.all([to], NotificationKind::Finished),
        },
    }
    heard.people
}

struct Heard {
    actor: Option<UserId>,
    people: BTreeMap<UserId, NotificationKind>,
}

impl Heard {
    fn all<'people>(&mut self, people: impl IntoIterator<Item = &'people UserId>, kind: NotificationKind) {
        for person in people.into_iter().filter(|person| self.actor.as_ref() != Some(*person)) {
            let known = self.people.entry(person.clone()).or_insert(kind);
            *known = (*known).max(kind);
        }
    }

    /// Those who are to do a task, or else whoever asked for it.
    fn responsible(&mut self, followers: &Followers, kind: NotificationKind) {
        if followers.assignees.is_empty() {
            self.all(&followers.reporter, kind);
        } else {
            self.all(&followers.assignees, kind);
        }
    }

    fn event(&mut self, event: &Event, followers: &Followers) {
        // An import makes thousands of tasks that were given to people long ago.
        if event.data.import().is_some() {
            return;
        }
        match around(event) {
            Some(NotificationKind::Overdue) => self.responsible(followers, NotificationKind::Overdue),
            Some(kind) => self.all(followers.all(), kind),
            None => {}
        }
        self.all(&given_to(event), NotificationKind::Assigned);
        match &event.data {
            EventData::ProjectUserAdded(data) => self.all([&data.member.user.id], NotificationKind::Added),
            EventData::CommentAdded(data) | EventData::CommentUpdated(data) => {
                self.all(&data.mentions, NotificationKind::Mentioned);
            }
            _ => {}
        }
    }
}

/// What an event is to those around its task; none where it is nothing to them.
fn around(event: &Event) -> Option<NotificationKind> {
    let changed = |field: &str| event.changes.names(field);
    match &event.data {
        EventData::TaskStatusChanged(_) | EventData::TaskMoved(_) if changed("column_id") || changed("status") => {
            Some(NotificationKind::StatusChanged)
        }
        EventData::TaskArchived(_) | EventData::TaskRestored(_) | EventData::TaskDeleted(_) => {
            Some(NotificationKind::StatusChanged)
        }
        EventData::TaskUpdated(_) if changed("overdue") => Some(NotificationKind::Overdue),
        EventData::TaskUpdated(_) if changed("column_id") => Some(NotificationKind::StatusChanged),
        EventData::TaskUpdated(_) | EventData::TaskAssigned(_) | EventData::AttachmentAdded(_) => {
            Some(NotificationKind::Updated)
        }
        EventData::CommentAdded(_) => Some(NotificationKind::Commented),
        _ => None,
    }
}

/// Whom the event assigns its task to.
fn given_to(event: &Event) -> Vec<UserId> {
    if let EventData::TaskCreated(data) = &event.data {
        return data.card.assignees.clone();
    }
    let before: Vec<UserId> = event.changes.from("assignees").unwrap_or_default();
    let after: Vec<UserId> = event.changes.to("assignees").unwrap_or_default();
    after.into_iter().filter(|person| !before.contains(person)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        event::{Actor, EventType, examples},
        id::EventId,
        notification::notice::Notice,
        task::due::DueStep,
    };
    use jiff::Timestamp;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    type Change<'field> = (&'field str, Value, Value);

    fn event(kind: EventType, actor: &UserId, changes: &[Change<'_>], data: &Value) -> Source {
        examples::by(examples::event(kind, Timestamp::UNIX_EPOCH, changes, data), actor).into()
    }

    fn notice(data: NoticeData) -> Source {
        let (id, workspace) = (EventId::at(Timestamp::UNIX_EPOCH), "ws_AAAAAAAA".parse().expect("an id"));
        Notice { id, workspace, at: Timestamp::UNIX_EPOCH, data }.into()
    }

    fn crowd(size: usize) -> Vec<UserId> {
        (0..size).map(|_| UserId::random()).collect()
    }

    #[test]
    fn whoever_is_mentioned_hears_of_it_as_that_and_nobody_hears_twice() {
        let people = crowd(4);
        let followers =
            Followers { assignees: people[..2].to_vec(), reporter: None, watchers: vec![people[1].clone()] };
        let mentions = json!([people[1], people[3]]);
        let said = json!({"comment": {"body": "Look", "mentions": mentions}, "mentions": mentions});
        let heard = hearers(&event(EventType::CommentAdded, &people[0], &[], &said), &followers);
        let expected = BTreeMap::from([
            (people[1].clone(), NotificationKind::Mentioned),
            (people[3].clone(), NotificationKind::Mentioned),
        ]);
        assert_eq!(heard, expected);
    }

    #[test]
    fn whoever_was_mentioned_before_is_not_told_again_of_an_edit_or_a_reaction() {
        let people = crowd(3);
        let comment = json!({"comment": {"mentions": people}});
        for kind in [EventType::ReactionAdded, EventType::ReactionRemoved, EventType::CommentRemoved] {
            assert!(hearers(&event(kind, &people[0], &[], &comment), &Followers::default()).is_empty());
        }
        let edited = json!({"comment": {"mentions": people}, "mentions": [people[2]]});
        let heard = hearers(&event(EventType::CommentUpdated, &people[0], &[], &edited), &Followers::default());
        assert_eq!(heard, BTreeMap::from([(people[2].clone(), NotificationKind::Mentioned)]));
    }

    #[test]
    fn whoever_is_listed_in_a_project_by_another_person_hears_of_it() {
        let people = crowd(2);
        let data = json!({"member": {"user": {"id": people[1]}}});
        let heard = hearers(&event(EventType::ProjectUserAdded, &people[0], &[], &data), &Followers::default());
        assert_eq!(heard, BTreeMap::from([(people[1].clone(), NotificationKind::Added)]));
        assert!(hearers(&event(EventType::ProjectUserAdded, &people[1], &[], &data), &Followers::default()).is_empty());
    }

    #[test]
    fn only_new_assignees_are_notified_of_an_assignment() {
        let people = crowd(3);
        let followers = Followers { assignees: people[1..].to_vec(), ..Followers::default() };
        let changes = [("assignees", json!([people[1]]), json!(people[1..]))];
        let heard = hearers(&event(EventType::TaskAssigned, &people[0], &changes, &Value::Null), &followers);
        assert_eq!(heard.get(&people[1]), Some(&NotificationKind::Updated));
        assert_eq!(heard.get(&people[2]), Some(&NotificationKind::Assigned));
    }

    #[test]
    fn imported_tasks_notify_nobody() {
        let people = crowd(2);
        let imported = json!({"card": {"assignees": people}, "import": "WEB.iAAAAAAAA"});
        let created = event(EventType::TaskCreated, &UserId::random(), &[], &imported);
        assert!(hearers(&created, &Followers { watchers: people, ..Followers::default() }).is_empty());
    }

    #[test]
    fn moves_within_a_column_notify_nobody() {
        let people = crowd(2);
        let followers = Followers { watchers: people.clone(), ..Followers::default() };
        let within = [("position", json!("a"), json!("b"))];
        assert!(hearers(&event(EventType::TaskMoved, &people[0], &within, &Value::Null), &followers).is_empty());
        let across = [("column_id", json!("col_aaaa"), json!("col_bbbb"))];
        let heard = hearers(&event(EventType::TaskMoved, &people[0], &across, &Value::Null), &followers);
        assert_eq!(heard, BTreeMap::from([(people[1].clone(), NotificationKind::StatusChanged)]));
    }

    #[test]
    fn overdue_tasks_notify_assignees_and_later_managers() {
        let people = crowd(3);
        let followers = Followers {
            assignees: vec![people[0].clone()],
            reporter: Some(people[1].clone()),
            watchers: vec![people[1].clone()],
        };
        let nobody = Followers { assignees: Vec::new(), ..followers.clone() };
        let told = |person: &UserId, kind| BTreeMap::from([(person.clone(), kind)]);
        let marked = [("overdue", json!(false), json!(true))];
        let late = examples::event(EventType::TaskUpdated, Timestamp::UNIX_EPOCH, &marked, &Value::Null);
        let late = Source::from(Event { actor: Actor::system(), ..late });
        assert_eq!(hearers(&late, &followers), told(&people[0], NotificationKind::Overdue));
        assert_eq!(hearers(&late, &nobody), told(&people[1], NotificationKind::Overdue));
        let (task, due_date) = ("WEB-1".parse().expect("a key"), jiff::civil::date(2026, 11, 20));
        let reminder = notice(NoticeData::Reminder { task, due_date, step: DueStep::Today });
        assert_eq!(hearers(&reminder, &followers), told(&people[0], NotificationKind::Due));
        assert_eq!(hearers(&reminder, &nobody), told(&people[1], NotificationKind::Due));
        let task = "WEB-1".parse().expect("a key");
        let escalation = notice(NoticeData::Escalation { task, due_date, to: vec![people[2].clone()] });
        assert_eq!(hearers(&escalation, &followers), told(&people[2], NotificationKind::Overdue));
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
        fn the_actor_and_strangers_are_never_notified(
            kind in 0..KINDS.len(),
            assignees in prop::collection::vec(0..6usize, 0..4),
            watchers in prop::collection::vec(0..6usize, 0..4),
            mentions in prop::collection::vec(0..6usize, 0..3),
            reporter in 0..6usize,
            actor in 0..6usize,
        ) {
            let (people, kind) = (crowd(6), KINDS[kind]);
            let pick = |indices: &[usize]| -> Vec<UserId> { indices.iter().map(|index| people[*index].clone()).collect() };
            let followers = Followers {
                assignees: pick(&assignees), reporter: Some(people[reporter].clone()), watchers: pick(&watchers),
            };
            let changes = [
                ("status", json!("todo"), json!("done")),
                ("assignees", json!([]), json!(pick(&assignees))),
            ];
            let mentions = if kind == EventType::CommentAdded { pick(&mentions) } else { Vec::new() };
            let data = match kind {
                EventType::CommentAdded => json!({"mentions": mentions}),
                EventType::AttachmentAdded => Value::Null,
                _ => json!({"card": {"assignees": pick(&assignees)}}),
            };
            let heard = hearers(&event(kind, &people[actor], &changes, &data), &followers);
            prop_assert!(!heard.contains_key(&people[actor]));
            for person in heard.keys() {
                prop_assert!(followers.all().any(|other| other == person) || mentions.contains(person));
            }
            for person in mentions.iter().filter(|person| **person != people[actor]) {
                prop_assert_eq!(heard.get(person), Some(&NotificationKind::Mentioned));
            }
        }
    }
}
