//! Lists of tasks: what may be asked, what is shown, and how a project is read for it.

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

/// What is asked of a list.
pub(crate) struct Asked {
    pub filter: TaskFilter,
    pub sort: TaskSort,
    pub archived: bool,
}

/// Two queries that differ in one field; flattening would lose the types of a query's values.
macro_rules! query {
    ($(#[doc = $doc:literal])+ $name:ident { $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty,)* }) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Deserialize, JsonSchema)]
        pub struct $name {
            $($(#[doc = $field_doc])+ pub $field: $type,)*
            /// Statuses, with commas between them: tasks that have any of them.
            #[serde(default)]
            pub status: AnyOf<Status>,
            /// A user id, `me`, or `none` for tasks that nobody has.
            pub assignee: Option<AssignedTo>,
            /// Label ids, with commas between them: tasks that have any of them.
            #[serde(default)]
            pub label: AnyOf<LabelId>,
            /// A sprint id, or `none` for tasks that no sprint has.
            pub sprint: Option<PlannedFor>,
            /// Priorities, with commas between them: tasks that have any of them.
            #[serde(default)]
            pub priority: AnyOf<Priority>,
            /// Due on this day or earlier.
            pub due_before: Option<Date>,
            /// Due on this day or later.
            pub due_after: Option<Date>,
            /// The parts of this task.
            pub parent: Option<TaskKey>,
            /// `true` for archived tasks instead of live ones.
            pub archived: Option<bool>,
            /// What the key or the title holds, in whatever case.
            pub q: Option<String>,
            /// `key`, `created_at`, `updated_at`, `due_date`, `priority`, `position` or `title`, with a `-` in front
            /// for descending; `key` if nobody says.
            #[serde(default)]
            pub sort: TaskSort,
            /// How many at the most: 1 to 100, 50 if nobody says.
            pub limit: Option<u8>,
            /// Where to go on: `next` of the part before.
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
    /// Which tasks of the workspace are asked for.
    TasksQuery {
        /// Of this project; of all that the caller may see if nobody says.
        project: Option<ProjectKey>,
    }
);
query!(
    /// Which tasks of the project are asked for.
    ProjectTasksQuery {}
);

/// A task in a list: everything but its description, which only the task itself answers with.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TaskSummary {
    /// The task's key.
    pub key: TaskKey,
    /// The project that it belongs to.
    pub project: ProjectKey,
    /// The board that it is on.
    pub board_id: BoardId,
    /// The column that it is in.
    pub column_id: ColumnId,
    /// The column's category.
    pub status: Status,
    /// What is to be done, in a line.
    pub title: Title,
    /// How urgent it is.
    pub priority: Priority,
    /// Who works on it.
    pub assignees: Vec<UserId>,
    /// Who asked for it; null for someone who has left.
    pub reporter: Option<UserId>,
    /// Its labels.
    pub labels: Vec<LabelId>,
    /// Its size in story points.
    pub story_points: Option<u32>,
    /// Its size in hours, as guessed.
    pub estimated_hours: Option<f64>,
    /// When work on it is to start.
    pub start_date: Option<Date>,
    /// When it is to be done.
    pub due_date: Option<Date>,
    /// The sprint that it is planned for.
    pub sprint_id: Option<SprintId>,
    /// The task that it is a part of.
    pub parent: Option<TaskKey>,
    /// Its place in the column: a rank, compared as bytes; the task's number decides between equals.
    pub position: String,
    /// Since when it is in this column.
    pub column_since: Timestamp,
    /// Who hears of its changes.
    pub watchers: Vec<UserId>,
    /// What other systems keep here, by a name of their own.
    pub metadata: Map<String, Value>,
    /// How many comments it has.
    pub comment_count: u32,
    /// How many files it has.
    pub attachment_count: u32,
    /// How many parts of it are done.
    pub subtask_done: u32,
    /// How many parts it has.
    pub subtask_count: u32,
    /// The tasks that block it while they are open.
    pub blocked_by: Vec<TaskKey>,
    /// Whether an open task blocks it.
    pub blocked: bool,
    /// Whether it is archived.
    pub archived: bool,
    /// Grows by one with each write.
    pub version: u64,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// When it came into a column of the category done.
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

/// Adds those of a project's tasks that are asked for to `shown`.
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

/// The part of the list that is asked for.
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
