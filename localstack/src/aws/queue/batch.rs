use std::collections::HashSet;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::Queues;
use super::protocol::{Handle, Refusal, Result, SIZE_LIMIT, SendMessage, decode};
use super::store::Stored;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Batch<T> {
    queue_url: String,
    entries: Vec<Entry<T>>,
}

#[derive(Deserialize)]
struct Entry<T> {
    #[serde(rename = "Id")]
    id: String,
    #[serde(flatten)]
    of: T,
}

impl Queues {
    pub(super) fn send_batch(&self, body: &[u8]) -> Result<Value> {
        let (queue, entries) = self.batch::<SendMessage>(body)?;
        if entries.iter().map(|e| e.of.message_body.len()).sum::<usize>() > SIZE_LIMIT {
            return Err(refused("BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong"));
        }
        // One write for the whole batch in the ordinary case; one by one where an entry is at fault.
        let messages: Vec<&SendMessage> = entries.iter().map(|e| &e.of).collect();
        if let Ok(sent) = self.send(&queue, &messages) {
            let ids = entries.iter().map(|e| e.id.as_str());
            return Ok(json!({"Successful": ids.zip(sent).map(with_id).collect::<Vec<_>>()}));
        }
        Ok(each(&entries, |message| Ok(self.send(&queue, &[message])?.pop().unwrap_or_default())))
    }

    pub(super) fn delete_batch(&self, body: &[u8]) -> Result<Value> {
        let (queue, entries) = self.batch::<Handle>(body)?;
        Ok(each(&entries, |handle| self.delete(&queue, handle).map(|()| json!({}))))
    }

    pub(super) fn hide_batch(&self, body: &[u8]) -> Result<Value> {
        let (queue, entries) = self.batch::<Handle>(body)?;
        Ok(each(&entries, |handle| self.hide(&queue, handle).map(|()| json!({}))))
    }

    fn batch<T: DeserializeOwned>(&self, body: &[u8]) -> Result<(Stored, Vec<Entry<T>>)> {
        let batch: Batch<T> = decode(body)?;
        let ids: HashSet<&str> = batch.entries.iter().map(|e| e.id.as_str()).collect();
        match batch.entries.len() {
            0 => Err(refused("EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest")),
            11.. => Err(refused("TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest")),
            n if n != ids.len() => {
                Err(refused("BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct"))
            }
            _ => Ok((self.at(&batch.queue_url)?, batch.entries)),
        }
    }
}

fn refused(kind: &'static str, code: &'static str) -> Refusal {
    Refusal { kind, code, message: format!("{kind}: a batch has 1 to 10 entries, with ids of their own, and 1 MiB") }
}

fn with_id((id, mut answer): (&str, Value)) -> Value {
    answer["Id"] = id.into();
    answer
}

fn each<T>(entries: &[Entry<T>], work: impl Fn(&T) -> Result<Value>) -> Value {
    let (mut successful, mut failed) = (Vec::new(), Vec::new());
    for entry in entries {
        match work(&entry.of) {
            Ok(answer) => successful.push(with_id((&entry.id, answer))),
            Err(Refusal { code, message, kind }) => {
                let sender = kind != "InternalError";
                failed.push(json!({"Id": entry.id, "SenderFault": sender, "Code": code, "Message": message}));
            }
        }
    }
    json!({"Successful": successful, "Failed": failed})
}
