//! `notify-dispatch`: decides who is notified of an event, and on which channels.

use crate::parts::messages::{Told, plan};
use futures::future::join_all;
use jiff::Timestamp;
use millrace_domain::{
    id::WorkspaceId,
    live::{Frame, frame::Notified},
    notification::{BURST, notice::Source},
};
use millrace_endpoint::{
    Consumer, Delivery, Error, Result, Table, Write,
    capability::{Posted, Sender, Sockets},
    racing::again,
};
use millrace_mail::MailRequest;
use millrace_platform::queue::Noticed;
use millrace_store::{Scope, Transaction, mail::MailStatus, scope::Internal, transaction::MOST_ITEMS};
use std::{collections::BTreeMap, time::Duration};

/// Delivers events to people: to the inbox, to their open sockets, and by mail.
///
/// A person's notification, unread count, mail and delivery progress are one write. A redelivered message continues
/// where the last run ended and does nothing if it was finished.
#[derive(Clone)]
pub struct Dispatch;

impl Consumer for Dispatch {
    const NAME: &'static str = "notify-dispatch";
    const ABOUT: &'static str = "Decides from events who hears of them and by which ways: writes in-app notifications, posts them to open sockets, and queues mails.";
    type Message = Noticed;
    type Uses = (Table<Write>, Sender<MailRequest>, Sockets);

    async fn handle(delivery: Delivery<Self>) -> Result<()> {
        let source = &delivery.message.0;
        tell(&delivery, &[source]).await
    }

    async fn handle_all(deliveries: Vec<Delivery<Self>>) -> Vec<Result<()>> {
        let mut workspaces: BTreeMap<&WorkspaceId, Vec<&Delivery<Self>>> = BTreeMap::new();
        for delivery in &deliveries {
            workspaces.entry(delivery.message.0.workspace()).or_default().push(delivery);
        }
        let mut failed: BTreeMap<String, Error> = BTreeMap::new();
        for of_workspace in workspaces.into_values() {
            let sources: Vec<&Source> = of_workspace.iter().map(|delivery| &delivery.message.0).collect();
            let Some(first) = of_workspace.first() else { continue };
            if tell(first, &sources).await.is_ok() {
                continue;
            }
            // One that cannot be told takes none of the others with it.
            for delivery in of_workspace {
                if let Err(error) = Self::handle(delivery.clone()).await {
                    failed.insert(delivery.id.clone(), error);
                }
            }
        }
        deliveries.iter().map(|delivery| failed.remove(&delivery.id).map_or(Ok(()), Err)).collect()
    }
}

/// Tells people of what happened in the workspace of `delivery`.
async fn tell(delivery: &Delivery<Dispatch>, sources: &[&Source]) -> Result<()> {
    let scope = delivery.scope(|message| message.0.workspace());
    again(|| tell_once(delivery, &scope, sources)).await
}

async fn tell_once(delivery: &Delivery<Dispatch>, scope: &Scope<Internal>, sources: &[&Source]) -> Result<()> {
    let (table, now): (&Table<Write>, _) = (delivery.uses(), delivery.now);
    let plan = plan(table, scope, sources, now).await?;
    let mut noticed = plan.noticed;
    let mut rest = plan.told.as_slice();
    while !rest.is_empty() {
        let chunk = chunk(rest, plan.heard.len());
        rest = rest.get(chunk.len()..).unwrap_or_default();
        // The queue comes first: a mail whose write does not happen is none, and one that is not in the queue is lost.
        queue_mails(delivery, scope, chunk).await?;
        let up_to = chunk.last().filter(|_| !rest.is_empty()).map(|told| told.user.clone());
        let mut change = Transaction::internal(scope);
        for event in &plan.heard {
            let after = change.put_noticed(scope, *event, noticed.get(event), up_to.clone(), now);
            noticed.insert(*event, after);
        }
        chunk.iter().for_each(|told| told.write(&mut change, scope));
        table.commit(change).await?;
        join_all(chunk.iter().map(|told| show(delivery, scope, told, now))).await;
    }
    Ok(())
}

/// The maximum number of people per write, beside the progress of each event.
fn chunk(told: &[Told], events: usize) -> &[Told] {
    let mut items = events;
    let fit = told.iter().take_while(|told| {
        items += told.items();
        items <= MOST_ITEMS
    });
    let count = fit.count().max(1);
    told.get(..count).unwrap_or(told)
}

async fn queue_mails(delivery: &Delivery<Dispatch>, scope: &Scope<Internal>, chunk: &[Told]) -> Result<()> {
    let queued = chunk.iter().flat_map(|told| &told.mails).filter(|(mail, _)| mail.status == MailStatus::Queued);
    let requests: Vec<MailRequest> =
        queued.map(|(mail, _)| MailRequest::Deliver { workspace: scope.workspace().clone(), mail: mail.id }).collect();
    let wait = Duration::try_from(BURST).map_err(Error::internal)?;
    delivery.uses::<Sender<MailRequest>, _>().send_all_after(&requests, wait).await
}

/// Posts a person's notifications to their open sockets. Anyone who misses them finds them in the inbox.
async fn show(delivery: &Delivery<Dispatch>, scope: &Scope<Internal>, told: &Told, now: Timestamp) {
    let sockets: &Sockets = delivery.uses();
    if told.sockets.is_empty() {
        return;
    }
    for note in told.notes.values().map(|(_, note)| note).filter(|note| note.channels.in_app) {
        let (notification, unread_count) = (note.notification.clone(), told.inbox.unread_count(now));
        let frame = Frame::from(Notified { notification, unread_count });
        let posted = sockets.post_all(told.sockets.clone(), &frame).await.unwrap_or_default();
        for (connection, _) in posted.into_iter().filter(|(_, posted)| *posted == Posted::Gone) {
            let forgotten = delivery.uses::<Table<Write>, _>().remove_own_socket(scope, &told.user, &connection).await;
            if let Err(error) = forgotten {
                tracing::warn!(connection, %error, "a socket that is gone was not forgotten");
            }
        }
    }
}
