//! The logical ids and the addresses that several templates refer to.

use crate::template::{logical, reference, text_with};
use millrace_endpoint::{Declared, queue::QueueName};
use serde_json::{Value, json};

/// The name of a queue's resource, and the beginning of its parameters' names.
pub fn queue_id(queue: QueueName) -> String {
    format!("{}Queue", logical(queue.as_str()))
}

/// The logical id of a queue's dead letters.
pub fn dead_letters_id(queue: QueueName) -> String {
    format!("{}DeadLetters", queue_id(queue))
}

/// The root's parameter that holds the key of an area's zip in the artifact bucket.
pub fn code_key(area: &str) -> String {
    format!("{}CodeKey", logical(area))
}

/// The logical id of a function.
pub fn function_id(declared: &Declared) -> String {
    format!("{}Function", logical(declared.name))
}

/// The address that people open: what was given, or the distribution's, or the gateway's.
pub fn public_url() -> Value {
    let gateway = text_with("https://${HttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}");
    let distribution = text_with("https://${Distribution.DomainName}");
    json!({"Fn::If": ["HasPublicUrl", reference("PublicUrl"), {"Fn::If": ["HasWeb", distribution, gateway]}]})
}

/// The WebSocket API's stage, and so the path that the distribution sends to it.
pub const SOCKET_STAGE: &str = "live";

/// Where functions post frames to sockets.
pub fn sockets_endpoint() -> Value {
    let own =
        text_with(format!("https://${{SocketApi}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}/{SOCKET_STAGE}"));
    json!({"Fn::If": ["HasSocketsEndpoint", reference("SocketsEndpoint"), own]})
}
