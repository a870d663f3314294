use millrace_api_tests::{Person, Reply, Stack};
use serde_json::json;

async fn log(person: &Person<'_>, task: &str, date: &str, minutes: u32) {
    person.post(&format!("/api/tasks/{task}/time-logs"), json!({"minutes": minutes, "date": date})).await.ok(201);
}

#[tokio::test]
async fn a_timesheet_totals_by_day_and_task_with_overtime() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let (one, other) = (alex.task("WEB", "One").await, alex.task("WEB", "Other").await);
    log(&alex, &one, "2026-11-16", 300).await;
    log(&alex, &other, "2026-11-16", 240).await;
    log(&alex, &other, "2026-11-16", 30).await;
    log(&alex, &one, "2026-11-21", 60).await;
    log(&alex, &one, "2026-11-23", 60).await;
    let sheet = alex.get("/api/timesheets?from=2026-11-16&to=2026-11-22").await.ok(200);
    assert_eq!(sheet["days"].as_array().map(Vec::len), Some(7));
    let monday = &sheet["days"][0];
    let both = json!([{"task": one, "minutes": 300, "hours": 5.0}, {"task": other, "minutes": 270, "hours": 4.5}]);
    assert_eq!((&monday["tasks"], &monday["overtime_hours"]), (&both, &json!(1.5)));
    let saturday = &sheet["days"][5];
    assert_eq!((&saturday["working"], &saturday["overtime_hours"]), (&json!(false), &json!(1.0)));
    assert_eq!(
        (&sheet["hours"], &sheet["expected_hours"], &sheet["overtime_hours"]),
        (&json!(10.5), &json!(40.0), &json!(2.5))
    );
    assert_eq!(sheet["tasks"][0], json!({"task": one, "minutes": 360, "hours": 6.0}));
    alex.get("/api/timesheets?from=2026-11-22&to=2026-11-16").await.invalid(&["to"]);
    alex.get("/api/timesheets?from=2026-01-01&to=2026-11-16").await.invalid(&["to"]);
    alex.get("/api/timesheets?from=yesterday").await.invalid(&["from"]);
}

#[tokio::test]
async fn timesheet_days_follow_the_workspaces_time_zone() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let task = alex.task("WEB", "A task").await;
    let calendar = json!({
        "time_zone": "Pacific/Auckland", "working_days": ["monday", "tuesday", "wednesday", "thursday", "friday"],
        "day_begins": "09:00", "day_ends": "17:30", "holidays": [{"date": "2027-04-05", "name": "Easter Monday"}],
    });
    alex.put(&format!("/api/workspaces/{}/calendar", alex.workspace), calendar).await.ok(200);
    // On 4 April 2027 at three in the morning, clocks there go back to two: that day has 25 hours, and ends at 12:00 UTC.
    let now = stack.server.clock().now();
    let before = "2027-04-03T10:00:00Z".parse::<jiff::Timestamp>().expect("a time");
    stack.advance(&before.duration_since(now).to_string()).await;
    let alex = crate::again(&alex).await;
    alex.post("/api/timer/start", json!({"task": task})).await.ok(200);
    stack.advance("PT6H").await;
    let alex = crate::again(&alex).await;
    let stopped = alex.post("/api/timer/stop", json!({})).await.ok(200);
    let logs: Vec<(&serde_json::Value, &serde_json::Value)> =
        stopped["logs"].as_array().expect("logs").iter().map(|log| (&log["date"], &log["minutes"])).collect();
    assert_eq!(logs, [(&json!("2027-04-03"), &json!(60)), (&json!("2027-04-04"), &json!(300))]);
    alex.post(&format!("/api/tasks/{task}/time-logs"), json!({"hours": 19, "date": "2027-04-04"})).await.ok(201);
    log(&alex, &task, "2027-04-05", 120).await;
    let sheet = alex.get("/api/timesheets?from=2027-04-01&to=2027-04-05").await.ok(200);
    let hours: Vec<_> = sheet["days"].as_array().expect("days").iter().map(|day| &day["hours"]).collect();
    assert_eq!(hours, [&json!(0.0), &json!(0.0), &json!(1.0), &json!(24.0), &json!(2.0)]);
    assert_eq!((&sheet["expected_hours"], &sheet["overtime_hours"]), (&json!(17.0), &json!(27.0)));
    let this_week = alex.get("/api/timesheets").await.ok(200);
    assert_eq!((&this_week["from"], &this_week["to"]), (&json!("2027-03-29"), &json!("2027-04-04")));
}

#[tokio::test]
async fn managers_can_read_others_time_in_their_projects() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    alex.project("OPS").await;
    let sam = alex.invite("Sam", "member", &[("WEB", "developer"), ("OPS", "developer")]).await;
    let mia = alex.invite("Mia", "member", &[("WEB", "manager")]).await;
    let (web, ops) = (alex.task("WEB", "One").await, alex.task("OPS", "Other").await);
    log(&sam, &web, "2026-11-16", 60).await;
    log(&sam, &ops, "2026-11-16", 30).await;
    let of_sam = format!("/api/timesheets?user={}&from=2026-11-16&to=2026-11-16", sam.id);
    assert_eq!(sam.get(&of_sam).await.ok(200)["minutes"], 90);
    assert_eq!(alex.get(&of_sam).await.ok(200)["minutes"], 90, "an owner manages every project");
    let seen = mia.get(&of_sam).await.ok(200);
    assert_eq!((&seen["minutes"], &seen["tasks"][0]["task"]), (&json!(60), &json!(web)));
    sam.get(&format!("/api/timesheets?user={}", mia.id)).await.problem(403);
    let eve = stack.person("Eve").await;
    eve.get(&of_sam).await.problem(404);
}

#[tokio::test]
async fn timesheets_contain_no_formulas() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let task = alex.task("WEB", "A task").await;
    alex.patch("/api/users/me", json!({"name": "=HYPERLINK(\"http://evil.example\",\"Alex\")"})).await.ok(200);
    log(&alex, &task, "2026-11-16", 90).await;
    let request = alex.request("GET", "/api/timesheets?from=2026-11-16&to=2026-11-17").header("accept", "text/csv");
    let reply = Reply::of(request).await;
    assert_eq!((reply.status, reply.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert_eq!(reply.header("content-disposition"), "attachment; filename=\"timesheet-2026-11-16-2026-11-17.csv\"");
    let rows: Vec<&str> = reply.text.split("\r\n").collect();
    assert_eq!(rows[0], "Person,Date,Task,Hours,Minutes,Expected hours,Overtime hours");
    let name = "\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"Alex\"\")\"";
    assert_eq!(rows[1], format!("{name},2026-11-16,{task},1.50,90,,"));
    assert_eq!(rows[2], format!("{name},2026-11-16,Sum,1.50,90,8.00,0.00"));
    assert!(rows[1..rows.len() - 1].iter().all(|row| row.starts_with("\"'=")), "{rows:?}");
}
