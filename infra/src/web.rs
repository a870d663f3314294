//! The distribution: one address for the client, the API and the sockets. Omitted if `WithWeb` is false.

use crate::{
    Area,
    names::SOCKET_STAGE,
    template::{Resources, attribute, reference, text_with},
};
use millrace_endpoint::declared::Trigger;
use millrace_platform::blobs::AVATARS;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Policies that AWS keeps:
/// <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html>.
const CACHING_OPTIMIZED: &str = "658327ea-f89d-4fab-a63d-7e88639e58f6";
const CACHING_DISABLED: &str = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
const ALL_BUT_HOST: &str = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

/// The client's own paths have no file: each gets the page, which then reads the path.
const PAGES: &str = "function handler(event) {\n  var request = event.request;\n  if (!request.uri.split('/').pop().includes('.')) request.uri = '/index.html';\n  return request;\n}\n";
/// The gateway must see its own host, so the one that people see goes beside it: it names their workspace.
const HOST: &str = "function handler(event) {\n  var request = event.request;\n  request.headers['x-forwarded-host'] = { value: request.headers.host.value };\n  return request;\n}\n";

/// Adds the distribution and what it needs.
pub fn add(resources: &mut Resources, areas: &[Area]) {
    let mut add = |id: &str, kind: &str, properties: Value| {
        resources.add_with(id, kind, properties, json!({"Condition": "HasWeb"}));
    };
    let control = json!({"OriginAccessControlConfig": {
        "Name": text_with("millrace-${Stage}"),
        "OriginAccessControlOriginType": "s3",
        "SigningBehavior": "always",
        "SigningProtocol": "sigv4",
    }});
    add("WebAccess", "AWS::CloudFront::OriginAccessControl", control);
    for (id, name, about, code) in
        [("WebPages", "pages", "The client's paths", PAGES), ("WebHost", "host", "The host that people see", HOST)]
    {
        let function = json!({
            "Name": text_with(format!("millrace-${{Stage}}-{name}")),
            "AutoPublish": true,
            "FunctionConfig": {"Comment": about, "Runtime": "cloudfront-js-2.0"},
            "FunctionCode": code,
        });
        add(id, "AWS::CloudFront::Function", function);
    }
    add("WebHeaders", "AWS::CloudFront::ResponseHeadersPolicy", headers());
    // The certificate is used only where a domain is given, which the linter does not see.
    let linted = json!({"Condition": "HasWeb", "Metadata": {"cfn-lint": {"config": {"ignore_checks": ["W1030"]}}}});
    resources.add_with("Distribution", "AWS::CloudFront::Distribution", distribution(areas), linted);
}

fn headers() -> Value {
    let policy = "default-src 'self'; img-src 'self' data: blob: https:; style-src 'self' 'unsafe-inline'; \
                  connect-src 'self' https: wss:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self' https:";
    json!({"ResponseHeadersPolicyConfig": {
        "Name": text_with("millrace-${Stage}"),
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": {"ContentSecurityPolicy": policy, "Override": true},
            "ContentTypeOptions": {"Override": true},
            "FrameOptions": {"FrameOption": "DENY", "Override": true},
            "ReferrerPolicy": {"ReferrerPolicy": "strict-origin-when-cross-origin", "Override": true},
            "StrictTransportSecurity": {"AccessControlMaxAgeSec": 31_536_000, "IncludeSubdomains": true, "Override": true},
        },
    }})
}

fn distribution(areas: &[Area]) -> Value {
    let gateway = |id: &str, api: &str| {
        json!({
            "Id": id,
            "DomainName": text_with(format!("${{{api}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}")),
            "CustomOriginConfig": {"OriginProtocolPolicy": "https-only", "OriginSSLProtocols": ["TLSv1.2"]},
        })
    };
    let client = json!({
        "Id": "web",
        "DomainName": attribute("Web", "RegionalDomainName"),
        "OriginAccessControlId": reference("WebAccess"),
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    });
    let files = json!({
        "Id": "files",
        "DomainName": attribute("Attachments", "RegionalDomainName"),
        "OriginAccessControlId": reference("WebAccess"),
        "S3OriginConfig": {"OriginAccessIdentity": ""},
    });
    let host = json!([{"EventType": "viewer-request", "FunctionARN": attribute("WebHost", "FunctionARN")}]);
    let mut behaviors: Vec<Value> = api_paths(areas).into_iter().map(|path| behavior(&path, "http", &host)).collect();
    // A socket's workspace is its ticket's: nobody there asks for the host that people see.
    behaviors.push(behavior(&format!("/{SOCKET_STAGE}"), "sockets", &json!([])));
    behaviors.push(json!({
        "PathPattern": format!("/{AVATARS}*"),
        "TargetOriginId": "files",
        "ViewerProtocolPolicy": "https-only",
        "AllowedMethods": ["GET", "HEAD"],
        "CachePolicyId": CACHING_OPTIMIZED,
        "ResponseHeadersPolicyId": reference("WebHeaders"),
    }));
    json!({"DistributionConfig": {
        "Enabled": true,
        "HttpVersion": "http2and3",
        "IPV6Enabled": true,
        "PriceClass": "PriceClass_100",
        "DefaultRootObject": "index.html",
        "Aliases": {"Fn::If": ["HasDomain", [reference("DomainName"), text_with("*.${DomainName}")], reference("AWS::NoValue")]},
        "ViewerCertificate": {"Fn::If": [
            "HasDomain",
            {"AcmCertificateArn": reference("CertificateArn"), "SslSupportMethod": "sni-only", "MinimumProtocolVersion": "TLSv1.2_2021"},
            {"CloudFrontDefaultCertificate": true},
        ]},
        "Origins": [client, files, gateway("http", "HttpApi"), gateway("sockets", "SocketApi")],
        "CacheBehaviors": behaviors,
        "DefaultCacheBehavior": {
            "TargetOriginId": "web",
            "ViewerProtocolPolicy": "redirect-to-https",
            "AllowedMethods": ["GET", "HEAD"],
            "CachePolicyId": CACHING_OPTIMIZED,
            "Compress": true,
            "FunctionAssociations": [{"EventType": "viewer-request", "FunctionARN": attribute("WebPages", "FunctionARN")}],
            "ResponseHeadersPolicyId": reference("WebHeaders"),
        },
    }})
}

/// The beginnings of the API's paths.
fn api_paths(areas: &[Area]) -> BTreeSet<String> {
    let functions = areas.iter().flat_map(|area| area.functions);
    let first = functions.filter_map(|declared| match declared.trigger {
        Trigger::Http(route) => route.path.split('/').nth(1),
        _ => None,
    });
    first.map(|first| format!("/{first}/*")).collect()
}

fn behavior(path: &str, origin: &str, functions: &Value) -> Value {
    json!({
        "PathPattern": path,
        "TargetOriginId": origin,
        "ViewerProtocolPolicy": "https-only",
        "AllowedMethods": ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"],
        "CachePolicyId": CACHING_DISABLED,
        "OriginRequestPolicyId": ALL_BUT_HOST,
        "FunctionAssociations": functions,
    })
}
