//! An endpoint: one route, one function.

use crate::{
    answer::Answer,
    body::{Body, read_query},
    call::{Call, Origin},
    capability::Capabilities,
    path::PathParameters,
    platform::Platform,
    problem,
    racing::again,
    route::{Method, Route},
};
use axum::{
    Router,
    body::Bytes,
    extract::{FromRequestParts, RawPathParams, Request, State},
    http::{HeaderMap, HeaderValue, header, request::Parts},
    response::Response,
    routing::{MethodFilter, on},
};
use bytes::BytesMut;
use http_body_util::BodyExt;
use millrace_domain::{Error, Result, id::ProjectKey, token::random_string, workspace::role::Need};
use millrace_store::{Claim, idempotency};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use std::{sync::Arc, time::Instant};

/// One route, one function. The doc comment of the type that implements it is its description in the reference.
pub trait Endpoint: JsonSchema + Clone + Send + Sync + Sized + 'static {
    /// Its name, its method and path, who may call it, and what it needs to run.
    const ROUTE: Route;
    /// The only capabilities that its code gets, and the only ones that its role grants.
    type Uses: Capabilities;
    /// What the path names.
    type Path: PathParameters;
    /// What the query may ask.
    type Query: DeserializeOwned + JsonSchema + Clone + Send + Sync + 'static;
    /// What is sent.
    type Body: Body;
    /// What is answered.
    type Output: Answer;

    /// Does it.
    fn handle(call: Call<Self>) -> impl Future<Output = Result<Self::Output>> + Send;

    /// The project whose role the endpoint needs: the one that the path names.
    fn project(call: &Call<Self>) -> Option<ProjectKey> {
        call.path.project()
    }

    /// What a browser is to do with its cookies when the call is refused: the whole value of `Set-Cookie`.
    fn cookie_when_refused(_: &Error) -> Option<String> {
        None
    }
}

/// The address that a call comes from, as the gateway (or the server) saw it.
#[derive(Debug, Clone)]
pub struct SourceAddress(pub String);

/// A task that is moved again and again while it is called for is followed so often.
const MOVES_FOLLOWED: u32 = 3;

/// The name of the refresh token's cookie.
pub const REFRESH_COOKIE: &str = "millrace_refresh";

/// Puts an endpoint onto a router.
pub(crate) fn mount<E: Endpoint>(router: Router<Arc<Platform>>) -> Router<Arc<Platform>> {
    let filter = match E::ROUTE.method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Put => MethodFilter::PUT,
        Method::Patch => MethodFilter::PATCH,
        Method::Delete => MethodFilter::DELETE,
    };
    router.route(E::ROUTE.path, on(filter, answer::<E>))
}

async fn answer<E: Endpoint>(State(platform): State<Arc<Platform>>, request: Request) -> Response {
    let started = Instant::now();
    let id = request_id(request.headers());
    let (parts, body) = request.into_parts();
    let (claim, result) = run::<E>(platform, parts, body).await;
    let outcome = result.as_ref().err();
    let status = outcome.map_or(E::Output::STATUS, Error::status);
    let cause = match outcome {
        Some(Error::Internal(cause) | Error::Busy(cause)) => Some(cause.to_string()),
        _ => None,
    };
    tracing::info!(
        function = E::ROUTE.name,
        request = %id,
        status,
        milliseconds = started.elapsed().as_secs_f64() * 1_000.0,
        workspace = claim.as_ref().and_then(|claim| claim.workspace.as_ref()).map(tracing::field::display),
        person = claim.as_ref().map(|claim| tracing::field::display(&claim.person)),
        refused = outcome.map(tracing::field::display),
        cause,
        "call"
    );
    let cookie = result.as_ref().err().and_then(E::cookie_when_refused);
    let mut response = result.unwrap_or_else(|error| problem::respond(&error, &id));
    let headers = response.headers_mut();
    if let Some(cookie) = cookie.and_then(|cookie| HeaderValue::from_str(&cookie).ok()) {
        headers.append(header::SET_COOKIE, cookie);
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if let Ok(id) = HeaderValue::from_str(&id) {
        headers.insert("x-request-id", id);
    }
    response
}

fn request_id(headers: &HeaderMap) -> String {
    let sent = headers.get("x-amzn-trace-id").and_then(|value| value.to_str().ok());
    sent.map_or_else(|| random_string(16), str::to_owned)
}

async fn run<E: Endpoint>(
    platform: Arc<Platform>,
    mut parts: Parts,
    body: axum::body::Body,
) -> (Option<Claim>, Result<Response>) {
    // Who calls is settled before anything that they sent is looked at.
    let claim = match identify(&platform, &parts.headers, E::ROUTE.need) {
        Ok(claim) => claim,
        Err(error) => return (None, Err(error)),
    };
    let result = async {
        let mut call = read_call::<E>(platform, claim.clone(), &mut parts, body).await?;
        let mut answer = again(|| Box::pin(E::handle(call.clone()))).await;
        for _ in 0..MOVES_FOLLOWED {
            let Err(Error::Transferred(moved)) = answer else { break };
            call.follow(*moved);
            answer = again(|| Box::pin(E::handle(call.clone()))).await;
        }
        answer.and_then(Answer::respond)
    }
    .await;
    (claim, result)
}

/// Settles public, signed-in and workspace needs from the token alone; a project's need is a read.
fn identify(platform: &Platform, headers: &HeaderMap, need: Need) -> Result<Option<Claim>> {
    let sent = headers.get(header::AUTHORIZATION);
    let token = match sent.map(|value| value.to_str().ok().and_then(|value| value.strip_prefix("Bearer "))) {
        None if need == Need::Public => return Ok(None),
        None => return Err(Error::Unauthorized("Sign in first.".to_owned())),
        Some(None) => return Err(Error::Unauthorized("The Authorization header takes a bearer token.".to_owned())),
        Some(Some(token)) => token.trim(),
    };
    let claims = match platform.keys.check(token, platform.clock.now()) {
        Ok(claims) => claims,
        // A public endpoint does not ask who calls: an old token in the header must not keep anybody from signing in.
        Err(_) if need == Need::Public => return Ok(None),
        Err(error) => return Err(error),
    };
    let host = host(headers);
    if let (Some(label), Some(slug)) = (subdomain(platform, &host), &claims.slug)
        && label != slug
    {
        return Err(Error::Forbidden("This token is for another workspace than this address.".to_owned()));
    }
    let claim = claims.claim();
    match need {
        Need::Public | Need::User => {}
        Need::Workspace(role) if claim.role.is_none_or(|held| held < role) => {
            let missing = if claim.workspace.is_none() {
                "Choose a workspace first.".to_owned()
            } else {
                format!("This needs the role {need}.")
            };
            return Err(Error::Forbidden(missing));
        }
        Need::Project(_) if claim.workspace.is_none() => {
            return Err(Error::Forbidden("Choose a workspace first.".to_owned()));
        }
        Need::Workspace(_) | Need::Project(_) => {}
    }
    Ok(Some(claim))
}

/// The workspace that the host names: the label before the deployment's own domain.
pub(crate) fn subdomain<'host>(platform: &Platform, host: &'host str) -> Option<&'host str> {
    let own = platform.settings.public_url.split("://").nth(1)?.split(['/', ':']).next()?;
    host.strip_suffix(own)?.strip_suffix('.').filter(|label| !label.contains('.'))
}

/// The host that people see: behind the distribution the gateway sees its own, and is told theirs.
fn host(headers: &HeaderMap) -> String {
    let host = headers.get("x-forwarded-host").or_else(|| headers.get(header::HOST));
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or("");
    host.split(':').next().unwrap_or("").to_ascii_lowercase()
}

async fn read_call<E: Endpoint>(
    platform: Arc<Platform>,
    claim: Option<Claim>,
    parts: &mut Parts,
    body: axum::body::Body,
) -> Result<Call<E>> {
    let raw = RawPathParams::from_request_parts(parts, &()).await;
    let raw = raw.map_err(|_| Error::Malformed("The path is not UTF-8.".to_owned()))?;
    let path: E::Path = read_path(&raw)?;
    if let (Some(named), Some(claim)) = (path.workspace(), &claim)
        && claim.workspace.as_ref() != Some(named)
    {
        return Err(Error::not_found("workspace"));
    }
    let bytes = read_body(body, E::ROUTE.largest_body).await?;
    let headers = &parts.headers;
    let idempotency = idempotency_key::<E>(headers, claim.as_ref(), parts.uri.path(), &bytes)?;
    Ok(Call {
        path,
        query: read_query(parts.uri.query().unwrap_or(""))?,
        body: E::Body::read(headers, &bytes)?,
        now: platform.clock.now(),
        origin: origin(parts),
        uses: E::Uses::connect(&platform),
        idempotency,
        if_match: if_match(headers)?,
        moved: None,
        claim,
        platform,
    })
}

fn read_path<P: DeserializeOwned>(raw: &RawPathParams) -> Result<P> {
    let parameters = raw.iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    let map = parameters.map(|(name, value)| (name, serde_json::Value::String(value))).collect();
    serde_path_to_error::deserialize(serde_json::Value::Object(map)).map_err(|error| {
        // What is no id cannot be found: the status says so, the field says which part of the path it was.
        Error::NotFound(format!("{} {}.", error.path(), error.inner()))
    })
}

/// API Gateway takes no body that is larger: what a function refuses below that is still read to its end, since a client
/// that is cut off while it sends does not hear why.
const LARGEST_AT_ALL: usize = 10 * 1024 * 1024;

async fn read_body(mut body: axum::body::Body, largest: usize) -> Result<Bytes> {
    let (mut bytes, mut length) = (BytesMut::new(), 0);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Error::Malformed("The body ended before it was whole.".to_owned()))?;
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length <= largest {
            bytes.extend_from_slice(&data);
        } else if length > LARGEST_AT_ALL {
            break;
        }
    }
    if length > largest {
        return Err(Error::TooLarge(format!("The body is larger than the {largest} bytes that this takes.")));
    }
    Ok(bytes.freeze())
}

fn idempotency_key<E: Endpoint>(
    headers: &HeaderMap,
    claim: Option<&Claim>,
    path: &str,
    body: &[u8],
) -> Result<Option<idempotency::Key>> {
    let Some(sent) = headers.get("idempotency-key").filter(|_| E::ROUTE.method == Method::Post) else {
        return Ok(None);
    };
    let wrong = || Error::field("Idempotency-Key", "takes 1 to 200 visible characters");
    let sent = sent.to_str().ok().filter(|sent| (1..=200).contains(&sent.len())).ok_or_else(wrong)?;
    // Nobody but the same caller in the same workspace may get the answer again; without a caller there is no key.
    Ok(claim.map(|claim| {
        let workspace = claim.workspace.as_ref().map(ToString::to_string).unwrap_or_default();
        idempotency::Key::new(&format!("{workspace}/{}", claim.person), E::ROUTE.name, path, sent, body)
    }))
}

fn if_match(headers: &HeaderMap) -> Result<Option<u64>> {
    let Some(sent) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let sent = sent.to_str().unwrap_or("").trim();
    if sent == "*" {
        return Ok(None);
    }
    let quoted = sent.trim_start_matches("W/").trim_matches('"');
    quoted.parse().map(Some).map_err(|_| Error::field("If-Match", "takes the ETag of the version that you know"))
}

fn origin(parts: &Parts) -> Origin {
    let text = |name: header::HeaderName| {
        parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_owned()
    };
    let cookies = parts.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    Origin {
        address: parts.extensions.get::<SourceAddress>().map(|source| source.0.clone()).unwrap_or_default(),
        user_agent: text(header::USER_AGENT).chars().take(200).collect(),
        host: host(&parts.headers),
        refresh_token: pairs.find(|(name, _)| *name == REFRESH_COOKIE).map(|(_, value)| value.to_owned()),
        accept: text(header::ACCEPT),
    }
}
