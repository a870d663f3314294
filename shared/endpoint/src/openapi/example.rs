//! Example values that follow from the schemas of the document.

use serde_json::{Map, Value, json};

/// How many optional fields an example shows of an object that requires none.
const SHOWN_OPTIONAL: usize = 2;

/// The smallest value that a schema accepts: required fields alone, and no items.
pub fn least(document: &Value, schema: &Value) -> Value {
    Example { document, illustrative: false }.of(schema, "text")
}

/// A value that shows a reader how a schema is used: one item in each list, and some optional fields where none is
/// required.
pub fn illustrative(document: &Value, schema: &Value) -> Value {
    Example { document, illustrative: true }.of(schema, "text")
}

struct Example<'document> {
    document: &'document Value,
    illustrative: bool,
}

impl Example<'_> {
    /// An example of a schema; `name` is the field that holds it.
    fn of(&self, schema: &Value, name: &str) -> Value {
        if let Some(reference) = schema["$ref"].as_str() {
            let referenced = reference.rsplit('/').next().unwrap_or_default();
            return self.of(&self.document["components"]["schemas"][referenced], name);
        }
        for list in ["allOf", "anyOf", "oneOf"] {
            if let Some(first) = schema[list].get(0) {
                return self.of(first, name);
            }
        }
        for list in ["examples", "enum"] {
            if let Some(first) = schema[list].get(0) {
                return first.clone();
            }
        }
        if !schema["const"].is_null() {
            return schema["const"].clone();
        }
        match schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object") {
            "object" => self.object(schema),
            "array" if self.illustrative => json!([self.of(&schema["items"], name)]),
            "array" => json!([]),
            "integer" | "number" => schema["minimum"].as_i64().map_or(json!(1), |minimum| json!(minimum.max(1))),
            "boolean" => json!(true),
            "null" => Value::Null,
            _ => json!(text(schema, name)),
        }
    }

    fn object(&self, schema: &Value) -> Value {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let field = |name: &str| (name.to_owned(), self.of(&schema["properties"][name], name));
        if required.is_empty() && self.illustrative {
            let names = schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.as_str());
            return Value::Object(names.take(SHOWN_OPTIONAL).map(field).collect());
        }
        Value::Object(required.into_iter().map(field).collect::<Map<_, _>>())
    }
}

fn text(schema: &Value, name: &str) -> String {
    match schema["format"].as_str() {
        Some("partial-time") => "08:00:00".to_owned(),
        Some("date") => "2026-11-20".to_owned(),
        Some("date-time") => "2026-11-20T10:00:00Z".to_owned(),
        Some("password") => "seven green bicycles".to_owned(),
        Some("uri") => "https://example.com".to_owned(),
        _ => format!("Example {}", name.replace('_', " ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Value {
        json!({"components": {"schemas": {
            "Key": {"type": "string", "examples": ["WEB-12"]},
            "Change": {"type": "object", "properties": {
                "title": {"type": "string"}, "keys": {"type": "array", "items": {"$ref": "#/components/schemas/Key"}},
                "weight": {"type": "integer"}
            }},
            "Move": {"type": "object", "required": ["task"], "properties": {
                "task": {"$ref": "#/components/schemas/Key"},
                "after": {"anyOf": [{"$ref": "#/components/schemas/Key"}, {"type": "null"}]}
            }}
        }}})
    }

    #[test]
    fn required_fields_come_from_the_schemas_that_they_refer_to() {
        let schema = json!({"$ref": "#/components/schemas/Move"});
        assert_eq!(least(&document(), &schema), json!({"task": "WEB-12"}));
        assert_eq!(illustrative(&document(), &schema), json!({"task": "WEB-12"}));
    }

    #[test]
    fn an_object_that_requires_nothing_shows_optional_fields_to_a_reader_alone() {
        let schema = json!({"$ref": "#/components/schemas/Change"});
        assert_eq!(least(&document(), &schema), json!({}));
        assert_eq!(illustrative(&document(), &schema), json!({"title": "Example title", "keys": ["WEB-12"]}));
    }
}
