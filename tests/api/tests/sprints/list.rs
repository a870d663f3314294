use crate::{close, id, plan, start, task};
use millrace_api_tests::{Person, Stack};
use serde_json::{Value, json};

const PATH: &str = "/api/projects/WEB/sprints";

async fn sprint(person: &Person<'_>, name: &str, start: &str) -> Value {
    let sent = json!({"name": name, "start_date": start, "end_date": "2027-12-31"});
    person.post(PATH, sent).await.ok(201)
}

async fn names(person: &Person<'_>) -> Vec<String> {
    let list = person.get(PATH).await.ok(200);
    assert_eq!(list["next"], Value::Null, "a project's sprints are one part");
    let items = list["items"].as_array().expect("items").iter();
    items.map(|sprint| sprint["name"].as_str().expect("a name").to_owned()).collect()
}

#[tokio::test]
async fn running_sprints_come_first_then_planned_then_closed_ones() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    let first = sprint(&alex, "First", "2027-01-01").await;
    let second = sprint(&alex, "Second", "2027-02-01").await;
    sprint(&alex, "Later", "2027-06-01").await;
    sprint(&alex, "Sooner", "2027-03-01").await;
    assert_eq!(names(&alex).await, ["First", "Second", "Sooner", "Later"]);
    let task = task(&alex, 3).await;
    plan(&alex, &second, &[&task], &[]).await;
    start(&alex, &second).await;
    assert_eq!(names(&alex).await, ["Second", "First", "Sooner", "Later"]);
    close(&alex, &second, "backlog").await;
    start(&alex, &first).await;
    assert_eq!(names(&alex).await, ["First", "Sooner", "Later", "Second"]);
    let found = alex.get(&format!("/api/sprints/{}", id(&first))).await.ok(200);
    assert_eq!(alex.get(PATH).await.ok(200)["items"][0], found);
}

#[tokio::test]
async fn whoever_reads_the_project_lists_its_sprints() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    sprint(&alex, "First", "2027-01-01").await;
    let viewer = alex.invite("Vera", "guest", &[("WEB", "viewer")]).await;
    let stranger = alex.invite("Gus", "guest", &[]).await;
    assert_eq!(names(&viewer).await, ["First"]);
    stranger.get(PATH).await.problem(404);
}
