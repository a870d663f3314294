//! Sprints: plans, burndown, and velocity.

pub mod burndown;
mod plan;
pub mod velocity;

pub use plan::{MOST_CAPACITY, MOST_DAYS, Sprint, SprintPlan, SprintState, Stake, Transition, stake, transitions};
