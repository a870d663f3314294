//! One call of every function of the data area.

use crate::functions::Round;
use serde_json::{Value, json};

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
        let again = json!({"workspace": self.id("workspace_id"), "import": import, "run": 1});
        self.invoke("data-import-run", json!({"Records": [{"messageId": "measured", "body": again.to_string()}]}))
            .await;
    }
}
