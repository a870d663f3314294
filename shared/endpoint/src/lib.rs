//! How a function is declared, and what is derived from the declaration.
//!
//! An [`Endpoint`], [`Job`], [`Consumer`] or [`SocketRoute`] is declared once, in the file that contains its code. The
//! list of an area ([`Declared`]) yields the Lambda entry point, the local router, the OpenAPI document and the
//! template.

pub mod answer;
pub mod asyncapi;
pub mod aws_operation;
pub mod blobs;
pub mod body;
pub mod call;
pub mod capability;
pub mod consumer;
pub mod declared;
pub mod endpoint;
pub mod job;
pub mod lambda;
pub mod openapi;
pub mod operation;
pub mod path;
pub mod platform;
pub mod problem;
pub mod queue;
pub mod racing;
pub mod route;
pub mod sealed_token;
pub mod socket;
pub mod token;
mod trust;

pub use answer::{Accepted, Created, Json, NoContent, Tagged, WithCookie};
pub use body::Nothing;
pub use call::Call;
pub use capability::{Capabilities, Capability, Grant, Resource};
pub use consumer::{Consumer, Delivery, StreamBatch, StreamConsumer};
pub use declared::Declared;
pub use endpoint::{Endpoint, REFRESH_COOKIE};
pub use job::{Job, Run};
pub use millrace_domain::{
    Error, FieldError, Result,
    workspace::role::{Need, ProjectRole, WorkspaceRole},
};
pub use millrace_store::{Read, Table, Write};
pub use platform::{Platform, Settings};
pub use route::Route;
pub use socket::{Incoming, SocketRoute};
