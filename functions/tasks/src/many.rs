//! Many tasks of whatever projects, read in one round trip, and what a change means to each.

use crate::{
    bulk::{BulkSet, BulkTask},
    edit::{Edit, Outcome},
    lookup::Found,
    references::{References, cards_in},
    shelving::{archive, former_parents, restore},
};
use futures::future::try_join_all;
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    board::rank::Rank,
    id::{ColumnId, EventId, ProjectKey, TaskKey},
    resource::Counts,
    task::{custom::FieldDefinition, each_once},
};
use millrace_endpoint::{Call, Endpoint, ProjectRole, call::to_value};
use millrace_store::{
    Scope, Stored, Table,
    board::BoardWithColumns,
    table::Mode,
    task::{TaskRecord, WholeTask},
};
use std::collections::HashMap;

/// What a change needs to know of a project.
struct Ground {
    boards: Vec<BoardWithColumns>,
    definitions: Vec<FieldDefinition>,
    references: References,
    /// How many cards are in the columns that tasks may come into; those of this very call are counted along.
    cards: HashMap<ColumnId, usize>,
}

/// Tasks that are to be changed together.
pub(crate) struct Many {
    /// The projects; none for one that is not there.
    projects: HashMap<ProjectKey, Option<Ground>>,
    tasks: HashMap<TaskKey, (Stored<TaskRecord>, Counts)>,
    /// The tasks whose archived parts come back, as far as they were moved to another project.
    moved: HashMap<TaskKey, TaskKey>,
}

impl Many {
    /// Reads tasks and their projects in one round trip. Where a status is set, its columns are known only then: those
    /// that have a limit take one more, and so do the tasks that what comes back from the archive is a part of.
    pub(crate) async fn read<M: Mode, S>(
        table: &Table<M>,
        scope: &Scope<S>,
        tasks: &[TaskKey],
        set: &BulkSet,
        now: Timestamp,
    ) -> Result<Self> {
        let projects = each_once(tasks.iter().map(|task| task.project().clone()).collect());
        let grounds = try_join_all(projects.into_iter().map(|project| async move {
            let ground = Ground::read(table, scope, &project, set).await?;
            Ok((project, ground))
        }));
        let counts = try_join_all(tasks.iter().map(|task| table.subtask_counts(scope, task)));
        let (grounds, live, archived, counts) = futures::try_join!(
            grounds,
            table.live_tasks(scope, tasks),
            table.archived_tasks(scope, tasks, now),
            counts,
        )?;
        let counts: HashMap<&TaskKey, Counts> = tasks.iter().zip(counts).collect();
        let with_counts = |task: Stored<TaskRecord>| {
            let around = counts.get(&task.value.fields.key).copied().unwrap_or_default();
            let counts = Counts { counters: task.value.counters, ..around };
            (task.value.fields.key.clone(), (task, counts))
        };
        let tasks: HashMap<_, _> = live.into_iter().chain(archived).map(with_counts).collect();
        let mut projects: HashMap<_, _> = grounds.into_iter().collect();
        let limited = projects.values_mut().flatten().map(|ground| ground.count_limited(table, scope, set));
        let parents = match set.archived.0 {
            Some(false) => former_parents(tasks.values().map(|(task, _)| &task.value.fields)),
            _ => Vec::new(),
        };
        let (_, moved) = futures::try_join!(try_join_all(limited), table.transferred_among(scope, parents))?;
        Ok(Self { projects, tasks, moved })
    }

    /// What the change means to the `place`-th task of the call. Its event shares `batch` with the others.
    pub(crate) fn outcome<E: Endpoint>(
        &mut self,
        call: &Call<E>,
        scope: &Scope,
        (place, asked): (usize, &BulkTask),
        set: &BulkSet,
        batch: Option<EventId>,
    ) -> Result<Outcome> {
        let missing = || Error::not_found("task");
        let key = asked.key();
        let ground = self.projects.get_mut(key.project()).and_then(Option::as_mut).ok_or_else(missing)?;
        let scope = match scope.within(key.project(), ProjectRole::Developer) {
            Err(Error::NotFound(_)) => Err(missing()),
            other => other,
        }?;
        let (fields, counts) = self.tasks.get(key).cloned().ok_or_else(missing)?;
        let found = ground.found(fields, counts)?;
        if asked.version().is_some_and(|version| version != found.whole.fields.version) {
            return Err(Error::Stale { current: Box::new(to_value(&found.whole.card(&found.board)?)?) });
        }
        match set.archived.0 {
            Some(true) => return archive(call, &scope, &found, batch),
            Some(false) => return restore(call, &scope, &found, &self.moved, batch),
            None => found.expect_live()?,
        }
        let change = set.for_task(&found)?;
        let cards = change.column_id.0.as_ref().and_then(|column| ground.cards.get_mut(column));
        let mut edit = Edit::of(&found, &ground.references);
        let rank = asked.place()?.unwrap_or_else(|| Rank::bottom_of_many(call.now, place));
        change.apply(&mut edit, &scope, cards.as_deref().copied().unwrap_or_default(), rank, call.now)?;
        let entered = edit.fields.column_id != found.whole.fields.value.fields.column_id;
        let outcome = edit.finish(call, &scope, change.references(), batch)?;
        if let Some(cards) = cards.filter(|_| entered) {
            *cards += 1;
        }
        Ok(outcome)
    }
}

impl Ground {
    /// Reads what of `project` the change needs; none where there is no such project.
    async fn read<M: Mode, S>(
        table: &Table<M>,
        scope: &Scope<S>,
        project: &ProjectKey,
        set: &BulkSet,
    ) -> Result<Option<Self>> {
        let record = async {
            match table.project(scope, project).await {
                Err(Error::NotFound(_)) => Ok(None),
                found => found.map(Some),
            }
        };
        let column = set.column_id.0.as_ref();
        let (record, boards, definitions, references, cards) = futures::try_join!(
            record,
            table.boards(scope, project),
            table.field_definitions(scope, project),
            References::read(table, scope, project, set.references()),
            cards_in(table, scope, project, column),
        )?;
        let cards = column.map(|column| (column.clone(), cards)).into_iter().collect();
        Ok(record.map(|_| Self { boards, definitions, references, cards }))
    }

    /// Counts the cards in the columns of the status that is set, as far as they have a limit.
    async fn count_limited<M: Mode, S>(&mut self, table: &Table<M>, scope: &Scope<S>, set: &BulkSet) -> Result<()> {
        let Some(status) = set.status.0 else { return Ok(()) };
        let columns = self.boards.iter().filter_map(|board| Some((board, board.first_of(status)?)));
        let limited = columns.filter(|(_, column)| column.value.wip_limit.is_some());
        let counts = limited.map(|(board, column)| async move {
            let order = table.column_order(scope, board.board.value.id.project(), &column.value.id).await?;
            Ok::<_, Error>((column.value.id.clone(), order.len()))
        });
        let counted = try_join_all(counts).await?;
        self.cards.extend(counted);
        Ok(())
    }

    /// One of its tasks, without its text: a bulk edit leaves it alone.
    fn found(&self, fields: Stored<TaskRecord>, counts: Counts) -> Result<Found> {
        let own = |board: &&BoardWithColumns| board.board.value.id == fields.value.fields.board_id;
        // An archived task whose board was deleted has no place to be shown in.
        let board = self.boards.iter().find(own).cloned().ok_or_else(|| Error::not_found("task"))?;
        let whole = WholeTask { fields, text: None, counts, custom_fields: self.definitions.clone(), locks: None };
        Ok(Found { whole, board })
    }
}
