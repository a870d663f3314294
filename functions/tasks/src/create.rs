//! tasks-create

use crate::{
    lookup::on_task,
    references::{References, Sent, cards_in},
};
use jiff::civil::Date;
use millrace_domain::{
    Error,
    board::rank::Rank,
    event::{Changes, EventData},
    id::{BoardId, ColumnId, LabelId, SprintId, TaskKey, UserId},
    resource::{Card, Counts, Task},
    task::{Priority, TaskFields, custom::merged, each_once},
    text::{Markdown, Title},
};
use millrace_endpoint::{Call, Created, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_platform::path::ProjectPath;
use millrace_store::{
    Transaction,
    board::BoardWithColumns,
    project::{Numbering, ProjectRecord},
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

/// Where in its column a new task goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum EndOfColumn {
    /// Above all others.
    Top,
    /// Below all others.
    #[default]
    Bottom,
}

/// A new task.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTask {
    /// What is to be done, in a line.
    pub title: Title,
    /// What is to be done, as Markdown.
    #[serde(default)]
    pub description: Option<Markdown>,
    /// The board that it goes to; the project's own if nobody says.
    #[serde(default)]
    pub board_id: Option<BoardId>,
    /// The column that it goes to; the board's first if nobody says.
    #[serde(default)]
    pub column_id: Option<ColumnId>,
    /// The end of the column that it goes to; the bottom if nobody says.
    #[serde(default)]
    pub position: Option<EndOfColumn>,
    /// How urgent it is; `medium` if nobody says.
    #[serde(default)]
    pub priority: Option<Priority>,
    /// Who works on it: at most 50 people with a role in the project.
    #[serde(default)]
    pub assignees: Vec<UserId>,
    /// Its labels: at most 50 of the project's.
    #[serde(default)]
    pub labels: Vec<LabelId>,
    /// Its size in story points, at most 1000.
    #[serde(default)]
    pub story_points: Option<u32>,
    /// Its size in hours, at most 10000.
    #[serde(default)]
    pub estimated_hours: Option<f64>,
    /// When work on it is to start.
    #[serde(default)]
    pub start_date: Option<Date>,
    /// When it is to be done; not before it starts.
    #[serde(default)]
    pub due_date: Option<Date>,
    /// The task that it is a part of: a live one of the project that is no part itself.
    #[serde(default)]
    pub parent: Option<TaskKey>,
    /// The sprint that it is planned for: one of the project that is not closed.
    #[serde(default)]
    pub sprint_id: Option<SprintId>,
    /// The values of the project's own fields, by the fields' ids.
    #[serde(default)]
    pub custom: Map<String, Value>,
    /// What other systems keep here, by a name of their own; at most 10,000 bytes.
    #[serde(default)]
    pub metadata: Map<String, Value>,
}

impl NewTask {
    fn references(&self) -> Sent<'_> {
        Sent {
            assignees: &self.assignees,
            labels: &self.labels,
            reporter: None,
            parent: self.parent.as_ref(),
            sprint: self.sprint_id.as_ref(),
            custom: Some(&self.custom),
        }
    }

    fn board<'boards>(
        &self,
        project: &ProjectRecord,
        boards: &'boards [BoardWithColumns],
    ) -> Result<&'boards BoardWithColumns> {
        let find = |id: &BoardId| boards.iter().find(|board| board.board.value.id == *id);
        match &self.board_id {
            Some(id) => find(id).ok_or_else(|| Error::field("board_id", "is not a board of this project")),
            None => {
                let own = project.board_id.as_ref().and_then(find);
                own.or_else(|| boards.first()).ok_or_else(|| Error::conflict("This project has no board."))
            }
        }
    }
}

/// Makes a task. The caller is its reporter, and watches it.
#[derive(Clone, JsonSchema)]
pub struct CreateTask;

impl Endpoint for CreateTask {
    const ROUTE: Route = Route::post("tasks-create", "/api/projects/{project}/tasks").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = ProjectPath;
    type Query = Nothing;
    type Body = Json<NewTask>;
    type Output = Created<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, project, sent) = (call.table(), &call.path.project, &call.body.0);
        let (scope, (record, boards, numbering, references, cards)) = call
            .authorize(|scope| async move {
                futures::try_join!(
                    table.project(&scope, project),
                    table.boards(&scope, project),
                    table.numbering(&scope, project),
                    References::read(table, &scope, project, sent.references()),
                    cards_in(table, &scope, project, sent.column_id.as_ref()),
                )
            })
            .await?;
        references.check(project, sent.references(), None)?;
        let board = sent.board(&record.value, &boards)?;
        let column = match &sent.column_id {
            Some(column) => board.open_column(column, "column_id")?,
            None => board.first_column()?,
        };
        // Which column is the first was not known before: its limit takes one more read, where it has one.
        let cards = match (&sent.column_id, column.value.wip_limit) {
            (None, Some(_)) => table.column_order(&scope, project, &column.value.id).await?.len(),
            _ => cards,
        };
        column.value.check_room(cards, "column_id")?;
        let last = numbering.value.last.checked_add(1);
        let last = last.ok_or_else(|| Error::conflict("This project has given all of its numbers."))?;
        let rank = match sent.position.unwrap_or_default() {
            EndOfColumn::Top => Rank::top(call.now),
            EndOfColumn::Bottom => Rank::bottom(call.now),
        };
        let mut fields = TaskFields {
            key: TaskKey::new(project, last),
            former: Vec::new(),
            board_id: board.board.value.id.clone(),
            column_id: column.value.id.clone(),
            rank: rank.clone(),
            column_since: call.now,
            title: sent.title.clone(),
            priority: sent.priority.unwrap_or_default(),
            assignees: each_once(sent.assignees.clone()),
            reporter: Some(scope.person().clone()),
            labels: each_once(sent.labels.clone()),
            story_points: sent.story_points,
            estimated_hours: sent.estimated_hours,
            start_date: sent.start_date,
            due_date: sent.due_date,
            due_told: None,
            sprint_id: sent.sprint_id.clone(),
            parent: sent.parent.clone(),
            watchers: vec![scope.person().clone()],
            blocks: Vec::new(),
            blocked_by: Vec::new(),
            custom: merged(&Map::new(), &sent.custom),
            metadata: sent.metadata.clone(),
            created_at: call.now,
            updated_at: call.now,
            started_at: None,
            closed_at: None,
            archived_at: None,
        };
        let (status, description) = (column.value.category, sent.description.clone().unwrap_or_default());
        fields.place(&column.value.id, rank, status, call.now);
        fields.check()?;

        let mut change = Transaction::by(&scope);
        change.update(&numbering, &Numbering { last }, None);
        change.open_task(&scope, &fields);
        change.check_column(column);
        if !description.is_empty() {
            change.put_text(&scope, &fields.key, &description);
        }
        references.check_sprint(&mut change);
        if let Some(parent) = &fields.parent {
            references.check_parent(&mut change);
            change.add_subtask(&scope, parent, &fields.key, fields.closed_at.is_some());
        }
        let card = Card::new(&fields, 1, status, Counts::default(), &references.custom_fields);
        change.event(&on_task(&call, &scope, EventData::TaskCreated, &card, Changes::default()));
        fields.custom = references.shown(&fields.custom);
        call.commit(change, Created(Task::new(fields, 1, status, description, Counts::default()))).await
    }
}
