//! Links between tasks, and the one rule that they keep: no task waits for itself.

use crate::{
    Error, Result,
    id::{NotAnId, ProjectKey, TaskKey, string_conversions},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

/// The most links of one kind that one task takes: each one is written when an open task closes.
pub const MOST_LINKS: usize = 20;

/// What a task is to another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The other one cannot go on while this one is open.
    Blocks,
    /// This one cannot go on while the other one is open.
    BlockedBy,
    /// They have to do with each other.
    Relates,
    /// This one says the same as the other one.
    Duplicates,
    /// The other one says the same as this one.
    DuplicatedBy,
}

impl Relation {
    /// What the other task is to this one.
    pub fn inverse(self) -> Self {
        match self {
            Self::Blocks => Self::BlockedBy,
            Self::BlockedBy => Self::Blocks,
            Self::Relates => Self::Relates,
            Self::Duplicates => Self::DuplicatedBy,
            Self::DuplicatedBy => Self::Duplicates,
        }
    }

    /// The word of an id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::BlockedBy => "blocked_by",
            Self::Relates => "relates",
            Self::Duplicates => "duplicates",
            Self::DuplicatedBy => "duplicated_by",
        }
    }

    /// Whether one of the two waits for the other.
    pub fn orders(self) -> bool {
        matches!(self, Self::Blocks | Self::BlockedBy)
    }
}

/// A link of a task: what it is to the other task, and that task's key, such as `blocks.WEB-12`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId {
    relation: Relation,
    other: TaskKey,
}

impl LinkId {
    /// What a task that is `relation` to `other` calls the link.
    pub fn new(relation: Relation, other: &TaskKey) -> Self {
        Self { relation, other: other.clone() }
    }
    /// What the task is to the other one.
    pub fn relation(&self) -> Relation {
        self.relation
    }
    /// The other task.
    pub fn other(&self) -> &TaskKey {
        &self.other
    }
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}.{}", self.relation.as_str(), self.other))
    }
}

impl FromStr for LinkId {
    type Err = NotAnId;
    fn from_str(text: &str) -> std::result::Result<Self, NotAnId> {
        let wrong = NotAnId("link id such as blocks.WEB-12");
        let (relation, other) = text.split_once('.').ok_or(wrong.clone())?;
        let all =
            [Relation::Blocks, Relation::BlockedBy, Relation::Relates, Relation::Duplicates, Relation::DuplicatedBy];
        let relation = all.into_iter().find(|known| known.as_str() == relation).ok_or(wrong.clone())?;
        Ok(Self { relation, other: other.parse().map_err(|_| wrong)? })
    }
}

string_conversions!(
    LinkId,
    "^(blocks|blocked_by|relates|duplicates|duplicated_by)\\.[A-Za-z][A-Za-z0-9]{1,9}-[1-9][0-9]{0,9}$",
    "blocks.WEB-12",
    "A link of a task: what it is to the other task, and that task's key."
);

/// A link from one task to another, by its one end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The task at this end.
    pub task: TaskKey,
    /// What it is to the other one.
    pub relation: Relation,
    /// The task at the other end.
    pub other: TaskKey,
}

impl Link {
    /// The same link, by its other end.
    pub fn inverse(&self) -> Self {
        Self { task: self.other.clone(), relation: self.relation.inverse(), other: self.task.clone() }
    }

    /// What this end calls the link.
    pub fn id(&self) -> LinkId {
        LinkId::new(self.relation, &self.other)
    }

    /// The task that blocks and the one that is blocked; none for a link that holds nobody up.
    pub fn order(&self) -> Option<(&TaskKey, &TaskKey)> {
        match self.relation {
            Relation::Blocks => Some((&self.task, &self.other)),
            Relation::BlockedBy => Some((&self.other, &self.task)),
            Relation::Relates | Relation::Duplicates | Relation::DuplicatedBy => None,
        }
    }

    /// Checks what needs nothing but the two keys.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `task`.
    pub fn check(&self) -> Result<()> {
        if self.task == self.other {
            return Err(Error::field("task", "is the task itself"));
        }
        if self.relation.orders() && self.task.project() != self.other.project() {
            return Err(Error::field("task", "is a task of another project, and tasks block only those of their own"));
        }
        Ok(())
    }
}

/// Which tasks of one project block which others, by their numbers. There is never a way from a task back to itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BlockGraph {
    /// The blocked ones, by who blocks them.
    blocks: BTreeMap<u32, BTreeSet<u32>>,
}

impl BlockGraph {
    /// Says that `blocker` blocks `blocked`.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `task` and telling the circle, where there is a way from `blocked` to `blocker`.
    pub fn add(&mut self, project: &ProjectKey, blocker: u32, blocked: u32) -> Result<()> {
        if let Some(way) = self.way(blocked, blocker) {
            let circle = way.iter().chain([&blocked]).map(|number| TaskKey::new(project, *number).to_string());
            let circle = circle.collect::<Vec<_>>().join(" blocks ");
            return Err(Error::field("task", format!("would close a circle: {circle}")));
        }
        self.blocks.entry(blocker).or_default().insert(blocked);
        Ok(())
    }

    /// As [`BlockGraph::add`], where it is known that there is no way back.
    pub fn add_known(&mut self, blocker: u32, blocked: u32) {
        self.blocks.entry(blocker).or_default().insert(blocked);
    }

    /// As [`BlockGraph::add`], for tasks that have no keys yet; false where it would close a circle.
    pub fn add_open(&mut self, blocker: u32, blocked: u32) -> bool {
        let open = self.way(blocked, blocker).is_none();
        if open {
            self.blocks.entry(blocker).or_default().insert(blocked);
        }
        open
    }

    /// Takes that back.
    pub fn remove(&mut self, blocker: u32, blocked: u32) {
        if let Some(others) = self.blocks.get_mut(&blocker) {
            others.remove(&blocked);
            if others.is_empty() {
                self.blocks.remove(&blocker);
            }
        }
    }

    /// The shortest way along blocked tasks, both ends in it.
    pub fn way(&self, from: u32, to: u32) -> Option<Vec<u32>> {
        let mut before: BTreeMap<u32, u32> = BTreeMap::from([(from, from)]);
        let mut edge = vec![from];
        while !edge.is_empty() && !before.contains_key(&to) {
            let mut next = Vec::new();
            for task in edge {
                for other in self.blocks.get(&task).into_iter().flatten() {
                    before.entry(*other).or_insert_with(|| {
                        next.push(*other);
                        task
                    });
                }
            }
            edge = next;
        }
        let mut way = vec![to];
        while way.last() != Some(&from) {
            way.push(*before.get(way.last()?)?);
        }
        way.reverse();
        Some(way)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn project() -> ProjectKey {
        "WEB".parse().expect("a key")
    }

    /// Whether a task can be put after all that block it, over and over, until none is left.
    fn has_an_order(graph: &BlockGraph) -> bool {
        let mut left = graph.blocks.clone();
        loop {
            let waiting: BTreeSet<u32> = left.values().flatten().copied().collect();
            let Some(first) = left.keys().find(|task| !waiting.contains(task)).copied() else { return left.is_empty() };
            left.remove(&first);
        }
    }

    #[test]
    fn a_circle_is_told_from_end_to_end() {
        let mut graph = BlockGraph::default();
        for (blocker, blocked) in [(1, 2), (2, 3), (2, 4)] {
            graph.add(&project(), blocker, blocked).expect("no circle");
        }
        let refused = graph.add(&project(), 3, 1).expect_err("a circle").to_string();
        assert_eq!(refused, "would close a circle: WEB-1 blocks WEB-2 blocks WEB-3 blocks WEB-1");
        graph.remove(1, 2);
        graph.add(&project(), 3, 1).expect("no circle any more");
    }

    #[test]
    fn an_end_and_its_inverse_are_one_link() {
        let link = Link {
            task: "WEB-1".parse().expect("a key"),
            relation: Relation::Duplicates,
            other: "APP-2".parse().expect("a key"),
        };
        assert_eq!(link.inverse().inverse(), link);
        assert_eq!(
            (link.id().to_string(), link.inverse().id().to_string()),
            ("duplicates.APP-2".into(), "duplicated_by.WEB-1".into())
        );
    }

    proptest! {
        /// Whatever is added and removed: there is an order in which all can be done, and a refusal was right.
        #[test]
        fn there_is_always_an_order(steps in prop::collection::vec((any::<bool>(), 0u32..8, 0u32..8), 0..80)) {
            let mut graph = BlockGraph::default();
            for (adds, blocker, blocked) in steps {
                if !adds {
                    graph.remove(blocker, blocked);
                    prop_assert!(!graph.blocks.get(&blocker).is_some_and(|others| others.contains(&blocked)));
                } else if graph.add(&project(), blocker, blocked).is_err() {
                    let mut closed = graph.clone();
                    closed.blocks.entry(blocker).or_default().insert(blocked);
                    prop_assert!(!has_an_order(&closed));
                }
                prop_assert!(has_an_order(&graph));
            }
        }
    }
}
