//! A workspace's calendar.

use crate::core::{
    item::{Entity, Stored},
    keys,
    scope::Scope,
    table::{Mode, Table},
    transaction::Transaction,
};
use millrace_domain::{Result, time::calendar::Calendar};
use serde::{Deserialize, Serialize};

/// The workspace's working time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CalendarRecord {
    /// The calendar.
    pub calendar: Calendar,
}

impl Entity for CalendarRecord {
    const WHAT: &'static str = "calendar";
}

impl<M: Mode> Table<M> {
    /// The calendar that somebody settled for the scope's workspace; none where nobody did.
    ///
    /// # Errors
    /// As every read.
    pub async fn settled_calendar<S>(&self, scope: &Scope<S>) -> Result<Option<Stored<CalendarRecord>>> {
        self.get(&keys::calendar(scope.workspace())).await
    }

    /// The calendar that holds for the scope's workspace.
    ///
    /// # Errors
    /// As every read.
    pub async fn calendar<S>(&self, scope: &Scope<S>) -> Result<Calendar> {
        Ok(self.settled_calendar(scope).await?.map(|stored| stored.value.calendar).unwrap_or_default())
    }
}

impl Transaction {
    /// Settles a calendar, if nobody did since `before` was read; its version after the write.
    pub fn settle_calendar<S>(
        &mut self,
        scope: &Scope<S>,
        before: Option<&Stored<CalendarRecord>>,
        calendar: &Calendar,
    ) -> u64 {
        let record = CalendarRecord { calendar: calendar.clone() };
        self.settle(&keys::calendar(scope.workspace()), before, &record)
    }
}
