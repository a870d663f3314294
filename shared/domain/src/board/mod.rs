//! Boards: workflows, card order and pointers.

pub mod pointer;
pub mod rank;
pub mod template;
pub mod workflow;
