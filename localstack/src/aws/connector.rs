use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http::{HeaderValue, header};
use http_body_util::BodyExt;

use super::StandIns;
use super::meter::Meter;
use super::service::{self, Call, Service};

/// The SDK's HTTP client that calls the stand-ins as functions.
#[derive(Clone, Debug)]
pub(crate) struct InProcess(StandIns);

impl InProcess {
    pub(crate) fn new(stand_ins: StandIns) -> Self {
        Self(stand_ins)
    }
}

impl HttpClient for InProcess {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let stand_ins = self.0.clone();
        // Here, and not in the future, because the SDK calls this in the caller's task.
        let meter = Meter::current();
        HttpConnectorFuture::new(async move {
            let request = request.try_into_http1x().map_err(|e| ConnectorError::other(e.into(), None))?;
            let (parts, body) = request.into_parts();
            let target = parts.headers.get("x-amz-target").and_then(|v| v.to_str().ok());
            let path = parts.uri.path();
            let service = Service::of(target, path);
            if service == Service::Blobs {
                service.count(meter.as_ref());
                return blob(&stand_ins, parts, body).await;
            }
            let body = whole(body).await?;
            let (method, target) = (parts.method.as_str(), target.unwrap_or_default());
            let call = Call { method, target, path, body, meter, comes_once: true };
            let answer = service::answer(&stand_ins, service, call).await;
            HttpResponse::try_from(answer.map(SdkBody::from)).map_err(|e| ConnectorError::other(e.into(), None))
        })
    }
}

async fn whole(body: SdkBody) -> Result<Bytes, ConnectorError> {
    match body.bytes() {
        Some(bytes) => Ok(Bytes::copy_from_slice(bytes)),
        None => Ok(body.collect().await.map_err(ConnectorError::io)?.to_bytes()),
    }
}

async fn blob(
    stand_ins: &StandIns,
    mut parts: http::request::Parts,
    body: SdkBody,
) -> Result<HttpResponse, ConnectorError> {
    // An HTTP client adds it when it sends, and the signature covers it.
    if !parts.headers.contains_key(header::HOST)
        && let Some(host) = parts.uri.authority().and_then(|a| HeaderValue::from_str(a.as_str()).ok())
    {
        parts.headers.insert(header::HOST, host);
    }
    let request = http::Request::from_parts(parts, s3s::Body::http_body_unsync(body));
    let response = stand_ins.0.blobs.answer(request).await;
    HttpResponse::try_from(response.map(SdkBody::from_body_1_x)).map_err(|e| ConnectorError::other(e.into(), None))
}
