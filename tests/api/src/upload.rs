use crate::{Reply, Stack};
use reqwest::multipart::{Form, Part};
use serde_json::Value;
use std::path::{Path, PathBuf};

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

    /// The keys of all objects in the bucket that begin so.
    pub fn objects(&self, prefix: &str) -> Vec<String> {
        fn walk(folder: &Path, into: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.path().is_dir() { walk(&entry.path(), into) } else { into.push(entry.path()) }
            }
        }
        let bucket = self.server.stand_ins().buckets_folder().join("millrace-files");
        let mut files = Vec::new();
        walk(&bucket, &mut files);
        let keys = files.iter().filter_map(|file| file.strip_prefix(&bucket).ok()?.to_str().map(str::to_owned));
        keys.filter(|key| key.starts_with(prefix)).collect()
    }
}
