use crate::{PATH, files, import, outcome, problems, send, start, status, tasks};
use millrace_api_tests::{PATIENCE, Stack};
use serde_json::{Value, json};

#[tokio::test]
async fn a_csv_import_has_a_dry_run_and_then_creates_all_tasks() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let count = 2_400;
    let file = files::table(count, &alex.email);
    let id = send(&alex, "WEB", "csv", file.as_bytes(), json!({})).await;
    start(&alex, &id, true).await.ok(201);
    let checked = outcome(&alex, &id).await;
    assert_eq!(
        (&checked["import"]["state"], &checked["import"]["total"]),
        (&json!("checked"), &json!(count - count / 100))
    );
    assert_eq!(tasks(&alex, &board.id).await, Vec::<Value>::new(), "a dry run makes nothing");
    assert_eq!(alex.get("/api/projects/WEB/labels").await.ok(200)["items"], json!([]));
    assert_eq!(checked["made"]["labels"], json!(["red", "green"]));
    assert_eq!(
        (&checked["preview"][1]["title"], &checked["preview"][1]["key"]),
        (&json!("Card number 1"), &Value::Null)
    );
    let targets: Vec<_> =
        checked["columns"].as_array().expect("columns").iter().map(|column| column["target"].clone()).collect();
    let expected =
        ["title", "description", "column", "priority", "assignees", "labels", "story_points", "due_date", "ignored"];
    assert_eq!(json!(targets), json!(expected));
    // The eighth card has two wrong fields, the hundredth no title: each takes two lines of the file.
    assert_eq!(problems(&checked)[..2], [(16, "story_points".to_owned(), false), (16, "due_date".to_owned(), false)]);
    assert!(problems(&checked).contains(&(200, "title".to_owned(), true)));

    start(&alex, &id, false).await.ok(201);
    let done = outcome(&alex, &id).await;
    let made = &done["import"];
    assert_eq!((&made["state"], &made["done"], &made["failed"]), (&json!("done"), &made["total"], &json!(count / 100)));
    assert_eq!((&made["first_key"], &made["problem_count"]), (&json!("WEB-1"), &checked["import"]["problem_count"]));
    let all = tasks(&alex, &board.id).await;
    assert_eq!(all.len(), count - count / 100);
    for (column, id) in board.columns.iter().enumerate() {
        let mut own: Vec<_> = all.iter().filter(|card| card["column_id"] == **id).collect();
        own.sort_by_key(|card| card["position"].as_str().map(str::to_owned));
        let numbers = own.iter().map(|card| card["key"].as_str().and_then(|key| key[4..].parse::<u32>().ok()));
        let numbers: Vec<_> = numbers.collect();
        assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]), "column {column} stands in the order of the file");
    }
    let first = alex.get("/api/tasks/WEB-1").await.ok(200);
    assert_eq!(
        (&first["title"], &first["priority"]),
        (&json!("Zwölf Boxkämpfer jagen Viktor quer über den Sylter Deich 0"), &json!("high"))
    );
    assert_eq!(first["description"], "Line one of 0\nLine \"two\", with a comma");
    assert_eq!((&first["assignees"], first["labels"].as_array().map(Vec::len)), (&json!([alex.id]), Some(2)));
    assert_eq!(
        (&first["story_points"], &first["due_date"], &first["reporter"]),
        (&json!(3), &json!("2027-03-01"), &json!(alex.id))
    );
    let next = alex.task("WEB", "The next one").await;
    assert_eq!(next, format!("WEB-{}", all.len() + 1), "numbers were set aside for what was made");
}

#[tokio::test]
async fn a_mapping_defines_the_columns_of_a_table() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let fields = json!({"fields": [{"name": "Customer", "kind": "text"}, {"name": "Size", "kind": "select", "options": ["S", "L"]}]});
    let fields = alex.put("/api/projects/WEB/fields", fields).await.ok(200)["fields"].clone();
    let file = "Was;Wo;Wer;Kunde;Size\nEins;Unterwegs;nobody@example.com;Acme;l\nZwei;To do;;;XXL\n";
    let mapping = json!({"Was": "title", "Wo": "column", "Wer": "assignees", "Kunde": fields[0]["id"]});
    let id = send(&alex, "WEB", "csv", file.as_bytes(), json!({"make_columns": true})).await;
    start(&alex, &id, true).await.ok(201);
    let first = outcome(&alex, &id).await;
    assert_eq!(
        (&first["import"]["total"], &first["import"]["failed"]),
        (&json!(0), &json!(2)),
        "no column holds the title"
    );
    let mapped = json!({"project": "WEB", "import_id": id, "dry_run": true, "mapping": mapping});
    alex.post(PATH, mapped).await.ok(201);
    let second = outcome(&alex, &id).await;
    assert_eq!((&second["import"]["total"], &second["made"]["columns"]), (&json!(2), &json!(["Unterwegs"])));
    assert_eq!(problems(&second), [(2, "assignees".to_owned(), false), (3, "custom.Size".to_owned(), false)]);
    start(&alex, &id, false).await.ok(201);
    outcome(&alex, &id).await;
    let snapshot = alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
    let column = snapshot["columns"].as_array().expect("columns").last().cloned().expect("a column");
    assert_eq!((&column["name"], &column["category"]), (&json!("Unterwegs"), &json!("todo")));
    let task = alex.get("/api/tasks/WEB-1").await.ok(200);
    assert_eq!(task["column_id"], column["id"]);
    let value = |index: usize| task["custom"][fields[index]["id"].as_str().expect("an id")].clone();
    assert_eq!((value(0), value(1)), (json!("Acme"), json!("L")));
}

#[tokio::test]
async fn a_trello_export_is_imported_with_lists_and_comments() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let count = 1_200;
    let file = files::trello(count).to_string();
    let (checked, done) = import(&alex, "WEB", "trello", file.as_bytes(), json!({})).await;
    assert_eq!(checked["made"], done["made"]);
    assert_eq!(
        (&done["made"]["columns"], &done["made"]["labels"]),
        (&json!(["Ideas", "Doing", "Shipped"]), &json!(["Bug", "sky"]))
    );
    assert_eq!(done["import"]["done"], count - count / 20);
    let found = problems(&done);
    assert!(found.contains(&(0, "cards".to_owned(), false)) && found.contains(&(1, "assignees".to_owned(), false)));
    let all = tasks(&alex, &board.id).await;
    assert_eq!(all.len(), count - count / 20);
    let first = alex.get("/api/tasks/WEB-1").await.ok(200);
    assert_eq!(first["description"], "Some *Markdown*\n\n### Steps\n\n- [x] First\n- [ ] Second");
    assert_eq!(
        (&first["assignees"], &first["due_date"], &first["comment_count"]),
        (&json!([alex.id]), &json!("2027-03-01"), &json!(1))
    );
    assert_eq!(first["created_at"], "2023-11-14T22:13:20Z");
    assert_eq!(done["made"]["fields"], json!(["Size", "Paid"]));
    let fields = alex.get("/api/projects/WEB/fields").await.ok(200)["fields"].clone();
    let value = |task: &Value, index: usize| task["custom"][fields[index]["id"].as_str().expect("an id")].clone();
    let second = alex.get("/api/tasks/WEB-2").await.ok(200);
    assert_eq!((value(&first, 0), value(&first, 1)), (json!("Small"), json!("Yes")));
    assert_eq!((value(&second, 0), value(&second, 1)), (json!("Large"), json!(null)));
    let said = alex.get("/api/tasks/WEB-1/comments").await.ok(200)["items"][0].clone();
    assert_eq!(
        (&said["body"], &said["author"]),
        (&json!("**Somebody Else, 2024-03-01:**\n\nSaid about 0"), &json!(alex.id))
    );
    // The cards of a list are written from the last to the first.
    let mut ideas: Vec<_> = all.iter().filter(|card| card["column_id"] == first["column_id"]).collect();
    ideas.sort_by_key(|card| card["position"].as_str().map(str::to_owned));
    assert_eq!(ideas.last().expect("a card")["key"], "WEB-1");
}

#[tokio::test]
async fn jira_issues_are_imported_with_subtasks_links_and_epic_labels() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let sprint = json!({"name": "Sprint 8", "start_date": "2027-01-04", "end_date": "2027-01-15"});
    let sprint = alex.post("/api/projects/WEB/sprints", sprint).await.ok(201);
    let fields = json!({"fields": [{"name": "Customer", "kind": "text"}]});
    let fields = alex.put("/api/projects/WEB/fields", fields).await.ok(200)["fields"].clone();
    let pairs = 600;
    let file = files::jira(pairs);
    let (_, done) = import(&alex, "WEB", "jira", file.as_bytes(), json!({})).await;
    assert_eq!((&done["import"]["done"], &done["import"]["failed"]), (&json!(1 + pairs * 2), &json!(0)));
    assert_eq!(tasks(&alex, &board.id).await.len(), 1 + pairs * 2);
    let story = alex.get("/api/tasks/WEB-2").await.ok(200);
    assert_eq!(
        (&story["priority"], &story["story_points"], &story["estimated_hours"]),
        (&json!("urgent"), &json!(5), &json!(2.0))
    );
    assert_eq!(
        (&story["sprint_id"], &story["due_date"], &story["status"]),
        (&sprint["id"], &json!("2027-11-24"), &json!("todo"))
    );
    assert_eq!(
        (&story["subtask_count"], &story["subtask_done"], &story["comment_count"]),
        (&json!(1), &json!(1), &json!(2))
    );
    assert_eq!(story["description"], "## Why\n\nBecause; of **\"this\"**, @Alex");
    let own = fields[0]["id"].as_str().expect("an id");
    assert_eq!(story["custom"][own], "Acme");
    let columns = done["columns"].as_array().expect("columns");
    assert!(columns.contains(&json!({"name": "Custom field (Customer)", "target": own, "samples": ["Acme"]})));
    let labels = alex.get("/api/projects/WEB/labels").await.ok(200);
    let mut names: Vec<_> =
        labels["items"].as_array().expect("labels").iter().map(|label| label["name"].clone()).collect();
    names.sort_by_key(ToString::to_string);
    assert_eq!(json!(names), json!(["The epic", "api", "backend"]));
    let part = alex.get("/api/tasks/WEB-3").await.ok(200);
    assert_eq!(
        (&part["parent"], &part["blocked_by"], &part["blocked"]),
        (&json!("WEB-2"), &json!(["WEB-2"]), &json!(true))
    );
    assert_eq!((&part["status"], &part["closed_at"]), (&json!("done"), &json!("2025-11-21T16:00:00Z")));
    let links = alex.get("/api/tasks/WEB-2/links").await.ok(200);
    assert_eq!((&links["items"][0]["kind"], &links["items"][0]["task"]), (&json!("blocks"), &json!("WEB-3")));
    let comments = alex.get("/api/tasks/WEB-2/comments").await.ok(200);
    assert_eq!(comments["items"][1]["body"], "And Alex that");
}

#[tokio::test]
async fn an_unusable_file_is_reported_and_writes_nothing() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let begin = |format: &str, size: u64| json!({"project": "WEB", "format": format, "name": "x", "size": size});
    for size in [0, 100 * 1024 * 1024 + 1, 200 * 1024 * 1024] {
        assert_eq!(alex.post(PATH, begin("csv", size)).await.problem(422)["errors"][0]["field"], "size");
    }
    assert_eq!(
        alex.post(PATH, json!({"project": "WEB"})).await.problem(422)["errors"].as_array().map(Vec::len),
        Some(3)
    );
    let mut other = begin("csv", 1);
    other["board_id"] = json!("APP.bAAAA");
    assert_eq!(alex.post(PATH, other).await.problem(422)["errors"][0]["field"], "board_id");
    let mut other = begin("csv", 1);
    other["mapping"] = json!({"A": "nothing"});
    assert_eq!(alex.post(PATH, other).await.problem(422)["errors"][0]["field"], "mapping.A");
    let waiting = alex.post(PATH, begin("csv", 5)).await.ok(201)["import_id"].clone();
    let waiting = waiting.as_str().expect("an id");
    assert!(start(&alex, waiting, true).await.problem(409)["detail"].to_string().contains("not arrived"));

    let trello = files::trello(3).to_string();
    let half = &trello.as_bytes()[..trello.len() / 2];
    for (format, bytes, told) in [
        ("csv", &b" \n"[..], "empty"),
        ("csv", trello.as_bytes(), "JSON"),
        ("csv", b"\xff\xfeT\0i\0", "no tasks"),
        ("csv", b"Title\n\n", "no tasks"),
        ("json", trello.as_bytes(), "format"),
        ("json", b"{\"format\": \"\xff\"", "UTF-8"),
        ("trello", half, "ends before it is whole"),
        ("trello", b"Title\nOne\n", "JSON object"),
        ("jira", b"Title\nOne\n", "Issue key"),
    ] {
        for dry_run in [true, false] {
            let id = send(&alex, "WEB", format, bytes, json!({})).await;
            start(&alex, &id, dry_run).await.ok(201);
            let found = outcome(&alex, &id).await;
            assert_eq!(found["import"]["state"], "failed", "{format}: {found}");
            let failure = found["import"]["failure"].as_str().expect("why");
            assert!(failure.contains(told), "{format}: {failure}");
        }
    }
    let odd = send(&alex, "WEB", "csv", b"Title,X\nCaf\xe9,\"open\nTwo,3\n", json!({})).await;
    start(&alex, &odd, true).await.ok(201);
    let rows = problems(&outcome(&alex, &odd).await).into_iter().filter(|(_, field, _)| field == "row").count();
    assert_eq!(rows, 2, "one for the encoding, one for the quote");
    assert_eq!(tasks(&alex, &board.id).await, Vec::<Value>::new());
}

#[tokio::test]
async fn repeated_and_foreign_starts_change_nothing() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let id = send(&alex, "WEB", "csv", b"Title\nOne\nTwo\n", json!({})).await;
    let starts = futures::future::join_all((0..4).map(|_| start(&alex, &id, false))).await;
    assert!(starts.iter().all(|reply| reply.status == 201), "{starts:?}");
    let done = outcome(&alex, &id).await;
    assert_eq!((&done["import"]["state"], &done["import"]["done"]), (&json!("done"), &json!(2)));
    assert_eq!(start(&alex, &id, false).await.ok(201)["state"], "done");
    assert!(stack.server.idle(PATIENCE).await);
    assert_eq!(tasks(&alex, &board.id).await.len(), 2);

    let eve = stack.person("Eve").await;
    eve.project("WEB").await;
    eve.get(&format!("/api/imports/{id}")).await.problem(404);
    start(&eve, &id, false).await.problem(404);
    let dev = alex.invite("Dev", "member", &[("WEB", "developer")]).await;
    dev.get(&format!("/api/imports/{id}")).await.problem(403);
    start(&dev, &id, false).await.problem(403);
    alex.project("APP").await;
    alex.post(PATH, json!({"project": "APP", "import_id": id})).await.problem(404);
    assert_eq!(status(&alex, &id).await, status(&alex, &id).await);
}
