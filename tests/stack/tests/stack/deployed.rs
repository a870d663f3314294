//! A deployment of its own, which ends with the test.

use anyhow::{Context, Result, bail};
use millrace_deploy::{cloud::Cloud, deployment, ministack::MiniStack};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    future::Future,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// The stage that is deployed.
pub const STAGE: &str = "test";
/// How long what happens by itself may take, on a machine with much else to do.
const PATIENCE: Duration = Duration::from_secs(30);
const LAST_LINES: usize = 40;

/// What is deployed, and which of its functions were seen to work.
pub struct Deployed {
    /// Where it is deployed to.
    pub cloud: Cloud,
    /// Where the HTTP API is.
    pub api_url: String,
    /// Where the sockets are.
    pub socket_url: String,
    /// A client.
    pub http: reqwest::Client,
    called: Mutex<BTreeSet<&'static str>>,
    ministack: MiniStack,
}

impl Deployed {
    /// Starts MiniStack and deploys to it.
    pub async fn start() -> Result<Self> {
        let ministack = MiniStack::start().await?;
        let cloud = Cloud::connect(Some(&ministack.endpoint())).await?;
        let options = deployment::Options {
            stage: STAGE.to_owned(),
            endpoint: None,
            function: None,
            profile_build: None,
            mail_from: None,
            public_url: None,
            domain: None,
            certificate: None,
            alarm_email: None,
            without_web: true,
        };
        let deployed = match deployment::deploy(&cloud, &options).await {
            Ok(deployed) => deployed,
            Err(error) => bail!("{error:#}\n\nwhat MiniStack logged:\n{}", last_lines(&ministack.log())),
        };
        let (api_url, socket_url) = (deployed.api_url, deployed.socket_url);
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build()?;
        Ok(Self { cloud, api_url, socket_url, http, called: Mutex::default(), ministack })
    }

    /// Notes that a function was seen to work.
    pub fn saw(&self, function: &'static str) {
        self.called.lock().unwrap_or_else(PoisonError::into_inner).insert(function);
    }

    /// The functions that were seen to work.
    pub fn seen(&self) -> BTreeSet<&'static str> {
        self.called.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The mails that were sent to `to`.
    pub async fn mails_to(&self, to: &str) -> Result<Vec<Value>> {
        let url = format!("{}/_ministack/ses/messages", self.ministack.endpoint());
        let answer: Value = self.http.get(url).send().await?.error_for_status()?.json().await?;
        let accounts = answer["messages"].as_object().context("no messages")?;
        let all = accounts.values().flat_map(|mails| mails.as_array().cloned().unwrap_or_default());
        Ok(all.filter(|mail| mail["To"].as_array().is_some_and(|all| all.contains(&to.into()))).collect())
    }

    /// The end of MiniStack's log.
    pub fn last_log_lines(&self) -> String {
        last_lines(&self.ministack.log())
    }
}

fn last_lines(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(LAST_LINES)..].join("\n")
}

/// Asks until there is an answer: for what MiniStack tells nobody about.
pub async fn until<T, F: Future<Output = Result<Option<T>>>>(what: &str, mut ask: impl FnMut() -> F) -> Result<T> {
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        if let Some(answer) = ask().await? {
            return Ok(answer);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    bail!("{what} did not happen within {} s", PATIENCE.as_secs())
}

/// Waits for what must happen soon.
pub async fn soon<T>(what: &str, future: impl Future<Output = Result<T>>) -> Result<T> {
    let waited = tokio::time::timeout(PATIENCE, future).await;
    waited.with_context(|| format!("{what} did not happen within {} s", PATIENCE.as_secs()))?
}
