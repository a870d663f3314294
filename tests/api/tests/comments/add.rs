use crate::{all, count, newest, path, post, reply, with_task};
use futures::future::join_all;
use millrace_api_tests::{Reply, Stack};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[tokio::test]
async fn a_comment_is_read_as_it_was_posted_and_counts_on_the_card() {
    let alex = with_task().await;
    let comment = post(&alex, "  **Looks** good  ").await;
    assert_eq!(comment.header("etag"), "\"1\"");
    let comment = comment.ok(201);
    assert_eq!((&comment["body"], &comment["author"]), (&json!("**Looks** good"), &json!(alex.id)));
    assert_eq!((&comment["reply_to"], &comment["edited_at"]), (&Value::Null, &Value::Null));
    assert_eq!(
        (&comment["reactions"], &comment["earlier"], &comment["mentions"]),
        (&json!([]), &json!([]), &json!([]))
    );
    assert_eq!(all(&alex).await, [comment]);
    assert_eq!(count(&alex).await, 1);
    let event = newest(&alex).await;
    assert_eq!((&event["type"], &event["task"]), (&json!("comment.added"), &json!("WEB-1")));
    let task = alex.get("/api/tasks/WEB-1").await.ok(200);
    assert_eq!((&event["board_id"], &task["version"]), (&task["board_id"], &json!(1)), "the task has no new version");
}

#[tokio::test]
async fn mentions_require_access_to_the_project() {
    let alex = with_task().await;
    let vera = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    let gus = alex.invite("Gus", "guest", &[]).await;
    let eve = Stack::shared().person("Eve").await;
    let body = format!("@[Vera]({}), @[Alex]({}) and again @[V.]({})", vera.id, alex.id, vera.id);
    let comment = post(&alex, &body).await.ok(201);
    assert_eq!(comment["mentions"], json!([vera.id, alex.id]));
    let data = newest(&alex).await["data"].clone();
    assert_eq!(data["mentions"], json!([vera.id, alex.id]));
    let told = &data["comment"];
    assert_eq!((&told["id"], &told["body"], &told["author"]), (&comment["id"], &comment["body"], &json!(alex.id)));
    assert_eq!((&told["reply_to"], &told["mentions"]), (&Value::Null, &comment["mentions"]));
    for outside in [gus.id.as_str(), eve.id.as_str(), "usr_AAAAAAAAAAAAAAAAAAAA", "usr_?"] {
        post(&alex, &format!("Ask @[Somebody]({outside})")).await.invalid(&["body"]);
    }
    let crowd: String = (0..51).map(|number| format!("@[X](usr_AAAA{number})")).collect();
    post(&alex, &crowd).await.invalid(&["body"]);
    post(&alex, "@[Our page](https://example.com) is no person").await.ok(201);
    assert_eq!(count(&alex).await, 2);
}

#[tokio::test]
async fn a_reply_to_a_reply_joins_its_thread() {
    let alex = with_task().await;
    let first = post(&alex, "First").await.ok(201);
    let mut answered = first.clone();
    for depth in 1..=6 {
        answered = reply(&alex, &answered, &format!("Deeper {depth}")).await;
        assert_eq!(answered["reply_to"], first["id"]);
    }
    let comments = all(&alex).await;
    assert_eq!((&comments[0]["reply_count"], &comments[6]["reply_count"]), (&json!(6), &json!(0)));
    let other = "cmt_01K2Z3Y4X5W6V7T8S9R0Q1P2N3";
    alex.post("/api/tasks/WEB-1/comments", json!({"body": "x", "reply_to": other})).await.invalid(&["reply_to"]);
    alex.task("WEB", "Another").await;
    let elsewhere = json!({"body": "x", "reply_to": first["id"]});
    alex.post("/api/tasks/WEB-2/comments", elsewhere).await.invalid(&["reply_to"]);
}

#[tokio::test]
async fn concurrent_comments_are_all_stored_and_counted() {
    let alex = with_task().await;
    let first = post(&alex, "First").await.ok(201);
    let replies = join_all((0..8).map(|_| reply(&alex, &first, "At once"))).await;
    let ids: BTreeSet<_> = replies.iter().map(|reply| reply["id"].to_string()).collect();
    assert_eq!(ids.len(), 8);
    assert_eq!(all(&alex).await[0]["reply_count"], 8);
    assert_eq!(count(&alex).await, 9);
}

#[tokio::test]
async fn an_idempotency_key_adds_one_comment() {
    let alex = with_task().await;
    let send = |body: &str| {
        let request = alex.request("POST", "/api/tasks/WEB-1/comments").header("Idempotency-Key", "once");
        Reply::of(request.json(&json!({"body": body})))
    };
    let (one, two, three) = futures::join!(send("Hello"), send("Hello"), send("Hello"));
    let comments = [one, two, three].map(|reply| reply.ok(201));
    assert!(comments.iter().all(|comment| *comment == comments[0]));
    assert_eq!(all(&alex).await.len(), 1);
    assert_eq!(count(&alex).await, 1);
    send("Something else").await.invalid(&["Idempotency-Key"]);
}

#[tokio::test]
async fn viewers_cannot_comment() {
    let alex = with_task().await;
    let vera = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    let gus = alex.invite("Gus", "guest", &[]).await;
    let comment = post(&alex, "Read this").await.ok(201);
    assert_eq!(all(&vera).await, vec![comment.clone()]);
    post(&vera, "x").await.problem(403);
    post(&gus, "x").await.problem(404);
    gus.get("/api/tasks/WEB-1/comments").await.problem(404);
    let eve = Stack::shared().person("Eve").await;
    eve.project("WEB").await;
    eve.task("WEB", "Hers").await;
    assert!(all(&eve).await.is_empty());
    eve.patch(&path(&comment), json!({"body": "x"})).await.problem(404);
    eve.delete(&path(&comment)).await.problem(404);
    eve.post("/api/tasks/WEB-1/comments", json!({"body": "x", "reply_to": comment["id"]})).await.invalid(&["reply_to"]);
}

#[tokio::test]
async fn archived_tasks_refuse_comments_and_keep_existing_ones() {
    let alex = with_task().await;
    let comment = post(&alex, "Before").await.ok(201);
    alex.delete("/api/tasks/WEB-1").await.ok(204);
    post(&alex, "After").await.problem(409);
    alex.patch(&path(&comment), json!({"body": "After"})).await.problem(409);
    alex.delete(&path(&comment)).await.problem(409);
    alex.put(&crate::reaction(&comment, "👍"), Value::Null).await.problem(409);
    assert_eq!(all(&alex).await, [comment]);
    alex.post("/api/tasks/WEB-1/restore", json!({})).await.ok(200);
    assert_eq!(count(&alex).await, 1);
    post(&alex, "After").await.ok(201);
    assert_eq!(count(&alex).await, 2);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let alex = with_task().await;
    let long = "é".repeat(10_001);
    for (body, field) in [
        (json!({"body": ""}), "body"),
        (json!({"body": " \n "}), "body"),
        (json!({"body": null}), "body"),
        (json!({}), "body"),
        (json!({"body": long}), "body"),
        (json!({"body": "x", "reply_to": "cmt_?"}), "reply_to"),
        (json!({"body": "x", "author": alex.id}), "author"),
    ] {
        alex.post("/api/tasks/WEB-1/comments", body).await.invalid(&[field]);
    }
    for task in ["WEB-9", "WEB", "NONE-1"] {
        alex.post(&format!("/api/tasks/{task}/comments"), json!({"body": "x"})).await.problem(404);
        alex.get(&format!("/api/tasks/{task}/comments")).await.problem(404);
    }
}

#[tokio::test]
async fn events_contain_a_truncated_comment() {
    let alex = with_task().await;
    let comment = post(&alex, &"é".repeat(10_000)).await.ok(201);
    let told = newest(&alex).await["data"]["comment"].clone();
    assert_eq!((&told["whole"], told["body"].as_str().map(str::len)), (&json!(false), Some(2_000)));
    assert_eq!(all(&alex).await[0]["body"], comment["body"]);
}
