//! The list of changed fields that an event carries.

use crate::{
    Error, Result,
    resource::{Board, Column, EventProject, Label, Task},
    sprint::Sprint,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use std::{collections::BTreeSet, ops::Deref};

/// One field that changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldChange {
    /// The field's name. A value of one of the project's own fields is `custom.` and the field's id.
    pub field: String,
    /// Its value before; null where it had none.
    pub from: Value,
    /// Its value after; null where it has none.
    pub to: Value,
}

/// A state whose fields events compare before and after a write.
pub trait Compared: Serialize {
    /// Fields that every write changes, or that follow from others: they are never named.
    const FOLLOWING: &'static [&'static str] = &["version", "updated_at"];
    /// Fields that hold a map: each changed entry is a change of its own, called `field.key`.
    const MAPS: &'static [&'static str] = &[];
    /// Fields that hold long texts: their first 2,000 characters are told.
    const TEXTS: &'static [&'static str] = &[];
}

/// How many characters of a long text a change tells.
const MOST_TOLD: usize = 2_000;

impl Compared for Board {}
impl Compared for Column {}
impl Compared for EventProject {}
impl Compared for Label {}
impl Compared for Sprint {}
impl Compared for Task {
    const FOLLOWING: &'static [&'static str] = &[
        "version",
        "updated_at",
        "position",
        "column_since",
        "closed_at",
        // The kind of the event tells of the archive, and its `links` of what blocks.
        "archived",
        "blocked",
        "blocked_by",
    ];
    const MAPS: &'static [&'static str] = &["custom"];
    const TEXTS: &'static [&'static str] = &["description"];
}

/// The fields that changed. There is one way to make such a list: compare the state before with the state after.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(inline)]
pub struct Changes(Vec<FieldChange>);

impl Deref for Changes {
    type Target = [FieldChange];
    fn deref(&self) -> &[FieldChange] {
        &self.0
    }
}

impl Changes {
    /// The fields in which two states differ, by name.
    ///
    /// # Errors
    /// [`Error::Internal`] where a state cannot be written as a JSON object.
    pub fn between<T: Compared>(before: &T, after: &T) -> Result<Self> {
        let (before, after) = (fields(before)?, fields(after)?);
        let mut changes = Vec::new();
        for change in compared(&before, &after) {
            if T::FOLLOWING.contains(&change.field.as_str()) {
                continue;
            }
            if T::MAPS.contains(&change.field.as_str()) {
                changes.extend(entries(&change));
            } else if T::TEXTS.contains(&change.field.as_str()) {
                changes.push(FieldChange { from: beginning(change.from), to: beginning(change.to), ..change });
            } else {
                changes.push(change);
            }
        }
        Ok(Self(changes))
    }

    /// The change of one field; nothing where it is the same before and after.
    ///
    /// # Errors
    /// [`Error::Internal`] where a value cannot be written as JSON.
    pub fn of_field<T: Serialize>(field: &str, before: &T, after: &T) -> Result<Self> {
        let mut changes = Self::naming(field, before, after)?;
        changes.0.retain(|change| change.from != change.to);
        Ok(changes)
    }

    /// As [`Changes::of_field`], for a field that is named even where it is the same before and after.
    ///
    /// # Errors
    /// As [`Changes::of_field`].
    pub fn naming<T: Serialize>(field: &str, before: &T, after: &T) -> Result<Self> {
        let value = |value: &T| serde_json::to_value(value).map_err(Error::internal);
        Ok(Self(vec![FieldChange { field: field.to_owned(), from: value(before)?, to: value(after)? }]))
    }

    /// These changes, followed by `more`.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }

    /// The change of a field.
    pub fn get(&self, field: &str) -> Option<&FieldChange> {
        self.iter().find(|change| change.field == field)
    }

    /// Whether the list names a field.
    pub fn names(&self, field: &str) -> bool {
        self.get(field).is_some()
    }

    /// Whether the list names no fields but these.
    pub fn only(&self, fields: &[&str]) -> bool {
        self.iter().all(|change| fields.contains(&change.field.as_str()))
    }

    /// The value of a field before; none where the list does not name it, or it is no `T`.
    pub fn from<T: DeserializeOwned>(&self, field: &str) -> Option<T> {
        self.get(field).and_then(|change| serde_json::from_value(change.from.clone()).ok())
    }

    /// The value of a field after; none where the list does not name it, or it is no `T`.
    pub fn to<T: DeserializeOwned>(&self, field: &str) -> Option<T> {
        self.get(field).and_then(|change| serde_json::from_value(change.to.clone()).ok())
    }
}

fn fields(state: &impl Serialize) -> Result<Map<String, Value>> {
    match serde_json::to_value(state).map_err(Error::internal)? {
        Value::Object(fields) => Ok(fields),
        other => Err(Error::internal(format!("events compare objects, not {other}"))),
    }
}

fn compared(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<FieldChange> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let value = |fields: &Map<String, Value>, name: &str| fields.get(name).cloned().unwrap_or(Value::Null);
    let changes = names.into_iter().map(|name| FieldChange {
        field: name.clone(),
        from: value(before, name),
        to: value(after, name),
    });
    changes.filter(|change| change.from != change.to).collect()
}

/// A change of a map as one change for each entry.
fn entries(change: &FieldChange) -> Vec<FieldChange> {
    let empty = Map::new();
    let map = |value: &Value| value.as_object().unwrap_or(&empty).clone();
    let named = |entry: FieldChange| FieldChange { field: format!("{}.{}", change.field, entry.field), ..entry };
    compared(&map(&change.from), &map(&change.to)).into_iter().map(named).collect()
}

/// The beginning of a long text.
fn beginning(mut value: Value) -> Value {
    if let Value::String(text) = &mut value
        && let Some((end, _)) = text.char_indices().nth(MOST_TOLD)
    {
        text.truncate(end);
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[derive(Serialize)]
    struct State {
        a: u32,
        b: Option<u32>,
        description: String,
        title: String,
        custom: Value,
        version: u32,
    }

    impl Compared for State {
        const MAPS: &'static [&'static str] = &["custom"];
        const TEXTS: &'static [&'static str] = &["description"];
    }

    fn state(version: u32) -> State {
        let text = |letter: &str| letter.repeat(MOST_TOLD + version as usize);
        let custom = json!({"fld_1": 1, "fld_2": version, "fld_3": "x"});
        State { a: 1, b: None, description: text("é"), title: text("é"), custom, version }
    }

    fn names(changes: &Changes) -> Vec<&str> {
        changes.iter().map(|change| change.field.as_str()).collect()
    }

    #[test]
    fn changes_name_the_fields_that_differ() {
        let changes = Changes::between(&state(1), &State { b: Some(3), ..state(2) }).expect("objects");
        assert_eq!(names(&changes), ["b", "custom.fld_2", "description", "title"]);
        assert_eq!((changes.from::<u32>("b"), changes.to::<u32>("b")), (None, Some(3)));
        assert_eq!(changes.get("custom.fld_2").map(|change| &change.to), Some(&json!(2)));
    }

    #[test]
    fn a_long_text_is_cut_and_a_title_is_not() {
        let changes = Changes::between(&state(1), &state(2)).expect("objects");
        let length = |field: &str| changes.to::<String>(field).map(|text| text.chars().count());
        assert_eq!((length("title"), length("description")), (Some(MOST_TOLD + 2), Some(MOST_TOLD)));
    }

    #[test]
    fn a_field_that_stays_is_no_change_unless_it_is_named() {
        assert!(Changes::of_field("role", &"admin", &"admin").expect("JSON").is_empty());
        assert_eq!(names(&Changes::naming("minutes", &5, &5).expect("JSON")), ["minutes"]);
        let changes = Changes::of_field("role", &None, &Some("admin")).expect("JSON");
        let more = changes.and(Changes::of_field("key", &1, &2).expect("JSON"));
        assert_eq!(names(&more), ["role", "key"]);
        assert!(more.only(&["role", "key"]) && !more.only(&["role"]));
    }
}
