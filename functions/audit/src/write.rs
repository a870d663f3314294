//! `audit-write`

use millrace_endpoint::{Consumer, Delivery, Result, Table, Write};
use millrace_platform::queue::Recorded;

/// Appends an event to its workspace's audit trail. A redelivered event is stored once.
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
        table.record(&delivery.scope(|message| &message.0.workspace), event).await
    }
}
