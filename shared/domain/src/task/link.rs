//! Links between tasks. Blocking links never form a cycle.

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

/// The maximum number of links of one kind per task, since each is written when a blocking task closes.
pub const MOST_LINKS: usize = 20;

/// The relation of a task to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// This task blocks the other one.
    Blocks,
    /// This task is blocked by the other one.
    BlockedBy,
    /// The tasks are related.
    Relates,
    /// This task duplicates the other one.
    Duplicates,
    /// This task is duplicated by the other one.
    DuplicatedBy,
}

impl Relation {
    /// The inverse relation.
    pub fn inverse(self) -> Self {
        match self {
            Self::Blocks => Self::BlockedBy,
            Self::BlockedBy => Self::Blocks,
            Self::Relates => Self::Relates,
            Self::Duplicates => Self::DuplicatedBy,
            Self::DuplicatedBy => Self::Duplicates,
        }
    }

    /// The relation's word in a link id.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blocks => "blocks",
            Self::BlockedBy => "blocked_by",
            Self::Relates => "relates",
            Self::Duplicates => "duplicates",
            Self::DuplicatedBy => "duplicated_by",
        }
    }

    /// Whether it is a blocking relation.
    pub fn orders(self) -> bool {
        matches!(self, Self::Blocks | Self::BlockedBy)
    }
}

/// A link of a task: its relation to the other task and that task's key, such as `blocks.WEB-12`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId {
    relation: Relation,
    other: TaskKey,
}

impl LinkId {
    /// The id of the link by which a task is `relation` to `other`.
    pub fn new(relation: Relation, other: &TaskKey) -> Self {
        Self { relation, other: other.clone() }
    }
    /// The task's relation to the other one.
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

/// A link between tasks, seen from one end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The task at this end.
    pub task: TaskKey,
    /// The relation to the other task.
    pub relation: Relation,
    /// The task at the other end.
    pub other: TaskKey,
}

impl Link {
    /// The same link, seen from the other end.
    pub fn inverse(&self) -> Self {
        Self { task: self.other.clone(), relation: self.relation.inverse(), other: self.task.clone() }
    }

    /// The link's id at this end.
    pub fn id(&self) -> LinkId {
        LinkId::new(self.relation, &self.other)
    }

    /// The blocking and the blocked task; none for other relations.
    pub fn order(&self) -> Option<(&TaskKey, &TaskKey)> {
        match self.relation {
            Relation::Blocks => Some((&self.task, &self.other)),
            Relation::BlockedBy => Some((&self.other, &self.task)),
            Relation::Relates | Relation::Duplicates | Relation::DuplicatedBy => None,
        }
    }

    /// Validates what only depends on the two keys.
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

/// The blocking relations between the tasks of a project, by number. The graph is acyclic.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct BlockGraph {
    /// The blocked tasks, by blocking task.
    blocks: BTreeMap<u32, BTreeSet<u32>>,
}

impl BlockGraph {
    /// Adds that `blocker` blocks `blocked`.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `task` and describing the cycle, if `blocked` already blocks `blocker`, directly or
    /// not.
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

    /// As [`BlockGraph::add`], for tasks without keys; false if it would close a cycle.
    pub fn add_open(&mut self, blocker: u32, blocked: u32) -> bool {
        let open = self.way(blocked, blocker).is_none();
        if open {
            self.blocks.entry(blocker).or_default().insert(blocked);
        }
        open
    }

    /// Removes a relation.
    pub fn remove(&mut self, blocker: u32, blocked: u32) {
        if let Some(others) = self.blocks.get_mut(&blocker) {
            others.remove(&blocked);
            if others.is_empty() {
                self.blocks.remove(&blocker);
            }
        }
    }

    /// The shortest path of blocking relations, including both ends.
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

    /// Whether the tasks can be ordered so that every task comes after those that block it.
    fn has_an_order(graph: &BlockGraph) -> bool {
        let mut left = graph.blocks.clone();
        loop {
            let waiting: BTreeSet<u32> = left.values().flatten().copied().collect();
            let Some(first) = left.keys().find(|task| !waiting.contains(task)).copied() else { return left.is_empty() };
            left.remove(&first);
        }
    }

    #[test]
    fn a_refused_cycle_is_described_completely() {
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
    fn both_ends_describe_the_same_link() {
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
        /// After any additions and removals a valid order exists, and every refusal was justified.
        #[test]
        fn blocking_links_never_form_a_cycle(steps in prop::collection::vec((any::<bool>(), 0u32..8, 0u32..8), 0..80)) {
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
