//! How work flows over a board.

use super::{Setting, days, named_project, needed, status};
use crate::parts::document::{Cell, Chart, Column, Document, Grid, Line};
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
    Grid {
        name: "Tasks by day",
        columns: vec![
            Column::new("Date", 12),
            Column::new("Backlog", 10),
            Column::new("To do", 10),
            Column::new("In progress", 12),
            Column::new("Review", 10),
            Column::new("Done", 10),
        ],
        rows: days.iter().map(row).collect(),
    }
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
    Grid {
        name: "Finished tasks",
        columns: vec![
            Column::new("Key", 11),
            Column::new("Title", 50),
            Column::new("Done on", 12),
            Column::new("Days of work", 14),
            Column::new("Days since made", 16),
        ],
        rows: rows.collect(),
    }
}

fn times(flow: &Flow) -> Grid {
    let row = |name: &str, times: Option<&Percentiles>| {
        let cell = |days: fn(&Percentiles) -> f64| Cell::maybe(times.map(days), Cell::Decimal);
        vec![Cell::text(name), cell(|times| times.p50), cell(|times| times.p85), cell(|times| times.p95)]
    };
    Grid {
        name: "Times in days",
        columns: vec![
            Column::new("Time", 30),
            Column::new("Half took at most", 18),
            Column::new("85 of 100 at most", 18),
            Column::new("95 of 100 at most", 18),
        ],
        rows: vec![
            row("From the beginning of work", flow.cycle_time.as_ref()),
            row("From the making of the task", flow.lead_time.as_ref()),
        ],
    }
}

fn throughput(flow: &Flow) -> Grid {
    let rows = flow.throughput.iter().map(|week| vec![Cell::Day(week.week), Cell::count(week.tasks)]);
    Grid {
        name: "Tasks done by week",
        columns: vec![Column::new("Week of", 12), Column::new("Tasks", 10)],
        rows: rows.collect(),
    }
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
    Grid {
        name: "In work now",
        columns: vec![
            Column::new("Key", 11),
            Column::new("Title", 50),
            Column::new("Status", 14),
            Column::new("Days of work", 14),
        ],
        rows: rows.collect(),
    }
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
