//! The stand-ins as the unmodified clients of the AWS SDK see them.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod blobs;
mod durability;
mod mail;
mod meter;
mod over_http;
mod queues;
mod set_up;
mod sockets;
mod stream;
mod table;
