//! Velocity: the completed work of a project's last sprints.

use crate::{
    id::SprintId,
    sprint::{Sprint, SprintState},
    text::Name,
};
use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A closed sprint, in points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SprintPoints {
    /// The sprint.
    pub sprint_id: SprintId,
    /// The name at that time.
    pub name: Name,
    /// The first day.
    pub start_date: Date,
    /// The last day.
    pub end_date: Date,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// The points in the sprint when it started.
    pub committed_points: u32,
    /// The completed points.
    pub completed_points: u32,
}

/// The completed work of a project in its last sprints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Velocity {
    /// The sprints, earliest first.
    pub sprints: Vec<SprintPoints>,
    /// The average completed points; null if there are no sprints.
    pub average: Option<f64>,
}

impl SprintPoints {
    fn of(sprint: Sprint) -> Self {
        Self {
            sprint_id: sprint.id,
            name: sprint.name,
            start_date: sprint.start_date,
            end_date: sprint.end_date,
            closed_at: sprint.closed_at,
            committed_points: sprint.committed_points.unwrap_or(0),
            completed_points: sprint.completed_points.unwrap_or(0),
        }
    }
}

impl Velocity {
    /// The `last` closed sprints of a project.
    pub fn of(sprints: impl IntoIterator<Item = Sprint>, last: usize) -> Self {
        let mut closed: Vec<_> = sprints.into_iter().filter(|sprint| sprint.state == SprintState::Closed).collect();
        closed.sort_by_key(|sprint| sprint.closed_at);
        let sprints: Vec<_> =
            closed.split_off(closed.len().saturating_sub(last)).into_iter().map(SprintPoints::of).collect();
        let done = sprints.iter().map(|sprint| f64::from(sprint.completed_points)).sum::<f64>();
        let average = (!sprints.is_empty()).then(|| (done / sprints.len() as f64 * 10.0).round() / 10.0);
        Self { sprints, average }
    }
}
