//! A filter by person, team or label.

use jiff::civil::Date;
use millrace_domain::{
    Error, Result,
    id::{LabelId, TeamId, UserId},
};
use millrace_endpoint::{Call, Endpoint, Read, capability::Holds};
use millrace_insight::{
    counters::{Counters, about_today},
    figures::Whose,
};
use millrace_store::{Scope, Stored, Table, table::Mode, team::TeamRecord};

/// A filter by person, team or label, as query parameters. At most one of the three is allowed, since counters are kept
/// for each separately.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked<'query> {
    pub person: Option<&'query UserId>,
    pub team: Option<&'query TeamId>,
    pub label: Option<&'query LabelId>,
}

impl Asked<'_> {
    /// Refuses combinations that the counters cannot answer.
    pub(crate) fn check(&self) -> Result<()> {
        let asked = [("person", self.person.is_some()), ("team", self.team.is_some()), ("label", self.label.is_some())];
        match asked.into_iter().filter(|(_, given)| *given).nth(1) {
            Some((field, _)) => Err(Error::field(field, "give only one of person, team and label")),
            None => Ok(()),
        }
    }

    /// The team to filter by, if any.
    pub(crate) async fn team<M: Mode, S>(
        &self,
        table: &Table<M>,
        scope: &Scope<S>,
    ) -> Result<Option<Stored<TeamRecord>>> {
        match self.team {
            Some(team) => table.team(scope, team).await.map(Some),
            None => Ok(None),
        }
    }

    /// The counters of the days from `from` to `to`, with whose or which of their figures are asked for; in one round trip.
    pub(crate) async fn read<E, P>(
        &self,
        call: &Call<E>,
        from: Option<Date>,
        to: Option<Date>,
    ) -> Result<(Scope, Counters, Whose)>
    where
        E: Endpoint,
        E::Uses: Holds<Table<Read>, P>,
    {
        self.check()?;
        let table = call.table();
        let read = |scope| async move {
            let counters = Counters::read(table, &scope, about_today(call.now), from, to);
            futures::try_join!(counters, self.team(table, &scope))
        };
        let (scope, (counters, team)) = call.authorize(read).await?;
        Ok((scope, counters, self.whose(team)))
    }

    /// The resolved filter, given the team as it was read.
    pub(crate) fn whose(&self, team: Option<Stored<TeamRecord>>) -> Whose {
        match (self.person, team, self.label) {
            (Some(person), ..) => Whose::People(vec![person.clone()]),
            (None, Some(team), _) => Whose::People(team.value.members),
            (None, None, Some(label)) => Whose::Label(label.clone()),
            (None, None, None) => Whose::All,
        }
    }
}
