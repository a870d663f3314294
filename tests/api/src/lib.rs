//! Test clients that use Millrace through its public API, as people with a workspace of their own.
//!
//! One server per test binary, in memory, on a free port; tests that move the clock start their own.

mod consumer;
mod person;
mod reply;
mod socket;
mod upload;

pub use person::{Board, PASSWORD, Person};
pub use reply::Reply;
pub use socket::Socket;

use millrace_localstack::server::{Options, Server};
use serde_json::Value;
use std::{
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
        mpsc,
    },
    time::Duration,
};

/// How long a test waits for what should happen at once.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A running system.
pub struct Stack {
    /// The server.
    pub server: Server,
    /// A client without anybody's token.
    pub http: reqwest::Client,
}

static COUNT: AtomicU64 = AtomicU64::new(0);

/// Something that no other test of this process has: `unique("alex")`.
pub fn unique(name: &str) -> String {
    format!("{name}{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

/// A client that keeps no connections: each belongs to the runtime of the test that opened it, and ends with that.
fn client() -> reqwest::Client {
    reqwest::Client::builder().pool_max_idle_per_host(0).build().expect("a client")
}

impl Stack {
    /// The server that all tests of this binary share.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Stack> = OnceLock::new();
        SHARED.get_or_init(|| {
            // Each test has a runtime of its own that ends with it; the server must outlive them all.
            let (sender, receiver) = mpsc::channel();
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
                let runtime = runtime.expect("a runtime");
                sender.send(runtime.block_on(Self::own())).expect("somebody waits");
                runtime.block_on(std::future::pending::<()>());
            });
            receiver.recv().expect("the server starts")
        })
    }

    /// A server of this test's own, whose clock it may move.
    pub async fn own() -> Self {
        let functions = millrace_infra::functions(millrace_infra::AREAS);
        let server = Server::start(Options::in_memory(functions)).await.expect("the server starts");
        Self { server, http: client() }
    }

    /// The address of `path`.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.url())
    }

    /// A new person with a workspace of their own, who is its owner.
    pub async fn person(&self, name: &str) -> Person<'_> {
        Person::register(self, name, true).await
    }

    /// A new person without a workspace.
    pub async fn person_without_workspace(&self, name: &str) -> Person<'_> {
        Person::register(self, name, false).await
    }

    /// Calls without a token.
    pub async fn call(&self, method: &str, path: &str, body: Option<Value>) -> Reply {
        let method = method.parse().expect("a method");
        let mut request = self.http.request(method, self.url(path));
        if let Some(body) = body {
            request = request.json(&body);
        }
        Reply::of(request).await
    }

    /// Moves the system's time, and waits until what follows from it is done.
    pub async fn advance(&self, duration: &str) {
        let duration = duration.parse().expect("a duration");
        self.server.clock().advance(duration).expect("moves");
        self.idle().await;
    }

    /// Waits until streams and queues are drained.
    pub async fn idle(&self) {
        assert!(self.server.idle(PATIENCE).await, "streams and queues are not drained");
    }

    /// The newest mail to `to`: waits until there is one.
    pub async fn mail_to(&self, to: &str) -> Value {
        self.mail_that(to, |_| true).await
    }

    /// What the link of the newest mail to `to` ends in, behind `before`: waits until there is one with such a link.
    pub async fn mailed_token(&self, to: &str, before: &str) -> String {
        let link = |mail: &Value| {
            let links = mail["links"].as_array()?.iter().filter_map(Value::as_str);
            links.filter_map(|link| link.split_once(before)).map(|(_, token)| token.to_owned()).next()
        };
        let mail = self.mail_that(to, |mail| link(mail).is_some()).await;
        link(&mail).expect("a link")
    }

    async fn mail_that(&self, to: &str, wanted: impl Fn(&Value) -> bool) -> Value {
        let mut arrivals = self.server.stand_ins().mailbox().arrivals();
        let wait = async {
            loop {
                arrivals.borrow_and_update();
                let found = Reply::of(self.http.get(self.url(&format!("/_local/mail?to={to}")))).await.ok(200);
                if let Some(mail) = found["items"].as_array().into_iter().flatten().find(|mail| wanted(mail)) {
                    return mail.clone();
                }
                arrivals.changed().await.expect("the mailbox is open");
            }
        };
        tokio::time::timeout(PATIENCE, wait).await.expect("a mail comes")
    }
}
