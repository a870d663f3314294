//! `GET /api/audit`

use jiff::Timestamp;
use millrace_domain::{
    Error,
    event::{Event, EventType, audit},
    id::{EventId, UserId},
    task::filter::AnyOf,
};
use millrace_endpoint::{
    Call, Endpoint, Nothing, Read, Result, Route, Table, WorkspaceRole,
    answer::{JsonOrCsv, List},
};
use millrace_store::audit::AuditFilter;
use schemars::JsonSchema;
use serde::Deserialize;

/// Reads the workspace's audit trail, newest first: who did what, in every project and to the workspace itself.
///
/// A part may hold fewer than were asked for, and go on all the same: follow `next` to its end. As CSV where `Accept`
/// asks for `text/csv`: then all of it at once, without parts, up to ten thousand entries.
#[derive(Clone, JsonSchema)]
pub struct Audit;

/// Which part of the audit trail is asked for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct AuditQuery {
    /// What this person did.
    pub actor: Option<UserId>,
    /// Kinds of event, with commas between them: any of them.
    #[serde(default, rename = "type")]
    pub kind: AnyOf<EventType>,
    /// At this time or later.
    pub from: Option<Timestamp>,
    /// Before this time.
    pub to: Option<Timestamp>,
    /// How many at the most: 1 to 100, 50 if nobody says.
    pub limit: Option<u8>,
    /// Where to go on: `next` of the part before.
    pub cursor: Option<String>,
}

impl AuditQuery {
    fn filter(&self) -> Result<AuditFilter> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to <= from
        {
            return Err(Error::field("to", "is not after `from`"));
        }
        Ok(AuditFilter {
            actor: self.actor.clone(),
            kinds: self.kind.0.clone(),
            first: self.from.map_or_else(EventId::nil, EventId::first_at),
            last: self.to.map_or_else(EventId::last, EventId::first_at),
        })
    }
}

impl Endpoint for Audit {
    const ROUTE: Route = Route::get("workspaces-audit", "/api/audit").in_workspace(WorkspaceRole::Admin);
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = AuditQuery;
    type Body = Nothing;
    type Output = JsonOrCsv<List<Event>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, filter) = (call.table(), &call.query.filter()?);
        if call.wants("text/csv") {
            let read = |scope| async move { table.whole_audit(&scope, filter).await };
            let (_, events) = call.authorize(read).await?;
            return Ok(JsonOrCsv::Csv { file: "audit-trail.csv".to_owned(), text: audit::table(&events) });
        }
        let part = &call.part(call.query.limit, call.query.cursor.as_ref())?;
        let (_, page) = call.authorize(|scope| async move { table.audit(&scope, filter, part).await }).await?;
        Ok(JsonOrCsv::Json(page.into()))
    }
}
