//! Tasks that were transferred to another project: they get a new key and remain reachable by their former keys.

use crate::id::TaskKey;
use serde::{Deserialize, Serialize};

/// The maximum number of former keys of a task.
pub const MOST_FORMER: usize = 20;

/// The keys of a transferred task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskKeys {
    /// The current key.
    pub key: TaskKey,
    /// The former keys, most recent first.
    pub former: Vec<TaskKey>,
}

impl TaskKeys {
    /// The key under which its comments, attachments and time logs are stored: its first key.
    pub fn home(&self) -> &TaskKey {
        self.former.last().unwrap_or(&self.key)
    }

    /// Whether `task` is one of its keys.
    pub fn goes_by(&self, task: &TaskKey) -> bool {
        self.key == *task || self.former.contains(task)
    }

    /// Its keys after another transfer, to `key`.
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
        fn a_transferred_task_is_found_by_every_former_key(moves in 1u32..30) {
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
