//! Requested reports: subject, format and progress.

use crate::{
    Error, FieldError, Result,
    id::{BoardId, LabelId, ProjectKey, ReportId, SprintId, TeamId, UserId},
    resource::Versioned,
    task::{
        Priority, Status,
        filter::{AssignedTo, PlannedFor, TaskFilter},
    },
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long a report can be downloaded.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// A report without progress for this long is no longer being generated: its last attempt is over.
pub const GIVEN_UP: SignedDuration = SignedDuration::from_hours(2);
/// The maximum number of values in one filter.
pub const MOST_CHOICES: usize = 50;

/// The kind of report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// The live tasks of a project.
    Tasks,
    /// The result or current state of a sprint, with its burndown.
    Sprint,
    /// The completed work of a project in its last sprints.
    Velocity,
    /// The logged time of a person, a team, or everybody in a project.
    Time,
    /// The flow of work over a board: tasks per column and day, cycle and lead times.
    Flow,
    /// The figures of a project.
    Project,
}

impl ReportKind {
    /// Its name, as sent, stored and used in file names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tasks => "tasks",
            Self::Sprint => "sprint",
            Self::Velocity => "velocity",
            Self::Time => "time",
            Self::Flow => "flow",
            Self::Project => "project",
        }
    }
}

/// The format of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    /// Comma-separated values (RFC 4180).
    Csv,
    /// A workbook with typed numbers and dates.
    Xlsx,
    /// Pages for printing or sharing.
    Pdf,
}

impl ReportFormat {
    /// The file extension.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
        }
    }

    /// The media type registered with IANA.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
        }
    }
}

/// The state of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// Queued.
    Queued,
    /// Being generated.
    Running,
    /// Ready for download.
    Done,
    /// Failed; the reason is given.
    Failed,
}

/// A request for a report. The fields it takes depend on its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// What it is about.
    pub kind: ReportKind,
    /// The format.
    pub format: ReportFormat,
    /// The project. Required for tasks, velocity and project; for time, includes everybody in it and requires a
    /// manager.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectKey>,
    /// The board. Required for flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub board_id: Option<BoardId>,
    /// The sprint. Required for sprint; for tasks, only those planned for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sprint: Option<SprintId>,
    /// The person. For time, defaults to the caller; for tasks, only those assigned to the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// The team. For time, its members, limited to projects that the caller manages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// The first day. For time, flow and project; for tasks, only those due on or after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day. For time, flow and project; for tasks, only those due on or before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Statuses. For tasks, only those with any of them, at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<Status>,
    /// Priorities. For tasks, only those with any of them, at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub priority: Vec<Priority>,
    /// Label ids. For tasks, only those with any of them, at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub label: Vec<LabelId>,
}

impl ReportRequest {
    /// The project whose role it requires; none for the time of a person or a team.
    pub fn project(&self) -> Option<&ProjectKey> {
        match self.kind {
            ReportKind::Sprint => self.sprint.as_ref().map(SprintId::project),
            ReportKind::Flow => self.board_id.as_ref().map(BoardId::project),
            ReportKind::Tasks | ReportKind::Velocity | ReportKind::Time | ReportKind::Project => self.project.as_ref(),
        }
    }

    /// Validates that required fields are given, and that no field is given that its kind ignores.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every invalid field.
    pub fn check(&self) -> Result<()> {
        use ReportKind::{Flow, Project, Sprint, Tasks, Time, Velocity};
        let kind = self.kind.as_str();
        let mut errors = Vec::new();
        let mut wrong = |field: &str, message: String| errors.push(FieldError { field: field.to_owned(), message });
        let fields: [(&str, bool, &[ReportKind], &[ReportKind]); 9] = [
            ("project", self.project.is_some(), &[Tasks, Velocity, Project], &[Time]),
            ("board_id", self.board_id.is_some(), &[Flow], &[]),
            ("sprint", self.sprint.is_some(), &[Sprint], &[Tasks]),
            ("user", self.user.is_some(), &[], &[Tasks, Time]),
            ("team", self.team.is_some(), &[], &[Time]),
            ("from", self.from.is_some(), &[], &[Tasks, Time, Flow, Project]),
            ("to", self.to.is_some(), &[], &[Tasks, Time, Flow, Project]),
            ("status", !self.status.is_empty(), &[], &[Tasks]),
            ("priority", !self.priority.is_empty(), &[], &[Tasks]),
        ];
        let label = ("label", !self.label.is_empty(), &[][..], &[Tasks][..]);
        for (field, given, needed, taken) in fields.into_iter().chain([label]) {
            if !given && needed.contains(&self.kind) {
                wrong(field, format!("is needed for a report of the kind {kind}"));
            }
            if given && !needed.contains(&self.kind) && !taken.contains(&self.kind) {
                wrong(field, format!("is not taken by a report of the kind {kind}"));
            }
        }
        let lengths = [("status", self.status.len()), ("priority", self.priority.len()), ("label", self.label.len())];
        for (field, length) in lengths {
            if length > MOST_CHOICES {
                wrong(field, format!("takes at most {MOST_CHOICES}"));
            }
        }
        if let (Tasks, Some(project), Some(sprint)) = (self.kind, &self.project, &self.sprint)
            && sprint.project() != project
        {
            wrong("sprint", "is a sprint of another project".to_owned());
        }
        if self.kind == Time {
            let whose =
                [("user", self.user.is_some()), ("team", self.team.is_some()), ("project", self.project.is_some())];
            if let Some((field, _)) = whose.into_iter().filter(|(_, given)| *given).nth(1) {
                wrong(field, "give only one of user, team and project".to_owned());
            }
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            wrong("to", "is before the first day".to_owned());
        }
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    }

    /// The filter of its tasks, if it is about tasks.
    pub fn filter(&self) -> TaskFilter {
        TaskFilter {
            statuses: self.status.clone(),
            assignee: self.user.clone().map(AssignedTo::Person),
            labels: self.label.clone(),
            sprint: self.sprint.clone().map(PlannedFor::Sprint),
            priorities: self.priority.clone(),
            due_before: self.to,
            due_after: self.from,
            ..TaskFilter::default()
        }
    }
}

/// A requested or finished report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// The id. Ids sort by time.
    pub id: ReportId,
    /// The request.
    pub request: ReportRequest,
    /// The name of its subject when it was requested: a project, sprint, board, team or person.
    pub subject: String,
    /// The state.
    pub state: ReportState,
    /// The progress in percent.
    pub progress: u8,
    /// The number of rows, once known.
    pub rows: Option<u32>,
    /// The size of its file in bytes; null before it is generated.
    pub size: Option<u64>,
    /// What its file is called.
    pub file_name: String,
    /// The reason if it failed; null otherwise.
    pub reason: Option<String>,
    /// When it was requested.
    pub created_at: Timestamp,
    /// When it was finished or failed; null before.
    pub finished_at: Option<Timestamp>,
    /// When it expires.
    pub expires_at: Timestamp,
    /// Incremented by each write.
    pub version: u64,
}

impl Versioned for Report {
    fn version(&self) -> u64 {
        self.version
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(kind: ReportKind) -> ReportRequest {
        ReportRequest {
            kind,
            format: ReportFormat::Csv,
            project: None,
            board_id: None,
            sprint: None,
            user: None,
            team: None,
            from: None,
            to: None,
            status: Vec::new(),
            priority: Vec::new(),
            label: Vec::new(),
        }
    }

    fn wrong(request: &ReportRequest) -> Vec<String> {
        match request.check() {
            Err(Error::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
            Ok(()) => Vec::new(),
            Err(other) => panic!("{other}"),
        }
    }

    #[test]
    fn missing_fields_of_a_report_kind_are_named() {
        let needed = [
            (ReportKind::Tasks, "project"),
            (ReportKind::Sprint, "sprint"),
            (ReportKind::Velocity, "project"),
            (ReportKind::Flow, "board_id"),
            (ReportKind::Project, "project"),
        ];
        for (kind, field) in needed {
            assert_eq!(wrong(&request(kind)), [field]);
        }
        assert!(wrong(&request(ReportKind::Time)).is_empty(), "one's own, of this week");
    }

    #[test]
    fn fields_a_report_kind_ignores_are_refused() {
        let project: Option<ProjectKey> = Some("WEB".parse().expect("a key"));
        let velocity = ReportRequest {
            project: project.clone(),
            status: vec![Status::Done],
            from: Some(jiff::civil::date(2026, 1, 1)),
            ..request(ReportKind::Velocity)
        };
        assert_eq!(wrong(&velocity), ["from", "status"]);
        let two = ReportRequest { project: project.clone(), user: Some(UserId::random()), ..request(ReportKind::Time) };
        assert_eq!(wrong(&two), ["project"]);
        let other = SprintId::random(&"OPS".parse().expect("a key"));
        let elsewhere = ReportRequest { project: project.clone(), sprint: Some(other), ..request(ReportKind::Tasks) };
        assert_eq!(wrong(&elsewhere), ["sprint"]);
        let backwards = ReportRequest {
            project,
            from: Some(jiff::civil::date(2026, 2, 2)),
            to: Some(jiff::civil::date(2026, 2, 1)),
            ..request(ReportKind::Tasks)
        };
        assert_eq!(wrong(&backwards), ["to"]);
    }

    #[test]
    fn the_project_of_a_report_follows_from_its_sprint_or_board() {
        let project: ProjectKey = "WEB".parse().expect("a key");
        let sprint = ReportRequest { sprint: Some(SprintId::random(&project)), ..request(ReportKind::Sprint) };
        let flow = ReportRequest { board_id: Some(BoardId::random(&project)), ..request(ReportKind::Flow) };
        assert_eq!((sprint.project(), flow.project()), (Some(&project), Some(&project)));
        assert!(wrong(&sprint).is_empty() && wrong(&flow).is_empty());
    }
}
