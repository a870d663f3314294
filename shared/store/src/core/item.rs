//! An item of the table: its key, its version, and its content as a JSON document.
//!
//! The content is a single attribute, so that an item is read in one step and has one schema. Conditions, counters and
//! indexes use attributes of their own.

use crate::core::keys::Key;
use aws_sdk_dynamodb::types::AttributeValue;
use millrace_domain::{Error, Result};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::HashMap;

/// An item as the SDK gives it.
pub type Attributes = HashMap<String, AttributeValue>;

/// The attribute of most content.
pub(crate) const DOCUMENT: &str = "doc";
/// The attribute of events, which the index projects.
pub(crate) const EVENT: &str = "event";

/// Content of the table.
pub trait Entity: Serialize + DeserializeOwned + Send + Sync {
    /// What it is, for messages: `task`.
    const WHAT: &'static str;
    /// The version of its schema, which every item carries.
    const SCHEMA: u32 = 1;
    /// The attribute that holds it.
    const ATTRIBUTE: &'static str = DOCUMENT;
    /// Whether it is written through methods of its own alone: [`Transaction::put`] and the like do not compile for it.
    ///
    /// [`Transaction::put`]: crate::Transaction::put
    const GUARDED: bool = false;

    /// Takes up what stands beside the document, such as counters.
    ///
    /// # Errors
    /// Where it cannot be understood: that is our fault, and is logged.
    fn read_beside(&mut self, item: &Attributes) -> Result<()> {
        let _ = item;
        Ok(())
    }

    /// Brings content of an older schema to this one, when it is read.
    ///
    /// # Errors
    /// Where the content cannot be understood: that is our fault, and is logged.
    fn upgrade(schema: u32, document: serde_json::Value) -> Result<serde_json::Value> {
        let _ = document;
        Err(Error::internal(format!("{} of the schema {schema} cannot be read", Self::WHAT)))
    }
}

/// Content as it stands in the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Stored<T> {
    /// The key.
    pub key: Key,
    /// Incremented by each write.
    pub version: u64,
    /// The content.
    pub value: T,
}

impl<T: Entity> Stored<T> {
    /// Reads an item.
    ///
    /// # Errors
    /// [`Error::Internal`] where the item does not hold what this type expects.
    pub fn read(item: &Attributes) -> Result<Self> {
        let schema: u32 = number(item, "schema")?;
        let document = text(item, T::ATTRIBUTE)?;
        let value = if schema == T::SCHEMA {
            serde_json::from_str(document)
        } else {
            let upgraded = T::upgrade(schema, serde_json::from_str(document).map_err(Error::internal)?)?;
            serde_json::from_value(upgraded)
        };
        let value = value.map_err(|cause| Error::internal(format!("{} does not parse: {cause}", T::WHAT)));
        let mut value: T = value?;
        value.read_beside(item)?;
        Ok(Self { key: key_of(item)?, version: number(item, "version")?, value })
    }
}

/// The attributes of new content at `key`.
///
/// # Errors
/// [`Error::Internal`] where the content cannot be written as JSON.
pub(crate) fn attributes<T: Entity>(key: &Key, version: u64, value: &T) -> Result<Attributes> {
    Ok(HashMap::from([
        ("pk".to_owned(), AttributeValue::S(key.pk.clone())),
        ("sk".to_owned(), AttributeValue::S(key.sk.clone())),
        ("schema".to_owned(), AttributeValue::N(T::SCHEMA.to_string())),
        ("version".to_owned(), AttributeValue::N(version.to_string())),
        (T::ATTRIBUTE.to_owned(), AttributeValue::S(serde_json::to_string(value).map_err(Error::internal)?)),
    ]))
}

/// The primary key of an item.
pub(crate) fn key_of(item: &Attributes) -> Result<Key> {
    Ok(Key { pk: text(item, "pk")?.to_owned(), sk: text(item, "sk")?.to_owned() })
}

/// The key as attributes, for a read.
pub(crate) fn key_attributes(key: &Key) -> Attributes {
    HashMap::from([
        ("pk".to_owned(), AttributeValue::S(key.pk.clone())),
        ("sk".to_owned(), AttributeValue::S(key.sk.clone())),
    ])
}

/// A text attribute.
pub(crate) fn text<'item>(item: &'item Attributes, name: &str) -> Result<&'item str> {
    match item.get(name) {
        Some(AttributeValue::S(text)) => Ok(text),
        _ => Err(Error::internal(format!("an item has no text in {name}"))),
    }
}

/// A number attribute.
pub(crate) fn number<N: std::str::FromStr>(item: &Attributes, name: &str) -> Result<N> {
    match item.get(name) {
        Some(AttributeValue::N(digits)) => {
            digits.parse().map_err(|_| Error::internal(format!("an item's {name} is out of range")))
        }
        _ => Err(Error::internal(format!("an item has no number in {name}"))),
    }
}
