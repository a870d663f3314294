//! A project's own fields, and their values in its tasks.

use millrace_api_tests::Stack;
use serde_json::{Value, json};

fn ids(fields: &Value) -> Vec<String> {
    let fields = fields["fields"].as_array().expect("fields");
    fields.iter().map(|field| field["id"].as_str().expect("an id").to_owned()).collect()
}

#[tokio::test]
async fn custom_values_are_validated_by_kind() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    assert_eq!(alex.get("/api/projects/WEB/fields").await.ok(200), json!({"fields": [], "version": 0}));
    let kinds = [
        ("text", json!("A line"), json!(7)),
        ("number", json!(2.5), json!("2.5")),
        ("date", json!("2027-01-31"), json!("2027-02-31")),
        ("select", json!("large"), json!("huge")),
        ("person", json!(alex.id), json!("usr_4fJq8sNcX0aZ7LtVw2Rb")),
        ("url", json!("https://example.com/spec"), json!("javascript:alert(1)")),
    ];
    let fields: Vec<Value> = kinds
        .iter()
        .map(|(kind, ..)| json!({"name": kind, "kind": kind, "options": if *kind == "select" { json!(["small", "large"]) } else { json!([]) }}))
        .collect();
    let fields = alex.put("/api/projects/WEB/fields", json!({"fields": fields})).await.ok(200);
    assert_eq!(alex.get("/api/projects/WEB/fields").await.ok(200), fields);
    alex.task("WEB", "A task").await;
    for (id, (kind, good, bad)) in ids(&fields).iter().zip(&kinds) {
        let field = format!("custom.{id}");
        alex.patch("/api/tasks/WEB-1", json!({"custom": {id: bad}})).await.invalid(&[&field]);
        alex.post("/api/projects/WEB/tasks", json!({"title": "Wrong", "custom": {id: bad}})).await.invalid(&[&field]);
        let task = alex.patch("/api/tasks/WEB-1", json!({"custom": {id: good}})).await.ok(200);
        assert_eq!(&task["custom"][id], good, "{kind}");
        let told = alex.get("/api/tasks/WEB-1/history?limit=1").await.ok(200)["items"][0].clone();
        assert_eq!(told["changes"], json!([{"field": field, "from": null, "to": good}]));
    }
    let task = alex.get("/api/tasks/WEB-1").await.ok(200);
    assert_eq!(task["custom"].as_object().map(serde_json::Map::len), Some(6));
    let first = &ids(&fields)[0];
    let emptied = alex.patch("/api/tasks/WEB-1", json!({"custom": {first: null}})).await.ok(200);
    assert_eq!(emptied["custom"].as_object().map(serde_json::Map::len), Some(5));
    let put = alex.put("/api/tasks/WEB-1", json!({"title": "A task", "custom": {first: "Only this"}})).await.ok(200);
    assert_eq!(put["custom"], json!({first: "Only this"}));
    alex.patch("/api/tasks/WEB-1", json!({"custom": {"fld_nobody": 1}})).await.invalid(&["custom.fld_nobody"]);
}

#[tokio::test]
async fn values_of_removed_fields_are_hidden_and_required_fields_are_enforced() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let wanted = json!({"fields": [{"name": "Customer", "kind": "text"}, {"name": "Level", "kind": "number"}]});
    let fields = alex.put("/api/projects/WEB/fields", wanted).await.ok(200);
    let [customer, level] = &ids(&fields)[..] else { panic!("two fields") };
    let sent = json!({"title": "A task", "custom": {customer: "Northwind", level: 3}});
    let made = alex.post("/api/projects/WEB/tasks", sent).await.ok(201);
    assert_eq!(made["custom"], json!({customer: "Northwind", level: 3}));
    let needed = json!({"fields": [{"id": level, "name": "Level", "kind": "number", "required": true}]});
    alex.put("/api/projects/WEB/fields", needed).await.ok(200);
    assert_eq!(alex.get("/api/tasks/WEB-1").await.ok(200)["custom"], json!({level: 3}));
    alex.patch("/api/tasks/WEB-1", json!({"title": "Renamed"})).await.ok(200);
    let field = format!("custom.{level}");
    alex.patch("/api/tasks/WEB-1", json!({"custom": {level: null}})).await.invalid(&[&field]);
    alex.post("/api/projects/WEB/tasks", json!({"title": "Without"})).await.invalid(&[&field]);
    alex.post("/api/projects/WEB/tasks", json!({"title": "With", "custom": {level: 1}})).await.ok(201);
}

#[tokio::test]
async fn inconsistent_field_definitions_are_refused() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let put = async |fields: Value| alex.put("/api/projects/WEB/fields", json!({"fields": fields})).await;
    put(json!([{"name": "Size", "kind": "select"}])).await.invalid(&["fields[0].options"]);
    put(json!([{"name": "Size", "kind": "text", "options": ["a"]}])).await.invalid(&["fields[0].options"]);
    put(json!([{"name": "Size", "kind": "text"}, {"name": "size", "kind": "text"}])).await.invalid(&["fields[1].name"]);
    put(json!([{"id": "fld_nobody", "name": "Size", "kind": "text"}])).await.invalid(&["fields[0].id"]);
    let fields = put(json!([{"name": "Size", "kind": "text"}])).await.ok(200);
    let id = &fields["fields"][0]["id"];
    put(json!([{"id": id, "name": "Size", "kind": "number"}])).await.invalid(&["fields[0].kind"]);
    let same = put(json!([{"id": id, "name": "Size", "kind": "text"}])).await.ok(200);
    assert_eq!(same, fields, "nothing changed");
    let stale =
        alex.request("PUT", "/api/projects/WEB/fields").header("if-match", "\"0\"").json(&json!({"fields": []}));
    let stale = millrace_api_tests::Reply::of(stale).await.problem(412);
    assert_eq!(stale["current"], fields);
}

#[tokio::test]
async fn cards_carry_up_to_three_custom_values_everywhere() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    alex.task("WEB", "Without values").await;
    let field = |name: &str, on_card: bool| json!({"name": name, "kind": "text", "on_card": on_card});
    let put = async |fields: Value| alex.put("/api/projects/WEB/fields", json!({"fields": fields})).await;
    let four = json!([field("One", true), field("Two", true), field("Three", true), field("Four", true)]);
    put(four).await.invalid(&["fields[3].on_card"]);
    let fields = put(json!([field("Customer", true), field("Notes", false)])).await.ok(200);
    assert_eq!((&fields["fields"][0]["on_card"], &fields["fields"][1]["on_card"]), (&json!(true), &json!(false)));
    let [customer, notes] = &ids(&fields)[..] else { panic!("two fields") };
    let values = json!({customer: "Northwind", notes: "Not on the card"});
    let made = alex.post("/api/projects/WEB/tasks", json!({"title": "With values", "custom": values})).await.ok(201);
    assert_eq!(made["custom"], values);

    let cards = async || {
        let snapshot = alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
        snapshot["tasks"].as_array().expect("cards").iter().map(|card| card["custom"].clone()).collect::<Vec<_>>()
    };
    let told = async || {
        let events = alex.get("/api/tasks/WEB-2/history?limit=1").await.ok(200);
        events["items"][0]["data"]["card"]["custom"].clone()
    };
    let shown = json!({customer: "Northwind"});
    assert_eq!(cards().await, [Value::Null, shown.clone()], "what holds none carries none");
    assert_eq!(told().await, shown, "when it is made");
    let moved = alex.move_task(&board, "WEB-2", 0, 1).await.ok(200);
    assert_eq!((&moved["custom"], told().await), (&shown, shown.clone()), "when it is moved");
    let bulk = json!({"tasks": ["WEB-2"], "set": {"priority": "high"}});
    let bulk = alex.post("/api/tasks/bulk", bulk).await.ok(200);
    assert_eq!((&bulk["items"][0]["card"]["custom"], told().await), (&shown, shown.clone()), "in bulk");
    alex.post("/api/tasks/WEB-2/links", json!({"kind": "relates", "task": "WEB-1"})).await.ok(201);
    assert_eq!(told().await, shown, "when it is linked");
    let sprint = json!({"name": "One", "start_date": "2099-01-04", "end_date": "2099-01-15"});
    let sprint = alex.post("/api/projects/WEB/sprints", sprint).await.ok(201);
    let path = format!("/api/sprints/{}/tasks", sprint["id"].as_str().expect("an id"));
    alex.put(&path, json!({"add": ["WEB-2"]})).await.ok(200);
    assert_eq!(told().await, shown, "when it is planned");
    let column = format!("/api/boards/{}/columns/{}?move_to={}", board.id, board.columns[1], board.columns[0]);
    alex.delete(&column).await.ok(204);
    assert_eq!(told().await, shown, "when its column goes");
    for _ in 0..2 {
        alex.delete("/api/tasks/WEB-2").await.ok(204);
    }
    alex.post("/api/tasks/WEB-2/restore", json!({})).await.ok(200);
    assert_eq!(told().await, shown, "when it comes back");

    let long = "é".repeat(1_000);
    let changed = alex.patch("/api/tasks/WEB-2", json!({"custom": {customer: long}})).await.ok(200);
    assert_eq!(changed["custom"][customer], long);
    assert_eq!(told().await, json!({customer: "é".repeat(120)}), "a card has room for the beginning");
    put(json!([{"id": customer, "name": "Customer", "kind": "text"}])).await.ok(200);
    assert_eq!(cards().await, [Value::Null, Value::Null]);
}
