use millrace_api_tests::Stack;
use serde_json::{Map, Value, json};

#[tokio::test]
async fn an_admin_sets_flags_and_every_member_reads_them() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let sam = alex.invite("Sam", "member", &[]).await;
    let fresh = sam.get("/api/flags").await.ok(200);
    assert_eq!((&fresh["flags"], &fresh["version"], &fresh["updated_at"]), (&json!({}), &json!(0), &Value::Null));
    let flags = json!({"live_cursors": false, "beta_board": true});
    let reply = alex.put("/api/flags", json!({"flags": flags})).await;
    assert_eq!(reply.header("etag"), "\"1\"");
    assert_eq!(reply.ok(200)["flags"], flags);
    assert_eq!(sam.get("/api/flags").await.ok(200)["flags"], flags);
    sam.put("/api/flags", json!({"flags": {}})).await.problem(403);
    // All of them at once; the same again is no write.
    alex.put("/api/flags", json!({"flags": {"beta_board": true}})).await.ok(200);
    let same = alex.put("/api/flags", json!({"flags": {"beta_board": true}})).await.ok(200);
    assert_eq!((&same["flags"], &same["version"]), (&json!({"beta_board": true}), &json!(2)));
    let guest = alex.invite("Robin", "guest", &[]).await;
    guest.get("/api/flags").await.problem(403);
}

#[tokio::test]
async fn flags_of_a_stale_version_are_refused() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    alex.put("/api/flags", json!({"flags": {"sprints": false}})).await.ok(200);
    let write = |tag: &'static str| {
        let request = alex.request("PUT", "/api/flags").header("if-match", tag);
        async move { millrace_api_tests::Reply::of(request.json(&json!({"flags": {}}))).await }
    };
    let problem = write("\"0\"").await.problem(412);
    assert_eq!(problem["current"]["flags"], json!({"sprints": false}));
    write("\"1\"").await.ok(200);
}

#[tokio::test]
async fn invalid_flag_names_are_refused_by_name() {
    let stack = Stack::shared();
    let alex = stack.person("Alex").await;
    let many: Map<String, Value> = (0..101).map(|number| (format!("flag_{number}"), json!(true))).collect();
    for flags in [json!({"Live": true}), json!({"": true}), json!({"a-b": true}), json!({"live": "yes"}), json!(many)] {
        let problem = alex.put("/api/flags", json!({"flags": flags})).await.problem(422);
        let field = problem["errors"][0]["field"].as_str().unwrap_or_default();
        assert!(field.starts_with("flags"), "{problem}");
    }
    alex.put("/api/flags", json!({"flags": {}, "more": 1})).await.problem(422);
}
