//! The counters that a caller can see, read in one round trip regardless of the number of tasks.

use jiff::{Timestamp, ToSpan, civil::Date};
use millrace_domain::{Error, Result, id::ProjectKey, insight::measure::Numbers, time::calendar::Calendar};
use millrace_store::{Scope, Stored, Table, counters::DayOfProject, project::ProjectRecord, table::Mode};
use std::collections::BTreeMap;

/// The number of past days that a dashboard needs: two times thirty.
const BEHIND: i64 = 59;

/// The counters of a workspace, before they are filtered by the caller's permissions.
pub struct Counters {
    projects: Vec<Stored<ProjectRecord>>,
    days: Vec<DayOfProject>,
    now: BTreeMap<ProjectKey, Numbers>,
    /// The workspace's calendar.
    pub calendar: Calendar,
}

impl Counters {
    /// Reads the counters of the days from `from` to `to`, and of the days that every figure needs.
    ///
    /// # Errors
    /// As every read.
    pub async fn read<M: Mode, S>(
        table: &Table<M>,
        scope: &Scope<S>,
        today: Date,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<Self> {
        // Which day it is in the workspace depends on its calendar: a day more at either end is read.
        let earliest = today.saturating_sub((BEHIND + 1).days());
        let from = from.or(to.map(|to| to.saturating_sub(29.days()))).map_or(earliest, |from| from.min(earliest));
        let last = today.saturating_add(1.days());
        let (projects, days, now, calendar) = futures::try_join!(
            table.projects(scope),
            table.counted_days(scope, from, last),
            table.counted_now(scope),
            table.calendar(scope),
        )?;
        Ok(Self { projects, days, now, calendar })
    }

    /// The part the caller can see: of the projects `asked`, or of all.
    ///
    /// # Errors
    /// [`Error::NotFound`] if one of `asked` is not visible.
    pub fn seen_by(self, scope: &Scope, asked: &[ProjectKey]) -> Result<Shown> {
        let Self { projects, mut days, mut now, calendar } = self;
        let visible: Vec<ProjectKey> =
            projects.into_iter().map(|project| project.value.key).filter(|key| scope.role_in(key).is_some()).collect();
        if asked.iter().any(|key| !visible.contains(key)) {
            return Err(Error::not_found("project"));
        }
        let shown = |key: &ProjectKey| visible.contains(key) && (asked.is_empty() || asked.contains(key));
        days.retain(|day| shown(&day.project));
        now.retain(|key, _| shown(key));
        let mut sums = Shown { days: BTreeMap::new(), now: Numbers::new(), calendar };
        for day in &days {
            add(sums.days.entry(day.date).or_default(), &day.numbers);
        }
        now.values().for_each(|numbers| add(&mut sums.now, numbers));
        Ok(sums)
    }
}

fn add(sum: &mut Numbers, numbers: &Numbers) {
    for (name, number) in numbers {
        *sum.entry(name.clone()).or_insert(0) += number;
    }
}

/// The totals over the projects that the caller can see.
pub struct Shown {
    /// The daily counters.
    pub days: BTreeMap<Date, Numbers>,
    /// The counters of open work.
    pub now: Numbers,
    /// The workspace's calendar.
    pub calendar: Calendar,
}

impl Shown {
    /// The current date in the workspace.
    pub fn today(&self, now: Timestamp) -> Date {
        self.calendar.day_at(now)
    }
}

/// The approximate date, before the calendar is known.
pub fn about_today(now: Timestamp) -> Date {
    jiff::tz::TimeZone::UTC.to_datetime(now).date()
}
