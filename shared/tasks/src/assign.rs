//! Who works on a task.

use crate::{
    edit::Lockable,
    found::Found,
    outcome::Outcome,
    references::{References, Sent},
    writer::TaskWriter,
};
use millrace_domain::{Result, id::UserId, task::each_once};

impl<S> TaskWriter<'_, S> {
    /// Assigns a live task to `assignees`, of whom `named` were named by whoever asks and are checked.
    ///
    /// # Errors
    /// As [`TaskWriter::change`].
    pub fn assign(
        &self,
        found: &Found,
        references: &References,
        assignees: Vec<UserId>,
        named: &[UserId],
    ) -> Result<Outcome> {
        let mut edit = self.edit(found, references, &Lockable::Fields(Vec::new()))?;
        edit.fields.assignees = each_once(assignees);
        self.finish(edit, Sent { assignees: named, ..Sent::default() })
    }
}
