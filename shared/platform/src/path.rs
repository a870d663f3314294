//! Path parameters. The fields are named like the placeholders in braces.

use millrace_domain::{
    id::{
        AttachmentId, BoardId, ColumnId, CommentId, EventId, ImportId, InviteId, LabelId, MailId, NotificationId,
        ProjectKey, ReportId, SessionId, SprintId, TaskKey, TeamId, UserId, WorkspaceId,
    },
    task::link::LinkId,
};
use millrace_endpoint::path::PathParameters;
use schemars::JsonSchema;
use serde::Deserialize;

macro_rules! path {
    ($(#[doc = $doc:literal])+ $name:ident { $($field:ident: $type:ty),+ } $(in |$this:ident| $project:expr)?) => {
        path!(@struct $(#[doc = $doc])+ $name { $($field: $type),+ });
        path!(@project $name $($this $project)?);
    };
    ($(#[doc = $doc:literal])+ $name:ident { $($field:ident: $type:ty),+ } of a task) => {
        path!(@struct $(#[doc = $doc])+ $name { $($field: $type),+ });
        impl PathParameters for $name {
            fn project(&self) -> Option<ProjectKey> {
                Some(self.task.project().clone())
            }
            fn task(&self) -> Option<&TaskKey> {
                Some(&self.task)
            }
            fn lead_to(&mut self, task: &TaskKey) {
                self.task = task.clone();
            }
        }
    };
    (@struct $(#[doc = $doc:literal])+ $name:ident { $($field:ident: $type:ty),+ }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Deserialize, JsonSchema)]
        pub struct $name {
            $(#[allow(missing_docs, reason = "the id's type says what it is")]
            pub $field: $type,)+
        }
    };
    (@project $name:ident) => {};
    (@project $name:ident $this:ident $project:expr) => {
        impl PathParameters for $name {
            fn project(&self) -> Option<ProjectKey> {
                let $this = self;
                Some($project)
            }
        }
    };
}

path!(
    /// A project.
    ProjectPath { project: ProjectKey } in |path| path.project.clone());
path!(
    /// A member of a project.
    ProjectMemberPath { project: ProjectKey, user_id: UserId } in |path| path.project.clone());
path!(
    /// A label of a project.
    LabelPath { project: ProjectKey, label_id: LabelId } in |path| path.project.clone());
path!(
    /// A board.
    BoardPath { board_id: BoardId } in |path| path.board_id.project().clone());
path!(
    /// A column of a board.
    ColumnPath { board_id: BoardId, column_id: ColumnId } in |path| path.board_id.project().clone());
path!(
    /// A task.
    TaskPath { task: TaskKey } of a task);
path!(
    /// A sprint.
    SprintPath { sprint_id: SprintId } in |path| path.sprint_id.project().clone());
path!(
    /// A comment on a task.
    CommentPath { task: TaskKey, comment_id: CommentId } of a task);
path!(
    /// A reaction to a comment on a task. What is no emoji is refused with 422.
    ReactionPath { task: TaskKey, comment_id: CommentId, emoji: String } of a task);
path!(
    /// A link of a task.
    TaskLinkPath { task: TaskKey, link_id: LinkId } of a task);
path!(
    /// An attachment of a task.
    AttachmentPath { task: TaskKey, attachment_id: AttachmentId } of a task);
path!(
    /// An import.
    ImportPath { import_id: ImportId } in |path| path.import_id.project().clone());
path!(
    /// Time that was logged on a task.
    TimeLogPath { task: TaskKey, log_id: EventId } of a task);
path!(
    /// A workspace.
    WorkspacePath { workspace_id: WorkspaceId });
path!(
    /// A member of a workspace.
    WorkspaceMemberPath { workspace_id: WorkspaceId, user_id: UserId });
path!(
    /// An invite of a workspace.
    WorkspaceInvitePath { workspace_id: WorkspaceId, invite_id: InviteId });
path!(
    /// A person.
    UserPath { user_id: UserId });
path!(
    /// A team.
    TeamPath { team_id: TeamId });
path!(
    /// A member of a team.
    TeamMemberPath { team_id: TeamId, user_id: UserId });
path!(
    /// A session of the caller's.
    SessionPath { session_id: SessionId });
path!(
    /// A notification of the caller's.
    NotificationPath { notification_id: NotificationId });
path!(
    /// A report of the caller's.
    ReportPath { report_id: ReportId });
path!(
    /// A mail of the workspace.
    MailPath { mail_id: MailId });

impl PathParameters for TeamPath {}
impl PathParameters for TeamMemberPath {}
impl PathParameters for UserPath {}
impl PathParameters for SessionPath {}
impl PathParameters for NotificationPath {}
impl PathParameters for MailPath {}
impl PathParameters for ReportPath {}

macro_rules! of_workspace {
    ($($name:ident),+) => {
        $(impl PathParameters for $name {
            fn workspace(&self) -> Option<&WorkspaceId> {
                Some(&self.workspace_id)
            }
        })+
    };
}
of_workspace!(WorkspacePath, WorkspaceMemberPath, WorkspaceInvitePath);
