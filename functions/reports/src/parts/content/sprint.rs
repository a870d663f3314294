//! The result or current state of a sprint, with its burndown.

use super::{Setting, days, named_project, needed};
use crate::parts::document::{Cell, Chart, Document, Grid, Line};
use jiff::Timestamp;
use millrace_domain::{
    Result,
    report::ReportRequest,
    sprint::burndown::{BurndownDay, ReportedTask, SprintReport},
};
use millrace_store::{Scope, Table, Write};

pub(super) async fn read(
    table: &Table<Write>,
    scope: &Scope,
    request: &ReportRequest,
    now: Timestamp,
) -> Result<Document> {
    let sprint = needed(request.sprint.as_ref())?;
    let (setting, named, stored, history) = futures::try_join!(
        Setting::read(table, scope, now),
        named_project(table, scope, sprint.project()),
        table.sprint(scope, sprint),
        table.sprint_history(scope, sprint),
    )?;
    let report = history.report_of(&stored.value, now);
    let burndown = history.burndown_of(&stored.value, &setting.calendar, now);
    let mut about = vec![named, days(report.start_date, report.end_date)];
    if !report.goal.is_empty() {
        about.push(("Goal", report.goal.to_string()));
    }
    let stands = match (report.started_at, report.closed_at) {
        (None, _) => "Not started yet".to_owned(),
        (Some(_), None) => "Running".to_owned(),
        (Some(_), Some(at)) => format!("Closed on {}", setting.calendar.day_at(at)),
    };
    about.push(("State", stands));
    let tables = vec![figures(&report), tasks(&report), by_day(&burndown)];
    Ok(setting.document(format!("Sprint report: {}", report.name), about, tables, Some(chart(&burndown))))
}

fn figures(report: &SprintReport) -> Grid {
    let row = |name: &str, points: i64| vec![Cell::text(name), Cell::Whole(points)];
    Grid::new(
        "Points",
        [("Figure", 34), ("Points", 10)],
        vec![
            row("Committed at the start", report.committed_points.into()),
            row("Added after the start", report.added_points.into()),
            row("Taken out after the start", report.removed_points.into()),
            row("Re-estimated after the start", report.re_estimated_points),
            row("Completed", report.completed_points.into()),
            row("Not completed", report.carried_over_points.into()),
            row("Velocity", report.velocity.into()),
        ],
    )
}

fn tasks(report: &SprintReport) -> Grid {
    let added = |task: &ReportedTask| report.added.iter().any(|other| other.key == task.key);
    let lists = [
        ("Completed", &report.completed),
        ("Not completed", &report.carried_over),
        ("Taken out after the start", &report.removed),
    ];
    let rows = lists.into_iter().flat_map(|(outcome, tasks)| {
        tasks.iter().map(move |task| {
            vec![
                Cell::text(&task.key),
                Cell::text(&task.title),
                Cell::count(task.points),
                Cell::text(outcome),
                Cell::text(if added(task) { "Yes" } else { "No" }),
            ]
        })
    });
    Grid::new(
        "Tasks",
        [("Key", 11), ("Title", 50), ("Points", 8), ("Outcome", 24), ("Added after the start", 20)],
        rows.collect(),
    )
}

fn by_day(burndown: &[BurndownDay]) -> Grid {
    let row = |day: &BurndownDay| {
        vec![
            Cell::Day(day.date),
            Cell::text(if day.working { "Yes" } else { "No" }),
            Cell::maybe(day.remaining_points, Cell::count),
            Cell::Decimal(day.ideal),
            Cell::maybe(day.scope, Cell::count),
        ]
    };
    Grid::new(
        "Burndown",
        [("Date", 12), ("Working day", 12), ("Points left", 12), ("Ideal", 10), ("Points in all", 12)],
        burndown.iter().map(row).collect(),
    )
}

fn chart(burndown: &[BurndownDay]) -> Chart {
    let line = |name, dashed, value: fn(&BurndownDay) -> Option<f64>| Line {
        name,
        dashed,
        values: burndown.iter().map(value).collect(),
    };
    Chart {
        title: "Burndown",
        days: burndown.iter().map(|day| day.date).collect(),
        lines: vec![
            line("Points left", false, |day| day.remaining_points.map(f64::from)),
            line("Points in all", false, |day| day.scope.map(f64::from)),
            line("Ideal", true, |day| Some(day.ideal)),
        ],
    }
}
