use crate::dashboard;
use jiff::{ToSpan, tz::TimeZone};
use millrace_api_tests::Stack;
use serde_json::{Value, json};

#[tokio::test]
async fn dashboard_figures_equal_the_underlying_work() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let sam = alex.invite("Sam", "member", &[("WEB", "developer")]).await;
    let label = alex.post("/api/projects/WEB/labels", json!({"name": "bug", "color": "#c92a2a"})).await.ok(201);
    let body = json!({
        "title": "Late", "assignees": [sam.id], "labels": [label["id"]], "priority": "high", "story_points": 3,
        "due_date": "2020-01-01",
    });
    let late = alex.post("/api/projects/WEB/tasks", body).await.ok(201)["key"].as_str().expect("a key").to_owned();
    let other = alex.task("WEB", "Other").await;
    sam.move_task(&board, &other, 0, 2).await.ok(200);
    sam.move_task(&board, &other, 2, 4).await.ok(200);
    sam.move_task(&board, &other, 4, 1).await.ok(200);
    sam.move_task(&board, &other, 1, 4).await.ok(200);
    sam.post(&format!("/api/tasks/{late}/time-logs"), json!({"minutes": 90})).await.ok(201);
    sam.post(&format!("/api/tasks/{late}/comments"), json!({"body": "On it"})).await.ok(201);
    let figures = dashboard(stack, &alex, "").await;
    let today = &figures["today"];
    for (field, expected) in [("created", 2), ("closed", 2), ("reopened", 1), ("moved", 4), ("comments", 1)] {
        assert_eq!(today[field], expected, "{field}: {today}");
    }
    assert_eq!(today["hours"], 1.5);
    assert!(today["cycle_hours"].is_number(), "work on it had begun: {today}");
    assert_eq!((&figures["open"], &figures["overdue"]), (&json!(1), &json!(1)));
    assert_eq!(&figures["last_7_days"]["now"], today);
    assert_eq!(figures["last_7_days"]["before"]["created"], 0);
    assert_eq!(figures["trend"].as_array().map(Vec::len), Some(30));
    let done = json!([
        {"status": "backlog", "tasks": 1}, {"status": "todo", "tasks": 0}, {"status": "in_progress", "tasks": 0},
        {"status": "review", "tasks": 0}, {"status": "done", "tasks": 1},
    ]);
    assert_eq!(figures["by_status"], done);
    assert_eq!(figures["workload"], json!([{"person": sam.id, "open": 1, "points": 3, "overdue": 1}]));
    assert_eq!(
        (&figures["contributors"][0]["person"], &figures["contributors"][0]["closed"]),
        (&json!(sam.id), &json!(2))
    );
    assert_eq!(figures["drifts"], json!([]));

    let of = async |query: String| dashboard(stack, &alex, &query).await;
    let labelled = of(format!("?label={}", label["id"].as_str().expect("an id"))).await;
    assert_eq!((&labelled["today"]["created"], &labelled["open"]), (&json!(1), &json!(1)));
    let sams = of(format!("?person={}", sam.id)).await;
    assert_eq!((&sams["today"]["created"], &sams["today"]["moved"], &sams["open"]), (&json!(0), &json!(4), &json!(1)));
    let team = alex.post("/api/teams", json!({"name": "Platform", "members": [sam.id, alex.id]})).await.ok(201);
    let teams = of(format!("?team={}", team["id"].as_str().expect("an id"))).await;
    assert_eq!((&teams["today"]["created"], &teams["today"]["closed"]), (&json!(2), &json!(2)));
    let path = format!("/api/analytics/teams/{}/performance", team["id"].as_str().expect("an id"));
    let performance = alex.get(&path).await.ok(200);
    assert_eq!(
        (&performance["today"], performance["contributors"].as_array().map(Vec::len)),
        (&teams["today"], Some(2))
    );
    let stats = alex.get(&format!("/api/analytics/users/{}/stats", sam.id)).await.ok(200);
    assert_eq!((&stats["today"], &stats["workload"]["points"]), (&sams["today"], &json!(3)));
    let project = alex.get("/api/projects/WEB/analytics").await.ok(200);
    assert_eq!((&project["today"], &project["by_label"]), (today, &json!([{"group": label["id"], "tasks": 1}])));
    for (by, expected) in [
        ("status", json!({"group": "backlog", "tasks": 1})),
        ("priority", json!({"group": "urgent", "tasks": 0})),
        ("assignee", json!({"group": sam.id, "tasks": 1})),
        ("label", json!({"group": label["id"], "tasks": 1})),
    ] {
        let groups = alex.get(&format!("/api/analytics/tasks/distribution?by={by}")).await.ok(200);
        assert_eq!(groups["items"][0], expected, "{by}");
    }
    let both = format!("/api/analytics/dashboard?person={}&label={}", sam.id, label["id"].as_str().expect("an id"));
    alex.get(&both).await.invalid(&["label"]);
    alex.get("/api/analytics/dashboard?from=2026-01-01&to=2026-12-31").await.invalid(&["to"]);
    alex.get("/api/analytics/tasks/distribution?by=colour").await.invalid(&["by"]);
}

#[tokio::test]
async fn figures_can_be_filtered_by_project_person_team_label_and_days() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let (board, _) = (alex.project("WEB").await, alex.project("OPS").await);
    let sam = alex.invite("Sam", "member", &[("WEB", "developer"), ("OPS", "developer")]).await;
    let label = alex.post("/api/projects/WEB/labels", json!({"name": "bug", "color": "#c92a2a"})).await.ok(201);
    let label = label["id"].as_str().expect("an id").to_owned();
    let team = alex.post("/api/teams", json!({"name": "Platform", "members": [sam.id]})).await.ok(201);
    let team = team["id"].as_str().expect("an id").to_owned();
    for (project, labels) in [("WEB", vec![&label]), ("WEB", vec![]), ("OPS", vec![])] {
        let task = json!({"title": "Sam's", "assignees": [sam.id], "labels": labels, "priority": "high"});
        sam.post(&format!("/api/projects/{project}/tasks"), task).await.ok(201);
    }
    alex.task("WEB", "Nobody's").await;
    sam.move_task(&board, "WEB-2", 0, 4).await.ok(200);
    stack.idle().await;

    let of = async |path: String| alex.get(&format!("/api/{path}")).await.ok(200);
    let made = |figures: &Value| (figures["today"]["created"].clone(), figures["open"].clone());
    let stats = format!("analytics/users/{}/stats", sam.id);
    let performance = format!("analytics/teams/{team}/performance");
    for path in [
        format!("{stats}?project=WEB"),
        format!("{performance}?project=WEB"),
        format!("projects/WEB/analytics?person={}", sam.id),
        format!("projects/WEB/analytics?team={team}"),
        format!("analytics/dashboard?project=WEB&team={team}"),
    ] {
        assert_eq!(made(&of(path.clone()).await), (json!(2), json!(1)), "{path}");
    }
    for path in [stats, performance] {
        assert_eq!(made(&of(path.clone()).await), (json!(3), json!(2)), "{path}");
    }
    let labelled = of(format!("projects/WEB/analytics?label={label}")).await;
    assert_eq!(made(&labelled), (json!(1), json!(1)));
    assert_eq!(labelled["by_label"], json!([{"group": label, "tasks": 1}]));
    assert_eq!(labelled["by_priority"][1], json!({"group": "high", "tasks": 1}));
    assert_eq!((&labelled["workload"], &labelled["contributors"]), (&json!([]), &json!([])));
    let sams = of(format!("projects/WEB/analytics?person={}", sam.id)).await;
    assert_eq!(sams["by_label"], json!([]), "what of a person has a label is not counted");
    assert_eq!(sams["workload"], json!([{"person": sam.id, "open": 1, "points": 0, "overdue": 0}]));

    let spread = async |query: &str| of(format!("analytics/tasks/distribution?{query}")).await["items"].clone();
    let done = json!({"group": "done", "tasks": 1});
    assert_eq!(spread(&format!("by=status&person={}", sam.id)).await[4], done);
    assert_eq!(spread(&format!("by=status&team={team}&project=OPS")).await[0], json!({"group": "backlog", "tasks": 1}));
    assert_eq!(spread(&format!("by=priority&label={label}")).await[1], json!({"group": "high", "tasks": 1}));
    assert_eq!(spread(&format!("by=assignee&team={team}")).await, json!([{"group": sam.id, "tasks": 2}]));
    assert_eq!(spread(&format!("by=label&label={label}")).await, json!([{"group": label, "tasks": 1}]));
    for (by, which) in [("label", format!("person={}", sam.id)), ("assignee", format!("label={label}"))] {
        alex.get(&format!("/api/analytics/tasks/distribution?by={by}&{which}")).await.invalid(&["by"]);
    }
    for path in ["analytics/tasks/distribution", "projects/WEB/analytics"] {
        alex.get(&format!("/api/{path}?person={}&label={label}", sam.id)).await.invalid(&["label"]);
        alex.get(&format!("/api/{path}?team=team_nobody")).await.problem(404);
    }
    let today = stack.server.clock().now().to_zoned(TimeZone::UTC).date();
    let before = of(format!("projects/WEB/analytics?from={0}&to={0}", today.saturating_sub(1.day()))).await;
    assert_eq!((before["trend"].as_array().map(Vec::len), &before["trend"][0]["created"]), (Some(1), &json!(0)));
    let guest = alex.invite("Gus", "guest", &[("OPS", "viewer")]).await;
    guest.get(&format!("/api/analytics/users/{}/stats?project=WEB", sam.id)).await.problem(404);
}

#[tokio::test]
async fn figures_exclude_invisible_projects() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let (open, _) = (alex.project("WEB").await, alex.project("SEC").await);
    let guest = alex.invite("Gus", "guest", &[("WEB", "viewer")]).await;
    let stranger = alex.invite("Nora", "guest", &[]).await;
    alex.task("WEB", "Seen").await;
    let hidden = alex.task("SEC", "Hidden").await;
    alex.task("SEC", "Hidden too").await;
    alex.post(&format!("/api/tasks/{hidden}/time-logs"), json!({"minutes": 60})).await.ok(201);
    assert_eq!(dashboard(stack, &alex, "").await["today"]["created"], 3);
    let seen = dashboard(stack, &guest, "").await;
    assert_eq!(
        (&seen["today"]["created"], &seen["today"]["hours"], &seen["open"]),
        (&json!(1), &json!(0.0), &json!(1))
    );
    assert_eq!(seen["contributors"][0]["created"], 1);
    let nothing = dashboard(stack, &stranger, "").await;
    assert_eq!((&nothing["today"]["created"], &nothing["open"]), (&json!(0), &json!(0)));
    assert_eq!((&nothing["contributors"], &nothing["workload"]), (&json!([]), &json!([])));
    guest.get("/api/analytics/dashboard?project=SEC").await.problem(404);
    guest.get("/api/projects/SEC/analytics").await.problem(404);
    let of_alex = guest.get(&format!("/api/analytics/users/{}/stats", alex.id)).await.ok(200);
    assert_eq!(of_alex["today"]["created"], 1);
    let groups = guest.get("/api/analytics/tasks/distribution").await.ok(200);
    assert_eq!(groups["items"][0], json!({"group": "backlog", "tasks": 1}));
    let eve = stack.person("Eve").await;
    assert_eq!(dashboard(stack, &eve, "").await["open"], 0);
    eve.get(&format!("/api/analytics/users/{}/stats", alex.id)).await.problem(404);
    let _ = open;
    alex.delete("/api/projects/SEC").await.ok(204);
    let without: Value = dashboard(stack, &alex, "").await;
    assert_eq!(without["open"], 1, "a deleted project is in no sum");
}
