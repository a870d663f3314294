//! `audit-write`

use millrace_endpoint::{Consumer, Delivery, Result, Table, Write, queue::Recorded};
use millrace_store::Scope;

/// Puts an event into its workspace's audit trail. One that comes again stands there once.
#[derive(Clone)]
pub struct WriteAudit;

impl Consumer for WriteAudit {
    const NAME: &'static str = "audit-write";
    const ABOUT: &'static str = "Writes every committed event into the audit trail of its workspace.";
    type Message = Recorded;
    type Uses = (Table<Write>,);

    async fn handle(delivery: Delivery<Self>) -> Result<()> {
        let Recorded(event) = &*delivery.message;
        let table: &Table<Write> = delivery.uses();
        table.record(&Scope::internal(event.workspace.clone()), event).await
    }
}
