use millrace_api_tests::{Person, Stack};
use serde_json::{Value, json};

fn keys(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().expect("items");
    items.iter().map(|task| task["key"].as_str().expect("a key").to_owned()).collect()
}

async fn listed(person: &Person<'_>, path: &str) -> Vec<String> {
    keys(&person.get(path).await.ok(200))
}

#[tokio::test]
async fn project_tasks_can_be_filtered_and_sorted() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let label = alex.post("/api/projects/WEB/labels", json!({"name": "bug", "color": "#c92a2a"})).await.ok(201);
    let label = label["id"].as_str().expect("an id").to_owned();
    for sent in [
        json!({"title": "delta", "due_date": "2027-01-10", "priority": "low", "assignees": [alex.id]}),
        json!({"title": "Alpha", "labels": [label], "column_id": board.columns[4]}),
        json!({"title": "charlie", "due_date": "2027-01-05", "priority": "urgent", "column_id": board.columns[2]}),
        json!({"title": "Bravo", "due_date": "2027-01-20", "parent": "WEB-1"}),
    ] {
        alex.post("/api/projects/WEB/tasks", sent).await.ok(201);
    }
    for (query, wanted) in [
        (String::new(), vec![1, 2, 3, 4]),
        ("status=done".to_owned(), vec![2]),
        ("status=done,in_progress".to_owned(), vec![2, 3]),
        ("assignee=me".to_owned(), vec![1]),
        ("assignee=none".to_owned(), vec![2, 3, 4]),
        (format!("label={label}"), vec![2]),
        ("sprint=none".to_owned(), vec![1, 2, 3, 4]),
        ("priority=urgent,low".to_owned(), vec![1, 3]),
        ("due_before=2027-01-10".to_owned(), vec![1, 3]),
        ("due_after=2027-01-10".to_owned(), vec![1, 4]),
        ("parent=WEB-1".to_owned(), vec![4]),
        ("archived=true".to_owned(), vec![]),
        ("q=ALPHA".to_owned(), vec![2]),
        ("q=web-3".to_owned(), vec![3]),
        ("sort=-key".to_owned(), vec![4, 3, 2, 1]),
        ("sort=title".to_owned(), vec![2, 4, 3, 1]),
        ("sort=due_date".to_owned(), vec![3, 1, 4, 2]),
        ("sort=-due_date".to_owned(), vec![4, 1, 3, 2]),
        ("sort=-priority&limit=1".to_owned(), vec![3]),
        ("sort=position".to_owned(), vec![1, 4, 3, 2]),
    ] {
        let wanted: Vec<_> = wanted.iter().map(|number| format!("WEB-{number}")).collect();
        assert_eq!(listed(&alex, &format!("/api/projects/WEB/tasks?{query}")).await, wanted, "{query}");
        assert_eq!(listed(&alex, &format!("/api/tasks?project=WEB&{query}")).await, wanted, "{query}");
    }
    let list = alex.get("/api/projects/WEB/tasks").await.ok(200);
    let (whole, mut listed) = (alex.get("/api/tasks/WEB-1").await.ok(200), list["items"][0].clone());
    assert!(listed.get("description").is_none());
    for field in ["description", "actual_hours", "custom"] {
        listed[field] = whole[field].clone();
    }
    assert_eq!(listed, whole);
}

#[tokio::test]
async fn paging_is_stable_while_tasks_change() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    for number in 1..=7 {
        alex.task("WEB", &format!("Card {number}")).await;
    }
    let path = "/api/projects/WEB/tasks?sort=-key&limit=3";
    let first = alex.get(path).await.ok(200);
    assert_eq!(keys(&first), ["WEB-7", "WEB-6", "WEB-5"]);
    alex.delete("/api/tasks/WEB-5").await.ok(204);
    alex.task("WEB", "New").await;
    let cursor = first["next"].as_str().expect("more");
    let second = alex.get(&format!("{path}&cursor={cursor}")).await.ok(200);
    assert_eq!(keys(&second), ["WEB-4", "WEB-3", "WEB-2"]);
    let third = alex.get(&format!("{path}&cursor={}", second["next"].as_str().expect("more"))).await.ok(200);
    assert_eq!((keys(&third), third["next"].is_null()), (vec!["WEB-1".to_owned()], true));
    alex.get(&format!("/api/projects/WEB/tasks?sort=title&cursor={cursor}")).await.invalid(&["cursor"]);
    let stranger = Stack::shared().person("Bo").await;
    stranger.project("WEB").await;
    stranger.get(&format!("{path}&cursor={cursor}")).await.invalid(&["cursor"]);
}

#[tokio::test]
async fn the_workspace_list_shows_visible_tasks_only() {
    let alex = Stack::shared().person("Alex").await;
    for project in ["WEB", "APP", "OLD"] {
        alex.project(project).await;
        alex.task(project, "A task").await;
    }
    let guest = alex.invite("Gus", "guest", &[("APP", "viewer")]).await;
    alex.delete("/api/projects/OLD").await.ok(204);
    assert_eq!(listed(&alex, "/api/tasks").await, ["APP-1", "WEB-1"]);
    assert_eq!(listed(&guest, "/api/tasks").await, ["APP-1"]);
    assert_eq!(listed(&guest, "/api/tasks?project=app").await, ["APP-1"]);
    for project in ["WEB", "OLD", "NONE"] {
        guest.get(&format!("/api/tasks?project={project}")).await.problem(404);
    }
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let alex = Stack::shared().person("Alex").await;
    alex.project("WEB").await;
    for (query, field) in [
        ("status=closed", "status"),
        ("status=done,", "status"),
        ("assignee=x", "assignee"),
        ("label=x", "label"),
        ("sprint=x", "sprint"),
        ("priority=0", "priority"),
        ("due_before=soon", "due_before"),
        ("due_after=2027-13-01", "due_after"),
        ("parent=WEB", "parent"),
        ("archived=maybe", "archived"),
        ("sort=size", "sort"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=many", "limit"),
        ("cursor=forged", "cursor"),
    ] {
        alex.get(&format!("/api/projects/WEB/tasks?{query}")).await.invalid(&[field]);
        alex.get(&format!("/api/tasks?{query}")).await.invalid(&[field]);
    }
    alex.get("/api/tasks?project=-").await.invalid(&["project"]);
}
