//! Links, watchers, own fields and locks.

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
}
