//! What a backlog of a thousand tasks costs: to read, to put in order, to plan.

use crate::{
    metered::{Answer, call},
    scale::fill,
};
use jiff::{ToSpan, tz::TimeZone};
use millrace_api_tests::{Board, Person, Stack};
use millrace_localstack::aws::meter::Cost;
use serde_json::{Value, json};

/// A project whose tasks all wait in its first column, and a sprint that is planned.
struct Backlog<'stack> {
    alex: Person<'stack>,
    board: Board,
    sprint: String,
}

impl<'stack> Backlog<'stack> {
    async fn of(stack: &'stack Stack, count: u32) -> Self {
        let alex = stack.person("Alex").await;
        let board = alex.project("WEB").await;
        let first = alex.task("WEB", "A card like any other, with a title of a usual length").await;
        fill(stack, &first, 2, count).await;
        let today = stack.server.clock().now().to_zoned(TimeZone::UTC).date();
        let days = json!({"name": "Sprint 1", "start_date": today, "end_date": today.saturating_add(13.days())});
        let sprint = alex.post("/api/projects/WEB/sprints", days).await.ok(201);
        let sprint = sprint["id"].as_str().expect("an id").to_owned();
        Self { alex, board, sprint }
    }

    async fn ask(&self, method: &str, path: &str, body: Option<Value>) -> (Answer, Cost) {
        let (answer, cost) = call(self.alex.stack, method, path, &self.alex.token, "", body.as_ref()).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        (answer, cost)
    }

    /// What the page reads: a snapshot, and the sprints at the same time.
    async fn read(&self, count: usize) -> [Cost; 2] {
        let (page, snapshot) = self.ask("GET", &format!("/api/boards/{}", self.board.id), None).await;
        assert_eq!(page.body["tasks"].as_array().map(Vec::len), Some(count));
        let (_, sprints) = self.ask("GET", "/api/projects/WEB/sprints", None).await;
        [snapshot, sprints]
    }

    /// The task goes from the end of the backlog to its middle.
    async fn rank(&self, task: usize) -> Cost {
        let column = &self.board.columns[0];
        let body =
            json!({"task": format!("WEB-{task}"), "from_column": column, "to_column": column, "position": task / 2});
        self.ask("POST", &format!("/api/boards/{}/move", self.board.id), Some(body)).await.1
    }

    /// Tasks go into the sprint together.
    async fn plan(&self, first: usize, last: usize) -> Cost {
        let add: Vec<String> = (first..=last).map(|number| format!("WEB-{number}")).collect();
        let (moved, cost) =
            self.ask("PUT", &format!("/api/sprints/{}/tasks", self.sprint), Some(json!({"add": add}))).await;
        assert_eq!(moved.body["tasks"].as_array().map(Vec::len), Some(add.len()));
        cost
    }
}

#[tokio::test]
async fn planning_a_backlog_of_a_thousand_costs_the_same_writes_as_one_of_ten() {
    let (few, many) = (Stack::own().await, Stack::own().await);
    let (small, large) = (Backlog::of(&few, 10).await, Backlog::of(&many, 1_000).await);

    let pages =
        |cost: &Cost| cost.operations.iter().filter(|call| call.operation == "Query" && call.items_read > 100).count();
    let [snapshot, sprints] = large.read(1_000).await;
    assert_eq!((snapshot.round_trips, pages(&snapshot)), (1, 1), "{:#?}", snapshot.operations);
    assert_eq!((sprints.round_trips, pages(&sprints)), (1, 0), "{:#?}", sprints.operations);
    assert_eq!(small.read(10).await[1].read_units, sprints.read_units);

    let (ranked, rank) = (small.rank(10).await, large.rank(1_000).await);
    let (planned, plan) = (small.plan(4, 8).await, large.plan(604, 608).await);
    for (small, large) in [(&ranked, &rank), (&planned, &plan)] {
        assert_eq!((large.round_trips, large.write_units), (2, small.write_units));
        assert_eq!(large.items_written, small.items_written);
    }
    assert_eq!(plan.read_units, planned.read_units);
    // A place is counted from the top: the index tells of 495 cards more, some thirty to a unit.
    assert_eq!(rank.read_units - ranked.read_units, 17.0);
    // A card, its event and its sprint's transition each: two transactions, of which one takes a hundred items.
    let fifty = large.plan(101, 150).await;
    assert_eq!((fifty.round_trips, fifty.items_written), (3, 150));
}
