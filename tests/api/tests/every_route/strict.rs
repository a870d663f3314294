//! A field of a body under a name that nobody declared is refused, not passed over: a misspelt field would otherwise be
//! taken for one that was left out. (Queries are lenient: links carry parameters of others, `utm_source` say.)

use crate::{call, callers::Fixture, requests::Requests, routes};
use millrace_api_tests::{Reply, Stack};
use millrace_endpoint::{openapi, route::Method};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The schemas below `schema` that accept fields of any name, by their paths. Maps, whose names are data, declare what
/// their values are, or that they are anything.
fn open(document: &Value, schema: &Value, at: &str, seen: &mut BTreeSet<String>) -> Vec<String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().expect("a name");
        if !seen.insert(name.to_owned()) {
            return Vec::new();
        }
        return open(document, &document["components"]["schemas"][name], name, seen);
    }
    let mut found = Vec::new();
    let is_object = schema["type"] == "object" || schema["type"][0] == "object" || schema["properties"].is_object();
    let is_map = !schema["properties"].is_object() && schema.get("additionalProperties").is_some();
    if is_object && !is_map && schema["additionalProperties"] != false {
        found.push(at.to_owned());
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        found.extend(open(document, property, &format!("{at}.{name}"), seen));
    }
    for nested in ["items", "additionalProperties"] {
        if schema[nested].is_object() {
            found.extend(open(document, &schema[nested], &format!("{at}.{nested}"), seen));
        }
    }
    for alternatives in ["anyOf", "oneOf", "allOf"] {
        for alternative in schema[alternatives].as_array().into_iter().flatten() {
            found.extend(open(document, alternative, at, seen));
        }
    }
    found
}

#[test]
fn an_open_schema_is_found_wherever_it_is() {
    let document = json!({"components": {"schemas": {
        "Inner": {"type": "object", "properties": {"name": {"type": "string"}}},
        "Outer": {"type": "object", "additionalProperties": false, "properties": {
            "list": {"type": "array", "items": {"$ref": "#/components/schemas/Inner"}},
            "map": {"type": "object", "additionalProperties": true}
        }}
    }}});
    let outer = json!({"anyOf": [{"$ref": "#/components/schemas/Outer"}, {"type": "null"}]});
    assert_eq!(open(&document, &outer, "body", &mut BTreeSet::new()), ["Inner"]);
}

#[test]
fn every_schema_of_a_body_refuses_unknown_names() {
    let document = openapi::document(&millrace_infra::functions(millrace_infra::AREAS));
    let (mut found, mut seen) = (Vec::new(), BTreeSet::new());
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            if let Some(schema) = operation["requestBody"]["content"]["application/json"].get("schema") {
                found.extend(open(&document, schema, &format!("{method} {path}"), &mut seen));
            }
        }
    }
    assert!(found.is_empty(), "these take fields of any name: {found:?}");
    assert!(seen.len() > 50, "only {} schemas are sent", seen.len());
}

#[tokio::test]
async fn an_unknown_field_of_a_body_is_named() {
    let stack = Stack::shared();
    let (fixture, requests) = (Fixture::make(stack).await, Requests::read());
    let mut tried = 0;
    for route in routes().iter().filter(|route| route.method != Method::Get) {
        let Some(body) = requests.body(route.name) else { continue };
        let mut body = fixture.body(body);
        body["no_such_field"] = json!(1);
        let request = call(stack, &requests, &fixture, route).bearer_auth(&fixture.owner.token).json(&body);
        let problem = Reply::of(request).await.problem(422);
        let named = problem["errors"].as_array().into_iter().flatten().any(|error| error["field"] == "no_such_field");
        assert!(named, "{}: {problem}", route.name);
        tried += 1;
    }
    assert!(tried > 40, "only {tried} routes take a body");
}
