//! Figures.

use crate::{functions::Round, metered::call};
use millrace_api_tests::Stack;
use serde_json::{Value, json};

impl Round {
    pub(crate) async fn analytics(&mut self) {
        self.stack.idle().await;
        for name in
            ["analytics-dashboard", "analytics-user", "analytics-team", "analytics-distribution", "analytics-project"]
        {
            self.call(name, Value::Null).await;
        }
        let mut event = self.event_of_board("comment.added").await;
        // One that was not counted yet.
        event["id"] = json!("01K2Z3Y4X5W6V7T8S9R0Q1P2N3");
        let record = json!({"messageId": "measured", "body": event.to_string()});
        self.invoke("analytics-aggregate", json!({"Records": [record]})).await;
        self.invoke("jobs-reconcile", Value::Null).await;
    }
}

#[tokio::test]
async fn a_dashboard_costs_the_same_whatever_the_number_of_tasks() {
    let stack = Stack::own().await;
    let alex = stack.person("Alex").await;
    alex.project("WEB").await;
    let cost = async || {
        stack.idle().await;
        call(&stack, "GET", "/api/analytics/dashboard", &alex.token, "", None).await
    };
    alex.task("WEB", "The first").await;
    let (first, few) = cost().await;
    for index in 0..60 {
        alex.task("WEB", &format!("Task {index}")).await;
    }
    let (second, many) = cost().await;
    assert_eq!((&first.body["open"], &second.body["open"]), (&json!(1), &json!(61)));
    assert_eq!((few.round_trips, many.round_trips), (1, 1));
    assert_eq!(few.read_units, many.read_units, "{:#?}", many.operations);
    let items = |cost: &millrace_localstack::aws::meter::Cost| -> usize {
        cost.operations.iter().map(|call| call.items_read).sum()
    };
    assert_eq!(items(&few), items(&many));
}
