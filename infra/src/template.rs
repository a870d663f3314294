//! Building blocks of the templates.

use serde_json::{Map, Value, json};

/// A template's resources, by their logical ids.
#[derive(Debug, Default)]
pub struct Resources(Map<String, Value>);

impl Resources {
    /// Adds a resource.
    ///
    /// # Panics
    /// Where another bears its id: a mistake in the declarations, which every run of the synthesis finds.
    pub fn add(&mut self, id: impl Into<String>, kind: &str, properties: Value) -> &mut Value {
        self.add_with(id, kind, properties, json!({}))
    }

    /// Adds a resource with attributes of its own: `DependsOn`, `DeletionPolicy`, `Condition`.
    ///
    /// # Panics
    /// As [`Resources::add`].
    pub fn add_with(&mut self, id: impl Into<String>, kind: &str, properties: Value, attributes: Value) -> &mut Value {
        let id = id.into();
        let mut resource = attributes;
        resource["Type"] = json!(kind);
        resource["Properties"] = properties;
        assert!(!self.0.contains_key(&id), "two resources are called {id}");
        self.0.entry(id).or_insert(resource)
    }

    /// The resources.
    pub fn into_value(self) -> Value {
        Value::Object(self.0)
    }
}

/// A reference to a parameter or resource.
pub fn reference(name: &str) -> Value {
    json!({"Ref": name})
}

/// An attribute of a resource.
pub fn attribute(resource: &str, name: &str) -> Value {
    json!({"Fn::GetAtt": [resource, name]})
}

/// A text with `${…}` in it.
pub fn text_with(text: impl Into<String>) -> Value {
    json!({"Fn::Sub": text.into()})
}

/// `boards-move-task` as a logical id: `BoardsMoveTask`.
pub fn logical(name: &str) -> String {
    name.split(|letter: char| !letter.is_ascii_alphanumeric())
        .flat_map(|word| {
            let (first, rest) = word.split_at(word.len().min(1));
            [first.to_ascii_uppercase(), rest.to_owned()]
        })
        .collect()
}

/// Whether `value` refers to the parameter `name`.
pub fn refers(value: &Value, name: &str) -> bool {
    match value {
        Value::Object(map) => map.iter().any(|(key, inner)| match (key.as_str(), inner) {
            ("Ref", Value::String(to)) => to == name,
            ("Fn::Sub", Value::String(text)) => text.contains(&format!("${{{name}}}")),
            (_, inner) => refers(inner, name),
        }),
        Value::Array(list) => list.iter().any(|inner| refers(inner, name)),
        _ => false,
    }
}

/// A template as it is written down: keys in order, whatever order the parts were made in.
pub fn text(template: &Value) -> String {
    let mut sorted = template.clone();
    sorted.sort_all_objects();
    format!("{sorted:#}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logical_ids_are_camel_case() {
        assert_eq!(logical("boards-move-task"), "BoardsMoveTask");
        assert_eq!(logical("$default"), "Default");
    }

    #[test]
    fn references_are_collected_from_sub_and_ref() {
        let value = json!({"a": [{"Fn::Sub": "arn:${AWS::Partition}:${Prefix}-x"}], "b": {"Ref": "TableName"}});
        assert!(refers(&value, "Prefix"));
        assert!(refers(&value, "TableName"));
        assert!(!refers(&value, "Table"));
    }
}
