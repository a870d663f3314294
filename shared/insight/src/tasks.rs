//! A project's tasks, with what is needed to represent them.

use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    id::{BoardId, ProjectKey, TaskKey, UserId},
    resource::Counts,
    task::{Status, filter::TaskFilter},
};
use millrace_store::{
    Scope, Stored, Table,
    board::BoardWithColumns,
    snapshot::{count_part, mark_blocked},
    table::Mode,
    task::TaskRecord,
};
use std::collections::HashMap;

/// A project's live or archived tasks, with their boards and counters.
pub struct ProjectTasks {
    boards: HashMap<BoardId, BoardWithColumns>,
    tasks: Vec<Stored<TaskRecord>>,
    counts: HashMap<TaskKey, Counts>,
}

/// A task that matches a filter.
pub struct Admitted<'project> {
    /// The task.
    pub task: &'project Stored<TaskRecord>,
    /// The board.
    pub board: &'project BoardWithColumns,
    /// Its status.
    pub status: Status,
    /// Its counters.
    pub counts: Counts,
}

impl ProjectTasks {
    /// Reads a project's live or archived tasks, in one round trip.
    ///
    /// # Errors
    /// As every read.
    pub async fn read<M: Mode, S>(
        table: &Table<M>,
        scope: &Scope<S>,
        project: &ProjectKey,
        archived: bool,
        now: Timestamp,
    ) -> Result<Self> {
        let shelved = async { if archived { table.tasks(scope, project, true).await } else { Ok(Vec::new()) } };
        let live = table.tasks(scope, project, false);
        let (boards, live, mut shelved) = futures::try_join!(table.boards(scope, project), live, shelved)?;
        let mut counts = HashMap::new();
        live.iter().chain(&shelved).for_each(|task| count_part(&mut counts, task));
        mark_blocked(&mut counts, &live);
        shelved.retain(|task| !task.value.fields.is_gone(now));
        let boards = boards.into_iter().map(|board| (board.board.value.id.clone(), board)).collect();
        Ok(Self { boards, tasks: if archived { shelved } else { live }, counts })
    }

    /// The tasks that match `filter` for the person `me`, by number.
    ///
    /// # Errors
    /// [`Error::Raced`] if a board or a column changed while the tasks were read.
    pub fn admitted(&self, filter: &TaskFilter, me: &UserId) -> Result<Vec<Admitted<'_>>> {
        let mut admitted = Vec::new();
        for task in &self.tasks {
            let fields = &task.value.fields;
            let Some(board) = self.boards.get(&fields.board_id) else {
                // Archived tasks of a deleted board are gone; a live one was read before a write that its board was
                // read after.
                if fields.archived_at.is_some() { continue } else { return Err(Error::Raced) }
            };
            let status = board.status(fields)?;
            if filter.admits(fields, status, me) {
                let counts = self.counts.get(&fields.key).copied().unwrap_or_default();
                admitted.push(Admitted { task, board, status, counts });
            }
        }
        Ok(admitted)
    }
}
