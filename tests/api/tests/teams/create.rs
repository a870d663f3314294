use crate::{at, team};
use millrace_api_tests::Stack;
use serde_json::json;

#[tokio::test]
async fn admins_create_teams_that_members_can_read() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let sam = alex.invite("Sam", "member", &[]).await;
    let body = json!({"name": "Platform", "description": "Keeps it running", "lead": sam.id, "members": [alex.id]});
    let made = alex.post("/api/teams", body).await.ok(201);
    assert_eq!((&made["members"], &made["lead"]), (&json!([alex.id, sam.id]), &json!(sam.id)));
    assert_eq!(sam.get(&at(&made)).await.ok(200), made);
    let other = team(&alex, "Design", &[]).await;
    assert_eq!(sam.get("/api/teams").await.ok(200), json!({"items": [other, made], "next": null}));
    sam.post("/api/teams", json!({"name": "Mine"})).await.problem(403);
    let guest = alex.invite("Gus", "guest", &[]).await;
    guest.get("/api/teams").await.problem(403);
}

#[tokio::test]
async fn team_names_are_unique_and_people_must_be_members() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let eve = stack.person("Eve").await;
    let made = team(&alex, "Büro", &[]).await;
    assert_eq!(alex.post("/api/teams", json!({"name": "BÜRO"})).await.problem(409)["current"]["field"], "name");
    team(&eve, "Büro", &[]).await;
    for (body, field) in [
        (json!({"name": ""}), "name"),
        (json!({"name": "A", "members": [alex.id, eve.id]}), "members[1]"),
        (json!({"name": "A", "lead": eve.id}), "lead"),
        (json!({"name": "A", "members": ["nobody"]}), "members[0]"),
        (json!({"name": "A", "color": "#000000"}), "color"),
    ] {
        alex.post("/api/teams", body).await.invalid(&[field]);
    }
    for reply in [eve.get(&at(&made)).await, eve.delete(&at(&made)).await, eve.patch(&at(&made), json!({})).await] {
        reply.problem(404);
    }
    let makes = (0..5).map(|_| alex.post("/api/teams", json!({"name": "At once"})));
    let made = futures::future::join_all(makes).await.iter().filter(|reply| reply.status == 201).count();
    assert_eq!(made, 1);
}
