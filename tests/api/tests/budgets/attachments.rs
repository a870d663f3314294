//! One call of every function of the attachments area, and of the one that takes a person's picture.

use crate::functions::Round;
use serde_json::{Value, json};

impl Round {
    pub(crate) async fn attachments(&mut self) {
        let text = b"A few words";
        let file = json!({"name": "notes.txt", "content_type": "text/plain", "size": text.len()});
        let begun = self.call("attachments-create", file).await.body;
        self.name("attachment_id", &begun["id"]);
        let sent = self.stack.send_by_form(&begun["upload"], text.to_vec()).await;
        assert_eq!(sent.status, 204, "{}", sent.text);
        self.call("attachments-complete", Value::Null).await;
        self.stack.idle().await;
        self.call("attachments-list", Value::Null).await;
        self.call("attachments-download", Value::Null).await;
        let key = format!("files/{}/{}/{}", self.id("workspace_id"), self.id("task"), self.id("attachment_id"));
        let body = json!({"Records": [{"s3": {"object": {"key": key}}}]});
        self.invoke("attachments-scan", json!({"Records": [{"messageId": "measured", "body": body.to_string()}]}))
            .await;
        self.call("attachments-remove", Value::Null).await;
        self.call("users-avatar", json!({"size": 100, "content_type": "image/png"})).await;
    }
}
