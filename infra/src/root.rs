//! The root stack.

use crate::{
    Area, alarms, apis, area_file, buckets, dashboard,
    handed::all,
    names::{self, code_key},
    queues, table,
    template::{Resources, attribute, logical, reference, text_with},
    web,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The template of the root, over the areas' templates.
pub fn template(areas: &[Area], stacks: &BTreeMap<&'static str, Value>) -> Value {
    let mut resources = Resources::default();
    table::add(&mut resources);
    queues::add(&mut resources, areas);
    buckets::add_attachments(&mut resources);
    buckets::add_web(&mut resources);
    apis::add(&mut resources);
    web::add(&mut resources, areas);
    alarms::add(&mut resources);
    dashboard::add(&mut resources, areas);
    add_areas(&mut resources, areas, stacks);
    json!({
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "Millrace: a team's boards, on nothing but managed services that are paid for by use",
        "Parameters": parameters(areas),
        "Conditions": {
            "HasWeb": {"Fn::Equals": [reference("WithWeb"), "true"]},
            "HasPublicUrl": given("PublicUrl"),
            "HasDomain": given("DomainName"),
            "HasAlarmEmail": given("AlarmEmail"),
            "HasSocketsEndpoint": given("SocketsEndpoint"),
        },
        "Resources": resources.into_value(),
        "Outputs": outputs(),
    })
}

fn given(parameter: &str) -> Value {
    json!({"Fn::Not": [{"Fn::Equals": [reference(parameter), ""]}]})
}

/// Each stack waits for the one before: made all at once, the functions would run into the limits of AWS's own API.
fn add_areas(resources: &mut Resources, areas: &[Area], stacks: &BTreeMap<&'static str, Value>) {
    let mut before: Vec<String> = vec!["HttpStage".to_owned(), "SocketStage".to_owned()];
    for area in areas {
        let id = format!("{}Area", logical(area.name));
        let wanted = stacks[area.name].get("Parameters").and_then(Value::as_object);
        let parameters: Map<String, Value> = all(area.name)
            .into_iter()
            .filter(|handed| wanted.is_some_and(|wanted| wanted.contains_key(&handed.name)))
            .map(|handed| (handed.name, handed.value))
            .collect();
        let stack = json!({"TemplateURL": area_file(area.name), "Parameters": parameters});
        resources.add_with(&id, "AWS::CloudFormation::Stack", stack, json!({"DependsOn": before}));
        before = vec![id];
    }
}

fn parameters(areas: &[Area]) -> Value {
    let text = |about: &str, default: &str| json!({"Type": "String", "Description": about, "Default": default});
    let mut parameters = json!({
        "Stage": {
            "Type": "String",
            "Description": "The deployment's name: it is part of all names",
            "Default": "dev",
            "AllowedPattern": "[a-z][a-z0-9-]{0,15}",
        },
        "Architecture": {
            "Type": "String",
            "Description": "The processor that the binaries are built for",
            "Default": "arm64",
            "AllowedValues": ["arm64", "x86_64"],
        },
        "ArtifactBucket": {"Type": "String", "Description": "The bucket that holds the binaries"},
        "PublicUrl": text("The address that people open, without a slash at its end; empty for the deployment's own", ""),
        "DomainName": text("The domain that the distribution answers for, with every subdomain; empty for none", ""),
        "CertificateArn": text("The domain's certificate, with *.domain, in us-east-1", ""),
        "MailFrom": {
            "Type": "String",
            "Description": "The address that mail comes from, of an identity that SES has verified",
            "AllowedPattern": "[^@\\s]+@[^@\\s]+",
        },
        "Jwks": {"Type": "String", "Description": "The public keys that tokens are checked with, as a JSON Web Key Set"},
        "CursorKey": {"Type": "String", "NoEcho": true, "MinLength": 32, "Description": "The key that signs cursors"},
        "SigningKeyParameter": {
            "Type": "String",
            "Description": "The secure parameter that holds the private signing key",
            "AllowedPattern": "/.+",
        },
        "SocketsEndpoint": text("Where frames to sockets are posted; empty for the deployment's own", ""),
        "AlarmEmail": text("Who is told of alarms; empty for nobody", ""),
        "LogLevel": {
            "Type": "String",
            "Description": "The least important lines that are logged",
            "Default": "info",
            "AllowedValues": ["error", "warn", "info", "debug"],
        },
        "LogRetention": {"Type": "Number", "Description": "Days that logs are kept", "Default": 30},
        "RequestsASecond": {"Type": "Number", "Description": "Requests that each gateway takes a second", "Default": 500},
        "RequestsAtOnce": {"Type": "Number", "Description": "Requests that each gateway takes at once", "Default": 1_000},
        "WithWeb": {
            "Type": "String",
            "Description": "Whether the browser client is deployed with a distribution",
            "Default": "true",
            "AllowedValues": ["true", "false"],
        },
    });
    for area in areas {
        let about = format!("The key of the {} area's zip in the artifact bucket", area.name);
        parameters[code_key(area.name)] = json!({"Type": "String", "Description": about});
    }
    parameters
}

fn outputs() -> Value {
    let own = |api: &str, scheme: &str, path: &str| {
        text_with(format!("{scheme}://${{{api}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}{path}"))
    };
    let output = |about: &str, value: Value| json!({"Description": about, "Value": value});
    let with_web = |about: &str, value: Value| json!({"Description": about, "Value": value, "Condition": "HasWeb"});
    json!({
        "Url": output("The address that people open", names::public_url()),
        "ApiUrl": output("The HTTP API", own("HttpApi", "https", "")),
        "SocketUrl": output("The WebSocket API", own("SocketApi", "wss", &format!("/{}", names::SOCKET_STAGE))),
        "HttpApi": output("The HTTP API's id", reference("HttpApi")),
        "SocketApi": output("The WebSocket API's id", reference("SocketApi")),
        "TableName": output("The table", reference("Table")),
        "AttachmentsBucket": output("The bucket of attachments", reference("Attachments")),
        "WebBucket": with_web("The bucket of the browser client", reference("Web")),
        "DistributionDomain": with_web("The name that the domain's records point to", attribute("Distribution", "DomainName")),
    })
}
