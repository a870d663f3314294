//! The stand-ins, tested with the unmodified clients of the AWS SDK.
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
