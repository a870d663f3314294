use millrace_api_tests::{Person, Reply, Stack};
use serde_json::{Value, json};

async fn names(person: &Person<'_>, board: &str) -> Vec<String> {
    let snapshot = person.get(&format!("/api/boards/{board}")).await.ok(200);
    let columns = snapshot["columns"].as_array().expect("columns").iter();
    columns.map(|column| column["name"].as_str().expect("a name").to_owned()).collect()
}

async fn newest(person: &Person<'_>, board: &str) -> Value {
    person.get(&format!("/api/boards/{board}/events?limit=1")).await.ok(200)["items"][0].clone()
}

#[tokio::test]
async fn columns_can_be_added_changed_and_reordered() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let columns = format!("/api/boards/{}/columns", board.id);
    let sent = json!({"name": "Ready", "category": "todo", "wip_limit": 3, "position": 1});
    let column = alex.post(&columns, sent).await.ok(201);
    assert_eq!(names(&alex, &board.id).await, ["Backlog", "Ready", "To do", "In progress", "Review", "Done"]);
    let event = newest(&alex, &board.id).await;
    assert_eq!((&event["type"], &event["data"]["column"]), (&json!("column.added"), &column));
    let path = format!("{columns}/{}", column["id"].as_str().expect("an id"));

    let moved = alex.patch(&path, json!({"position": 99})).await.ok(200);
    assert_eq!(moved["version"], 2);
    assert_eq!(names(&alex, &board.id).await, ["Backlog", "To do", "In progress", "Review", "Done", "Ready"]);
    assert_eq!(newest(&alex, &board.id).await["type"], "column.moved");
    let same = alex.patch(&path, json!({"position": 5})).await.ok(200);
    assert_eq!(same, moved, "it is there already");

    let changed = alex.patch(&path, json!({"name": "Set", "category": "review", "wip_limit": null})).await.ok(200);
    assert_eq!(
        (&changed["name"], &changed["category"], &changed["wip_limit"]),
        (&json!("Set"), &json!("review"), &Value::Null)
    );
    let event = newest(&alex, &board.id).await;
    let fields: Vec<_> = event["changes"].as_array().expect("changes").iter().map(|change| &change["field"]).collect();
    assert_eq!(event["type"], "column.updated");
    assert_eq!(fields, ["category", "name", "wip_limit"]);
}

#[tokio::test]
async fn changing_a_category_changes_its_cards_status() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let task = alex.task("WEB", "Counted").await;
    let path = format!("/api/boards/{}/columns/{}", board.id, board.columns[0]);
    alex.patch(&path, json!({"category": "done"})).await.ok(200);
    assert_eq!(alex.get(&format!("/api/tasks/{task}")).await.ok(200)["status"], "done");
}

#[tokio::test]
async fn a_stale_version_is_refused_with_the_current_column() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let path = format!("/api/boards/{}/columns/{}", board.id, board.columns[0]);
    let current = alex.patch(&path, json!({"name": "Pool"})).await.ok(200);
    let request = alex.request("PATCH", &path).header("If-Match", "\"1\"").json(&json!({"name": "Lake"}));
    assert_eq!(Reply::of(request).await.problem(412)["current"], current);
    let request = alex.request("PATCH", &path).header("If-Match", "\"2\"").json(&json!({"name": "Lake"}));
    assert_eq!(Reply::of(request).await.ok(200)["name"], "Lake");
    for (body, field) in [
        (json!({"name": null}), "name"),
        (json!({"category": "x"}), "category"),
        (json!({"wip_limit": 0}), "wip_limit"),
        (json!({"position": -1}), "position"),
        (json!({"colour": "red"}), "colour"),
    ] {
        alex.patch(&path, body).await.invalid(&[field]);
    }
    let missing = format!("/api/boards/{}/columns/col_AAAAAAAAAAAAAAAAAAAA", board.id);
    alex.patch(&missing, json!({"name": "A"})).await.problem(404);
    alex.delete(&missing).await.problem(404);
}
