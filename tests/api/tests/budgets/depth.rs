//! Links, watchers, own fields and locks; many tasks at once, and a task that closes with its parts.

use crate::functions::{Round, text};
use serde_json::{Value, json};

impl Round {
    pub(crate) async fn depth(&mut self) {
        self.call("projects-get-fields", Value::Null).await;
        self.call("projects-put-fields", json!({"fields": [{"name": "Customer", "kind": "text"}]})).await;
        let other = self.call("tasks-create", json!({"title": "Read it"})).await.body;
        let link = json!({"kind": "blocks", "task": other["key"]});
        let link = self.call("tasks-add-link", link).await.body;
        self.name("link_id", &link["id"]);
        self.call("tasks-list-links", Value::Null).await;
        self.call("tasks-remove-link", Value::Null).await;
        self.call("tasks-unwatch", Value::Null).await;
        self.call("tasks-watch", Value::Null).await;
        let lock = self.call("tasks-lock", json!({"field": "title"})).await.body;
        assert_eq!(text(&lock["field"]), "title");
        self.call("tasks-lock", json!({})).await;
        self.call("tasks-unlock", Value::Null).await;
    }

    pub(crate) async fn bulk(&mut self) {
        self.call("projects-update", json!({"close_parent": true})).await;
        let part = self.call("tasks-create", json!({"title": "Read it", "parent": self.id("task")})).await.body;
        let tasks = json!([self.id("task"), part["key"]]);
        self.call("tasks-bulk", json!({"tasks": tasks, "set": {"priority": "high"}})).await;
        self.call("tasks-bulk", json!({"tasks": [part["key"]], "set": {"status": "done"}})).await;
        // The consumer of the stack itself closes the task first: it is opened again for the one that is measured.
        self.stack.idle().await;
        let task = self.id("task").to_owned();
        self.call("tasks-bulk", json!({"tasks": [task], "set": {"status": "todo"}})).await;
        self.named("task", &text(&part["key"]));
        let mut event = self.call("tasks-history", Value::Null).await.body["items"][0].clone();
        event["at"] = json!("2099-01-01T00:00:00Z");
        let message = json!({"messageId": "measured", "body": event.to_string()});
        self.invoke("tasks-close-parent", json!({"Records": [message]})).await;
        self.named("task", &task);
        self.call("tasks-bulk", json!({"tasks": [task], "set": {"status": "todo"}})).await;
    }

    pub(crate) async fn transfer(&mut self) {
        let (task, board) = (self.id("task").to_owned(), self.id("board_id").to_owned());
        let other = self.call("projects-create", json!({"key": "APP", "name": "App"})).await.body;
        let moved = json!({"title": "Read it", "description": "All of it."});
        let moved = self.call("tasks-create", moved).await.body;
        self.named("task", &text(&moved["key"]));
        let to = json!({"project": "APP", "board_id": other["board_id"]});
        self.call("tasks-transfer", to).await;
        self.named("task", &task);
        self.named("board_id", &board);
    }
}
