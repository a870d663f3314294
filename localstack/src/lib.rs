//! The whole stack on one machine: stand-ins for the AWS services that Millrace uses, for the unmodified AWS SDK, and
//! the server that runs every function over them.

pub mod aws;
pub mod demo;
pub mod server;

/// The stand-ins read and write each item as JSON, in many small pieces of memory that live for microseconds.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
