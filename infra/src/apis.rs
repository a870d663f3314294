//! The HTTP and WebSocket APIs, and the role with which they invoke functions.

use crate::names::SOCKET_STAGE;
use crate::{
    policy::role_in_account,
    template::{Resources, reference, text_with},
};
use serde_json::json;

/// Adds both gateways.
pub fn add(resources: &mut Resources) {
    let invoke = json!({
        "Effect": "Allow",
        "Action": ["lambda:InvokeFunction"],
        "Resource": text_with("arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:millrace-${Stage}-*"),
    });
    resources.add("InvokeRole", "AWS::IAM::Role", role_in_account("apigateway.amazonaws.com", vec![invoke]));
    add_http(resources);
    add_sockets(resources);
}

fn add_http(resources: &mut Resources) {
    // Where the client is on the same origin, browsers ask for no leave; this is for one that is served from elsewhere.
    let cors = json!({
        "AllowOrigins": [reference("PublicUrl")],
        "AllowCredentials": true,
        "AllowMethods": ["DELETE", "GET", "PATCH", "POST", "PUT"],
        "AllowHeaders": ["authorization", "content-type", "idempotency-key", "if-match"],
        "ExposeHeaders": ["etag", "location", "retry-after", "x-request-id"],
        "MaxAge": 3_600,
    });
    let api = json!({
        "Name": text_with("millrace-${Stage}"),
        "ProtocolType": "HTTP",
        "CorsConfiguration": {"Fn::If": ["HasPublicUrl", cors, reference("AWS::NoValue")]},
    });
    resources.add("HttpApi", "AWS::ApiGatewayV2::Api", api);
    let log = json!({
        "LogGroupName": text_with("/aws/vendedlogs/millrace-${Stage}/http"),
        "RetentionInDays": reference("LogRetention"),
    });
    resources.add("HttpApiLog", "AWS::Logs::LogGroup", log);
    let line = json!({
        "request": "$context.requestId",
        "trace": "$context.awsEndpointRequestId",
        "address": "$context.identity.sourceIp",
        "route": "$context.routeKey",
        "status": "$context.status",
        "milliseconds": "$context.responseLatency",
        "function_milliseconds": "$context.integrationLatency",
        "broken": "$context.integrationErrorMessage",
    });
    // Any other name than `$default` would come before each path.
    let stage = json!({
        "ApiId": reference("HttpApi"),
        "StageName": "$default",
        "AutoDeploy": true,
        "AccessLogSettings": {"DestinationArn": {"Fn::GetAtt": ["HttpApiLog", "Arn"]}, "Format": line.to_string()},
        "DefaultRouteSettings": {
            "DetailedMetricsEnabled": true,
            "ThrottlingRateLimit": reference("RequestsASecond"),
            "ThrottlingBurstLimit": reference("RequestsAtOnce"),
        },
    });
    resources.add("HttpStage", "AWS::ApiGatewayV2::Stage", stage);
}

fn add_sockets(resources: &mut Resources) {
    let api = json!({
        "Name": text_with("millrace-${Stage}-live"),
        "ProtocolType": "WEBSOCKET",
        "RouteSelectionExpression": "$request.body.action",
    });
    resources.add("SocketApi", "AWS::ApiGatewayV2::Api", api);
    // No access log: for WebSocket APIs it takes a role in the settings of the whole account. Each function logs its
    // frame.
    let stage = json!({
        "ApiId": reference("SocketApi"),
        "StageName": SOCKET_STAGE,
        "AutoDeploy": true,
        "DefaultRouteSettings": {
            "DetailedMetricsEnabled": true,
            "ThrottlingRateLimit": reference("RequestsASecond"),
            "ThrottlingBurstLimit": reference("RequestsAtOnce"),
        },
    });
    resources.add("SocketStage", "AWS::ApiGatewayV2::Stage", stage);
}
