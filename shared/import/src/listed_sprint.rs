//! A sprint as a file lists it.

use millrace_domain::{
    file::export::ExportedCourse,
    sprint::{SprintPlan, SprintState},
};

/// A sprint that a file lists.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedSprint {
    /// What the file calls it.
    pub id: String,
    /// What is planned for it.
    pub plan: SprintPlan,
    /// The state.
    pub state: SprintState,
    /// Its history.
    pub course: ExportedCourse,
}

impl ListedSprint {
    /// Takes a sprint over as it was, where the file holds what that takes; else as it was planned, with a sentence that
    /// says so.
    pub fn new(id: String, plan: SprintPlan, state: SprintState, course: ExportedCourse) -> (Self, Option<String>) {
        let whole = match state {
            SprintState::Planned => course.started_at.is_none(),
            SprintState::Running => course.started_at.is_some() && course.closed_at.is_none(),
            SprintState::Closed => {
                course.started_at.is_some() && course.closed_at.is_some() && course.closing.is_some()
            }
        };
        if whole && !id.is_empty() {
            return (Self { id, plan, state, course }, None);
        }
        let note = "was started in the file, which does not hold what happened in it, and comes in as planned.";
        let note = (state != SprintState::Planned).then(|| note.to_owned());
        (Self { id, plan, state: SprintState::Planned, course: ExportedCourse::default() }, note)
    }

    /// Whether it takes tasks.
    pub fn is_open(&self) -> bool {
        self.state != SprintState::Closed
    }
}
