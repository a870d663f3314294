//! An open socket.

use crate::{
    deployed::{Deployed, soon},
    person::{Person, text},
};
use anyhow::{Context, Result, bail};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

/// A person's open socket.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opens one.
    pub async fn open(deployed: &Deployed, person: &Person<'_>) -> Result<Self> {
        let ticket = person.call("auth-live-ticket", &[], Some(json!({}))).await?.ok(200)?;
        let url = format!("{}?ticket={}", deployed.socket_url, text(&ticket["ticket"])?);
        let (socket, _) = connect_async(url).await.context("the socket does not open")?;
        deployed.saw("live-connect");
        Ok(Self(socket))
    }

    /// Sends a frame.
    pub async fn send(&mut self, frame: Value) -> Result<()> {
        Ok(self.0.send(Message::Text(frame.to_string().into())).await?)
    }

    /// The next frame of the type `kind` for which `holds`; others are passed over.
    pub async fn next_where(&mut self, kind: &str, holds: impl Fn(&Value) -> bool) -> Result<Value> {
        let frame = async {
            loop {
                match self.0.next().await.context("the socket is closed")?? {
                    Message::Text(text) => {
                        let frame: Value = serde_json::from_str(&text)?;
                        if frame["type"] == kind && holds(&frame) {
                            return Ok(frame);
                        }
                        if frame["type"] == "error" && kind != "error" {
                            bail!("{frame}");
                        }
                    }
                    Message::Close(_) => bail!("the socket was closed"),
                    _ => {}
                }
            }
        };
        soon(&format!("a frame of the type {kind}"), frame).await
    }

    /// The next frame of the type `kind`.
    pub async fn next(&mut self, kind: &str) -> Result<Value> {
        self.next_where(kind, |_| true).await
    }

    /// Closes it.
    pub async fn close(mut self) -> Result<()> {
        Ok(self.0.close(None).await?)
    }
}
