//! Many changes in as few transactions as take them.

use crate::writer::TaskWriter;
use millrace_domain::Result;
use millrace_store::{Table, Transaction, Write};

/// Fills transactions one after the other. What belongs together is put in at once, and stays in one transaction.
pub(crate) struct Filling<'call, B> {
    table: &'call Table<Write>,
    begin: B,
    open: Transaction,
}

impl<S> TaskWriter<'_, S> {
    /// Fills transactions that `guard` makes conditional. Each keeps room for `more` items, since the last one takes
    /// them.
    pub(crate) fn fill<'call>(
        &'call self,
        table: &'call Table<Write>,
        more: usize,
        guard: impl Fn(&mut Transaction) + 'call,
    ) -> Filling<'call, impl Fn() -> Transaction> {
        let begin = move || {
            let mut change = self.begin();
            guard(&mut change);
            change.reserve(more);
            change
        };
        let open = begin();
        Filling { table, begin, open }
    }
}

impl<B: Fn() -> Transaction> Filling<'_, B> {
    /// Puts in what belongs together. Where the open transaction has no room for it, that one is written first.
    ///
    /// # Errors
    /// As every write.
    pub(crate) async fn put(&mut self, piece: Transaction) -> Result<()> {
        if piece.len() > self.open.room() {
            self.table.commit(std::mem::replace(&mut self.open, (self.begin)())).await?;
        }
        self.open.append(piece);
        Ok(())
    }

    /// The last transaction, which is not written yet. It has room for the items that were to come.
    pub(crate) fn last(self, more: usize) -> Transaction {
        let mut last = self.open;
        last.release(more);
        last
    }
}
