//! A project that is exported and imported again is what it was.

use crate::{attach, attached, content, exported, import, png, rich};
use jiff::{ToSpan, tz::TimeZone};
use millrace_api_tests::{PASSWORD, Person, Stack};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The same person, signed in anew: a day went by.
async fn again<'stack>(person: &Person<'stack>) -> Person<'stack> {
    let body = json!({"email": person.email, "password": PASSWORD});
    let reply = person.stack.call("POST", "/api/auth/login", Some(body)).await;
    Person::signed_in(person.stack, &person.email, reply, 200)
}

/// A rich project on which people worked for some days: a sprint that was closed, one that runs, tasks that were
/// archived and one that left for another project, logged time, files, comments with reactions, edits and removed ones.
async fn lived(stack: &Stack) -> Person<'_> {
    let alex = rich(stack).await;
    let board = alex.get("/api/projects/WEB").await.ok(200)["board_id"].as_str().expect("a board").to_owned();
    let board = alex.board(&board).await;
    let elsewhere = alex.project("OPS").await;
    let sam = alex.invite("Robin", "member", &[("WEB", "developer"), ("TWO", "developer")]).await;
    let today = stack.server.clock().now().to_zoned(TimeZone::UTC).date();
    let mut sprints = Vec::new();
    for (name, first) in [("Past", 0), ("Present", 1), ("Future", 20)] {
        let days = (today.saturating_add(first.days()), today.saturating_add((first + 10).days()));
        let sent = json!({"name": name, "goal": "Ship", "start_date": days.0, "end_date": days.1, "capacity": 20});
        let sprint = alex.post("/api/projects/WEB/sprints", sent).await.ok(201);
        sprints.push(sprint["id"].as_str().expect("an id").to_owned());
    }
    // WEB-5 to WEB-9: done, carried over, archived, done and archived, gone to another project.
    for points in [3, 5, 2, 1, 8] {
        let sent = json!({"title": format!("Of {points}"), "story_points": points, "sprint_id": sprints[0]});
        alex.post("/api/projects/WEB/tasks", sent).await.ok(201);
    }
    alex.post(&format!("/api/sprints/{}/start", sprints[0]), json!({})).await.ok(200);
    stack.advance("PT24H").await;
    let (alex, sam) = (again(&alex).await, again(&sam).await);
    for task in ["WEB-5", "WEB-8"] {
        alex.move_task(&board, task, 0, 4).await.ok(200);
    }
    alex.patch("/api/tasks/WEB-6", json!({"story_points": 6})).await.ok(200);
    for (person, task, minutes) in [(&alex, "WEB-5", 90), (&sam, "WEB-5", 30), (&alex, "WEB-8", 45)] {
        let sent = json!({"minutes": minutes, "note": "Thinking, “hard”"});
        person.post(&format!("/api/tasks/{task}/time-logs"), sent).await.ok(201);
    }
    let said = |body: &str, reply_to: &Value| json!({"body": body, "reply_to": reply_to});
    let comments = "/api/tasks/WEB-5/comments";
    let first = sam.post(comments, said("What nobody reads", &Value::Null)).await.ok(201)["id"].clone();
    let path = |comment: &Value| format!("{comments}/{}", comment.as_str().expect("an id"));
    let reply = alex.post(comments, said("An answer", &first)).await.ok(201)["id"].clone();
    for (person, emoji) in [(&sam, "👍"), (&alex, "👍"), (&sam, "🎉")] {
        person.put(&format!("{}/reactions/{emoji}", path(&reply)), json!(null)).await.ok(200);
    }
    for body in ["A better answer", "The best one"] {
        alex.patch(&path(&reply), json!({"body": body})).await.ok(200);
    }
    sam.delete(&path(&first)).await.ok(204);
    attach(&sam, "WEB-1", "Photo.png", "image/png", &png(640, 320)).await;
    attach(&alex, "WEB-1", "€ “rates”.txt", "text/plain", b"The rates").await;
    attach(&alex, "WEB-7", "plan.txt", "text/plain", b"The plan").await;
    let transfer = json!({"project": "OPS", "board_id": elsewhere.id});
    alex.post("/api/tasks/WEB-9/transfer", transfer).await.ok(200);
    alex.delete("/api/tasks/WEB-7").await.ok(204);
    let close = json!({"unfinished": sprints[1]});
    alex.post(&format!("/api/sprints/{}/close", sprints[0]), close).await.ok(200);
    alex.post(&format!("/api/sprints/{}/start", sprints[1]), json!({})).await.ok(200);
    alex.delete("/api/tasks/WEB-8").await.ok(204);
    stack.advance("PT24H").await;
    again(&alex).await
}

/// The file without what is another's in another project: keys, ids of sprints, and how ranks are spelled.
fn comparable(text: &str, project: &str) -> Value {
    let whole: Value = serde_json::from_str(text).expect("JSON");
    let mut text = text.replace(&format!("{project}-"), "X-");
    for sprint in whole["sprints"].as_array().expect("sprints") {
        text =
            text.replace(sprint["id"].as_str().expect("an id"), &format!("sprint {}", sprint["name"]).replace('"', ""));
    }
    let mut file: Value = serde_json::from_str(&text).expect("JSON");
    for field in ["exported_at", "key", "name"] {
        file.as_object_mut().expect("an object").remove(field);
    }
    let mut boards = std::mem::take(file["boards"].as_array_mut().expect("boards"));
    for board in boards.iter_mut().filter(|board| board["main"] == true) {
        board["name"] = json!("main");
    }
    boards.sort_by_key(|board| board["name"].to_string());
    file["boards"] = json!(boards);
    file["labels"].as_array_mut().expect("labels").sort_by_key(|entry| entry["name"].to_string());
    let mut order: Vec<String> =
        file["tasks"].as_array().expect("tasks").iter().map(|task| task["position"].to_string()).collect();
    order.sort();
    for task in file["tasks"].as_array_mut().expect("tasks") {
        let own = task["position"].to_string();
        task["position"] = json!(order.iter().position(|position| *position == own));
        for list in ["labels", "links"] {
            if let Some(list) = task[list].as_array_mut() {
                list.sort_by_key(ToString::to_string);
            }
        }
    }
    file
}

/// The sprints of a project by their names.
async fn sprints(person: &Person<'_>, project: &str) -> BTreeMap<String, Value> {
    let list = person.get(&format!("/api/projects/{project}/sprints")).await.ok(200);
    let named = |sprint: &Value| (sprint["name"].as_str().expect("a name").to_owned(), sprint.clone());
    list["items"].as_array().expect("sprints").iter().map(named).collect()
}

#[tokio::test]
async fn an_exported_project_round_trips() {
    let stack = Stack::own().await;
    let alex = lived(&stack).await;
    stack.idle().await;
    let (answer, text) = exported(&alex, "WEB", "json").await;
    assert_eq!((&answer["tasks"], &answer["attachments"]), (&json!(8), &json!(3)));
    let (checked, done) = import(&alex, "TWO", "json", text.as_bytes(), json!({})).await;
    assert_eq!((&checked["problems"], &done["problems"]), (&json!([]), &json!([])));
    assert_eq!(done["made"]["boards"], json!(["Second board"]));
    let (_, again) = exported(&alex, "TWO", "json").await;
    let (before, after) = (comparable(&text, "WEB"), comparable(&again, "TWO"));
    assert!(
        before["tasks"][0]["comments"].as_array().map(Vec::len) == Some(3) && before["tasks"][0]["links"].is_array()
    );
    let told = &before["tasks"][4];
    assert_eq!((&told["time"][0]["minutes"], &told["comments"][0]["removed"]), (&json!(90), &json!(true)), "{told}");
    assert_eq!(told["comments"][1]["earlier"].as_array().map(Vec::len), Some(2));
    assert!(before["tasks"][6]["archived_at"].is_string() && before["tasks"][7]["archived_at"].is_string());
    let files = before["tasks"][0]["attachments"].as_array().expect("files");
    assert!(files.len() == 2 && files.iter().all(|file| file["by"].is_string() && file["created_at"].is_string()));
    for list in ["boards", "labels", "fields", "description"] {
        assert_eq!(after[list], before[list], "{list}");
    }
    for list in ["sprints", "tasks"] {
        for (one, other) in before[list].as_array().expect("a list").iter().zip(after[list].as_array().expect("a list"))
        {
            assert_eq!(other, one);
        }
    }
    assert_eq!(after, before);
    stack.idle().await;
    let files = attached(&alex, "TWO-1").await;
    assert_eq!((content(&alex, &files[0]).await, &files[0]["thumbnail"]["width"]), (png(640, 320), &json!(320)));
    assert_eq!(content(&alex, &files[1]).await, b"The rates");
    assert_eq!(content(&alex, &attached(&alex, "TWO-7").await[0]).await, b"The plan");
}

#[tokio::test]
async fn sprint_history_round_trips_and_continues() {
    let stack = Stack::own().await;
    let alex = lived(&stack).await;
    let (_, text) = exported(&alex, "WEB", "json").await;
    import(&alex, "TWO", "json", text.as_bytes(), json!({})).await;
    let (old, new) = (sprints(&alex, "WEB").await, sprints(&alex, "TWO").await);
    for (name, sprint) in &old {
        let other = &new[name];
        for field in ["state", "started_at", "closed_at", "committed_points", "completed_points", "created_at", "goal"]
        {
            assert_eq!(other[field], sprint[field], "{name} {field}");
        }
        for chart in ["burndown", "report"] {
            let read = |sprint: &Value| {
                let path = format!("/api/sprints/{}/{chart}", sprint["id"].as_str().expect("an id"));
                let alex = &alex;
                async move { alex.get(&path).await.ok(200).to_string() }
            };
            let (before, after) = (read(sprint).await, read(other).await);
            let named = |text: String, sprints: &BTreeMap<String, Value>, project: &str| {
                let ids = sprints.iter().map(|(name, sprint)| (name, sprint["id"].as_str().expect("an id")));
                ids.fold(text.replace(&format!("{project}-"), "X-"), |text, (name, id)| text.replace(id, name))
            };
            assert_eq!(named(after, &new, "TWO"), named(before, &old, "WEB"), "{name} {chart}");
        }
    }
    let mut velocities = Vec::new();
    for project in ["WEB", "TWO"] {
        let mut velocity = alex.get(&format!("/api/projects/{project}/velocity")).await.ok(200);
        for sprint in velocity["sprints"].as_array_mut().expect("sprints") {
            sprint.as_object_mut().expect("an object").remove("sprint_id");
        }
        velocities.push(velocity);
    }
    assert_eq!((&velocities[1], velocities[0]["sprints"][0]["completed_points"].as_u64()), (&velocities[0], Some(4)));
    // What is done in the running one now goes on from there.
    let task = alex.get("/api/tasks/TWO-6").await.ok(200);
    assert_eq!((&task["sprint_id"], &task["story_points"]), (&new["Present"]["id"], &json!(6)));
    alex.patch("/api/tasks/TWO-6", json!({"story_points": 4})).await.ok(200);
    let path = format!("/api/sprints/{}/report", new["Present"]["id"].as_str().expect("an id"));
    let report = alex.get(&path).await.ok(200);
    assert_eq!((&report["carried_over_points"], &report["re_estimated_points"]), (&json!(4), &json!(-2)), "{report}");
}

#[tokio::test]
async fn time_logs_archived_tasks_and_subtasks_round_trip() {
    let stack = Stack::own().await;
    let alex = lived(&stack).await;
    let (_, text) = exported(&alex, "WEB", "json").await;
    import(&alex, "TWO", "json", text.as_bytes(), json!({})).await;
    stack.idle().await;
    let part = alex.get("/api/tasks/TWO-1").await.ok(200);
    assert_eq!((&part["subtask_count"], &part["subtask_done"]), (&json!(1), &json!(1)));
    assert_eq!(alex.get("/api/tasks/TWO-3").await.ok(200)["blocked"], true);
    let logs = alex.get("/api/tasks/TWO-5/time-logs").await.ok(200);
    let minutes: u64 = logs["items"].as_array().expect("logs").iter().filter_map(|log| log["minutes"].as_u64()).sum();
    assert_eq!((minutes, &alex.get("/api/tasks/TWO-5").await.ok(200)["actual_hours"]), (120, &json!(2.0)));
    let archived = alex.get("/api/tasks/TWO-7").await.ok(200);
    assert_eq!(archived["archived"], true);
    let shown = |board: &Value| board["tasks"].as_array().expect("tasks").len();
    let id = alex.get("/api/projects/TWO").await.ok(200)["board_id"].as_str().expect("a board").to_owned();
    let before = shown(&alex.get(&format!("/api/boards/{id}")).await.ok(200));
    alex.post("/api/tasks/TWO-7/restore", json!({})).await.ok(200);
    assert_eq!(shown(&alex.get(&format!("/api/boards/{id}")).await.ok(200)), before + 1);
}

#[tokio::test]
async fn format_version_1_is_still_read() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let sprint = json!({"name": "S", "start_date": "2026-01-05", "end_date": "2026-01-09", "state": "closed"});
    let task = json!({"key": "OLD-7", "title": "One", "sprint": "S", "attachment_count": 2});
    let file = json!({"format": "millrace-project", "version": 1, "sprints": [sprint], "tasks": [task]}).to_string();
    let (_, done) = import(&alex, "WEB", "json", file.as_bytes(), json!({})).await;
    let told: Vec<_> = crate::problems(&done);
    assert_eq!(told, [(0, "sprint".to_owned(), false), (1, "attachments".to_owned(), false)]);
    let made = sprints(&alex, "WEB").await;
    assert_eq!(made["S"]["state"], "planned");
    assert_eq!(alex.get("/api/tasks/WEB-1").await.ok(200)["sprint_id"], made["S"]["id"]);
}
