use millrace_api_tests::{Person, Stack};
use serde_json::{Value, json};

const PATH: &str = "/api/projects/WEB/boards";

async fn names(person: &Person<'_>) -> Vec<String> {
    let list = person.get(PATH).await.ok(200);
    assert_eq!(list["next"], Value::Null, "a project's boards are one part");
    let items = list["items"].as_array().expect("items").iter();
    items.map(|board| board["name"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn boards_are_listed_oldest_first_until_they_are_deleted() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    alex.project("APP").await;
    let plan = alex.post(PATH, json!({"name": "A plan"})).await.ok(201);
    alex.post(PATH, json!({"name": "Bugs", "template": "bugs"})).await.ok(201);
    assert_eq!(names(&alex).await, ["Project WEB", "A plan", "Bugs"]);
    let path = format!("/api/boards/{}", plan["id"].as_str().expect("an id"));
    let renamed = alex.patch(&path, json!({"name": "Zebra"})).await.ok(200);
    assert_eq!(alex.get(PATH).await.ok(200)["items"][1], renamed, "with the version of now");
    alex.delete(&path).await.ok(204);
    assert_eq!(names(&alex).await, ["Project WEB", "Bugs"]);
}

#[tokio::test]
async fn whoever_reads_the_project_lists_its_boards() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let member = alex.invite("Mia", "member", &[]).await;
    let viewer = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    let stranger = alex.invite("Gus", "guest", &[]).await;
    for person in [&member, &viewer] {
        assert_eq!(names(person).await, ["Project WEB"]);
    }
    stranger.get(PATH).await.problem(404);
    alex.get("/api/projects/NONE/boards").await.problem(404);
}
