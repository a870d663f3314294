use crate::path;
use futures::join;
use millrace_api_tests::{Reply, Stack};
use serde_json::json;

#[tokio::test]
async fn members_are_listed_in_pages() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    for name in ["Ann", "Bob", "Cleo", "Dan"] {
        owner.invite(name, "member", &[]).await;
    }
    let (mut names, mut cursor) = (Vec::new(), String::new());
    loop {
        let list = owner.get(&path(&owner, &format!("/members?limit=2{cursor}"))).await.ok(200);
        let items = list["items"].as_array().cloned().expect("items");
        assert!(
            items.len() <= 2 && items.iter().all(|item| item["joined_at"].is_string() && item["email"].is_string())
        );
        names.extend(items.iter().map(|item| item["name"].as_str().unwrap_or("").to_owned()));
        match list["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    names.sort();
    assert_eq!(names, ["Ann", "Bob", "Cleo", "Dan", "Olga"]);

    for (query, field) in [("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"), ("cursor=x", "cursor")] {
        owner.get(&path(&owner, &format!("/members?{query}"))).await.invalid(&[field]);
    }
    // A cursor is good for its own list alone.
    let other = stack.person("Sam").await;
    other.get(&path(&other, &format!("/members?limit=2{cursor}"))).await.invalid(&["cursor"]);
    other.get(&path(&owner, "/members")).await.problem(404);
    let guest = owner.invite("Gus", "guest", &[]).await;
    guest.get(&path(&owner, "/members")).await.problem(403);
}

#[tokio::test]
async fn roles_can_be_changed_up_to_the_callers_own() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let (admin, member) = (owner.invite("Ada", "admin", &[]).await, owner.invite("Max", "member", &[]).await);
    let at = |id: &str| path(&owner, &format!("/members/{id}"));
    // Admins settle what is below owners, admins among them.
    for role in ["guest", "admin", "member"] {
        let reply = admin.patch(&at(&member.id), json!({"role": role})).await;
        assert!(!reply.header("etag").is_empty());
        assert_eq!(reply.ok(200)["role"], role);
    }
    admin.patch(&at(&member.id), json!({"role": "owner"})).await.problem(403);
    admin.patch(&at(&owner.id), json!({"role": "admin"})).await.problem(403);
    admin.delete(&at(&owner.id)).await.problem(403);
    member.patch(&at(&member.id), json!({"role": "admin"})).await.problem(403);
    member.delete(&at(&admin.id)).await.problem(403);
    member.delete(&at("usr_4fJq8sNcX0aZ7LtVw2Rb")).await.problem(403);
    admin.patch(&at("usr_4fJq8sNcX0aZ7LtVw2Rb"), json!({"role": "guest"})).await.problem(404);
    admin.patch(&at(&member.id), json!({"role": "king"})).await.invalid(&["role"]);
    admin.patch(&at(&member.id), json!({})).await.invalid(&["role"]);
    // One's own, down and away.
    assert_eq!(admin.patch(&at(&admin.id), json!({"role": "member"})).await.ok(200)["role"], "member");
    admin.patch(&at(&member.id), json!({"role": "guest"})).await.problem(403);
    assert_eq!(member.delete(&at(&member.id)).await.status, 204);
    member.get("/api/users").await.problem(403);
    owner.get(&format!("/api/users/{}", member.id)).await.problem(404);
}

#[tokio::test]
async fn a_stale_version_is_refused() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let member = owner.invite("Max", "member", &[]).await;
    let at = path(&owner, &format!("/members/{}", member.id));
    owner.patch(&at, json!({"role": "guest"})).await.ok(200);
    let request = owner.request("PATCH", &at).header("if-match", "\"1\"").json(&json!({"role": "admin"}));
    assert_eq!(Reply::of(request).await.problem(412)["current"]["role"], "guest");
    let request = owner.request("DELETE", &at).header("if-match", "\"1\"");
    Reply::of(request).await.problem(412);
}

#[tokio::test]
async fn the_last_owner_cannot_be_removed_or_demoted() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let admin = owner.invite("Ada", "admin", &[]).await;
    let at = |id: &str| path(&owner, &format!("/members/{id}"));
    owner.patch(&at(&owner.id), json!({"role": "member"})).await.problem(409);
    owner.delete(&at(&owner.id)).await.problem(409);
    owner.put(&format!("/api/users/{}", owner.id), json!({"name": "Olga", "role": "member"})).await.problem(409);
    // With another one, they may go.
    owner.patch(&at(&admin.id), json!({"role": "owner"})).await.ok(200);
    assert_eq!(owner.patch(&at(&owner.id), json!({"role": "guest"})).await.ok(200)["email"], json!(null));
    admin_is_owner_again(&owner, &admin).await;
}

/// A role in a token is what it was when the token was made; the table has the last word, and the next token is right.
async fn admin_is_owner_again(owner: &millrace_api_tests::Person<'_>, admin: &millrace_api_tests::Person<'_>) {
    let login = json!({"email": admin.email, "password": millrace_api_tests::PASSWORD});
    let answer = admin.stack.call("POST", "/api/auth/login", Some(login)).await.ok(200);
    assert_eq!(answer["workspace"]["role"], "owner");
    let mut admin = admin.clone();
    admin.token = answer["access_token"].as_str().expect("a token").to_owned();
    let at = path(owner, &format!("/members/{}", owner.id));
    assert_eq!(admin.delete(&at).await.status, 204);
    admin.delete(&path(owner, &format!("/members/{}", admin.id))).await.problem(409);
}

#[tokio::test]
async fn two_owners_removing_each_other_leave_one() {
    let stack = Stack::shared();
    for _ in 0..5 {
        let one = stack.person("One").await;
        let other = one.invite("Two", "owner", &[]).await;
        let at = |id: &str| path(&one, &format!("/members/{id}"));
        let (of_other, of_one) = (at(&other.id), at(&one.id));
        // Each of them leaves at the same moment.
        let (first, second) = join!(one.delete(&of_one), other.delete(&of_other));
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [204, 409], "{} {}", first.text, second.text);
        let stays = if first.status == 204 { &other } else { &one };
        let list = stays.get(&path(&one, "/members")).await.ok(200);
        assert_eq!(list["items"].as_array().map(Vec::len), Some(1));
        assert_eq!(list["items"][0]["role"], "owner");
    }
}
