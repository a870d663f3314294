use millrace_api_tests::{Person, Stack};
use serde_json::{Value, json};

async fn link(person: &Person<'_>, task: &str, kind: &str, other: &str) -> millrace_api_tests::Reply {
    person.post(&format!("/api/tasks/{task}/links"), json!({"kind": kind, "task": other})).await
}

async fn links(person: &Person<'_>, task: &str) -> Vec<(String, String)> {
    let links = person.get(&format!("/api/tasks/{task}/links")).await.ok(200);
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    links["items"].as_array().expect("links").iter().map(|link| (text(&link["kind"]), text(&link["task"]))).collect()
}

fn pair(kind: &str, task: &str) -> (String, String) {
    (kind.to_owned(), task.to_owned())
}

#[tokio::test]
async fn both_tasks_list_a_link_until_it_is_removed() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.project("APP").await;
    for (project, title) in [("WEB", "One"), ("WEB", "Two"), ("APP", "Three")] {
        alex.task(project, title).await;
    }
    let made = link(&alex, "WEB-1", "blocks", "WEB-2").await.ok(201);
    assert_eq!((&made["id"], &made["title"], &made["done"]), (&json!("blocks.WEB-2"), &json!("Two"), &json!(false)));
    assert_eq!(link(&alex, "WEB-1", "blocks", "WEB-2").await.ok(201), made, "once is enough");
    link(&alex, "WEB-2", "duplicates", "APP-1").await.ok(201);
    link(&alex, "WEB-2", "relates", "WEB-1").await.ok(201);
    assert_eq!(links(&alex, "WEB-1").await, [pair("blocks", "WEB-2"), pair("relates", "WEB-2")]);
    let all = [pair("blocked_by", "WEB-1"), pair("relates", "WEB-1"), pair("duplicates", "APP-1")];
    assert_eq!(links(&alex, "WEB-2").await, all);
    assert_eq!(links(&alex, "APP-1").await, [pair("duplicated_by", "WEB-2")]);
    let told = alex.get("/api/tasks/WEB-1/history?limit=1").await.ok(200)["items"][0].clone();
    assert_eq!(told["changes"], json!([{"field": "links", "from": null, "to": {"kind": "relates", "task": "WEB-2"}}]));
    alex.delete("/api/tasks/APP-1/links/duplicated_by.WEB-2").await.ok(204);
    alex.delete("/api/tasks/APP-1/links/duplicated_by.WEB-2").await.ok(204);
    assert_eq!(links(&alex, "WEB-2").await, all[..2]);
    alex.delete("/api/tasks/WEB-2").await.ok(204);
    assert_eq!(links(&alex, "WEB-1").await, [], "what is archived is not shown");
}

#[tokio::test]
async fn a_task_is_blocked_by_open_blockers_only() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    for title in ["One", "Two", "Three"] {
        alex.task("WEB", title).await;
    }
    let blocked = async || {
        let task = alex.get("/api/tasks/WEB-3").await.ok(200)["blocked"].clone();
        let snapshot = alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
        let list = alex.get("/api/projects/WEB/tasks").await.ok(200);
        for shown in [&snapshot["tasks"], &list["items"]] {
            let card = shown.as_array().expect("cards").iter().find(|card| card["key"] == "WEB-3");
            assert_eq!(card.expect("a card")["blocked"], task);
        }
        task.as_bool().expect("said")
    };
    assert!(!blocked().await);
    link(&alex, "WEB-1", "blocks", "WEB-3").await.ok(201);
    link(&alex, "WEB-3", "blocked_by", "WEB-2").await.ok(201);
    assert!(blocked().await);
    alex.move_task(&board, "WEB-1", 0, 4).await.ok(200);
    assert!(blocked().await, "one is left");
    alex.patch("/api/tasks/WEB-2", json!({"column_id": board.columns[4]})).await.ok(200);
    assert!(!blocked().await);
    alex.move_task(&board, "WEB-1", 4, 1).await.ok(200);
    assert!(blocked().await, "opened again");
    alex.delete("/api/tasks/WEB-1").await.ok(204);
    assert!(!blocked().await, "archived");
    alex.post("/api/tasks/WEB-1/restore", json!({})).await.ok(200);
    assert!(blocked().await, "restored");
    let moved = alex.move_task(&board, "WEB-3", 0, 1).await.ok(200);
    assert_eq!((&moved["blocked"], &moved["blocked_by"]), (&json!(true), &json!(["WEB-1", "WEB-2"])));
    alex.delete("/api/tasks/WEB-3/links/blocked_by.WEB-1").await.ok(204);
    assert!(!blocked().await);
    alex.patch("/api/tasks/WEB-2", json!({"column_id": board.columns[0]})).await.ok(200);
    let removed = format!("/api/boards/{}/columns/{}?move_to={}", board.id, board.columns[0], board.columns[4]);
    assert!(blocked().await);
    alex.delete(&removed).await.ok(204);
    assert!(!blocked().await, "its blocker's column went into one that is done");
}

#[tokio::test]
async fn invalid_links_are_refused_with_a_reason() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    alex.project("APP").await;
    for project in ["WEB", "WEB", "WEB", "APP"] {
        alex.task(project, "A task").await;
    }
    link(&alex, "WEB-1", "blocks", "WEB-2").await.ok(201);
    link(&alex, "WEB-2", "blocks", "WEB-3").await.ok(201);
    let circle = link(&alex, "WEB-3", "blocks", "WEB-1").await.invalid(&["task"]);
    assert_eq!(circle["errors"][0]["message"], "would close a circle: WEB-1 blocks WEB-2 blocks WEB-3 blocks WEB-1");
    link(&alex, "WEB-1", "blocked_by", "WEB-3").await.invalid(&["task"]);
    link(&alex, "WEB-1", "relates", "WEB-1").await.invalid(&["task"]);
    link(&alex, "WEB-1", "blocks", "APP-1").await.invalid(&["task"]);
    link(&alex, "WEB-1", "haunts", "WEB-2").await.invalid(&["kind"]);
    link(&alex, "WEB-1", "relates", "WEB-9").await.problem(404);
    link(&alex, "WEB-9", "relates", "WEB-1").await.problem(404);
    let gina = alex.invite("Gina", "guest", &[("WEB", "developer")]).await;
    link(&gina, "WEB-1", "relates", "APP-1").await.problem(404);
    link(&alex, "WEB-1", "relates", "APP-1").await.ok(201);
    assert_eq!(links(&gina, "WEB-1").await, [pair("blocks", "WEB-2")], "what she may not see is not told");
    let eve = stack.person("Eve").await;
    eve.project("EVE").await;
    eve.task("EVE", "Hers").await;
    link(&eve, "EVE-1", "relates", "WEB-1").await.problem(404);
}

#[tokio::test]
async fn concurrent_links_cannot_form_a_cycle() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    for pair in 0..6 {
        let (one, two) = (alex.task("WEB", "One").await, alex.task("WEB", "Two").await);
        let (there, back) = tokio::join!(link(&alex, &one, "blocks", &two), link(&alex, &two, "blocks", &one));
        let mut statuses = [there.status, back.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 422], "pair {pair}");
    }
}
