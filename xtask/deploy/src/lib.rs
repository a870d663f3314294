//! Deployment to AWS, or to an emulator of it, and what the tests of the deployed stack share with it.
//!
//! A crate of its own, so that `cargo xtask up` and `cargo xtask test --only rust` do not wait for the clients of
//! CloudFormation, Lambda and Systems Manager to compile.

pub mod artifact;
mod artifacts;
pub mod cloud;
pub mod deployment;
pub mod ministack;
mod quirks;
mod secrets;
mod stack;
mod web;
