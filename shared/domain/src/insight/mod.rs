//! Figures: what each event counts for, how work flows, and what a week amounted to.

pub mod flow;
pub mod measure;
pub mod week;
