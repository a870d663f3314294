use crate::path;
use millrace_api_tests::{Reply, Stack};
use serde_json::json;

#[tokio::test]
async fn a_calendar_has_defaults_and_is_replaced_as_a_whole() {
    let alex = Stack::shared().person("Alex").await;
    let address = path(&alex, "/calendar");
    let first = alex.get(&address).await;
    assert_eq!(first.header("etag"), "\"0\"");
    let week = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    let usual = json!({
        "time_zone": "UTC", "working_days": week, "day_begins": "09:00", "day_ends": "17:00", "holidays": [],
        "version": 0,
    });
    assert_eq!(first.ok(200), usual);
    let wanted = json!({
        "time_zone": "Europe/Berlin", "working_days": ["friday", "monday", "friday"],
        "day_begins": "08:30", "day_ends": "16:15",
        "holidays": [{"date": "2027-01-01", "name": "New Year"}, {"date": "2026-12-25", "name": "Christmas"}],
    });
    let settled = alex.put(&address, wanted.clone()).await.ok(200);
    let shown = json!({
        "time_zone": "Europe/Berlin", "working_days": ["monday", "friday"],
        "day_begins": "08:30", "day_ends": "16:15",
        "holidays": [{"date": "2026-12-25", "name": "Christmas"}, {"date": "2027-01-01", "name": "New Year"}],
        "version": 1,
    });
    assert_eq!(settled, shown);
    assert_eq!(alex.get(&address).await.ok(200), shown);
    assert_eq!(alex.put(&address, wanted.clone()).await.ok(200), shown, "nothing changed");
    let stale = alex.request("PUT", &address).header("If-Match", "\"0\"").json(&wanted);
    assert_eq!(Reply::of(stale).await.problem(412)["current"], shown);
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let alex = Stack::shared().person("Alex").await;
    let good = json!({
        "time_zone": "America/New_York", "working_days": ["monday"], "day_begins": "09:00", "day_ends": "17:00",
        "holidays": [],
    });
    let twice = json!([{"date": "2027-01-01", "name": "A"}, {"date": "2027-01-01", "name": "B"}]);
    for (field, value, named) in [
        ("time_zone", json!("Europe/Atlantis"), "time_zone"),
        ("time_zone", json!(""), "time_zone"),
        ("working_days", json!([]), "working_days"),
        ("working_days", json!(["someday"]), "working_days[0]"),
        ("day_begins", json!("9 o'clock"), "day_begins"),
        ("day_ends", json!("24:00"), "day_ends"),
        ("day_ends", json!("08:59"), "day_ends"),
        ("holidays", twice, "holidays[1].date"),
        ("holidays", json!([{"date": "2027-02-30", "name": "Never"}]), "holidays[0].date"),
        ("weeks", json!(52), "weeks"),
    ] {
        let mut wrong = good.clone();
        wrong[field] = value;
        alex.put(&path(&alex, "/calendar"), wrong).await.invalid(&[named]);
    }
}
