//! Recounting the counters of single tasks: comments, attachments, logged time, subtasks and blockers.

use super::Round;
use crate::{
    comment::CommentRecord,
    core::{
        item::Stored,
        keys::{self, Key},
        scope::{Internal, Scope},
        table::{Batch, Table, Write, read_all},
        transaction::{Beside, Transaction},
    },
    link::LinkRecord,
    task::{Subtask, TaskRecord},
    time::TimeLogRecord,
};
use futures::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    id::{ProjectKey, TaskKey},
    resource::Counters,
    task::link::{LinkId, Relation},
};

/// How many tasks are looked at at once.
const AT_ONCE: usize = 8;

/// A task, and what stands elsewhere that is counted beside it.
struct Seen<'task> {
    stored: &'task Stored<TaskRecord>,
    counted: Counters,
    parts: Vec<Stored<Subtask>>,
    blockers: Vec<Stored<LinkRecord>>,
}

impl Table<Write> {
    /// Recounts what is counted beside the tasks of a project, live and archived, and puts it right; those that were off.
    ///
    /// # Errors
    /// As every write.
    pub async fn recount_tasks(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        round: &Round,
        now: Timestamp,
    ) -> Result<Vec<TaskKey>> {
        let (live, archived) = if round.whole {
            futures::try_join!(self.tasks(scope, project, false), self.tasks(scope, project, true))?
        } else {
            let touched: Vec<TaskKey> = round.touched.iter().cloned().collect();
            futures::try_join!(self.live_tasks(scope, &touched), self.archived_tasks(scope, &touched, now))?
        };
        let looked = futures::stream::iter(live.into_iter().chain(archived))
            .map(|task| async move {
                let off = self.recount_task(scope, &task).await?;
                Ok::<_, Error>(off.then_some(task.value.fields.key))
            })
            .buffer_unordered(AT_ONCE);
        let mut repaired: Vec<TaskKey> = looked.try_filter_map(|off| async { Ok(off) }).try_collect().await?;
        repaired.sort();
        Ok(repaired)
    }

    /// Whether anything was off beside a task.
    async fn recount_task(&self, scope: &Scope<Internal>, stored: &Stored<TaskRecord>) -> Result<bool> {
        let seen = self.seen(scope, stored).await?;
        let around = self.around(scope, &seen).await?;
        let own = seen.own_repair(scope, &around)?;
        let mut off = false;
        for change in own.into_iter().chain(seen.repairs_of_entries(scope, &around)?) {
            off |= match self.commit(change).await {
                // Somebody was at it meanwhile: the next round looks again.
                Err(Error::Raced) => false,
                done => done.map(|()| true)?,
            };
        }
        Ok(off)
    }

    async fn seen<'task>(&self, scope: &Scope<Internal>, stored: &'task Stored<TaskRecord>) -> Result<Seen<'task>> {
        let (workspace, fields, all_keys) = (scope.workspace(), &stored.value.fields, stored.value.fields.keys());
        let (comments, files, logs, parts, blockers) = (
            keys::comments(workspace, all_keys.home()),
            keys::attachments(workspace, all_keys.home()),
            keys::time_logs(workspace, all_keys.home()),
            keys::subtasks(workspace, &fields.key),
            keys::blockers(workspace, &fields.key),
        );
        let (comments, files, logs, parts, blockers) = futures::try_join!(
            self.all(&comments),
            self.all_keys(&files),
            self.all(&logs),
            self.all(&parts),
            self.all(&blockers)
        )?;
        // One that was removed and has replies keeps its place, and is no comment any more.
        let comments: Vec<Stored<CommentRecord>> = read_all(&comments)?;
        let comments = comments.iter().filter(|comment| comment.value.fields.body.is_some()).count() as u32;
        let logs: Vec<Stored<TimeLogRecord>> = read_all(&logs)?;
        let logged_minutes = logs.iter().map(|log| log.value.minutes).sum();
        let counted = Counters { comments, attachments: files.len() as u32, logged_minutes };
        Ok(Seen { stored, counted, parts: read_all(&parts)?, blockers: read_all(&blockers)? })
    }

    /// The cards of a task's parts and blockers, and what its parent and the tasks that it blocks keep of it.
    async fn around(&self, scope: &Scope<Internal>, seen: &Seen<'_>) -> Result<Batch> {
        let (workspace, fields) = (scope.workspace(), &seen.stored.value.fields);
        let mut wanted: Vec<Key> = Vec::new();
        wanted.extend(seen.parts()?.iter().map(|(part, _)| keys::card(workspace, part)));
        wanted.extend(seen.blockers.iter().map(|link| keys::card(workspace, link.value.id.other())));
        wanted.extend(fields.parent.iter().map(|parent| keys::subtask(workspace, parent, &fields.key)));
        wanted.extend(fields.blocks.iter().map(|blocked| held_up(scope, blocked, &fields.key).1));
        self.batch(wanted).await
    }
}

/// How `blocked` calls its link to `blocker`, and where that stands.
fn held_up(scope: &Scope<Internal>, blocked: &TaskKey, blocker: &TaskKey) -> (LinkId, Key) {
    let id = LinkId::new(Relation::BlockedBy, blocker);
    let key = keys::link(scope.workspace(), blocked, &id);
    (id, key)
}

/// A repair that goes through only while the card that it follows from is what was read.
fn following(card: &Key, stored: Option<&Stored<TaskRecord>>) -> Transaction {
    let mut change = Transaction::outside_workspaces();
    match stored {
        Some(stored) => change.check_version(card, stored.version, || Error::Raced),
        None => change.check_absent(card, || Error::Raced),
    }
    change
}

impl Seen<'_> {
    /// What the task has of its parts, with their keys.
    fn parts(&self) -> Result<Vec<(TaskKey, &Stored<Subtask>)>> {
        let project = self.stored.value.fields.key.project();
        let key = |part: &Stored<Subtask>| {
            let number = part.key.sk.strip_prefix("SUBTASK#").and_then(|number| number.parse().ok());
            number.map(|number| TaskKey::new(project, number)).ok_or_else(|| Error::internal("a part without a number"))
        };
        self.parts.iter().map(|part| Ok((key(part)?, part))).collect()
    }

    /// Puts right what follows from the task's own card: its counters, and what others keep of it.
    fn own_repair(&self, scope: &Scope<Internal>, around: &Batch) -> Result<Option<Transaction>> {
        let TaskRecord { fields, counters } = &self.stored.value;
        let mut repair = Transaction::outside_workspaces();
        if *counters != self.counted {
            repair.recount(self.stored, self.counted);
        }
        let checked = !repair.is_empty();
        if let Some(parent) = fields.parent.as_ref().filter(|_| fields.archived_at.is_none()) {
            let done = fields.closed_at.is_some();
            let entry: Option<Stored<Subtask>> = around.get(&keys::subtask(scope.workspace(), parent, &fields.key))?;
            if entry.is_none_or(|entry| entry.value.done != done) {
                repair.put_subtask(scope, parent, &fields.key, done);
            }
        }
        for blocked in &fields.blocks {
            let (id, key) = held_up(scope, blocked, &fields.key);
            let entry: Option<Stored<LinkRecord>> = around.get(&key)?;
            if entry.is_some_and(|entry| entry.value.open != fields.is_open()) {
                repair.put_guarded(&key, &LinkRecord { id, open: fields.is_open() }, Beside::default());
            }
        }
        if repair.is_empty() {
            return Ok(None);
        }
        if !checked {
            repair.check_version(&self.stored.key, self.stored.version, || Error::Raced);
        }
        Ok(Some(repair))
    }

    /// Puts right what the task keeps of its parts and of what blocks it, as far as their cards say something else.
    fn repairs_of_entries(&self, scope: &Scope<Internal>, around: &Batch) -> Result<Vec<Transaction>> {
        let (own, mut repairs) = (&self.stored.value.fields.key, Vec::new());
        for (part, entry) in self.parts()? {
            let at = keys::card(scope.workspace(), &part);
            let card: Option<Stored<TaskRecord>> = around.get(&at)?;
            let belongs = card.as_ref().filter(|card| card.value.fields.parent.as_ref() == Some(own));
            let done = belongs.map(|card| card.value.fields.closed_at.is_some());
            if done == Some(entry.value.done) {
                continue;
            }
            let mut repair = following(&at, card.as_ref());
            match done {
                Some(done) => repair.put_subtask(scope, own, &part, done),
                None => repair.remove_subtask(scope, own, &part),
            }
            repairs.push(repair);
        }
        for entry in &self.blockers {
            let id = &entry.value.id;
            let at = keys::card(scope.workspace(), id.other());
            let card: Option<Stored<TaskRecord>> = around.get(&at)?;
            let open = card.as_ref().is_some_and(|card| card.value.fields.is_open());
            if open != entry.value.open {
                let mut repair = following(&at, card.as_ref());
                repair.put_guarded(&entry.key, &LinkRecord { id: id.clone(), open }, Beside::default());
                repairs.push(repair);
            }
        }
        Ok(repairs)
    }
}
