//! Transferring a task to another project, or to another board of its own.

use crate::{
    found::Found,
    outcome::{Outcome, Prepared},
    writer::{GRANT, Step, TaskWriter, Texts, Told, View},
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    board::rank::Rank,
    id::{BoardId, LabelId, ProjectKey, TaskKey},
    resource::Counts,
    task::{
        TaskFields,
        custom::{FieldDefinition, carried},
        transfer::MOST_FORMER,
    },
};
use millrace_store::{
    Scope, Stored, Table,
    board::{BoardWithColumns, ColumnRecord},
    project::{LabelRecord, Numbering},
    table::Mode,
    task::TaskWrite,
};

/// A task that is to be transferred, and what it finds in the project that it goes to.
pub struct Transferring {
    /// The task.
    pub found: Found,
    ties: i64,
    labels: Vec<Stored<LabelRecord>>,
    /// The project that it goes to; none where there is no such project.
    target: Option<Target>,
}

struct Target {
    project: ProjectKey,
    boards: Vec<BoardWithColumns>,
    labels: Vec<Stored<LabelRecord>>,
    definitions: Vec<FieldDefinition>,
    numbering: Stored<Numbering>,
}

impl Transferring {
    /// Reads a task and the project that it goes to in one round trip.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is no such task.
    pub async fn read<M: Mode, S>(
        table: &Table<M>,
        scope: &Scope<S>,
        task: &TaskKey,
        project: &ProjectKey,
        now: Timestamp,
    ) -> Result<Self> {
        let (found, ties, labels, target) = futures::try_join!(
            Found::read(table, scope, task, now),
            table.ties(scope, task),
            table.labels(scope, task.project()),
            Target::read(table, scope, project),
        )?;
        Ok(Self { found, ties, labels, target })
    }

    /// Refuses a board that is not there.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `project` or `board_id`.
    pub fn expect_board(&self, board: &BoardId) -> Result<()> {
        self.to(board).map(drop)
    }

    fn to(&self, board: &BoardId) -> Result<(&Target, &BoardWithColumns)> {
        let target = self.target.as_ref().ok_or_else(|| Error::field("project", "is not a project that you see"))?;
        let board = target.boards.iter().find(|other| other.board.value.id == *board);
        Ok((target, board.ok_or_else(|| Error::field("board_id", "is not a board of this project"))?))
    }
}

impl Target {
    async fn read<M: Mode, S>(table: &Table<M>, scope: &Scope<S>, project: &ProjectKey) -> Result<Option<Self>> {
        let read = futures::try_join!(
            table.project(scope, project),
            table.boards(scope, project),
            table.labels(scope, project),
            table.field_definitions(scope, project),
            table.numbering(scope, project),
        );
        match read {
            Ok((_, boards, labels, definitions, numbering)) => {
                Ok(Some(Self { project: project.clone(), boards, labels, definitions, numbering }))
            }
            Err(Error::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl<S> TaskWriter<'_, S> {
    /// Transfers a live task to a board. It goes to the bottom of the first column of its status, or else of the first
    /// column, whatever its limit says. In another project it gets a new key.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `project` or `board_id`, [`Error::Conflict`] for an archived task, for one that has a
    /// parent, parts or blocks, and for one with too many links.
    pub async fn transfer<M: Mode>(
        &self,
        table: &Table<M>,
        transferring: &Transferring,
        board: &BoardId,
    ) -> Result<Outcome> {
        let (target, board) = transferring.to(board)?;
        let found = &transferring.found;
        found.expect_live()?;
        let before = found.fields();
        if before.board_id == board.board.value.id {
            return Outcome::unchanged(found);
        }
        let column = board.first_of(found.view().status(before)?).map_or_else(|| board.first_column(), Ok)?;
        let mut fields = TaskFields { board_id: board.board.value.id.clone(), ..before.clone() };
        fields.place(&column.value.id, Rank::bottom(self.now), column.value.category, self.now);
        if target.project == *before.key.project() {
            self.to_board(found, board, column, fields)
        } else {
            self.to_project(table, transferring, target, (board, column), fields).await
        }
    }

    fn to_board(
        &self,
        found: &Found,
        board: &BoardWithColumns,
        column: &Stored<ColumnRecord>,
        after: TaskFields,
    ) -> Result<Outcome> {
        let mut change = self.begin();
        change.check_column(column);
        let step = Step {
            write: TaskWrite::Update(&found.whole.fields),
            before: Some(found.view()),
            after,
            view: View { board, ..found.view() },
            description: Texts::kept(found.description()),
            told: Told::Transfer,
        };
        let written = self.in_own_batch().write(&mut change, step)?;
        Ok(Prepared::of(change, written).into())
    }

    async fn to_project<M: Mode>(
        &self,
        table: &Table<M>,
        Transferring { found, ties, labels, .. }: &Transferring,
        target: &Target,
        (board, column): (&BoardWithColumns, &Stored<ColumnRecord>),
        mut after: TaskFields,
    ) -> Result<Outcome> {
        expect_transferable(found)?;
        let before = found.fields();
        let last = target.numbering.value.last.checked_add(1);
        let last = last.ok_or_else(|| Error::conflict("This project has given all of its numbers."))?;
        after.key = TaskKey::new(&target.project, last);
        after.former = before.keys().on_to(after.key.clone()).former;
        after.sprint_id = None;
        after.labels = taken_along(&before.labels, labels, &target.labels);
        after.custom = carried(&found.whole.custom_fields, &target.definitions, &before.custom);
        let (from, to) = (before.key.clone(), after.key.clone());

        // What comes after its card and its ties were read is noticed when this is written; what came before is seen.
        let attached = table.attached(self.scope, &from).await?;
        expect_no_parts(attached.parts)?;
        let mut change = self.begin();
        change.update(&target.numbering, &Numbering { last }, None);
        change.check_column(column);
        let text = attached.text.as_ref().map(|text| &text.value.description);
        let counts = Counts { counters: found.whole.fields.value.counters, ..Counts::default() };
        let step = Step {
            write: TaskWrite::Transfer { stored: &found.whole.fields, ties: *ties },
            before: Some(found.view()),
            after,
            view: View { board, counts, definitions: &target.definitions },
            description: Texts::kept(text),
            told: Told::Transfer,
        };
        let written = self.in_own_batch().write(&mut change, step)?;
        if let Some(text) = &attached.text {
            change.take_text_along(GRANT, self.scope, text, &to);
        }
        for link in &attached.links {
            change.take_link_along(GRANT, self.scope, link, &from, &to);
        }
        if !change.fits() {
            return Err(Error::conflict("It has too many links to be moved. Take some of them away first."));
        }
        Ok(Prepared::of(change, written).into())
    }
}

/// The labels of the other project that have the names of those that the task has, in whatever case.
fn taken_along(labels: &[LabelId], from: &[Stored<LabelRecord>], to: &[Stored<LabelRecord>]) -> Vec<LabelId> {
    let name = |label: &Stored<LabelRecord>| label.value.name.to_lowercase();
    let same = |id: &LabelId| {
        let named = from.iter().find(|label| label.value.id == *id)?;
        let same = to.iter().find(|label| name(label) == name(named))?;
        Some(same.value.id.clone())
    };
    labels.iter().filter_map(same).collect()
}

/// Refuses a task that hangs on others of its project.
fn expect_transferable(found: &Found) -> Result<()> {
    let fields = found.fields();
    if let Some(parent) = &fields.parent {
        return Err(Error::conflict(format!("It is a part of {parent}. Take it out of that task first.")));
    }
    expect_no_parts(found.whole.counts.subtask_count as usize)?;
    let blocks: Vec<String> = fields.blocks.iter().chain(&fields.blocked_by).map(ToString::to_string).collect();
    if !blocks.is_empty() {
        let detail = format!("It blocks tasks or is blocked ({}). Take those links away first.", blocks.join(", "));
        return Err(Error::conflict(detail));
    }
    if fields.former.len() >= MOST_FORMER {
        return Err(Error::conflict(format!("It was moved {MOST_FORMER} times already, and cannot be moved again.")));
    }
    Ok(())
}

fn expect_no_parts(parts: usize) -> Result<()> {
    if parts > 0 {
        return Err(Error::conflict("It has subtasks, and those are of one project. Take them out of it first."));
    }
    Ok(())
}
