//! Tasks that were moved to another project: they have a new key, and go by their former ones too.

use crate::id::TaskKey;
use serde::{Deserialize, Serialize};

/// The most former keys that a task has: all of them are known at each of them.
pub const MOST_FORMER: usize = 20;

/// The keys of a task that was moved to another project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskKeys {
    /// Its key now.
    pub key: TaskKey,
    /// The keys that it had before, the newest first.
    pub former: Vec<TaskKey>,
}

impl TaskKeys {
    /// The key under which its comments, its files and the time on it stand: the first that it had, wherever it goes.
    pub fn home(&self) -> &TaskKey {
        self.former.last().unwrap_or(&self.key)
    }

    /// Whether `task` is one of its keys.
    pub fn goes_by(&self, task: &TaskKey) -> bool {
        self.key == *task || self.former.contains(task)
    }

    /// Its keys after it was moved once more, to `key`.
    pub fn on_to(&self, key: TaskKey) -> Self {
        Self { key, former: std::iter::once(&self.key).chain(&self.former).cloned().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(number: u32) -> TaskKey {
        TaskKey::new(&"WEB".parse().expect("a key"), number)
    }

    proptest! {
        #[test]
        fn a_task_goes_by_every_key_that_it_had_and_stays_at_home(moves in 1u32..30) {
            let mut moved = TaskKeys { key: key(1), former: Vec::new() };
            for number in 2..=moves {
                moved = moved.on_to(key(number));
            }
            prop_assert_eq!(moved.home(), &key(1));
            prop_assert_eq!(&moved.key, &key(moves));
            prop_assert!((1..=moves).all(|number| moved.goes_by(&key(number))));
            prop_assert!(!moved.goes_by(&key(moves + 1)));
        }
    }
}
