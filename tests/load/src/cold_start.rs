//! The cold start of a binary, from its start to its first response, under a Runtime API like Lambda's
//! (<https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>).

use crate::{
    report::{milliseconds, percentile, row},
    scene::Scene,
};
use anyhow::{Context, Result, bail};
use axum::{
    Router,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode},
    response::IntoResponse,
    routing::{get, post},
};
use millrace_endpoint::platform::KeySource;
use serde_json::{Value, json};
use std::{
    path::Path,
    process::Stdio,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::{net::TcpListener, process::Command, sync::mpsc};

/// How many starts are timed.
const STARTS: usize = 20;

/// What the binary does, as it does it.
enum Step {
    /// It asked for an event: it is initialised.
    Ready(Instant),
    /// It answered.
    Answered(Instant, Value),
}

#[derive(Clone)]
struct Host {
    steps: mpsc::UnboundedSender<Step>,
    event: Arc<Value>,
}

/// Measures `tasks-get`.
pub async fn measure(scene: &Scene, binaries: &Path) -> Result<()> {
    let binary = binaries.join("tasks");
    let (steps, mut taken) = mpsc::unbounded_channel();
    let host = Host { steps, event: Arc::new(event(scene)) };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let router = Router::new()
        .route("/2018-06-01/runtime/invocation/next", get(next))
        .route("/2018-06-01/runtime/invocation/{id}/response", post(answered))
        .with_state(host);
    let serving = tokio::spawn(async move { axum::serve(listener, router).await });
    let (mut init, mut call, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..STARTS {
        while taken.try_recv().is_ok() {}
        let spawned = Instant::now();
        let mut child = Command::new(&binary)
            .env_clear()
            .envs(environment(scene))
            .env("AWS_LAMBDA_RUNTIME_API", address.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} cannot be started", binary.display()))?;
        let both = async {
            let Some(Step::Ready(ready)) = taken.recv().await else { bail!("the binary did not ask for an event") };
            loop {
                if let Some(Step::Answered(answered, body)) = taken.recv().await {
                    if body["statusCode"] != 200 {
                        bail!("the binary answered {body}");
                    }
                    return Ok((ready, answered));
                }
            }
        };
        let (ready, answered) = tokio::time::timeout(Duration::from_secs(10), both).await.context("no answer")??;
        init.push(ready.duration_since(spawned));
        call.push(answered.duration_since(ready));
        whole.push(answered.duration_since(spawned));
        child.kill().await?;
    }
    serving.abort();
    for (name, mut times) in
        [("init: spawn to the first question", init), ("first call, with one round trip", call), ("whole", whole)]
    {
        times.sort();
        row(
            name,
            &format!(
                "p50 {:>9}   p90 {:>9}",
                milliseconds(percentile(&times, 0.5)),
                milliseconds(percentile(&times, 0.9))
            ),
        );
    }
    Ok(())
}

async fn next(State(host): State<Host>) -> impl IntoResponse {
    // Whoever measures may have stopped listening.
    drop(host.steps.send(Step::Ready(Instant::now())));
    let mut headers = HeaderMap::new();
    headers.insert("lambda-runtime-aws-request-id", HeaderValue::from_static("first"));
    headers.insert("lambda-runtime-deadline-ms", HeaderValue::from_static("4000000000000"));
    headers.insert(
        "lambda-runtime-invoked-function-arn",
        HeaderValue::from_static("arn:aws:lambda:us-east-1:000000000000:function:tasks-get"),
    );
    headers.insert("lambda-runtime-trace-id", HeaderValue::from_static("Root=1"));
    (headers, axum::Json((*host.event).clone()))
}

async fn answered(State(host): State<Host>, body: String) -> StatusCode {
    let now = Instant::now();
    drop(host.steps.send(Step::Answered(now, serde_json::from_str(&body).unwrap_or(Value::Null))));
    StatusCode::ACCEPTED
}

fn event(scene: &Scene) -> Value {
    let path = format!("/api/tasks/{}", scene.tasks[0]);
    json!({
        "version": "2.0", "routeKey": "GET /api/tasks/{task}", "rawPath": path, "rawQueryString": "",
        "headers": {"host": "localhost", "authorization": format!("Bearer {}", scene.token)},
        "requestContext": {
            "accountId": "000000000000", "apiId": "api", "domainName": "localhost", "domainPrefix": "localhost", "requestId": "1",
            "routeKey": "GET /api/tasks/{task}", "stage": "$default", "time": "20/Nov/2026:10:00:00 +0000", "timeEpoch": 1_795_000_000_000u64,
            "http": {"method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "bench"},
        },
        "isBase64Encoded": false,
    })
}

fn environment(scene: &Scene) -> Vec<(String, String)> {
    let settings = &scene.server.platform().settings;
    let mut variables: Vec<(String, String)> =
        scene.server.stand_ins().environment().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let own = [
        ("_HANDLER", "tasks-get"),
        ("AWS_LAMBDA_FUNCTION_NAME", "tasks-get"),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
        ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "log"),
        ("AWS_LAMBDA_LOG_GROUP_NAME", "log"),
        ("MILLRACE_TABLE", settings.table.as_str()),
        ("MILLRACE_PUBLIC_URL", settings.public_url.as_str()),
        ("MILLRACE_JWKS", settings.jwks.as_str()),
        ("MILLRACE_CURSOR_KEY", settings.cursor_key.as_str()),
    ];
    variables.extend(own.map(|(name, value)| (name.to_owned(), value.to_owned())));
    debug_assert!(matches!(settings.signing_key, KeySource::Pem(_)));
    variables
}
