//! The completed work of a project in its last sprints.

use super::{Setting, named_project, needed};
use crate::parts::document::{Cell, Document, Grid};
use jiff::Timestamp;
use millrace_domain::{Result, report::ReportRequest, sprint::velocity::Velocity};
use millrace_store::{Scope, Table, Write};

/// The maximum number of closed sprints, most recent first.
const MOST_SPRINTS: usize = 50;

pub(super) async fn read(
    table: &Table<Write>,
    scope: &Scope,
    request: &ReportRequest,
    now: Timestamp,
) -> Result<Document> {
    let project = needed(request.project.as_ref())?;
    let (setting, named, sprints) = futures::try_join!(
        Setting::read(table, scope, now),
        named_project(table, scope, project),
        table.sprints(scope, project),
    )?;
    let sprints = sprints.iter().map(|sprint| sprint.value.resource(sprint.version));
    let velocity = Velocity::of(sprints, MOST_SPRINTS);
    let rows = velocity.sprints.iter().map(|sprint| {
        vec![
            Cell::text(&sprint.name),
            Cell::Day(sprint.start_date),
            Cell::Day(sprint.end_date),
            Cell::maybe(sprint.closed_at, |at| Cell::Day(setting.calendar.day_at(at))),
            Cell::count(sprint.committed_points),
            Cell::count(sprint.completed_points),
        ]
    });
    let grid = Grid::new(
        "Sprints",
        [
            ("Sprint", 30),
            ("First day", 12),
            ("Last day", 12),
            ("Closed", 12),
            ("Committed points", 18),
            ("Completed points", 18),
        ],
        rows.collect(),
    );
    let average =
        velocity.average.map_or("No sprint is closed yet".to_owned(), |points| format!("{points} points a sprint"));
    let about = vec![named, ("Average", average)];
    Ok(setting.document(format!("Velocity of {project}"), about, vec![grid], None))
}
