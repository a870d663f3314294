//! What an actor other than a person does to tasks: it goes through the same writer as people's changes.

use jiff::Timestamp;
use millrace_api_tests::{Person, Stack};
use millrace_domain::{
    Error,
    event::{Actor, ActorKind, Event},
    id::{ProjectKey, TaskKey, WorkspaceId},
};
use millrace_endpoint::{Table, Write, capability::Capability};
use millrace_store::{
    Scope,
    scope::{Internal, Provenance},
};
use millrace_task_changes::{Changing, Creating, Found, NewTask, Outcome, TaskChange, TaskWriter};
use serde_json::{Value, json};

/// The event that triggers a rule, as a consumer gets it delivered.
struct Triggered(Event);

impl Provenance for Triggered {
    fn workspace(&self) -> &WorkspaceId {
        &self.0.workspace
    }
}

/// A rule that was triggered by the newest event of a task.
struct Rule<'stack> {
    stack: &'stack Stack,
    table: Table<Write>,
    scope: Scope<Internal>,
}

impl<'stack> Rule<'stack> {
    async fn on(person: &Person<'stack>, task: &str) -> Self {
        let history = person.get(&format!("/api/tasks/{task}/history?limit=1")).await.ok(200);
        let event: Event = serde_json::from_value(history["items"][0].clone()).expect("an event");
        Self {
            stack: person.stack,
            table: Table::connect(person.stack.server.platform()),
            scope: Scope::internal(&Triggered(event)),
        }
    }

    fn now(&self) -> Timestamp {
        self.stack.server.clock().now()
    }

    fn writer(&self) -> TaskWriter<'_, Internal> {
        let actor = Actor { id: None, name: "Triage".to_owned(), kind: ActorKind::Rule };
        TaskWriter::acting(&self.scope, actor, self.now())
    }

    async fn set(&self, task: &str, change: Value) -> Result<(), Error> {
        let task: TaskKey = task.parse().expect("a key");
        let change: TaskChange = serde_json::from_value(change).expect("a change");
        let changing = Changing::read(&self.table, &self.scope, &task, &change, self.now()).await?;
        self.commit(self.writer().change(&changing, &change)?).await
    }

    async fn commit(&self, outcome: Outcome) -> Result<(), Error> {
        match outcome.change {
            Some(change) => self.table.commit(change).await,
            None => Ok(()),
        }
    }
}

async fn newest(person: &Person<'_>, task: &str) -> Value {
    person.get(&format!("/api/tasks/{task}/history?limit=1")).await.ok(200)["items"][0].clone()
}

#[tokio::test]
async fn a_rules_change_is_told_in_its_name_with_all_that_follows_from_it() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    alex.task("WEB", "The whole").await;
    alex.post("/api/projects/WEB/tasks", json!({"title": "A part", "parent": "WEB-1"})).await.ok(201);
    let rule = Rule::on(&alex, "WEB-2").await;
    rule.set("WEB-2", json!({"status": "done", "assignees": [alex.id]})).await.expect("changes it");
    let task = alex.get("/api/tasks/WEB-2").await.ok(200);
    assert_eq!((&task["status"], &task["assignees"]), (&json!("done"), &json!([alex.id])));
    let event = newest(&alex, "WEB-2").await;
    assert_eq!(event["actor"], json!({"id": null, "name": "Triage", "kind": "rule"}));
    let fields: Vec<_> = event["changes"].as_array().expect("changes").iter().map(|change| &change["field"]).collect();
    assert_eq!(fields, ["assignees", "column_id", "status"]);
    assert_eq!(event["data"]["card"]["column_id"], json!(board.columns[4]));
    assert_eq!(alex.get("/api/tasks/WEB-1").await.ok(200)["subtask_done"], 1);
    let found = Found::read(&rule.table, &rule.scope, &"WEB-2".parse().expect("a key"), rule.now()).await;
    rule.commit(rule.writer().archive(&found.expect("finds it")).expect("archives it")).await.expect("writes it");
    assert_eq!(newest(&alex, "WEB-2").await["type"], "task.archived");
    assert_eq!(alex.get("/api/tasks/WEB-1").await.ok(200)["subtask_count"], 0);
}

#[tokio::test]
async fn the_workflow_the_limit_and_the_required_fields_hold_for_a_rule() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    alex.task("WEB", "First").await;
    alex.task("WEB", "Second").await;
    let rule = Rule::on(&alex, "WEB-1").await;
    let steps = json!({"transitions": [
        {"from": board.columns[0], "to": board.columns[1], "required_fields": ["assignees"]},
        {"from": board.columns[0], "to": board.columns[2], "role": "admin"},
    ]});
    alex.put(&format!("/api/boards/{}/workflow", board.id), steps).await.ok(200);
    let limit = format!("/api/boards/{}/columns/{}", board.id, board.columns[2]);
    alex.patch(&limit, json!({"wip_limit": 1})).await.ok(200);
    let refused = |done: Result<(), Error>| match done {
        Err(Error::Invalid(errors)) => errors[0].message.clone(),
        other => panic!("{other:?}"),
    };
    let review = rule.set("WEB-1", json!({"status": "review"})).await;
    assert!(refused(review).contains("does not allow this step"));
    let unassigned = rule.set("WEB-1", json!({"status": "todo"})).await;
    assert!(refused(unassigned).contains("an assignee"));
    rule.set("WEB-1", json!({"status": "in_progress"})).await.expect("it has the rights of the project");
    let full = rule.set("WEB-2", json!({"status": "in_progress"})).await;
    assert!(refused(full).contains("takes at most 1"));
    rule.set("WEB-2", json!({"status": "todo", "assignees": [alex.id]})).await.expect("has what is required");
}

#[tokio::test]
async fn a_text_that_somebody_edits_is_locked_for_a_rule_too() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.task("WEB", "A task").await;
    let rule = Rule::on(&alex, "WEB-1").await;
    alex.post("/api/tasks/WEB-1/lock", json!({"field": "title"})).await.ok(200);
    let refused = rule.set("WEB-1", json!({"title": "By a rule"})).await;
    assert!(matches!(refused, Err(Error::Locked { .. })), "{refused:?}");
    rule.set("WEB-1", json!({"priority": "urgent"})).await.expect("nobody edits that");
}

#[tokio::test]
async fn a_task_that_a_rule_creates_has_no_reporter_and_nobody_watches_it() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.task("WEB", "A task").await;
    let rule = Rule::on(&alex, "WEB-1").await;
    let (project, sent): (ProjectKey, NewTask) =
        ("WEB".parse().expect("a key"), serde_json::from_value(json!({"title": "Follow-up"})).expect("a task"));
    let creating = Creating::read(&rule.table, &rule.scope, &project, &sent).await.expect("reads");
    let created = rule.writer().create(&creating, &sent).expect("creates it");
    rule.table.commit(created.change).await.expect("writes it");
    let task = alex.get("/api/tasks/WEB-2").await.ok(200);
    assert_eq!((&task["title"], &task["reporter"], &task["watchers"]), (&json!("Follow-up"), &Value::Null, &json!([])));
    assert_eq!(newest(&alex, "WEB-2").await["actor"]["kind"], "rule");
}
