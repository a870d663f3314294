//! Which figures are asked for.

use jiff::civil::Date;
use millrace_domain::{
    Error, Result,
    id::{LabelId, ProjectKey, TeamId, UserId},
    task_filter::AnyOf,
};
use millrace_insight::figures::trend_days;
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
