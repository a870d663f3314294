//! Lists of tasks: filters, representation, and reading a project.

use jiff::{Timestamp, civil::Date};
use millrace_domain::{
    Result,
    id::{BoardId, ColumnId, LabelId, ProjectKey, SprintId, TaskKey, UserId},
    resource::{Card, Counts},
    task::{
        Priority, Status, TaskFields,
        filter::{AnyOf, AssignedTo, PlaceInList, PlannedFor, TaskFilter, TaskSort, part_of, searched},
    },
    text::Title,
};
use millrace_endpoint::answer::List;
use millrace_insight::tasks::{Admitted, ProjectTasks};
use millrace_store::{
    Scope, Stored, Table,
    board::BoardWithColumns,
    table::{Mode, Part},
    task::TaskRecord,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The filters of a list.
pub(crate) struct Asked {
    pub filter: TaskFilter,
    pub sort: TaskSort,
    pub archived: bool,
}

/// Two queries that differ in one field. Flattening would lose the types of query values.
macro_rules! query {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty,)* }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Deserialize, JsonSchema)]
        pub struct $name {
            $($(#[doc = $field_doc])+ pub $field: $type,)*
            /// Statuses, separated by commas: tasks with any of them.
            #[serde(default)]
            pub status: AnyOf<Status>,
            /// A user id, `me`, or `none` for unassigned tasks.
            pub assignee: Option<AssignedTo>,
            /// Label ids, separated by commas: tasks with any of them.
            #[serde(default)]
            pub label: AnyOf<LabelId>,
            /// A sprint id, or `none` for tasks without a sprint.
            pub sprint: Option<PlannedFor>,
            /// Priorities, separated by commas: tasks with any of them.
            #[serde(default)]
            pub priority: AnyOf<Priority>,
            /// Tasks due on or before this day.
            pub due_before: Option<Date>,
            /// Tasks due on or after this day.
            pub due_after: Option<Date>,
            /// The subtasks of this task.
            pub parent: Option<TaskKey>,
            /// `true` returns archived tasks instead of live ones.
            pub archived: Option<bool>,
            /// Text that the key or title contains, case-insensitive.
            pub q: Option<String>,
            /// `key`, `created_at`, `updated_at`, `due_date`, `priority`, `position` or `title`, prefixed with `-` for
            /// descending. Defaults to `key`.
            #[serde(default)]
            pub sort: TaskSort,
            /// The page size: 1 to 100. Defaults to 50.
            pub limit: Option<u8>,
            /// The cursor: `next` of the previous page.
            pub cursor: Option<String>,
        }

        impl $name {
            pub(crate) fn asked(&self) -> Result<Asked> {
                let filter = TaskFilter {
                    statuses: self.status.0.clone(),
                    assignee: self.assignee.clone(),
                    labels: self.label.0.clone(),
                    sprint: self.sprint.clone(),
                    priorities: self.priority.0.clone(),
                    due_before: self.due_before,
                    due_after: self.due_after,
                    parent: self.parent.clone(),
                    text: searched(self.q.as_ref())?,
                };
                Ok(Asked { filter, sort: self.sort, archived: self.archived.unwrap_or(false) })
            }
        }
    };
}

query!(
    /// Filters of the workspace's tasks.
    TasksQuery {
        /// The project. Defaults to all projects that the caller can see.
        project: Option<ProjectKey>,
    }
);
query!(
    /// Filters of the project's tasks.
    ProjectTasksQuery {}
);

/// A task in a list: all fields except the description.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TaskSummary {
    /// The task's key.
    pub key: TaskKey,
    /// The project.
    pub project: ProjectKey,
    /// The board.
    pub board_id: BoardId,
    /// The column.
    pub column_id: ColumnId,
    /// The column's category.
    pub status: Status,
    /// The title.
    pub title: Title,
    /// The priority.
    pub priority: Priority,
    /// The assignees.
    pub assignees: Vec<UserId>,
    /// The reporter; null if they have left.
    pub reporter: Option<UserId>,
    /// The labels.
    pub labels: Vec<LabelId>,
    /// The size in story points.
    pub story_points: Option<u32>,
    /// The estimate in hours.
    pub estimated_hours: Option<f64>,
    /// The start date.
    pub start_date: Option<Date>,
    /// The due date.
    pub due_date: Option<Date>,
    /// The sprint it is planned for.
    pub sprint_id: Option<SprintId>,
    /// The parent task.
    pub parent: Option<TaskKey>,
    /// The rank in the column, compared as bytes; the task's number decides between equals.
    pub position: String,
    /// When it entered this column.
    pub column_since: Timestamp,
    /// The watchers.
    pub watchers: Vec<UserId>,
    /// Metadata of other systems, by namespace.
    pub metadata: Map<String, Value>,
    /// The number of comments.
    pub comment_count: u32,
    /// The number of attachments.
    pub attachment_count: u32,
    /// The number of completed subtasks.
    pub subtask_done: u32,
    /// The number of subtasks.
    pub subtask_count: u32,
    /// The tasks that block it while they are open.
    pub blocked_by: Vec<TaskKey>,
    /// Whether an open task blocks it.
    pub blocked: bool,
    /// Whether it is archived.
    pub archived: bool,
    /// Incremented by each write.
    pub version: u64,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it entered a column of the category done.
    pub closed_at: Option<Timestamp>,
}

impl TaskSummary {
    fn new(task: &Stored<TaskRecord>, status: Status, counts: Counts) -> Self {
        let fields = &task.value.fields;
        let card = Card::new(fields, task.version, status, counts, &[]);
        Self {
            project: card.key.project().clone(),
            key: card.key,
            board_id: card.board_id,
            column_id: card.column_id,
            status,
            title: card.title,
            priority: card.priority,
            assignees: card.assignees,
            reporter: fields.reporter.clone(),
            labels: card.labels,
            story_points: card.story_points,
            estimated_hours: fields.estimated_hours,
            start_date: fields.start_date,
            due_date: card.due_date,
            sprint_id: card.sprint_id,
            parent: card.parent,
            position: card.position,
            column_since: card.column_since,
            watchers: fields.watchers.clone(),
            metadata: fields.metadata.clone(),
            comment_count: card.comment_count,
            attachment_count: card.attachment_count,
            subtask_done: card.subtask_done,
            subtask_count: card.subtask_count,
            blocked_by: card.blocked_by,
            blocked: card.blocked,
            archived: card.archived,
            version: card.version,
            created_at: fields.created_at,
            updated_at: card.updated_at,
            closed_at: fields.closed_at,
        }
    }
}

/// Adds the matching tasks of a project to `shown`.
fn show(project: &ProjectTasks, asked: &Asked, me: &UserId, shown: &mut Vec<(PlaceInList, TaskSummary)>) -> Result<()> {
    for Admitted { task, board, status, counts } in project.admitted(&asked.filter, me)? {
        let fields = &task.value.fields;
        let place = PlaceInList::new(fields, column_rank(board, fields), asked.sort);
        shown.push((place, TaskSummary::new(task, status, counts)));
    }
    Ok(())
}

fn column_rank<'board>(board: &'board BoardWithColumns, fields: &TaskFields) -> &'board str {
    let column = board.columns.iter().find(|column| column.value.id == fields.column_id);
    column.map_or("", |column| column.value.rank.as_str())
}

/// The requested page of the list.
pub(crate) fn list<M: Mode>(
    table: &Table<M>,
    scope: &Scope,
    projects: &[ProjectTasks],
    asked: &Asked,
    part: &Part,
) -> Result<List<TaskSummary>> {
    let name = format!("tasks/{}", asked.sort);
    let from: Option<PlaceInList> = table.open_position(scope, &name, part)?;
    let mut shown = Vec::new();
    for project in projects {
        show(project, asked, scope.person(), &mut shown)?;
    }
    let (items, next) = part_of(shown, asked.sort, from.as_ref(), part.limit.into());
    let next = next.map(|next| table.seal_position(scope, &name, &next)).transpose()?;
    Ok(List { items, next })
}
