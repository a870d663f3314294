//! Counts of tasks by group.

use crate::{
    counters::Shown,
    figures::{STATUSES, Whose, standing},
};
use millrace_domain::{
    Error, Result,
    id::LabelId,
    insight::measure::{By, kept_for, with_priority, with_status},
    task::{Priority, Status},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The field to group by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// All tasks, by status.
    #[default]
    Status,
    /// Open tasks by priority.
    Priority,
    /// Open tasks, by assignee.
    Assignee,
    /// Open tasks, by label.
    Label,
}

/// A group of tasks.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TaskGroup {
    /// The status, priority, person or label; null for unassigned tasks.
    pub group: Value,
    /// The number of tasks. A task with two assignees or labels counts in both groups.
    pub tasks: i64,
}

impl Grouping {
    /// Whether tasks of `whose` can be grouped this way: counters are kept per person and per label, but not per both.
    pub fn is_kept_for(self, whose: &Whose) -> bool {
        !matches!((self, whose), (Self::Assignee, Whose::Label(_)) | (Self::Label, Whose::People(_)))
    }
}

/// The groups of tasks of `whose`, in workflow or priority order, else largest first. None if they are not kept
/// ([`Grouping::is_kept_for`]).
///
/// # Errors
/// None that a caller can cause: a group is an id or a word.
pub fn groups(shown: &Shown, by: Grouping, whose: &Whose) -> Result<Vec<TaskGroup>> {
    let asked = &whose.by()[..];
    let open = |by: By<'_>| -> i64 {
        let open = STATUSES.into_iter().filter(|status| *status != Status::Done);
        open.map(|status| standing(shown, &[by], |by| with_status(status, by))).sum()
    };
    let mut groups = Vec::new();
    match by {
        Grouping::Status => {
            for status in STATUSES {
                let tasks = standing(shown, asked, |by| with_status(status, by));
                groups.push(TaskGroup { group: value(&status)?, tasks });
            }
            return Ok(groups);
        }
        Grouping::Priority => {
            use Priority::{High, Low, Lowest, Medium, Urgent};
            for priority in [Urgent, High, Medium, Low, Lowest] {
                let tasks = standing(shown, asked, |by| with_priority(priority, by));
                groups.push(TaskGroup { group: value(&priority)?, tasks });
            }
            return Ok(groups);
        }
        Grouping::Assignee => {
            for person in whose.people(|| kept_for(&shown.now, "person")) {
                groups.push(TaskGroup { group: value(&person)?, tasks: open(By::Person(&person)) });
            }
            if matches!(whose, Whose::All) {
                groups.push(TaskGroup { group: Value::Null, tasks: open(By::Nobody) });
            }
        }
        Grouping::Label => {
            let labels = match whose {
                Whose::All => kept_for::<LabelId>(&shown.now, "label"),
                Whose::Label(label) => vec![label.clone()],
                Whose::People(_) => return Ok(groups),
            };
            for label in labels {
                groups.push(TaskGroup { group: value(&label)?, tasks: open(By::Label(&label)) });
            }
        }
    }
    groups.retain(|group| group.tasks > 0);
    groups.sort_by_key(|group| (group.group.is_null(), std::cmp::Reverse(group.tasks), group.group.to_string()));
    Ok(groups)
}

fn value(group: &impl Serialize) -> Result<Value> {
    serde_json::to_value(group).map_err(Error::internal)
}
