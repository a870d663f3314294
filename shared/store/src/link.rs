//! Links between tasks. Each is stored in the partitions of both tasks, so that either lists it.

use crate::{
    core::{
        item::{Entity, Stored},
        keys,
        scope::Scope,
        table::{Mode, Table, read_all},
        transaction::{Beside, Transaction},
    },
    grant::TaskWriteGrant,
};
use millrace_domain::{
    Result,
    id::{ProjectKey, TaskKey},
    task::{
        TaskFields,
        link::{BlockGraph, Link, LinkId, Relation},
    },
};
use serde::{Deserialize, Serialize};

/// A link, as the task in whose partition it stands calls it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LinkRecord {
    /// What it is to which other task.
    pub id: LinkId,
    /// Whether the other task is open; of those that block this one alone, whose card shows it.
    #[serde(default)]
    pub open: bool,
}

impl Entity for LinkRecord {
    const WHAT: &'static str = "link";
    const GUARDED: bool = true;
}

impl LinkRecord {
    /// Whether the task waits for the other one.
    pub(crate) fn blocks_now(&self) -> bool {
        self.open && self.id.relation() == Relation::BlockedBy
    }
}

/// Which tasks of a project block which others. Its version makes two that would close a circle see each other.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BlockGraphRecord {
    /// The graph.
    pub graph: BlockGraph,
}

impl Entity for BlockGraphRecord {
    const WHAT: &'static str = "graph of blocks";
}

impl<M: Mode> Table<M> {
    /// The links of a task, by their ids.
    ///
    /// # Errors
    /// As every read.
    pub async fn links<S>(&self, scope: &Scope<S>, task: &TaskKey) -> Result<Vec<Stored<LinkRecord>>> {
        read_all(&self.all(&keys::links(scope.workspace(), task)).await?)
    }

    /// One link of a task, where there is one.
    ///
    /// # Errors
    /// As every read.
    pub async fn link<S>(&self, scope: &Scope<S>, link: &Link) -> Result<Option<Stored<LinkRecord>>> {
        self.get(&keys::link(scope.workspace(), &link.task, &link.id())).await
    }

    /// Which tasks of a project block which others; none before the first did.
    ///
    /// # Errors
    /// As every read.
    pub async fn block_graph<S>(
        &self,
        scope: &Scope<S>,
        project: &ProjectKey,
    ) -> Result<Option<Stored<BlockGraphRecord>>> {
        self.get(&keys::block_graph(scope.workspace(), project)).await
    }

    /// Whether an open task blocks this one.
    pub(crate) async fn is_blocked<S>(&self, scope: &Scope<S>, task: &TaskKey) -> Result<bool> {
        let blockers: Vec<Stored<LinkRecord>> = read_all(&self.all(&keys::blockers(scope.workspace(), task)).await?)?;
        Ok(blockers.iter().any(|link| link.value.blocks_now()))
    }
}

impl Transaction {
    /// A new link, if neither of its ends has left its key; `opens` says whether a task that blocks the other is open.
    pub fn add_link<S>(&mut self, grant: TaskWriteGrant, scope: &Scope<S>, link: &Link, opens: bool) {
        self.tie(scope, &link.task);
        self.tie(scope, &link.other);
        self.put_link(grant, scope, link, opens);
    }

    /// A link at both of its ends; `opens` says whether a task that blocks the other is open.
    pub fn put_link<S>(&mut self, _: TaskWriteGrant, scope: &Scope<S>, link: &Link, opens: bool) {
        for end in [link, &link.inverse()] {
            let record = LinkRecord { id: end.id(), open: opens && end.relation == Relation::BlockedBy };
            self.put_guarded(&keys::link(scope.workspace(), &end.task, &end.id()), &record, Beside::default());
        }
    }

    /// Takes a link away at both of its ends.
    pub fn remove_link<S>(&mut self, _: TaskWriteGrant, scope: &Scope<S>, link: &Link) {
        for end in [link, &link.inverse()] {
            self.remove(&keys::link(scope.workspace(), &end.task, &end.id()));
        }
    }

    /// A new graph of blocks, if nobody wrote it since it was read.
    pub fn put_block_graph<S>(
        &mut self,
        _: TaskWriteGrant,
        scope: &Scope<S>,
        project: &ProjectKey,
        stored: Option<&Stored<BlockGraphRecord>>,
        graph: BlockGraph,
    ) {
        let record = BlockGraphRecord { graph };
        match stored {
            Some(stored) => {
                self.update(stored, &record, None);
            }
            None => {
                let key = keys::block_graph(scope.workspace(), project);
                self.put_new(&key, &record, Beside::default(), || millrace_domain::Error::Raced);
            }
        }
    }

    /// Where a task was closed or opened again, tells those that it blocks.
    pub(crate) fn tell_blocked<S>(&mut self, scope: &Scope<S>, before: &TaskFields, after: &TaskFields) {
        if before.is_open() == after.is_open() {
            return;
        }
        for blocked in &after.blocks {
            let id = LinkId::new(Relation::BlockedBy, &after.key);
            let key = keys::link(scope.workspace(), blocked, &id);
            self.put_guarded(&key, &LinkRecord { id, open: after.is_open() }, Beside::default());
        }
    }
}
