//! The fields that a board's owner added
//! (<https://developer.atlassian.com/cloud/trello/guides/rest-api/getting-started-with-custom-fields/>).

use millrace_domain::{
    id::FieldId,
    task::custom::{FieldDefinition, FieldKind, MOST_OPTIONS},
    text::Name,
};
use serde::Deserialize;

/// Such a field.
#[derive(Deserialize)]
pub(super) struct CustomField {
    pub id: String,
    #[serde(default)]
    pub name: String,
    #[serde(rename = "type", default)]
    kind: String,
    #[serde(default)]
    options: Vec<CustomOption>,
}

#[derive(Deserialize)]
struct CustomOption {
    id: String,
    #[serde(default)]
    value: CustomValue,
}

/// What a card has in one of them.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct CustomFieldItem {
    #[serde(default)]
    pub id_custom_field: String,
    #[serde(default)]
    id_value: Option<String>,
    #[serde(default)]
    value: Option<CustomValue>,
}

/// A value, of which one is there. Numbers and truths are texts.
#[derive(Deserialize, Default)]
#[serde(default)]
struct CustomValue {
    text: Option<String>,
    number: Option<String>,
    date: Option<String>,
    checked: Option<String>,
}

/// What a box says that is ticked.
const TICKED: &str = "Yes";

impl CustomField {
    /// The field as it is here; none where its name cannot be taken. A box that is ticked or not becomes a choice.
    pub fn definition(&self) -> Option<FieldDefinition> {
        let said = self.options.iter().filter_map(|option| option.value.text.as_deref());
        let mut options: Vec<Name> = Vec::new();
        for name in said.chain((self.kind == "checkbox").then_some(TICKED)).filter_map(|text| Name::new(text).ok()) {
            let known = options.iter().any(|other| other.to_lowercase() == name.to_lowercase());
            if !known && options.len() < MOST_OPTIONS {
                options.push(name);
            }
        }
        let kind = match self.kind.as_str() {
            "number" => FieldKind::Number,
            "date" => FieldKind::Date,
            _ if !options.is_empty() => FieldKind::Select,
            _ => FieldKind::Text,
        };
        let name = Name::new(&self.name).ok()?;
        Some(FieldDefinition { id: FieldId::random(), name, kind, options, required: false, on_card: false })
    }

    /// What `item` says; nothing of a box that is not ticked.
    pub fn value<'board>(&'board self, item: &'board CustomFieldItem) -> Option<&'board str> {
        if let Some(chosen) = &item.id_value {
            return self.options.iter().find(|option| option.id == *chosen)?.value.text.as_deref();
        }
        let value = item.value.as_ref()?;
        let plain = [&value.text, &value.number, &value.date].into_iter().flatten().next().map(String::as_str);
        plain.or_else(|| (value.checked.as_deref() == Some("true")).then_some(TICKED))
    }
}
