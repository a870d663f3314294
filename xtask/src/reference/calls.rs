//! The calls of the OpenAPI document, as the page and the collection need them.

use millrace_endpoint::openapi::example;
use serde_json::Value;
use std::collections::BTreeMap;

/// One HTTP call.
pub(super) struct Call<'document> {
    /// The function's name.
    pub name: &'document str,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path, with its parameters in braces.
    pub path: &'document str,
    /// Who may call it.
    pub need: &'document str,
    /// What it does, in one sentence.
    pub summary: &'document str,
    /// What it does, in full.
    pub description: &'document str,
    /// Whether it is called without a token.
    pub public: bool,
    /// What its path, its query and its headers take.
    pub parameters: Vec<Parameter<'document>>,
    /// An example of its body; none where it takes none.
    pub body: Option<Value>,
    /// The status of a successful answer.
    pub status: &'document str,
    /// The name of the answer's schema; none where the answer has no body or an unnamed one.
    pub answer: Option<&'document str>,
    /// Whether a successful answer holds an access token.
    pub signs_in: bool,
}

/// One parameter of a call.
pub(super) struct Parameter<'document> {
    pub name: &'document str,
    /// `path`, `query` or `header`.
    pub place: &'document str,
    pub about: &'document str,
    /// An example; none where the schema gives none and a made-up text would mislead.
    pub example: Option<String>,
}

impl<'document> Call<'document> {
    /// The parameters at one place.
    pub fn at(&self, place: &str) -> impl Iterator<Item = &Parameter<'document>> {
        self.parameters.iter().filter(move |parameter| parameter.place == place)
    }

    fn read(document: &'document Value, path: &'document str, method: &str, operation: &'document Value) -> Self {
        let text = |value: &'document Value| value.as_str().unwrap_or_default();
        let (status, answer) = operation["responses"]
            .as_object()
            .into_iter()
            .flatten()
            .find(|(status, _)| status.starts_with(['2', '3']))
            .map_or(("", &Value::Null), |(status, answer)| (status.as_str(), answer));
        let schema = &answer["content"]["application/json"]["schema"];
        let answer = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
        let properties = answer.map(|name| &document["components"]["schemas"][name]["properties"]);
        let body = operation["requestBody"]["content"]["application/json"].get("schema");
        Self {
            name: text(&operation["operationId"]),
            method: method.to_uppercase(),
            path,
            need: text(&operation["x-need"]),
            summary: text(&operation["summary"]),
            description: text(&operation["description"]),
            public: operation["security"].as_array().is_some_and(Vec::is_empty),
            parameters: operation["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|parameter| Parameter::read(document, parameter))
                .collect(),
            body: body.map(|schema| {
                let mut body = example::illustrative(document, schema);
                body.sort_all_objects();
                body
            }),
            status,
            answer,
            signs_in: properties.is_some_and(|properties| properties.get("access_token").is_some()),
        }
    }
}

impl<'document> Parameter<'document> {
    fn read(document: &'document Value, parameter: &'document Value) -> Self {
        let text = |value: &'document Value| value.as_str().unwrap_or_default();
        let example = match example::illustrative(document, &parameter["schema"]) {
            // A text that was made up holds spaces, which no parameter's own examples do.
            Value::String(text) => Some(text).filter(|text| !text.contains(' ')),
            Value::Null | Value::Array(_) | Value::Object(_) => None,
            other => Some(other.to_string()),
        };
        Self {
            name: text(&parameter["name"]),
            place: text(&parameter["in"]),
            about: text(&parameter["description"]),
            example,
        }
    }
}

/// All calls, by area, in the order of their paths.
pub(super) fn by_area(document: &Value) -> BTreeMap<&str, Vec<Call<'_>>> {
    let mut areas: BTreeMap<&str, Vec<Call<'_>>> = BTreeMap::new();
    for (path, operations) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            let area = operation["tags"][0].as_str().unwrap_or_default();
            areas.entry(area).or_default().push(Call::read(document, path, method, operation));
        }
    }
    areas
}
