use crate::{invite, path};
use millrace_api_tests::{PASSWORD, Reply, Stack, unique};
use serde_json::{Value, json};

fn address(name: &str) -> String {
    format!("{}@example.com", unique(name))
}

#[tokio::test]
async fn an_invitation_is_mailed_listed_and_revoked() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    owner.project("WEB").await;
    let email = address("invited");
    let projects = json!([{"project": "WEB", "role": "developer"}]);
    let body = json!({"email": email.to_uppercase(), "role": "guest", "projects": projects});
    let made = owner.post(&path(&owner, "/invites"), body).await.ok(201);
    assert_eq!((&made["email"], &made["role"], &made["projects"]), (&json!(email), &json!("guest"), &projects));
    assert_eq!(made["invited_by"], owner.id);
    assert!(!made.to_string().contains("secret") && made["token"].is_null());
    let mail = stack.mail_to(&email).await;
    assert_eq!(mail["subject"], "Olga invites you to Olga and friends");
    let link = mail["links"][0].as_str().expect("a link");
    assert!(link.starts_with(&stack.url(&format!("/invites/{}.", owner.workspace))), "{link}");

    let list = owner.get(&path(&owner, "/invites")).await.ok(200);
    assert_eq!(list, json!({"items": [made], "next": null}));
    let at = path(&owner, &format!("/invites/{}", made["id"].as_str().expect("an id")));
    let stranger = stack.person("Sam").await;
    stranger.delete(&at).await.problem(404);
    assert_eq!(owner.delete(&at).await.status, 204);
    owner.delete(&at).await.problem(404);
    assert_eq!(owner.get(&path(&owner, "/invites")).await.ok(200)["items"], json!([]));
    let token = link.rsplit('/').next().expect("a token");
    let accept = json!({"name": "Late", "password": PASSWORD});
    stack.call("POST", &format!("/api/invites/{token}/accept"), Some(accept)).await.problem(404);
}

#[tokio::test]
async fn an_invitation_expires_after_seven_days() {
    let stack = Stack::own().await;
    let owner = stack.person("Olga").await;
    let (_, token) = invite(&owner, "late@example.com", "member").await;
    stack.advance("PT169H").await;
    let login = json!({"email": owner.email, "password": PASSWORD});
    let answer = stack.call("POST", "/api/auth/login", Some(login)).await.ok(200);
    let mut owner = owner.clone();
    owner.token = answer["access_token"].as_str().expect("a token").to_owned();
    assert_eq!(owner.get(&path(&owner, "/invites")).await.ok(200)["items"], json!([]));
    let accept = json!({"name": "Late", "password": PASSWORD});
    stack.call("POST", &format!("/api/invites/{token}/accept"), Some(accept)).await.problem(404);
}

#[tokio::test]
async fn admins_can_invite_and_only_owners_can_invite_owners() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let admin = owner.invite("Ada", "admin", &[]).await;
    let member = owner.invite("Max", "member", &[]).await;
    let to = |role: &str| json!({"email": address("role"), "role": role});
    admin.post(&path(&owner, "/invites"), to("admin")).await.ok(201);
    admin.post(&path(&owner, "/invites"), to("owner")).await.problem(403);
    owner.post(&path(&owner, "/invites"), to("owner")).await.ok(201);
    member.post(&path(&owner, "/invites"), to("guest")).await.problem(403);
    member.get(&path(&owner, "/invites")).await.problem(403);
    stack.person("Sam").await.post(&path(&owner, "/invites"), to("guest")).await.problem(404);
}

#[tokio::test]
async fn members_cannot_be_invited_again_and_people_of_other_workspaces_can() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let member = owner.invite("Max", "member", &[]).await;
    for email in [&member.email, &owner.email] {
        let body = json!({"email": email, "role": "guest"});
        let problem = owner.post(&path(&owner, "/invites"), body).await.problem(409);
        assert_eq!(problem["current"]["field"], "email");
    }
    // That an address has an account elsewhere shows in nothing.
    let stranger = stack.person("Sam").await;
    invite(&owner, &stranger.email, "guest").await;
    // A second mail is one more invitation.
    invite(&owner, &stranger.email, "guest").await;
}

#[tokio::test]
async fn an_idempotency_key_sends_one_invitation() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let body = json!({"email": address("once"), "role": "member"});
    let post =
        || Reply::of(owner.request("POST", &path(&owner, "/invites")).header("idempotency-key", "k").json(&body));
    let (first, again) = (post().await.ok(201), post().await.ok(201));
    assert_eq!(first, again);
    stack.idle().await;
    let mails = stack.call("GET", &format!("/_local/mail?to={}", body["email"].as_str().unwrap_or("")), None).await;
    assert_eq!(mails.ok(200)["items"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn invalid_requests_are_refused_naming_the_field() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    owner.project("WEB").await;
    let stranger = stack.person("Sam").await;
    stranger.project("FAR").await;
    let body = |projects: Value| json!({"email": "a@example.com", "role": "guest", "projects": projects});
    let many: Vec<Value> = (0..51).map(|_| json!({"project": "WEB", "role": "viewer"})).collect();
    let cases: &[(Value, &[&str])] = &[
        (json!({"role": "guest"}), &["email"]),
        (json!({"email": "a@example.com"}), &["role"]),
        (json!({"email": "a", "role": "guest"}), &["email"]),
        (json!({"email": "a@example.com", "role": "king"}), &["role"]),
        (body(json!([{"project": "web!", "role": "viewer"}])), &["projects[0].project"]),
        (body(json!([{"project": "WEB", "role": "king"}])), &["projects[0].role"]),
        (body(json!([{"project": "WEB"}])), &["projects[0].role"]),
        (
            body(
                json!([{"project": "NONE", "role": "viewer"}, {"project": "web", "role": "viewer"}, {"project": "FAR", "role": "viewer"}]),
            ),
            &["projects[0].project", "projects[2].project"],
        ),
        (
            body(json!([{"project": "WEB", "role": "viewer"}, {"project": "WEB", "role": "admin"}])),
            &["projects[1].project"],
        ),
        (body(json!(many)), &["projects"]),
    ];
    for (body, fields) in cases {
        let reply = owner.post(&path(&owner, "/invites"), body.clone()).await;
        assert_eq!(reply.status, 422, "{body}: {}", reply.text);
        reply.invalid(fields);
    }
}
