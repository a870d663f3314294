//! The notifications area, and the consumers that feed it.

use crate::functions::Round;
use serde_json::{Value, json};

impl Round {
    /// Needs a task and a second person with a role in its project.
    pub(crate) async fn notifications(&mut self) {
        self.stack.advance("PT2M").await;
        let own = self.call("users-me", Value::Null).await.body["id"].clone();
        let history = self.call("tasks-history", Value::Null).await.body;
        // Told again as something that a second person did, so that the caller hears of it.
        let of_task = |event: &&Value| event["data"]["card"].is_object();
        let mut event = history["items"].as_array().and_then(|items| items.iter().find(of_task)).expect("one").clone();
        event["id"] = json!("01K2Z3Y4X5W6V7T8S9R0Q1P2N4");
        event["actor"]["id"] = json!(self.id("user_id"));
        event["type"] = json!("task.assigned");
        event["changes"] = json!([{"field": "assignees", "from": [], "to": [own]}]);
        self.dispatch(&event).await;
        let list = self.call("notifications-list", Value::Null).await.body;
        self.name("notification_id", &list["items"][0]["id"]);
        self.call("notifications-unread-count", Value::Null).await;
        self.call("notifications-read", Value::Null).await;
        self.call("notifications-read-all", Value::Null).await;
        let preferences = self.call("notifications-get-preferences", Value::Null).await.body;
        self.call("notifications-put-preferences", preferences).await;
        self.mails(event).await;
    }

    async fn dispatch(&mut self, event: &Value) {
        let record = json!({"messageId": "measured", "body": event.to_string()});
        self.invoke("notify-dispatch", json!({"Records": [record]})).await;
    }

    async fn mails(&mut self, mut event: Value) {
        let mails = self.call("notifications-list-mails", Value::Null).await.body;
        let deliver = json!({"type": "deliver", "workspace": self.id("workspace_id"), "mail": mails["items"][0]["id"]});
        let record = json!({"messageId": "measured", "body": deliver.to_string()});
        self.invoke("notify-email", json!({"Records": [record]})).await;
        let letters = self.stack.server.stand_ins().mailbox().list(Some("alex@example.com"), 1).expect("mails");
        let link = letters[0].links.iter().find_map(|link| link.split_once("/unsubscribe/")).expect("a link");
        let before = self.named.insert("token", link.1.to_owned());
        self.call("notifications-unsubscribe-page", Value::Null).await;
        self.call("notifications-unsubscribe", Value::Null).await;
        self.named.extend(before.map(|token| ("token", token)));

        event["id"] = json!("01K2Z3Y4X5W6V7T8S9R0Q1P2N5");
        event["type"] = json!("comment.added");
        let comment = json!({
            "id": "cmt_01K2Z3Y4X5W6V7T8S9R0Q1P2N3", "task": event["task"], "author": event["actor"]["id"],
            "body": "Look at this", "whole": true, "reply_to": null, "mentions": event["changes"][0]["to"],
            "reply_count": 0, "version": 1, "created_at": event["at"], "edited_at": null,
        });
        event["data"] = json!({"comment": comment, "mentions": event["changes"][0]["to"]});
        self.dispatch(&event).await;
        self.stack.server.stand_ins().mailbox().refuse_next(5, "MessageRejected");
        for pause in ["PT31S", "PT15S", "PT1M", "PT4M", "PT16M"] {
            self.stack.advance(pause).await;
        }
        self.call("auth-refresh", Value::Null).await;
        let mails = self.call("notifications-list-mails", Value::Null).await.body;
        self.name("mail_id", &mails["items"][0]["id"]);
        self.call("notifications-resend-mail", Value::Null).await;
        self.stack.idle().await;
    }
}
