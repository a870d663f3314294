//! Counters that many writers increment: an item holds several by name, each in an attribute of its own.
//!
//! An increment needs no read, never conflicts in its condition, and creates the item if necessary. A counter that was
//! never incremented is zero.

use crate::core::{
    failure::failed,
    item::{Attributes, key_attributes, key_of},
    keys::Key,
    table::{Mode, Table},
    transaction::Transaction,
};
use aws_sdk_dynamodb::types::{AttributeValue, Update};
use millrace_domain::{Error, Result};

/// What a number's attribute begins with, so that no name is taken for an attribute of another use.
const NUMBER: &str = "n:";
/// The version of a tally's schema.
const SCHEMA: &str = "1";

pub use millrace_domain::insight::measure::Numbers;

/// The numbers of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The key.
    pub key: Key,
    /// Its numbers; what is not in here is zero.
    pub numbers: Numbers,
}

impl Tally {
    /// Reads an item.
    ///
    /// # Errors
    /// [`Error::Internal`] where a number is out of range.
    pub fn read(item: &Attributes) -> Result<Self> {
        let mut numbers = Numbers::new();
        for (name, value) in item {
            if let (Some(name), AttributeValue::N(digits)) = (name.strip_prefix(NUMBER), value) {
                let number: i64 = digits.parse().map_err(|_| Error::internal(format!("{name} is out of range")))?;
                if number != 0 {
                    numbers.insert(name.to_owned(), number);
                }
            }
        }
        Ok(Self { key: key_of(item)?, numbers })
    }

    /// A number.
    pub fn number(&self, name: &str) -> i64 {
        self.numbers.get(name).copied().unwrap_or_default()
    }
}

/// What an addition depends on, and what it notes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Adding<'name> {
    /// The most that a number may become.
    pub most: Option<(&'name str, i64)>,
    /// What a number has to be.
    pub expects: Option<(&'name str, i64)>,
    /// The place of the item in the index of what falls due.
    pub due: Option<Key>,
}

impl<M: Mode> Table<M> {
    /// The numbers at `key`, as they are now; none of them where there is no item.
    pub(crate) async fn tally(&self, key: &Key) -> Result<Tally> {
        let get = self.client.get_item().table_name(&*self.name).set_key(Some(key_attributes(key)));
        let answer = get.consistent_read(true).send().await.map_err(failed)?;
        let none = || Ok(Tally { key: key.clone(), numbers: Numbers::new() });
        answer.item().map_or_else(none, Tally::read)
    }

    /// The numbers at each of `keys`, in their order, as they are now.
    pub(crate) async fn tallies(&self, keys: &[Key]) -> Result<Vec<Tally>> {
        let found = self.batch(keys.to_vec()).await?;
        let none = |key: &Key| Tally { key: key.clone(), numbers: Numbers::new() };
        keys.iter().map(|key| found.item(key).map_or_else(|| Ok(none(key)), Tally::read)).collect()
    }
}

impl Transaction {
    /// Adds `changes` to the numbers at `key`; `refused` says what it is where a condition does not hold.
    pub(crate) fn tally(
        &mut self,
        key: &Key,
        changes: &Numbers,
        adding: Adding<'_>,
        refused: impl FnOnce() -> Error + Send + 'static,
    ) {
        let number = |number: i64| AttributeValue::N(number.to_string());
        let mut update = Update::builder()
            .table_name("")
            .set_key(Some(key_attributes(key)))
            .expression_attribute_names("#schema", "schema")
            .expression_attribute_values(":schema", AttributeValue::N(SCHEMA.to_owned()));
        let mut adds = Vec::with_capacity(changes.len());
        for (index, (name, change)) in changes.iter().enumerate() {
            adds.push(format!("#n{index} :n{index}"));
            update = update
                .expression_attribute_names(format!("#n{index}"), format!("{NUMBER}{name}"))
                .expression_attribute_values(format!(":n{index}"), number(*change));
            if let Some((_, most)) = adding.most.filter(|(limited, _)| limited == name && *change > 0) {
                update = update
                    .condition_expression(format!("attribute_not_exists(#n{index}) OR #n{index} <= :room"))
                    .expression_attribute_values(":room", number(most - change));
            }
        }
        if let Some((name, expected)) = adding.expects {
            let missing = if expected == 0 { "attribute_not_exists(#expected) OR " } else { "" };
            update = update
                .condition_expression(format!("{missing}#expected = :expected"))
                .expression_attribute_names("#expected", format!("{NUMBER}{name}"))
                .expression_attribute_values(":expected", number(expected));
        }
        let mut set = "SET #schema = if_not_exists(#schema, :schema)".to_owned();
        if let Some(due) = adding.due {
            set.push_str(", gsi2pk = :due_pk, gsi2sk = :due_sk");
            update = update
                .expression_attribute_values(":due_pk", AttributeValue::S(due.pk))
                .expression_attribute_values(":due_sk", AttributeValue::S(due.sk));
        }
        self.push_update(update.update_expression(format!("{set} ADD {}", adds.join(", "))), refused);
    }
}
