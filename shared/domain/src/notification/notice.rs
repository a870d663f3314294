//! Notices: what people are told without an event that anybody else follows. They go into the queue of notifications
//! alone.

use crate::{
    event::{Actor, Changes, Event, EventData, payload::FinishedWork},
    id::{EventId, ProjectKey, TaskKey, UserId, WorkspaceId},
    task::due::DueStep,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// Something that Millrace tells people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Notice {
    /// The same id each time the notice is queued: a consumer knows by it what was delivered before.
    pub id: EventId,
    /// The workspace.
    pub workspace: WorkspaceId,
    /// When it was queued.
    pub at: Timestamp,
    /// What it tells, and whom.
    #[serde(flatten)]
    pub data: NoticeData,
}

/// The kinds of notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum NoticeData {
    /// A task is due tomorrow or today. Its assignees are told, or its reporter where it has none.
    Reminder {
        /// The task.
        task: TaskKey,
        /// When it is due.
        due_date: Date,
        /// Which of a task's reminders it is.
        step: DueStep,
    },
    /// An urgent task is still overdue a day later.
    Escalation {
        /// The task.
        task: TaskKey,
        /// When it was due.
        due_date: Date,
        /// Who is told: those who answer for the project.
        to: Vec<UserId>,
    },
    /// A report or an import was finished, or failed.
    Finished {
        /// What was finished.
        work: FinishedWork,
        /// Who is told: the person who asked for it.
        to: UserId,
    },
}

/// What notifications are made from: a committed event, or a notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Source {
    /// A notice.
    Notice(Notice),
    /// An event.
    Event(Box<Event>),
}

impl From<Event> for Source {
    fn from(event: Event) -> Self {
        match event.data {
            EventData::WorkFinished(data) => Self::Notice(Notice {
                id: event.id,
                workspace: event.workspace,
                at: event.at,
                data: NoticeData::Finished { work: data.finished, to: data.person },
            }),
            _ => Self::Event(event.into()),
        }
    }
}

impl From<Notice> for Source {
    fn from(notice: Notice) -> Self {
        Self::Notice(notice)
    }
}

impl Source {
    /// The id by which deliveries of the same source are recognised.
    pub fn id(&self) -> EventId {
        match self {
            Self::Notice(notice) => notice.id,
            Self::Event(event) => event.id,
        }
    }

    /// The workspace.
    pub fn workspace(&self) -> &WorkspaceId {
        match self {
            Self::Notice(notice) => &notice.workspace,
            Self::Event(event) => &event.workspace,
        }
    }

    /// The task; none where it is about something else.
    pub fn task(&self) -> Option<&TaskKey> {
        match self {
            Self::Notice(Notice {
                data: NoticeData::Reminder { task, .. } | NoticeData::Escalation { task, .. },
                ..
            }) => Some(task),
            Self::Notice(_) => None,
            Self::Event(event) => event.task.as_ref(),
        }
    }

    /// The project whose members may be told; none where the whole workspace may.
    pub fn project(&self) -> Option<&ProjectKey> {
        match self {
            Self::Notice(_) => self.task().map(TaskKey::project),
            Self::Event(event) => event.project.as_ref(),
        }
    }

    /// What sources of one request share. A finished work is told by itself, so it shares its own id with none.
    pub fn batch(&self) -> Option<EventId> {
        match self {
            Self::Notice(Notice { id, data: NoticeData::Finished { .. }, .. }) => Some(*id),
            Self::Notice(_) => None,
            Self::Event(event) => event.batch,
        }
    }

    /// Who brought it about.
    pub fn actor(&self) -> Actor {
        match self {
            Self::Notice(_) => Actor::system(),
            Self::Event(event) => event.actor.clone(),
        }
    }

    /// The time.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Notice(notice) => notice.at,
            Self::Event(event) => event.at,
        }
    }

    /// The fields that changed.
    pub fn changes(&self) -> Changes {
        match self {
            Self::Notice(_) => Changes::default(),
            Self::Event(event) => event.changes.clone(),
        }
    }

    /// When its task is due, where it tells that.
    pub fn due_date(&self) -> Option<Date> {
        match self {
            Self::Notice(Notice {
                data: NoticeData::Reminder { due_date, .. } | NoticeData::Escalation { due_date, .. },
                ..
            }) => Some(*due_date),
            Self::Notice(_) => None,
            Self::Event(event) => event.data.task()?.card.due_date,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{EventType, examples};
    use serde_json::{Value, json};

    fn read(document: &Value) -> Source {
        serde_json::from_value(document.clone()).expect("a source")
    }

    #[test]
    fn a_queue_holds_events_and_notices_side_by_side() {
        let event = examples::event(EventType::TaskMoved, Timestamp::UNIX_EPOCH, &[], &Value::Null);
        let stored = serde_json::to_value(&event).expect("JSON");
        assert_eq!(read(&stored), Source::Event(event.into()));
        let notice = Notice {
            id: EventId::of_notice(Timestamp::UNIX_EPOCH, "WEB-1"),
            workspace: "ws_AAAAAAAA".parse().expect("an id"),
            at: Timestamp::UNIX_EPOCH,
            data: NoticeData::Reminder {
                task: "WEB-1".parse().expect("a key"),
                due_date: jiff::civil::date(2026, 11, 20),
                step: DueStep::Today,
            },
        };
        let stored = serde_json::to_value(&notice).expect("JSON");
        assert_eq!(stored["notice"], json!("reminder"));
        assert_eq!(read(&stored), Source::Notice(notice));
    }

    #[test]
    fn finished_work_is_a_notice_to_whoever_asked_for_it() {
        let event = examples::event(EventType::WorkFinished, Timestamp::UNIX_EPOCH, &[], &Value::Null);
        let source = Source::from(event.clone());
        assert_eq!((source.id(), source.batch(), source.project()), (event.id, Some(event.id), None));
        assert!(matches!(source, Source::Notice(Notice { data: NoticeData::Finished { .. }, .. })));
    }
}
