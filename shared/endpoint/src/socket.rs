//! Socket routes: functions that API Gateway invokes for frames of an open WebSocket.

use crate::{
    capability::{Capabilities, Capability, Holds, Sockets},
    platform::Platform,
    problem::Problem,
    racing::again,
};
use jiff::Timestamp;
use millrace_domain::{Error, Result, error::Refusal, id::ProjectKey, workspace::role::Need};
use millrace_store::{
    Claim, Scope, Table,
    live::Connection,
    scope::{Pending, Verified},
    table::Mode,
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use std::{collections::HashMap, sync::Arc};

/// A function that is called for one action of a client, or when a socket opens or closes.
pub trait SocketRoute: Clone + Send + Sync + Sized + 'static {
    /// The function's name.
    const NAME: &'static str;
    /// What it is for, for the reference.
    const ABOUT: &'static str;
    /// The `action` that it is called for, or `$connect`, `$disconnect` or `$default`.
    const ROUTE: &'static str;
    /// The only capabilities that its code gets and that its role grants, beside answering on its own socket.
    type Uses: Capabilities;
    /// The fields that the client sends beside `action`.
    type Body: DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static;
    /// The frames that the same socket is answered with.
    type Output: Serialize + JsonSchema + From<Refusal> + Send + Sync + 'static;
    /// Seconds after which AWS ends a call.
    const TIMEOUT: u32 = 10;

    /// Does what the client asks. The frames that it returns are sent on the same socket, in that order. It is run again
    /// where somebody else wrote what it had read.
    fn handle(incoming: Incoming<Self>) -> impl Future<Output = Result<Vec<Self::Output>>> + Send;
}

/// What a client sent over a socket.
#[derive(Clone)]
pub struct Incoming<S: SocketRoute> {
    /// The socket that it came on.
    pub connection: String,
    /// The fields that were sent.
    pub body: S::Body,
    /// When it came.
    pub now: Timestamp,
    /// The `ticket` that the socket was opened with; on `$connect` alone.
    pub ticket: Option<String>,
    uses: S::Uses,
}

impl<S: SocketRoute> Incoming<S> {
    /// The table, with what was declared that may be done with it.
    pub fn table<M: Mode, P>(&self) -> &Table<M>
    where
        S::Uses: Holds<Table<M>, P>,
    {
        self.uses.held()
    }

    /// Another capability that was declared.
    pub fn uses<C, P>(&self) -> &C
    where
        S::Uses: Holds<C, P>,
    {
        self.uses.held()
    }

    /// Whose socket it is.
    ///
    /// # Errors
    /// [`Error::Unauthorized`] where the socket is not signed in.
    pub async fn connection<M, P>(&self) -> Result<millrace_store::Stored<Connection>>
    where
        M: Mode,
        S::Uses: Holds<Table<M>, P>,
    {
        self.table::<M, P>().connection(&self.connection).await
    }

    /// Looks up the roles of whoever holds the socket and, at the same time, reads what the handler needs.
    ///
    /// # Errors
    /// What the roles lack, before what the read failed with.
    pub async fn authorize<M, P, T, F>(
        &self,
        connection: &Connection,
        project: &ProjectKey,
        need: Need,
        read: impl FnOnce(Scope<Pending>) -> F,
    ) -> Result<(Scope<Verified>, T)>
    where
        M: Mode,
        S::Uses: Holds<Table<M>, P>,
        F: Future<Output = Result<T>>,
    {
        let claim = Claim {
            person: connection.user.clone(),
            workspace: Some(connection.workspace.clone()),
            session: connection.session.clone(),
            role: None,
        };
        let pending = Scope::pending(&claim, Some(project.clone()))?;
        let verify = self.table::<M, P>().verify(pending.clone(), need, None, None);
        let (scope, result) = futures::join!(verify, read(pending));
        Ok((scope?, result?))
    }
}

/// The event as API Gateway sends it, as far as it is needed:
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html>.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireMessage {
    request_context: WireContext,
    #[serde(default)]
    query_string_parameters: Option<HashMap<String, String>>,
    #[serde(default)]
    body: Option<String>,
}
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireContext {
    connection_id: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct WireAnswer {
    status_code: u16,
}

pub(crate) async fn route<S: SocketRoute>(platform: Arc<Platform>, event: Value) -> Result<Value> {
    let event: WireMessage = serde_json::from_value(event).map_err(Error::internal)?;
    let connection = event.request_context.connection_id;
    let opens = S::ROUTE == "$connect";
    let closes = S::ROUTE == "$disconnect";
    let result = async {
        let body = event.body.as_deref().filter(|body| !body.is_empty() && !opens && !closes).unwrap_or("{}");
        let mut deserializer = serde_json::Deserializer::from_str(body);
        let body = serde_path_to_error::deserialize(&mut deserializer).map_err(crate::body::refused)?;
        let incoming = Incoming::<S> {
            connection: connection.clone(),
            body,
            now: platform.clock.now(),
            ticket: event.query_string_parameters.unwrap_or_default().remove("ticket"),
            uses: S::Uses::connect(&platform),
        };
        again(|| S::handle(incoming.clone())).await
    }
    .await;
    tracing::info!(
        function = S::NAME,
        connection,
        status = result.as_ref().err().map_or(200, Error::status),
        refused = result.as_ref().err().map(tracing::field::display),
        cause = result.as_ref().err().and_then(std::error::Error::source).map(tracing::field::display),
        "frame"
    );
    let frames = match result {
        Ok(frames) => frames,
        Err(error) if opens || closes => return status(error.status()),
        Err(error) => vec![refusal(S::ROUTE, &error, &connection).into()],
    };
    if !opens && !closes {
        let sockets = Sockets::connect(&platform);
        for frame in frames {
            sockets.post(&connection, &frame).await?;
        }
    }
    status(200)
}

/// The refusal that an `error` frame tells.
fn refusal(action: &str, error: &Error, connection: &str) -> Refusal {
    let Problem { status, detail, errors, current, .. } = Problem::new(error, connection);
    Refusal { action: action.to_owned(), status, detail, errors, current }
}

/// The answer that API Gateway takes from a route of a socket: a status other than 200 keeps a socket from opening.
fn status(status: u16) -> Result<Value> {
    serde_json::to_value(WireAnswer { status_code: status }).map_err(Error::internal)
}

/// A socket route, as the reference describes it.
pub struct SocketOperation {
    /// The fields that the client sends beside `action`.
    pub body: Schema,
    /// The frames that it is answered with.
    pub output: Schema,
}

/// Describes a socket route, with one generator for what is sent and one for what is answered.
pub(crate) fn describe<S: SocketRoute>(sent: &mut SchemaGenerator, answered: &mut SchemaGenerator) -> SocketOperation {
    SocketOperation { body: S::Body::json_schema(sent), output: S::Output::json_schema(answered) }
}

/// What the role of a socket route grants, beside what it declares: answering on its own socket.
pub(crate) fn grants<S: SocketRoute>() -> Vec<crate::Grant> {
    let mut grants = S::Uses::grants();
    if S::ROUTE != "$connect" && S::ROUTE != "$disconnect" {
        grants.extend_from_slice(Sockets::GRANTS);
        grants.sort();
        grants.dedup();
    }
    grants
}
