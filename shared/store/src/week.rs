//! Weeks with activity in a workspace, for weekly reports.

use crate::core::{
    item::{EVENT, Entity, Stored, text},
    keys,
    scope::{Internal, Scope},
    table::{Mode, Table, Write},
    transaction::{Beside, Due, Transaction},
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date, tz::TimeZone};
use millrace_domain::{
    Error, Result,
    event::Event,
    id::{EventId, ProjectKey},
};
use serde::{Deserialize, Serialize};

/// That something happened in a week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Week {
    /// Its Monday, in UTC.
    pub monday: Date,
    /// Whether its report was made.
    #[serde(default)]
    pub told: bool,
}

impl Entity for Week {
    const WHAT: &'static str = "week";
}

/// For how long it is known that a week was told of.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 60);

impl Week {
    /// The week that `at` is in.
    pub fn of(at: Timestamp) -> Self {
        let day = at.to_zoned(TimeZone::UTC).date();
        Self { monday: day - i32::from(day.weekday().to_monday_zero_offset()).days(), told: false }
    }

    /// When it begins, and when it is over.
    ///
    /// # Errors
    /// [`Error::Internal`] beyond the years that a calendar has.
    pub fn bounds(&self) -> Result<(Timestamp, Timestamp)> {
        let start = |date: Date| date.to_zoned(TimeZone::UTC).map(|start| start.timestamp()).map_err(Error::internal);
        Ok((start(self.monday)?, start(self.monday + 7.days())?))
    }
}

impl<M: Mode> Table<M> {
    /// The week of `monday`; none where nothing happened in it, or that is long past.
    ///
    /// # Errors
    /// As every read.
    pub async fn week(&self, scope: &Scope<Internal>, monday: Date) -> Result<Option<Stored<Week>>> {
        self.get(&keys::week(scope.workspace(), monday)).await
    }

    /// Goes through the events of a project from `from` up to `to`, oldest first.
    ///
    /// # Errors
    /// As every read.
    pub async fn each_event_between(
        &self,
        scope: &Scope<Internal>,
        project: &ProjectKey,
        (from, to): (Timestamp, Timestamp),
        mut each: impl FnMut(&Event),
    ) -> Result<()> {
        let (from, to) = (EventId::first_at(from).to_string(), EventId::first_at(to).to_string());
        self.each_between(&keys::events(scope.workspace(), project), (&from, &to), |item| {
            // What stands in the feed a second time holds no event of its own.
            if let Ok(document) = text(&item, EVENT) {
                each(&crate::event::event_of(document)?);
            }
            Ok(())
        })
        .await
    }
}

impl Transaction {
    /// A week was told of.
    pub fn close_week(&mut self, week: &Stored<Week>) {
        let told = Week { told: true, ..week.value.clone() };
        self.update_beside(week, &told, Beside { due: Due::Never, ..Beside::default() });
    }
}

impl Table<Write> {
    /// Remembers that something happens in the week of `now`. Whoever comes second changes nothing.
    ///
    /// # Errors
    /// As every write.
    pub async fn open_week(&self, scope: &Scope<Internal>, now: Timestamp) -> Result<()> {
        let week = Week::of(now);
        let (_, over) = week.bounds()?;
        let due = Due::At(keys::due_week(scope.workspace(), over));
        let beside = Beside { due, expires: Some(over + KEPT), ..Beside::default() };
        let mut change = Transaction::internal(scope);
        change.put_new(&keys::week(scope.workspace(), week.monday), &week, beside, || Error::Raced);
        match self.commit(change).await {
            Err(Error::Raced) => Ok(()),
            other => other,
        }
    }
}
