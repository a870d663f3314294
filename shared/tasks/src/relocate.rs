//! Moving all cards of a column to another one, since theirs is removed.

use crate::writer::{Known, TaskWriter, Told};
use millrace_domain::{
    Result, board::rank::Rank, event::EventData, id::TaskKey, resource::Counts, task::custom::FieldDefinition,
};
use millrace_store::{
    Stored, Table, Transaction, Write,
    board::{BoardWithColumns, ColumnRecord},
    snapshot::{count_part, mark_blocked},
    task::TaskRecord,
};
use std::collections::HashMap;

/// A column whose cards go to another one.
#[derive(Debug, Clone, Copy)]
pub struct Relocation<'read> {
    /// The board of both.
    pub board: &'read BoardWithColumns,
    /// The column that they leave.
    pub from: &'read Stored<ColumnRecord>,
    /// The column that they go to.
    pub to: &'read Stored<ColumnRecord>,
    /// All live tasks of the board's project.
    pub tasks: &'read [Stored<TaskRecord>],
    /// The project's own fields.
    pub definitions: &'read [FieldDefinition],
}

impl Relocation<'_> {
    fn counts(&self) -> HashMap<TaskKey, Counts> {
        let mut counts = HashMap::new();
        self.tasks.iter().for_each(|task| count_part(&mut counts, task));
        mark_blocked(&mut counts, self.tasks);
        counts
    }
}

impl<S> TaskWriter<'_, S> {
    /// Moves the cards of a column to the bottom of another one, in their order, whatever the workflow and the limit say.
    ///
    /// It takes as few transactions as hold them. The last one is not written yet, and has room for `more` items beside
    /// the call's answer. A run that breaks off leaves every card in one of the two columns.
    ///
    /// # Errors
    /// As every write.
    pub async fn relocate(&self, table: &Table<Write>, relocation: Relocation<'_>, more: usize) -> Result<Transaction> {
        let Relocation { board, from, to, tasks, definitions } = relocation;
        let counts = relocation.counts();
        let mut cards: Vec<_> = tasks.iter().filter(|task| task.value.fields.column_id == from.value.id).collect();
        cards.sort_by_key(|card| card.value.fields.order());
        // Those that came over before stay above those that come now, when a relocation is carried on.
        let above = tasks.iter().filter(|task| task.value.fields.column_id == to.value.id).count();
        let mut filling = self.fill(table, more, |change| change.check_column(to));
        for (place, card) in cards.into_iter().enumerate() {
            let counts = counts.get(&card.value.fields.key).copied().unwrap_or_default();
            let known = Known::of(card, std::slice::from_ref(board), counts, definitions)?;
            let mut fields = known.fields().clone();
            let rank = Rank::bottom_of_many(self.now, above + place);
            fields.place(&to.value.id, rank, to.value.category, self.now);
            let mut piece = Transaction::default();
            self.write(&mut piece, known.step(fields, Told::As(EventData::TaskMoved)))?;
            filling.put(piece).await?;
        }
        Ok(filling.last(more))
    }
}
