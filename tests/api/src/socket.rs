use crate::{PATIENCE, Stack};
use futures::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async, tungstenite::Message};

/// An open socket.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Opens a socket with a ticket; the status where it is refused.
    pub async fn open(stack: &Stack, ticket: &str) -> Result<Self, u16> {
        let url = stack.url(&format!("/live?ticket={ticket}")).replace("http://localhost", "ws://127.0.0.1");
        match connect_async(url).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Sends a frame.
    pub async fn send(&mut self, frame: Value) {
        self.send_text(&frame.to_string()).await;
    }

    /// Sends a frame as it is.
    pub async fn send_text(&mut self, frame: &str) {
        self.0.send(Message::Text(frame.into())).await.expect("the socket is open");
    }

    /// The next frame of the type `kind`; others are passed over.
    pub async fn next(&mut self, kind: &str) -> Value {
        let wait = async {
            loop {
                let frame = self.frame().await;
                if frame["type"] == kind {
                    return frame;
                }
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.unwrap_or_else(|_| panic!("no frame of the type {kind}"))
    }

    /// The next frame, whatever it is.
    pub async fn next_of_any(&mut self) -> Value {
        tokio::time::timeout(PATIENCE, self.frame()).await.expect("a frame")
    }

    async fn frame(&mut self) -> Value {
        loop {
            match self.0.next().await.expect("the socket is open").expect("a frame") {
                Message::Text(text) => return serde_json::from_str(&text).expect("JSON"),
                Message::Close(_) => panic!("the socket was closed"),
                _ => {}
            }
        }
    }

    /// Subscribes to a board; the `subscribed` frame.
    pub async fn subscribe(&mut self, board: &str, after: Option<&str>) -> Value {
        self.send(json!({"action": "subscribe", "board_id": board, "after": after})).await;
        self.next("subscribed").await
    }

    /// Closes the socket in an orderly way.
    pub async fn close(mut self) {
        self.0.close(None).await.expect("closes");
    }
}
