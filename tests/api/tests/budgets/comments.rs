//! One call of every function of the comments area.

use crate::functions::Round;
use serde_json::{Value, json};

impl Round {
    pub(crate) async fn comments(&mut self) {
        let person = self.id("user_id").to_owned();
        let first = self.call("comments-add", json!({"body": format!("Ask @[Sam]({person})")})).await.body;
        self.name("comment_id", &first["id"]);
        self.call("comments-add", json!({"body": "A reply", "reply_to": first["id"]})).await;
        self.call("comments-edit", json!({"body": "Never mind"})).await;
        self.named("emoji", "👍");
        self.call("comments-react", Value::Null).await;
        self.call("comments-list", Value::Null).await;
        self.call("comments-unreact", Value::Null).await;
        self.call("comments-remove", Value::Null).await;
    }
}
