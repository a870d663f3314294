//! What several areas read of a workspace and reckon from it: lists of tasks, figures, flow and timesheets. The areas that
//! show them, and the reports that are made of them.

pub mod counters;
pub mod figures;
pub mod flow;
pub mod groups;
pub mod sheet;
pub mod tasks;
