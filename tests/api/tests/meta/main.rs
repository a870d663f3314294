//! `/api/health`, `/api/openapi.json`, `/api/docs`, `/.well-known/jwks.json`, and what is at no path.

use millrace_api_tests::{Reply, Stack};
use serde_json::Value;

#[tokio::test]
async fn the_deployment_says_what_it_is() {
    let stack = Stack::shared();
    let health = stack.call("GET", "/api/health", None).await.ok(200);
    assert_eq!(health["status"], "ok");
    let description = stack.call("GET", "/api/openapi.json", None).await.ok(200);
    assert_eq!(description["openapi"], "3.1.0");
    let docs = stack.call("GET", "/api/docs", None).await;
    assert_eq!(docs.header("content-type"), "text/html; charset=utf-8");
    let keys = stack.call("GET", "/.well-known/jwks.json", None).await.ok(200);
    let key = &keys["keys"][0];
    assert_eq!((key["kty"].as_str(), key["crv"].as_str()), (Some("OKP"), Some("Ed25519")));
    assert!(key["kid"].is_string() && key["d"].is_null(), "the public half alone");
}

#[tokio::test]
async fn what_is_nowhere_is_a_problem() {
    let stack = Stack::shared();
    stack.call("GET", "/api/nothing", None).await.problem(404);
    stack.call("GET", "/api", None).await.problem(404);
    stack.call("DELETE", "/api/health", None).await.problem(405);
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_take_it() {
    let stack = Stack::shared();
    let request = stack.http.get(stack.url("/api/openapi.json")).header("accept-encoding", "gzip");
    assert_eq!(Reply::of(request).await.header("content-encoding"), "gzip");
}

#[tokio::test]
async fn everything_in_the_reference_is_described() {
    let document = Stack::shared().call("GET", "/api/openapi.json", None).await.ok(200);
    let said = |value: &Value| value["description"].as_str().is_some_and(|text| !text.is_empty());
    let mut silent = Vec::new();
    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        if !said(schema) {
            silent.push(name.clone());
        }
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            // A reference alone is described where it leads.
            if !said(property) && !property.to_string().contains("$ref") {
                silent.push(format!("{name}.{field}"));
            }
        }
    }
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
