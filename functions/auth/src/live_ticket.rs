//! `POST /api/auth/live-ticket`

use jiff::SignedDuration;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route, Table, Write, sealed_token};
use millrace_store::live::Ticket;
use schemars::JsonSchema;
use serde::Serialize;

/// The lifetime of a ticket.
const LIFETIME: SignedDuration = SignedDuration::from_secs(30);

/// Creates a ticket that opens a WebSocket. Browsers cannot send headers with a WebSocket handshake, and query
/// parameters end up in logs, so a ticket is valid once and for 30 seconds.
#[derive(Clone, JsonSchema)]
pub struct LiveTicket;

/// A single-use ticket for the WebSocket.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TicketAnswer {
    /// Sent as `?ticket=` in the WebSocket's URL.
    pub ticket: String,
    /// Seconds until the ticket expires.
    pub expires_in: i64,
}

impl Endpoint for LiveTicket {
    const ROUTE: Route = Route::post("auth-live-ticket", "/api/auth/live-ticket").signed_in();
    type Uses = (Table<Write>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Nothing;
    type Output = Json<TicketAnswer>;

    async fn handle(call: Call<Self>) -> Result<Json<TicketAnswer>> {
        let claim = call.claim()?;
        let secret = sealed_token::new_secret();
        let ticket = Ticket {
            user: claim.person.clone(),
            workspace: call.workspace()?.clone(),
            session: claim.session.clone(),
            expires_at: call.now + LIFETIME,
        };
        call.table().put_ticket(&sealed_token::hash(&secret), &ticket).await?;
        Ok(Json(TicketAnswer { ticket: secret, expires_in: LIFETIME.as_secs() }))
    }
}
