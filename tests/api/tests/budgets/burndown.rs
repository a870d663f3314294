//! What a burndown costs: one Query of its sprint's days, whatever else its project holds.

use crate::{metered::call, scale::fill};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnConsumedCapacity};
use jiff::{ToSpan, tz::TimeZone};
use millrace_api_tests::{Person, Stack};
use millrace_localstack::aws::meter::{Call, Cost};
use serde_json::{Value, json};

/// A running sprint.
struct Running<'stack> {
    alex: Person<'stack>,
    id: String,
}

/// The number of the first task of a sprint: the one before it stays in the backlog, and others are copied from it.
const FIRST: usize = 2;

/// The keys of the tasks `from` to `to`.
fn numbered(from: usize, to: usize) -> Vec<String> {
    (from..=to).map(|number| format!("WEB-{number}")).collect()
}

async fn sprint(alex: &Person<'_>, name: &str) -> String {
    let today = alex.stack.server.clock().now().to_zoned(TimeZone::UTC).date();
    let days = json!({"name": name, "start_date": today, "end_date": today.saturating_add(13.days())});
    let sprint = alex.post("/api/projects/WEB/sprints", days).await.ok(201);
    sprint["id"].as_str().expect("an id").to_owned()
}

impl<'stack> Running<'stack> {
    /// A sprint of `count` tasks, of which each is estimated and then estimated anew.
    async fn of(stack: &'stack Stack, count: usize) -> Self {
        let alex = stack.person("Alex").await;
        alex.project("WEB").await;
        let first = alex.task("WEB", "A card like any other, with a title of a usual length").await;
        fill(stack, &first, FIRST as u32, (FIRST + count - 1) as u32).await;
        let id = sprint(&alex, "Sprint 1").await;
        let (running, tasks) = (Self { alex, id }, numbered(FIRST, FIRST + count - 1));
        running.plan(&tasks).await;
        running.alex.post(&format!("/api/sprints/{}/start", running.id), json!({})).await.ok(200);
        running.estimate(&tasks, 3).await;
        running.estimate(&tasks, 5).await;
        running
    }

    async fn plan(&self, tasks: &[String]) {
        for add in tasks.chunks(100) {
            self.alex.put(&format!("/api/sprints/{}/tasks", self.id), json!({"add": add})).await.ok(200);
        }
    }

    async fn estimate(&self, tasks: &[String], points: u32) {
        for tasks in tasks.chunks(100) {
            let body = json!({"tasks": tasks, "set": {"story_points": points}});
            self.alex.post("/api/tasks/bulk", body).await.ok(200);
        }
    }

    /// The burndown's first day, its one Query, and all that it cost.
    async fn burndown(&self) -> (Value, Call, Cost) {
        let path = format!("/api/sprints/{}/burndown", self.id);
        let (answer, cost) = call(self.alex.stack, "GET", &path, &self.alex.token, "", None).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert_eq!(cost.round_trips, 1, "{:#?}", cost.operations);
        let queries: Vec<&Call> = cost.operations.iter().filter(|call| call.operation == "Query").collect();
        assert_eq!(queries.len(), 1, "one Query: {:#?}", cost.operations);
        (answer.body[0].clone(), queries[0].clone(), cost.clone())
    }

    /// What a Query of nothing but the sprint's own partition costs, asked of the table itself.
    async fn own_days(&self) -> f64 {
        let stack = self.alex.stack;
        let client = aws_sdk_dynamodb::Client::new(&stack.server.stand_ins().sdk_config());
        let query = client
            .query()
            .table_name(&stack.server.platform().settings.table)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(
                ":pk",
                AttributeValue::S(format!("W#{}#P#WEB#S#{}", self.alex.workspace, self.id)),
            )
            .consistent_read(true)
            .return_consumed_capacity(ReturnConsumedCapacity::Total);
        let answer = query.send().await.expect("reads");
        answer.consumed_capacity().and_then(|capacity| capacity.capacity_units()).expect("a capacity")
    }
}

/// Who asks, the workspace, the project, the sprint and the calendar, each read by its key beside the Query.
const BESIDE: f64 = 5.0;

#[tokio::test]
async fn a_burndown_is_one_query_for_ten_and_for_five_hundred_tasks() {
    for count in [10, 500] {
        let stack = Stack::own().await;
        let running = Running::of(&stack, count).await;
        let (day, query, cost) = running.burndown().await;
        assert_eq!((&day["scope"], &day["remaining_points"]), (&json!(5 * count), &json!(5 * count)));
        assert_eq!(query.items_read, 3 * count, "a transition for each time that a task came or changed");
        assert_eq!(query.read_units, running.own_days().await, "{count} tasks");
        assert_eq!(cost.read_units - query.read_units, BESIDE, "{:#?}", cost.operations);
    }
}

#[tokio::test]
async fn a_burndowns_cost_is_independent_of_the_rest_of_the_project() {
    let stack = Stack::own().await;
    let running = Running::of(&stack, 10).await;
    let (day, before, cost) = running.burndown().await;
    fill(&stack, "WEB-1", 12, 2_000).await;
    let other = Running { alex: running.alex.clone(), id: sprint(&running.alex, "Sprint 2").await };
    other.plan(&numbered(12, 111)).await;
    other.estimate(&numbered(12, 111), 8).await;
    // What happens to the sprint's tasks and is nothing to the sprint.
    let body = json!({"tasks": numbered(2, 11), "set": {"priority": "high"}});
    running.alex.post("/api/tasks/bulk", body).await.ok(200);
    let (same_day, after, same_cost) = running.burndown().await;
    assert_eq!(same_day, day);
    assert_eq!((after.items_read, after.read_units), (before.items_read, before.read_units));
    assert_eq!((same_cost.calls, same_cost.read_units), (cost.calls, cost.read_units));
}
