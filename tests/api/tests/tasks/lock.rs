use millrace_api_tests::{Person, Stack};
use serde_json::{Value, json};

async fn two_people(stack: &Stack) -> (Person<'_>, Person<'_>) {
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    alex.task("WEB", "A task").await;
    let sam = alex.invite("Sam", "member", &[("WEB", "developer")]).await;
    (alex, sam)
}

#[tokio::test]
async fn a_lock_blocks_writes_of_others() {
    let stack = Stack::own().await;
    let (alex, sam) = two_people(&stack).await;
    let lock = alex.post("/api/tasks/WEB-1/lock", json!({"field": "description"})).await.ok(200);
    assert_eq!((&lock["person"]["name"], &lock["field"]), (&json!("Alex"), &json!("description")));
    let refused = sam.patch("/api/tasks/WEB-1", json!({"description": "Mine"})).await.problem(423);
    assert_eq!(refused["current"], lock);
    assert_eq!(refused["detail"], "Alex is editing the description. Try again when they are done.");
    sam.put("/api/tasks/WEB-1", json!({"title": "Mine"})).await.problem(423);
    sam.post("/api/tasks/WEB-1/lock", json!({"field": "description"})).await.problem(423);
    sam.post("/api/tasks/WEB-1/lock", json!({})).await.problem(423);
    sam.post("/api/tasks/WEB-1/lock", json!({"field": "title"})).await.ok(200);
    sam.patch("/api/tasks/WEB-1", json!({"title": "Sam's", "priority": "high"})).await.ok(200);
    alex.patch("/api/tasks/WEB-1", json!({"title": "Not hers"})).await.problem(423);
    alex.patch("/api/tasks/WEB-1", json!({"description": "Hers"})).await.ok(200);
    sam.post("/api/tasks/WEB-1/lock", json!({"field": "estimate"})).await.invalid(&["field"]);
}

#[tokio::test]
async fn custom_fields_can_be_locked() {
    let stack = Stack::own().await;
    let (alex, sam) = two_people(&stack).await;
    let sent = json!({"fields": [{"name": "Customer", "kind": "text"}, {"name": "Floor", "kind": "text"}]});
    let fields = alex.put("/api/projects/WEB/fields", sent).await.ok(200);
    let [customer, floor] = [0, 1].map(|field| fields["fields"][field]["id"].as_str().expect("an id").to_owned());
    let lock = json!({"field": format!("custom.{customer}")});
    alex.post("/api/tasks/WEB-1/lock", lock.clone()).await.ok(200);
    let refused = sam.patch("/api/tasks/WEB-1", json!({"custom": {&customer: "Sam's"}})).await.problem(423);
    assert_eq!(refused["detail"], "Alex is editing this field. Try again when they are done.");
    sam.patch("/api/tasks/WEB-1", json!({"custom": {&floor: "Third"}})).await.ok(200);
    sam.post("/api/tasks/WEB-1/lock", lock).await.problem(423);
    alex.patch("/api/tasks/WEB-1", json!({"custom": {&customer: "Hers"}})).await.ok(200);
}

/// Whoever is told that they hold the lock reads what is there then, and nobody writes it afterwards: the write that
/// looked at the locks before does not go through after.
#[tokio::test]
async fn a_lock_is_checked_in_the_write() {
    let stack = Stack::own().await;
    let (alex, sam) = two_people(&stack).await;
    for round in 0..20 {
        let title = format!("Round {round}");
        let write = sam.patch("/api/tasks/WEB-1", json!({"title": title}));
        let look = async {
            alex.post("/api/tasks/WEB-1/lock", json!({"field": "title"})).await.ok(200);
            alex.get("/api/tasks/WEB-1").await.ok(200)["title"].clone()
        };
        let (written, seen) = tokio::join!(write, look);
        let now = alex.get("/api/tasks/WEB-1").await.ok(200)["title"].clone();
        assert!([200, 423].contains(&written.status), "{}", written.status);
        assert_eq!(now, seen, "round {round}");
        alex.delete("/api/tasks/WEB-1/lock?field=title").await.ok(204);
    }
}

#[tokio::test]
async fn a_lock_expires_unless_renewed() {
    let stack = Stack::own().await;
    let (alex, sam) = two_people(&stack).await;
    let first = alex.post("/api/tasks/WEB-1/lock", json!({})).await.ok(200);
    assert_eq!(first["field"], Value::Null);
    stack.advance("PT20S").await;
    let renewed = alex.post("/api/tasks/WEB-1/lock", json!({})).await.ok(200);
    assert!(renewed["until"].as_str() > first["until"].as_str());
    stack.advance("PT20S").await;
    sam.patch("/api/tasks/WEB-1", json!({"title": "Too early"})).await.problem(423);
    stack.advance("PT11S").await;
    sam.patch("/api/tasks/WEB-1", json!({"title": "Free"})).await.ok(200);
    sam.post("/api/tasks/WEB-1/lock", json!({})).await.ok(200);
}

#[tokio::test]
async fn only_the_holder_can_release_a_lock() {
    let stack = Stack::own().await;
    let (alex, sam) = two_people(&stack).await;
    alex.post("/api/tasks/WEB-1/lock", json!({"field": "title"})).await.ok(200);
    sam.delete("/api/tasks/WEB-1/lock?field=title").await.ok(204);
    sam.patch("/api/tasks/WEB-1", json!({"title": "Not yet"})).await.problem(423);
    alex.delete("/api/tasks/WEB-1/lock?field=title").await.ok(204);
    alex.delete("/api/tasks/WEB-1/lock").await.ok(204);
    sam.patch("/api/tasks/WEB-1", json!({"title": "Now"})).await.ok(200);
}

#[tokio::test]
async fn concurrent_locks_succeed_once() {
    let stack = Stack::own().await;
    let (alex, sam) = two_people(&stack).await;
    let asks = json!({"field": "title"});
    let (one, two) =
        tokio::join!(alex.post("/api/tasks/WEB-1/lock", asks.clone()), sam.post("/api/tasks/WEB-1/lock", asks.clone()));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 423]);
}
