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

/// Filters of the snapshot's cards. All other parts of the snapshot are unaffected.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct SnapshotQuery {
    /// A user id, `me`, or `none` for unassigned cards.
    pub assignee: Option<AssignedTo>,
    /// Label ids, separated by commas: cards with any of them.
    #[serde(default)]
    pub label: AnyOf<LabelId>,
    /// A sprint id, or `none` for cards without a sprint.
    pub sprint: Option<PlannedFor>,
    /// Priorities, separated by commas: cards with any of them.
    #[serde(default)]
    pub priority: AnyOf<Priority>,
    /// Text that the key or title contains, case-insensitive.
    pub q: Option<String>,
}

/// A consistent snapshot of everything a board shows.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Snapshot {
    /// The board.
    pub board: Board,
    /// The columns, from left to right.
    pub columns: Vec<Column>,
    /// The cards, by column and from top to bottom.
    pub tasks: Vec<Card>,
    /// Everybody who can see the project, ordered by name.
    pub people: Vec<Person>,
    /// The project's labels, ordered by name. A card may reference a deleted label, which is not listed and should not
    /// be shown.
    pub labels: Vec<Label>,
    /// The custom fields that cards show.
    pub fields: Vec<FieldDefinition>,
    /// The running sprint; of several the one that ends first. Null if there is none.
    pub sprint: Option<Sprint>,
    /// The position in the event feed. The snapshot is at least as recent as this event.
    pub cursor: EventId,
}

/// Returns a board with its columns and cards, its project's people and labels, and its position in the event feed.
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
