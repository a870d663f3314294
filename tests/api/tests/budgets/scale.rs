//! What does not grow with a board.

use crate::metered::call;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use millrace_api_tests::{Board, Person, Stack};
use millrace_localstack::aws::meter::Cost;
use serde_json::json;

/// Fills the first column with copies of a task in it, straight into the table: 5,000 calls would say no more.
pub(crate) async fn fill(stack: &Stack, task: &str, from: u32, to: u32) {
    let client = aws_sdk_dynamodb::Client::new(&stack.server.stand_ins().sdk_config());
    let table = &stack.server.platform().settings.table;
    let items = client.scan().table_name(table).send().await.expect("scans").items.unwrap_or_default();
    let text = |item: &std::collections::HashMap<String, AttributeValue>, name: &str| {
        item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default()
    };
    let number: u32 = task.rsplit('-').next().and_then(|number| number.parse().ok()).expect("a number");
    let own = format!("{number:010}");
    let card = items.iter().find(|item| text(item, "sk") == format!("CARD#{own}")).expect("the task's card");
    let copies: Vec<WriteRequest> = (from..=to)
        .map(|number| {
            let mut copy = card.clone();
            let sk = format!("CARD#{number:010}");
            let rank = text(card, "gsi1sk").replace(&format!("#{own}"), &format!("#{number:010}"));
            let document = text(card, "doc").replace(&format!("\"{task}\""), &format!("\"WEB-{number}\""));
            for (name, value) in [("sk", sk), ("gsi1sk", rank), ("doc", document)] {
                copy.insert(name.to_owned(), AttributeValue::S(value));
            }
            WriteRequest::builder()
                .put_request(PutRequest::builder().set_item(Some(copy)).build().expect("an item"))
                .build()
        })
        .collect();
    for batch in copies.chunks(25) {
        client.batch_write_item().request_items(table, batch.to_vec()).send().await.expect("writes");
    }
}

async fn move_cost(stack: &Stack, alex: &Person<'_>, board: &Board, step: usize) -> Cost {
    let (from, to) = (step % 2, (step + 1) % 2);
    let body =
        json!({"task": "WEB-2", "from_column": board.columns[from], "to_column": board.columns[to], "position": 0});
    let (answer, cost) =
        call(stack, "POST", &format!("/api/boards/{}/move", board.id), &alex.token, "", Some(&body)).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    cost
}

#[tokio::test]
async fn a_move_writes_the_same_two_items_on_a_board_of_ten_and_of_five_thousand() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let task = alex.task("WEB", "A card like any other, with a title of a usual length").await;
    alex.task("WEB", "The card that moves").await;
    fill(&stack, &task, 3, 10).await;
    let small = move_cost(&stack, &alex, &board, 0).await;
    move_cost(&stack, &alex, &board, 1).await;
    fill(&stack, &task, 11, 5_000).await;
    let large = move_cost(&stack, &alex, &board, 0).await;
    for cost in [&small, &large] {
        assert_eq!(cost.items_written, 2, "a card and an event: {:#?}", cost.operations);
        assert_eq!(cost.round_trips, 2);
    }
    assert_eq!(small.write_units, large.write_units);
    let (answer, cost) = call(&stack, "GET", &format!("/api/boards/{}", board.id), &alex.token, "", None).await;
    assert_eq!(answer.body["tasks"].as_array().map(Vec::len), Some(5_000));
    // Beside the paged Query of the cards, people and roles are read at the same time.
    let queries: Vec<_> =
        cost.operations.iter().filter(|call| call.operation == "Query" && call.items_read > 100).collect();
    assert!(queries.len() <= 6, "{} pages of a megabyte", queries.len());
    assert_eq!(cost.round_trips, queries.len(), "one Query, page after page, and nothing before or after it");
}

#[tokio::test]
async fn a_wip_limit_needs_no_extra_round_trip() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    let board = alex.project("WEB").await;
    let column = format!("/api/boards/{}/columns/{}", board.id, board.columns[2]);
    alex.patch(&column, json!({"wip_limit": 5})).await.ok(200);
    let into = json!({"title": "Into a column with a limit", "column_id": board.columns[2]});
    let (answer, cost) = call(&stack, "POST", "/api/projects/WEB/tasks", &alex.token, "", Some(&into)).await;
    assert_eq!((answer.status, cost.round_trips), (201, 2), "{:#?}", cost.operations);
    alex.task("WEB", "Elsewhere").await;
    let into = json!({"column_id": board.columns[2]});
    let (answer, cost) = call(&stack, "PATCH", "/api/tasks/WEB-2", &alex.token, "", Some(&into)).await;
    assert_eq!((answer.status, cost.round_trips), (200, 2), "{:#?}", cost.operations);
}

#[tokio::test]
async fn a_report_of_five_thousand_tasks_is_generated_in_one_run() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let task = alex.task("WEB", "A card like any other, with a title of a usual length").await;
    fill(&stack, &task, 2, 5_000).await;
    for format in ["csv", "xlsx", "pdf"] {
        let asked =
            alex.post("/api/reports", json!({"kind": "tasks", "format": format, "project": "WEB"})).await.ok(201);
        stack.advance("PT2S").await;
        let id = asked["id"].as_str().expect("an id");
        let made = alex.get(&format!("/api/reports/{id}")).await.ok(200);
        assert_eq!((&made["state"], &made["rows"]), (&json!("done"), &json!(5_000)), "{made}");
    }
}
