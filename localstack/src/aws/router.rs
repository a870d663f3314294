use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use http::{Request, Response, request};
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;

use super::StandIns;
use super::service::{self, Call, Service};
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
        let request = Request::from_parts(parts, s3s::Body::http_body_unsync(ReadToItsEnd(Some(body))));
        return stand_ins.0.blobs.answer(request).await.map(Body::new);
    }
    let Ok(body) = axum::body::to_bytes(body, BODY_LIMIT).await else {
        return wire::rest_error(413, "RequestEntityTooLargeException", "the body is too large").map(Body::from);
    };
    let call = Call {
        method: parts.method.as_str(),
        target: target.unwrap_or_default(),
        path: parts.uri.path(),
        body,
        meter: None,
        comes_once: false,
    };
    service::answer(stand_ins, service, call).await.map(Body::from)
}

/// A body of which the rest is read too where a service answers before its end: a browser that still sends when the
/// connection is closed never sees the answer.
struct ReadToItsEnd(Option<Body>);

impl HttpBody for ReadToItsEnd {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Self::Data>, Self::Error>>> {
        match &mut self.0 {
            Some(body) => Pin::new(body).poll_frame(context),
            None => Poll::Ready(None),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.0.as_ref().is_none_or(HttpBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.0.as_ref().map_or_else(|| SizeHint::with_exact(0), HttpBody::size_hint)
    }
}

impl Drop for ReadToItsEnd {
    fn drop(&mut self) {
        if let Some(mut rest) = self.0.take().filter(|body| !body.is_end_stream()) {
            tokio::spawn(async move { while let Some(Ok(_)) = rest.frame().await {} });
        }
    }
}
