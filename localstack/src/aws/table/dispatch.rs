use dynoxide::actions as action;
use dynoxide::types::ConsumedCapacity;
use dynoxide::{Database, DynoxideError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use crate::aws::meter::Effect;
use crate::aws::wire::{self, AWS_JSON, Answer};

/// What became of one call.
pub(crate) struct Outcome {
    pub(crate) answer: Answer,
    pub(crate) effect: Effect,
    /// Whether it may have changed an item.
    pub(crate) wrote: bool,
}

type Result<T> = std::result::Result<T, DynoxideError>;

/// Runs an operation on the calling thread. One that `comes_once` needs no token to be told from its own repetition.
pub(crate) fn run(db: &Database, operation: &str, body: &[u8], metered: bool, comes_once: bool) -> Outcome {
    let mut effect = Effect::default();
    let wrote = matches!(operation, "PutItem" | "UpdateItem" | "DeleteItem" | "BatchWriteItem" | "TransactWriteItems");
    match execute(db, operation, body, metered.then_some(&mut effect), comes_once) {
        Ok(Some(body)) => Outcome { answer: wire::answer(200, AWS_JSON, body), effect, wrote },
        Ok(None) => {
            let body = json!({"__type": "com.amazon.coral.service#UnknownOperationException",
                "message": format!("the stand-in has no operation {operation}")});
            Outcome { answer: wire::answer(400, AWS_JSON, body.to_string()), effect, wrote: false }
        }
        Err(error) => refused(&error, operation),
    }
}

/// What a call comes to that is not run, or that failed.
pub(crate) fn refused(error: &DynoxideError, operation: &str) -> Outcome {
    tracing::debug!(operation, %error, "refused");
    let effect = Effect { failed: true, ..Effect::default() };
    Outcome { answer: wire::answer(error.status_code(), AWS_JSON, error.to_json()), effect, wrote: false }
}

/// Capacity as one operation reports it, for a table or for several.
trait Consumed {
    fn units(&self) -> f64;
}

impl Consumed for Option<ConsumedCapacity> {
    fn units(&self) -> f64 {
        self.as_ref().map_or(0.0, |c| c.capacity_units)
    }
}

impl Consumed for Option<Vec<ConsumedCapacity>> {
    fn units(&self) -> f64 {
        self.iter().flatten().map(|c| c.capacity_units).sum()
    }
}

/// One JSON parse into the operation's own request, and one serialisation of its response: dynoxide's
/// server parses three times, to word the refusal of what no SDK sends.
macro_rules! plain {
    ($db:ident.$method:ident($body:ident)) => {
        encode(&$db.$method(decode($body)?)?)
    };
}

/// As `plain!`, asking for the consumed capacity when there is a meter, and handing it on only when
/// the caller asked too.
macro_rules! costed {
    ($db:ident.$method:ident($body:ident: $request:path), $effect:ident.$units:ident,
     |$r:ident| $written:expr, |$a:ident| $read:expr $(, first $first:block)?) => {{
        let mut $r: $request = decode($body)?;
        $($first)?
        let Some(effect) = $effect else { return encode(&$db.$method($r)?) };
        let unasked = matches!($r.return_consumed_capacity.as_deref(), None | Some("NONE"));
        if unasked {
            $r.return_consumed_capacity = Some("TOTAL".into());
        }
        let written: usize = $written;
        let mut $a = $db.$method($r)?;
        effect.$units = $a.consumed_capacity.units();
        effect.items_written = written;
        effect.items_read = $read;
        if unasked {
            $a.consumed_capacity = None;
        }
        encode(&$a)
    }};
}

fn execute(
    db: &Database,
    operation: &str,
    body: &[u8],
    effect: Option<&mut Effect>,
    comes_once: bool,
) -> Result<Option<Vec<u8>>> {
    match operation {
        "GetItem" => costed!(db.get_item(body: action::get_item::GetItemRequest), effect.read_units,
            |_r| 0, |a| usize::from(a.item.is_some())),
        "Query" => costed!(db.query(body: action::query::QueryRequest), effect.read_units,
            |_r| 0, |a| a.count),
        "Scan" => costed!(db.scan(body: action::scan::ScanRequest), effect.read_units,
            |_r| 0, |a| a.count),
        "BatchGetItem" => costed!(db.batch_get_item(body: action::batch_get_item::BatchGetItemRequest),
            effect.read_units, |_r| 0, |a| a.responses.values().map(Vec::len).sum()),
        "TransactGetItems" => costed!(
            db.transact_get_items(body: action::transact_get_items::TransactGetItemsRequest),
            effect.read_units, |_r| 0, |a| a.responses.iter().filter(|r| r.item.is_some()).count()),
        "PutItem" => costed!(db.put_item(body: action::put_item::PutItemRequest), effect.write_units,
            |_r| 1, |_a| 0),
        "UpdateItem" => costed!(db.update_item(body: action::update_item::UpdateItemRequest),
            effect.write_units, |_r| 1, |_a| 0),
        "DeleteItem" => costed!(db.delete_item(body: action::delete_item::DeleteItemRequest),
            effect.write_units, |_r| 1, |_a| 0),
        "BatchWriteItem" => costed!(
            db.batch_write_item(body: action::batch_write_item::BatchWriteItemRequest),
            effect.write_units, |r| r.request_items.values().map(Vec::len).sum(), |_a| 0),
        "TransactWriteItems" => costed!(
            db.transact_write_items(body: action::transact_write_items::TransactWriteItemsRequest),
            effect.write_units,
            |r| r.transact_items.iter().filter(|item| item.condition_check.is_none()).count(), |_a| 0,
            // dynoxide looks through the tokens of ten minutes with each call.
            first { if comes_once { r.client_request_token = None; } }),
        "CreateTable" => plain!(db.create_table(body)),
        "DeleteTable" => plain!(db.delete_table(body)),
        "DescribeTable" => plain!(db.describe_table(body)),
        "UpdateTable" => plain!(db.update_table(body)),
        "ListTables" => plain!(db.list_tables(body)),
        "UpdateTimeToLive" => plain!(db.update_time_to_live(body)),
        "DescribeTimeToLive" => plain!(db.describe_time_to_live(body)),
        "ListStreams" => plain!(db.list_streams(body)),
        "DescribeStream" => plain!(db.describe_stream(body)),
        "GetShardIterator" => plain!(db.get_shard_iterator(body)),
        "GetRecords" => plain!(db.get_records(body)),
        _ => Ok(None),
    }
}

fn encode<T: Serialize>(response: &T) -> Result<Option<Vec<u8>>> {
    serde_json::to_vec(response).map(Some).map_err(|e| DynoxideError::InternalServerError(e.to_string()))
}

/// Reads a request, or tells why DynamoDB would not.
pub(crate) fn decode<T: DeserializeOwned>(body: &[u8]) -> Result<T> {
    serde_json::from_slice(body).map_err(|error| refusal(&error.to_string()))
}

/// dynoxide's readers put the kind of a refusal before its words.
fn refusal(message: &str) -> DynoxideError {
    let words = |text: &str| text.split(" at line ").next().unwrap_or(text).to_owned();
    for mark in ["VALIDATION_REQUEST:", "VALIDATION_AS_READ:", "VALIDATION:"] {
        if let Some(text) = message.strip_prefix(mark) {
            return DynoxideError::ValidationException(words(text));
        }
    }
    for mark in ["SERIALIZATION_AS_READ:", "SERIALIZATION:"] {
        if let Some(text) = message.strip_prefix(mark) {
            return DynoxideError::SerializationException(words(text));
        }
    }
    if message.contains("AttributeValue") || message.contains("missing field") || message.contains("variant") {
        return DynoxideError::ValidationException(words(message));
    }
    DynoxideError::SerializationException(words(message))
}
