//! What a person hears of: the kinds of notification, and what each tells.

pub mod audience;
pub mod notice;
pub mod preferences;

use self::notice::{Notice, NoticeData, Source};
use crate::{
    comment::mention::with_names,
    event::{Actor, EventData, payload::FinishedWork},
    id::{BoardId, EventId, NotificationId, ProjectKey, TaskKey},
    task::Status,
    text::Title,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a notification is about. A person chooses for each kind how they hear of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NotificationKind {
    /// Something else about a task changed.
    Updated,
    /// A task went on to another column, was archived or came back.
    StatusChanged,
    /// Somebody wrote a comment.
    Commented,
    /// The person came into a project.
    Added,
    /// What the person asked for in the background is done, or failed.
    Finished,
    /// A task is due soon.
    Due,
    /// A task is overdue, or missed its target.
    Overdue,
    /// A task was given to the person.
    Assigned,
    /// Somebody named the person.
    Mentioned,
}

impl NotificationKind {
    /// Every kind, the most pressing last: who hears of one event for two reasons hears of it as the later one.
    pub const ALL: [Self; 9] = [
        Self::Updated,
        Self::StatusChanged,
        Self::Commented,
        Self::Added,
        Self::Finished,
        Self::Due,
        Self::Overdue,
        Self::Assigned,
        Self::Mentioned,
    ];

    /// The name, as it is sent and stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Updated => "updated",
            Self::StatusChanged => "status_changed",
            Self::Commented => "commented",
            Self::Added => "added",
            Self::Finished => "finished",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Assigned => "assigned",
            Self::Mentioned => "mentioned",
        }
    }
}

/// A task that a notification is about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NotifiedTask {
    /// The task's key.
    pub key: TaskKey,
    /// The name at that time.
    pub title: Title,
    /// The board that it was on.
    pub board_id: BoardId,
}

/// What a person hears of. Of a burst they hear once: `tasks` then names the first ones.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Notification {
    /// The id. Ids sort by time.
    pub id: NotificationId,
    /// What it is about.
    pub kind: NotificationKind,
    /// Who did it.
    pub actor: Actor,
    /// When the last of it happened.
    pub at: Timestamp,
    /// The project, where it is about one.
    pub project: Option<ProjectKey>,
    /// The first tasks that it is about, at most five.
    pub tasks: Vec<NotifiedTask>,
    /// How many tasks it is about.
    pub task_count: u32,
    /// How often it happened.
    pub event_count: u32,
    /// The names of the fields that changed, where it is about changed fields.
    pub fields: Vec<String>,
    /// The status that the last task came to, where it is about that.
    pub status: Option<Status>,
    /// When the last task is due, where it is about that.
    pub due_date: Option<Date>,
    /// The beginning of the last comment, where it is about comments.
    pub excerpt: Option<String>,
    /// What came to an end, where it is about that.
    pub finished: Option<FinishedWork>,
    /// Whether the person has read it.
    pub read: bool,
}

/// How many tasks a notification names.
pub const TASKS_NAMED: usize = 5;
/// How many tasks a notification can tell apart.
const TASKS_COUNTED: usize = 500;
/// How many characters of a comment a notification tells.
const EXCERPT: usize = 200;
/// What one person does within this time, of one kind, is one notification. A mail waits as long, and tells all of it.
pub const BURST: SignedDuration = SignedDuration::from_secs(30);

/// What one source adds to a notification.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening<'source> {
    /// The event or the notice.
    pub source: &'source Source,
    /// The task that it is about.
    pub task: Option<NotifiedTask>,
}

impl Happening<'_> {
    fn excerpt(&self) -> Option<String> {
        let Source::Event(event) = self.source else { return None };
        let comment = match &event.data {
            EventData::CommentAdded(data) | EventData::CommentUpdated(data) => &data.comment,
            _ => return None,
        };
        let words: String = with_names(comment.body.as_deref()?).split_whitespace().collect::<Vec<_>>().join(" ");
        Some(match words.char_indices().nth(EXCERPT) {
            Some((end, _)) => format!("{}…", &words[..end]),
            None => words,
        })
    }

    fn finished(&self) -> Option<FinishedWork> {
        match self.source {
            Source::Notice(Notice { data: NoticeData::Finished { work, .. }, .. }) => Some(work.clone()),
            _ => None,
        }
    }
}

/// Fields that say nothing to a person, or what another one of the same event says already.
const SILENT: &[&str] = &["position", "updated_at", "closed_at", "version", "column_since", "column_id"];

impl Notification {
    /// A notification of nothing yet, made by `happening`.
    pub fn new(id: NotificationId, kind: NotificationKind, happening: &Happening<'_>) -> Self {
        let source = happening.source;
        Self {
            id,
            kind,
            actor: source.actor(),
            at: source.at(),
            project: source.project().cloned(),
            tasks: Vec::new(),
            task_count: 0,
            event_count: 0,
            fields: Vec::new(),
            status: None,
            due_date: None,
            excerpt: None,
            finished: None,
            read: false,
        }
    }

    /// Takes up what one more event tells. `counted` holds the tasks that it is about.
    pub fn add(&mut self, happening: &Happening<'_>, counted: &mut BTreeSet<TaskKey>) {
        self.event_count += 1;
        let (at, changes) = (happening.source.at(), happening.source.changes());
        let latest = at >= self.at;
        self.at = self.at.max(at);
        if let Some(task) = &happening.task
            && counted.len() < TASKS_COUNTED
            && counted.insert(task.key.clone())
        {
            self.task_count += 1;
            if self.tasks.len() < TASKS_NAMED {
                self.tasks.push(task.clone());
            }
        }
        for change in changes.iter() {
            if !SILENT.contains(&change.field.as_str()) && !self.fields.contains(&change.field) {
                self.fields.push(change.field.clone());
            }
        }
        self.fields.sort();
        if latest {
            self.status = changes.to("status").or(self.status);
            self.finished = happening.finished().or_else(|| self.finished.take());
            self.excerpt = happening.excerpt().or_else(|| self.excerpt.take());
            if matches!(self.kind, NotificationKind::Due | NotificationKind::Overdue) {
                self.due_date = happening.source.due_date().or(self.due_date);
            }
        }
    }
}

/// What makes two events one burst to a person: the request that made both, or else who did it and when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Burst {
    /// What kind of notification it is.
    pub kind: NotificationKind,
    /// Who does it: a person's id, or the name of what acts.
    pub actor: String,
    /// What the events of one request share.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub batch: Option<EventId>,
    /// When the first of it happened.
    pub since: Timestamp,
    /// The notification.
    pub notification: NotificationId,
}

impl Burst {
    /// The burst that a source begins.
    pub fn begun_by(source: &Source, kind: NotificationKind, notification: NotificationId) -> Self {
        Self { kind, actor: actor(source), batch: source.batch(), since: source.at(), notification }
    }

    /// Whether a source, which the person hears of as `kind`, belongs to it.
    pub fn takes(&self, source: &Source, kind: NotificationKind) -> bool {
        let near = source.at().duration_since(self.since).abs() < BURST;
        let same = self.kind == kind && self.actor == actor(source) && self.batch == source.batch();
        same && (self.batch.is_some() || near)
    }

    /// Whether nothing can belong to it any more at `now`: events are seldom late, and never by an hour.
    pub fn is_over(&self, now: Timestamp) -> bool {
        now.duration_since(self.since) > SignedDuration::from_hours(1)
    }
}

fn actor(source: &Source) -> String {
    let actor = source.actor();
    actor.id.map_or(actor.name, |id| id.to_string())
}
