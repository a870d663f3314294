//! The parameters that the root stack passes to area stacks. Each area receives only what its functions need.

use crate::names::{code_key, queue_id};
use crate::template::{attribute, reference, refers, text_with};
use millrace_platform::queue;
use serde_json::{Value, json};

/// A value that the root knows and a nested stack takes as a parameter.
pub struct Handed {
    /// The parameter's name in the nested stack.
    pub name: String,
    /// What the parameter is.
    pub parameter: Value,
    /// The value, in the root's words.
    pub value: Value,
}

/// All that the root can hand to the stack of `area`.
pub fn all(area: &str) -> Vec<Handed> {
    let handed = |name: &str, about: &str, value: Value| Handed {
        name: name.to_owned(),
        parameter: json!({"Type": "String", "Description": about}),
        value,
    };
    let mut all = vec![
        handed("Prefix", "What the names of all functions begin with", text_with("millrace-${Stage}")),
        handed("Architecture", "The processor that the binaries are built for", reference("Architecture")),
        handed("ArtifactBucket", "The bucket that holds the binaries", reference("ArtifactBucket")),
        handed("CodeKey", "The key of this area's binary", reference(&code_key(area))),
        handed("TableName", "The table", reference("Table")),
        handed("TableArn", "The table's ARN", attribute("Table", "Arn")),
        handed("StreamArn", "The ARN of the table's stream", attribute("Table", "StreamArn")),
        handed(
            "StreamFailuresArn",
            "Where batches of the stream go that could not be done",
            attribute("StreamFailures", "Arn"),
        ),
        handed("AttachmentsBucket", "The bucket of files", reference("Attachments")),
        handed("AttachmentsArn", "The ARN of the bucket of files", attribute("Attachments", "Arn")),
        handed("HttpApi", "The HTTP API", reference("HttpApi")),
        handed("SocketApi", "The WebSocket API", reference("SocketApi")),
        handed("InvokeRoleArn", "The role by which the gateway calls functions", attribute("InvokeRole", "Arn")),
        handed("AlarmTopicArn", "Where alarms go", reference("AlarmTopic")),
        handed("PublicUrl", "The address that people open", crate::names::public_url()),
        handed("MailFrom", "The address that mail comes from", reference("MailFrom")),
        handed("MailDomain", "Its domain", json!({"Fn::Select": [1, {"Fn::Split": ["@", reference("MailFrom")]}]})),
        handed("Jwks", "The public keys that tokens are checked with", reference("Jwks")),
        handed(
            "SigningKeyParameter",
            "The secure parameter that holds the private signing key",
            reference("SigningKeyParameter"),
        ),
        handed("LogLevel", "The least important lines that are logged", reference("LogLevel")),
        Handed {
            name: "LogRetention".to_owned(),
            parameter: json!({"Type": "Number", "Description": "Days that logs are kept"}),
            value: reference("LogRetention"),
        },
        Handed {
            name: "CursorKey".to_owned(),
            parameter: json!({"Type": "String", "NoEcho": true, "Description": "The key that signs cursors"}),
            value: reference("CursorKey"),
        },
        handed("SocketsEndpoint", "Where frames to sockets are posted", crate::names::sockets_endpoint()),
    ];
    for queue in queue::ALL {
        let id = queue_id(*queue);
        all.push(handed(&format!("{id}Url"), "The queue's address", reference(&id)));
        all.push(handed(&format!("{id}Arn"), "The queue's ARN", attribute(&id, "Arn")));
        let dead = crate::names::dead_letters_id(*queue);
        all.push(handed(&format!("{dead}Url"), "The address of the queue's dead letters", reference(&dead)));
        all.push(handed(&format!("{dead}Arn"), "The ARN of the queue's dead letters", attribute(&dead, "Arn")));
    }
    all
}

/// What of it these resources refer to.
pub fn used(area: &str, resources: &Value) -> Vec<Handed> {
    all(area).into_iter().filter(|handed| refers(resources, &handed.name)).collect()
}
