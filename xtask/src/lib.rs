//! What the commands are made of. The deployment is a crate of its own (`deploy/`), which shares some of it.

pub mod bench;
pub mod check;
pub mod client;
pub mod command;
pub mod deploy;
pub mod openapi;
pub mod python;
pub mod reference;
pub mod synth;
pub mod up;
