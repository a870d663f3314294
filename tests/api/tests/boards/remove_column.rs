use crate::order;
use millrace_api_tests::{Reply, Stack};
use serde_json::json;

#[tokio::test]
async fn cards_of_a_removed_column_move_in_order() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let path = format!("/api/boards/{}/columns/{}", board.id, board.columns[0]);
    for number in 1..=70 {
        alex.task("WEB", &format!("Card {number}")).await;
    }
    alex.move_task(&board, "WEB-70", 0, 1).await.ok(200);
    alex.delete(&path).await.invalid(&["move_to"]);
    alex.delete(&format!("{path}?move_to={}", board.columns[0])).await.invalid(&["move_to"]);
    alex.delete(&format!("{path}?move_to=col_AAAAAAAAAAAAAAAAAAAA")).await.invalid(&["move_to"]);
    alex.delete(&format!("{path}?move_to=left")).await.invalid(&["move_to"]);
    alex.delete(&format!("{path}?move_to={}", board.columns[1])).await.ok(204);
    let wanted: Vec<String> = [70].into_iter().chain(1..70).map(|number| format!("WEB-{number}")).collect();
    assert_eq!(order(&alex, &board, 1).await, wanted);
    let events = alex.get(&format!("/api/boards/{}/events?limit=100", board.id)).await.ok(200);
    let events = events["items"].as_array().expect("events");
    let removed: Vec<_> = events.iter().filter(|event| event["type"] == "column.removed").collect();
    assert_eq!(removed.len(), 1);
    assert_eq!(removed[0]["data"]["column"]["id"], board.columns[0].as_str());
    assert_eq!(removed[0]["data"]["move_to"], board.columns[1].as_str());
    let moved =
        events.iter().filter(|event| event["type"] == "task.moved" && event["data"]["card"]["status"] == "todo");
    assert_eq!(moved.count(), 70);
    alex.delete(&path).await.problem(404);
}

#[tokio::test]
async fn the_last_column_cannot_be_removed_and_the_workflow_drops_removed_ones() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let (from, to) = (&board.columns[0], &board.columns[1]);
    let steps = json!({"transitions": [{"from": from, "to": to}, {"from": to, "to": board.columns[2]}]});
    alex.put(&format!("/api/boards/{}/workflow", board.id), steps).await.ok(200);
    let path = |column: usize| format!("/api/boards/{}/columns/{}", board.id, board.columns[column]);
    alex.delete(&path(0)).await.ok(204);
    let workflow = alex.get(&format!("/api/boards/{}/workflow", board.id)).await.ok(200);
    assert_eq!(workflow["transitions"].as_array().map(Vec::len), Some(1));
    let (one, two) = futures::join!(async { alex.delete(&path(1)).await }, async { alex.delete(&path(2)).await });
    assert_eq!((one.status, two.status), (204, 204));
    let (one, two) = futures::join!(async { alex.delete(&path(3)).await }, async { alex.delete(&path(4)).await });
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 409]);
    // Whoever was refused left the column open.
    alex.task("WEB", "There is a column").await;
}

#[tokio::test]
async fn a_stale_version_removes_nothing() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let path = format!("/api/boards/{}/columns/{}", board.id, board.columns[1]);
    let current = alex.patch(&path, json!({"name": "Next"})).await.ok(200);
    let remove = async |version: &str| Reply::of(alex.request("DELETE", &path).header("If-Match", version)).await;
    assert_eq!(remove("\"1\"").await.problem(412)["current"], current);
    remove("\"2\"").await.ok(204);
}

#[tokio::test]
async fn cards_moved_in_during_a_removal_are_not_left_behind() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let path = format!("/api/boards/{}/columns/{}?move_to={}", board.id, board.columns[0], board.columns[1]);
    let creates = (0..12).map(|_| alex.post("/api/projects/WEB/tasks", json!({"title": "In a hurry"})));
    let (removal, made) = futures::join!(alex.delete(&path), futures::future::join_all(creates));
    assert!([204, 409].contains(&removal.status), "{}", removal.text);
    let made = made.iter().filter(|reply| reply.status == 201).count();
    let snapshot = alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
    let columns: Vec<_> = snapshot["columns"].as_array().expect("columns").iter().map(|column| &column["id"]).collect();
    let cards = snapshot["tasks"].as_array().expect("cards");
    assert_eq!(cards.len(), made);
    assert!(cards.iter().all(|card| columns.contains(&&card["column_id"])));
}

#[tokio::test]
async fn an_archived_card_of_a_removed_column_is_restored_to_the_first_column() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let task = alex.task("WEB", "Put away").await;
    alex.move_task(&board, &task, 0, 1).await.ok(200);
    alex.delete(&format!("/api/tasks/{task}")).await.ok(204);
    alex.delete(&format!("/api/boards/{}/columns/{}", board.id, board.columns[1])).await.ok(204);
    assert_eq!(alex.get(&format!("/api/tasks/{task}")).await.ok(200)["archived"], true);
    let back = alex.post(&format!("/api/tasks/{task}/restore"), json!({})).await.ok(200);
    assert_eq!((&back["column_id"], &back["archived"]), (&json!(board.columns[0]), &json!(false)));
}
