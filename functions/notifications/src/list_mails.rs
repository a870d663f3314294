//! `GET /api/admin/mails`

use jiff::Timestamp;
use millrace_domain::{
    id::{MailId, UserId},
    notification::preferences::MailTopic,
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, WorkspaceRole, answer::List};
use millrace_store::mail::{MailRecord, MailStatus};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Lists the mails sent to members of the workspace, newest first, with their delivery state. They are kept for 30
/// days.
#[derive(Clone, JsonSchema)]
pub struct ListMails;

/// Filters of the mails.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct MailsQuery {
    /// The page size: 1 to 100. Defaults to 50.
    pub limit: Option<u8>,
    /// The cursor: `next` of the previous page.
    pub cursor: Option<String>,
    /// Only mails that failed.
    pub failed: Option<bool>,
}

/// A mail to a member.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MailDelivery {
    /// The id.
    pub id: MailId,
    /// The recipient.
    pub user_id: UserId,
    /// The address it was last sent to; null before the first attempt.
    pub address: Option<String>,
    /// What it is about.
    pub topic: MailTopic,
    /// How far it has come.
    pub status: MailStatus,
    /// The number of delivery attempts.
    pub tries: u32,
    /// The error of the last attempt; null if it succeeded.
    pub reason: Option<String>,
    /// When the mail was created.
    pub created_at: Timestamp,
    /// When the state last changed.
    pub updated_at: Timestamp,
}

impl From<MailRecord> for MailDelivery {
    fn from(mail: MailRecord) -> Self {
        Self {
            id: mail.id,
            user_id: mail.user,
            address: mail.address.map(|address| address.to_string()),
            topic: mail.content.topic(),
            status: mail.status,
            tries: mail.tries,
            reason: mail.reason,
            created_at: mail.created_at,
            updated_at: mail.updated_at,
        }
    }
}

impl Endpoint for ListMails {
    const ROUTE: Route = Route::get("notifications-list-mails", "/api/admin/mails").in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = MailsQuery;
    type Body = Nothing;
    type Output = Json<List<MailDelivery>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let part = &call.part(call.query.limit, call.query.cursor.as_ref())?;
        let (table, failed) = (call.table(), call.query.failed.unwrap_or(false));
        let read = |scope| async move {
            if failed { table.failed_mails(&scope, part).await } else { table.mails(&scope, part).await }
        };
        let (_, page) = call.authorize(read).await?;
        Ok(Json(page.map(MailDelivery::from).into()))
    }
}
