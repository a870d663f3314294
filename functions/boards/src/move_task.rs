//! boards-move-task

use millrace_domain::{
    Error, FieldError,
    board::rank::Rank,
    id::{BoardId, ColumnId, TaskKey},
    resource::{Card, Counts},
    task::TaskFields,
};
use millrace_endpoint::{
    Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write, call::to_value,
};
use millrace_platform::path::BoardPath;
use millrace_store::{
    Stored,
    board::{Place, task_at},
    task::TaskRecord,
};
use millrace_task_changes::{Known, Placing, TaskWriter, View};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;

/// The target of a move. At most one of `before`, `after` and `position` gives the place in the column. Defaults to the
/// bottom.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// The task.
    pub task: TaskKey,
    /// The column in which the caller sees it.
    pub from_column: ColumnId,
    /// The target column.
    pub to_column: ColumnId,
    /// A task of that column, to be placed above it.
    #[serde(default)]
    pub before: Option<TaskKey>,
    /// A task of that column, to be placed below it.
    #[serde(default)]
    pub after: Option<TaskKey>,
    /// The zero-based index in that column from the top. Beyond the end means the bottom.
    #[serde(default)]
    pub position: Option<u32>,
}

impl Move {
    /// The reference task, and the field that names it.
    fn neighbour(&self) -> Option<(&'static str, &TaskKey)> {
        let before = self.before.as_ref().map(|task| ("before", task));
        before.or_else(|| self.after.as_ref().map(|task| ("after", task)))
    }

    fn check(&self) -> Result<()> {
        let named =
            [("before", self.before.is_some()), ("after", self.after.is_some()), ("position", self.position.is_some())];
        let second = named.into_iter().filter(|(_, given)| *given).nth(1);
        match second {
            Some((field, _)) => Err(Error::field(field, "give only one of before, after and position")),
            None => Ok(()),
        }
    }

    /// The target index in `order`, the target column without the moved card.
    fn index(&self, order: &[Place]) -> usize {
        match (self.neighbour(), self.position) {
            (Some((field, task)), _) => {
                let index = order.iter().position(|place| place.number == task.number()).unwrap_or(order.len());
                index + usize::from(field == "after")
            }
            (None, Some(position)) => order.len().min(position as usize),
            (None, None) => order.len(),
        }
    }
}

/// Moves a card to another column, or to another place in its column.
///
/// Returns 409 if the card is no longer in `from_column`; `current` then holds its column (`column_id`) and that
/// column's tasks from top to bottom (`order`). Returns 422 naming `to_column` if the workflow forbids the transition
/// or the column's WIP limit is reached. Writes one card and one event, whatever the board's size.
#[derive(Clone, JsonSchema)]
pub struct MoveTask;

impl Endpoint for MoveTask {
    const ROUTE: Route = Route::post("boards-move-task", "/api/boards/{board_id}/move").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = BoardPath;
    type Query = Nothing;
    type Body = Json<Move>;
    type Output = Tagged<Card>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, board_id, sent) = (call.table(), &call.path.board_id, &call.body.0);
        let (scope, (tasks, board, mut order, counts, definitions)) = call
            .authorize(|scope| async move {
                if sent.task.project() != board_id.project() {
                    return Err(Error::not_found("task"));
                }
                let beside = sent.neighbour().map(|(_, task)| task);
                let wanted: Vec<TaskKey> = [Some(&sent.task), beside].into_iter().flatten().cloned().collect();
                futures::try_join!(
                    table.live_tasks(&scope, &wanted),
                    table.board(&scope, board_id),
                    table.column_order(&scope, board_id.project(), &sent.to_column),
                    table.subtask_counts(&scope, &sent.task),
                    table.field_definitions(&scope, board_id.project()),
                )
            })
            .await?;
        sent.check()?;
        let task = find(&tasks, &sent.task).filter(|task| task.value.fields.board_id == *board_id);
        let task = task.ok_or_else(|| Error::not_found("task"))?;
        let (before, counts) = (&task.value.fields, Counts { counters: task.value.counters, ..counts });
        let known = Known { task, view: View { board: &board, counts, definitions: &definitions } };
        let card = known.card()?;
        call.expect_version(task.version, || to_value(&card))?;
        board.column(&sent.to_column, "to_column")?;
        order.retain(|place| place.number != before.key.number());
        if before.column_id != sent.from_column {
            if before.column_id != sent.to_column {
                order = table.column_order(&scope, board_id.project(), &before.column_id).await?;
            } else {
                insert(&mut order, before);
            }
            return Err(stale(board_id, &before.column_id, &order));
        }
        if let Some((field, beside)) = sent.neighbour() {
            // The index may lag behind by a moment; the card itself does not.
            insert(&mut order, neighbour(&tasks, beside, sent, field)?);
        }
        let index = sent.index(&order);
        let own = Place { rank: before.rank.clone(), number: before.key.number() };
        if before.column_id == sent.to_column && order.partition_point(|place| *place < own) == index {
            return Ok(Tagged(card));
        }
        let above = index.checked_sub(1).and_then(|index| order.get(index)).map(|place| &place.rank);
        let below = order.get(index).map(|place| &place.rank);
        let to = Placing { column: &sent.to_column, cards: order.len(), field: "to_column" };
        let moved = TaskWriter::by(&scope, call.now).move_card(known, to, Rank::between(above, below, call.now))?;
        call.commit(moved.change, Tagged(moved.card)).await
    }
}

fn find<'tasks>(tasks: &'tasks [Stored<TaskRecord>], key: &TaskKey) -> Option<&'tasks Stored<TaskRecord>> {
    tasks.iter().find(|task| task.value.fields.key == *key)
}

/// The task next to which the card is placed.
fn neighbour<'tasks>(
    tasks: &'tasks [Stored<TaskRecord>],
    key: &TaskKey,
    sent: &Move,
    field: &str,
) -> Result<&'tasks TaskFields> {
    if *key == sent.task {
        return Err(Error::field(field, "is the task that moves"));
    }
    let found = find(tasks, key).map(|task| &task.value.fields).filter(|task| task.column_id == sent.to_column);
    found.ok_or_else(|| {
        Error::Invalid(vec![FieldError {
            field: field.to_owned(),
            message: "is not a task of the column that the card goes to".to_owned(),
        }])
    })
}

/// Inserts a card into the order by its current rank.
fn insert(order: &mut Vec<Place>, fields: &TaskFields) {
    let place = Place { rank: fields.rank.clone(), number: fields.key.number() };
    order.retain(|other| other.number != place.number);
    let index = order.partition_point(|other| *other < place);
    order.insert(index, place);
}

fn stale(board: &BoardId, column: &ColumnId, order: &[Place]) -> Error {
    let order: Vec<String> = order.iter().map(|place| task_at(board, place).to_string()).collect();
    Error::Conflict {
        detail: "The card is in another column by now.".to_owned(),
        current: Some(Box::new(json!({"column_id": column.to_string(), "order": order}))),
    }
}
