//! What others do at the very moment in which a task is moved to another project.

use millrace_api_tests::{Board, Person, Reply, Stack};
use serde_json::{Value, json};

/// How often each pair of calls meets: now the one comes first, now the other.
const ROUNDS: usize = 12;

async fn transfer(person: &Person<'_>, task: &str, project: &str, board: &Board) -> Reply {
    let to = json!({"project": project, "board_id": board.id});
    person.post(&format!("/api/tasks/{task}/transfer"), to).await
}

async fn link(person: &Person<'_>, task: &str, kind: &str, other: &str) -> Reply {
    person.post(&format!("/api/tasks/{task}/links"), json!({"kind": kind, "task": other})).await
}

/// The ids of a task's links.
async fn links(person: &Person<'_>, task: &str) -> Vec<String> {
    let links = person.get(&format!("/api/tasks/{task}/links")).await.ok(200);
    let id = |link: &Value| link["id"].as_str().expect("an id").to_owned();
    links["items"].as_array().expect("links").iter().map(id).collect()
}

fn key(task: &Value) -> String {
    task["key"].as_str().expect("a key").to_owned()
}

#[tokio::test]
async fn links_use_the_new_key_at_both_ends() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let app = alex.project("APP").await;
    for _ in 0..ROUNDS {
        let (task, other) = (alex.task("WEB", "Moves").await, alex.task("WEB", "Stays").await);
        let (moved, there, back) = futures::join!(
            transfer(&alex, &task, "APP", &app),
            link(&alex, &task, "relates", &other),
            link(&alex, &other, "duplicates", &task),
        );
        let now = key(&moved.ok(200));
        there.ok(201);
        back.ok(201);
        assert_eq!(links(&alex, &now).await, [format!("relates.{other}"), format!("duplicated_by.{other}")]);
        assert_eq!(links(&alex, &task).await, links(&alex, &now).await);
        assert_eq!(links(&alex, &other).await, [format!("relates.{now}"), format!("duplicates.{now}")]);
    }
}

#[tokio::test]
async fn both_ends_of_a_link_can_be_transferred_concurrently() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let (app, sec) = (alex.project("APP").await, alex.project("SEC").await);
    for _ in 0..ROUNDS {
        let (task, other) = (alex.task("WEB", "Moves").await, alex.task("WEB", "Moves too").await);
        link(&alex, &task, "relates", &other).await.ok(201);
        let (one, two, there) = futures::join!(
            transfer(&alex, &task, "APP", &app),
            transfer(&alex, &other, "SEC", &sec),
            link(&alex, &task, "duplicates", &other),
        );
        let (one, two) = (key(&one.ok(200)), key(&two.ok(200)));
        there.ok(201);
        assert_eq!(links(&alex, &one).await, [format!("relates.{two}"), format!("duplicates.{two}")]);
        assert_eq!(links(&alex, &two).await, [format!("relates.{one}"), format!("duplicated_by.{one}")]);
    }
}

#[tokio::test]
async fn a_concurrently_removed_link_does_not_reappear() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let app = alex.project("APP").await;
    for round in 0..ROUNDS {
        let (task, other) = (alex.task("WEB", "Moves").await, alex.task("WEB", "Stays").await);
        link(&alex, &task, "relates", &other).await.ok(201);
        // By either end: the one that stays calls the link by the other's key.
        let path = match round % 2 {
            0 => format!("/api/tasks/{task}/links/relates.{other}"),
            _ => format!("/api/tasks/{other}/links/relates.{task}"),
        };
        let (moved, gone) = futures::join!(transfer(&alex, &task, "APP", &app), alex.delete(&path));
        gone.ok(204);
        assert_eq!(links(&alex, &key(&moved.ok(200))).await, [] as [&str; 0], "{path}");
        assert_eq!(links(&alex, &other).await, [] as [&str; 0], "{path}");
    }
}

#[tokio::test]
async fn a_concurrent_subtask_prevents_a_transfer_or_is_refused() {
    let alex = Stack::shared().person("Alex").await;
    let web = alex.project("WEB").await;
    let app = alex.project("APP").await;
    for _ in 0..ROUNDS {
        let (task, other) = (alex.task("WEB", "Moves").await, alex.task("WEB", "To be a part").await);
        let part = json!({"title": "A part", "parent": task, "column_id": web.columns[4]});
        let path = format!("/api/tasks/{other}");
        let (moved, made, set) = futures::join!(
            transfer(&alex, &task, "APP", &app),
            alex.post("/api/projects/WEB/tasks", part),
            alex.patch(&path, json!({"parent": task})),
        );
        let parts = usize::from(made.status == 201) + usize::from(set.status == 200);
        match moved.status {
            200 => {
                made.invalid(&["parent"]);
                set.invalid(&["parent"]);
            }
            _ => {
                assert!(moved.problem(409)["detail"].as_str().expect("a sentence").contains("subtasks"));
                assert!(parts > 0, "something kept it");
            }
        }
        let now = alex.get(&format!("/api/tasks/{task}")).await.ok(200);
        assert_eq!(now["subtask_count"], parts);
        let other = alex.get(&format!("/api/tasks/{other}")).await.ok(200);
        assert!(other["parent"].is_null() || other["parent"] == task);
    }
}

#[tokio::test]
async fn restoring_detaches_from_a_transferred_parent() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let app = alex.project("APP").await;
    for round in 0..ROUNDS {
        let task = alex.task("WEB", "Moves").await;
        let part = json!({"title": "A part", "parent": task});
        let part = key(&alex.post("/api/projects/WEB/tasks", part).await.ok(201));
        alex.delete(&format!("/api/tasks/{part}")).await.ok(204);
        let restore = async {
            match round % 2 {
                0 => alex.post(&format!("/api/tasks/{part}/restore"), json!({})).await.ok(200),
                _ => {
                    let back = json!({"tasks": [part], "set": {"archived": false}});
                    alex.post("/api/tasks/bulk", back).await.ok(200)["items"][0]["card"].clone()
                }
            }
        };
        let (moved, back) = futures::join!(transfer(&alex, &task, "APP", &app), restore);
        let (now, back_now) = (
            alex.get(&format!("/api/tasks/{task}")).await.ok(200),
            alex.get(&format!("/api/tasks/{part}")).await.ok(200),
        );
        assert_eq!(back["key"], part);
        if moved.status == 200 {
            assert_eq!((&back_now["parent"], &now["subtask_count"]), (&Value::Null, &json!(0)));
        } else {
            moved.problem(409);
            assert_eq!((&back_now["parent"], &now["subtask_count"]), (&json!(task), &json!(1)));
        }
    }
}

#[tokio::test]
async fn concurrent_text_changes_survive_a_transfer() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let app = alex.project("APP").await;
    let mia = alex.invite("Mia", "member", &[("WEB", "developer"), ("APP", "developer")]).await;
    for round in 0..ROUNDS {
        let task = alex.task("WEB", "Moves").await;
        let path = format!("/api/tasks/{task}");
        let log = json!({"minutes": 5, "date": "2026-01-02"});
        let logged = alex.post(&format!("{path}/time-logs"), log.clone()).await.ok(201);
        let logged = format!("{path}/time-logs/{}", logged["id"].as_str().expect("an id"));
        let attach = async {
            let file = json!({"name": "notes.txt", "content_type": "text/plain", "size": 5});
            let begun = mia.post(&format!("{path}/attachments"), file).await.ok(201);
            let sent = stack.send_by_form(&begun["upload"], b"Notes".to_vec()).await;
            assert_eq!(sent.status, 204, "{}", sent.text);
            let complete = format!("{path}/attachments/{}/complete", begun["id"].as_str().expect("an id"));
            mia.post(&complete, json!({})).await.ok(200);
        };
        let described = format!("Round {round}");
        let [comments, logs, watch] = ["comments", "time-logs", "watch"].map(|part| format!("{path}/{part}"));
        let (moved, commented, timed, changed, watched, edited, ()) = futures::join!(
            transfer(&alex, &task, "APP", &app),
            mia.post(&comments, json!({"body": "Meanwhile"})),
            mia.post(&logs, log.clone()),
            alex.patch(&logged, json!({"minutes": 10})),
            mia.put(&watch, Value::Null),
            mia.patch(&path, json!({"description": described})),
            attach,
        );
        let now = key(&moved.ok(200));
        for (reply, status) in [(commented, 201), (timed, 201), (changed, 200), (edited, 200)] {
            reply.ok(status);
        }
        assert!((200..300).contains(&watched.status), "{}", watched.text);
        for key in [&task, &now] {
            let found = alex.get(&format!("/api/tasks/{key}")).await.ok(200);
            assert_eq!((&found["key"], &found["description"]), (&json!(now), &json!(described)));
            assert_eq!((&found["comment_count"], &found["attachment_count"]), (&json!(1), &json!(1)));
            assert_eq!(found["actual_hours"], json!(0.25));
            assert!(found["watchers"].as_array().expect("people").contains(&json!(mia.id)));
            for (list, count) in [("comments", 1), ("attachments", 1), ("time-logs", 2)] {
                let items = alex.get(&format!("/api/tasks/{key}/{list}")).await.ok(200);
                assert_eq!(items["items"].as_array().map(Vec::len), Some(count), "{list} of {key}");
            }
        }
    }
}

#[tokio::test]
async fn links_accept_former_keys() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let app = alex.project("APP").await;
    for title in ["Moves", "Stays"] {
        alex.task("WEB", title).await;
    }
    transfer(&alex, "WEB-1", "APP", &app).await.ok(200);
    let made = link(&alex, "WEB-2", "relates", "WEB-1").await.ok(201);
    assert_eq!((&made["id"], &made["task"]), (&json!("relates.APP-1"), &json!("APP-1")));
    assert_eq!(links(&alex, "WEB-1").await, ["relates.WEB-2"]);
    link(&alex, "WEB-2", "blocks", "WEB-1").await.invalid(&["task"]);
    link(&alex, "APP-1", "relates", "WEB-1").await.invalid(&["task"]);
    let gina = alex.invite("Gina", "guest", &[("WEB", "developer")]).await;
    link(&gina, "WEB-2", "relates", "WEB-1").await.problem(404);
    alex.delete("/api/tasks/WEB-2/links/relates.WEB-1").await.ok(204);
    assert_eq!(links(&alex, "APP-1").await, [] as [&str; 0]);
}
