//! The right to write what has an owner of its own.

/// The right to write tasks, which the crate `millrace-task-changes` (`shared/tasks`) alone takes.
///
/// Whoever writes a task owes it an event, and checks that no type can ask for. A test walks the sources and refuses
/// every other use.
#[derive(Debug, Clone, Copy)]
pub struct TaskWriteGrant(());

impl TaskWriteGrant {
    /// Takes the right.
    pub const fn take() -> Self {
        Self(())
    }
}
