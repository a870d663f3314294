//! The OpenAPI 3.1 document (<https://spec.openapis.org/oas/v3.1.0>), from the declarations.

pub mod example;

use crate::{
    declared::{Declared, Trigger},
    operation::Operation,
    problem::Problem,
    route::Method,
};
use millrace_domain::workspace::role::Need;
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

pub(crate) fn generator(settings: SchemaSettings) -> SchemaGenerator {
    settings
        .with(|settings| {
            settings.definitions_path = "/components/schemas".into();
            settings.meta_schema = None;
        })
        .into_generator()
}

/// The whole document.
///
/// # Panics
/// Where two types bear one name, or one type is sent and answered in different forms: both are mistakes in the
/// declarations, and a test finds them.
pub fn document(functions: &[Declared]) -> Value {
    let mut sent = generator(SchemaSettings::draft2020_12().for_deserialize());
    let mut answered = generator(SchemaSettings::draft2020_12().for_serialize());
    let problem = answered.subschema_for::<Problem>();
    let mut paths: Map<String, Value> = Map::new();
    for declared in functions {
        let Some(describe) = declared.describe else { continue };
        let operation = describe(&mut sent, &mut answered);
        let method = operation.route.method.as_str().to_lowercase();
        let path = paths.entry(operation.route.path).or_insert_with(|| json!({}));
        path[method] = operation_object(&operation, &problem);
    }
    let mut schemas = sent.take_definitions(true);
    for (name, schema) in answered.take_definitions(true) {
        assert!(!name.ends_with(|last: char| last.is_ascii_digit()), "two types are called {name}");
        let before = schemas.insert(name.clone(), schema.clone());
        assert!(before.is_none_or(|before| before == schema), "{name} is sent and answered in different forms");
    }
    paths.sort_keys();
    schemas.sort_keys();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Millrace",
            "version": "1",
            "description": "Team boards, backlogs and sprints. Every operation is one function. Bodies are JSON; times are RFC 3339 in UTC; errors are problem details (RFC 9457). What a caller must be stands in `x-need`: a workspace owner or admin acts as admin in every project, a member reads every project and works in those that list them, a guest sees only those that list them.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}
        },
        "servers": [{"url": "/"}],
        "tags": tags(functions),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "An access token, good for 15 minutes."}
            }
        },
        "x-functions": other_functions(functions)
    })
}

fn area(name: &str) -> &str {
    name.split('-').next().unwrap_or(name)
}

fn tags(functions: &[Declared]) -> Value {
    let mut areas: Vec<&str> =
        functions.iter().filter(|declared| declared.describe.is_some()).map(|declared| area(declared.name)).collect();
    areas.sort_unstable();
    areas.dedup();
    areas.into_iter().map(|area| json!({"name": area})).collect()
}

/// The functions that are no HTTP routes: sockets, schedules, queues.
fn other_functions(functions: &[Declared]) -> Value {
    functions
        .iter()
        .filter_map(|declared| {
            let trigger = match declared.trigger {
                Trigger::Http(_) => return None,
                Trigger::Socket(route) => json!({"socket": route}),
                Trigger::Schedule(expression) => json!({"schedule": expression}),
                Trigger::Queue(queue) => json!({"queue": queue.as_str()}),
                Trigger::Stream => json!({"stream": "table"}),
            };
            Some(json!({"name": declared.name, "description": declared.about, "trigger": trigger}))
        })
        .collect()
}

fn operation_object(operation: &Operation, problem: &Schema) -> Value {
    let route = &operation.route;
    let mut parameters = parameters(&operation.path, "path");
    parameters.extend(parameters_of_query(&operation.query));
    if route.method == Method::Post && route.need != Need::Public {
        parameters.push(header("Idempotency-Key", "The same key within 24 hours gives the first answer again."));
    }
    if operation.tagged && route.method != Method::Get {
        parameters.push(header(
            "If-Match",
            "The ETag of the version that the caller knows; another one is refused with 412.",
        ));
    }
    let mut answer = json!({"description": "Done."});
    if let Some(schema) = &operation.answer {
        answer["content"] = json!({operation.content_type: {"schema": schema}});
    }
    if operation.tagged {
        answer["headers"] = json!({"ETag": {"description": "The resource's version.", "schema": {"type": "string"}}});
    }
    let mut object = json!({
        "operationId": route.name,
        "tags": [area(route.name)],
        "summary": summary(&operation.about),
        "description": operation.about,
        "parameters": parameters,
        "responses": {
            operation.status.to_string(): answer,
            "default": {"description": "A problem.", "content": {"application/problem+json": {"schema": problem}}}
        },
        "x-need": route.need.to_string(),
    });
    if let Some(body) = &operation.body {
        object["requestBody"] =
            json!({"required": operation.body_required, "content": {"application/json": {"schema": body}}});
    }
    object["security"] = if route.need == Need::Public { json!([]) } else { json!([{"bearer": []}]) };
    object
}

/// The first sentence of a description, on one line and without its full stop.
fn summary(about: &str) -> String {
    let words = about.split("\n\n").next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    words.split(". ").next().unwrap_or_default().trim_end_matches('.').to_owned()
}

fn header(name: &str, about: &str) -> Value {
    json!({"name": name, "in": "header", "required": false, "description": about, "schema": {"type": "string"}})
}

fn parameters(schema: &Schema, place: &str) -> Vec<Value> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties
        .into_iter()
        .flatten()
        .map(|(name, schema)| {
            let about =
                schema.get("description").cloned().unwrap_or_else(|| json!(format!("The {}.", name.replace('_', " "))));
            json!({"name": name, "in": place, "required": place == "path", "description": about, "schema": schema})
        })
        .collect()
}

fn parameters_of_query(schema: &Schema) -> Vec<Value> {
    parameters(schema, "query")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_the_first_sentence_on_one_line() {
        assert_eq!(summary("Moves a card to another\ncolumn. Tells the board."), "Moves a card to another column");
        assert_eq!(summary("Moves a card.\n\nWhere it is gone, the answer is 409."), "Moves a card");
    }
}
