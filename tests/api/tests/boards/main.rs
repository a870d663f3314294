//! `/api/boards`

mod add_column;
mod create;
mod delete;
mod events;
mod flow;
mod get;
mod list;
mod move_task;
mod put_workflow;
mod remove_column;
mod together;
mod update;
mod update_column;

use millrace_api_tests::{Board, Person};
use serde_json::{Value, json};

/// The keys of a column's cards from top to bottom, as a snapshot shows them.
async fn order(person: &Person<'_>, board: &Board, column: usize) -> Vec<String> {
    let snapshot = person.get(&format!("/api/boards/{}", board.id)).await.ok(200);
    keys(&snapshot["tasks"], |card| card["column_id"] == board.columns[column].as_str())
}

/// The keys of the cards that are asked for.
fn keys(cards: &Value, wanted: impl Fn(&Value) -> bool) -> Vec<String> {
    let cards = cards.as_array().expect("cards").iter().filter(|card| wanted(card));
    cards.map(|card| card["key"].as_str().expect("a key").to_owned()).collect()
}

/// Moves a card as the body says, beside the columns by their places.
async fn place(
    person: &Person<'_>,
    board: &Board,
    task: &str,
    from: usize,
    to: usize,
    place: Value,
) -> millrace_api_tests::Reply {
    let mut body = json!({"task": task, "from_column": board.columns[from], "to_column": board.columns[to]});
    for (name, value) in place.as_object().expect("an object") {
        body[name] = value.clone();
    }
    person.post(&format!("/api/boards/{}/move", board.id), body).await
}
