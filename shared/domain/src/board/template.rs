//! Board templates.

use crate::task::Status;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The template of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoardTemplate {
    /// Backlog, To do, In progress, Review, Done.
    #[default]
    Kanban,
    /// Product backlog, Sprint backlog, In progress, Review, Done.
    Scrum,
    /// Reported, Confirmed, Being fixed, In test, Fixed.
    Bugs,
}

impl BoardTemplate {
    /// The columns, from left to right.
    pub fn columns(self) -> [(&'static str, Status); 5] {
        let names = match self {
            Self::Kanban => ["Backlog", "To do", "In progress", "Review", "Done"],
            Self::Scrum => ["Product backlog", "Sprint backlog", "In progress", "Review", "Done"],
            Self::Bugs => ["Reported", "Confirmed", "Being fixed", "In test", "Fixed"],
        };
        let statuses = [Status::Backlog, Status::Todo, Status::InProgress, Status::Review, Status::Done];
        std::array::from_fn(|index| (names[index], statuses[index]))
    }
}
