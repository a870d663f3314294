//! The live tasks of a project.

use super::{Setting, named_project, needed, priority, status};
use crate::parts::document::{Cell, Column, Document, Grid};
use jiff::Timestamp;
use millrace_domain::{
    Result,
    id::{LabelId, SprintId},
    report::ReportRequest,
    time::hours,
};
use millrace_insight::tasks::{Admitted, ProjectTasks};
use millrace_store::{Scope, Table, Write, task::TaskRecord};
use std::collections::HashMap;

const COLUMNS: [Column; 20] = [
    Column::new("Key", 11),
    Column::new("Title", 50),
    Column::new("Status", 12),
    Column::beside("Board", 18),
    Column::beside("Column", 16),
    Column::new("Priority", 10),
    Column::new("Assignees", 24),
    Column::beside("Labels", 24),
    Column::new("Points", 8),
    Column::beside("Estimated hours", 12),
    Column::beside("Logged hours", 12),
    Column::beside("Start date", 12),
    Column::new("Due date", 12),
    Column::new("Sprint", 18),
    Column::beside("Part of", 11),
    Column::beside("Blocked by", 18),
    Column::beside("Reporter", 20),
    Column::beside("Created", 17),
    Column::beside("Updated", 17),
    Column::beside("Closed", 17),
];

/// The names behind the ids in tasks.
struct Names {
    setting: Setting,
    labels: HashMap<LabelId, String>,
    sprints: HashMap<SprintId, String>,
}

pub(super) async fn read(
    table: &Table<Write>,
    scope: &Scope,
    request: &ReportRequest,
    now: Timestamp,
) -> Result<Document> {
    let project = needed(request.project.as_ref())?;
    let (setting, named, tasks, labels, sprints) = futures::try_join!(
        Setting::read(table, scope, now),
        named_project(table, scope, project),
        ProjectTasks::read(table, scope, project, false, now),
        table.labels(scope, project),
        table.sprints(scope, project),
    )?;
    let names = Names {
        setting,
        labels: labels.into_iter().map(|label| (label.value.id, label.value.name.to_string())).collect(),
        sprints: sprints.into_iter().map(|sprint| (sprint.value.id, sprint.value.plan.name.to_string())).collect(),
    };
    let admitted = tasks.admitted(&request.filter(), scope.person())?;
    let rows: Vec<Vec<Cell>> = admitted.iter().map(|task| row(task, &names)).collect();
    let mut about = vec![named];
    about.extend(narrowed(request, &names));
    about.push(("Tasks", rows.len().to_string()));
    let grid = Grid { name: "Tasks", columns: COLUMNS.to_vec(), rows };
    Ok(names.setting.document(format!("Tasks of {project}"), about, vec![grid], None))
}

/// The request's filters, in words.
fn narrowed(request: &ReportRequest, names: &Names) -> Vec<(&'static str, String)> {
    let mut narrowed = Vec::new();
    let mut add = |name, words: Vec<String>| {
        if !words.is_empty() {
            narrowed.push((name, words.join(", ")));
        }
    };
    add("Status", request.status.iter().map(|word| status(*word).to_owned()).collect());
    add("Priority", request.priority.iter().map(|word| priority(*word).to_owned()).collect());
    add("Assignee", request.user.iter().map(|person| names.setting.person(person)).collect());
    add("Label", request.label.iter().filter_map(|label| names.labels.get(label).cloned()).collect());
    add("Sprint", request.sprint.iter().filter_map(|sprint| names.sprints.get(sprint).cloned()).collect());
    add("Due from", request.from.iter().map(ToString::to_string).collect());
    add("Due until", request.to.iter().map(ToString::to_string).collect());
    narrowed
}

fn row(Admitted { task, board, status: stands, counts }: &Admitted<'_>, names: &Names) -> Vec<Cell> {
    let TaskRecord { fields, .. } = &task.value;
    let column = board.columns.iter().find(|column| column.value.id == fields.column_id);
    let moment = |at: Timestamp| Cell::Moment(names.setting.calendar.time_at(at));
    let listed = |words: Vec<String>| if words.is_empty() { Cell::Empty } else { Cell::Text(words.join(", ")) };
    vec![
        Cell::text(&fields.key),
        Cell::text(&fields.title),
        Cell::text(status(*stands)),
        Cell::text(&board.board.value.name),
        Cell::maybe(column, |column| Cell::text(&column.value.name)),
        Cell::text(priority(fields.priority)),
        listed(fields.assignees.iter().map(|person| names.setting.person(person)).collect()),
        listed(fields.labels.iter().filter_map(|label| names.labels.get(label).cloned()).collect()),
        Cell::maybe(fields.story_points, Cell::count),
        Cell::maybe(fields.estimated_hours, Cell::Decimal),
        Cell::Decimal(hours(counts.counters.logged_minutes)),
        Cell::maybe(fields.start_date, Cell::Day),
        Cell::maybe(fields.due_date, Cell::Day),
        Cell::maybe(fields.sprint_id.as_ref().and_then(|sprint| names.sprints.get(sprint)), Cell::text),
        Cell::maybe(fields.parent.as_ref(), Cell::text),
        listed(fields.blocked_by.iter().map(ToString::to_string).collect()),
        Cell::maybe(fields.reporter.as_ref(), |person| Cell::Text(names.setting.person(person))),
        moment(fields.created_at),
        moment(fields.updated_at),
        Cell::maybe(fields.closed_at, moment),
    ]
}
