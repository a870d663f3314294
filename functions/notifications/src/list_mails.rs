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

/// Lists the workspace's mails to its members, newest first, and how far each came. They are told for 30 days.
#[derive(Clone, JsonSchema)]
pub struct ListMails;

/// Which mails are asked for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct MailsQuery {
    /// How many at the most: 1 to 100, without it 50.
    pub limit: Option<u8>,
    /// Where to go on: `next` of the part before.
    pub cursor: Option<String>,
    /// Only those that failed.
    pub failed: Option<bool>,
}

/// A mail to a member.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MailDelivery {
    /// Its id.
    pub id: MailId,
    /// Who it goes to.
    pub user_id: UserId,
    /// The address that it last went to; null before it was tried.
    pub address: Option<String>,
    /// What it is about.
    pub topic: MailTopic,
    /// How far it came.
    pub status: MailStatus,
    /// How often the mail service was asked to take it.
    pub tries: u32,
    /// Why the mail service did not take it the last time; null where it did.
    pub reason: Option<String>,
    /// When it was decided.
    pub created_at: Timestamp,
    /// When this last changed.
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
