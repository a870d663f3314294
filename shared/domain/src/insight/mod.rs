//! Figures: the counters of each event, the flow of work, and weekly activity.

pub mod flow;
pub mod measure;
pub mod week;
