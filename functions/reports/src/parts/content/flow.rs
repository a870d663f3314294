//! The flow of work over a board.

use super::{Setting, days, named_project, needed, status};
use crate::parts::document::{Cell, Chart, Document, Grid, Line};
use jiff::Timestamp;
use millrace_domain::{
    Result,
    insight::flow::{Flow, FlowDay, Percentiles},
    report::ReportRequest,
};
use millrace_insight::flow::{FlowSource, FlowSpan};
use millrace_store::{Scope, Table, Write, due::DueIndex};

pub(super) async fn read(
    table: &Table<Write>,
    index: &DueIndex,
    scope: &Scope,
    request: &ReportRequest,
    now: Timestamp,
) -> Result<Document> {
    let board = needed(request.board_id.as_ref())?;
    let span = FlowSpan { from: request.from, to: request.to };
    let (setting, named, source) = futures::try_join!(
        Setting::read(table, scope, now),
        named_project(table, scope, board.project()),
        FlowSource::read(table, index, scope, board, span, now),
    )?;
    let name = source.board_name().to_owned();
    let flow = source.flow(now)?;
    let about = vec![named, ("Board", name.clone()), days(flow.from, flow.to)];
    let tables = vec![by_day(&flow.days), finished(&flow), times(&flow), throughput(&flow), ageing(&flow)];
    Ok(setting.document(format!("Flow of {name}"), about, tables, Some(chart(&flow.days))))
}

fn by_day(days: &[FlowDay]) -> Grid {
    let row = |day: &FlowDay| {
        let counts = [day.backlog, day.todo, day.in_progress, day.review, day.done];
        let counts = counts.into_iter().map(Cell::count);
        std::iter::once(Cell::Day(day.date)).chain(counts).collect()
    };
    Grid::new(
        "Tasks by day",
        [("Date", 12), ("Backlog", 10), ("To do", 10), ("In progress", 12), ("Review", 10), ("Done", 10)],
        days.iter().map(row).collect(),
    )
}

fn finished(flow: &Flow) -> Grid {
    let rows = flow.finished.iter().map(|task| {
        vec![
            Cell::text(&task.key),
            Cell::maybe(task.title.as_ref(), Cell::text),
            Cell::Day(task.date),
            Cell::maybe(task.cycle_days, Cell::Decimal),
            Cell::maybe(task.lead_days, Cell::Decimal),
        ]
    });
    Grid::new(
        "Finished tasks",
        [("Key", 11), ("Title", 50), ("Done on", 12), ("Days of work", 14), ("Days since made", 16)],
        rows.collect(),
    )
}

fn times(flow: &Flow) -> Grid {
    let row = |name: &str, times: Option<&Percentiles>| {
        let cell = |days: fn(&Percentiles) -> f64| Cell::maybe(times.map(days), Cell::Decimal);
        vec![Cell::text(name), cell(|times| times.p50), cell(|times| times.p85), cell(|times| times.p95)]
    };
    Grid::new(
        "Times in days",
        [("Time", 30), ("Half took at most", 18), ("85 of 100 at most", 18), ("95 of 100 at most", 18)],
        vec![
            row("From the beginning of work", flow.cycle_time.as_ref()),
            row("From the making of the task", flow.lead_time.as_ref()),
        ],
    )
}

fn throughput(flow: &Flow) -> Grid {
    let rows = flow.throughput.iter().map(|week| vec![Cell::Day(week.week), Cell::count(week.tasks)]);
    Grid::new("Tasks done by week", [("Week of", 12), ("Tasks", 10)], rows.collect())
}

fn ageing(flow: &Flow) -> Grid {
    let rows = flow.ageing.iter().map(|task| {
        vec![
            Cell::text(&task.key),
            Cell::text(&task.title),
            Cell::text(status(task.status)),
            Cell::Decimal(task.age_days),
        ]
    });
    Grid::new("In work now", [("Key", 11), ("Title", 50), ("Status", 14), ("Days of work", 14)], rows.collect())
}

fn chart(days: &[FlowDay]) -> Chart {
    let line = |name, count: fn(&FlowDay) -> u32| Line {
        name,
        dashed: false,
        values: days.iter().map(|day| Some(f64::from(count(day)))).collect(),
    };
    Chart {
        title: "Tasks by day",
        days: days.iter().map(|day| day.date).collect(),
        lines: vec![
            line("To do", |day| day.todo),
            line("In progress", |day| day.in_progress),
            line("Review", |day| day.review),
            line("Done", |day| day.done),
        ],
    }
}
