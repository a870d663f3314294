//! The reference as a collection that Postman and Bruno import, in Postman's format 2.1
//! (<https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html>).

use super::calls::{Call, Parameter, by_area};
use serde_json::{Value, json};

/// The identifier of the format, by which an importer tells it from the older ones.
const SCHEMA: &str = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

/// Keeps the token of a sign-in for the calls after it.
const KEEP_TOKEN: &str = "pm.collectionVariables.set('token', pm.response.json().access_token);";

/// The collection: a folder an area, a request a call, with the base address and the token as variables.
pub(super) fn collection(document: &Value) -> Value {
    let folders: Vec<Value> = by_area(document)
        .iter()
        .map(|(area, calls)| json!({"name": area, "item": calls.iter().map(item).collect::<Vec<_>>()}))
        .collect();
    json!({
        "info": {
            "name": document["info"]["title"],
            "description": document["info"]["description"],
            "schema": SCHEMA,
        },
        "auth": {"type": "bearer", "bearer": [{"key": "token", "value": "{{token}}", "type": "string"}]},
        "variable": [
            {"key": "base_url", "value": "http://localhost:3000", "type": "string"},
            {"key": "token", "value": "", "type": "string"},
        ],
        "item": folders,
    })
}

fn item(call: &Call<'_>) -> Value {
    let mut request = json!({
        "method": call.method,
        "header": headers(call),
        "url": url(call),
        "description": format!("{}\n\nNeed: {}.", call.description, call.need),
    });
    if let Some(body) = &call.body {
        request["body"] = json!({"mode": "raw", "raw": format!("{body:#}"), "options": {"raw": {"language": "json"}}});
    }
    if call.public {
        request["auth"] = json!({"type": "noauth"});
    }
    let mut item = json!({"name": call.name, "request": request, "response": []});
    if call.signs_in {
        item["event"] = json!([{"listen": "test", "script": {"type": "text/javascript", "exec": [KEEP_TOKEN]}}]);
    }
    item
}

fn url(call: &Call<'_>) -> Value {
    let placeholder = |segment: &str| segment.strip_prefix('{')?.strip_suffix('}').map(str::to_owned);
    let segments = || call.path.trim_start_matches('/').split('/');
    // Postman writes a parameter of the path as `:name`.
    let path: Vec<String> = segments()
        .map(|segment| placeholder(segment).map_or_else(|| segment.to_owned(), |name| format!(":{name}")))
        .collect();
    let mut url = json!({
        "raw": format!("{{{{base_url}}}}/{}", path.join("/")),
        "host": ["{{base_url}}"],
        "path": path,
    });
    let named = |name: String| call.at("path").find(|parameter| parameter.name == name).map(parameter);
    let variables: Vec<Value> = segments().filter_map(placeholder).filter_map(named).collect();
    let query: Vec<Value> = call.at("query").map(optional).collect();
    if !variables.is_empty() {
        url["variable"] = json!(variables);
    }
    if !query.is_empty() {
        url["query"] = json!(query);
    }
    url
}

fn headers(call: &Call<'_>) -> Vec<Value> {
    let content_type = call.body.as_ref().map(|_| json!({"key": "Content-Type", "value": "application/json"}));
    content_type.into_iter().chain(call.at("header").map(optional)).collect()
}

fn parameter(parameter: &Parameter<'_>) -> Value {
    let example = parameter.example.as_deref().unwrap_or_default();
    json!({"key": parameter.name, "value": example, "description": parameter.about})
}

/// A parameter that is only sent where it is switched on.
fn optional(sent: &Parameter<'_>) -> Value {
    let mut value = parameter(sent);
    value["disabled"] = json!(true);
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use millrace_infra::{AREAS, functions};
    use std::collections::BTreeSet;

    fn text<'value>(value: &'value Value, field: &str) -> &'value str {
        value[field].as_str().unwrap_or_else(|| panic!("no {field} in {value}"))
    }

    /// Asserts what the format requires of a list of keys and values.
    fn assert_pairs(list: &Value) {
        for pair in list.as_array().expect("a list") {
            assert!(!text(pair, "key").is_empty(), "{pair}");
            assert!(pair["value"].is_string(), "{pair}");
        }
    }

    #[test]
    fn it_has_what_the_format_requires() {
        let functions = functions(AREAS);
        let collection = collection(&millrace_endpoint::openapi::document(&functions));
        assert_eq!((text(&collection["info"], "schema"), text(&collection["info"], "name")), (SCHEMA, "Millrace"));
        assert_pairs(&collection["variable"]);
        assert_pairs(&collection["auth"]["bearer"]);
        let mut names = BTreeSet::new();
        for folder in collection["item"].as_array().expect("folders") {
            assert!(!text(folder, "name").is_empty());
            for item in folder["item"].as_array().expect("requests") {
                let (name, request) = (text(item, "name"), &item["request"]);
                assert!(names.insert(name), "{name} is there twice");
                assert!(["GET", "POST", "PUT", "PATCH", "DELETE"].contains(&text(request, "method")), "{name}");
                assert_pairs(&request["header"]);
                let url = &request["url"];
                let path: Vec<&str> =
                    url["path"].as_array().expect("a path").iter().map(|part| part.as_str().expect("text")).collect();
                assert_eq!(text(url, "raw"), format!("{{{{base_url}}}}/{}", path.join("/")));
                assert!(
                    !text(url, "raw").contains("/{"),
                    "{name} has a parameter in a form that Postman does not know"
                );
                let variables: Vec<&str> =
                    url["variable"].as_array().into_iter().flatten().map(|variable| text(variable, "key")).collect();
                let in_path: Vec<&str> = path.iter().filter_map(|part| part.strip_prefix(':')).collect();
                assert_eq!(in_path, variables, "{name}");
                if let Some(query) = url.get("query") {
                    assert_pairs(query);
                }
                if let Some(body) = request.get("body") {
                    assert_eq!(text(body, "mode"), "raw");
                    serde_json::from_str::<Value>(text(body, "raw")).expect("an example body is JSON");
                }
                assert!(item["response"].is_array(), "{name}");
            }
        }
        let routes: BTreeSet<&str> =
            functions.iter().filter(|function| function.describe.is_some()).map(|function| function.name).collect();
        assert_eq!(names, routes);
    }

    #[test]
    fn a_sign_in_keeps_its_token_and_needs_none() {
        let collection = collection(&millrace_endpoint::openapi::document(&functions(AREAS)));
        let auth = collection["item"].as_array().expect("folders").iter().find(|folder| folder["name"] == "auth");
        let requests = auth.expect("a folder of sign-in")["item"].as_array().expect("requests");
        let login = requests.iter().find(|item| item["name"] == "auth-login").expect("a sign-in");
        assert_eq!(login["request"]["auth"]["type"], "noauth");
        assert_eq!(login["event"][0]["script"]["exec"], json!([KEEP_TOKEN]));
    }
}
