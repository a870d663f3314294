use crate::{PATH, attach, begin, with_task};
use millrace_api_tests::Stack;
use serde_json::Value;

fn names(list: &Value) -> Vec<&str> {
    list["items"].as_array().expect("items").iter().map(|file| file["name"].as_str().expect("a name")).collect()
}

#[tokio::test]
async fn attached_files_are_listed_oldest_first_and_in_parts() {
    let alex = with_task(Stack::shared()).await;
    for name in ["c.txt", "a.txt", "b.txt"] {
        attach(&alex, name, "text/plain", name.as_bytes()).await;
    }
    begin(&alex, "not-yet.txt", "text/plain", 5).await.ok(201);
    let whole = alex.get(PATH).await.ok(200);
    assert_eq!((names(&whole), &whole["next"]), (vec!["c.txt", "a.txt", "b.txt"], &Value::Null));
    let first = alex.get(&format!("{PATH}?limit=2")).await.ok(200);
    assert_eq!(names(&first), ["c.txt", "a.txt"]);
    let next = first["next"].as_str().expect("a cursor");
    let second = alex.get(&format!("{PATH}?limit=2&cursor={next}")).await.ok(200);
    assert_eq!((names(&second), &second["next"]), (vec!["b.txt"], &Value::Null));
    for (query, field) in [("limit=0", "limit"), ("limit=101", "limit"), ("cursor=x", "cursor")] {
        alex.get(&format!("{PATH}?{query}")).await.invalid(&[field]);
    }
}

#[tokio::test]
async fn whoever_reads_the_task_lists_its_files() {
    let alex = with_task(Stack::shared()).await;
    attach(&alex, "a.txt", "text/plain", b"text").await;
    let viewer = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    let stranger = alex.invite("Gus", "guest", &[]).await;
    assert_eq!(viewer.get(PATH).await.ok(200)["items"][0]["name"], "a.txt");
    stranger.get(PATH).await.problem(404);
    alex.get("/api/tasks/WEB-99/attachments").await.problem(404);
}
