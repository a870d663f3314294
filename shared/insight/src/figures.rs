//! Figures as clients see them.

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

/// The statuses in the order of work.
pub const STATUSES: [Status; 5] = [Status::Backlog, Status::Todo, Status::InProgress, Status::Review, Status::Done];

/// Whose or which figures are summed up.
#[derive(Debug, Clone)]
pub enum Whose {
    /// Everybody's.
    All,
    /// Those of some people.
    People(Vec<UserId>),
    /// Those of a label.
    Label(LabelId),
}

impl Whose {
    /// The counters that are summed up.
    pub(crate) fn by(&self) -> Vec<By<'_>> {
        match self {
            Self::All => vec![By::All],
            Self::People(people) => people.iter().map(By::Person).collect(),
            Self::Label(label) => vec![By::Label(label)],
        }
    }

    /// The people whose figures can be told apart, of `all` where nobody was named. None for a label: what of it is whose
    /// is not counted.
    pub(crate) fn people(&self, all: impl FnOnce() -> Vec<UserId>) -> Vec<UserId> {
        match self {
            Self::All => all(),
            Self::People(people) => people.clone(),
            Self::Label(_) => Vec::new(),
        }
    }
}

/// What happened in some days.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Totals {
    /// Tasks that were made.
    pub created: i64,
    /// Tasks that were closed.
    pub closed: i64,
    /// Closed tasks that were opened again.
    pub reopened: i64,
    /// Steps of tasks from a column to another.
    pub moved: i64,
    /// Comments that were written.
    pub comments: i64,
    /// Hours that were logged.
    pub hours: f64,
    /// Hours from when work on a task began until it was closed, on average; null where no such task was closed.
    pub cycle_hours: Option<f64>,
}

/// Some days, and as many before them to compare with.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Period {
    /// What happened in them.
    pub now: Totals,
    /// What happened in as many days before.
    pub before: Totals,
}

/// One day of a trend.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct TrendDay {
    /// The day.
    pub date: Date,
    /// What happened on it.
    #[serde(flatten)]
    pub totals: Totals,
}

/// How many tasks stand where.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StatusPart {
    /// The status.
    pub status: Status,
    /// How many tasks.
    pub tasks: i64,
}

/// What a person works on.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Workload {
    /// The person; null for what nobody works on.
    pub person: Option<UserId>,
    /// Their open tasks. One of two people counts for each.
    pub open: i64,
    /// The story points of those.
    pub points: i64,
    /// Those of them that are overdue.
    pub overdue: i64,
}

/// What a person did.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Contribution {
    /// The person.
    pub person: UserId,
    /// What they did.
    #[serde(flatten)]
    pub totals: Totals,
}

/// Figures of what happened, and of what stands open.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Figures {
    /// The first day of the trend.
    pub from: Date,
    /// The last day of the trend.
    pub to: Date,
    /// What happened today.
    pub today: Totals,
    /// What happened in the last seven days, today with them.
    pub last_7_days: Period,
    /// What happened in the last thirty days, today with them.
    pub last_30_days: Period,
    /// Day by day.
    pub trend: Vec<TrendDay>,
    /// Tasks that are not done.
    pub open: i64,
    /// Those of them that are overdue.
    pub overdue: i64,
    /// All tasks by their status, in the order of work.
    pub by_status: Vec<StatusPart>,
}

/// What was counted from `first` to `last`.
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

/// A sum over the counters of what stands open.
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

/// What each person works on, the most first: of some people, each of them. Nothing for a label.
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

/// What each person did in `span`, who closed the most first: of some people, each of them. Nothing for a label.
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

/// The days of a trend, as they are asked for: the thirty up to `today` if nobody says.
///
/// # Errors
/// [`Error::Invalid`] naming `to` where it comes first, or is more than [`MOST_DAYS`] from the first day.
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
