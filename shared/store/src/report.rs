//! Requested reports: each is an item with its progress, in its owner's partition.

use crate::core::{
    cursor::Page,
    item::{Entity, Stored},
    keys,
    scope::Scope,
    table::{Mode, Part, Table},
    transaction::{Beside, Due, Transaction},
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    file::attachment::FileName,
    id::{ReportId, UserId},
    report::{GIVEN_UP, KEPT, Report, ReportRequest, ReportState},
};
use serde::{Deserialize, Serialize};

/// A report that a person asked for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportRun {
    /// The id.
    pub id: ReportId,
    /// Who asked, and with whose rights it is made.
    pub user: UserId,
    /// The request.
    pub request: ReportRequest,
    /// The name of what it is about.
    pub subject: String,
    /// The state.
    pub state: ReportState,
    /// The progress in percent.
    pub progress: u8,
    /// How many rows it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<u32>,
    /// How many bytes its file has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// Why it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Until when whoever makes it has time to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<Timestamp>,
    /// When it was requested.
    pub created_at: Timestamp,
    /// When this was last written.
    pub updated_at: Timestamp,
    /// When it was made, or failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub finished_at: Option<Timestamp>,
}

impl Entity for ReportRun {
    const WHAT: &'static str = "report";
}

/// Why a report failed that nobody works on any more.
const NOT_MADE: &str = "The report was not made in time. Try again.";

impl ReportRun {
    /// A report that waits for its turn.
    pub fn new(id: ReportId, user: UserId, request: ReportRequest, subject: String, now: Timestamp) -> Self {
        Self {
            id,
            user,
            request,
            subject,
            state: ReportState::Queued,
            progress: 0,
            rows: None,
            size: None,
            reason: None,
            held_until: None,
            created_at: now,
            updated_at: now,
            finished_at: None,
        }
    }

    /// Whether nothing is left to do about it.
    pub fn is_finished(&self) -> bool {
        matches!(self.state, ReportState::Done | ReportState::Failed)
    }

    /// What its file is called: what it is about, what of it, and the day on which it was asked for.
    ///
    /// # Errors
    /// None that a caller can cause: what no file may be called is left out.
    pub fn file_name(&self) -> Result<FileName> {
        let (kind, ending) = (self.request.kind.as_str(), self.request.format.extension());
        let day = jiff::tz::TimeZone::UTC.to_datetime(self.created_at).date();
        let named = |subject: &str| FileName::new(&format!("{subject}{kind}-{day}.{ending}"));
        let subject: String =
            self.subject.chars().filter(|character| !matches!(character, '/' | '\\')).take(100).collect();
        named(&format!("{subject}-")).or_else(|_| named("")).map_err(Error::internal)
    }

    /// The report as its person sees it at `now`.
    ///
    /// # Errors
    /// As [`ReportRun::file_name`].
    pub fn resource(&self, version: u64, now: Timestamp) -> Result<Report> {
        let given_up = !self.is_finished() && self.updated_at + GIVEN_UP <= now;
        Ok(Report {
            id: self.id.clone(),
            request: self.request.clone(),
            subject: self.subject.clone(),
            state: if given_up { ReportState::Failed } else { self.state },
            progress: self.progress,
            rows: self.rows,
            size: self.size,
            file_name: self.file_name()?.as_str().to_owned(),
            reason: if given_up { Some(NOT_MADE.to_owned()) } else { self.reason.clone() },
            created_at: self.created_at,
            finished_at: if given_up { Some(self.updated_at + GIVEN_UP) } else { self.finished_at },
            expires_at: self.created_at + KEPT,
            version,
        })
    }
}

impl<M: Mode> Table<M> {
    /// A report of `person`'s. One that is too old is gone, whether the table forgot it or not.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn report_run<S>(
        &self,
        scope: &Scope<S>,
        person: &UserId,
        report: &ReportId,
        now: Timestamp,
    ) -> Result<Stored<ReportRun>> {
        let found = self.get::<ReportRun>(&keys::report(scope.workspace(), person, report)).await?;
        found.filter(|run| run.value.created_at + KEPT > now).ok_or_else(|| Error::not_found("report"))
    }

    /// A part of `person`'s reports, newest first.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor that is not of this list.
    pub async fn report_runs<S>(
        &self,
        scope: &Scope<S>,
        person: &UserId,
        part: &Part,
        now: Timestamp,
    ) -> Result<Page<Stored<ReportRun>>> {
        let part = Part { newest_first: true, ..part.clone() };
        let mut page = self.page::<ReportRun>(&keys::reports(scope.workspace(), person), &part).await?;
        page.items.retain(|run| run.value.created_at + KEPT > now);
        Ok(page)
    }
}

impl Transaction {
    /// A new report.
    pub fn put_report_run<S>(&mut self, scope: &Scope<S>, run: &ReportRun) {
        let key = keys::report(scope.workspace(), &run.user, &run.id);
        self.put_new(&key, run, Beside::until(run.created_at + KEPT), || Error::Raced);
    }

    /// How far a report came, if nobody wrote it since; its version after the write.
    pub fn update_report_run(&mut self, stored: &Stored<ReportRun>, run: &ReportRun) -> u64 {
        self.update_beside(stored, run, Beside { due: Due::Never, ..Beside::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use millrace_domain::report::{ReportFormat, ReportKind};

    fn run(subject: &str) -> ReportRun {
        let request = ReportRequest {
            kind: ReportKind::Time,
            format: ReportFormat::Pdf,
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
        };
        let now = "2026-11-21T10:00:00Z".parse().expect("a time");
        ReportRun::new(ReportId::at(now), UserId::random(), request, subject.to_owned(), now)
    }

    #[test]
    fn report_files_are_named_after_their_subject() {
        for (subject, name) in [
            ("WEB", "WEB-time-2026-11-21.pdf"),
            ("Sprint 1/2", "Sprint 12-time-2026-11-21.pdf"),
            ("evil\u{202e}gpj", "time-2026-11-21.pdf"),
        ] {
            assert_eq!(run(subject).file_name().expect("a name").as_str(), name);
        }
    }

    #[test]
    fn an_abandoned_report_is_shown_as_failed() {
        let run = run("WEB");
        let at = |hours: i64| run.created_at + jiff::SignedDuration::from_hours(hours);
        assert_eq!(run.resource(1, at(1)).expect("a report").state, ReportState::Queued);
        let late = run.resource(1, at(2)).expect("a report");
        assert_eq!((late.state, late.reason.as_deref()), (ReportState::Failed, Some(NOT_MADE)));
    }
}
