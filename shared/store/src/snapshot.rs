//! The snapshot of a board that a client opens with.

use crate::{
    board::{BoardWithColumns, assemble},
    core::{
        item::{Stored, text},
        keys,
        scope::Scope,
        table::{Mode, Table},
    },
    custom::FieldsRecord,
    project::LabelRecord,
    sprint::SprintRecord,
    task::TaskRecord,
};
use millrace_domain::{
    Error, Result,
    id::{BoardId, TaskKey},
    resource::Counts,
    task::custom::FieldDefinition,
};
use std::collections::{HashMap, HashSet};

/// Everything that a board shows, as it was read in one pass.
#[derive(Debug, Clone)]
pub struct BoardContents {
    /// The board, its columns, and where its feed stood.
    pub board: BoardWithColumns,
    /// Its live tasks, by number.
    pub tasks: Vec<Stored<TaskRecord>>,
    /// The project's labels.
    pub labels: Vec<Stored<LabelRecord>>,
    /// The project's sprints.
    pub sprints: Vec<Stored<SprintRecord>>,
    /// The project's own fields.
    pub fields: Vec<FieldDefinition>,
    /// The parts of the project's live tasks, counted.
    pub counts: HashMap<TaskKey, Counts>,
}

impl<M: Mode> Table<M> {
    /// Everything that a board shows, in one paged Query over its project.
    ///
    /// Items come in the order of their keys, and where the feed stands comes before the first card, so the cards are
    /// never older than the cursor says.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such board.
    pub async fn board_contents<S>(&self, scope: &Scope<S>, board: &BoardId) -> Result<BoardContents> {
        let items = self.all_content(&keys::project_contents(scope.workspace(), board.project())).await?;
        let own = format!("BOARD#{board}");
        let (mut parts, mut tasks, mut labels) = (Vec::new(), Vec::new(), Vec::new());
        let (mut sprints, mut counts, mut fields) = (Vec::new(), HashMap::new(), Vec::new());
        for item in items {
            let sk = text(&item, "sk")?;
            if sk.starts_with("CARD#") {
                let task = Stored::<TaskRecord>::read(&item)?;
                count_part(&mut counts, &task);
                tasks.push(task);
            } else if sk == "FIELDS" {
                fields = Stored::<FieldsRecord>::read(&item)?.value.fields;
            } else if sk.starts_with("LABEL#") {
                labels.push(Stored::read(&item)?);
            } else if sk.starts_with("SPRINT#") {
                sprints.push(Stored::read(&item)?);
            } else if sk.starts_with(&own) {
                parts.push(item);
            }
        }
        if parts.is_empty() {
            return Err(Error::not_found("board"));
        }
        mark_blocked(&mut counts, &tasks);
        tasks.retain(|task: &Stored<TaskRecord>| task.value.fields.board_id == *board);
        Ok(BoardContents { board: assemble(&parts)?, tasks, labels, sprints, fields, counts })
    }
}

/// Takes up a task's own counters, and counts it as a part of its parent. Done is what the last write to it found, as it
/// is in a `SUBTASK` item.
pub fn count_part(counts: &mut HashMap<TaskKey, Counts>, task: &Stored<TaskRecord>) {
    let TaskRecord { fields: task, counters } = &task.value;
    counts.entry(task.key.clone()).or_default().counters = *counters;
    if let Some(parent) = &task.parent {
        let counts = counts.entry(parent.clone()).or_default();
        counts.subtask_count += 1;
        counts.subtask_done += u32::from(task.closed_at.is_some());
    }
}

/// Marks those that an open one of `tasks`, all live ones of a project, blocks.
pub fn mark_blocked(counts: &mut HashMap<TaskKey, Counts>, tasks: &[Stored<TaskRecord>]) {
    let fields = || tasks.iter().map(|task| &task.value.fields);
    let open: HashSet<&TaskKey> = fields().filter(|task| task.is_open()).map(|task| &task.key).collect();
    for task in fields().filter(|task| task.blocked_by.iter().any(|blocker| open.contains(blocker))) {
        counts.entry(task.key.clone()).or_default().blocked = true;
    }
}
