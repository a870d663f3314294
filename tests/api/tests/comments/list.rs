use crate::{all, post, with_task};
use serde_json::Value;

#[tokio::test]
async fn comments_are_listed_in_pages() {
    let alex = with_task().await;
    for number in 0..7 {
        post(&alex, &format!("Comment {number}")).await.ok(201);
    }
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let part = alex.get(&format!("/api/tasks/WEB-1/comments?limit=3&cursor={cursor}")).await.ok(200);
        found.extend(part["items"].as_array().expect("items").clone());
        match &part["next"] {
            Value::String(next) => cursor.clone_from(next),
            _ => break,
        }
    }
    assert_eq!(found, all(&alex).await);
    let said: Vec<_> = found.iter().map(|comment| comment["body"].as_str().expect("text").to_owned()).collect();
    assert_eq!(said, (0..7).map(|number| format!("Comment {number}")).collect::<Vec<_>>());
    alex.get("/api/tasks/WEB-1/comments?limit=0").await.invalid(&["limit"]);
    alex.get("/api/tasks/WEB-1/comments?cursor=x").await.invalid(&["cursor"]);
}

#[tokio::test]
async fn a_cursor_is_valid_only_for_its_own_task() {
    let alex = with_task().await;
    alex.task("WEB", "Another").await;
    for _ in 0..2 {
        post(&alex, "Comment").await.ok(201);
    }
    let part = alex.get("/api/tasks/WEB-1/comments?limit=1").await.ok(200);
    let cursor = part["next"].as_str().expect("more");
    alex.get(&format!("/api/tasks/WEB-2/comments?cursor={cursor}")).await.invalid(&["cursor"]);
}
