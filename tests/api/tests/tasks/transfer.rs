use millrace_api_tests::{Board, Person, Reply, Stack};
use serde_json::{Value, json};

async fn transfer(person: &Person<'_>, task: &str, project: &str, board: &Board) -> Reply {
    let to = json!({"project": project, "board_id": board.id});
    person.post(&format!("/api/tasks/{task}/transfer"), to).await
}

/// Two projects, the first with one task.
async fn two(person: &Person<'_>) -> (Board, Board) {
    let boards = (person.project("WEB").await, person.project("APP").await);
    person.task("APP", "There before").await;
    person.task("WEB", "The wanderer").await;
    boards
}

async fn items(person: &Person<'_>, path: &str) -> Vec<Value> {
    person.get(path).await.ok(200)["items"].as_array().expect("items").clone()
}

/// Attaches a file of plain text.
async fn attach(person: &Person<'_>, task: &str, name: &str, bytes: &[u8]) -> Value {
    let path = format!("/api/tasks/{task}/attachments");
    let file = json!({"name": name, "content_type": "text/plain", "size": bytes.len()});
    let begun = person.post(&path, file).await.ok(201);
    let sent = person.stack.send_by_form(&begun["upload"], bytes.to_vec()).await;
    assert_eq!(sent.status, 204, "{}", sent.text);
    let path = format!("{path}/{}/complete", begun["id"].as_str().expect("an id"));
    person.post(&path, json!({})).await.ok(200)
}

async fn on_board(person: &Person<'_>, board: &Board) -> Vec<Value> {
    let snapshot = person.get(&format!("/api/boards/{}", board.id)).await.ok(200);
    snapshot["tasks"].as_array().expect("cards").iter().map(|card| card["key"].clone()).collect()
}

#[tokio::test]
async fn a_transferred_task_is_reachable_by_both_keys() {
    let alex = Stack::shared().person("Alex").await;
    let (web, app) = two(&alex).await;
    alex.patch("/api/tasks/WEB-1", json!({"description": "Long.", "column_id": web.columns[2]})).await.ok(200);
    let reply = transfer(&alex, "WEB-1", "APP", &app).await;
    assert_eq!(reply.header("etag"), "\"3\"");
    let moved = reply.ok(200);
    assert_eq!((&moved["key"], &moved["project"]), (&json!("APP-2"), &json!("APP")));
    assert_eq!((&moved["board_id"], &moved["column_id"]), (&json!(app.id), &json!(app.columns[2])));
    assert_eq!((&moved["title"], &moved["description"]), (&json!("The wanderer"), &json!("Long.")));
    for key in ["APP-2", "WEB-1"] {
        assert_eq!(alex.get(&format!("/api/tasks/{key}")).await.ok(200), moved, "{key}");
    }
    assert_eq!(on_board(&alex, &web).await, [] as [Value; 0]);
    assert_eq!(on_board(&alex, &app).await, ["APP-1", "APP-2"]);
    let renamed = alex.patch("/api/tasks/WEB-1", json!({"title": "Arrived", "description": "Longer."})).await.ok(200);
    assert_eq!((&renamed["key"], &renamed["description"]), (&json!("APP-2"), &json!("Longer.")));
    assert_eq!(alex.task("WEB", "Another").await, "WEB-2", "no key is given twice");
    alex.delete("/api/tasks/WEB-1").await.ok(204);
    assert_eq!(alex.get("/api/tasks/APP-2").await.ok(200)["archived"], true);
    alex.post("/api/tasks/WEB-1/restore", json!({})).await.ok(200);
    assert_eq!(on_board(&alex, &app).await, ["APP-1", "APP-2"]);
}

#[tokio::test]
async fn a_transfer_keeps_all_data() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let (_, app) = two(&alex).await;
    alex.task("WEB", "A relative").await;
    let said = alex.post("/api/tasks/WEB-1/comments", json!({"body": "Before"})).await.ok(201);
    let said = said["id"].as_str().expect("an id").to_owned();
    alex.put(&format!("/api/tasks/WEB-1/comments/{said}/reactions/👍"), Value::Null).await.ok(200);
    let log = alex.post("/api/tasks/WEB-1/time-logs", json!({"minutes": 30})).await.ok(201);
    let log = log["id"].as_str().expect("an id").to_owned();
    let file = attach(&alex, "WEB-1", "notes.txt", b"Some notes").await;
    let file = file["id"].as_str().expect("an id").to_owned();
    alex.post("/api/tasks/WEB-1/links", json!({"kind": "relates", "task": "WEB-2"})).await.ok(201);
    alex.post("/api/tasks/WEB-1/links", json!({"kind": "duplicates", "task": "APP-1"})).await.ok(201);
    let before = items(&alex, "/api/tasks/WEB-1/history").await;
    let counted = transfer(&alex, "WEB-1", "APP", &app).await.ok(200);
    for (field, count) in [("comment_count", json!(1)), ("attachment_count", json!(1)), ("actual_hours", json!(0.5))] {
        assert_eq!(counted[field], count, "{field}");
    }
    assert_eq!(counted["watchers"], json!([alex.id]));

    for (key, word) in [("WEB-1", "After"), ("APP-2", "Later")] {
        alex.post(&format!("/api/tasks/{key}/comments"), json!({"body": word, "reply_to": said})).await.ok(201);
    }
    alex.patch(&format!("/api/tasks/APP-2/comments/{said}"), json!({"body": "Edited"})).await.ok(200);
    let comments = items(&alex, "/api/tasks/APP-2/comments").await;
    let bodies: Vec<_> = comments.iter().map(|comment| &comment["body"]).collect();
    assert_eq!(bodies, ["Edited", "After", "Later"]);
    assert_eq!(comments[0]["reactions"][0]["emoji"], "👍");
    assert_eq!(items(&alex, "/api/tasks/WEB-1/comments").await, comments);
    let last = comments[2]["id"].as_str().expect("an id");
    alex.delete(&format!("/api/tasks/APP-2/comments/{last}")).await.ok(204);

    alex.patch(&format!("/api/tasks/APP-2/time-logs/{log}"), json!({"minutes": 45})).await.ok(200);
    alex.post("/api/tasks/APP-2/time-logs", json!({"minutes": 15})).await.ok(201);
    assert_eq!(items(&alex, "/api/tasks/APP-2/time-logs").await.len(), 2);
    let files = items(&alex, "/api/tasks/APP-2/attachments").await;
    assert_eq!((files.len(), &files[0]["name"]), (1, &json!("notes.txt")));
    for key in ["APP-2", "WEB-1"] {
        let address = alex.request("GET", &format!("/api/tasks/{key}/attachments/{file}"));
        let address = Reply::of(address.header("accept", "application/json")).await.ok(200);
        let fetched = stack.http.get(address["url"].as_str().expect("an address")).send().await.expect("answers");
        assert_eq!(fetched.bytes().await.expect("a file").as_ref(), b"Some notes");
    }
    attach(&alex, "APP-2", "more.txt", b"More notes").await;
    let task = alex.get("/api/tasks/APP-2").await.ok(200);
    assert_eq!((&task["actual_hours"], &task["attachment_count"]), (&json!(1.0), &json!(2)));
    assert_eq!(task["comment_count"], 2);

    let links: Vec<_> = items(&alex, "/api/tasks/APP-2/links").await.iter().map(|link| link["id"].clone()).collect();
    assert_eq!(links, ["relates.WEB-2", "duplicates.APP-1"]);
    for (key, link) in [("WEB-2", "relates.APP-2"), ("APP-1", "duplicated_by.APP-2")] {
        let there = items(&alex, &format!("/api/tasks/{key}/links")).await;
        assert_eq!((there.len(), &there[0]["id"]), (1, &json!(link)));
    }

    let history = items(&alex, "/api/tasks/APP-2/history?limit=100").await;
    assert_eq!(history[history.len() - before.len()..], before[..], "its history goes on");
    let mut page = alex.get("/api/tasks/WEB-1/history?limit=3").await.ok(200);
    let mut paged = page["items"].as_array().expect("events").clone();
    while let Some(next) = page["next"].as_str() {
        page = alex.get(&format!("/api/tasks/WEB-1/history?limit=3&cursor={next}")).await.ok(200);
        paged.extend(page["items"].as_array().expect("events").clone());
    }
    assert_eq!(paged, history);
    stack.idle().await;
    Reply::of(stack.http.post(stack.url("/_local/jobs/jobs-reconcile"))).await;
    stack.idle().await;
    assert_eq!(alex.get("/api/tasks/APP-2").await.ok(200)["actual_hours"], 1.0, "a recount finds the same");
}

#[tokio::test]
async fn a_running_timer_follows_a_transfer() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let (web, app) = two(&alex).await;
    alex.post("/api/timer/start", json!({"task": "WEB-1"})).await.ok(200);
    stack.advance("PT5M").await;
    transfer(&alex, "WEB-1", "APP", &app).await.ok(200);
    alex.post("/api/timer/stop", json!({})).await.ok(200);
    alex.post("/api/timer/start", json!({"task": "APP-2"})).await.ok(200);
    stack.advance("PT5M").await;
    transfer(&alex, "APP-2", "WEB", &web).await.ok(200);
    alex.post("/api/timer/start", json!({"task": "APP-1"})).await.ok(200);
    let task = alex.get("/api/tasks/WEB-2").await.ok(200);
    assert_eq!(task["actual_hours"], json!(10.0 / 60.0));
    assert_eq!(items(&alex, "/api/tasks/WEB-1/time-logs").await.len(), 2);
}

#[tokio::test]
async fn a_transfer_matches_labels_and_fields_by_name_and_clears_the_sprint() {
    let alex = Stack::shared().person("Alex").await;
    let (_, app) = two(&alex).await;
    let label = async |project: &str, name: &str| {
        let label = json!({"name": name, "color": "#123456"});
        alex.post(&format!("/api/projects/{project}/labels"), label).await.ok(201)["id"].clone()
    };
    let (bug, design, theirs) = (label("WEB", "bug").await, label("WEB", "design").await, label("APP", "Bug").await);
    let fields = json!({"fields": [{"name": "Customer", "kind": "text"}, {"name": "Budget", "kind": "number"}]});
    let own = alex.put("/api/projects/WEB/fields", fields).await.ok(200);
    let fields = json!({"fields": [{"name": "customer", "kind": "text"}, {"name": "Budget", "kind": "text"}]});
    let there = alex.put("/api/projects/APP/fields", fields).await.ok(200);
    let id = |fields: &Value, index: usize| fields["fields"][index]["id"].as_str().expect("an id").to_owned();
    let sprint = json!({"name": "One", "start_date": "2099-01-04", "end_date": "2099-01-15"});
    let sprint = alex.post("/api/projects/WEB/sprints", sprint).await.ok(201);
    let values = json!({id(&own, 0): "Ada", id(&own, 1): 5});
    let change = json!({"labels": [bug, design], "custom": values, "sprint_id": sprint["id"], "story_points": 3});
    alex.patch("/api/tasks/WEB-1", change).await.ok(200);
    let moved = transfer(&alex, "WEB-1", "APP", &app).await.ok(200);
    assert_eq!((&moved["labels"], &moved["sprint_id"]), (&json!([theirs]), &Value::Null));
    assert_eq!((&moved["custom"], &moved["story_points"]), (&json!({id(&there, 0): "Ada"}), &json!(3)));
    let path = format!("/api/sprints/{}/report", sprint["id"].as_str().expect("an id"));
    assert_eq!(alex.get(&path).await.ok(200)["completed_points"], 0);
}

#[tokio::test]
async fn both_boards_and_figures_follow_a_transfer() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let (web, app) = two(&alex).await;
    let moved = transfer(&alex, "WEB-1", "APP", &app).await.ok(200);
    let newest = async |board: &Board| {
        let events = alex.get(&format!("/api/boards/{}/events?after={}", board.id, board.cursor)).await.ok(200);
        events["items"].as_array().expect("events").last().expect("an event").clone()
    };
    let (left, came) = (newest(&web).await, newest(&app).await);
    assert_eq!((&left["type"], &left["task"]), (&json!("task.archived"), &json!("WEB-1")));
    assert_eq!((&came["type"], &came["task"]), (&json!("task.restored"), &json!("APP-2")));
    assert_eq!((&left["batch"], &left["changes"]), (&came["batch"], &came["changes"]));
    assert_eq!(came["changes"][0], json!({"field": "key", "from": "WEB-1", "to": "APP-2"}));
    assert_eq!(
        (&came["data"]["card"]["version"], &left["data"]["card"]["version"]),
        (&moved["version"], &moved["version"])
    );
    stack.idle().await;
    let open = async |project: &str| {
        let figures = alex.get(&format!("/api/projects/{project}/analytics")).await.ok(200);
        let statuses = figures["by_status"].as_array().expect("statuses").clone();
        statuses.iter().filter_map(|status| status["tasks"].as_u64()).sum::<u64>()
    };
    assert_eq!((open("WEB").await, open("APP").await), (0, 2));
}

#[tokio::test]
async fn another_board_of_the_same_project_keeps_the_key() {
    let alex = Stack::shared().person("Alex").await;
    let (web, app) = two(&alex).await;
    let second = alex.post("/api/projects/WEB/boards", json!({"name": "Second"})).await.ok(201);
    let second = alex.board(second["id"].as_str().expect("an id")).await;
    alex.task("WEB", "A part").await;
    alex.patch("/api/tasks/WEB-2", json!({"parent": "WEB-1"})).await.ok(200);
    let moved = transfer(&alex, "WEB-1", "WEB", &second).await.ok(200);
    assert_eq!((&moved["key"], &moved["board_id"]), (&json!("WEB-1"), &json!(second.id)));
    assert_eq!((&moved["subtask_count"], &moved["version"]), (&json!(1), &json!(2)));
    assert_eq!(on_board(&alex, &second).await, ["WEB-1"]);
    assert_eq!(on_board(&alex, &web).await, ["WEB-2"]);
    assert_eq!(transfer(&alex, "WEB-1", "WEB", &second).await.ok(200), moved, "it is there already");
    transfer(&alex, "WEB-1", "WEB", &app).await.invalid(&["board_id"]);
}

#[tokio::test]
async fn a_refused_transfer_names_the_reason() {
    let alex = Stack::shared().person("Alex").await;
    let (web, app) = two(&alex).await;
    for title in ["A part", "A blocker"] {
        alex.task("WEB", title).await;
    }
    alex.patch("/api/tasks/WEB-2", json!({"parent": "WEB-1"})).await.ok(200);
    let detail = async |task: &str| {
        let problem = transfer(&alex, task, "APP", &app).await.problem(409);
        problem["detail"].as_str().expect("a sentence").to_owned()
    };
    assert!(detail("WEB-1").await.contains("subtasks"));
    assert!(detail("WEB-2").await.contains("part of WEB-1"));
    alex.post("/api/tasks/WEB-3/links", json!({"kind": "blocks", "task": "WEB-1"})).await.ok(201);
    assert!(detail("WEB-3").await.contains("WEB-1"));
    alex.delete("/api/tasks/WEB-3").await.ok(204);
    assert!(detail("WEB-3").await.contains("archived"));
    transfer(&alex, "WEB-2", "NON", &app).await.invalid(&["project"]);
    transfer(&alex, "WEB-2", "APP", &web).await.invalid(&["board_id"]);
    let stale = alex.request("POST", "/api/tasks/APP-1/transfer").header("If-Match", "\"7\"");
    let to = json!({"project": "WEB", "board_id": web.id});
    Reply::of(stale.json(&to)).await.problem(412);
}

#[tokio::test]
async fn a_transfer_requires_a_manager_and_a_developer_role() {
    let alex = Stack::shared().person("Alex").await;
    let (_, app) = two(&alex).await;
    alex.project("SEC").await;
    let can = async |name: &str, roles: &[(&str, &str)]| {
        let person = alex.invite(name, "guest", roles).await;
        transfer(&person, "WEB-1", "APP", &app).await.status
    };
    assert_eq!(can("Dev", &[("WEB", "developer"), ("APP", "admin")]).await, 403);
    assert_eq!(can("Vera", &[("WEB", "manager"), ("APP", "viewer")]).await, 403);
    assert_eq!(can("Gus", &[("WEB", "manager")]).await, 422);
    assert_eq!(can("Mia", &[("WEB", "manager"), ("APP", "tester")]).await, 200);
    let only_web = alex.invite("Wes", "guest", &[("WEB", "developer")]).await;
    only_web.get("/api/tasks/WEB-1").await.problem(404);
    let only_app = alex.invite("Ava", "guest", &[("APP", "viewer")]).await;
    assert_eq!(only_app.get("/api/tasks/WEB-1").await.ok(200)["key"], "APP-2");
    only_app.patch("/api/tasks/WEB-1", json!({"title": "No"})).await.problem(403);
    let eve = Stack::shared().person("Eve").await;
    for key in ["WEB-1", "APP-2"] {
        eve.get(&format!("/api/tasks/{key}")).await.problem(404);
    }
}

#[tokio::test]
async fn concurrent_transfers_end_in_one_project() {
    let alex = Stack::shared().person("Alex").await;
    let (_, app) = two(&alex).await;
    let sec = alex.project("SEC").await;
    for _ in 0..4 {
        let task = alex.task("WEB", "A task").await;
        let comments = format!("/api/tasks/{task}/comments");
        let (one, other, comment) = futures::join!(
            transfer(&alex, &task, "APP", &app),
            transfer(&alex, &task, "SEC", &sec),
            alex.post(&comments, json!({"body": "Meanwhile"})),
        );
        let ends = [one.ok(200)["key"].clone(), other.ok(200)["key"].clone()];
        comment.ok(201);
        let now = alex.get(&format!("/api/tasks/{task}")).await.ok(200);
        assert!(ends.contains(&now["key"]), "{now} is none of {ends:?}");
        assert_eq!(now["comment_count"], 1);
        for key in &ends {
            let key = key.as_str().expect("a key");
            assert_eq!(alex.get(&format!("/api/tasks/{key}")).await.ok(200), now, "{key}");
            assert_eq!(items(&alex, &format!("/api/tasks/{key}/comments")).await.len(), 1);
        }
    }
    for project in ["WEB", "APP", "SEC"] {
        for task in items(&alex, &format!("/api/projects/{project}/tasks")).await {
            assert_eq!(
                alex.get(&format!("/api/tasks/{}", task["key"].as_str().expect("a key"))).await.ok(200)["key"],
                task["key"]
            );
        }
    }
}
