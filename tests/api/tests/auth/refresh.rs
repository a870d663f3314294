use crate::{forgets_cookie, refresh};
use millrace_api_tests::{Reply, Stack, unique};
use serde_json::{Value, json};

#[tokio::test]
async fn the_refresh_cookie_rotates_at_each_use() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let mut cookie = alex.refresh.clone();
    for _ in 0..3 {
        stack.advance("PT10M").await;
        let reply = refresh(&stack, &cookie).await;
        let next = reply.refresh_cookie();
        assert_ne!(next, cookie);
        assert_eq!(next.split('.').take(2).collect::<Vec<_>>(), cookie.split('.').take(2).collect::<Vec<_>>());
        let answer = reply.ok(200);
        assert_eq!((&answer["user"]["id"], &answer["workspace"]["id"]), (&json!(alex.id), &json!(alex.workspace)));
        let me = stack.http.get(stack.url("/api/users/me"));
        Reply::of(me.bearer_auth(answer["access_token"].as_str().expect("a token"))).await.ok(200);
        cookie = next;
    }
    // The first access token is over by now, and says so.
    let problem = alex.get("/api/users/me").await.problem(401);
    assert_eq!(problem["detail"], "This token has expired.");
}

#[tokio::test]
async fn reusing_a_refresh_cookie_ends_the_session() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let second = refresh(stack, &alex.refresh).await.refresh_cookie();
    let third = refresh(stack, &second).await.refresh_cookie();
    let reused = refresh(stack, &alex.refresh).await;
    assert!(forgets_cookie(&reused), "{:?}", reused.headers);
    reused.problem(401);
    // Whoever holds the newest one is out, too.
    refresh(stack, &third).await.problem(401);
}

#[tokio::test]
async fn concurrent_use_of_a_refresh_cookie_ends_the_session() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let (one, other) = futures::join!(refresh(stack, &alex.refresh), refresh(stack, &alex.refresh));
    let (won, lost) = if one.status == 200 { (one, other) } else { (other, one) };
    assert_eq!((won.status, lost.status), (200, 401));
    refresh(stack, &won.refresh_cookie()).await.problem(401);
}

#[tokio::test]
async fn other_sessions_of_the_person_continue() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let elsewhere = crate::login(stack, &alex.email, millrace_api_tests::PASSWORD).await.refresh_cookie();
    refresh(stack, &alex.refresh).await.ok(200);
    refresh(stack, &alex.refresh).await.problem(401);
    refresh(stack, &elsewhere).await.ok(200);
}

#[tokio::test]
async fn a_session_expires_after_thirty_days_without_use() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    stack.advance("PT700H").await;
    let cookie = refresh(&stack, &alex.refresh).await.refresh_cookie();
    stack.advance("PT700H").await;
    let cookie = refresh(&stack, &cookie).await.refresh_cookie();
    assert!(!cookie.is_empty());
    stack.advance("PT721H").await;
    let reply = refresh(&stack, &cookie).await;
    assert!(forgets_cookie(&reply));
    reply.problem(401);
}

#[tokio::test]
async fn malformed_refresh_cookies_are_refused() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let parts: Vec<&str> = alex.refresh.split('.').collect();
    let sam = stack.person("Sam").await;
    let other: Vec<&str> = sam.refresh.split('.').collect();
    let wrong = [
        String::new(),
        "nonsense".to_owned(),
        format!("{}.{}", parts[0], parts[1]),
        format!("{}.{}.{}", other[0], parts[1], parts[2]),
    ];
    for cookie in wrong {
        let reply = refresh(stack, &cookie).await;
        assert!(forgets_cookie(&reply), "{cookie}");
        reply.problem(401);
    }
    stack.call("POST", "/api/auth/refresh", None).await.problem(401);
    // Nobody else's guess at the user ended the session.
    refresh(stack, &alex.refresh).await.ok(200);
}

#[tokio::test]
async fn a_removed_member_continues_in_another_workspace() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let sam = owner.invite("Sam", "member", &[]).await;
    let slug = unique("own-");
    let own = sam.post("/api/workspaces", json!({"name": "Sam's own", "slug": slug})).await.ok(201);
    let path = |id: &str| format!("/api/workspaces/{}/members/{id}", owner.workspace);
    assert_eq!(owner.delete(&path(&sam.id)).await.status, 204);
    // The access token that is left says the workspace, and the table has the last word.
    sam.get("/api/users").await.problem(403);
    let reply = refresh(stack, &sam.refresh).await;
    let cookie = reply.refresh_cookie();
    let answer = reply.ok(200);
    assert_eq!(answer["workspace"]["id"], own["id"]);
    assert_eq!(answer["workspaces"].as_array().map(Vec::len), Some(1));

    let robin = owner.invite("Robin", "guest", &[]).await;
    assert_eq!(owner.delete(&path(&robin.id)).await.status, 204);
    let answer = refresh(stack, &robin.refresh).await.ok(200);
    assert_eq!((&answer["workspace"], &answer["workspaces"]), (&Value::Null, &json!([])));
    refresh(stack, &cookie).await.ok(200);
}

#[tokio::test]
async fn a_changed_role_is_in_the_next_token() {
    let stack = Stack::shared();
    let owner = stack.person("Olga").await;
    let sam = owner.invite("Sam", "member", &[]).await;
    let path = format!("/api/workspaces/{}/members/{}", owner.workspace, sam.id);
    owner.patch(&path, json!({"role": "admin"})).await.ok(200);
    let answer = refresh(stack, &sam.refresh).await.ok(200);
    assert_eq!(answer["workspace"]["role"], "admin");
}
