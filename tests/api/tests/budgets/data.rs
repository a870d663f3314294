//! One call of every function of the data area.

use crate::functions::Round;
use aws_sdk_dynamodb::types::AttributeValue;
use serde_json::{Value, json};
use std::collections::HashMap;

impl Round {
    pub(crate) async fn data(&mut self) {
        let project = self.id("project").to_owned();
        self.call("data-export", json!({"project": project, "format": "json"})).await;
        let table = b"Title,Status,Labels\nOne,To do,new\nTwo,To do,new\nThree,Done,\n";
        let file = json!({"project": project, "format": "csv", "name": "tasks.csv", "size": table.len()});
        let begun = self.call("data-import", file).await.body;
        self.name("import_id", &begun["import_id"]);
        let sent = self.stack.send_by_form(&begun["upload"], table.to_vec()).await;
        assert_eq!(sent.status, 204, "{}", sent.text);
        let import = self.id("import_id").to_owned();
        self.call("data-import", json!({"project": project, "import_id": import})).await;
        self.stack.idle().await;
        self.call("data-import-status", Value::Null).await;
        self.let_run(&import).await;
        let step = json!({"workspace": self.id("workspace_id"), "import": import, "run": 1});
        self.invoke("data-import-run", json!({"Records": [{"messageId": "measured", "body": step.to_string()}]})).await;
        let found = self.call("data-import-status", Value::Null).await.body;
        assert_eq!((&found["import"]["state"], &found["import"]["done"]), (&json!("done"), &json!(3)), "{found}");
    }

    /// Lets an import that was checked run, straight in the table: the queue would hand it to the server's own consumer.
    async fn let_run(&self, import: &str) {
        let client = aws_sdk_dynamodb::Client::new(&self.stack.server.stand_ins().sdk_config());
        let table = &self.stack.server.platform().settings.table;
        let text = |item: &HashMap<String, AttributeValue>, name: &str| {
            item.get(name).and_then(|value| value.as_s().ok()).cloned().unwrap_or_default()
        };
        let items = client.scan().table_name(table).send().await.expect("scans").items.unwrap_or_default();
        let mut item = items.into_iter().find(|item| text(item, "sk") == import).expect("the import");
        let running = text(&item, "doc").replace("\"state\":\"checked\"", "\"state\":\"running\"");
        assert_ne!(running, text(&item, "doc"), "the import was checked");
        item.insert("doc".to_owned(), AttributeValue::S(running));
        client.put_item().table_name(table).set_item(Some(item)).send().await.expect("writes");
    }
}
