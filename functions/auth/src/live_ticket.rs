//! `POST /api/auth/live-ticket`

use jiff::SignedDuration;
use millrace_endpoint::{Call, Endpoint, Json, Nothing, Result, Route, Table, Write, sealed_token};
use millrace_store::live::Ticket;
use schemars::JsonSchema;
use serde::Serialize;

/// How long a ticket is good.
const LIFETIME: SignedDuration = SignedDuration::from_secs(30);

/// Gives a ticket that opens a socket: browsers send no headers with one, and what stands in an address ends up in
/// logs, so it is good once and for half a minute.
#[derive(Clone, JsonSchema)]
pub struct LiveTicket;

/// A ticket for the socket.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TicketAnswer {
    /// Goes into the socket's address as `?ticket=`.
    pub ticket: String,
    /// Seconds until it ends.
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
