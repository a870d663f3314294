//! boards-get

use millrace_domain::{
    id::{EventId, LabelId},
    resource::{Board, Card, Column, Label, Person},
    sprint::{Sprint, SprintState},
    task::{
        Priority,
        custom::FieldDefinition,
        filter::{AnyOf, AssignedTo, PlannedFor, TaskFilter, searched},
    },
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Read, Result, Route, Table};
use millrace_platform::path::BoardPath;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// Which cards a snapshot holds. Everything else in it is whole whatever is asked.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct SnapshotQuery {
    /// A user id, `me`, or `none` for cards that nobody has.
    pub assignee: Option<AssignedTo>,
    /// Label ids, with commas between them: cards that have any of them.
    #[serde(default)]
    pub label: AnyOf<LabelId>,
    /// A sprint id, or `none` for cards that no sprint has.
    pub sprint: Option<PlannedFor>,
    /// Priorities, with commas between them: cards that have any of them.
    #[serde(default)]
    pub priority: AnyOf<Priority>,
    /// What the key or the title holds, in whatever case.
    pub q: Option<String>,
}

/// Everything that a board shows, as it was at one moment.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Snapshot {
    /// The board.
    pub board: Board,
    /// Its columns, from left to right.
    pub columns: Vec<Column>,
    /// Its cards: column by column, each from top to bottom.
    pub tasks: Vec<Card>,
    /// Everybody who sees the project, by name.
    pub people: Vec<Person>,
    /// The project's labels, by name. A card may name a label that was deleted: it is not in here, and is not shown.
    pub labels: Vec<Label>,
    /// Those of the project's own fields that cards show.
    pub fields: Vec<FieldDefinition>,
    /// The running sprint, of several the one that ends first; null where there is none.
    pub sprint: Option<Sprint>,
    /// Where the event feed stands: what the snapshot shows is not older than that.
    pub cursor: EventId,
}

/// Reads a board with its columns, its cards, the people and labels of its project, and where its event feed stands.
#[derive(Clone, JsonSchema)]
pub struct GetBoard;

impl Endpoint for GetBoard {
    const ROUTE: Route = Route::get("boards-get", "/api/boards/{board_id}").needs(ProjectRole::Viewer).memory(512);
    type Uses = (Table<Read>,);
    type Path = BoardPath;
    type Query = SnapshotQuery;
    type Body = Nothing;
    type Output = Json<Snapshot>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, board_id) = (call.table(), &call.path.board_id);
        let (scope, (contents, members)) = call
            .authorize(|scope| async move {
                futures::try_join!(table.board_contents(&scope, board_id), table.members(&scope))
            })
            .await?;
        let filter = TaskFilter {
            assignee: call.query.assignee,
            labels: call.query.label.0,
            sprint: call.query.sprint,
            priorities: call.query.priority.0,
            text: searched(call.query.q.as_ref())?,
            ..TaskFilter::default()
        };
        let board = &contents.board;
        let places: HashMap<_, _> =
            board.columns.iter().enumerate().map(|(place, column)| (&column.value.id, place)).collect();
        let mut cards = Vec::with_capacity(contents.tasks.len());
        for task in &contents.tasks {
            let fields = &task.value.fields;
            let status = board.status(fields)?;
            if filter.admits(fields, status, scope.person()) {
                let counts = contents.counts.get(&fields.key).copied().unwrap_or_default();
                let order = (places.get(&fields.column_id).copied(), fields.order());
                cards.push((order, Card::new(fields, task.version, status, counts, &contents.fields)));
            }
        }
        cards.sort_by(|(one, _), (other, _)| one.cmp(other));
        let project = board_id.project();
        let visible = members.iter().filter(|member| member.value.role_in(project).is_some());
        let mut people: Vec<Person> = visible.map(|member| member.value.person(scope.role())).collect();
        people.sort_by_cached_key(|person| (person.name.to_lowercase(), person.id.clone()));
        let mut labels: Vec<Label> = contents.labels.iter().map(|label| label.value.resource(label.version)).collect();
        labels.sort_by_cached_key(|label| (label.name.to_lowercase(), label.id.clone()));
        let running = contents.sprints.iter().filter(|sprint| sprint.value.state == SprintState::Running);
        let running = running.min_by_key(|sprint| (sprint.value.plan.end_date, &sprint.value.id));
        Ok(Json(Snapshot {
            board: board.board.value.resource(board.board.version),
            columns: board.columns.iter().map(|column| column.value.resource(column.version)).collect(),
            tasks: cards.into_iter().map(|(_, card)| card).collect(),
            people,
            labels,
            fields: contents.fields.into_iter().filter(|field| field.on_card).collect(),
            sprint: running.map(|sprint| sprint.value.resource(sprint.version)),
            cursor: board.cursor,
        }))
    }
}
