use crate::{all, newest, path, post, with_task};
use millrace_api_tests::Reply;
use serde_json::json;

#[tokio::test]
async fn an_edit_keeps_the_previous_version() {
    let alex = with_task().await;
    let first = post(&alex, "One").await.ok(201);
    alex.patch(&path(&first), json!({"body": "Two"})).await.ok(200);
    let edited = alex.patch(&path(&first), json!({"body": "Three"})).await;
    assert_eq!(edited.header("etag"), "\"3\"");
    let edited = edited.ok(200);
    let earlier: Vec<_> =
        edited["earlier"].as_array().expect("a list").iter().map(|earlier| &earlier["body"]).collect();
    assert_eq!((&edited["body"], earlier), (&json!("Three"), vec![&json!("One"), &json!("Two")]));
    assert_eq!(edited["earlier"][0]["since"], first["created_at"]);
    assert!(edited["edited_at"].is_string());
    assert_eq!(all(&alex).await, vec![edited.clone()]);
    let event = newest(&alex).await;
    assert_eq!((&event["type"], &event["data"]["comment"]["body"]), (&json!("comment.updated"), &json!("Three")));
    let same = alex.patch(&path(&first), json!({"body": "Three"})).await.ok(200);
    assert_eq!(same, edited, "nothing changed");
    assert_eq!(newest(&alex).await, event);
}

#[tokio::test]
async fn only_the_author_can_edit_a_comment() {
    let alex = with_task().await;
    let dev = alex.invite("Dev", "member", &[("WEB", "developer")]).await;
    let comment = post(&dev, "Mine").await.ok(201);
    alex.patch(&path(&comment), json!({"body": "Not yours"})).await.problem(403);
    assert_eq!(all(&alex).await, [comment]);
}

#[tokio::test]
async fn a_stale_edit_is_412_with_the_current_comment() {
    let alex = with_task().await;
    let comment = post(&alex, "One").await.ok(201);
    let current = alex.patch(&path(&comment), json!({"body": "Two"})).await.ok(200);
    let request = alex.request("PATCH", &path(&comment)).header("If-Match", "\"1\"").json(&json!({"body": "Three"}));
    assert_eq!(Reply::of(request).await.problem(412)["current"], current);
    let request = alex.request("DELETE", &path(&comment)).header("If-Match", "\"1\"");
    assert_eq!(Reply::of(request).await.problem(412)["current"], current);
}

#[tokio::test]
async fn an_edit_notifies_newly_mentioned_people() {
    let alex = with_task().await;
    let (vera, gus) = (
        alex.invite("Vera", "guest", &[("WEB", "viewer")]).await,
        alex.invite("Gus", "guest", &[("WEB", "viewer")]).await,
    );
    let comment = post(&alex, &format!("@[Vera]({})", vera.id)).await.ok(201);
    alex.delete(&format!("/api/projects/WEB/members/{}", vera.id)).await.ok(204);
    let both = format!("@[Vera]({}) and @[Gus]({})", vera.id, gus.id);
    let edited = alex.patch(&path(&comment), json!({"body": both})).await.ok(200);
    assert_eq!(edited["mentions"], json!([vera.id, gus.id]), "whom it mentioned before may stay");
    assert_eq!(newest(&alex).await["data"]["mentions"], json!([gus.id]));
    post(&alex, &both).await.invalid(&["body"]);
    alex.patch(&path(&comment), json!({"body": "@[X](usr_AAAAAAAAAAAAAAAAAAAA)"})).await.invalid(&["body"]);
}

#[tokio::test]
async fn concurrent_edits_are_all_stored() {
    let alex = with_task().await;
    let comment = post(&alex, "0").await.ok(201);
    let address = path(&comment);
    let edits = (1..=5).map(|number| alex.patch(&address, json!({"body": number.to_string()})));
    futures::future::join_all(edits).await.into_iter().for_each(|reply| drop(reply.ok(200)));
    let comment = all(&alex).await.remove(0);
    let mut said: Vec<&str> =
        comment["earlier"].as_array().expect("a list").iter().filter_map(|earlier| earlier["body"].as_str()).collect();
    said.extend(comment["body"].as_str());
    said.sort_unstable();
    assert_eq!(said, ["0", "1", "2", "3", "4", "5"]);
}

#[tokio::test]
async fn an_edit_beyond_the_history_limit_is_refused_without_loss() {
    let alex = with_task().await;
    let comment = post(&alex, "Short").await.ok(201);
    let long = |number: usize| format!("{number}{}", "日".repeat(9_990));
    let mut edits = 0;
    let refused = loop {
        let reply = alex.patch(&path(&comment), json!({"body": long(edits)})).await;
        if reply.status != 200 {
            break reply;
        }
        edits += 1;
        assert!(edits < 20, "an item has an end");
    };
    refused.problem(409);
    let comment = all(&alex).await.remove(0);
    assert_eq!(comment["earlier"].as_array().map(Vec::len), Some(edits));
    assert_eq!(comment["body"], long(edits - 1));
}
