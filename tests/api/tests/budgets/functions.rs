//! One call of every function, in an order in which each has what it needs.

use crate::metered::{Answer, Measured, call, invoke};
use millrace_api_tests::{PASSWORD, Stack};
use millrace_endpoint::declared::Trigger;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

pub(crate) struct Round {
    pub(crate) stack: Stack,
    pub(crate) measured: BTreeMap<&'static str, Measured>,
    /// What the paths name.
    pub(crate) named: HashMap<&'static str, String>,
    token: String,
    cookie: String,
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

impl Round {
    pub(crate) async fn begin() -> Self {
        let stack = Stack::own().await;
        let (named, measured) = (HashMap::new(), BTreeMap::new());
        Self { stack, measured, named, token: String::new(), cookie: String::new() }
    }

    pub(crate) fn name(&mut self, name: &'static str, value: &Value) {
        self.named.insert(name, text(value));
    }

    /// What stands for `name` in paths from here on.
    pub(crate) fn named(&mut self, name: &'static str, value: &str) {
        self.named.insert(name, value.to_owned());
    }

    pub(crate) fn id(&self, name: &str) -> &str {
        self.named.get(name).map_or("", String::as_str)
    }

    /// Calls the function `name` with what its path names, and notes what it cost.
    pub(crate) async fn call(&mut self, name: &str, body: Value) -> Answer {
        let functions = millrace_infra::functions(millrace_infra::AREAS);
        let declared =
            functions.iter().find(|declared| declared.name == name).unwrap_or_else(|| panic!("no function {name}"));
        let Trigger::Http(route) = declared.trigger else { panic!("{name} is no route") };
        let part = |part: &str| {
            let named = part.strip_prefix('{').and_then(|part| part.strip_suffix('}'));
            named.map_or_else(|| part.to_owned(), |named| self.id(named).to_owned())
        };
        let path = route.path.split('/').map(part).collect::<Vec<_>>().join("/");
        let body = (!body.is_null()).then_some(body);
        let method = route.method.as_str();
        let (answer, cost) = call(&self.stack, method, &path, &self.token, &self.cookie, body.as_ref()).await;
        assert!((200..400).contains(&answer.status), "{name}: {} {}", answer.status, answer.body);
        self.measured.entry(declared.name).or_insert(Measured { cost, reads: method == "GET" });
        if !answer.cookie.is_empty() {
            self.cookie.clone_from(&answer.cookie);
        }
        if let Some(token) = answer.body["access_token"].as_str() {
            token.clone_into(&mut self.token);
        }
        answer
    }

    pub(crate) async fn sign_in(&mut self) {
        let workspace = json!({"name": "Northwind", "slug": "northwind"});
        let register =
            json!({"email": "alex@example.com", "password": PASSWORD, "name": "Alex", "workspace": workspace});
        let alex = self.call("auth-register", register).await.body;
        self.name("workspace_id", &alex["workspace"]["id"]);
        self.name("user_id", &alex["user"]["id"]);
        self.named.insert("slug", "northwind".to_owned());
        let token = self.stack.mailed_token("alex@example.com", "verify-email?token=").await;
        self.call("auth-verify-email", json!({"token": token})).await;
        self.call("auth-login", json!({"email": "alex@example.com", "password": PASSWORD})).await;
        self.call("auth-refresh", Value::Null).await;
        self.call("auth-switch-workspace", json!({"workspace": "northwind"})).await;
        self.call("auth-live-ticket", Value::Null).await;
        self.call("auth-list-sessions", Value::Null).await;
        self.call("users-me", Value::Null).await;
        self.call("users-list", Value::Null).await;
        self.call("users-get", Value::Null).await;
        self.call("users-patch-me", json!({"name": "Alex Rivera"})).await;
        self.call("users-put", json!({"name": "Alex R."})).await;
        for name in ["meta-health", "meta-openapi", "meta-asyncapi", "meta-docs", "meta-jwks"] {
            self.call(name, Value::Null).await;
        }
    }

    pub(crate) async fn workspaces(&mut self) {
        for name in ["workspaces-resolve", "workspaces-list", "workspaces-get", "workspaces-list-members"] {
            self.call(name, Value::Null).await;
        }
        self.call("workspaces-update", json!({"name": "Northwind Ltd"})).await;
        self.call("workspaces-put-flags", json!({"flags": {"live_cursors": false}})).await;
        self.call("workspaces-get-flags", Value::Null).await;
        self.call("workspaces-audit", Value::Null).await;
        self.call("workspaces-metrics", Value::Null).await;
        self.call("workspaces-list-invites", Value::Null).await;
        let invite = self.call("workspaces-invite", json!({"email": "x@example.com", "role": "member"})).await.body;
        self.name("invite_id", &invite["id"]);
        self.call("workspaces-revoke-invite", Value::Null).await;
        self.call("workspaces-invite", json!({"email": "sam@example.com", "role": "member"})).await;
        let token = self.stack.mailed_token("sam@example.com", "/invites/").await;
        self.named.insert("token", token);
        let own = (std::mem::take(&mut self.token), std::mem::take(&mut self.cookie));
        let sam = self.call("workspaces-accept-invite", json!({"name": "Sam", "password": PASSWORD})).await.body;
        (self.token, self.cookie) = own;
        self.named.insert("user_id", text(&sam["user"]["id"]));
        self.call("workspaces-update-member", json!({"role": "admin"})).await;
        self.call("workspaces-update-member", json!({"role": "member"})).await;
    }

    pub(crate) async fn projects(&mut self) {
        let project = self.call("projects-create", json!({"key": "WEB", "name": "Website"})).await.body;
        self.named.insert("project", "WEB".to_owned());
        self.name("board_id", &project["board_id"]);
        for name in ["projects-list", "projects-get", "projects-list-members", "projects-list-labels"] {
            self.call(name, Value::Null).await;
        }
        self.call("projects-update", json!({"name": "Website relaunch"})).await;
        self.call("projects-put-member", json!({"role": "developer"})).await;
        let label = self.call("projects-create-label", json!({"name": "bug", "color": "#c92a2a"})).await.body;
        self.name("label_id", &label["id"]);
        self.call("projects-update-label", json!({"name": "defect"})).await;
    }

    pub(crate) async fn boards(&mut self) {
        self.call("boards-list", Value::Null).await;
        self.call("boards-create", json!({"name": "Second"})).await;
        self.call("boards-update", json!({"name": "First"})).await;
        self.call("boards-get-workflow", Value::Null).await;
        self.call("boards-put-workflow", json!({"transitions": []})).await;
        let column = self.call("boards-add-column", json!({"name": "Parked", "category": "todo"})).await.body;
        self.name("column_id", &column["id"]);
        self.call("boards-update-column", json!({"name": "On hold"})).await;
        self.call("boards-remove-column", Value::Null).await;
    }

    pub(crate) async fn tasks(&mut self) {
        let label = self.id("label_id").to_owned();
        let task = json!({"title": "Write it down", "description": "All of it.", "labels": [label]});
        let task = self.call("tasks-create", task).await.body;
        self.name("task", &task["key"]);
        let snapshot = self.call("boards-get", Value::Null).await.body;
        let columns = snapshot["columns"].clone();
        let step = json!({"task": "WEB-1", "from_column": columns[0]["id"], "to_column": columns[1]["id"]});
        self.call("boards-move-task", step).await;
        for name in ["tasks-get", "tasks-list", "tasks-list-project", "tasks-history", "boards-events"] {
            self.call(name, Value::Null).await;
        }
        self.call("tasks-patch", json!({"story_points": 3})).await;
        self.call("tasks-put", json!({"title": "Write it all down"})).await;
        let person = self.id("user_id").to_owned();
        self.call("tasks-assign", json!({"assignees": [person]})).await;
        self.bulk().await;
        self.call("tasks-delete", Value::Null).await;
        self.call("tasks-restore", Value::Null).await;
    }

    pub(crate) async fn live(&mut self) {
        let ticket = text(&self.call("auth-live-ticket", Value::Null).await.body["ticket"]);
        let board = self.id("board_id").to_owned();
        let frame = |body: Value| json!({"requestContext": {"connectionId": "measured"}, "body": body.to_string()});
        let open = json!({"requestContext": {"connectionId": "measured"}, "queryStringParameters": {"ticket": ticket}});
        let mut others = self.stack.server.stand_ins().sockets().register("measured");
        let frames = [
            ("live-connect", open),
            ("live-subscribe", frame(json!({"action": "subscribe", "board_id": board}))),
            ("live-presence", frame(json!({"action": "presence", "state": "active"}))),
            ("live-edit", frame(json!({"action": "edit", "task": self.id("task"), "editing": true}))),
            ("live-cursor", frame(json!({"action": "cursor", "x": 0.5, "y": 0.5}))),
            ("live-ping", frame(json!({"action": "ping"}))),
        ];
        for (name, event) in frames {
            self.invoke(name, event).await;
        }
        let event = self.event_of_board("task.created").await.to_string();
        let record = json!({"dynamodb": {
            "SequenceNumber": "9".repeat(40), "NewImage": {"event": {"S": event}},
        }});
        self.invoke("events-relay", json!({"Records": [record]})).await;
        let message = json!({"messageId": "measured", "body": event});
        self.invoke("audit-write", json!({"Records": [message]})).await;
        self.invoke("live-unsubscribe", frame(json!({"action": "unsubscribe", "board_id": board}))).await;
        self.invoke("live-subscribe", frame(json!({"action": "subscribe", "board_id": board}))).await;
        self.invoke("live-disconnect", frame(json!({}))).await;
        self.invoke("live-default", frame(json!({"action": "dance"}))).await;
        others.close();
        let letter = self.stack.server.stand_ins().mailbox().list(None, 1).expect("mails");
        assert_eq!(letter.len(), 1, "mails were sent on the way");
    }

    /// The first event of this kind on the board.
    pub(crate) async fn event_of_board(&mut self, kind: &str) -> Value {
        let events = self.call("boards-events", Value::Null).await.body;
        let found = events["items"].as_array().into_iter().flatten().find(|event| event["type"] == kind).cloned();
        found.expect("an event of this kind")
    }

    pub(crate) async fn invoke(&mut self, name: &'static str, event: Value) {
        let cost = invoke(&self.stack, name, event).await;
        self.measured.entry(name).or_insert(Measured { cost, reads: false });
    }

    pub(crate) async fn ends(&mut self) {
        let boards = self.call("boards-list", Value::Null).await.body;
        let second = boards["items"].as_array().into_iter().flatten().find(|board| board["name"] == "Second").cloned();
        let first = self.id("board_id").to_owned();
        self.name("board_id", &second.expect("the second board")["id"]);
        self.call("boards-delete", Value::Null).await;
        self.named.insert("board_id", first);
        self.call("projects-delete-label", Value::Null).await;
        self.call("projects-remove-member", Value::Null).await;
        self.call("projects-delete", Value::Null).await;
        self.call("workspaces-remove-member", Value::Null).await;
        let sessions = self.call("auth-list-sessions", Value::Null).await.body;
        let other =
            sessions["items"].as_array().into_iter().flatten().find(|session| session["current"] == false).cloned();
        self.name("session_id", &other.expect("another session")["id"]);
        self.call("auth-revoke-session", Value::Null).await;
        self.call("workspaces-create", json!({"name": "Another", "slug": "another"})).await;
        self.call("workspaces-delete", Value::Null).await;
        self.call("auth-logout", Value::Null).await;
        self.call("auth-forgot-password", json!({"email": "alex@example.com"})).await;
        let token = self.stack.mailed_token("alex@example.com", "reset-password?token=").await;
        self.call("auth-reset-password", json!({"token": token, "password": "another long password"})).await;
        self.notify_email().await;
    }

    async fn notify_email(&mut self) {
        let body = json!({"type": "reset_password", "email": "alex@example.com"});
        let record = json!({"messageId": "measured", "body": body.to_string()});
        self.invoke("notify-email", json!({"Records": [record]})).await;
    }
}
