use crate::{Reply, Stack};
use reqwest::multipart::{Form, Part};
use serde_json::Value;

impl Stack {
    /// Sends a file by a signed form, as a browser does.
    pub async fn send_by_form(&self, form: &Value, bytes: Vec<u8>) -> Reply {
        let mut sent = Form::new();
        for (name, value) in form["fields"].as_object().expect("fields") {
            sent = sent.text(name.clone(), value.as_str().expect("text").to_owned());
        }
        let sent = sent.part("file", Part::bytes(bytes).file_name("whatever it is called there"));
        Reply::of(self.http.post(form["url"].as_str().expect("an address")).multipart(sent)).await
    }
}
