use crate::{exported, import, rich, tasks};
use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn an_exported_table_has_no_formulas_and_round_trips() {
    let stack = Stack::own().await;
    let alex = rich(&stack).await;
    let (_, text) = exported(&alex, "WEB", "csv").await;
    assert!(text.starts_with("\u{feff}Key,Title,Description,Column,"), "{text}");
    assert!(text.contains(",'=1+1 is no formula,") && text.contains("''@mention"), "{text}");
    let fields = alex.get("/api/projects/WEB/fields").await.ok(200)["fields"].clone();
    let wanted: Vec<Value> = fields
        .as_array()
        .expect("fields")
        .iter()
        .cloned()
        .map(|mut field| {
            field.as_object_mut().expect("a field").remove("id");
            field
        })
        .collect();
    alex.put("/api/projects/TWO/fields", json!({"fields": wanted})).await.ok(200);
    let sprint = json!({"name": "Sprint 1", "start_date": "2027-01-04", "end_date": "2027-01-15"});
    alex.post("/api/projects/TWO/sprints", sprint).await.ok(201);
    let more = json!({"make_columns": true});
    let (_, done) = import(&alex, "TWO", "csv", text.as_bytes(), more).await;
    assert_eq!(done["problems"], json!([]));
    let (_, again) = exported(&alex, "TWO", "csv").await;
    assert_eq!(again.replace("TWO-", "WEB-"), text);
    let board = alex.get("/api/projects/TWO").await.ok(200)["board_id"].as_str().expect("a board").to_owned();
    assert_eq!(tasks(&alex, &board).await.len(), 4);
}

#[tokio::test]
async fn only_managers_can_export_a_project() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let dev = alex.invite("Dev", "member", &[("WEB", "developer")]).await;
    let body = json!({"project": "WEB", "format": "json"});
    dev.post("/api/exports/tasks", body.clone()).await.problem(403);
    let eve = stack.person("Eve").await;
    eve.post("/api/exports/tasks", body).await.problem(404);
    assert_eq!(
        alex.post("/api/exports/tasks", json!({"project": "WEB", "format": "pdf"})).await.problem(422)["errors"][0]["field"],
        "format"
    );
}
