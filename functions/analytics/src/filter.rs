//! Which figures are asked for.

use jiff::{ToSpan, civil::Date};
use millrace_domain::{
    Error, Result,
    id::{LabelId, ProjectKey, TeamId, UserId},
    measure::By,
    task_filter::AnyOf,
    timesheet::MOST_DAYS,
};
use schemars::JsonSchema;
use serde::Deserialize;

/// Which figures are asked for. Of person, team and label one is taken: counters are kept for each of them alone.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct FiguresQuery {
    /// Project keys, with commas between them; all that the caller sees if nobody says.
    #[serde(default)]
    pub project: AnyOf<ProjectKey>,
    /// What this person did, and what they work on.
    pub person: Option<UserId>,
    /// What the people of this team did, and what they work on.
    pub team: Option<TeamId>,
    /// What has this label.
    pub label: Option<LabelId>,
    /// The first day of the trend; 29 days before the last if nobody says.
    pub from: Option<Date>,
    /// The last day of the trend, at most 92 days from the first; today if nobody says.
    pub to: Option<Date>,
}

impl FiguresQuery {
    /// Refuses what the counters cannot tell.
    pub(crate) fn check(&self) -> Result<()> {
        let asked = [("person", self.person.is_some()), ("team", self.team.is_some()), ("label", self.label.is_some())];
        match asked.into_iter().filter(|(_, given)| *given).nth(1) {
            Some((field, _)) => Err(Error::field(field, "give only one of person, team and label")),
            None => Ok(()),
        }
    }

    /// The days of the trend.
    pub(crate) fn days(&self, today: Date) -> Result<(Date, Date)> {
        trend_days(self.from, self.to, today)
    }
}

/// The days of a trend, as they are asked for.
pub(crate) fn trend_days(from: Option<Date>, to: Option<Date>, today: Date) -> Result<(Date, Date)> {
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

/// Whose or which figures are summed up.
#[derive(Debug, Clone)]
pub(crate) enum Whose {
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
}
