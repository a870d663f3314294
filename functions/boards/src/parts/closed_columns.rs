//! Closing columns before their removal, so that no card can enter them.

use millrace_domain::{Error, Result};
use millrace_endpoint::{Table, Write};
use millrace_store::{Scope, Stored, Transaction, board::ColumnRecord};

/// Closes or reopens columns. Returns them as written.
pub(crate) async fn set_closing(
    table: &Table<Write>,
    scope: &Scope,
    columns: &[Stored<ColumnRecord>],
    closing: bool,
) -> Result<Vec<Stored<ColumnRecord>>> {
    let mut change = Transaction::by(scope);
    let checks = change.len();
    let mut changed = columns.to_vec();
    for column in changed.iter_mut().filter(|column| column.value.closing != closing) {
        let mut value = column.value.clone();
        value.closing = closing;
        column.version = change.update(column, &value, None);
        column.value = value;
    }
    if change.len() > checks {
        table.commit(change).await?;
    }
    Ok(changed)
}

/// Reopens the columns that this call, or an earlier interrupted run of it, closed, and returns the refusal.
pub(crate) async fn refuse<T>(
    table: &Table<Write>,
    scope: &Scope,
    columns: &[Stored<ColumnRecord>],
    refusal: Error,
) -> Result<T> {
    set_closing(table, scope, columns, false).await?;
    Err(refusal)
}
