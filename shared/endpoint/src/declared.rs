//! A declaration in the list of its area's `lib.rs`.

use crate::{
    answer::Answer,
    body::Body,
    capability::{Capabilities, Grant},
    consumer::{self, Consumer, StreamConsumer},
    endpoint::{self, Endpoint},
    job::{self, Job},
    operation::Operation,
    platform::Platform,
    queue::{Message, QueueName},
    route::Route,
    socket::{self, SocketOperation, SocketRoute},
};
use axum::Router;
use futures::future::BoxFuture;
use millrace_domain::Result;
use schemars::SchemaGenerator;
use serde_json::Value;
use std::sync::Arc;

/// What calls a function.
#[derive(Debug, Clone, Copy)]
pub enum Trigger {
    /// An HTTP route.
    Http(&'static Route),
    /// A frame of a socket, by its `action`.
    Socket(&'static str),
    /// A schedule.
    Schedule(&'static str),
    /// A queue.
    Queue(QueueName),
    /// The table's stream.
    Stream,
}

/// Calls a function with an event as AWS sends it.
pub type Invoke = fn(Arc<Platform>, Value) -> BoxFuture<'static, Result<Value>>;
/// Puts an endpoint onto a router.
pub type Mount = fn(Router<Arc<Platform>>) -> Router<Arc<Platform>>;
/// Describes an endpoint, with one generator for what is sent and one for what is answered.
pub type Describe = fn(&mut SchemaGenerator, &mut SchemaGenerator) -> Operation;
/// Describes a socket route, with one generator for what is sent and one for what is answered.
pub type DescribeSocket = fn(&mut SchemaGenerator, &mut SchemaGenerator) -> SocketOperation;

/// One function, as all that is derived from it needs it.
#[derive(Clone, Copy)]
pub struct Declared {
    /// The function's name.
    pub name: &'static str,
    /// What it is for; none where its schema says it.
    pub about: &'static str,
    /// What calls it.
    pub trigger: Trigger,
    /// Megabytes of memory.
    pub memory: u32,
    /// Seconds after which AWS ends a call.
    pub timeout: u32,
    /// What its role grants.
    pub grants: fn() -> Vec<Grant>,
    /// For an endpoint: puts it onto a router.
    pub mount: Option<Mount>,
    /// For an endpoint: describes it.
    pub describe: Option<Describe>,
    /// For a socket route: describes it.
    pub describe_socket: Option<DescribeSocket>,
    /// For all others: calls it.
    pub invoke: Option<Invoke>,
}

impl Declared {
    /// An endpoint.
    pub const fn endpoint<E: Endpoint>() -> Self {
        Self {
            name: E::ROUTE.name,
            about: "",
            trigger: Trigger::Http(&E::ROUTE),
            memory: E::ROUTE.memory,
            timeout: E::ROUTE.timeout,
            grants: E::Uses::grants,
            mount: Some(endpoint::mount::<E>),
            describe: Some(describe::<E>),
            describe_socket: None,
            invoke: None,
        }
    }

    /// A consumer of a queue.
    pub const fn consumer<C: Consumer>() -> Self {
        let invoke: Invoke = |platform, event| Box::pin(consumer::consume::<C>(platform, event));
        let trigger = Trigger::Queue(<C::Message as Message>::QUEUE);
        let invoked = Self::invoked(C::NAME, C::ABOUT, trigger, C::TIMEOUT, C::Uses::grants, invoke);
        Self { memory: C::MEMORY, ..invoked }
    }

    /// A consumer of the table's stream.
    pub const fn stream<C: StreamConsumer>() -> Self {
        let invoke: Invoke = |platform, event| Box::pin(consumer::consume_stream::<C>(platform, event));
        Self::invoked(C::NAME, C::ABOUT, Trigger::Stream, C::TIMEOUT, C::Uses::grants, invoke)
    }

    /// A job.
    pub const fn job<J: Job>() -> Self {
        let invoke: Invoke = |platform, event| Box::pin(job::run::<J>(platform, event));
        Self::invoked(J::NAME, J::ABOUT, Trigger::Schedule(J::SCHEDULE), J::TIMEOUT, J::Uses::grants, invoke)
    }

    /// A socket route.
    pub const fn socket<S: SocketRoute>() -> Self {
        let invoke: Invoke = |platform, event| Box::pin(socket::route::<S>(platform, event));
        let trigger = Trigger::Socket(S::ROUTE);
        let invoked = Self::invoked(S::NAME, S::ABOUT, trigger, S::TIMEOUT, socket::grants::<S>, invoke);
        Self { describe_socket: Some(socket::describe::<S>), ..invoked }
    }

    const fn invoked(
        name: &'static str,
        about: &'static str,
        trigger: Trigger,
        timeout: u32,
        grants: fn() -> Vec<Grant>,
        invoke: Invoke,
    ) -> Self {
        Self {
            name,
            about,
            trigger,
            memory: 256,
            timeout,
            grants,
            mount: None,
            describe: None,
            describe_socket: None,
            invoke: Some(invoke),
        }
    }
}

fn describe<E: Endpoint>(sent: &mut SchemaGenerator, answered: &mut SchemaGenerator) -> Operation {
    Operation {
        route: E::ROUTE,
        about: E::json_schema(&mut SchemaGenerator::default())
            .get("description")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        path: <E::Path as schemars::JsonSchema>::json_schema(sent),
        query: <E::Query as schemars::JsonSchema>::json_schema(sent),
        body: E::Body::schema(sent),
        body_required: E::Body::REQUIRED,
        status: E::Output::STATUS,
        content_type: E::Output::CONTENT_TYPE,
        tagged: E::Output::TAGGED,
        answer: E::Output::schema(answered),
    }
}
