//! Archiving tasks and restoring them.

use crate::{
    changes::Kind,
    found::Found,
    outcome::{Outcome, Prepared},
    writer::{Step, TaskWriter, Texts, Told},
};
use millrace_domain::{Result, board::rank::Rank, event::EventData, id::TaskKey, task::TaskFields};
use millrace_store::task::TaskWrite;
use std::collections::HashMap;

/// The parents of those among `tasks` that are archived. A parent may have been transferred to another project since.
pub fn former_parents<'tasks>(tasks: impl IntoIterator<Item = &'tasks TaskFields>) -> Vec<TaskKey> {
    let archived = tasks.into_iter().filter(|task| task.archived_at.is_some());
    archived.filter_map(|task| task.parent.clone()).collect()
}

impl<S> TaskWriter<'_, S> {
    /// Archives a task. One that is archived stays as it is.
    ///
    /// # Errors
    /// As every write that is put together.
    pub fn archive(&self, found: &Found) -> Result<Outcome> {
        if found.whole.archived() {
            return Outcome::unchanged(found);
        }
        let mut fields = found.fields().clone();
        fields.archived_at = Some(self.now);
        fields.updated_at = self.now;
        let mut change = self.begin();
        let written = self.write(&mut change, self.shelf(found, fields, EventData::TaskArchived))?;
        Ok(Prepared::of(change, written).into())
    }

    /// Restores an archived task to where it was, whatever its column's limit says. Where its column was removed, it goes
    /// to the bottom of the board's first one. Where its parent is one of the tasks that were `transferred` to another
    /// project, it has none any more. A task that is not archived stays as it is.
    ///
    /// # Errors
    /// [`millrace_domain::Error::Conflict`] where its board is being deleted.
    pub fn restore(&self, found: &Found, transferred: &HashMap<TaskKey, TaskKey>) -> Result<Outcome> {
        if !found.whole.archived() {
            return Outcome::unchanged(found);
        }
        let mut fields = found.fields().clone();
        let former = found.board.columns.iter().find(|column| column.value.id == fields.column_id);
        let (column, rank) = match former.filter(|column| !column.value.closing) {
            Some(column) => (column, fields.rank.clone()),
            None => (found.board.first_column()?, Rank::bottom(self.now)),
        };
        fields.place(&column.value.id, rank, column.value.category, self.now);
        fields.archived_at = None;
        fields.parent.take_if(|parent| transferred.contains_key(parent));
        let mut change = self.begin();
        change.check_column(column);
        let written = self.write(&mut change, self.shelf(found, fields, EventData::TaskRestored))?;
        Ok(Prepared::of(change, written).into())
    }

    fn shelf<'read>(&self, found: &'read Found, after: TaskFields, kind: Kind) -> Step<'read> {
        Step {
            write: TaskWrite::Shelve(&found.whole.fields),
            before: Some(found.view()),
            after,
            view: found.view(),
            description: Texts::kept(found.description()),
            told: Told::As(kind),
        }
    }
}
