//! The resources of one function: the function, its role and its trigger.

use crate::{
    names::{dead_letters_id, function_id, queue_id},
    policy::{self, LOG_GROUP},
    template::{Resources, attribute, logical, reference, text_with},
};
use millrace_endpoint::{Declared, Resource, declared::Trigger, queue::QueueName, route::Route};
use serde_json::{Map, Value, json};

/// API Gateway ends a call after this long, whatever the function's own limit.
const LONGEST_HTTP_MILLISECONDS: u32 = 30_000;
const LONGEST_SOCKET_MILLISECONDS: u32 = 29_000;

/// Adds a function with all that belongs to it.
pub fn add(resources: &mut Resources, declared: &Declared) {
    let id = logical(declared.name);
    let role = format!("{id}Role");
    resources.add(&role, "AWS::IAM::Role", policy::role("lambda.amazonaws.com", policy::statements(declared)));
    let function = json!({
        "FunctionName": text_with(format!("${{Prefix}}-{}", declared.name)),
        "Architectures": [reference("Architecture")],
        "Runtime": "provided.al2023",
        "Handler": declared.name,
        "Code": {"S3Bucket": reference("ArtifactBucket"), "S3Key": reference("CodeKey")},
        "MemorySize": declared.memory,
        "Timeout": declared.timeout,
        "Role": attribute(&role, "Arn"),
        "LoggingConfig": {"LogFormat": "JSON", "LogGroup": reference(LOG_GROUP)},
        "Environment": {"Variables": variables(declared)},
    });
    resources.add(function_id(declared), "AWS::Lambda::Function", function);
    match declared.trigger {
        Trigger::Http(route) => add_route(resources, declared, route),
        Trigger::Socket(route) => add_socket_route(resources, declared, route),
        Trigger::Schedule(expression) => add_schedule(resources, declared, expression),
        Trigger::Queue(queue) => add_queue_source(resources, declared, queue),
        Trigger::Stream => add_stream_source(resources, declared),
    }
}

fn variables(declared: &Declared) -> Value {
    let mut variables = Map::from_iter(
        [
            ("MILLRACE_TABLE", reference("TableName")),
            ("MILLRACE_PUBLIC_URL", reference("PublicUrl")),
            ("MILLRACE_JWKS", reference("Jwks")),
            ("MILLRACE_CURSOR_KEY", reference("CursorKey")),
            ("RUST_LOG", reference("LogLevel")),
        ]
        .map(|(name, value)| (name.to_owned(), value)),
    );
    for grant in (declared.grants)() {
        let (name, value) = match grant.resource {
            Resource::Queue(queue) => (queue.variable(), reference(&format!("{}Url", queue_id(queue)))),
            Resource::DeadLetters(queue) => {
                (queue.dead_letters_variable(), reference(&format!("{}Url", dead_letters_id(queue))))
            }
            Resource::Blobs(_) => ("MILLRACE_BUCKET".to_owned(), reference("AttachmentsBucket")),
            Resource::Sockets => ("MILLRACE_SOCKETS_ENDPOINT".to_owned(), reference("SocketsEndpoint")),
            Resource::MailIdentity => ("MILLRACE_MAIL_FROM".to_owned(), reference("MailFrom")),
            Resource::SigningKey => ("MILLRACE_SIGNING_KEY_PARAMETER".to_owned(), reference("SigningKeyParameter")),
            Resource::Table | Resource::Index | Resource::DueIndex | Resource::Stream => continue,
        };
        variables.insert(name, value);
    }
    if let Trigger::Queue(queue) = declared.trigger {
        variables.insert(queue.variable(), reference(&format!("{}Url", queue_id(queue))));
    }
    Value::Object(variables)
}

fn add_route(resources: &mut Resources, declared: &Declared, route: &Route) {
    let integration = json!({
        "ApiId": reference("HttpApi"),
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": attribute(&function_id(declared), "Arn"),
        "CredentialsArn": reference("InvokeRoleArn"),
        "PayloadFormatVersion": "2.0",
        "TimeoutInMillis": (declared.timeout * 1_000).min(LONGEST_HTTP_MILLISECONDS),
    });
    add_integrated(resources, declared, "HttpApi", &format!("{} {}", route.method.as_str(), route.path), integration);
}

fn add_socket_route(resources: &mut Resources, declared: &Declared, route: &str) {
    let integration = json!({
        "ApiId": reference("SocketApi"),
        "IntegrationType": "AWS_PROXY",
        "IntegrationUri": text_with(format!(
            "arn:${{AWS::Partition}}:apigateway:${{AWS::Region}}:lambda:path/2015-03-31/functions/${{{}.Arn}}/invocations",
            function_id(declared)
        )),
        "CredentialsArn": reference("InvokeRoleArn"),
        "TimeoutInMillis": (declared.timeout * 1_000).min(LONGEST_SOCKET_MILLISECONDS),
    });
    add_integrated(resources, declared, "SocketApi", route, integration);
}

fn add_integrated(resources: &mut Resources, declared: &Declared, api: &str, key: &str, integration: Value) {
    let id = logical(declared.name);
    let integration_id = format!("{id}Integration");
    resources.add(&integration_id, "AWS::ApiGatewayV2::Integration", integration);
    let route = json!({
        "ApiId": reference(api),
        "RouteKey": key,
        "AuthorizationType": "NONE",
        "Target": text_with(format!("integrations/${{{integration_id}}}")),
    });
    resources.add(format!("{id}Route"), "AWS::ApiGatewayV2::Route", route);
}

fn add_queue_source(resources: &mut Resources, declared: &Declared, queue: QueueName) {
    let source = json!({
        "FunctionName": reference(&function_id(declared)),
        "EventSourceArn": reference(&format!("{}Arn", queue_id(queue))),
        "BatchSize": 10,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
    });
    resources.add(format!("{}Source", logical(declared.name)), "AWS::Lambda::EventSourceMapping", source);
}

fn add_stream_source(resources: &mut Resources, declared: &Declared) {
    // Of all that is written, only new items that carry an event concern a consumer.
    let pattern = json!({"eventName": ["INSERT"], "dynamodb": {"NewImage": {"event": {"S": [{"exists": true}]}}}});
    let source = json!({
        "FunctionName": reference(&function_id(declared)),
        "EventSourceArn": reference("StreamArn"),
        "StartingPosition": "TRIM_HORIZON",
        "BatchSize": 100,
        "MaximumRetryAttempts": 10,
        "MaximumRecordAgeInSeconds": 3_600,
        "BisectBatchOnFunctionError": true,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "DestinationConfig": {"OnFailure": {"Destination": reference("StreamFailuresArn")}},
        "FilterCriteria": {"Filters": [{"Pattern": pattern.to_string()}]},
    });
    resources.add(format!("{}Source", logical(declared.name)), "AWS::Lambda::EventSourceMapping", source);
    crate::alarms::add_iterator_age(resources, declared);
}

fn add_schedule(resources: &mut Resources, declared: &Declared, expression: &str) {
    let id = logical(declared.name);
    let function = attribute(&function_id(declared), "Arn");
    let role = format!("{id}ScheduleRole");
    let statement = json!({"Effect": "Allow", "Action": ["lambda:InvokeFunction"], "Resource": function});
    resources.add(&role, "AWS::IAM::Role", policy::role_in_account("scheduler.amazonaws.com", vec![statement]));
    let schedule = json!({
        "Name": text_with(format!("${{Prefix}}-{}", declared.name)),
        "ScheduleExpression": expression,
        "ScheduleExpressionTimezone": "UTC",
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": {
            "Arn": function,
            "RoleArn": attribute(&role, "Arn"),
            "RetryPolicy": {"MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 3_600},
        },
    });
    resources.add(format!("{id}Schedule"), "AWS::Scheduler::Schedule", schedule);
}
