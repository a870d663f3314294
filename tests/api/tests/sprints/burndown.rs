use crate::{again, close, id, plan, sprint, start, task, today};
use jiff::ToSpan;
use millrace_api_tests::Stack;
use serde_json::{Value, json};

fn column(burndown: &Value, name: &str) -> Vec<Option<u64>> {
    burndown.as_array().expect("days").iter().map(|day| day[name].as_u64()).collect()
}

#[tokio::test]
async fn a_burndown_follows_the_daily_changes() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let planned = sprint(&alex, "Sprint 1").await;
    let (three, five) = (task(&alex, 3).await, task(&alex, 5).await);
    plan(&alex, &planned, &[&three, &five], &[]).await;
    let path = format!("/api/sprints/{}/burndown", id(&planned));
    let before = alex.get(&path).await.ok(200);
    assert_eq!(column(&before, "remaining_points"), [None; 14], "it was not started");
    start(&alex, &planned).await;
    let first = today(&stack);
    stack.advance("PT24H").await;
    let alex = again(&alex).await;
    alex.move_task(&board, &three, 0, 4).await.ok(200);
    stack.advance("PT24H").await;
    let alex = again(&alex).await;
    let two = task(&alex, 2).await;
    plan(&alex, &planned, &[&two], &[]).await;
    let burndown = alex.get(&path).await.ok(200);
    let mut remaining = vec![Some(8), Some(5), Some(7)];
    remaining.resize(14, None);
    assert_eq!(column(&burndown, "remaining_points"), remaining);
    assert_eq!(column(&burndown, "scope")[..3], [Some(8), Some(8), Some(10)]);
    assert_eq!(burndown[0]["date"], json!(first));
    assert_eq!(burndown[13]["ideal"], 0.0);
    for day in 1..14 {
        let flat = burndown[day]["ideal"] == burndown[day - 1]["ideal"];
        assert_eq!(flat, burndown[day]["working"] == false, "flat where nobody works: {}", burndown[day]);
    }
    close(&alex, &planned, "backlog").await;
    assert_eq!(column(&alex.get(&path).await.ok(200), "remaining_points"), remaining, "as it was");
}

#[tokio::test]
async fn a_burndown_uses_the_workspaces_time_zone() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    // Kiritimati is fourteen hours ahead: on more than half of our days it is tomorrow there.
    let ahead = jiff::tz::TimeZone::get("Pacific/Kiritimati").expect("a zone");
    while stack.server.clock().now().to_zoned(ahead.clone()).date() == today(&stack) {
        stack.advance("PT6H").await;
    }
    let alex = again(&alex).await;
    let zone = json!({
        "time_zone": "Pacific/Kiritimati", "working_days": ["monday"], "day_begins": "09:00", "day_ends": "17:00",
    });
    alex.put(&format!("/api/workspaces/{}/calendar", alex.workspace), zone).await.ok(200);
    let planned = sprint(&alex, "Sprint 1").await;
    start(&alex, &planned).await;
    let burndown = alex.get(&format!("/api/sprints/{}/burndown", id(&planned))).await.ok(200);
    assert_eq!(burndown[0]["date"], json!(today(&stack).saturating_add(1.day())));
    assert_eq!(burndown[0]["remaining_points"], 0);
    // Yesterday is over there, though it is today in UTC.
    let sent = json!({"name": "Over", "start_date": today(&stack), "end_date": today(&stack)});
    let over = alex.post("/api/projects/WEB/sprints", sent).await.ok(201);
    alex.post(&format!("/api/sprints/{}/start", id(&over)), json!({})).await.invalid(&["end_date"]);
}
