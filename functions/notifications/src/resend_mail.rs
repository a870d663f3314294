//! `POST /api/admin/mails/{mail_id}/resend`

use crate::list_mails::MailDelivery;
use jiff::SignedDuration;
use millrace_endpoint::{
    Call, Endpoint, Error, Json, Nothing, Result, Route, Table, WorkspaceRole, Write, capability::Sender,
};
use millrace_mail::MailRequest;
use millrace_platform::path::MailPath;
use millrace_store::{
    Transaction,
    mail::{MailRecord, MailStatus},
};
use schemars::JsonSchema;

/// The queue retries a mail for about this long. A mail that is still waiting after that was never enqueued.
const LOST_AFTER: SignedDuration = SignedDuration::from_hours(1);

/// Sends a failed mail again, or one that was never enqueued.
#[derive(Clone, JsonSchema)]
pub struct ResendMail;

impl Endpoint for ResendMail {
    const ROUTE: Route = Route::post("notifications-resend-mail", "/api/admin/mails/{mail_id}/resend")
        .in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Write>, Sender<MailRequest>);
    type Path = MailPath;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<MailDelivery>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, id) = (call.table(), call.path.mail_id);
        let (scope, stored) = call.authorize(|scope| async move { table.mail(&scope, id).await }).await?;
        let lost = stored.value.status == MailStatus::Queued && stored.value.updated_at + LOST_AFTER < call.now;
        if stored.value.status != MailStatus::Failed && !lost {
            return Err(Error::conflict("Only a mail that failed is sent again."));
        }
        let mail = MailRecord {
            status: MailStatus::Queued,
            tries: 0,
            reason: None,
            updated_at: call.now,
            ..stored.value.clone()
        };
        let mut change = Transaction::by(&scope);
        change.update_mail(&scope, &stored, &mail);
        let answer = call.commit(change, Json(MailDelivery::from(mail))).await?;
        let request = MailRequest::Deliver { workspace: scope.workspace().clone(), mail: id };
        call.uses::<Sender<MailRequest>, _>().send(&request).await?;
        Ok(answer)
    }
}
