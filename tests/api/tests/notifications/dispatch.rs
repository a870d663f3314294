use crate::{another, assign, crowd, inbox, last_event, queue, subjects, two, unread, watched_by};
use futures::FutureExt;
use millrace_api_tests::Stack;
use millrace_localstack::aws::meter::Meter;
use serde_json::{Value, json};

#[tokio::test]
async fn new_assignees_are_notified_live_and_the_actor_is_not() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let task = alex.task("WEB", "Write the report").await;
    let (before, own_before) = (unread(&bo).await, inbox(&alex).await.len());
    let mut socket = bo.socket().await;
    assign(&alex, &task, &[&alex, &bo]).await;
    let frame = socket.next("notification").await;
    let heard = &frame["notification"];
    assert_eq!((&heard["kind"], &heard["actor"]["name"]), (&json!("assigned"), &json!("Alex")));
    assert_eq!((&heard["tasks"][0]["key"], &heard["read"]), (&json!(task), &json!(false)));
    assert_eq!(frame["unread_count"], before + 1);
    assert_eq!(inbox(&bo).await[0], *heard);
    assert_eq!(inbox(&alex).await.len(), own_before, "nobody hears of what they did");
}

#[tokio::test]
async fn a_closed_socket_is_removed_without_affecting_others() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let task = alex.task("WEB", "Write the report").await;
    drop(bo.socket().await);
    let mut open = bo.socket().await;
    stack.idle().await;
    assign(&alex, &task, &[&bo]).await;
    assert_eq!(open.next("notification").await["notification"]["kind"], "assigned");
}

#[tokio::test]
async fn watchers_and_the_reporter_are_notified_of_status_changes() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let task = bo.task("WEB", "Write the report").await;
    alex.patch(&format!("/api/tasks/{task}"), json!({"priority": "high", "title": "Write it"})).await.ok(200);
    let changed = inbox(&bo).await[0].clone();
    assert_eq!((&changed["kind"], &changed["fields"]), (&json!("updated"), &json!(["priority", "title"])));
    assert_eq!(changed["tasks"][0]["title"], "Write it");
    let board = alex.get(&format!("/api/tasks/{task}")).await.ok(200);
    let board = alex.board(board["board_id"].as_str().expect("a board")).await;
    alex.move_task(&board, &task, 0, 2).await.ok(200);
    let moved = inbox(&bo).await[0].clone();
    assert_eq!((&moved["kind"], &moved["status"]), (&json!("status_changed"), &json!("in_progress")));
}

#[tokio::test]
async fn only_people_with_access_are_notified() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let gus = alex.invite("Gus", "guest", &[("WEB", "developer")]).await;
    let task = alex.task("WEB", "Write the report").await;
    assign(&alex, &task, &[&bo, &gus]).await;
    let (of_bo, of_gus) = (inbox(&bo).await.len(), inbox(&gus).await.len());
    stack.advance("PT1M").await;
    alex.delete(&format!("/api/projects/WEB/members/{}", gus.id)).await.ok(204);
    alex.delete(&format!("/api/workspaces/{}/members/{}", alex.workspace, bo.id)).await.ok(204);
    alex.patch(&format!("/api/tasks/{task}"), json!({"title": "Write it"})).await.ok(200);
    assert_eq!(inbox(&gus).await.len(), of_gus);
    alex.invite("Bo", "member", &[]).await;
    assert!(of_bo > 0);
    let mails = stack.server.stand_ins().mailbox().list(Some(&bo.email), 100).expect("mails");
    stack.advance("PT1M").await;
    let later = stack.server.stand_ins().mailbox().list(Some(&bo.email), 100).expect("mails");
    assert_eq!(mails.len(), later.len(), "whoever left gets no mail");
}

#[tokio::test]
async fn redelivered_events_notify_once() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let (first, second) = (alex.task("WEB", "One").await, alex.task("WEB", "Two").await);
    assign(&alex, &first, &[&bo]).await;
    stack.advance("PT1M").await;
    assign(&alex, &second, &[&bo]).await;
    stack.advance("PT1M").await;
    let (one, two) = (last_event(&alex, &first).await.to_string(), last_event(&alex, &second).await.to_string());
    let before = (inbox(&bo).await, unread(&bo).await, subjects(&bo).await);
    queue(&stack, &[two.clone(), one.clone(), two.clone(), one.clone(), one, two]).await;
    stack.advance("PT1M").await;
    assert_eq!((inbox(&bo).await, unread(&bo).await, subjects(&bo).await), before);
}

#[tokio::test]
async fn notifications_for_forty_five_watchers_are_one_write() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let task = alex.task("WEB", "Write the report").await;
    let people = crowd(&alex, &bo, 45).await;
    watched_by(&alex, &task, &people).await;
    alex.patch(&format!("/api/tasks/{task}"), json!({"priority": "high"})).await.ok(200);
    stack.idle().await;
    let event = another(&last_event(&alex, &task).await, 1);
    let functions = millrace_infra::functions(millrace_infra::AREAS);
    let dispatch = functions.iter().find(|declared| declared.name == "notify-dispatch").expect("the consumer");
    let records = json!({"Records": [{"messageId": "1", "body": event.to_string()}]});
    let (meter, invoke) = (Meter::new(), dispatch.invoke.expect("a consumer"));
    meter.scope(invoke(stack.server.platform().clone(), records)).await.expect("does it");
    let cost = meter.report();
    let writes: Vec<_> = cost.operations.iter().filter(|call| call.items_written > 0).collect();
    // An inbox and a notification each, and that the event was told.
    assert_eq!((writes.len(), cost.items_written), (1, 91), "{writes:#?}");
    assert_eq!(cost.round_trips, 3, "the task, the people, the write: {:#?}", cost.operations);
    assert_eq!(inbox(&people[44]).await.len(), 2);
}

/// Calls the consumer with events, and lets it die after some steps. Whether it was done by then.
async fn dies_after(stack: &Stack, events: &[Value], steps: usize) -> bool {
    let functions = millrace_infra::functions(millrace_infra::AREAS);
    let dispatch = functions.iter().find(|declared| declared.name == "notify-dispatch").expect("the consumer");
    let record = |(index, event): (usize, &Value)| json!({"messageId": index.to_string(), "body": event.to_string()});
    let records: Vec<Value> = events.iter().enumerate().map(record).collect();
    let invoke = dispatch.invoke.expect("a consumer");
    let mut call = invoke(stack.server.platform().clone(), json!({"Records": records}));
    for _ in 0..steps {
        if let Some(answer) = (&mut call).now_or_never() {
            assert_eq!(answer.expect("an answer")["batchItemFailures"], json!([]));
            return true;
        }
        tokio::time::sleep(std::time::Duration::from_millis(1)).await;
    }
    false
}

#[tokio::test]
async fn an_interrupted_dispatch_resumes_without_loss_or_duplicates() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let task = alex.task("WEB", "Write the report").await;
    let people = crowd(&alex, &bo, 45).await;
    watched_by(&alex, &task, &people).await;
    alex.patch(&format!("/api/tasks/{task}"), json!({"priority": "high"})).await.ok(200);
    stack.advance("PT2M").await;
    // Of kind commented, so that each hears of it by mail too: 45 people are more than one write takes.
    let mut event = another(&last_event(&alex, &task).await, 1);
    event["type"] = json!("comment.added");
    let comment = json!({
        "id": "cmt_01K2Z3Y4X5W6V7T8S9R0Q1P2N3", "task": task, "author": bo.id, "body": "Look at this", "whole": true,
        "reply_to": null, "mentions": [], "reply_count": 0, "version": 1, "created_at": event["at"], "edited_at": null,
    });
    event["data"] = json!({"comment": comment, "mentions": []});
    let mut steps = 1;
    while !dies_after(&stack, std::slice::from_ref(&event), steps).await {
        steps += 1;
        assert!(steps < 3_000, "it never ends");
    }
    assert!(dies_after(&stack, &[event.clone(), event], 3_000).await);
    stack.advance("PT1M").await;
    for person in &people {
        let heard: Vec<_> = inbox(person).await.into_iter().filter(|item| item["kind"] == "commented").collect();
        assert_eq!(heard.len(), 1, "{heard:?}");
        assert_eq!(heard[0]["event_count"], 1);
        assert_eq!(unread(person).await, 2);
        assert_eq!(subjects(person).await.len(), 1);
    }
}

#[tokio::test]
async fn an_unreadable_message_is_dead_lettered_alone() {
    let stack = Stack::own().await;
    let (alex, bo) = two(&stack).await;
    let task = alex.task("WEB", "Write the report").await;
    assign(&alex, &task, &[&bo]).await;
    stack.advance("PT2M").await;
    let (before, event) = (inbox(&bo).await.len(), last_event(&alex, &task).await);
    let good = |number: usize| another(&event, number).to_string();
    queue(&stack, &[good(1), "{\"no\": \"event\"}".to_owned(), good(2)]).await;
    let items = inbox(&bo).await;
    assert_eq!((items.len(), &items[0]["event_count"]), (before + 1, &json!(2)), "the others were told");
    for pause in ["PT15S", "PT1M", "PT4M", "PT16M", "PT64M"] {
        stack.advance(pause).await;
    }
    let depths = stack.server.stand_ins().queues().depths().expect("depths");
    let own = depths.iter().find(|queue| queue.name == "millrace-notifications").expect("the queue");
    assert_eq!((own.dead_letters, own.visible, own.delayed), (1, 0, 0));
}
