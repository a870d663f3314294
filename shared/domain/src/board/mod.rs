//! Boards: what moves they allow, the order of their cards, and where people point.

pub mod pointer;
pub mod rank;
pub mod template;
pub mod workflow;
