//! Representations of figures.

use crate::counters::Shown;
use jiff::{ToSpan, civil::Date};
use millrace_domain::{
    Error, Result,
    id::{LabelId, UserId},
    insight::measure::{By, Measure, Numbers, kept_for, on_day, open_points, overdue, with_status},
    task::Status,
    time::{calendar::days, hours, timesheet::MOST_DAYS},
};
use schemars::JsonSchema;
use serde::Serialize;

/// The statuses in workflow order.
pub const STATUSES: [Status; 5] = [Status::Backlog, Status::Todo, Status::InProgress, Status::Review, Status::Done];

/// The subject of the figures.
#[derive(Debug, Clone)]
pub enum Whose {
    /// Everybody.
    All,
    /// Some people.
    People(Vec<UserId>),
    /// A label.
    Label(LabelId),
}

impl Whose {
    /// The counters to sum up.
    pub(crate) fn by(&self) -> Vec<By<'_>> {
        match self {
            Self::All => vec![By::All],
            Self::People(people) => people.iter().map(By::Person).collect(),
            Self::Label(label) => vec![By::Label(label)],
        }
    }

    /// The people whose figures can be listed separately, out of `all` if nobody was named. None for a label, since
    /// counters are not kept per label and person.
    pub(crate) fn people(&self, all: impl FnOnce() -> Vec<UserId>) -> Vec<UserId> {
        match self {
            Self::All => all(),
            Self::People(people) => people.clone(),
            Self::Label(_) => Vec::new(),
        }
    }
}

/// Activity in a date range.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Totals {
    /// Created tasks.
    pub created: i64,
    /// Completed tasks.
    pub closed: i64,
    /// Reopened tasks.
    pub reopened: i64,
    /// Moves of tasks between columns.
    pub moved: i64,
    /// Comments added.
    pub comments: i64,
    /// Hours logged.
    pub hours: f64,
    /// The average hours from the start of work to completion; null if no such task was completed.
    pub cycle_hours: Option<f64>,
}

/// A date range and the preceding one of the same length.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Period {
    /// The activity in it.
    pub now: Totals,
    /// The activity in the preceding range.
    pub before: Totals,
}

/// A day of a trend.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TrendDay {
    /// The date.
    pub date: Date,
    /// The activity on it.
    #[serde(flatten)]
    pub totals: Totals,
}

/// The number of tasks with a status.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StatusPart {
    /// The status.
    pub status: Status,
    /// The number of tasks.
    pub tasks: i64,
}

/// The open work of a person.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Workload {
    /// The person; null for unassigned tasks.
    pub person: Option<UserId>,
    /// Their open tasks. A task with two assignees counts for both.
    pub open: i64,
    /// The story points of those tasks.
    pub points: i64,
    /// The number of overdue ones.
    pub overdue: i64,
}

/// The activity of a person.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Contribution {
    /// The person.
    pub person: UserId,
    /// The activity.
    #[serde(flatten)]
    pub totals: Totals,
}

/// Figures of activity and open work.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Figures {
    /// The first day of the trend.
    pub from: Date,
    /// The last day of the trend.
    pub to: Date,
    /// The activity today.
    pub today: Totals,
    /// The activity in the last seven days, including today.
    pub last_7_days: Period,
    /// The activity in the last thirty days, including today.
    pub last_30_days: Period,
    /// The activity per day.
    pub trend: Vec<TrendDay>,
    /// The number of open tasks.
    pub open: i64,
    /// The number of overdue ones.
    pub overdue: i64,
    /// All tasks by status, in workflow order.
    pub by_status: Vec<StatusPart>,
}

/// The activity from `first` to `last`.
fn totals(shown: &Shown, first: Date, last: Date, by: &[By<'_>]) -> Totals {
    let sum = |measure: Measure| -> i64 {
        let names: Vec<String> = by.iter().map(|by| on_day(measure, *by)).collect();
        let of_day = |numbers: &Numbers| names.iter().filter_map(|name| numbers.get(name)).sum::<i64>();
        // A range of a map panics where it ends before it begins.
        if last < first { 0 } else { shown.days.range(first..=last).map(|(_, numbers)| of_day(numbers)).sum() }
    };
    let cycles = sum(Measure::Cycles);
    let logged = u32::try_from(sum(Measure::Minutes)).unwrap_or_default();
    Totals {
        created: sum(Measure::Created),
        closed: sum(Measure::Closed),
        reopened: sum(Measure::Reopened),
        moved: sum(Measure::Moved),
        comments: sum(Measure::Comments),
        hours: hours(logged),
        cycle_hours: (cycles > 0).then(|| sum(Measure::CycleMinutes) as f64 / cycles as f64 / 60.0),
    }
}

fn period(shown: &Shown, today: Date, length: i64, by: &[By<'_>]) -> Period {
    let back = |days: i64| today.saturating_sub(days.days());
    Period {
        now: totals(shown, back(length - 1), today, by),
        before: totals(shown, back(2 * length - 1), back(length), by),
    }
}

/// A total over the counters of open work.
pub fn standing(shown: &Shown, by: &[By<'_>], name: impl Fn(By<'_>) -> String) -> i64 {
    by.iter().filter_map(|by| shown.now.get(&name(*by))).sum()
}

fn open(shown: &Shown, by: &[By<'_>]) -> i64 {
    let open = STATUSES.into_iter().filter(|status| *status != Status::Done);
    open.map(|status| standing(shown, by, |by| with_status(status, by))).sum()
}

impl Figures {
    /// The figures of `whose` work, with a trend over `span`.
    pub fn of(shown: &Shown, today: Date, span: (Date, Date), whose: &Whose) -> Self {
        let (from, to) = span;
        let by = &whose.by()[..];
        let day = |date| TrendDay { date, totals: totals(shown, date, date, by) };
        let part = |status| StatusPart { status, tasks: standing(shown, by, |by| with_status(status, by)) };
        Self {
            from,
            to,
            today: totals(shown, today, today, by),
            last_7_days: period(shown, today, 7, by),
            last_30_days: period(shown, today, 30, by),
            trend: days(from, to).map(day).collect(),
            open: open(shown, by),
            overdue: by.iter().map(|by| overdue(&shown.now, today, *by)).sum(),
            by_status: STATUSES.into_iter().map(part).collect(),
        }
    }
}

/// The open work per person, most first: for named people, each of them. Empty for a label.
pub fn workload(shown: &Shown, today: Date, whose: &Whose) -> Vec<Workload> {
    let all = matches!(whose, Whose::All);
    let of = |person: Option<UserId>| {
        let by = person.as_ref().map_or(By::Nobody, By::Person);
        let (open, points) = (open(shown, &[by]), standing(shown, &[by], open_points));
        Workload { open, points, overdue: overdue(&shown.now, today, by), person: person.clone() }
    };
    let nobody = all.then_some(None);
    let people = whose.people(|| kept_for(&shown.now, "person"));
    let mut workload: Vec<Workload> = people.into_iter().map(Some).chain(nobody).map(of).collect();
    if all {
        workload.retain(|part| part.open > 0);
    }
    workload.sort_by_key(|part| (part.person.is_none(), std::cmp::Reverse(part.open), part.person.clone()));
    workload
}

/// The activity per person in `span`, most completed tasks first: for named people, each of them. Empty for a label.
pub fn contributions(shown: &Shown, span: (Date, Date), whose: &Whose) -> Vec<Contribution> {
    let all = || {
        let mut all = Numbers::new();
        shown.days.values().for_each(|numbers| all.extend(numbers.clone()));
        kept_for(&all, "person")
    };
    let of = |person: UserId| Contribution { totals: totals(shown, span.0, span.1, &[By::Person(&person)]), person };
    let mut contributions: Vec<Contribution> = whose.people(all).into_iter().map(of).collect();
    let did = |totals: &Totals| totals.closed + totals.created + totals.moved + totals.comments;
    if matches!(whose, Whose::All) {
        contributions.retain(|part| did(&part.totals) > 0 || part.totals.hours > 0.0);
    }
    contributions.sort_by_key(|part| (std::cmp::Reverse((part.totals.closed, did(&part.totals))), part.person.clone()));
    contributions
}

/// The requested date range of a trend. Defaults to the thirty days up to `today`.
///
/// # Errors
/// [`Error::Invalid`] naming `to` if it is before the first day, or more than [`MOST_DAYS`] after it.
pub fn trend_days(from: Option<Date>, to: Option<Date>, today: Date) -> Result<(Date, Date)> {
    let to = to.unwrap_or(today);
    let from = from.unwrap_or_else(|| to.saturating_sub(29.days()));
    if to < from {
        return Err(Error::field("to", "is before the first day"));
    }
    if from.saturating_add((MOST_DAYS - 1).days()) < to {
        return Err(Error::field("to", format!("is more than {MOST_DAYS} days from the first day")));
    }
    Ok((from, to))
}
