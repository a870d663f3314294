use crate::{close, id, plan, sprint, start, task};
use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn velocity_covers_the_last_closed_sprints() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let velocity = async |query: &str| alex.get(&format!("/api/projects/WEB/velocity{query}")).await;
    assert_eq!(velocity("").await.ok(200), json!({"sprints": [], "average": null}));
    let mut ids = Vec::new();
    for points in [3, 8] {
        let planned = sprint(&alex, &format!("Sprint of {points}")).await;
        let (done, open) = (task(&alex, points).await, task(&alex, 1).await);
        plan(&alex, &planned, &[&done, &open], &[]).await;
        start(&alex, &planned).await;
        alex.move_task(&board, &done, 0, 4).await.ok(200);
        close(&alex, &planned, "backlog").await;
        ids.push(id(&planned).to_owned());
    }
    let running = sprint(&alex, "Not closed").await;
    start(&alex, &running).await;
    let shown = velocity("").await.ok(200);
    let sprints = shown["sprints"].as_array().expect("sprints");
    let of = |name: &str| sprints.iter().map(|sprint| sprint[name].clone()).collect::<Vec<Value>>();
    assert_eq!(of("sprint_id"), ids);
    assert_eq!((of("committed_points"), of("completed_points")), (vec![json!(4), json!(9)], vec![json!(3), json!(8)]));
    assert_eq!(shown["average"], 5.5);
    assert_eq!(velocity("?last=1").await.ok(200)["average"], 8.0);
    for wrong in ["0", "51", "-1", "all"] {
        assert_eq!(velocity(&format!("?last={wrong}")).await.problem(422)["errors"][0]["field"], "last");
    }
}
