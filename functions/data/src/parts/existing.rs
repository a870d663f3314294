//! The existing content of a project that an import matches its file against.

use millrace_domain::{
    Result,
    id::{BoardId, ProjectKey},
};
use millrace_endpoint::{Table, Write};
use millrace_import::matching::{KnownBoard, KnownColumn, KnownPerson, KnownProject, KnownSprint};
use millrace_store::{
    Scope, Stored, board::BoardWithColumns, custom::FieldsRecord, scope::Internal, sprint::SprintRecord,
};

/// A project, with what its tasks depend on as it was read.
pub(crate) struct Known {
    /// What names are matched with.
    pub project: KnownProject,
    /// The boards, with their columns.
    pub boards: Vec<BoardWithColumns>,
    /// The sprints.
    pub sprints: Vec<Stored<SprintRecord>>,
    /// The own fields; none before the first write.
    pub fields: Option<Stored<FieldsRecord>>,
}

/// Reads a project in one round trip; none where it has no board that tasks could go to.
pub(crate) async fn known(
    table: &Table<Write>,
    scope: &Scope<Internal>,
    key: &ProjectKey,
    wanted: Option<&BoardId>,
) -> Result<Option<Known>> {
    let (record, boards, members, labels, sprints, fields) = futures::try_join!(
        table.project(scope, key),
        table.boards(scope, key),
        table.members(scope),
        table.labels(scope, key),
        table.sprints(scope, key),
        table.custom_fields(scope, key),
    )?;
    let own = wanted.or(record.value.board_id.as_ref());
    let mut ids = boards.iter().map(|board| &board.board.value.id);
    let target = match (own, wanted) {
        (Some(id), _) if boards.iter().any(|board| board.board.value.id == *id) => Some(id),
        (_, Some(_)) => None,
        _ => ids.next(),
    };
    let Some(target) = target.cloned() else { return Ok(None) };
    let people = members.into_iter().map(|member| member.value).filter(|member| member.role_in(key).is_some());
    let project = KnownProject {
        key: key.clone(),
        board: target,
        boards: boards.iter().map(board).collect(),
        people: people.map(|person| KnownPerson { id: person.user, name: person.name, email: person.email }).collect(),
        labels: labels.into_iter().map(|label| (label.value.id, label.value.name)).collect(),
        sprints: sprints.iter().map(|sprint| self::sprint(&sprint.value)).collect(),
        fields: fields.as_ref().map(|fields| fields.value.fields.clone()).unwrap_or_default(),
    };
    Ok(Some(Known { project, boards, sprints, fields }))
}

fn sprint(sprint: &SprintRecord) -> KnownSprint {
    KnownSprint { id: sprint.id.clone(), name: sprint.plan.name.clone(), open: sprint.takes_tasks() }
}

fn board(board: &BoardWithColumns) -> KnownBoard {
    let open = board.columns.iter().map(|column| &column.value).filter(|column| !column.closing);
    let columns =
        open.map(|column| KnownColumn { id: column.id.clone(), name: column.name.clone(), category: column.category });
    KnownBoard { id: board.board.value.id.clone(), name: board.board.value.name.clone(), columns: columns.collect() }
}
