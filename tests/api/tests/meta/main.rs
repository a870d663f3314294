//! `/api/health`, `/api/openapi.json`, `/api/asyncapi.json`, `/api/docs`, `/.well-known/jwks.json`, and what is at no path.

use millrace_api_tests::{Reply, Stack};
use serde_json::Value;

#[tokio::test]
async fn health_reports_status_and_version() {
    let stack = Stack::shared();
    let health = stack.call("GET", "/api/health", None).await.ok(200);
    assert_eq!(health["status"], "ok");
    let description = stack.call("GET", "/api/openapi.json", None).await.ok(200);
    assert_eq!(description["openapi"], "3.1.0");
    let description = stack.call("GET", "/api/asyncapi.json", None).await.ok(200);
    assert_eq!(description["asyncapi"], "3.0.0");
    let docs = stack.call("GET", "/api/docs", None).await;
    assert_eq!(docs.header("content-type"), "text/html; charset=utf-8");
    let keys = stack.call("GET", "/.well-known/jwks.json", None).await.ok(200);
    let key = &keys["keys"][0];
    assert_eq!((key["kty"].as_str(), key["crv"].as_str()), (Some("OKP"), Some("Ed25519")));
    assert!(key["kid"].is_string() && key["d"].is_null(), "the public half alone");
}

#[tokio::test]
async fn unknown_paths_return_a_problem() {
    let stack = Stack::shared();
    stack.call("GET", "/api/nothing", None).await.problem(404);
    stack.call("GET", "/api", None).await.problem(404);
    stack.call("DELETE", "/api/health", None).await.problem(405);
}

#[tokio::test]
async fn responses_are_compressed_on_request() {
    let stack = Stack::shared();
    let request = stack.http.get(stack.url("/api/openapi.json")).header("accept-encoding", "gzip");
    assert_eq!(Reply::of(request).await.header("content-encoding"), "gzip");
}

fn said(value: &Value) -> bool {
    value["description"].as_str().is_some_and(|text| !text.is_empty())
}

/// The schemas and fields of a document that nothing is said of.
fn silent_schemas(document: &Value) -> Vec<String> {
    let mut silent = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        if !said(schema) {
            silent.push(name.clone());
        }
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            // A reference alone is described where it leads, and a tag by the schema that it names.
            if !said(property) && !property.to_string().contains("$ref") && property["const"].is_null() {
                silent.push(format!("{name}.{field}"));
            }
        }
    }
    silent
}

#[tokio::test]
async fn every_action_frame_and_event_is_described() {
    let document = Stack::shared().call("GET", "/api/asyncapi.json", None).await.ok(200);
    let mut silent = silent_schemas(&document);
    for place in ["messages", "schemas"] {
        let things = document["components"][place].as_object().expect("things").iter();
        silent.extend(things.filter(|(_, thing)| !said(thing)).map(|(name, _)| name.clone()));
    }
    let operations = document["operations"].as_object().expect("operations").iter();
    silent.extend(operations.filter(|(_, operation)| !said(operation)).map(|(name, _)| name.clone()));
    assert!(silent.is_empty(), "{silent:?}");
}

#[tokio::test]
async fn every_reference_in_the_description_of_the_live_side_leads_somewhere() {
    let document = Stack::shared().call("GET", "/api/asyncapi.json", None).await.ok(200);
    let mut open = vec![&document];
    let mut followed = 0;
    while let Some(value) = open.pop() {
        if let Some(reference) = value["$ref"].as_str() {
            let pointer = reference.strip_prefix('#').expect("a place in the document");
            assert!(document.pointer(pointer).is_some(), "{reference}");
            followed += 1;
        }
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => open.extend(fields.values()),
            _ => {}
        }
    }
    assert!(followed > 100, "{followed}");
}

#[tokio::test]
async fn every_schema_and_operation_has_a_description() {
    let document = Stack::shared().call("GET", "/api/openapi.json", None).await.ok(200);
    let mut silent = silent_schemas(&document);
    for (path, operations) in document["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let parameters = operation["parameters"].as_array().expect("parameters");
            if !said(operation) || !parameters.iter().all(said) {
                silent.push(format!("{method} {path}"));
            }
        }
    }
    assert!(silent.is_empty(), "{silent:?}");
}
