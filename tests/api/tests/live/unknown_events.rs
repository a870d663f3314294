//! Versions may mix during a deployment: a function meets events of kinds that only later versions know.

use millrace_api_tests::Stack;
use millrace_endpoint::declared::Trigger;
use serde_json::{Value, json};

/// The queues that hold events.
const QUEUES: &[&str] = &["notifications", "analytics", "audit", "timers", "parents"];

#[tokio::test]
async fn an_event_of_an_unknown_kind_is_passed_on_and_holds_up_nobody() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let task = alex.task("WEB", "Write it down").await;
    stack.idle().await;
    let boards = alex.get("/api/projects/WEB/boards").await.ok(200);
    let board = alex.board(boards["items"][0]["id"].as_str().expect("an id")).await;
    let mut socket = alex.socket().await;
    socket.subscribe(&board.id, Some(&board.cursor)).await;
    let mut event = alex.get(&format!("/api/tasks/{task}/history?limit=1")).await.ok(200)["items"][0].clone();
    event["id"] = json!("7ZZZZZZZZZZZZZZZZZZZZZZZZY");
    event["type"] = json!("task.coloured");
    event["data"] = json!({"card": task, "colors": ["red", null]});
    event["changes"] = json!([{"field": "status", "from": "todo", "to": "done"}]);

    // From the table's stream it goes on to the board and into the queues.
    let functions = millrace_infra::functions(millrace_infra::AREAS);
    let sequence = "9".repeat(30);
    let image = json!({"event": {"S": event.to_string()}});
    let records = json!({"Records": [{"dynamodb": {"SequenceNumber": sequence, "NewImage": image}}]});
    for relay in functions.iter().filter(|declared| matches!(declared.trigger, Trigger::Stream)) {
        let answer = relay.invoke.expect("a consumer")(stack.server.platform().clone(), records.clone()).await;
        assert_eq!(answer.expect("an answer"), json!({"batchItemFailures": []}), "{}", relay.name);
    }
    assert_eq!(socket.next("events").await["events"], json!([event]));
    stack.idle().await;

    // Each consumer of a queue takes it, those that the relay passes only some events to as well.
    for queue in QUEUES {
        let fed = |trigger| matches!(trigger, Trigger::Queue(name) if name.as_str() == *queue);
        let consumers: Vec<_> = functions.iter().filter(|declared| fed(declared.trigger)).collect();
        assert_eq!(consumers.len(), 1, "{queue}");
        for consumer in consumers {
            stack.deliver(consumer.name, std::slice::from_ref(&event)).await;
        }
    }
    for queue in stack.server.stand_ins().queues().depths().expect("depths") {
        assert_eq!(queue.dead_letters, 0, "{}", queue.name);
    }
    let trail = alex.get("/api/audit").await.ok(200);
    let trail: Vec<&Value> = trail["items"].as_array().expect("items").iter().collect();
    assert!(trail.contains(&&event), "the trail keeps it as it came");
}
