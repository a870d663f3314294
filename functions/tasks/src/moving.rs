//! What a task finds in the project that it is moved to.

use millrace_domain::{
    Error, Result,
    id::{BoardId, LabelId, ProjectKey},
    task::custom::{FieldDefinition, carried},
};
use millrace_store::{
    Scope, Stored, Table,
    board::BoardWithColumns,
    project::{LabelRecord, Numbering},
    table::Mode,
};
use serde_json::{Map, Value};

/// The project that a task is moved to.
pub(crate) struct Target {
    boards: Vec<BoardWithColumns>,
    /// Its labels.
    pub labels: Vec<Stored<LabelRecord>>,
    /// Its own fields.
    pub custom_fields: Vec<FieldDefinition>,
    /// The last number that it gave.
    pub numbering: Stored<Numbering>,
}

impl Target {
    /// Reads what a task finds in `project`, in one round trip; none where there is no such project.
    pub(crate) async fn read<M: Mode, S>(
        table: &Table<M>,
        scope: &Scope<S>,
        project: &ProjectKey,
    ) -> Result<Option<Self>> {
        let read = futures::try_join!(
            table.project(scope, project),
            table.boards(scope, project),
            table.labels(scope, project),
            table.field_definitions(scope, project),
            table.numbering(scope, project),
        );
        match read {
            Ok((_, boards, labels, custom_fields, numbering)) => {
                Ok(Some(Self { boards, labels, custom_fields, numbering }))
            }
            Err(Error::NotFound(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// One of its boards.
    pub(crate) fn board(&self, id: &BoardId) -> Result<&BoardWithColumns> {
        let found = self.boards.iter().find(|board| board.board.value.id == *id);
        found.ok_or_else(|| Error::field("board_id", "is not a board of this project"))
    }

    /// The number of its next task.
    pub(crate) fn next_number(&self) -> Result<u32> {
        let next = self.numbering.value.last.checked_add(1);
        next.ok_or_else(|| Error::conflict("This project has given all of its numbers."))
    }

    /// The values of own fields that go along.
    pub(crate) fn values(&self, definitions: &[FieldDefinition], values: &Map<String, Value>) -> Map<String, Value> {
        carried(definitions, &self.custom_fields, values)
    }
}

/// The labels of the other project that have the names of those that the task has, in whatever case.
pub(crate) fn taken_along(
    labels: &[LabelId],
    from: &[Stored<LabelRecord>],
    to: &[Stored<LabelRecord>],
) -> Vec<LabelId> {
    let name = |label: &Stored<LabelRecord>| label.value.name.to_lowercase();
    let same = |id: &LabelId| {
        let named = from.iter().find(|label| label.value.id == *id)?;
        let same = to.iter().find(|label| name(label) == name(named))?;
        Some(same.value.id.clone())
    };
    labels.iter().filter_map(same).collect()
}
