//! Adding a link and removing it: both ends, the project's graph of blocks and two events in one write.

use crate::writer::{GRANT, Known, Step, TaskWriter, Texts, Told};
use millrace_domain::{
    Error, Result,
    event::{Changes, EventData},
    id::TaskKey,
    resource::Counts,
    task::{
        TaskFields,
        custom::FieldDefinition,
        link::{Link, MOST_LINKS, Relation},
    },
};
use millrace_store::{
    Scope, Stored, Table, Transaction,
    board::BoardWithColumns,
    link::{BlockGraphRecord, LinkRecord},
    scope::Verified,
    table::Mode,
    task::{TaskRecord, TaskWrite},
};
use serde::Serialize;

/// Whether a link is added or removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkStep {
    /// It is added.
    Add,
    /// It is removed.
    Remove,
}

/// A link that is to be added or removed, with all that this concerns.
pub struct Linking {
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
    ///
    /// # Errors
    /// [`Error::NotFound`] where one of the tasks is not there.
    pub async fn read<M: Mode, S>(table: &Table<M>, scope: &Scope<S>, link: Link) -> Result<Self> {
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
    pub fn other(&self) -> &Stored<TaskRecord> {
        &self.ends[1]
    }

    /// Looks whether both tasks still have the keys by which the link was looked for: while they were read, one of them
    /// may have been moved and have taken it along.
    ///
    /// # Errors
    /// [`Error::Raced`] where one has not.
    pub async fn expect_unmoved<M: Mode>(&self, table: &Table<M>, scope: &Scope<Verified>) -> Result<()> {
        let ends = [self.link.task.clone(), self.link.other.clone()];
        let found = table.live_tasks(scope, &ends).await?;
        if found.len() < ends.len() { Err(Error::Raced) } else { Ok(()) }
    }

    /// Refuses those who may not see the other end: nobody learns that it exists.
    ///
    /// # Errors
    /// [`Error::NotFound`] for them.
    pub fn expect_visible(&self, scope: &Scope<Verified>) -> Result<()> {
        let seen = scope.role_in(self.link.other.project());
        seen.map(drop).ok_or_else(|| Error::not_found("task"))
    }

    /// The fields that both ends have afterwards, where one blocks the other, and whether the blocker is open.
    fn blocking(&self, step: LinkStep) -> Result<Option<([TaskFields; 2], bool)>> {
        let Some((blocker, blocked)) = self.link.order() else { return Ok(None) };
        let mut opens = false;
        let mut ends = [self.ends[0].value.fields.clone(), self.ends[1].value.fields.clone()];
        for fields in &mut ends {
            let (list, other) = if fields.key == *blocker {
                opens = fields.is_open();
                (&mut fields.blocks, blocked)
            } else {
                (&mut fields.blocked_by, blocker)
            };
            set(list, other, step)?;
        }
        Ok(Some((ends, opens)))
    }

    /// What one of the ends tells.
    fn told(link: &Link, step: LinkStep) -> Result<Changes> {
        let link = ChangedLink { kind: link.relation, task: &link.other };
        match step {
            LinkStep::Add => Changes::of_field("links", &None, &Some(link)),
            LinkStep::Remove => Changes::of_field("links", &Some(link), &None),
        }
    }
}

/// A link, as the list of changes names it.
#[derive(Serialize)]
struct ChangedLink<'link> {
    kind: Relation,
    task: &'link TaskKey,
}

impl<S> TaskWriter<'_, S> {
    /// Adds a link or removes it, at both ends.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `task` where tasks would block each other in a circle, or where a task has as many links
    /// of this kind as it takes.
    pub fn link(&self, linking: &Linking, step: LinkStep) -> Result<Transaction> {
        let writer = self.in_own_batch();
        let mut change = self.begin();
        let blocking = linking.blocking(step)?;
        if let Some((blocker, blocked)) = linking.link.order() {
            let mut graph = linking.graph.as_ref().map(|graph| graph.value.graph.clone()).unwrap_or_default();
            match step {
                LinkStep::Add => graph.add(blocker.project(), blocker.number(), blocked.number())?,
                LinkStep::Remove => graph.remove(blocker.number(), blocked.number()),
            }
            change.put_block_graph(GRANT, self.scope, blocker.project(), linking.graph.as_ref(), graph);
        }
        let opens = blocking.as_ref().is_some_and(|(_, opens)| *opens);
        match step {
            LinkStep::Add => change.add_link(GRANT, self.scope, &linking.link, opens),
            LinkStep::Remove => change.remove_link(GRANT, self.scope, &linking.link),
        }
        let inverse = linking.link.inverse();
        for (place, link) in [&linking.link, &inverse].into_iter().enumerate() {
            let (task, counts) = (&linking.ends[place], &linking.counts[place]);
            let counts = Counts { counters: task.value.counters, ..*counts };
            let known = Known::of(task, &linking.boards, counts, &linking.definitions[place])?;
            let told = Linking::told(link, step)?;
            match &blocking {
                Some((ends, opens)) => {
                    let after = TaskFields { updated_at: self.now, ..ends[place].clone() };
                    // One that others block too stays blocked.
                    let others = counts.blocked && !after.blocked_by.is_empty();
                    let blocked = match linking.link.order() {
                        Some((_, blocked)) if *blocked == after.key => (*opens && step == LinkStep::Add) || others,
                        _ => counts.blocked,
                    };
                    let mut after_view = known.view;
                    after_view.counts.blocked = blocked;
                    let written = Step {
                        write: TaskWrite::Update(task),
                        before: Some(known.view),
                        after,
                        view: after_view,
                        description: Texts::default(),
                        told: Told::With(EventData::TaskUpdated, told),
                    };
                    writer.write(&mut change, written)?;
                }
                None => {
                    change.check_task(self.scope, &task.value.fields.key, || Error::Raced);
                    writer.tell(&mut change, EventData::TaskUpdated, &known.card()?, told);
                }
            }
        }
        Ok(change)
    }
}

/// Puts a task into a list of links, or takes it out.
fn set(list: &mut Vec<TaskKey>, task: &TaskKey, step: LinkStep) -> Result<()> {
    list.retain(|other| other != task);
    if step == LinkStep::Add {
        list.push(task.clone());
    }
    if list.len() > MOST_LINKS {
        return Err(Error::field("task", format!("a task takes at most {MOST_LINKS} links of this kind")));
    }
    Ok(())
}
