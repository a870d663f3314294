//! What an import creates before its tasks: boards, columns, labels, sprints and custom fields.

use crate::parts::{delivery::Run, existing::Known};
use millrace_domain::{
    board::{rank::Rank, workflow::Workflow},
    event::{
        EventData,
        payload::{BoardUpdated, ColumnEvent, ProjectPart, ProjectUpdated, SprintUpdated},
    },
    import::progress::Made,
};
use millrace_endpoint::Result;
use millrace_import::matching::Making;
use millrace_store::{
    Transaction,
    board::{BoardRecord, ColumnRecord},
    import::ImportRecord,
    project::LabelRecord,
    sprint::SprintRecord,
};

/// How many things of one kind a transaction makes: each takes up to three of its hundred items.
const AT_ONCE: usize = 30;

/// The names of what is to be made.
pub(crate) fn names(making: &Making) -> Made {
    Made {
        boards: making.boards.iter().map(|(_, name)| name.to_string()).collect(),
        columns: making.columns.iter().map(|(_, _, column, _)| column.name.to_string()).collect(),
        labels: making.labels.iter().map(|(_, name, _)| name.to_string()).collect(),
        sprints: making.sprints.iter().map(|(_, listed)| listed.plan.name.to_string()).collect(),
        fields: making.fields.iter().map(|field| field.name.to_string()).collect(),
    }
}

/// Puts the first of what is missing into `change`: one kind of things, so that what they depend on is there already.
/// What was put in, by its names.
pub(crate) fn make(
    run: &Run<'_>,
    change: &mut Transaction,
    known: &Known,
    making: Making,
    import: &ImportRecord,
) -> Result<Made> {
    let Making { mut boards, mut columns, mut labels, mut sprints, mut fields } = making;
    let next = if !boards.is_empty() {
        boards.truncate(AT_ONCE);
        Making { boards, ..Making::default() }
    } else if !columns.is_empty() {
        columns.truncate(AT_ONCE);
        Making { columns, ..Making::default() }
    } else if !labels.is_empty() {
        labels.truncate(AT_ONCE);
        Making { labels, ..Making::default() }
    } else if !sprints.is_empty() {
        sprints.truncate(AT_ONCE);
        Making { sprints, ..Making::default() }
    } else {
        Making { fields: std::mem::take(&mut fields), ..Making::default() }
    };
    let (scope, project, now) = (&run.scope, import.id.project(), run.now());
    for (id, name) in &next.boards {
        let board = BoardRecord {
            id: id.clone(),
            name: name.clone(),
            workflow: Workflow::default(),
            created_at: now,
            updated_at: now,
        };
        change.open_board(scope, &board);
        let data = BoardUpdated { import: Some(import.id.clone()), ..board.resource(1).into() };
        change.event(&run.event(import, EventData::BoardUpdated(data)).on_board(id));
    }
    let mut touched = Vec::new();
    for (place, (board, id, listed, category)) in next.columns.iter().enumerate() {
        let stored = known.boards.iter().find(|known| known.board.value.id == *board);
        // The board's version makes this and the board's deletion see each other: no column outlives its board.
        if let Some(stored) = stored.filter(|_| !touched.contains(&board)) {
            let mut changed = stored.board.value.clone();
            changed.updated_at = now;
            change.update(&stored.board, &changed, None);
            touched.push(board);
        }
        let column = ColumnRecord {
            id: id.clone(),
            name: listed.name.clone(),
            category: *category,
            rank: Rank::bottom_of_many(now, place),
            wip_limit: listed.wip_limit,
            closing: false,
        };
        change.add_column(scope, board, &column);
        let data = ColumnEvent { column: column.resource(1), import: Some(import.id.clone()) };
        change.event(&run.event(import, EventData::ColumnAdded(data)).on_board(board));
    }
    for (id, name, color) in &next.labels {
        let label = LabelRecord { id: id.clone(), name: name.clone(), color: color.clone() };
        change.add_label(scope, project, &label);
        change.event(&run.event(import, of_project(ProjectPart::Label(label.resource(1)), import)));
    }
    for (id, listed) in &next.sprints {
        let course = &listed.course;
        let sprint = SprintRecord {
            id: id.clone(),
            plan: listed.plan.clone(),
            state: listed.state,
            emptying: None,
            committed_points: course.committed_points,
            completed_points: course.completed_points,
            started_at: course.started_at,
            closed_at: course.closed_at,
            created_at: course.created_at.unwrap_or(now),
            updated_at: now,
        };
        change.open_sprint(scope, &sprint);
        let data = SprintUpdated { import: Some(import.id.clone()), ..sprint.resource(1).into() };
        change.event(&run.event(import, EventData::SprintUpdated(data)));
    }
    if !next.fields.is_empty() {
        let mut record = known.fields.as_ref().map(|fields| fields.value.clone()).unwrap_or_default();
        record.fields.extend(next.fields.iter().cloned());
        change.put_custom_fields(scope, project, known.fields.as_ref(), &record);
        change.event(&run.event(import, of_project(ProjectPart::Fields(record.fields), import)));
    }
    Ok(names(&next))
}

fn of_project(what: ProjectPart, import: &ImportRecord) -> EventData {
    EventData::ProjectUpdated(ProjectUpdated { what, import: Some(import.id.clone()) })
}
