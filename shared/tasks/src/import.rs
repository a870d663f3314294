//! Tasks that come from a file.

use crate::writer::{GRANT, Importing, Step, TaskWriter, Texts, Told, View};
use jiff::Timestamp;
use millrace_domain::{
    Result,
    event::{Actor, Changes, EventData},
    id::{EventId, ProjectKey, SprintId},
    resource::Counts,
    sprint::Transition,
    task::{
        TaskFields,
        link::{BlockGraph, Link},
    },
    text::Markdown,
};
use millrace_store::{Scope, Stored, Transaction, link::BlockGraphRecord, scope::Internal, task::TaskWrite};

/// A task as a file tells of it.
#[derive(Debug, Clone, Copy)]
pub struct Imported<'draft> {
    /// Its fields.
    pub fields: &'draft TaskFields,
    /// Its version.
    pub version: u64,
    /// Its description, possibly empty.
    pub description: &'draft Markdown,
    /// What is counted around it and beside it.
    pub counts: Counts,
    /// What its coming in means to sprints.
    pub transitions: &'draft [(SprintId, Transition)],
}

impl<'scope> TaskWriter<'scope, Internal> {
    /// An import changes tasks, in the name of whoever began it.
    pub fn importing(
        scope: &'scope Scope<Internal>,
        actor: Actor,
        batch: Option<EventId>,
        import: Importing<'scope>,
        now: Timestamp,
    ) -> Self {
        Self { import: Some(import), ..Self::acting(scope, actor, now).in_batch(batch) }
    }

    /// Puts a task of a file into `change`. An archived one is told of twice: it was created, and it is archived.
    ///
    /// Whether its column and its sprint take it is checked by the caller, who knows which of them the transaction
    /// depends on already; so is the tie to its parent.
    ///
    /// # Errors
    /// As every write that is put together.
    pub fn import(&self, change: &mut Transaction, task: Imported<'_>, view: View<'_>) -> Result<()> {
        let Imported { fields, version, description, counts, transitions } = task;
        let step = Step {
            write: TaskWrite::Import { version, counters: counts.counters },
            before: None,
            after: fields.clone(),
            view: View { counts, ..view },
            description: Texts { before: None, after: Some(description).filter(|text| !text.is_empty()) },
            told: Told::As(EventData::TaskCreated),
        };
        let written = self.write(change, step)?;
        for (sprint, transition) in transitions {
            change.put_transition(self.scope, sprint, transition.clone());
        }
        if fields.archived_at.is_some() {
            // Boards and figures take up what was created, and then that it is not to be seen.
            self.tell(change, EventData::TaskArchived, &written.card, Changes::default());
        }
        Ok(())
    }
}

/// Puts a link of a file into `change`; `opens` says whether its blocker is open. The ties to both of its tasks are for
/// the caller.
pub fn import_link(change: &mut Transaction, scope: &Scope<Internal>, link: &Link, opens: bool) {
    change.put_link(GRANT, scope, link, opens);
}

/// Adds the blocks of a file to those of its project, if nobody wrote them since they were read.
pub fn import_blocks(
    change: &mut Transaction,
    scope: &Scope<Internal>,
    project: &ProjectKey,
    stored: Option<&Stored<BlockGraphRecord>>,
    blocks: BlockGraph,
) {
    change.put_block_graph(GRANT, scope, project, stored, blocks);
}
