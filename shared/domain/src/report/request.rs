//! Reports that people ask for: what of, in which form, and how far one has come.

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

/// For how long a report can be fetched.
pub const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// A report that nobody has written to for so long is not being made any more: its last try is long over.
pub const GIVEN_UP: SignedDuration = SignedDuration::from_hours(2);
/// The most values that one filter takes.
pub const MOST_CHOICES: usize = 50;

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportKind {
    /// The live tasks of a project.
    Tasks,
    /// What came of a sprint, or how it stands, with its burndown.
    Sprint,
    /// What a project's people did in its last sprints.
    Velocity,
    /// The logged time of a person, of a team, or of everybody in a project.
    Time,
    /// How work flows over a board: where tasks were each day, and how long they took.
    Flow,
    /// The figures of a project.
    Project,
}

impl ReportKind {
    /// The word for it, as it is sent, stored and part of a file's name.
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

/// In which form a report is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportFormat {
    /// Text with commas (RFC 4180), for any program.
    Csv,
    /// A workbook with numbers as numbers and dates as dates.
    Xlsx,
    /// Pages to print or to pass on.
    Pdf,
}

impl ReportFormat {
    /// How the names of its files end.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
        }
    }

    /// Its media type, as the IANA lists it.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
        }
    }
}

/// How far a report has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReportState {
    /// It waits for its turn.
    Queued,
    /// It is being made.
    Running,
    /// It can be fetched.
    Done,
    /// It was not made; the reason says why.
    Failed,
}

/// A report that somebody wants. Which fields it takes depends on its kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportRequest {
    /// What it is about.
    pub kind: ReportKind,
    /// In which form.
    pub format: ReportFormat,
    /// The project: needed for tasks, velocity and project; for time that of everybody in it, for its managers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectKey>,
    /// The board: needed for flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub board_id: Option<BoardId>,
    /// The sprint: needed for sprint; for tasks those that are planned for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sprint: Option<SprintId>,
    /// The person: for time whose, the caller's own if nothing else says; for tasks those that the person works on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// The team: for time that of its people, as far as they worked in projects that the caller manages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<TeamId>,
    /// The first day: for time, flow and project; for tasks those that are due on it or later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day: for time, flow and project; for tasks those that are due on it or earlier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Statuses: for tasks those that have any of them, at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status: Vec<Status>,
    /// Priorities: for tasks those that have any of them, at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub priority: Vec<Priority>,
    /// Label ids: for tasks those that have any of them, at most 50.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub label: Vec<LabelId>,
}

impl ReportRequest {
    /// The project that it is about, whose role it needs; none for the time of a person or a team.
    pub fn project(&self) -> Option<&ProjectKey> {
        match self.kind {
            ReportKind::Sprint => self.sprint.as_ref().map(SprintId::project),
            ReportKind::Flow => self.board_id.as_ref().map(BoardId::project),
            ReportKind::Tasks | ReportKind::Velocity | ReportKind::Time | ReportKind::Project => self.project.as_ref(),
        }
    }

    /// Checks that what its kind needs is there, and that nothing is there that its kind would pass over.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every field that is wrong.
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

    /// Which tasks it asks for, where it asks for tasks.
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

/// A report, on its way or made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Its id; ids sort by time.
    pub id: ReportId,
    /// What was asked for.
    pub request: ReportRequest,
    /// The name of what it is about, as it was when it was asked for: of a project, a sprint, a board, a team or a person.
    pub subject: String,
    /// How far it has come.
    pub state: ReportState,
    /// How much of it is made, in percent.
    pub progress: u8,
    /// How many rows it has, as soon as that is known.
    pub rows: Option<u32>,
    /// How many bytes its file has; null before it is made.
    pub size: Option<u64>,
    /// What its file is called.
    pub file_name: String,
    /// Why it failed; null where it did not.
    pub reason: Option<String>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was made, or failed; null before.
    pub finished_at: Option<Timestamp>,
    /// Until when it can be fetched.
    pub expires_at: Timestamp,
    /// Grows by one with each write.
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
    fn each_kind_says_what_it_needs() {
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
    fn what_a_kind_would_pass_over_is_refused() {
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
    fn the_project_of_a_sprint_and_of_a_board_is_their_own() {
        let project: ProjectKey = "WEB".parse().expect("a key");
        let sprint = ReportRequest { sprint: Some(SprintId::random(&project)), ..request(ReportKind::Sprint) };
        let flow = ReportRequest { board_id: Some(BoardId::random(&project)), ..request(ReportKind::Flow) };
        assert_eq!((sprint.project(), flow.project()), (Some(&project), Some(&project)));
        assert!(wrong(&sprint).is_empty() && wrong(&flow).is_empty());
    }
}
