//! Who hears of a task's changes.

use crate::{
    edit::Lockable,
    found::Found,
    outcome::Outcome,
    references::{References, Sent},
    writer::TaskWriter,
};
use millrace_domain::{Result, id::UserId};

impl<S> TaskWriter<'_, S> {
    /// Puts a person among those who hear of a live task's changes, or takes them out. Where they are there already, or
    /// are not, nothing changes.
    ///
    /// # Errors
    /// [`millrace_domain::Error::Conflict`] for an archived task, [`millrace_domain::Error::Invalid`] where the task has
    /// as many watchers as it takes.
    pub fn watch(&self, found: &Found, person: &UserId, watches: bool) -> Result<Outcome> {
        let references = References::default();
        let mut edit = self.edit(found, &references, &Lockable::Fields(Vec::new()))?;
        let watchers = &mut edit.fields.watchers;
        match (watches, watchers.contains(person)) {
            (true, false) => watchers.push(person.clone()),
            (false, true) => watchers.retain(|watcher| watcher != person),
            _ => {}
        }
        self.finish(edit, Sent::default())
    }
}
