//! A body for every route, from its own description.

use millrace_endpoint::openapi::example;
use serde_json::Value;
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
            Some((operation["operationId"].as_str()?.to_owned(), example::least(&document, schema)))
        });
        Self(bodies.collect())
    }

    /// The body of a route; none where it takes none.
    pub fn body(&self, route: &str) -> Option<Value> {
        self.0.get(route).cloned()
    }
}
