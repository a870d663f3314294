//! The weekly figures of a workspace.

use crate::{
    event::{Event, EventData},
    id::ProjectKey,
    text::Name,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The activity in one project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectWeek {
    /// The project's key.
    pub project: ProjectKey,
    /// The name.
    pub name: Name,
    /// Created tasks.
    pub opened: u32,
    /// The number of completed tasks.
    pub done: u32,
    /// Tasks that became overdue.
    pub overdue: u32,
    /// Added comments.
    pub comments: u32,
}

impl ProjectWeek {
    /// A project without activity.
    pub fn new(project: ProjectKey, name: Name) -> Self {
        Self { project, name, opened: 0, done: 0, overdue: 0, comments: 0 }
    }

    /// Counts an event.
    pub fn count(&mut self, event: &Event) {
        let came_to = |field: &str, value: Value| {
            event.changes.iter().any(|change| change.field == field && change.to == value && change.from != value)
        };
        self.opened += u32::from(matches!(event.data, EventData::TaskCreated(_)));
        self.comments += u32::from(matches!(event.data, EventData::CommentAdded(_)));
        self.done += u32::from(came_to("status", Value::from("done")));
        self.overdue += u32::from(came_to("overdue", Value::from(true)));
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.opened + self.done + self.overdue + self.comments == 0
    }
}

/// The activity in a workspace in one week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeeklyReport {
    /// The week's Monday.
    pub from: Date,
    /// The week's Sunday.
    pub to: Date,
    /// The projects with activity, most active first.
    pub projects: Vec<ProjectWeek>,
}
