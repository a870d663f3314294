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

/// Returns the workspace's audit trail, newest first: every change in all projects and in the workspace itself.
///
/// A page may hold fewer entries than the limit and still have a next one: follow `next` until it is null. With
/// `Accept: text/csv` returns everything at once, up to 10,000 entries.
#[derive(Clone, JsonSchema)]
pub struct Audit;

/// Filters of the audit trail.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct AuditQuery {
    /// Only entries of this person.
    pub actor: Option<UserId>,
    /// Event types, separated by commas: entries of any of them.
    #[serde(default, rename = "type")]
    pub kind: AnyOf<EventType>,
    /// Only entries at or after this time.
    pub from: Option<Timestamp>,
    /// Only entries before this time.
    pub to: Option<Timestamp>,
    /// The page size: 1 to 100. Defaults to 50.
    pub limit: Option<u8>,
    /// The cursor: `next` of the previous page.
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
