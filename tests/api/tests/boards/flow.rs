use crate::place;
use millrace_api_tests::{PASSWORD, Person, Stack};
use serde_json::{Value, json};

async fn flow(person: &Person<'_>, board: &str, query: &str) -> Value {
    person.get(&format!("/api/boards/{board}/flow{query}")).await.ok(200)
}

/// The same person with a fresh token: the old one does not outlive a moved clock.
async fn again<'stack>(person: &Person<'stack>) -> Person<'stack> {
    let credentials = json!({"email": person.email, "password": PASSWORD});
    let reply = person.stack.call("POST", "/api/auth/login", Some(credentials)).await;
    Person::signed_in(person.stack, &person.email, reply, 200)
}

#[tokio::test]
async fn flow_reports_tasks_per_day_and_their_durations() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    for title in ["First", "Second", "Third"] {
        alex.task("WEB", title).await;
    }
    stack.advance("PT24H").await;
    let alex = again(&alex).await;
    place(&alex, &board, "WEB-1", 0, 2, json!({})).await.ok(200);
    alex.patch("/api/tasks/WEB-2", json!({"column_id": board.columns[2]})).await.ok(200);
    stack.advance("PT36H").await;
    let alex = again(&alex).await;
    place(&alex, &board, "WEB-1", 2, 4, json!({})).await.ok(200);
    alex.delete("/api/tasks/WEB-1").await.ok(204);
    let seen = flow(&alex, &board.id, "").await;
    let finished = &seen["finished"];
    assert_eq!(finished.as_array().map(Vec::len), Some(1), "{finished}");
    assert_eq!((&finished[0]["key"], &finished[0]["title"]), (&json!("WEB-1"), &json!("First")));
    assert_eq!((&finished[0]["cycle_days"], &finished[0]["lead_days"]), (&json!(1.5), &json!(2.5)));
    assert_eq!((&seen["cycle_time"]["p85"], &seen["lead_time"]["p50"]), (&json!(1.5), &json!(2.5)));
    assert_eq!((&seen["ageing"][0]["key"], &seen["ageing"][0]["age_days"]), (&json!("WEB-2"), &json!(1.5)));
    let days = seen["days"].as_array().expect("days");
    assert_eq!(days.len(), 30);
    let last = &days[29];
    assert_eq!((&last["backlog"], &last["in_progress"], &last["done"]), (&json!(1), &json!(1), &json!(1)));
    let weeks = seen["throughput"].as_array().expect("weeks");
    assert_eq!(weeks.iter().filter_map(|week| week["tasks"].as_u64()).sum::<u64>(), 1);
    alex.post("/api/tasks/WEB-1/restore", json!({})).await.ok(200);
    place(&alex, &board, "WEB-1", 4, 1, json!({})).await.ok(200);
    let reopened = flow(&alex, &board.id, "").await;
    assert_eq!((&reopened["finished"], &reopened["cycle_time"]), (&json!([]), &Value::Null));
}

#[tokio::test]
async fn flow_excludes_other_boards() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let second = alex.post("/api/projects/WEB/boards", json!({"name": "Second"})).await.ok(201);
    alex.task("WEB", "On the first").await;
    alex.post("/api/projects/WEB/tasks", json!({"title": "On the second", "board_id": second["id"]})).await.ok(201);
    for id in [&*board.id, second["id"].as_str().expect("an id")] {
        let seen = flow(&alex, id, "").await;
        assert_eq!(seen["days"][29]["backlog"], 1);
    }
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    for (query, field) in [
        ("from=2999-01-01", "from"),
        ("from=2026-02-02&to=2026-02-01", "to"),
        ("from=2020-01-01", "from"),
        ("from=-009999-01-01&to=2026-01-01", "from"),
        ("from=yesterday", "from"),
        ("to=2026-02-30", "to"),
    ] {
        let reply = alex.get(&format!("/api/boards/{}/flow?{query}", board.id)).await;
        assert_eq!(reply.problem(422)["errors"][0]["field"], field, "{query}");
    }
    alex.get("/api/boards/WEB.b4fJq8sNcX0aZ/flow").await.problem(404);
}
