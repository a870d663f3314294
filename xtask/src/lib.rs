//! What the commands are made of, and what the tests of the deployed stack share with them.

pub mod artifact;
pub mod bench;
pub mod check;
pub mod cloud;
pub mod command;
pub mod deploy;
pub mod ministack;
pub mod openapi;
pub mod reference;
pub mod synth;
pub mod up;
