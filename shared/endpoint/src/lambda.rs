//! The entry point of a deployed function: one binary per area, one function per process.

use crate::{
    declared::Declared,
    endpoint::SourceAddress,
    platform::{Platform, Settings},
    problem, trust,
};
use aws_config::BehaviorVersion;
use axum::{Router, extract::Request, middleware::map_request};
use lambda_http::request::RequestContext;
use lambda_runtime::{LambdaEvent, service_fn};
use millrace_domain::{Error, time::clock::Clock};
use serde_json::Value;
use std::{process::ExitCode, sync::Arc};
use tracing_subscriber::{
    Layer as _,
    filter::{LevelFilter, Targets},
    layer::SubscriberExt as _,
    util::SubscriberInitExt as _,
};

/// Runs the function of `area` that the environment names.
pub fn main(area: &'static [Declared]) -> ExitCode {
    let lines = tracing_subscriber::fmt::layer().json().flatten_event(true);
    let lines = lines.with_target(false).with_current_span(false).without_time();
    tracing_subscriber::registry()
        .with(lines.with_filter(level(&std::env::var("RUST_LOG").unwrap_or_default())))
        .init();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error),
    };
    match runtime.block_on(serve(area)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&*error),
    }
}

/// The least important lines that are logged, by the notation of `RUST_LOG`: a level, or levels by module. Modules that it
/// does not name log from INFO on.
fn level(notation: &str) -> Targets {
    let levels = if notation.is_empty() { Targets::new() } else { notation.parse().unwrap_or_default() };
    if levels.default_level().is_some() { levels } else { levels.with_default(LevelFilter::INFO) }
}

fn fail(error: &dyn std::error::Error) -> ExitCode {
    tracing::error!(%error, cause = ?error.source(), "the function cannot start");
    ExitCode::FAILURE
}

async fn serve(area: &'static [Declared]) -> Result<(), lambda_runtime::Error> {
    let variable = |name| std::env::var(name).unwrap_or_default();
    let functions = select(area, &variable("_HANDLER"), &variable("AWS_LAMBDA_FUNCTION_NAME"), &own_name())?;
    let mut sdk = aws_config::defaults(BehaviorVersion::latest());
    if let Some(client) = trust::client(&variable("AWS_REGION"), &variable("AWS_ENDPOINT_URL"))? {
        sdk = sdk.http_client(client);
    }
    let sdk = sdk.load().await;
    let platform = Platform::new(Settings::from_environment()?, sdk, Clock::system())?;
    if let [only] = functions.as_slice()
        && let Some(invoke) = only.invoke
    {
        return lambda_runtime::run(service_fn(move |event: LambdaEvent<Value>| {
            let platform = platform.clone();
            async move { invoke(platform, event.payload).await.map_err(logged) }
        }))
        .await;
    }
    let router = router(functions.iter().copied(), platform).layer(map_request(take_source_address));
    lambda_http::run(router).await
}

fn logged(error: Error) -> String {
    tracing::error!(%error, cause = ?std::error::Error::source(&error), "the call failed");
    error.to_string()
}

async fn take_source_address(mut request: Request) -> Request {
    if let Some(RequestContext::ApiGatewayV2(context)) = request.extensions().get::<RequestContext>() {
        let address = context.http.source_ip.clone().unwrap_or_default();
        request.extensions_mut().insert(SourceAddress(address));
    }
    request
}

fn own_name() -> String {
    let own = std::env::args().next().unwrap_or_default();
    own.rsplit('/').next().unwrap_or_default().to_owned()
}

/// The functions that this process serves: one, or for local development the whole area. A name that no function
/// bears is a refusal: never the whole area by mistake.
fn select(area: &'static [Declared], handler: &str, function: &str, own: &str) -> Result<Vec<Declared>, Error> {
    let find = |name: &str| area.iter().find(|declared| declared.name == name).map(|declared| vec![*declared]);
    if !handler.is_empty() && handler != "bootstrap" {
        return find(handler).ok_or_else(|| Error::internal(format!("no function here is called {handler}")));
    }
    if function.is_empty() || function == own || function == area_name(area) {
        return Ok(area.iter().filter(|declared| declared.mount.is_some()).copied().collect());
    }
    find(function).ok_or_else(|| Error::internal(format!("no function here is called {function}")))
}

fn area_name(area: &[Declared]) -> &str {
    area.first().and_then(|declared| declared.name.split('-').next()).unwrap_or_default()
}

/// One router of many functions, on `platform`.
pub fn router(functions: impl IntoIterator<Item = Declared>, platform: Arc<Platform>) -> Router {
    let mounts = functions.into_iter().filter_map(|declared| declared.mount);
    mounts
        .fold(Router::new(), |router, mount| mount(router))
        .fallback(|| async { problem::respond(&Error::NotFound("There is nothing at this path.".to_owned()), "") })
        .method_not_allowed_fallback(|| async {
            problem::respond(&Error::MethodNotAllowed("This path does not take this method.".to_owned()), "")
        })
        .layer(tower_http::compression::CompressionLayer::new())
        .with_state(platform)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Job, Run};

    #[derive(Clone)]
    struct Nightly;
    impl Job for Nightly {
        const NAME: &'static str = "jobs-nightly";
        const ABOUT: &'static str = "";
        const SCHEDULE: &'static str = "rate(1 day)";
        type Uses = ();
        async fn run(_: Run<Self>) -> millrace_domain::Result<()> {
            Ok(())
        }
    }
    const AREA: &[Declared] = &[Declared::job::<Nightly>()];

    fn names(handler: &str, function: &str) -> Option<Vec<&'static str>> {
        let selected = select(AREA, handler, function, "jobs").ok()?;
        Some(selected.iter().map(|declared| declared.name).collect())
    }

    #[test]
    fn the_log_level_is_info_unless_the_environment_names_one() {
        for (notation, default) in [
            ("", LevelFilter::INFO),
            ("loud!", LevelFilter::INFO),
            ("debug", LevelFilter::DEBUG),
            ("error,millrace_store=debug", LevelFilter::ERROR),
        ] {
            assert_eq!(level(notation).default_level(), Some(default), "{notation}");
        }
        assert!(level("error,millrace_store=debug").would_enable("millrace_store::table", &tracing::Level::DEBUG));
    }

    #[test]
    fn an_unknown_handler_name_refuses_to_start() {
        assert_eq!(names("jobs-nightly", "anything"), Some(vec!["jobs-nightly"]));
        assert_eq!(names("bootstrap", "jobs-nightly"), Some(vec!["jobs-nightly"]));
        assert_eq!(names("jobs-daily", "jobs-nightly"), None);
        assert_eq!(names("bootstrap", "millrace"), None);
        assert_eq!(names("bootstrap", "jobs"), Some(vec![]));
        assert_eq!(names("", ""), Some(vec![]));
    }
}
