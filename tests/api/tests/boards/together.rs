//! Many people at once.

use crate::{order, place};
use futures::future::join_all;
use millrace_api_tests::Stack;
use serde_json::json;
use std::collections::BTreeSet;

#[tokio::test]
async fn sixteen_concurrent_moves_neither_lose_nor_duplicate_cards() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let tasks: Vec<String> = (1..=16).map(|number| format!("WEB-{number}")).collect();
    for task in &tasks {
        assert_eq!(alex.task("WEB", "A card").await, *task);
    }
    let moves = tasks.iter().map(|task| place(&alex, &board, task, 0, 1, json!({"position": 0})));
    for reply in join_all(moves).await {
        reply.ok(200);
    }
    let shown = order(&alex, &board, 1).await;
    let once: BTreeSet<_> = shown.iter().cloned().collect();
    assert_eq!((shown.len(), once), (16, tasks.iter().cloned().collect()));
    assert_eq!(order(&alex, &board, 1).await, shown, "the order is total: it is the same each time");
    assert!(order(&alex, &board, 0).await.is_empty());
}

#[tokio::test]
async fn concurrent_moves_of_one_card_succeed_or_return_its_position() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let task = alex.task("WEB", "Wanted").await;
    let moves = (0..16).map(|number| place(&alex, &board, &task, 0, 1 + number % 4, json!({})));
    let replies = join_all(moves).await;
    let won = replies.iter().filter(|reply| reply.status == 200).count();
    assert_eq!(won, 1);
    let snapshot = alex.get(&format!("/api/boards/{}", board.id)).await.ok(200);
    assert_eq!(snapshot["tasks"].as_array().map(Vec::len), Some(1));
    for reply in replies.into_iter().filter(|reply| reply.status != 200) {
        let current = reply.problem(409)["current"].clone();
        assert_eq!(current["column_id"], snapshot["tasks"][0]["column_id"]);
    }
}

#[tokio::test]
async fn sixteen_concurrent_creates_get_distinct_numbers() {
    let alex = Stack::shared().person("Alex").await;
    let board = alex.project("WEB").await;
    let tasks = join_all((0..16).map(|_| alex.task("WEB", "At once"))).await;
    let once: BTreeSet<_> = tasks.iter().cloned().collect();
    assert_eq!(once, (1..=16).map(|number| format!("WEB-{number}")).collect());
    assert_eq!(order(&alex, &board, 0).await.len(), 16);
}
