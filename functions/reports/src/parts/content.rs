//! The content of each kind of report, read with the rights of the person who requested it.

mod flow;
mod project;
mod sprint;
mod tasks;
mod time;
mod velocity;

use crate::parts::document::{Chart, Document, Grid};
use jiff::{Timestamp, civil::Date};
use millrace_domain::{
    Error, Result,
    id::{ProjectKey, UserId},
    report::{ReportKind, ReportRequest},
    task::{Priority, Status},
    time::calendar::Calendar,
};
use millrace_store::{Scope, Table, Write, due::DueIndex};
use std::collections::HashMap;

/// Reads the content of a report.
///
/// # Errors
/// [`Error::NotFound`] if its subject is gone; [`Error::Invalid`] if its date range is empty or too long.
pub(crate) async fn read(
    table: &Table<Write>,
    index: &DueIndex,
    scope: &Scope,
    request: &ReportRequest,
    now: Timestamp,
) -> Result<Document> {
    match request.kind {
        ReportKind::Tasks => tasks::read(table, scope, request, now).await,
        ReportKind::Sprint => sprint::read(table, scope, request, now).await,
        ReportKind::Velocity => velocity::read(table, scope, request, now).await,
        ReportKind::Time => time::read(table, scope, request, now).await,
        ReportKind::Flow => flow::read(table, index, scope, request, now).await,
        ReportKind::Project => project::read(table, scope, request, now).await,
    }
}

/// The header of every report.
struct Setting {
    workspace: String,
    calendar: Calendar,
    people: HashMap<UserId, String>,
    now: Timestamp,
}

impl Setting {
    async fn read(table: &Table<Write>, scope: &Scope, now: Timestamp) -> Result<Self> {
        let (workspace, calendar, members) =
            futures::try_join!(table.workspace(scope), table.calendar(scope), table.members(scope))?;
        let people = members.into_iter().map(|member| (member.value.user, member.value.name.to_string())).collect();
        Ok(Self { workspace: workspace.value.name.to_string(), calendar, people, now })
    }

    /// A person's name.
    fn person(&self, person: &UserId) -> String {
        self.people.get(person).cloned().unwrap_or_else(|| "Someone who has left".to_owned())
    }

    /// A report titled `title`. `about` goes between the workspace and the creation time.
    fn document(
        &self,
        title: String,
        about: Vec<(&'static str, String)>,
        tables: Vec<Grid>,
        chart: Option<Chart>,
    ) -> Document {
        let made_at = self.calendar.time_at(self.now);
        let zone = self.calendar.time_zone.name();
        let mut all = vec![("Workspace", self.workspace.clone())];
        all.extend(about);
        all.push(("Made", format!("{} ({zone})", made_at.strftime("%Y-%m-%d %H:%M"))));
        Document { title, about: all, made_at, tables, chart }
    }
}

/// A project's name and key.
async fn named_project(table: &Table<Write>, scope: &Scope, project: &ProjectKey) -> Result<(&'static str, String)> {
    let found = table.project(scope, project).await?;
    Ok(("Project", format!("{} ({project})", found.value.name)))
}

fn days(from: Date, to: Date) -> (&'static str, String) {
    ("Days", format!("{from} to {to}"))
}

/// A field that requests of this kind always have.
fn needed<T>(field: Option<&T>) -> Result<&T> {
    field.ok_or_else(|| Error::internal("a report lacks what its kind needs"))
}

const fn status(status: Status) -> &'static str {
    match status {
        Status::Backlog => "Backlog",
        Status::Todo => "To do",
        Status::InProgress => "In progress",
        Status::Review => "Review",
        Status::Done => "Done",
    }
}

const fn priority(priority: Priority) -> &'static str {
    match priority {
        Priority::Lowest => "Lowest",
        Priority::Low => "Low",
        Priority::Medium => "Medium",
        Priority::High => "High",
        Priority::Urgent => "Urgent",
    }
}
