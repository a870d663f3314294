//! Making a link, and taking it away: both ends, the project's graph and two events in one write.

use crate::links::{End, Told};
use millrace_domain::{
    Error, Result,
    id::{EventId, TaskKey},
    resource::Counts,
    task::{
        custom::FieldDefinition,
        link::{Link, MOST_LINKS},
    },
};
use millrace_endpoint::{Call, Endpoint, Table, Write};
use millrace_store::{
    Scope, Stored, Transaction,
    board::BoardWithColumns,
    link::{BlockGraphRecord, LinkRecord},
    table::Mode,
    task::TaskRecord,
};

/// A link that is to be made or taken away, with all that this concerns.
pub(crate) struct Linking {
    /// The link, by the keys that both tasks have now.
    pub link: Link,
    ends: [Stored<TaskRecord>; 2],
    boards: Vec<BoardWithColumns>,
    /// The own fields of the project of each end.
    definitions: [Vec<FieldDefinition>; 2],
    counts: [Counts; 2],
    graph: Option<Stored<BlockGraphRecord>>,
    /// The link, where there is one.
    pub there: Option<Stored<LinkRecord>>,
}

impl Linking {
    /// Reads both ends in one round trip; one more where the other task is called by a key that it had before.
    pub(crate) async fn read<M: Mode, S>(table: &Table<M>, scope: &Scope<S>, link: Link) -> Result<Self> {
        match Self::between(table, scope, link.clone()).await {
            Err(Error::NotFound(what)) => match table.transferred(scope, &link.other).await? {
                Some(moved) if moved.key != link.other => {
                    Self::between(table, scope, Link { other: moved.key, ..link }).await
                }
                _ => Err(Error::NotFound(what)),
            },
            read => read,
        }
    }

    async fn between<M: Mode, S>(table: &Table<M>, scope: &Scope<S>, link: Link) -> Result<Self> {
        let keys = [link.task.clone(), link.other.clone()];
        let (own, other) = (link.task.project(), link.other.project());
        let others = async {
            if own == other {
                return Ok(None);
            }
            futures::try_join!(table.boards(scope, other), table.field_definitions(scope, other)).map(Some)
        };
        let (tasks, mut boards, fields, others, one, two, graph, there) = futures::try_join!(
            table.live_tasks(scope, &keys),
            table.boards(scope, own),
            table.field_definitions(scope, own),
            others,
            table.subtask_counts(scope, &link.task),
            table.subtask_counts(scope, &link.other),
            table.block_graph(scope, own),
            table.link(scope, &link),
        )?;
        let (more, other_fields) = others.unwrap_or_else(|| (Vec::new(), fields.clone()));
        boards.extend(more);
        let find = |key: &TaskKey| {
            let found = tasks.iter().find(|task| task.value.fields.key == *key).cloned();
            found.ok_or_else(|| Error::not_found("task"))
        };
        let ends = [find(&link.task)?, find(&link.other)?];
        Ok(Self { link, ends, boards, definitions: [fields, other_fields], counts: [one, two], graph, there })
    }

    /// The task at the other end.
    pub(crate) fn other(&self) -> &Stored<TaskRecord> {
        &self.ends[1]
    }

    /// Looks whether both tasks still have the keys by which the link was looked for: while they were read, one of them
    /// may have been moved and have taken it along.
    ///
    /// # Errors
    /// [`Error::Raced`] where one has not.
    pub(crate) async fn expect_unmoved<M: Mode>(&self, table: &Table<M>, scope: &Scope) -> Result<()> {
        let ends = [self.link.task.clone(), self.link.other.clone()];
        let found = table.live_tasks(scope, &ends).await?;
        if found.len() < ends.len() { Err(Error::Raced) } else { Ok(()) }
    }

    /// Refuses those who may not see the other end: nobody learns that it exists.
    pub(crate) fn expect_visible(&self, scope: &Scope) -> Result<()> {
        let seen = scope.role_in(self.link.other.project());
        seen.map(drop).ok_or_else(|| Error::not_found("task"))
    }

    /// Puts the write together.
    pub(crate) fn change<E>(
        mut self,
        call: &Call<E>,
        scope: &Scope,
        told: Told,
    ) -> Result<(Transaction, Stored<TaskRecord>)>
    where
        E: Endpoint<Uses = (Table<Write>,)>,
    {
        let mut change = Transaction::by(scope);
        let adds = told == Told::Added;
        let mut versions = [self.ends[0].version, self.ends[1].version];
        let mut opens = false;
        if let Some((blocker, blocked)) = self.link.order() {
            let mut graph = self.graph.as_ref().map(|graph| graph.value.graph.clone()).unwrap_or_default();
            if adds {
                graph.add(blocker.project(), blocker.number(), blocked.number())?;
            } else {
                graph.remove(blocker.number(), blocked.number());
            }
            change.put_block_graph(scope, blocker.project(), self.graph.as_ref(), graph);
            let (blocker, blocked) = (blocker.clone(), blocked.clone());
            for (end, version) in self.ends.iter_mut().zip(&mut versions) {
                let mut fields = end.value.fields.clone();
                let (list, other) = if fields.key == blocker {
                    opens = fields.is_open();
                    (&mut fields.blocks, &blocked)
                } else {
                    (&mut fields.blocked_by, &blocker)
                };
                set(list, other, adds)?;
                fields.updated_at = call.now;
                *version = change.update_task(scope, end, &fields);
                end.value.fields = fields;
            }
            self.recount(&blocked, opens && adds);
        } else {
            for end in &self.ends {
                change.check_task(scope, &end.value.fields.key, || Error::Raced);
            }
        }
        if adds {
            change.add_link(scope, &self.link, opens);
        } else {
            change.remove_link(scope, &self.link);
        }
        let batch = EventId::at(call.now);
        let inverse = self.link.inverse();
        for (place, link) in [&self.link, &inverse].into_iter().enumerate() {
            let task = &self.ends[place];
            let board = self.boards.iter().find(|board| board.board.value.id == task.value.fields.board_id);
            let board = board.ok_or(Error::Raced)?;
            let (counts, definitions) = (self.counts[place], &self.definitions[place]);
            let end = End { link, task, version: versions[place], board, counts, definitions };
            change.event(&end.event(call, scope, told, batch)?);
        }
        let [_, other] = self.ends;
        Ok((change, other))
    }

    /// What the card of the blocked task says then. One that is still blocked by others stays so.
    fn recount(&mut self, blocked: &TaskKey, now_blocked: bool) {
        for (end, counts) in self.ends.iter().zip(&mut self.counts) {
            if end.value.fields.key == *blocked {
                counts.blocked = now_blocked || (counts.blocked && !end.value.fields.blocked_by.is_empty());
            }
        }
    }
}

/// Puts a task into a list of links, or takes it out.
fn set(list: &mut Vec<TaskKey>, task: &TaskKey, there: bool) -> Result<()> {
    list.retain(|other| other != task);
    if there {
        list.push(task.clone());
    }
    if list.len() > MOST_LINKS {
        return Err(Error::field("task", format!("a task takes at most {MOST_LINKS} links of this kind")));
    }
    Ok(())
}
