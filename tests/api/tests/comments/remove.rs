use crate::{all, count, newest, path, post, reaction, reply, with_task};
use futures::join;
use serde_json::{Value, json};

#[tokio::test]
async fn a_removed_comment_without_replies_disappears() {
    let alex = with_task().await;
    let comment = post(&alex, "Never mind").await.ok(201);
    alex.delete(&path(&comment)).await.ok(204);
    assert!(all(&alex).await.is_empty());
    assert_eq!(count(&alex).await, 0);
    let event = newest(&alex).await;
    assert_eq!((&event["type"], &event["data"]["comment"]["id"]), (&json!("comment.removed"), &comment["id"]));
    assert_eq!(event["data"]["comment"]["body"], Value::Null);
    alex.delete(&path(&comment)).await.problem(404);
    alex.patch(&path(&comment), json!({"body": "x"})).await.problem(404);
}

#[tokio::test]
async fn a_removed_comment_with_replies_leaves_a_placeholder() {
    let alex = with_task().await;
    let first = post(&alex, "First").await.ok(201);
    let second = reply(&alex, &first, "Second").await;
    alex.patch(&path(&first), json!({"body": "Edited"})).await.ok(200);
    alex.put(&reaction(&first, "👍"), Value::Null).await.ok(200);
    alex.delete(&path(&first)).await.ok(204);
    let left = all(&alex).await;
    assert_eq!((left.len(), &left[0]["body"], &left[0]["reply_count"]), (2, &Value::Null, &json!(1)));
    assert_eq!(
        (&left[0]["earlier"], &left[0]["reactions"], &left[0]["mentions"]),
        (&json!([]), &json!([]), &json!([]))
    );
    assert_eq!(count(&alex).await, 1);
    alex.delete(&path(&first)).await.problem(404);
    alex.patch(&path(&first), json!({"body": "x"})).await.problem(404);
    let third = reply(&alex, &second, "The thread goes on").await;
    assert_eq!(third["reply_to"], first["id"]);
    for comment in [&second, &third] {
        alex.delete(&path(comment)).await.ok(204);
    }
    assert!(all(&alex).await.is_empty());
    assert_eq!(count(&alex).await, 0);
}

#[tokio::test]
async fn only_the_author_and_project_admins_can_remove_a_comment() {
    let alex = with_task().await;
    let dev = alex.invite("Dev", "member", &[("WEB", "developer")]).await;
    let mia = alex.invite("Mia", "member", &[("WEB", "manager")]).await;
    let comment = post(&dev, "Mine").await.ok(201);
    mia.delete(&path(&comment)).await.problem(403);
    assert_eq!(count(&alex).await, 1);
    alex.delete(&path(&comment)).await.ok(204);
    let own = post(&mia, "Hers").await.ok(201);
    mia.delete(&path(&own)).await.ok(204);
    assert_eq!(count(&alex).await, 0);
}

#[tokio::test]
async fn a_reply_during_removal_of_its_thread_is_not_lost() {
    let alex = with_task().await;
    for _ in 0..6 {
        let first = post(&alex, "First").await.ok(201);
        let answer = json!({"body": "Second", "reply_to": first["id"]});
        let address = path(&first);
        let (removed, replied) = join!(alex.delete(&address), alex.post("/api/tasks/WEB-1/comments", answer));
        removed.ok(204);
        let left = all(&alex).await;
        let thread: Vec<_> =
            left.iter().filter(|comment| comment["id"] == first["id"] || comment["reply_to"] == first["id"]).collect();
        match replied.status {
            201 => assert_eq!((thread.len(), &thread[0]["body"]), (2, &Value::Null)),
            _ => {
                replied.invalid(&["reply_to"]);
                assert!(thread.is_empty());
            }
        }
    }
    assert_eq!(count(&alex).await, all(&alex).await.iter().filter(|comment| !comment["body"].is_null()).count());
}

#[tokio::test]
async fn concurrent_removals_of_a_comment_count_once() {
    let alex = with_task().await;
    post(&alex, "Stays").await.ok(201);
    let comment = post(&alex, "Goes").await.ok(201);
    let address = path(&comment);
    let (one, two) = join!(alex.delete(&address), alex.delete(&address));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 404]);
    assert_eq!(count(&alex).await, 1);
}
