//! A body for every route, from its own description.

use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// The bodies, by the routes' names.
pub struct Requests(HashMap<String, Value>);

impl Requests {
    /// From the declarations themselves.
    pub fn read() -> Self {
        let functions = millrace_infra::functions(millrace_infra::AREAS);
        let document = millrace_endpoint::openapi::document(&functions);
        let paths = document["paths"].as_object().expect("paths");
        let operations = paths.values().flat_map(|path| path.as_object().expect("operations").values());
        let bodies = operations.filter_map(|operation| {
            let schema = operation["requestBody"]["content"]["application/json"].get("schema")?;
            Some((operation["operationId"].as_str()?.to_owned(), example(&document, schema)))
        });
        Self(bodies.collect())
    }

    /// The body of a route; none where it takes none.
    pub fn body(&self, route: &str) -> Option<Value> {
        self.0.get(route).cloned()
    }
}

/// The least that a schema takes.
fn example(document: &Value, schema: &Value) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().expect("a name");
        return example(document, &document["components"]["schemas"][name]);
    }
    for (list, index) in [("allOf", 0), ("anyOf", 0), ("oneOf", 0), ("examples", 0), ("enum", 0)] {
        if let Some(first) = schema[list].get(index) {
            let nested = matches!(list, "allOf" | "anyOf" | "oneOf");
            return if nested { example(document, first) } else { first.clone() };
        }
    }
    if !schema["const"].is_null() {
        return schema["const"].clone();
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str()).unwrap_or("object");
    match kind {
        "object" => {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let fields = required.map(|name| (name.to_owned(), example(document, &schema["properties"][name])));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        "array" => json!([]),
        "integer" | "number" => json!(1),
        "boolean" => json!(true),
        "null" => Value::Null,
        _ => match schema["format"].as_str() {
            Some("partial-time") => json!("08:00:00"),
            Some("date") => json!("2026-11-20"),
            Some("date-time") => json!("2026-11-20T10:00:00Z"),
            _ => json!("text that is long enough"),
        },
    }
}
