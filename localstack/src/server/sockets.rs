//! The WebSocket API as API Gateway runs it: a function is invoked for `$connect` before the socket opens, for each
//! frame by its `action`, and for `$disconnect` when it closes.

use super::System;
use axum::{
    body::Bytes,
    extract::{
        Query, State,
        ws::{Message, WebSocket, WebSocketUpgrade},
    },
    http::StatusCode,
    response::{IntoResponse, Response},
};
use futures::{SinkExt, StreamExt};
use millrace_domain::token::random_string;
use millrace_endpoint::declared::Trigger;
use serde_json::{Value, json};
use std::{collections::HashMap, sync::Arc, time::Duration};
use tokio::sync::mpsc;

/// API Gateway closes a socket that was silent for this long.
const LONGEST_SILENCE: Duration = Duration::from_secs(600);
/// API Gateway takes frames of this size.
const LARGEST_FRAME: usize = 128 * 1024;

pub(crate) async fn open(
    State(system): State<Arc<System>>,
    Query(query): Query<HashMap<String, String>>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let connection = random_string(12);
    match system.call(&connection, "$connect", Some(&query), None).await {
        Ok(200) => {}
        Ok(status) => return StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
        Err(error) => {
            tracing::error!(%error, "a socket could not be opened");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    }
    let outgoing = system.stand_ins.sockets().register(&connection);
    upgrade.max_message_size(LARGEST_FRAME).on_upgrade(move |socket| run(system, connection, socket, outgoing))
}

async fn run(system: Arc<System>, connection: String, socket: WebSocket, mut outgoing: mpsc::Receiver<Bytes>) {
    let (mut sender, mut receiver) = socket.split();
    let sending = async {
        while let Some(frame) = outgoing.recv().await {
            let Ok(text) = String::from_utf8(frame.into()) else { continue };
            if sender.send(Message::Text(text.into())).await.is_err() {
                return;
            }
        }
        // A peer that is gone cannot be told so.
        drop(sender.close().await);
    };
    let receiving = async {
        while let Ok(Some(Ok(message))) = tokio::time::timeout(LONGEST_SILENCE, receiver.next()).await {
            match message {
                Message::Text(text) => {
                    system.stand_ins.sockets().heard(&connection);
                    system.frame(&connection, text.as_str()).await;
                }
                Message::Close(_) => return,
                _ => {}
            }
        }
    };
    tokio::select! {
        () = sending => {}
        () = receiving => {}
    }
    system.stand_ins.sockets().remove(&connection);
    if let Err(error) = system.call(&connection, "$disconnect", None, None).await {
        tracing::error!(%error, connection, "a closed socket was not forgotten");
    }
}

impl System {
    async fn frame(&self, connection: &str, text: &str) {
        let action = serde_json::from_str::<Value>(text).ok();
        let action = action.as_ref().and_then(|frame| frame.get("action")).and_then(Value::as_str);
        let known = |action: &&str| !action.starts_with('$') && self.route(action).is_some();
        let route = action.filter(known).unwrap_or("$default");
        if let Err(error) = self.call(connection, route, None, Some(text)).await {
            tracing::error!(%error, connection, route, "a frame was not answered");
        }
    }

    fn route(&self, action: &str) -> Option<millrace_endpoint::declared::Invoke> {
        let own = |trigger: Trigger| matches!(trigger, Trigger::Socket(route) if route == action);
        self.functions.iter().find(|declared| own(declared.trigger)).and_then(|declared| declared.invoke)
    }

    /// Calls a socket route with an event as API Gateway sends it; the status that it answered.
    async fn call(
        &self,
        connection: &str,
        route: &str,
        query: Option<&HashMap<String, String>>,
        body: Option<&str>,
    ) -> millrace_domain::Result<u16> {
        let Some(invoke) = self.route(route) else { return Ok(403) };
        let now = self.clock.now().as_millisecond();
        let event = json!({
            "requestContext": {
                "routeKey": route, "connectionId": connection, "stage": "live", "requestTimeEpoch": now, "connectedAt": now,
                "eventType": match route { "$connect" => "CONNECT", "$disconnect" => "DISCONNECT", _ => "MESSAGE" },
            },
            "queryStringParameters": query,
            "body": body,
            "isBase64Encoded": false,
        });
        let answer = invoke(self.platform.clone(), event).await?;
        Ok(answer
            .get("statusCode")
            .and_then(Value::as_u64)
            .and_then(|status| u16::try_from(status).ok())
            .unwrap_or(200))
    }
}
