use crate::{again, run, two};
use millrace_api_tests::Stack;
use serde_json::json;

/// What stands anywhere of which the key holds all of `parts`, but for what AWS removes by itself at its end.
async fn left(stack: &Stack, parts: &[&str]) -> Vec<String> {
    let client = aws_sdk_dynamodb::Client::new(&stack.server.stand_ins().sdk_config());
    let table = &stack.server.platform().settings.table;
    let mut start = None;
    let mut left = Vec::new();
    loop {
        let page = client.scan().table_name(table).set_exclusive_start_key(start).send().await.expect("scans");
        for item in page.items().iter().filter(|item| !item.contains_key("ttl")) {
            let text = |name: &str| item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default();
            let name = format!("{} {} {}", text("pk"), text("sk"), text("gsi1pk"));
            if parts.iter().all(|part| name.contains(part)) {
                left.push(name);
            }
        }
        start = page.last_evaluated_key().cloned();
        if start.is_none() {
            return left;
        }
    }
}

#[tokio::test]
async fn tasks_archived_for_thirty_days_are_deleted_with_their_data() {
    let stack = Stack::own().await;
    let (alex, _) = two(&stack).await;
    let (old, back) = (alex.task("WEB", "Old").await, alex.task("WEB", "Back").await);
    for task in [&old, &back] {
        alex.patch(&format!("/api/tasks/{task}"), json!({"description": "Kept for thirty days"})).await.ok(200);
        alex.delete(&format!("/api/tasks/{task}")).await.ok(204);
    }
    alex.post(&format!("/api/tasks/{back}/restore"), json!({})).await.ok(200);
    stack.advance("PT700H").await;
    run(&stack, "jobs-cleanup").await;
    assert!(!left(&stack, &["#T#WEB-1"]).await.is_empty(), "it can be restored still");
    stack.advance("PT48H").await;
    run(&stack, "jobs-cleanup").await;
    assert_eq!(left(&stack, &["#T#WEB-1"]).await, Vec::<String>::new());
    assert_eq!(left(&stack, &["#ARCHIVE"]).await, Vec::<String>::new());
    let alex = again(&alex).await;
    assert_eq!(alex.get(&format!("/api/tasks/{back}")).await.ok(200)["description"], "Kept for thirty days");
    assert_eq!(
        alex.get(&format!("/api/tasks/{back}/history")).await.ok(200)["items"].as_array().map(Vec::len),
        Some(4)
    );
}

#[tokio::test]
async fn attachments_are_deleted_with_their_task_and_stale_uploads_after_a_day() {
    let stack = Stack::own().await;
    let (alex, _) = two(&stack).await;
    let task = alex.task("WEB", "With a file").await;
    let files = format!("/api/tasks/{task}/attachments");
    let announced = json!({"name": "a.txt", "content_type": "text/plain", "size": 4});
    let mut begun = Vec::new();
    for _ in 0..2 {
        let upload = alex.post(&files, announced.clone()).await.ok(201);
        assert_eq!(stack.send_by_form(&upload["upload"], b"text".to_vec()).await.status, 204);
        begun.push(upload);
    }
    alex.post(&format!("{files}/{}/complete", begun[0]["id"].as_str().expect("an id")), json!({})).await.ok(200);
    // The copy of one whose completion broke off.
    let folder = stack.server.stand_ins().buckets_folder().join("millrace-files");
    let upload = stack.objects("uploads/").remove(0);
    std::fs::copy(folder.join(&upload), folder.join(upload.replace("uploads/", "files/"))).expect("copies");
    assert_eq!((stack.objects("files/").len(), stack.objects("uploads/").len()), (2, 1));
    assert_eq!(alex.get("/api/admin/metrics").await.ok(200)["storage"], json!({"files": 1, "bytes": 4}));
    run(&stack, "jobs-cleanup").await;
    assert_eq!(stack.objects("uploads/").len(), 1, "it can be completed still");
    stack.advance("PT25H").await;
    run(&stack, "jobs-cleanup").await;
    assert_eq!((stack.objects("files/").len(), stack.objects("uploads/").len()), (1, 0));
    assert_eq!(left(&stack, &["#UPLOADS"]).await, Vec::<String>::new());
    again(&alex).await.delete(&format!("/api/tasks/{task}")).await.ok(204);
    stack.advance("PT721H").await;
    run(&stack, "jobs-cleanup").await;
    assert_eq!(stack.objects("files/"), Vec::<String>::new());
    assert_eq!(left(&stack, &["#T#WEB-"]).await, Vec::<String>::new());
    let metrics = again(&alex).await.get("/api/admin/metrics").await.ok(200);
    assert_eq!(metrics["storage"], json!({"files": 0, "bytes": 0}));
}

#[tokio::test]
async fn a_deleted_project_leaves_only_its_reserved_key() {
    let stack = Stack::own().await;
    let (alex, _) = two(&stack).await;
    alex.project("APP").await;
    for project in ["WEB", "APP"] {
        alex.post(&format!("/api/projects/{project}/tasks"), json!({"title": "A task", "description": "Text"}))
            .await
            .ok(201);
    }
    alex.delete("/api/projects/WEB").await.ok(204);
    stack.advance("PT721H").await;
    run(&stack, "jobs-cleanup").await;
    assert_eq!(left(&stack, &["#P#WEB"]).await, Vec::<String>::new());
    assert_eq!(left(&stack, &["#T#WEB-"]).await, Vec::<String>::new());
    assert_eq!(left(&stack, &["PROJECT#WEB"]).await.len(), 1);
    assert!(left(&stack, &["#P#APP"]).await.len() > 5);
    again(&alex).await.post("/api/projects", json!({"key": "WEB", "name": "Again"})).await.problem(409);
}

#[tokio::test]
async fn a_deleted_workspace_leaves_only_its_reserved_slug() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let task = alex.task("WEB", "A task").await;
    alex.post(&format!("/api/tasks/{task}/assign"), json!({"assignees": [bo.id]})).await.ok(200);
    // Somebody who left before has heard of things and logged time too.
    let cy = alex.invite("Cy", "member", &[("WEB", "developer")]).await;
    alex.post(&format!("/api/tasks/{task}/assign"), json!({"assignees": [bo.id, cy.id]})).await.ok(200);
    cy.post(&format!("/api/tasks/{task}/time-logs"), json!({"minutes": 30})).await.ok(201);
    stack.idle().await;
    assert!(left(&stack, &[&format!("#U#{}#", cy.id)]).await.len() > 1);
    alex.delete(&format!("/api/workspaces/{}/members/{}", alex.workspace, cy.id)).await.ok(204);
    alex.delete(&format!("/api/workspaces/{}", alex.workspace)).await.ok(204);
    stack.advance("PT721H").await;
    run(&stack, "jobs-cleanup").await;
    let rest = left(&stack, &[&format!("W#{}", alex.workspace)]).await;
    assert_eq!(rest, [format!("W#{} WORKSPACE ", alex.workspace)]);
    assert_eq!(left(&stack, &[&format!("JOINED#{}", alex.workspace)]).await, Vec::<String>::new());
}
