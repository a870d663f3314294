use crate::Stack;
use serde_json::{Value, json};

impl Stack {
    /// Delivers messages to a queue's consumer, as the queue does, whatever was delivered before.
    pub async fn deliver(&self, consumer: &str, messages: &[Value]) {
        let functions = millrace_infra::functions(millrace_infra::AREAS);
        let declared = functions.iter().find(|declared| declared.name == consumer).expect("a consumer");
        let record =
            |(number, message): (usize, &Value)| json!({"messageId": number.to_string(), "body": message.to_string()});
        let records: Vec<Value> = messages.iter().enumerate().map(record).collect();
        let invoke = declared.invoke.expect("no route");
        let answer = invoke(self.server.platform().clone(), json!({"Records": records})).await.expect("does it");
        assert_eq!(answer["batchItemFailures"], json!([]), "{answer}");
    }
}
