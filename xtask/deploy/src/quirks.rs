//! Workarounds for emulators.

use crate::cloud::{Cloud, Emulator, describe};
use anyhow::{Context, Result};
use aws_sdk_dynamodb::types::TimeToLiveSpecification;
use millrace_infra::names::SOCKET_STAGE;
use serde_json::{Value, json};
use std::collections::BTreeMap;

const HTTP_API: &str = "a1b2c3d4";
const SOCKET_API: &str = "a1b2c3d5";

/// Pins the APIs' ids, so that their addresses are known before they are made: functions take the sockets' from their
/// environment.
pub(crate) fn adapt(root: &mut Value, parameters: &mut BTreeMap<String, String>, emulator: Emulator, endpoint: &str) {
    for (resource, id) in [("HttpApi", HTTP_API), ("SocketApi", SOCKET_API)] {
        let tag = match emulator {
            Emulator::MiniStack => "ms-custom-id",
            Emulator::LocalStack => "_custom_id_",
        };
        root["Resources"][resource]["Properties"]["Tags"] = json!({tag: id});
    }
    // LocalStack's functions run in containers, from where this name leads to it.
    let seen_by_functions = match emulator {
        Emulator::MiniStack => endpoint.to_owned(),
        Emulator::LocalStack => endpoint
            .replace("//localhost:", "//localhost.localstack.cloud:")
            .replace("//127.0.0.1:", "//localhost.localstack.cloud:"),
    };
    let sockets = format!("{seen_by_functions}/_aws/execute-api/{SOCKET_API}/{SOCKET_STAGE}");
    parameters.insert("SocketsEndpoint".to_owned(), sockets);
    parameters.entry("PublicUrl".to_owned()).or_insert_with(|| endpoint.to_owned());
}

/// Has the emulator's SES take mail from `address`, which on AWS is somebody's answer to a mail.
pub(crate) async fn verify(cloud: &Cloud, endpoint: &str, address: &str) -> Result<()> {
    let identity = json!({"EmailIdentity": address});
    let request = reqwest::Client::new().post(format!("{endpoint}/v2/email/identities")).json(&identity);
    let answer = request.header("authorization", whom(cloud, "ses")).send().await?;
    let known = answer.status().as_u16() == 400
        && answer.headers().get("x-amzn-errortype").is_some_and(|kind| kind == "AlreadyExistsException");
    if !known {
        answer.error_for_status().context("the emulator does not verify the address that mail comes from")?;
    }
    Ok(())
}

/// Emulators check no signature, but read from one which service a call is for. It saves compiling the SDK's crate of a
/// service for one call.
fn whom(cloud: &Cloud, service: &str) -> String {
    let scope = format!("20260101/{}/{service}/aws4_request", cloud.region());
    format!("AWS4-HMAC-SHA256 Credential=test/{scope}, SignedHeaders=host, Signature=0")
}

/// The addresses of the HTTP API and of the sockets.
pub(crate) fn urls(endpoint: &str, http: &str, sockets: &str) -> (String, String) {
    let socket_endpoint = endpoint.replacen("http", "ws", 1);
    (
        format!("{endpoint}/_aws/execute-api/{http}/$default"),
        format!("{socket_endpoint}/_aws/execute-api/{sockets}/{SOCKET_STAGE}"),
    )
}

/// Repeats what MiniStack takes from a template, but does not do: the table's time to live, and the API's CORS.
pub(crate) async fn repeat(cloud: &Cloud, endpoint: &str, outputs: &BTreeMap<String, String>) -> Result<()> {
    let table = outputs.get("TableName").context("the stack has no output TableName")?;
    let dynamodb = aws_sdk_dynamodb::Client::new(&cloud.sdk);
    let expiry = TimeToLiveSpecification::builder().attribute_name("ttl").enabled(true).build()?;
    let set = dynamodb.update_time_to_live().table_name(table).time_to_live_specification(expiry).send().await;
    if let Err(error) = set.map_err(describe) {
        // Newer versions do it themselves, and refuse to do it twice.
        let text = error.to_string();
        anyhow::ensure!(text.contains("already enabled"), "{text}");
    }
    let api = outputs.get("HttpApi").context("the stack has no output HttpApi")?;
    let cors = json!({"corsConfiguration": {
        "allowOrigins": [endpoint],
        "allowCredentials": true,
        "allowMethods": ["DELETE", "GET", "PATCH", "POST", "PUT"],
        "allowHeaders": ["authorization", "content-type", "idempotency-key", "if-match"],
        "exposeHeaders": ["etag", "location", "retry-after", "x-request-id"],
        "maxAge": 3600,
    }});
    let request = reqwest::Client::new().patch(format!("{endpoint}/v2/apis/{api}")).json(&cors);
    let answer = request.header("authorization", whom(cloud, "apigateway")).send().await?;
    answer.error_for_status().context("MiniStack does not take the API's CORS")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_socket_endpoint_is_known_before_functions_are_created_on_an_emulator() {
        let mut root = json!({"Resources": {"HttpApi": {"Properties": {}}, "SocketApi": {"Properties": {}}}});
        let mut parameters = BTreeMap::from([("PublicUrl".to_owned(), "http://boards.test".to_owned())]);
        adapt(&mut root, &mut parameters, Emulator::MiniStack, "http://127.0.0.1:4566");
        assert_eq!(root["Resources"]["SocketApi"]["Properties"]["Tags"]["ms-custom-id"], SOCKET_API);
        assert_eq!(parameters["SocketsEndpoint"], format!("http://127.0.0.1:4566/_aws/execute-api/{SOCKET_API}/live"));
        assert_eq!(parameters["PublicUrl"], "http://boards.test");
        adapt(&mut root, &mut parameters, Emulator::LocalStack, "http://localhost:4566");
        assert!(parameters["SocketsEndpoint"].starts_with("http://localhost.localstack.cloud:4566/"));
    }
}
