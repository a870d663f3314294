//! The IAM policy of a function's role: the grants of its capabilities, its log stream, and reading from its trigger.

use crate::{
    names::{dead_letters_id, queue_id},
    template::{reference, text_with},
};
use millrace_endpoint::{Declared, Grant, Resource, declared::Trigger};
use serde_json::{Value, json};

/// The name of the area's log group in its stack.
pub const LOG_GROUP: &str = "LogGroup";

fn arn(resource: Resource) -> Value {
    match resource {
        Resource::Table => reference("TableArn"),
        Resource::Index => text_with(format!("${{TableArn}}/index/{}", millrace_store::keys::INDEX)),
        Resource::DueIndex => text_with(format!("${{TableArn}}/index/{}", millrace_store::keys::DUE_INDEX)),
        Resource::Stream => reference("StreamArn"),
        Resource::Queue(queue) => reference(&format!("{}Arn", queue_id(queue))),
        Resource::DeadLetters(queue) => reference(&format!("{}Arn", dead_letters_id(queue))),
        Resource::Blobs("") => reference("AttachmentsArn"),
        Resource::Blobs(prefix) => text_with(format!("${{AttachmentsArn}}/{prefix}*")),
        Resource::Sockets => text_with(
            "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${SocketApi}/live/POST/@connections/*",
        ),
        // SES settles a call by the identity that is verified: the whole domain or the one address.
        Resource::MailIdentity => json!([
            text_with("arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${MailDomain}"),
            text_with("arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/${MailFrom}"),
        ]),
        Resource::SigningKey => {
            text_with("arn:${AWS::Partition}:ssm:${AWS::Region}:${AWS::AccountId}:parameter${SigningKeyParameter}")
        }
    }
}

fn statement(actions: &[&str], resource: Value) -> Value {
    json!({"Effect": "Allow", "Action": actions, "Resource": resource})
}

/// The statement of a grant.
pub fn of_grant(grant: &Grant) -> Value {
    statement(grant.actions, arn(grant.resource))
}

/// All statements of a function's role.
pub fn statements(declared: &Declared) -> Vec<Value> {
    let mut statements: Vec<Value> = (declared.grants)().iter().map(of_grant).collect();
    statements
        .push(statement(&["logs:CreateLogStream", "logs:PutLogEvents"], json!({"Fn::GetAtt": [LOG_GROUP, "Arn"]})));
    match declared.trigger {
        Trigger::Queue(queue) => statements.push(statement(
            &["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"],
            arn(Resource::Queue(queue)),
        )),
        Trigger::Stream => {
            statements.push(statement(
                &[
                    "dynamodb:DescribeStream",
                    "dynamodb:GetRecords",
                    "dynamodb:GetShardIterator",
                    "dynamodb:ListStreams",
                ],
                arn(Resource::Stream),
            ));
            statements.push(statement(&["sqs:SendMessage"], reference("StreamFailuresArn")));
        }
        Trigger::Http(_) | Trigger::Socket(_) | Trigger::Schedule(_) => {}
    }
    statements
}

/// A role that `service` takes on.
pub fn role(service: &str, statements: Vec<Value>) -> Value {
    json!({
        "AssumeRolePolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}],
        },
        "Policies": [{
            "PolicyName": "own",
            "PolicyDocument": {"Version": "2012-10-17", "Statement": statements},
        }],
    })
}

/// A role that `service` takes on, for resources of this account alone: what calls on behalf of others asks for it.
pub fn role_in_account(service: &str, statements: Vec<Value>) -> Value {
    let mut role = role(service, statements);
    role["AssumeRolePolicyDocument"]["Statement"][0]["Condition"] =
        json!({"StringEquals": {"aws:SourceAccount": reference("AWS::AccountId")}});
    role
}
