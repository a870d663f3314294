use crate::{assign, inbox, subjects, two, unread};
use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn preferences_have_defaults_and_are_stored() {
    let stack = Stack::shared();
    let (alex, bo) = two(stack).await;
    let mut own = bo.get("/api/notifications/preferences").await.ok(200);
    assert_eq!(own["events"]["assigned"], json!({"in_app": true, "email": true, "digest": false}));
    assert_eq!(own["quiet_hours"], json!({"on": false, "from": "22:00:00", "to": "07:00:00"}));
    assert_eq!((&own["time_zone"], &own["digest_at"]), (&json!("UTC"), &json!("08:00:00")));
    own["time_zone"] = json!("Europe/Berlin");
    own["quiet_hours"] = json!({"on": true, "from": "22:00", "to": "07:30"});
    own["digest_at"] = json!("07:00");
    let kept = bo.put("/api/notifications/preferences", own).await.ok(200);
    assert_eq!(kept["quiet_hours"], json!({"on": true, "from": "22:00:00", "to": "07:30:00"}));
    assert_eq!(bo.get("/api/notifications/preferences").await.ok(200), kept);
    assert_eq!(alex.get("/api/notifications/preferences").await.ok(200)["time_zone"], "UTC", "each has their own");
}

#[tokio::test]
async fn invalid_quiet_hours_are_refused_naming_the_field() {
    let bo = Stack::shared().person("Bo").await;
    let own = bo.get("/api/notifications/preferences").await.ok(200);
    for (field, value, named) in [
        ("time_zone", json!("Middle/Earth"), "time_zone"),
        ("quiet_hours", json!({"on": true, "from": "22:00", "to": "22:00"}), "quiet_hours.to"),
        ("quiet_hours", json!({"on": true, "from": "25:00", "to": "22:00"}), "quiet_hours.from"),
        ("digest_at", json!("08:00:30"), "digest_at"),
        ("digest_at", json!("morning"), "digest_at"),
        ("events", json!({}), "events.assigned"),
    ] {
        let mut wrong = own.clone();
        wrong[field] = value;
        bo.put("/api/notifications/preferences", wrong).await.invalid(&[named]);
    }
}

#[tokio::test]
async fn channels_are_independent() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    stack.advance("PT2M").await;
    let choose = async |in_app: bool, email: bool| {
        let mut own = bo.get("/api/notifications/preferences").await.ok(200);
        own["events"]["assigned"] = json!({"in_app": in_app, "email": email, "digest": false});
        bo.put("/api/notifications/preferences", own).await.ok(200);
    };
    let mut figures = Vec::new();
    for (in_app, email) in [(false, false), (true, false), (false, true), (true, true)] {
        choose(in_app, email).await;
        let before = (inbox(&bo).await.len(), unread(&bo).await, subjects(&bo).await.len());
        let task = alex.task("WEB", "Write the report").await;
        assign(&alex, &task, &[&bo]).await;
        stack.advance("PT2M").await;
        let after = (inbox(&bo).await.len(), unread(&bo).await, subjects(&bo).await.len());
        figures.push((after.0 - before.0, after.1 - before.1, after.2 - before.2));
    }
    assert_eq!(figures, [(0, 0, 0), (1, 1, 0), (0, 0, 1), (1, 1, 1)]);
}
