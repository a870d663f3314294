//! One address for the API, the sockets, the client and the stand-ins.

use super::{System, local, provision::BUCKET, sockets};
use axum::{
    Router,
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, Method, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use millrace_endpoint::{Error, endpoint::SourceAddress, lambda, problem};
use std::{convert::Infallible, net::SocketAddr, path::Path, sync::Arc};
use tower::{Layer, ServiceExt, service_fn};
use tower_http::{
    cors::{Any, CorsLayer},
    services::{ServeDir, ServeFile},
};

pub(crate) fn router(system: &Arc<System>, web: Option<&Path>) -> Router {
    let api = lambda::router(system.functions.iter().copied(), system.platform.clone());
    let rest = Rest { api, client: web.map_or_else(|| Router::new().fallback(no_such_path), client) };
    let avatars = system.stand_ins.buckets_folder().join(BUCKET).join("avatars");
    let avatars = Router::new().fallback_service(ServeDir::new(avatars)).layer(from_fn(cache_for_good));
    Router::new()
        .route("/live", get(sockets::open))
        .nest_service("/avatars", avatars)
        .nest("/_local", local::router(web))
        .with_state(system.clone())
        .fallback_service(Router::new().fallback(any(to_rest)).with_state(rest))
        .layer(from_fn(take_source_address))
        .layer(from_fn_with_state(system.clone(), stand_ins_first))
}

/// What serves the paths that are not the server's own.
#[derive(Clone)]
struct Rest {
    api: Router,
    client: Router,
}

async fn to_rest(State(rest): State<Rest>, request: Request) -> Response {
    let path = request.uri().path();
    let for_api = path == "/api" || ["/api/", "/.well-known/", "/s/"].iter().any(|prefix| path.starts_with(prefix));
    let service = if for_api { rest.api } else { rest.client };
    service.oneshot(request).await.into_response()
}

async fn no_such_path() -> Response {
    problem::respond(&Error::NotFound("There is nothing at this path.".to_owned()), "")
}

/// The built client; every path that is no file is a page of the client's own.
fn client(folder: &Path) -> Router {
    let page = ServeFile::new(folder.join("index.html"));
    let files = ServeDir::new(folder).precompressed_gzip().fallback(page);
    Router::new().fallback_service(files).layer(from_fn(cache_built_files))
}

async fn cache_built_files(request: Request, next: Next) -> Response {
    let hashed = request.uri().path().starts_with("/assets/");
    let mut response = next.run(request).await;
    let policy = if hashed { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(policy));
    response
}

/// As the distribution serves them: what is at such an address never changes.
async fn cache_for_good(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status().is_success() {
        let policy = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(header::CACHE_CONTROL, policy);
    }
    response
}

async fn take_source_address(mut request: Request, next: Next) -> Response {
    if let Some(ConnectInfo(address)) = request.extensions().get::<ConnectInfo<SocketAddr>>() {
        let address = SourceAddress(address.ip().to_string());
        request.extensions_mut().insert(address);
    }
    next.run(request).await
}

/// Calls of the AWS SDK come to the same port: from real Lambda binaries, and from browsers with signed addresses.
async fn stand_ins_first(State(system): State<Arc<System>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let in_bucket = path.strip_prefix('/').and_then(|path| path.strip_prefix(BUCKET));
    if in_bucket.is_some_and(|rest| rest.starts_with('/')) {
        return files(&system, request).await;
    }
    let meant = request.headers().contains_key("x-amz-target") || path.starts_with("/@connections/");
    if meant { system.stand_ins.answer(request).await } else { next.run(request).await }
}

/// The bucket of files, to browsers that opened the client by a workspace's own name too: the same rules as the deployed
/// bucket has.
async fn files(system: &System, request: Request) -> Response {
    let rules = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::CONTENT_TYPE])
        .expose_headers([header::ETAG]);
    let bucket = service_fn(|request| async { Ok::<_, Infallible>(system.stand_ins.answer(request).await) });
    match rules.layer(bucket).oneshot(request).await {
        Ok(response) => response,
        Err(never) => match never {},
    }
}
