//! The logged time of a person, a team, or everybody in a project.

use super::{Setting, days, named_project};
use crate::parts::document::{Cell, Column, Document, Grid};
use futures::{StreamExt, TryStreamExt, stream};
use jiff::Timestamp;
use millrace_domain::{
    Result,
    id::UserId,
    report::ReportRequest,
    time::timesheet::{Span, Timesheet},
};
use millrace_insight::sheet::keep_seen;
use millrace_store::{Scope, Table, Write};

/// How many people's time is read concurrently.
const PEOPLE_AT_ONCE: usize = 16;

pub(super) async fn read(
    table: &Table<Write>,
    scope: &Scope,
    request: &ReportRequest,
    now: Timestamp,
) -> Result<Document> {
    let project = request.project.as_ref();
    let named = async {
        match (project, &request.team) {
            (Some(project), _) => named_project(table, scope, project).await.map(Some),
            (None, Some(team)) => Ok(Some(("Team", table.team(scope, team).await?.value.name.to_string()))),
            (None, None) => Ok(None),
        }
    };
    let team = async {
        match &request.team {
            Some(team) => table.team(scope, team).await.map(|team| Some(team.value.members)),
            None => Ok(None),
        }
    };
    let (setting, named, team) = futures::try_join!(Setting::read(table, scope, now), named, team)?;
    let span = Span::asked(request.from, request.to, setting.calendar.day_at(now))?;
    let mut people: Vec<UserId> = match (team, project, &request.user) {
        (Some(team), ..) => team,
        (None, Some(_), _) => setting.people.keys().cloned().collect(),
        (None, None, person) => vec![person.clone().unwrap_or_else(|| scope.person().clone())],
    };
    people.sort_by_key(|person| (setting.person(person), person.clone()));
    let sheets = people.iter().cloned().map(|person| {
        let calendar = &setting.calendar;
        async move {
            let mut logged = table.logged_days(scope, &person, span.from, span.to).await?;
            keep_seen(scope, &person, project, &mut logged);
            Ok(Timesheet::new(person, span, &logged, calendar))
        }
    });
    let sheets: Vec<Timesheet> = stream::iter(sheets).buffered(PEOPLE_AT_ONCE).try_collect().await?;
    let alone = people.len() == 1 && project.is_none();
    let title = match (&named, people.first()) {
        (None, Some(person)) => format!("Timesheet of {}", setting.person(person)),
        _ => "Logged time".to_owned(),
    };
    let about: Vec<_> = named.into_iter().chain([days(span.from, span.to)]).collect();
    // Where only a part of what people worked on is shown, what they are expected to work says nothing of it.
    let sums = sums(&sheets, &setting, project.is_none());
    let by_task = by_task(&sheets, &setting);
    let tables = if alone { vec![by_task, sums] } else { vec![sums, by_task] };
    Ok(setting.document(title, about, tables, None))
}

fn by_task(sheets: &[Timesheet], setting: &Setting) -> Grid {
    let mut rows = Vec::new();
    for sheet in sheets {
        for day in &sheet.days {
            for task in &day.tasks {
                rows.push(vec![
                    Cell::Text(setting.person(&sheet.person)),
                    Cell::Day(day.date),
                    Cell::text(&task.task),
                    Cell::Decimal(task.hours),
                    Cell::count(task.minutes),
                ]);
            }
        }
    }
    let columns = vec![
        Column::new("Person", 24),
        Column::new("Date", 12),
        Column::new("Task", 12),
        Column::new("Hours", 10),
        Column::new("Minutes", 10),
    ];
    Grid { name: "Time by day and task", columns, rows }
}

fn sums(sheets: &[Timesheet], setting: &Setting, with_expected: bool) -> Grid {
    let mut columns = vec![Column::new("Person", 24), Column::new("Hours", 10)];
    if with_expected {
        columns.extend([Column::new("Expected hours", 14), Column::new("Overtime hours", 14)]);
    }
    let row = |sheet: &Timesheet| {
        let mut row = vec![Cell::Text(setting.person(&sheet.person)), Cell::Decimal(sheet.hours)];
        if with_expected {
            row.extend([Cell::Decimal(sheet.expected_hours), Cell::Decimal(sheet.overtime_hours)]);
        }
        row
    };
    let shown = sheets.iter().filter(|sheet| sheet.minutes > 0 || sheets.len() == 1);
    Grid { name: "Sums", columns, rows: shown.map(row).collect() }
}
