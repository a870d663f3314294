//! Custom fields of a project: their types, and the values of tasks.

use crate::{
    FieldError,
    id::{FieldId, UserId},
    text::Name,
};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The maximum number of custom fields per project.
pub const MOST_FIELDS: usize = 30;
/// The maximum number of custom fields shown on cards.
pub const MOST_ON_CARDS: usize = 3;
/// The maximum length of a value on a card, in characters.
const MOST_ON_A_CARD: usize = 120;
/// The maximum number of options per field.
pub const MOST_OPTIONS: usize = 50;
/// The maximum length of a text or URL value, in characters.
const MOST_CHARACTERS: usize = 1_000;

/// The type of a custom field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// A single line of text.
    Text,
    /// A number.
    Number,
    /// A date.
    Date,
    /// One of the field's options.
    Select,
    /// A member of the project.
    Person,
    /// A URL that begins with `http://` or `https://`.
    Url,
}

/// A custom field of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FieldDefinition {
    /// The field's id, the key of its value in a task's `custom`.
    pub id: FieldId,
    /// The name.
    pub name: Name,
    /// What it holds.
    pub kind: FieldKind,
    /// The options of a `select` field; empty for other kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<Name>,
    /// Whether new tasks must set a value and existing values cannot be cleared.
    #[serde(default)]
    pub required: bool,
    /// Whether cards show its value.
    #[serde(default)]
    pub on_card: bool,
}

impl FieldDefinition {
    /// Why the field refuses `value`; none if it accepts it.
    fn refusal(&self, value: &Value, takes_part: &impl Fn(&UserId) -> bool) -> Option<&'static str> {
        let text = value.as_str();
        let fits = match self.kind {
            FieldKind::Text => {
                text.is_some_and(|text| !text.trim().is_empty() && text.chars().count() <= MOST_CHARACTERS)
            }
            FieldKind::Number => value.as_f64().is_some_and(|number| number.abs() <= 1e15),
            FieldKind::Date => text.is_some_and(|text| text.len() == 10 && text.parse::<Date>().is_ok()),
            FieldKind::Select => text.is_some_and(|text| self.options.iter().any(|option| option.as_str() == text)),
            FieldKind::Person => text.and_then(|text| text.parse().ok()).is_some_and(|person| takes_part(&person)),
            FieldKind::Url => text.is_some_and(is_address),
        };
        let refusal = match self.kind {
            FieldKind::Text => "takes 1 to 1000 characters",
            FieldKind::Number => "takes a number",
            FieldKind::Date => "takes a day such as 2026-11-20",
            FieldKind::Select => "takes one of the field's options",
            FieldKind::Person => "takes somebody who takes part in this project",
            FieldKind::Url => "takes an address that begins with http:// or https://",
        };
        (!fits).then_some(refusal)
    }
}

fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
    let plain = !text.chars().any(|character| character.is_whitespace() || character.is_control());
    host.is_some_and(|host| !host.is_empty()) && plain && text.chars().count() <= MOST_CHARACTERS
}

/// The values updated with `sent`; null removes a value.
pub fn merged(values: &Map<String, Value>, sent: &Map<String, Value>) -> Map<String, Value> {
    let mut merged = values.clone();
    for (field, value) in sent {
        if value.is_null() {
            merged.remove(field);
        } else {
            merged.insert(field.clone(), value.clone());
        }
    }
    merged
}

/// The update that replaces all shown `values` by `sent` and removes those that are left out.
pub fn replacing(
    definitions: &[FieldDefinition],
    values: &Map<String, Value>,
    sent: &Map<String, Value>,
) -> Map<String, Value> {
    let mut change: Map<String, Value> =
        shown(definitions, values).into_iter().map(|(field, _)| (field, Value::Null)).collect();
    change.extend(sent.clone());
    change
}

/// The values of existing fields. Values of deleted fields stay stored and are not shown.
pub fn shown(definitions: &[FieldDefinition], values: &Map<String, Value>) -> Map<String, Value> {
    let there = |field: &str| definitions.iter().any(|definition| definition.id.as_str() == field);
    values.iter().filter(|(field, _)| there(field)).map(|(field, value)| (field.clone(), value.clone())).collect()
}

/// The values shown on a card, truncated to the available length.
pub fn on_card(definitions: &[FieldDefinition], values: &Map<String, Value>) -> Map<String, Value> {
    let shown = definitions.iter().filter(|definition| definition.on_card).filter_map(|definition| {
        let field = definition.id.as_str();
        let value = match values.get(field)? {
            Value::String(text) => Value::from(text.chars().take(MOST_ON_A_CARD).collect::<String>()),
            other => other.clone(),
        };
        Some((field.to_owned(), value))
    });
    shown.collect()
}

/// The values kept in another project: those of fields with the same name and kind that accept them.
pub fn carried(from: &[FieldDefinition], to: &[FieldDefinition], values: &Map<String, Value>) -> Map<String, Value> {
    let kept = |(field, value): (&String, &Value)| {
        let own = from.iter().find(|own| own.id.as_str() == field)?;
        let same =
            to.iter().find(|same| same.kind == own.kind && same.name.to_lowercase() == own.name.to_lowercase())?;
        same.refusal(value, &|_: &UserId| true).is_none().then(|| (same.id.as_str().to_owned(), value.clone()))
    };
    values.iter().filter_map(kept).collect()
}

/// The errors in the values `after` of a task that had `before`; none for a new task. Unchanged values are accepted,
/// since options are renamed, people leave and fields become required without rewriting tasks.
pub fn check(
    definitions: &[FieldDefinition],
    before: Option<&Map<String, Value>>,
    after: &Map<String, Value>,
    takes_part: impl Fn(&UserId) -> bool,
) -> Vec<FieldError> {
    let had = |field: &str| before.and_then(|before| before.get(field));
    let mut errors = Vec::new();
    let mut wrong = |field: &str, message: &str| {
        errors.push(FieldError { field: format!("custom.{field}"), message: message.to_owned() });
    };
    for (field, value) in after.iter().filter(|(field, value)| had(field) != Some(value)) {
        match definitions.iter().find(|definition| definition.id.as_str() == field) {
            None => wrong(field, "is not a field of this project"),
            Some(definition) => {
                if let Some(refusal) = definition.refusal(value, &takes_part) {
                    wrong(field, refusal);
                }
            }
        }
    }
    for definition in definitions.iter().filter(|definition| definition.required) {
        let field = definition.id.as_str();
        if !after.contains_key(field) && (before.is_none() || had(field).is_some()) {
            wrong(field, "is needed");
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    const KINDS: [FieldKind; 6] =
        [FieldKind::Text, FieldKind::Number, FieldKind::Date, FieldKind::Select, FieldKind::Person, FieldKind::Url];

    fn field(number: usize, kind: FieldKind, required: bool) -> FieldDefinition {
        let options = ["small", "large"].iter().filter_map(|option| Name::new(option).ok()).collect();
        let id = format!("fld_{number:04}").parse().expect("an id");
        FieldDefinition {
            id,
            name: Name::new("Field").expect("a name"),
            kind,
            options,
            required,
            on_card: number.is_multiple_of(2),
        }
    }

    fn takes(kind: FieldKind, value: Value) -> bool {
        let after = Map::from_iter([("fld_0000".to_owned(), value)]);
        check(&[field(0, kind, false)], None, &after, |_| true).is_empty()
    }

    #[test]
    fn each_kind_accepts_only_its_own_values() {
        assert!(takes(FieldKind::Text, json!("A line")) && !takes(FieldKind::Text, json!(" ")));
        assert!(takes(FieldKind::Number, json!(-2.5)) && !takes(FieldKind::Number, json!("2.5")));
        assert!(takes(FieldKind::Date, json!("2028-02-29")) && !takes(FieldKind::Date, json!("2027-02-29")));
        assert!(takes(FieldKind::Select, json!("small")) && !takes(FieldKind::Select, json!("Small")));
        assert!(
            takes(FieldKind::Person, json!("usr_4fJq8sNcX0aZ7LtVw2Rb")) && !takes(FieldKind::Person, json!("Alex"))
        );
        assert!(takes(FieldKind::Url, json!("https://example.com/a?b")));
        for wrong in ["example.com", "javascript:alert(1)", "https://", "https:///path", "http://a b"] {
            assert!(!takes(FieldKind::Url, json!(wrong)), "{wrong}");
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[a-z ]{0,6}".prop_map(Value::from),
            Just(json!("large")),
            Just(json!("2026-11-20")),
            Just(json!("https://example.com")),
            Just(json!("usr_4fJq8sNcX0aZ7LtVw2Rb")),
        ]
    }

    fn values() -> impl Strategy<Value = Map<String, Value>> {
        prop::collection::vec((0usize..8, value()), 0..8)
            .prop_map(|values| values.into_iter().map(|(field, value)| (format!("fld_{field:04}"), value)).collect())
    }

    #[test]
    fn values_are_kept_for_fields_of_the_same_name_and_kind() {
        let renamed = |number, kind, name: &str| FieldDefinition {
            name: Name::new(name).expect("a name"),
            ..field(number, kind, false)
        };
        let from = [
            renamed(0, FieldKind::Text, "Customer"),
            renamed(1, FieldKind::Number, "Budget"),
            renamed(2, FieldKind::Select, "Size"),
        ];
        let mut smaller = renamed(5, FieldKind::Select, "SIZE");
        smaller.options.retain(|option| option.as_str() == "small");
        let to = [renamed(3, FieldKind::Text, "customer"), renamed(4, FieldKind::Text, "Budget"), smaller];
        let values = |size: &str| {
            let all =
                json!({"fld_0000": "Ada", "fld_0001": 5, "fld_0002": size, "fld_0009": "of a field that is gone"});
            all.as_object().cloned().unwrap_or_default()
        };
        assert_eq!(
            Value::Object(carried(&from, &to, &values("small"))),
            json!({"fld_0003": "Ada", "fld_0005": "small"})
        );
        assert_eq!(Value::Object(carried(&from, &to, &values("large"))), json!({"fld_0003": "Ada"}));
    }

    #[test]
    fn cards_show_truncated_values_of_their_fields() {
        let definitions = [field(0, FieldKind::Text, false), field(1, FieldKind::Number, false)];
        let values = json!({"fld_0000": "é".repeat(1_000), "fld_0001": 5, "fld_0002": 7});
        let shown = on_card(&definitions, values.as_object().expect("values"));
        assert_eq!(Value::Object(shown), json!({"fld_0000": "é".repeat(MOST_ON_A_CARD)}));
        assert!(on_card(&definitions, &Map::new()).is_empty());
    }

    proptest! {
        /// An accepted value is accepted again unchanged, whatever else was refused, and no value is lost.
        #[test]
        fn accepted_values_stay_accepted(first in values(), second in values(), required in any::<bool>()) {
            let definitions: Vec<_> = (0..6).map(|kind| field(kind, KINDS[kind], required)).collect();
            let stored = merged(&Map::new(), &first);
            prop_assert_eq!(check(&definitions, Some(&stored), &stored, |_| false), []);
            let after = merged(&stored, &second);
            for error in check(&definitions, Some(&stored), &after, |_| true) {
                let field = error.field.strip_prefix("custom.").expect("names the value");
                prop_assert!(second.contains_key(field), "only what was sent is refused");
            }
            for (field, value) in &stored {
                prop_assert!(second.contains_key(field) || after.get(field) == Some(value));
            }
            prop_assert!(shown(&definitions, &after).keys().all(|field| field.as_str() < "fld_0006"));
        }
    }
}
