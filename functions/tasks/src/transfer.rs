//! tasks-transfer

use crate::{
    lookup::{Found, on_task},
    moving::{Target, taken_along},
};
use millrace_domain::{
    Error,
    board::rank::Rank,
    event::{Changes, EventData},
    id::{BoardId, EventId, ProjectKey, TaskKey},
    resource::{Card, Counts, Task},
    task::{TaskFields, custom::shown, transfer::MOST_FORMER},
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Tagged, Write};
use millrace_platform::path::TaskPath;
use millrace_store::{Transaction, project::Numbering};
use schemars::JsonSchema;
use serde::Deserialize;

/// AWS takes so many items in one transaction; one of them is for the answer that an idempotency key keeps.
const MOST_ITEMS: usize = 99;

/// Where a task is to go.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    /// The project: another one, in which the caller has to be developer at least, or its own.
    pub project: ProjectKey,
    /// The board of that project.
    pub board_id: BoardId,
}

/// Moves a task to another project, or to another board of its own.
///
/// In another project it gets a new key, and goes by its old one too: comments, files, time, links, watchers and history
/// stay with it. Labels and values of own fields go along where the other project has them by the same name; the sprint
/// is left. It goes to the bottom of the first column of its status, or else of the first column, whatever its limit
/// says. A task that is a part of another one, has parts, or blocks or is blocked is refused with 409: those are of one
/// project.
#[derive(Clone, JsonSchema)]
pub struct TransferTask;

impl Endpoint for TransferTask {
    const ROUTE: Route = Route::post("tasks-transfer", "/api/tasks/{task}/transfer").needs(ProjectRole::Manager);
    type Uses = (Table<Write>,);
    type Path = TaskPath;
    type Query = Nothing;
    type Body = Json<Transfer>;
    type Output = Tagged<Task>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, task, sent, now) = (call.table(), &call.path.task, &call.body.0, call.now);
        let (scope, (found, ties, labels, target)) = call
            .authorize(|scope| async move {
                let scope = &scope;
                futures::try_join!(
                    Found::read(table, scope, task, now),
                    table.ties(scope, task),
                    table.labels(scope, task.project()),
                    Target::read(table, scope, &sent.project),
                )
            })
            .await?;
        let unseen = || Error::field("project", "is not a project that you see");
        match scope.within(&sent.project, ProjectRole::Developer) {
            Err(Error::NotFound(_)) => return Err(unseen()),
            within => within.map(drop)?,
        }
        let target = target.ok_or_else(unseen)?;
        let board = target.board(&sent.board_id)?;
        found.expect_writable(&call)?;
        let before = &found.whole.fields.value.fields;
        if before.board_id == sent.board_id {
            return found.resource().map(Tagged);
        }
        let status = found.board.status(before)?;
        let column = board.first_of(status).map_or_else(|| board.first_column(), Ok)?;
        let mut fields = TaskFields { board_id: sent.board_id.clone(), ..before.clone() };
        fields.place(&column.value.id, Rank::bottom(now), column.value.category, now);

        let mut change = Transaction::by(&scope);
        let (version, counts, definitions, text) = if sent.project == *task.project() {
            let done = fields.closed_at.is_some();
            if let Some(parent) = fields.parent.as_ref().filter(|_| before.closed_at.is_some() != done) {
                change.put_subtask(&scope, parent, &fields.key, done);
            }
            let version = change.update_task(&scope, &found.whole.fields, &fields);
            (version, found.whole.counts, &found.whole.custom_fields, found.whole.text.clone())
        } else {
            expect_movable(&found)?;
            let last = target.next_number()?;
            fields.key = TaskKey::new(&sent.project, last);
            fields.former = before.keys().on_to(fields.key.clone()).former;
            fields.sprint_id = None;
            fields.labels = taken_along(&before.labels, &labels, &target.labels);
            fields.custom = target.values(&found.whole.custom_fields, &before.custom);
            change.update(&target.numbering, &Numbering { last }, None);
            let version = change.transfer_task(&scope, &found.whole.fields, ties, &fields);
            // What comes after its card and its ties were read is noticed when this is written; what came before is seen.
            let attached = table.attached(&scope, &before.key).await?;
            expect_no_parts(attached.parts)?;
            if let Some(text) = &attached.text {
                change.take_text_along(&scope, text, &fields.key);
            }
            for link in &attached.links {
                change.take_link_along(&scope, link, &before.key, &fields.key);
            }
            let counts = Counts { counters: found.whole.fields.value.counters, ..Counts::default() };
            (version, counts, &target.custom_fields, attached.text)
        };
        change.check_column(column);

        let (left, came) =
            (found.whole.card(&found.board)?, Card::new(&fields, version, column.value.category, counts, definitions));
        let batch = Some(EventId::at(now));
        let changes = moves(&left, &came)?;
        let left = Card { version, ..left };
        let leaves = on_task(&call, &scope, EventData::TaskArchived, &left, changes.clone());
        change.event(&leaves.in_batch(batch));
        change.event(&on_task(&call, &scope, EventData::TaskRestored, &came, changes).in_batch(batch));
        if change.len() > MOST_ITEMS {
            return Err(Error::conflict("It has too many links to be moved. Take some of them away first."));
        }
        fields.custom = shown(definitions, &fields.custom);
        let description = text.map(|text| text.value.description).unwrap_or_default();
        call.commit(change, Tagged(Task::new(fields, version, column.value.category, description, counts))).await
    }
}

/// Refuses a task that hangs on others of its project.
fn expect_movable(found: &Found) -> Result<()> {
    let fields = &found.whole.fields.value.fields;
    if let Some(parent) = &fields.parent {
        return Err(Error::conflict(format!("It is a part of {parent}. Take it out of that task first.")));
    }
    expect_no_parts(found.whole.counts.subtask_count as usize)?;
    let blocks: Vec<String> = fields.blocks.iter().chain(&fields.blocked_by).map(ToString::to_string).collect();
    if !blocks.is_empty() {
        let detail = format!("It blocks tasks or is blocked ({}). Take those links away first.", blocks.join(", "));
        return Err(Error::conflict(detail));
    }
    if fields.former.len() >= MOST_FORMER {
        return Err(Error::conflict(format!("It was moved {MOST_FORMER} times already, and cannot be moved again.")));
    }
    Ok(())
}

fn expect_no_parts(parts: usize) -> Result<()> {
    if parts > 0 {
        return Err(Error::conflict("It has subtasks, and those are of one project. Take them out of it first."));
    }
    Ok(())
}

/// What both events tell: between which keys, boards and columns the task moved.
fn moves(left: &Card, came: &Card) -> Result<Changes> {
    Ok(Changes::of_field("key", &left.key, &came.key)?
        .and(Changes::of_field("board_id", &left.board_id, &came.board_id)?)
        .and(Changes::of_field("column_id", &left.column_id, &came.column_id)?))
}
