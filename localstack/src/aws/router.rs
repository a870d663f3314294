use axum::Router;
use axum::body::{Body, BodyDataStream};
use futures::StreamExt;
use http::{Request, Response, request};

use super::StandIns;
use super::service::{self, Service};
use super::wire;

/// What DynamoDB takes at most, in bytes; the other services but S3 take less.
const BODY_LIMIT: usize = 16 * 1024 * 1024;

pub(crate) fn router(stand_ins: StandIns) -> Router {
    Router::new().fallback(move |request: Request<Body>| {
        let stand_ins = stand_ins.clone();
        async move { answer(&stand_ins, request).await }
    })
}

pub(crate) fn claims(stand_ins: &StandIns, request: &request::Parts) -> bool {
    let target = request.headers.get("x-amz-target").and_then(|v| v.to_str().ok());
    let path = request.uri.path();
    match Service::of(target, path) {
        Service::Blobs => stand_ins.0.blobs.holds(path),
        _ => true,
    }
}

pub(crate) async fn answer(stand_ins: &StandIns, request: Request<Body>) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let target = parts.headers.get("x-amz-target").and_then(|v| v.to_str().ok());
    let service = Service::of(target, parts.uri.path());
    if service == Service::Blobs {
        let request = Request::from_parts(parts, s3s::Body::http_body_unsync(read_to_its_end(body)));
        return stand_ins.0.blobs.answer(request).await.map(Body::new);
    }
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return wire::rest_error(413, "RequestEntityTooLargeException", "the body is too large").map(Body::from);
    };
    let method = parts.method.as_str();
    service::answer(stand_ins, service, method, target.unwrap_or_default(), parts.uri.path(), body, None)
        .await
        .map(Body::from)
}

/// A body of which the rest is read too where a service answers before its end: a browser that still sends when the
/// connection is closed never sees the answer.
fn read_to_its_end(body: Body) -> Body {
    let body = Rest(Some(body.into_data_stream()));
    Body::from_stream(futures::stream::unfold(body, |mut body| async {
        let part = body.0.as_mut()?.next().await;
        if part.is_none() {
            body.0 = None;
        }
        Some((part?, body))
    }))
}

struct Rest(Option<BodyDataStream>);

impl Drop for Rest {
    fn drop(&mut self) {
        if let Some(mut rest) = self.0.take() {
            tokio::spawn(async move { while let Some(Ok(_)) = rest.next().await {} });
        }
    }
}
