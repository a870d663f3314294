//! One transaction of an import: as many tasks as it takes, with all that belongs to them, and how far the import is
//! after it.

use crate::{known::Known, run::Run};
use millrace_domain::{
    Error,
    event::{Event, EventType},
    id::CommentId,
    import::{
        Problems,
        draft::{Draft, Drafting},
        progress::{ImportState, Position},
    },
};
use millrace_endpoint::{Result, call::to_value};
use millrace_store::{Transaction, import::ImportRecord};
use serde_json::json;
use std::collections::HashSet;

/// AWS takes 100 items in a transaction, of which the import itself is one.
const MOST_ITEMS: usize = 99;
/// AWS takes 4 MB in a transaction; what stands around the texts, and JSON's way of writing them, needs room too.
const MOST_BYTES: usize = 1_200_000;

/// A transaction that is being filled.
pub(crate) struct Batch<'run> {
    run: &'run Run<'run>,
    known: &'run Known,
    change: Transaction,
    import: ImportRecord,
    bytes: usize,
    checked: HashSet<String>,
}

impl<'run> Batch<'run> {
    /// An empty one that goes on where `import` stands.
    pub(crate) fn new(run: &'run Run<'run>, known: &'run Known, import: &ImportRecord) -> Self {
        let change = Transaction::internal(&run.scope);
        Self { run, known, change, import: import.clone(), bytes: 0, checked: HashSet::new() }
    }

    /// Fills it with the next tasks; where the import stands once it is written.
    pub(crate) fn fill(mut self, drafting: &Drafting<'_>) -> Result<(Transaction, ImportRecord)> {
        let now = self.run.now();
        while self.import.position.task < self.import.total {
            let index = self.import.position.task as usize;
            if let Some(draft) = drafting.draft(index, now, &mut Problems::default())
                && !self.put(&draft)?
            {
                break;
            }
            self.import.position = Position { task: self.import.position.task + 1, parts: 0 };
        }
        if self.import.position.task == self.import.total {
            self.import.state = ImportState::Done;
        }
        self.import.updated_at = now;
        Ok((self.change, self.import))
    }

    /// Whether there is room for so many items more, and so many bytes; something always goes into an empty one.
    fn has_room(&self, items: usize, bytes: usize) -> bool {
        self.change.len() + items <= MOST_ITEMS && (self.change.is_empty() || self.bytes + bytes <= MOST_BYTES)
    }

    /// Puts a task in, with what belongs to it; false where not all of it fits.
    fn put(&mut self, draft: &Draft) -> Result<bool> {
        let scope = &self.run.scope;
        if self.import.position.parts == 0 {
            // The card, its event, its text, its transition and its place among its parent's parts, a column and a sprint.
            let bytes = draft.description.len() + 4_000;
            if !self.has_room(7, bytes) {
                return Ok(false);
            }
            self.bytes += bytes;
            self.task(draft)?;
        }
        let written = self.import.position.parts.saturating_sub(1) as usize;
        for (link, opens) in draft.links.iter().skip(written) {
            if !self.has_room(2, 500) {
                return Ok(false);
            }
            self.bytes += 500;
            self.change.put_link(scope, link, *opens);
            self.import.position.parts += 1;
        }
        let replies = |id: &CommentId| {
            let answers = draft.comments.iter().filter(|comment| comment.reply_to.as_ref() == Some(id));
            answers.count() as u32
        };
        for comment in draft.comments.iter().skip(written.saturating_sub(draft.links.len())) {
            let bytes = comment.body.as_ref().map_or(0, |body| body.len()) + 1_000;
            if !self.has_room(1, bytes) {
                return Ok(false);
            }
            self.bytes += bytes;
            self.change.import_comment(scope, comment, replies(&comment.id));
            self.import.position.parts += 1;
        }
        Ok(true)
    }

    fn task(&mut self, draft: &Draft) -> Result<()> {
        let (scope, fields) = (&self.run.scope, &draft.fields);
        self.check(draft)?;
        self.change.import_task(scope, fields, draft.counts.counters);
        if !draft.description.is_empty() {
            self.change.put_text(scope, &fields.key, &draft.description);
        }
        if let Some(parent) = &fields.parent {
            self.change.put_subtask(scope, parent, &fields.key, fields.closed_at.is_some());
        }
        let data = json!({"card": to_value(&draft.card())?});
        let event = self.run.event(&self.import, EventType::TaskCreated, Some(&fields.board_id), data);
        self.change.event(&Event { task: Some(fields.key.clone()), ..event });
        self.import.position.parts = 1;
        self.import.done += 1;
        Ok(())
    }

    /// The column and the sprint that a task goes to have to be what was read: there, and open.
    fn check(&mut self, draft: &Draft) -> Result<()> {
        let fields = &draft.fields;
        let mut columns = self.known.boards.iter().flat_map(|board| &board.columns);
        let column = columns.find(|column| column.value.id == fields.column_id).ok_or(Error::Raced)?;
        if self.checked.insert(fields.column_id.to_string()) {
            self.change.check_column(column);
        }
        if let Some(id) = &fields.sprint_id {
            let sprint = self.known.sprints.iter().find(|sprint| sprint.value.id == *id).ok_or(Error::Raced)?;
            if self.checked.insert(id.to_string()) {
                self.change.check_sprint(sprint);
            }
        }
        Ok(())
    }
}
