//! `GET /api/auth/sessions`

use jiff::Timestamp;
use millrace_domain::id::SessionId;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Read, Result, Route, Table, answer::List};
use schemars::JsonSchema;
use serde::Serialize;

/// Lists the caller's sessions, most recently used first.
#[derive(Clone, JsonSchema)]
pub struct ListSessions;

/// A sign-in on one device.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OwnSession {
    /// The id.
    pub id: SessionId,
    /// Whether this is the session of the current call.
    pub current: bool,
    /// The browser's user agent; may be empty.
    pub user_agent: String,
    /// The IP address of its last use.
    pub address: String,
    /// When the person signed in.
    pub created_at: Timestamp,
    /// When it was last refreshed.
    pub used_at: Timestamp,
}

impl Endpoint for ListSessions {
    const ROUTE: Route = Route::get("auth-list-sessions", "/api/auth/sessions").signed_in();
    type Uses = (Table<Read>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<List<OwnSession>>;

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let claim = call.claim()?;
        let mut sessions = call.table().sessions(claim).await?;
        sessions.retain(|session| call.now < session.value.expires_at);
        sessions.sort_by_key(|session| std::cmp::Reverse(session.value.used_at));
        let own = |session: millrace_store::account::Session| OwnSession {
            current: session.id == claim.session,
            id: session.id,
            user_agent: session.user_agent,
            address: session.address,
            created_at: session.created_at,
            used_at: session.used_at,
        };
        Ok(Json(List::whole(sessions.into_iter().map(|session| own(session.value)).collect())))
    }
}
