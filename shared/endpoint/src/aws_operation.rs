//! Single operations of AWS services that are not worth the SDK's crate of the service: those of Systems Manager and of
//! the mail service take longer to compile than any other dependency, and a function makes one call to either. What
//! carries a call (signature, retries, timeouts, connections) is the SDK's own; only the types of the operation are not.

use aws_config::{BehaviorVersion, SdkConfig, retry::RetryConfig};
use aws_runtime::{
    auth::{
        SigV4OperationSigningConfig,
        sigv4::{SCHEME_ID, SigV4AuthScheme},
    },
    retries::classifiers::AwsErrorCodeClassifier,
};
use aws_sdk_dynamodb::error::DisplayErrorContext;
use aws_sdk_sqs::config::endpoint::{DefaultResolver, Params, ResolveEndpoint};
use aws_smithy_runtime::client::{
    orchestrator::operation::Operation,
    retries::classifiers::{HttpStatusCodeClassifier, TransientErrorClassifier},
};
use aws_smithy_runtime_api::{
    box_error::BoxError,
    client::{
        auth::{
            AuthSchemeOptionResolverParams, SharedAuthSchemeOptionResolver,
            static_resolver::StaticAuthSchemeOptionResolver,
        },
        orchestrator::{HttpRequest, HttpResponse, OrchestratorError},
        runtime_components::RuntimeComponentsBuilder,
        runtime_plugin::StaticRuntimePlugin,
    },
};
use aws_smithy_types::{body::SdkBody, config_bag::Layer, error::ErrorMetadata};
use aws_types::{SigningName, region::SigningRegion};
use millrace_domain::{Error, Result};
use serde_json::Value;
use std::fmt;

/// An operation that takes JSON and answers with JSON.
pub struct Description {
    /// The operation's name.
    name: &'static str,
    /// The service's name in signatures.
    service: &'static str,
    /// The first label of the service's host name.
    host: &'static str,
    path: &'static str,
    headers: &'static [(&'static str, &'static str)],
}

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html>
pub const GET_PARAMETER: Description = Description {
    name: "GetParameter",
    service: "ssm",
    host: "ssm",
    path: "/",
    headers: &[("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "AmazonSSM.GetParameter")],
};

/// <https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html>
pub const PUT_PARAMETER: Description = Description {
    name: "PutParameter",
    service: "ssm",
    host: "ssm",
    path: "/",
    headers: &[("content-type", "application/x-amz-json-1.1"), ("x-amz-target", "AmazonSSM.PutParameter")],
};

/// <https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html>
pub const SEND_EMAIL: Description = Description {
    name: "SendEmail",
    service: "ses",
    host: "email",
    path: "/v2/email/outbound-emails",
    headers: &[("content-type", "application/json")],
};

/// Why a call failed.
#[derive(Debug)]
pub struct CallError {
    operation: &'static str,
    /// The service's own code where it refused the call; none where there was no answer.
    pub code: Option<String>,
    reason: String,
}

impl fmt::Display for CallError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{}: {code}: {}", self.operation, self.reason),
            None => write!(f, "{}: {}", self.operation, self.reason),
        }
    }
}

impl std::error::Error for CallError {}

/// An operation that is ready to be called.
pub struct JsonOperation {
    name: &'static str,
    operation: Operation<Value, Value, ErrorMetadata>,
}

impl JsonOperation {
    /// With the region, credentials, connections and retries of `sdk`.
    ///
    /// # Errors
    /// [`Error::Internal`] where it lacks a region or credentials.
    pub async fn new(sdk: &SdkConfig, description: &'static Description) -> Result<Self> {
        let region = sdk.region().ok_or_else(|| Error::internal("there is no region"))?;
        let credentials = sdk.credentials_provider().ok_or_else(|| Error::internal("there are no credentials"))?;
        let endpoint = match sdk.endpoint_url() {
            Some(url) => url.to_owned(),
            None => address(region.as_ref(), description.host).await?,
        };
        let mut signing = Layer::new("signing");
        signing.store_put(AuthSchemeOptionResolverParams::new(()));
        signing.store_put(SigV4OperationSigningConfig::default());
        signing.store_put(SigningName::from_static(description.service));
        signing.store_put(SigningRegion::from(region.clone()));
        let mut components = RuntimeComponentsBuilder::new("signing");
        components.push_auth_scheme(SigV4AuthScheme::new());
        components.set_auth_scheme_option_resolver(Some(SharedAuthSchemeOptionResolver::new(
            StaticAuthSchemeOptionResolver::new(vec![SCHEME_ID]),
        )));
        components.set_identity_resolver(SCHEME_ID, credentials);
        let mut operation = Operation::builder()
            .service_name(description.service)
            .operation_name(description.name)
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(&endpoint)
            .standard_retry(&sdk.retry_config().cloned().unwrap_or_else(RetryConfig::standard))
            .retry_classifier(TransientErrorClassifier::<ErrorMetadata>::new())
            .retry_classifier(HttpStatusCodeClassifier::default())
            .retry_classifier(AwsErrorCodeClassifier::<ErrorMetadata>::new())
            .runtime_plugin(
                StaticRuntimePlugin::new().with_config(signing.freeze()).with_runtime_components(components),
            );
        if let Some(client) = sdk.http_client() {
            operation = operation.http_client(client);
        }
        if let Some(timeouts) = sdk.timeout_config() {
            operation = operation.timeout_config(timeouts.clone());
        }
        let operation =
            operation.serializer(move |body: Value| request(description, &body)).deserializer(answer).build();
        Ok(Self { name: description.name, operation })
    }

    /// Calls it.
    ///
    /// # Errors
    /// Where the service refuses, or does not answer however often it is tried.
    pub async fn call(&self, body: Value) -> Result<Value, CallError> {
        self.operation.invoke(body).await.map_err(|error| {
            let refusal = error.as_service_error().map(|refusal| {
                let (code, message) = (refusal.code().map(str::to_owned), refusal.message());
                (code, message.unwrap_or_default().to_owned())
            });
            let (code, reason) = refusal.unwrap_or_else(|| (None, DisplayErrorContext(error).to_string()));
            CallError { operation: self.name, code, reason }
        })
    }
}

/// A service's address in a region. Partitions have domains of their own, which the SDK's table for SQS knows.
async fn address(region: &str, host: &str) -> Result<String> {
    let queues = Params::builder().region(region).build().map_err(Error::internal)?;
    let queues = DefaultResolver::new().resolve_endpoint(&queues).await;
    let queues = queues.map_err(|error| Error::internal(error.to_string()))?;
    match queues.url().strip_prefix("https://sqs.") {
        Some(rest) => Ok(format!("https://{host}.{rest}")),
        None => Err(Error::internal(format!("{region} has no address of {host}"))),
    }
}

fn request(description: &Description, body: &Value) -> Result<HttpRequest, BoxError> {
    let mut request = HttpRequest::new(SdkBody::from(serde_json::to_vec(body)?));
    request.set_method("POST")?;
    request.set_uri(description.path)?;
    for (name, value) in description.headers {
        request.headers_mut().insert(*name, *value);
    }
    Ok(request)
}

fn answer(response: &HttpResponse) -> Result<Value, OrchestratorError<ErrorMetadata>> {
    let body = response.body().bytes().unwrap_or_default();
    if response.status().is_success() {
        return serde_json::from_slice(body).map_err(|error| OrchestratorError::response(error.into()));
    }
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let code = response.headers().get("x-amzn-errortype").or_else(|| body["__type"].as_str());
    // `namespace#Code:address`, of which the services leave out one or the other.
    let code = code.and_then(|code| code.split(':').next()?.rsplit('#').next()).map(str::to_owned);
    let code = code.unwrap_or_else(|| response.status().as_u16().to_string());
    let message = body["message"].as_str().or_else(|| body["Message"].as_str()).unwrap_or("no message");
    Err(OrchestratorError::operation(ErrorMetadata::builder().code(code).message(message).build()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_config::Region;
    use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};
    use axum::{
        Router,
        body::Bytes,
        http::{HeaderMap, StatusCode, Uri},
    };
    use serde_json::json;
    use std::{
        sync::{Arc, Mutex},
        time::Duration,
    };

    type Seen = Arc<Mutex<Vec<(String, HeaderMap, Value)>>>;

    /// A service that gives these answers one after the other, and what it was sent.
    async fn service(answers: Vec<(StatusCode, Value)>) -> (SdkConfig, Seen) {
        let seen = Seen::default();
        let (noted, answers) = (seen.clone(), Arc::new(Mutex::new(answers.into_iter())));
        let router = Router::new().fallback(move |uri: Uri, headers: HeaderMap, body: Bytes| async move {
            let body = serde_json::from_slice(&body).expect("JSON");
            noted.lock().expect("one at a time").push((uri.path().to_owned(), headers, body));
            let (status, body) = answers.lock().expect("one at a time").next().expect("an answer is left");
            (status, axum::Json(body))
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        tokio::spawn(async move { axum::serve(listener, router).await });
        let credentials = Credentials::new("AKIAIOSFODNN7EXAMPLE", "secret", Some("session".into()), None, "test");
        let sdk = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new("eu-central-1"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .retry_config(RetryConfig::standard().with_initial_backoff(Duration::from_millis(1)))
            .endpoint_url(format!("http://{address}"));
        (sdk.build(), seen)
    }

    async fn get_parameter(sdk: &SdkConfig) -> Result<Value, CallError> {
        let operation = JsonOperation::new(sdk, &GET_PARAMETER).await.expect("it has all that it needs");
        operation.call(json!({"Name": "/millrace/test/signing-key", "WithDecryption": true})).await
    }

    #[tokio::test]
    async fn a_call_is_signed_and_has_the_protocols_headers() {
        let (sdk, seen) = service(vec![(StatusCode::OK, json!({"Parameter": {"Value": "key"}}))]).await;
        let answer = get_parameter(&sdk).await.expect("it answers");
        assert_eq!(answer["Parameter"]["Value"], "key");
        let seen = seen.lock().expect("nobody else");
        let [(path, headers, body)] = &seen[..] else { panic!("one call: {seen:?}") };
        assert_eq!((path.as_str(), &headers["x-amz-target"]), ("/", &"AmazonSSM.GetParameter".parse().expect("text")));
        assert_eq!(headers["content-type"], "application/x-amz-json-1.1");
        assert_eq!(headers["x-amz-security-token"], "session");
        assert_eq!(body, &json!({"Name": "/millrace/test/signing-key", "WithDecryption": true}));
        let signature = headers["authorization"].to_str().expect("text");
        assert!(signature.starts_with("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/"), "{signature}");
        assert!(signature.contains("/eu-central-1/ssm/aws4_request"), "{signature}");
        for header in ["content-type", "host", "x-amz-date", "x-amz-security-token", "x-amz-target"] {
            assert!(signature.contains(header), "{header} is not signed: {signature}");
        }
    }

    #[tokio::test]
    async fn a_failure_of_the_service_is_retried() {
        let answers = vec![
            (StatusCode::INTERNAL_SERVER_ERROR, json!({"__type": "InternalServerError"})),
            (StatusCode::BAD_REQUEST, json!({"__type": "com.amazonaws.ssm#ThrottlingException"})),
            (StatusCode::OK, json!({"Parameter": {"Value": "key"}})),
        ];
        let (sdk, seen) = service(answers).await;
        assert_eq!(get_parameter(&sdk).await.expect("the third answers")["Parameter"]["Value"], "key");
        assert_eq!(seen.lock().expect("nobody else").len(), 3);
    }

    #[tokio::test]
    async fn a_refusal_names_the_services_code_and_is_not_retried() {
        let refusal = json!({"__type": "com.amazonaws.ssm#ParameterNotFound", "message": "Not found"});
        let (sdk, seen) = service(vec![(StatusCode::BAD_REQUEST, refusal)]).await;
        let error = get_parameter(&sdk).await.expect_err("it refuses");
        assert_eq!(error.code.as_deref(), Some("ParameterNotFound"));
        assert_eq!(error.to_string(), "GetParameter: ParameterNotFound: Not found");
        assert_eq!(seen.lock().expect("nobody else").len(), 1);
    }

    #[tokio::test]
    async fn addresses_follow_the_regions_partition() {
        for (region, host, address) in [
            ("eu-central-1", "email", "https://email.eu-central-1.amazonaws.com"),
            ("cn-north-1", "ssm", "https://ssm.cn-north-1.amazonaws.com.cn"),
            ("us-gov-west-1", "ssm", "https://ssm.us-gov-west-1.amazonaws.com"),
        ] {
            assert_eq!(super::address(region, host).await.expect("it has one"), address);
        }
    }
}
