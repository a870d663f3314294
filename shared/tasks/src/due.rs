//! What was told of a task's due date.

use crate::{
    found::Found,
    outcome::Prepared,
    writer::{GRANT, Step, TaskWriter, Texts, Told},
};
use jiff::civil::Date;
use millrace_domain::{
    Result,
    event::{Changes, EventData},
    task::{
        TaskFields,
        due::{DueNext, DueTold},
    },
};
use millrace_store::{
    Stored, Transaction,
    scope::Internal,
    task::{TaskRecord, TaskWrite},
};

/// The task after a step was sent.
fn after(task: &TaskFields, next: DueNext, today: Date) -> TaskFields {
    let due_told = task.due_date.map(|due| DueTold { due, step: next.step, on: today });
    TaskFields { due_told, ..task.clone() }
}

impl TaskWriter<'_, Internal> {
    /// Marks a task as overdue, which tells of it.
    ///
    /// # Errors
    /// As every write that is put together.
    pub fn mark_overdue(&self, found: &Found, next: DueNext, today: Date) -> Result<Prepared> {
        let marked = TaskFields { updated_at: self.now, ..after(found.fields(), next, today) };
        let overdue = Changes::of_field("overdue", &false, &true)?;
        let step = Step {
            write: TaskWrite::Update(&found.whole.fields),
            before: Some(found.view()),
            after: marked,
            view: found.view(),
            description: Texts::kept(found.description()),
            told: Told::With(EventData::TaskUpdated, overdue),
        };
        let mut change = self.begin();
        let written = self.write(&mut change, step)?;
        Ok(Prepared::of(change, written))
    }

    /// Notes which step was told of a task's due date, or that none is told as of `today`. The task keeps its version:
    /// nobody sees it.
    pub fn remember_due(&self, stored: &Stored<TaskRecord>, told: Option<DueNext>, today: Date) -> Transaction {
        let fields = &stored.value.fields;
        let fields = told.map_or_else(|| fields.clone(), |next| after(fields, next, today));
        let mut change = self.begin();
        change.remember_due(GRANT, self.scope, stored, &fields, today);
        change
    }
}
