//! New fields for a task that stays where it is, or goes to another column of its board.

use crate::{
    found::Found,
    outcome::{Outcome, Prepared},
    place::Placing,
    references::{References, Sent},
    writer::{Step, TaskWriter, Texts, Told},
};
use millrace_domain::{
    Error, Result,
    board::rank::Rank,
    task::{TaskFields, lock::LockedField},
    text::Markdown,
};
use millrace_store::task::TaskWrite;

/// What of a task an edit writes that another person may hold a lock of.
pub(crate) enum Lockable {
    /// These fields.
    Fields(Vec<LockedField>),
    /// All that people write.
    Everything,
}

/// A task as it is to be.
pub(crate) struct Edit<'read> {
    found: &'read Found,
    references: &'read References,
    /// Its fields.
    pub fields: TaskFields,
    /// Its description.
    pub description: Markdown,
    /// Whether it goes through only if nobody took a lock meanwhile.
    holds: bool,
}

impl<S> TaskWriter<'_, S> {
    /// An edit of a live task that changes nothing yet.
    ///
    /// # Errors
    /// [`Error::Conflict`] for an archived task, [`Error::Locked`] where somebody else edits what is to be written.
    pub(crate) fn edit<'read>(
        &self,
        found: &'read Found,
        references: &'read References,
        writes: &Lockable,
    ) -> Result<Edit<'read>> {
        found.expect_live()?;
        let asked: Vec<Option<&LockedField>> = match writes {
            Lockable::Fields(fields) => fields.iter().map(Some).collect(),
            Lockable::Everything => vec![None],
        };
        for field in &asked {
            found.whole.check_lock(self.actor.id.as_ref(), *field, self.now)?;
        }
        let description = found.description().cloned().unwrap_or_default();
        let fields = found.fields().clone();
        Ok(Edit { found, references, fields, description, holds: !asked.is_empty() })
    }

    /// Puts the task into another column of its board, as far as the workflow and the column's limit allow.
    pub(crate) fn enter(&self, edit: &mut Edit<'_>, to: Placing<'_>, rank: Rank) -> Result<()> {
        if edit.fields.column_id == *to.column {
            return Ok(());
        }
        let column = self.admit(&edit.found.board, &edit.fields, to)?;
        edit.fields.place(to.column, rank, column.value.category, self.now);
        Ok(())
    }

    /// Checks what changed, with what was `sent` to change it, and puts the write together. Where nothing changed, there
    /// is none.
    pub(crate) fn finish(&self, edit: Edit<'_>, sent: Sent<'_>) -> Result<Outcome> {
        let Edit { found, references, mut fields, description, holds } = edit;
        let before = found.fields();
        references.check(before.key.project(), sent, Some(before))?;
        fields.check()?;
        let adopted = fields.parent != before.parent;
        if adopted && fields.parent.is_some() && found.whole.counts.subtask_count > 0 {
            return Err(Error::field("parent", "the task has parts of its own, and parts have no parts"));
        }
        let described = found.description().map_or(!description.is_empty(), |text| *text != description);
        if fields == *before && !described {
            return Outcome::unchanged(found);
        }
        fields.updated_at = self.now;

        let mut change = self.begin();
        if holds {
            change.check_locks(self.scope, &before.key, found.whole.locks.as_ref());
        }
        if fields.column_id != before.column_id {
            change.check_column(found.board.column(&fields.column_id, "column_id")?);
        }
        if fields.sprint_id != before.sprint_id {
            references.check_sprint(&mut change);
        }
        if adopted && fields.parent.is_some() {
            references.check_parent(&mut change);
        }
        let step = Step {
            write: TaskWrite::Update(&found.whole.fields),
            before: Some(found.view()),
            after: fields,
            view: found.view(),
            description: Texts {
                before: found.description(),
                after: described.then_some(&description).or(found.description()),
            },
            told: Told::Edit,
        };
        let written = self.write(&mut change, step)?;
        Ok(Prepared::of(change, written).into())
    }
}
