//! A piece of the file, whose values are taken as they are meant.

use crate::steps;
use serde_json::{Map, Value};
use std::borrow::Cow;

/// A JSON object. What is missing, null or of another kind is nothing.
#[derive(Debug, Clone)]
pub(super) struct Entry(Map<String, Value>);

impl Entry {
    /// The object that `text` is.
    pub fn read(text: &str) -> Option<Self> {
        steps::count(text.len());
        match serde_json::from_str(text) {
            Ok(Value::Object(entry)) => Some(Self(entry)),
            _ => None,
        }
    }

    fn of(value: &Value) -> Option<Self> {
        value.as_object().cloned().map(Self)
    }

    /// A text; numbers are taken as they are written.
    pub fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        match self.0.get(name)? {
            Value::String(text) => Some(Cow::Borrowed(text)),
            Value::Number(number) => Some(Cow::Owned(number.to_string())),
            _ => None,
        }
    }

    /// A text that says something.
    pub fn said(&self, name: &str) -> Option<Cow<'_, str>> {
        self.text(name).filter(|text| !text.trim().is_empty())
    }

    /// Whether something is so.
    pub fn flag(&self, name: &str) -> bool {
        match self.0.get(name) {
            Some(Value::Bool(flag)) => *flag,
            Some(Value::String(text)) => text == "true",
            Some(Value::Number(number)) => number.as_f64() != Some(0.0),
            _ => false,
        }
    }

    /// An object in it.
    pub fn entry(&self, name: &str) -> Option<Self> {
        self.0.get(name).and_then(Self::of)
    }

    /// The objects of a list in it.
    pub fn entries(&self, name: &str) -> impl Iterator<Item = Self> {
        self.list(name).iter().filter_map(Self::of)
    }

    /// The texts of a list in it.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.list(name).iter().filter_map(Value::as_str)
    }

    /// A list in it; nothing where there is none.
    pub fn list(&self, name: &str) -> &[Value] {
        self.0.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// A whole number of an object in it.
    pub fn number_in(&self, object: &str, name: &str) -> u64 {
        self.0.get(object).and_then(|object| object.get(name)).and_then(Value::as_u64).unwrap_or_default()
    }

    /// The files and links on a card.
    pub fn attachments(&self) -> impl Iterator<Item = Self> {
        self.entries("attachments")
    }

    /// Where it stands among its like: a number, or `top` or `bottom` as Trello's API takes them. What says nothing stands
    /// last, in the order of the file.
    pub fn position(&self) -> f64 {
        let position = match self.0.get("pos") {
            Some(Value::Number(number)) => number.as_f64(),
            Some(Value::String(text)) if text == "top" => Some(f64::NEG_INFINITY),
            Some(Value::String(text)) => text.trim().parse().ok(),
            _ => None,
        };
        position.filter(|position| !position.is_nan()).unwrap_or(f64::INFINITY)
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
