//! The figures of a project.

use super::{Setting, days, named_project, needed, priority, status};
use crate::parts::document::{Cell, Chart, Column, Document, Grid, Line};
use jiff::Timestamp;
use millrace_domain::{Result, id::LabelId, report::ReportRequest, task::Priority};
use millrace_insight::{
    counters::{Counters, about_today},
    figures::{Contribution, Figures, Totals, TrendDay, Whose, Workload, contributions, trend_days, workload},
    groups::{Grouping, TaskGroup, groups},
};
use millrace_store::{Scope, Table, Write};
use std::collections::HashMap;

pub(super) async fn read(
    table: &Table<Write>,
    scope: &Scope,
    request: &ReportRequest,
    now: Timestamp,
) -> Result<Document> {
    let project = needed(request.project.as_ref())?;
    let (setting, named, counters, labels) = futures::try_join!(
        Setting::read(table, scope, now),
        named_project(table, scope, project),
        Counters::read(table, scope, about_today(now), request.from, request.to),
        table.labels(scope, project),
    )?;
    let shown = counters.seen_by(scope, std::slice::from_ref(project))?;
    let today = shown.today(now);
    let span = trend_days(request.from, request.to, today)?;
    let figures = Figures::of(&shown, today, span, &Whose::All);
    let labels: HashMap<LabelId, String> =
        labels.into_iter().map(|label| (label.value.id, label.value.name.to_string())).collect();
    let tables = vec![
        happened(&figures),
        standing(&figures),
        by_priority(&groups(&shown, Grouping::Priority, &Whose::All)?),
        by_label(&groups(&shown, Grouping::Label, &Whose::All)?, &labels),
        works_on(&workload(&shown, today, &Whose::All), &setting),
        did(&contributions(&shown, span, &Whose::All), &setting),
        by_day(&figures.trend),
    ];
    let about = vec![named, days(span.0, span.1)];
    Ok(setting.document(format!("Figures of {project}"), about, tables, Some(chart(&figures.trend))))
}

/// A daily counter: its name and format.
type Measured = (&'static str, fn(&Totals) -> Cell);

const MEASURES: [Measured; 7] = [
    ("Tasks made", |totals| Cell::Whole(totals.created)),
    ("Tasks closed", |totals| Cell::Whole(totals.closed)),
    ("Tasks opened again", |totals| Cell::Whole(totals.reopened)),
    ("Steps between columns", |totals| Cell::Whole(totals.moved)),
    ("Comments", |totals| Cell::Whole(totals.comments)),
    ("Hours logged", |totals| Cell::Decimal(totals.hours)),
    ("Hours of work a task", |totals| Cell::maybe(totals.cycle_hours, Cell::Decimal)),
];

fn happened(figures: &Figures) -> Grid {
    let (week, month) = (&figures.last_7_days, &figures.last_30_days);
    let row = |(name, cell): &Measured| {
        vec![
            Cell::text(name),
            cell(&figures.today),
            cell(&week.now),
            cell(&week.before),
            cell(&month.now),
            cell(&month.before),
        ]
    };
    Grid::new(
        "What happened",
        [
            ("Figure", 26),
            ("Today", 10),
            ("Last 7 days", 14),
            ("7 days before", 14),
            ("Last 30 days", 14),
            ("30 days before", 14),
        ],
        MEASURES.iter().map(row).collect(),
    )
}

fn counted(name: &'static str, of: &'static str, rows: Vec<Vec<Cell>>) -> Grid {
    Grid { name, columns: vec![Column::new(of, 26), Column::new("Tasks", 10)], rows }
}

fn standing(figures: &Figures) -> Grid {
    let by_status = figures.by_status.iter().map(|part| vec![Cell::text(status(part.status)), Cell::Whole(part.tasks)]);
    let sums = [
        vec![Cell::text("All that are not done"), Cell::Whole(figures.open)],
        vec![Cell::text("Overdue"), Cell::Whole(figures.overdue)],
    ];
    counted("Tasks by status", "Status", by_status.chain(sums).collect())
}

fn by_priority(groups: &[TaskGroup]) -> Grid {
    let name = |group: &TaskGroup| {
        serde::Deserialize::deserialize(&group.group).map_or(Cell::Empty, |word: Priority| Cell::text(priority(word)))
    };
    let rows = groups.iter().map(|group| vec![name(group), Cell::Whole(group.tasks)]);
    counted("Open tasks by priority", "Priority", rows.collect())
}

fn by_label(groups: &[TaskGroup], labels: &HashMap<LabelId, String>) -> Grid {
    let name = |group: &TaskGroup| {
        let id: Option<LabelId> = group.group.as_str().and_then(|id| id.parse().ok());
        id.and_then(|id| labels.get(&id)).map_or_else(|| "A label that is gone".to_owned(), Clone::clone)
    };
    let rows = groups.iter().map(|group| vec![Cell::Text(name(group)), Cell::Whole(group.tasks)]);
    counted("Open tasks by label", "Label", rows.collect())
}

fn works_on(workload: &[Workload], setting: &Setting) -> Grid {
    let rows = workload.iter().map(|part| {
        let name = part.person.as_ref().map_or("Nobody".to_owned(), |person| setting.person(person));
        vec![Cell::Text(name), Cell::Whole(part.open), Cell::Whole(part.points), Cell::Whole(part.overdue)]
    });
    Grid::new(
        "Who works on what",
        [("Person", 26), ("Open tasks", 12), ("Points", 10), ("Overdue", 10)],
        rows.collect(),
    )
}

fn measured(first: Column) -> Vec<Column> {
    std::iter::once(first).chain(MEASURES.iter().map(|(name, _)| Column::new(name, 14))).collect()
}

fn did(contributions: &[Contribution], setting: &Setting) -> Grid {
    let rows = contributions.iter().map(|part| {
        let cells = MEASURES.iter().map(|(_, cell)| cell(&part.totals));
        std::iter::once(Cell::Text(setting.person(&part.person))).chain(cells).collect()
    });
    Grid { name: "Who did what", columns: measured(Column::new("Person", 26)), rows: rows.collect() }
}

fn by_day(trend: &[TrendDay]) -> Grid {
    let rows = trend.iter().map(|day| {
        let cells = MEASURES.iter().map(|(_, cell)| cell(&day.totals));
        std::iter::once(Cell::Day(day.date)).chain(cells).collect()
    });
    Grid { name: "Day by day", columns: measured(Column::new("Date", 12)), rows: rows.collect() }
}

fn chart(trend: &[TrendDay]) -> Chart {
    let line = |name, count: fn(&Totals) -> i64| Line {
        name,
        dashed: false,
        values: trend.iter().map(|day| Some(count(&day.totals) as f64)).collect(),
    };
    Chart {
        title: "Day by day",
        days: trend.iter().map(|day| day.date).collect(),
        lines: vec![line("Tasks closed", |totals| totals.closed), line("Tasks made", |totals| totals.created)],
    }
}
