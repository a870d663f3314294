//! Many tasks of whatever projects, read in one round trip, and what a change means to each.

use crate::{
    archive::former_parents, bulk::BulkSet, changes::to_value, found::Found, outcome::Outcome, place::CardCounts,
    references::References, writer::TaskWriter,
};
use futures::future::try_join_all;
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    board::rank::Rank,
    id::{EventId, ProjectKey, TaskKey},
    resource::Counts,
    task::{custom::FieldDefinition, each_once},
    workspace::role::ProjectRole,
};
use millrace_store::{
    Scope, Stored, Table,
    board::BoardWithColumns,
    scope::Verified,
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
    cards: CardCounts,
}

/// One of the tasks that a call changes.
#[derive(Debug, Clone)]
pub struct Asked<'sent> {
    /// The task.
    pub task: &'sent TaskKey,
    /// The expected version; none for any.
    pub version: Option<u64>,
    /// The rank that it gets in a column that it comes into; none for the bottom.
    pub rank: Option<Rank>,
    /// Its place among the tasks of the call: those that go to the bottom keep that order.
    pub place: usize,
}

/// Tasks that are to be changed together.
pub struct Many {
    /// The projects; none for one that is not there.
    projects: HashMap<ProjectKey, Option<Ground>>,
    tasks: HashMap<TaskKey, (Stored<TaskRecord>, Counts)>,
    /// The parents of archived tasks that come back, as far as they were transferred to another project.
    transferred: HashMap<TaskKey, TaskKey>,
}

impl Many {
    /// Reads tasks and their projects in one round trip. Where a status is set, its columns are known only then: those
    /// that have a limit take one more, and so do the parents of tasks that come back from the archive.
    ///
    /// # Errors
    /// [`Error::Invalid`] for lists that are too long.
    pub async fn read<M: Mode, S>(
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
        let (_, transferred) = futures::try_join!(try_join_all(limited), table.transferred_among(scope, parents))?;
        Ok(Self { projects, tasks, transferred })
    }

    /// What the change means to one task of a call. Its event shares `batch` with the others.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the caller may not see it, [`Error::Forbidden`] where they may only look at it,
    /// [`Error::Stale`] where it has another version, and what the change of this task alone would be refused with.
    pub fn outcome(
        &mut self,
        scope: &Scope<Verified>,
        asked: &Asked<'_>,
        set: &BulkSet,
        batch: Option<EventId>,
        now: Timestamp,
    ) -> Result<Outcome> {
        let missing = || Error::not_found("task");
        let project = asked.task.project();
        let ground = self.projects.get_mut(project).and_then(Option::as_mut).ok_or_else(missing)?;
        let scope = match scope.within(project, ProjectRole::Developer) {
            Err(Error::NotFound(_)) => Err(missing()),
            other => other,
        }?;
        let writer = TaskWriter::by(&scope, now).in_batch(batch);
        let (fields, counts) = self.tasks.get(asked.task).cloned().ok_or_else(missing)?;
        let found = ground.found(fields, counts)?;
        if asked.version.is_some_and(|version| version != found.version()) {
            return Err(Error::Stale { current: Box::new(to_value(&found.card()?)?) });
        }
        match set.archived.0 {
            Some(true) => return writer.archive(&found),
            Some(false) => return writer.restore(&found, &self.transferred),
            None => found.expect_live()?,
        }
        let change = set.for_task(&found)?;
        let rank = asked.rank.clone().unwrap_or_else(|| Rank::bottom_of_many(now, asked.place));
        let outcome = writer.change_at(&found, &ground.references, &ground.cards, &change, rank)?;
        if outcome.card.column_id != found.fields().column_id {
            ground.cards.enter(&outcome.card.column_id);
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
        let (record, boards, definitions, references, cards) = futures::try_join!(
            record,
            table.boards(scope, project),
            table.field_definitions(scope, project),
            References::read(table, scope, project, set.references()),
            CardCounts::of(table, scope, project, set.column_id.0.as_ref()),
        )?;
        Ok(record.map(|_| Self { boards, definitions, references, cards }))
    }

    /// Counts the cards in the columns of the status that is set, as far as they have a limit.
    async fn count_limited<M: Mode, S>(&mut self, table: &Table<M>, scope: &Scope<S>, set: &BulkSet) -> Result<()> {
        let Some(status) = set.status.0 else { return Ok(()) };
        let columns = self.boards.iter().filter_map(|board| Some((board, board.first_of(status)?)));
        let counts = columns.map(|(board, column)| async move {
            let mut counts = CardCounts::default();
            counts.count_limited(table, scope, board.board.value.id.project(), &column.value).await?;
            Ok::<_, Error>(counts)
        });
        try_join_all(counts).await?.into_iter().for_each(|counts| self.cards.extend(counts));
        Ok(())
    }

    /// One of its tasks, without its text: a bulk change leaves it alone.
    fn found(&self, fields: Stored<TaskRecord>, counts: Counts) -> Result<Found> {
        let own = |board: &&BoardWithColumns| board.board.value.id == fields.value.fields.board_id;
        // An archived task whose board was deleted has no place to be shown in.
        let board = self.boards.iter().find(own).cloned().ok_or_else(|| Error::not_found("task"))?;
        let whole = WholeTask { fields, text: None, counts, custom_fields: self.definitions.clone(), locks: None };
        Ok(Found { whole, board })
    }
}
