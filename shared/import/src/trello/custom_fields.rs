//! The fields that a board's owner added
//! (<https://developer.atlassian.com/cloud/trello/guides/rest-api/getting-started-with-custom-fields/>).

use super::{TIMES, entry::Entry};
use crate::{Reading, cell, number::Number, settled::Settled};
use millrace_domain::{
    id::FieldId,
    import::choices::DecimalSign,
    task::custom::{FieldDefinition, FieldKind, MOST_OPTIONS},
    text::Name,
};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Such a field.
pub(super) struct CustomField {
    /// What the file calls it.
    pub id: String,
    /// What it becomes here.
    pub definition: FieldDefinition,
    is_checkbox: bool,
    /// What its options say, by their ids.
    options: HashMap<String, String>,
}

/// What a box says that is ticked.
const TICKED: &str = "Yes";

impl CustomField {
    /// The field as it is here; none where its name cannot be taken. A box that is ticked or not becomes a choice.
    pub fn new(field: &Entry) -> Option<Self> {
        let name = Name::new(&field.text("name")?).ok()?;
        let said = field.entries("options").filter_map(|option| {
            let text = option.entry("value").and_then(|value| value.text("text").map(|text| text.into_owned()));
            Some((option.text("id")?.into_owned(), text?))
        });
        let said: Vec<(String, String)> = said.collect();
        let kind = field.text("type").unwrap_or_default().into_owned();
        let is_checkbox = kind == "checkbox";
        let mut options: Vec<Name> = Vec::new();
        let texts = said.iter().map(|(_, text)| text.as_str()).chain(is_checkbox.then_some(TICKED));
        for name in texts.filter_map(|text| Name::new(text).ok()) {
            let known = options.iter().any(|other| other.to_lowercase() == name.to_lowercase());
            if !known && options.len() < MOST_OPTIONS {
                options.push(name);
            }
        }
        let kind = match kind.as_str() {
            "number" => FieldKind::Number,
            "date" => FieldKind::Date,
            _ if !options.is_empty() => FieldKind::Select,
            _ => FieldKind::Text,
        };
        let options = if kind == FieldKind::Select { options } else { Vec::new() };
        let definition =
            FieldDefinition { id: FieldId::random(), name, kind, options, required: false, on_card: false };
        Some(Self { id: field.text("id")?.into_owned(), definition, is_checkbox, options: said.into_iter().collect() })
    }

    /// Gives it a name of its own among the fields of the board, and tells of it.
    pub fn set_apart(&mut self, taken: &mut HashSet<String>, reading: &mut Reading) {
        let said = self.definition.name.clone();
        let mut count = 1;
        while !taken.insert(cell::plain(&self.definition.name)) {
            count += 1;
            let name = format!("{} ({count})", cell::beginning(&said, 90));
            self.definition.name = Name::new(&name).unwrap_or_else(|_| said.clone());
        }
        if count > 1 {
            let message = format!("a second field “{said}” becomes “{}”", self.definition.name);
            reading.problems.field(0, "custom", message);
        }
    }

    /// What `item` says; nothing of a box that is not ticked.
    ///
    /// # Errors
    /// A sentence where it cannot be taken.
    pub fn value(&self, item: &Entry, settled: &Settled) -> Result<Option<Value>, String> {
        if let Some(chosen) = item.said("idValue") {
            let option = self.options.get(&*chosen);
            let unknown = || format!("the option “{chosen}” is not in the file");
            return option.map(|text| Some(Value::from(text.as_str()))).ok_or_else(unknown);
        }
        let Some(value) = item.entry("value") else { return Ok(None) };
        if self.is_checkbox {
            return Ok(value.flag("checked").then(|| Value::from(TICKED)));
        }
        if let Some(number) = value.said("number") {
            // Trello writes numbers with a point, whatever the language.
            let read = Number::read(&number).and_then(|read| read.with(Some(DecimalSign::Point)));
            return Ok(Some(read.map_or_else(|| Value::from(number.as_ref()), Value::from)));
        }
        if let Some(date) = value.said("date") {
            return settled.day(TIMES, &date).map(|day| Some(Value::from(day.to_string())));
        }
        Ok(value.said("text").map(|text| Value::from(text.as_ref())))
    }

    /// The day in `item`, as it is written.
    pub fn day(&self, item: &Entry) -> Option<String> {
        item.entry("value").and_then(|value| value.said("date").map(|date| date.into_owned()))
    }
}

/// What stands in the value of a field that nobody knows.
pub(super) fn shown(item: &Entry) -> String {
    let value = item.entry("value");
    let text =
        value.as_ref().and_then(|value| ["text", "number", "date", "checked"].iter().find_map(|kind| value.said(kind)));
    format!("“{}”", cell::beginning(&text.unwrap_or("a value".into()), 200))
}
