use millrace_api_tests::{Reply, Stack};
use serde_json::json;

#[tokio::test]
async fn only_an_empty_board_that_is_not_the_last_can_be_deleted() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let path = format!("/api/boards/{}", board.id);
    alex.delete(&path).await.problem(409);
    let other = alex.post("/api/projects/WEB/boards", json!({"name": "Other"})).await.ok(201);
    let task = alex.task("WEB", "In the way").await;
    let refused = alex.delete(&path).await.problem(409);
    assert!(refused["detail"].as_str().expect("text").contains('1'), "{refused}");
    let moved = alex.move_task(&board, &task, 0, 1).await.ok(200);
    assert_eq!(moved["column_id"], board.columns[1].as_str(), "its columns are open again");
    alex.delete(&format!("/api/tasks/{task}")).await.ok(204);
    Reply::of(alex.request("DELETE", &path).header("If-Match", "\"7\"")).await.problem(412);
    alex.delete(&path).await.ok(204);
    alex.get(&path).await.problem(404);
    alex.delete(&path).await.problem(404);
    let project = alex.get("/api/projects/WEB").await.ok(200);
    assert_eq!(project["board_id"], other["id"]);
    alex.task("WEB", "Goes to the other board").await;
    let list = alex.get("/api/projects/WEB/tasks").await.ok(200);
    assert_eq!(list["items"][0]["board_id"], other["id"]);
    alex.get(&format!("/api/tasks/{task}")).await.problem(404);
    let archived = alex.get("/api/projects/WEB/tasks?archived=true").await.ok(200);
    assert_eq!(archived["items"], json!([]));
}

#[tokio::test]
async fn concurrent_deletions_leave_one_board() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let other = alex.post("/api/projects/WEB/boards", json!({"name": "Other"})).await.ok(201);
    let paths = [format!("/api/boards/{}", board.id), format!("/api/boards/{}", other["id"].as_str().expect("an id"))];
    let (one, two) = futures::join!(alex.delete(&paths[0]), alex.delete(&paths[1]));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409]);
    let boards = alex.get("/api/projects/WEB/boards").await.ok(200);
    assert_eq!(boards["items"].as_array().map(Vec::len), Some(1));
    alex.task("WEB", "There is a board").await;
}
