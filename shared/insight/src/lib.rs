//! Read models shared by several areas and by reports: task lists, figures, flow and timesheets.

pub mod counters;
pub mod figures;
pub mod flow;
pub mod groups;
pub mod sheet;
pub mod tasks;
