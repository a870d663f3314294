//! Time and teams.

use crate::functions::Round;
use serde_json::{Value, json};

impl Round {
    pub(crate) async fn time(&mut self) {
        let log = self.call("time-log", json!({"minutes": 30, "note": "Draft"})).await.body;
        self.name("log_id", &log["id"]);
        self.call("time-list", Value::Null).await;
        self.call("time-edit", json!({"minutes": 45, "date": "2026-11-20"})).await;
        self.call("time-remove", Value::Null).await;
        let task = self.id("task").to_owned();
        self.call("time-start", json!({"task": task})).await;
        self.call("time-current", Value::Null).await;
        self.call("time-stop", Value::Null).await;
        self.call("time-sheet", Value::Null).await;
        self.call("projects-update", json!({"track_time": true})).await;
        for status in ["todo", "in_progress"] {
            self.call("tasks-bulk", json!({"tasks": [task], "set": {"status": status, "assignees": []}})).await;
        }
        self.stack.idle().await;
        self.call("time-stop", Value::Null).await;
        let mut event = self.call("tasks-history", Value::Null).await.body["items"]
            .as_array()
            .and_then(|events| events.iter().find(|event| event["type"] == "task.status_changed").cloned())
            .expect("the step");
        event["id"] = json!(format!("7{}", &event["id"].as_str().expect("an id")[1..]));
        let message = json!({"messageId": "measured", "body": event.to_string()});
        self.invoke("time-track", json!({"Records": [message]})).await;
        self.call("time-stop", Value::Null).await;
        self.call("projects-update", json!({"track_time": false})).await;
    }

    pub(crate) async fn teams(&mut self) {
        let person = self.id("user_id").to_owned();
        let team = self.call("teams-create", json!({"name": "Platform", "lead": person})).await.body;
        self.name("team_id", &team["id"]);
        self.call("teams-list", Value::Null).await;
        self.call("teams-get", Value::Null).await;
        self.call("teams-update", json!({"description": "Keeps it running"})).await;
        self.call("teams-remove-member", Value::Null).await;
        self.call("teams-add-member", Value::Null).await;
        self.call("teams-delete", Value::Null).await;
        let team = self.call("teams-create", json!({"name": "Platform", "lead": person})).await.body;
        self.name("team_id", &team["id"]);
    }
}
