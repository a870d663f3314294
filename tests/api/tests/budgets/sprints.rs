//! Sprints and the workspace's calendar.

use crate::functions::Round;
use serde_json::{Value, json};

impl Round {
    pub(crate) async fn sprints(&mut self) {
        self.call("workspaces-get-calendar", Value::Null).await;
        let calendar = json!({
            "time_zone": "Europe/Berlin", "working_days": ["monday"], "day_begins": "09:00", "day_ends": "17:00",
        });
        self.call("workspaces-put-calendar", calendar).await;
        let days = json!({"name": "Sprint", "start_date": "2099-12-20", "end_date": "2100-01-01"});
        let doomed = self.call("sprints-create", days.clone()).await.body;
        self.name("sprint_id", &doomed["id"]);
        self.call("sprints-delete", Value::Null).await;
        let sprint = self.call("sprints-create", days).await.body;
        self.name("sprint_id", &sprint["id"]);
        let task = self.id("task").to_owned();
        self.call("sprints-add-tasks", json!({"add": [task]})).await;
        self.call("sprints-start", Value::Null).await;
        self.call("sprints-update", json!({"goal": "Write it down"})).await;
        self.invoke("jobs-sprint-snapshot", json!({})).await;
        for name in ["sprints-list", "sprints-get", "sprints-burndown", "sprints-report", "sprints-velocity"] {
            self.call(name, Value::Null).await;
        }
        self.call("sprints-close", json!({})).await;
        self.call("boards-flow", Value::Null).await;
    }
}
