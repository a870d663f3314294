//! What events of each kind carry in `data`.

use crate::{
    comment::{Comment, CommentExcerpt, emoji::Emoji},
    file::attachment::Attachment,
    id::{ColumnId, EventId, ImportId, LabelId, ProjectKey, UserId},
    resource::{Board, Card, Column, EventProject, Label, Person, ProjectMember},
    sprint::Sprint,
    task::custom::FieldDefinition,
    time::TimeLog,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Nothing beside the event's `changes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
pub struct NoData;

/// A new project, and the board that it opens with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProjectCreated {
    /// The project.
    pub project: EventProject,
    /// Its first board.
    pub board: Board,
}

/// What of a project changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProjectUpdated {
    /// What changed, and how it is now.
    #[serde(flatten)]
    pub what: ProjectPart,
    /// The import that made it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportId>,
}

/// A part of a project that changed: the field says which.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProjectPart {
    /// The project's settings, as they are now.
    Project(EventProject),
    /// True: the project was deleted.
    ProjectRemoved(bool),
    /// A label that was created or changed.
    Label(Label),
    /// The label that was deleted.
    LabelRemoved(LabelId),
    /// The project's own fields, all of them.
    Fields(Vec<FieldDefinition>),
    /// The member whose role changed.
    Member(ProjectMember),
    /// The person whom the project lists no more.
    MemberRemoved(UserId),
}

impl From<ProjectPart> for ProjectUpdated {
    fn from(what: ProjectPart) -> Self {
        Self { what, import: None }
    }
}

/// A person whom a project lists from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProjectUserAdded {
    /// The person, and their role in the project.
    pub member: ProjectMember,
}

/// A board, as it is after the event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BoardUpdated {
    /// The board; as it was last where it was removed.
    pub board: Board,
    /// True where the board was removed; left out otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub board_removed: bool,
    /// The import that created it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportId>,
}

impl From<Board> for BoardUpdated {
    fn from(board: Board) -> Self {
        Self { board, board_removed: false, import: None }
    }
}

/// A column, as it is after the event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ColumnEvent {
    /// The column.
    pub column: Column,
    /// The import that created it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportId>,
}

impl From<Column> for ColumnEvent {
    fn from(column: Column) -> Self {
        Self { column, import: None }
    }
}

/// A column that was removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ColumnRemoved {
    /// The column, as it was last.
    pub column: Column,
    /// The column that its cards went to; null where it had none.
    pub move_to: Option<ColumnId>,
}

/// A task, as its card shows it after the event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaskEvent {
    /// The card.
    pub card: Card,
    /// The import that created the task, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportId>,
}

impl From<Card> for TaskEvent {
    fn from(card: Card) -> Self {
        Self { card, import: None }
    }
}

/// A comment, and whom it mentions now that it did not mention before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CommentMentions {
    /// The comment.
    pub comment: CommentExcerpt,
    /// The people who are mentioned for the first time.
    pub mentions: Vec<UserId>,
}

impl CommentMentions {
    /// The comment, which mentions these people for the first time.
    pub fn new(comment: &Comment, mentions: Vec<UserId>) -> Self {
        Self { comment: comment.excerpt(), mentions }
    }
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CommentEvent {
    /// The comment, as it was left.
    pub comment: CommentExcerpt,
}

impl From<&Comment> for CommentEvent {
    fn from(comment: &Comment) -> Self {
        Self { comment: comment.excerpt() }
    }
}

/// A reaction to a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReactionEvent {
    /// The comment.
    pub comment: CommentExcerpt,
    /// The emoji.
    pub emoji: Emoji,
}

impl ReactionEvent {
    /// A reaction to `comment`.
    pub fn new(comment: &Comment, emoji: Emoji) -> Self {
        Self { comment: comment.excerpt(), emoji }
    }
}

/// A file on a task. Its thumbnail is null: the thumbnail's address expires, so ask for the file's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AttachmentEvent {
    /// The file.
    pub attachment: Attachment,
}

/// A sprint, as it is after the event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SprintEvent {
    /// The sprint.
    pub sprint: Sprint,
}

impl From<Sprint> for SprintEvent {
    fn from(sprint: Sprint) -> Self {
        Self { sprint }
    }
}

/// A sprint that was planned, changed or deleted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SprintUpdated {
    /// The sprint; as it was last where it was deleted.
    pub sprint: Sprint,
    /// True where the sprint was deleted; left out otherwise.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sprint_removed: bool,
    /// The import that created it, where one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import: Option<ImportId>,
}

impl From<Sprint> for SprintUpdated {
    fn from(sprint: Sprint) -> Self {
        Self { sprint, sprint_removed: false, import: None }
    }
}

/// Time that was logged on a task: the field says whether it stands or was removed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TimeLogged {
    /// The log, as it is now.
    TimeLog(TimeLog),
    /// The id of the log that was removed.
    TimeLogRemoved(EventId),
}

/// What somebody asks for that is done in the background.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// A report.
    Report,
    /// An import.
    Import,
}

/// Something that was asked for, and came to an end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FinishedWork {
    /// What it is.
    pub work: Work,
    /// Its id.
    pub id: String,
    /// What its file is called.
    pub name: String,
    /// The project that an import went to; null for a report.
    pub project: Option<ProjectKey>,
    /// Whether it was done; else it failed.
    pub done: bool,
}

/// Something that somebody asked for and that was done in the background.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorkFinished {
    /// What was finished.
    pub finished: FinishedWork,
    /// Who asked for it.
    #[serde(rename = "for")]
    pub person: UserId,
}

/// A person of the workspace, without the address.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PersonEvent {
    /// The person, as they are after the event; as they were last where they left.
    pub person: Person,
}

impl From<Person> for PersonEvent {
    fn from(person: Person) -> Self {
        Self { person }
    }
}
