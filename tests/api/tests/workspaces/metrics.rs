use millrace_api_tests::{Person, Stack};
use millrace_platform::queue;
use serde_json::{Value, json};

async fn metrics(person: &Person<'_>) -> Value {
    person.get("/api/admin/metrics").await.ok(200)
}

#[tokio::test]
async fn metrics_cover_the_admins_own_workspace() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let sam = alex.invite("Sam", "member", &[]).await;
    let stranger = stack.person("Robin").await;
    let before = metrics(&alex).await;
    assert_eq!((&before["open_sockets"], &before["active_sessions"]), (&json!(0), &json!(2)));
    assert_eq!(before["storage"], json!({"files": 0, "bytes": 0}));
    let (one, other) = (alex.socket().await, sam.socket().await);
    let elsewhere = stranger.socket().await;
    assert_eq!(metrics(&alex).await["open_sockets"], 2);
    one.close().await;
    stack.idle().await;
    sam.request("POST", "/api/auth/logout")
        .header("cookie", format!("millrace_refresh={}", sam.refresh))
        .send()
        .await
        .expect("answers");
    let after = metrics(&alex).await;
    assert_eq!(after["active_sessions"], 1);
    sam.get("/api/admin/metrics").await.problem(403);
    drop((other, elsewhere));
}

#[tokio::test]
async fn metrics_count_dead_letters() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let queue = |metrics: &Value, name: &str| {
        metrics["queues"]
            .as_array()
            .into_iter()
            .flatten()
            .find(|queue| queue["name"] == name)
            .cloned()
            .expect("a queue")
    };
    assert_eq!(metrics(&alex).await["dead_letters"], 0);
    let sqs = aws_sdk_sqs::Client::new(&stack.server.stand_ins().sdk_config());
    let url = &stack.server.platform().settings.dead_letters[queue::MAIL.as_str()];
    sqs.send_message().queue_url(url).message_body("poison").send().await.expect("is taken");
    let seen = metrics(&alex).await;
    assert_eq!((&seen["dead_letters"], &queue(&seen, "mail")["dead_letters"]), (&json!(1), &json!(1)));
    assert_eq!(queue(&seen, "audit")["dead_letters"], 0);
}
