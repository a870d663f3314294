use jiff::civil::Date;
use millrace_domain::{
    resource::Versioned,
    text::Name,
    time::calendar::{Calendar, DayOfWeek, Holiday, TimeOfDay, Zone},
};
use millrace_store::{Stored, calendar::CalendarRecord};
use schemars::JsonSchema;
use serde::Serialize;

/// A day on which nobody works.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WorkspaceHoliday {
    /// The day.
    pub date: Date,
    /// What it is called.
    pub name: Name,
}

/// When a workspace works.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WorkspaceCalendar {
    /// The time zone in which its days begin and end, by its IANA name.
    pub time_zone: Zone,
    /// The days of the week on which it works.
    pub working_days: Vec<DayOfWeek>,
    /// When a working day begins.
    pub day_begins: TimeOfDay,
    /// When a working day ends.
    pub day_ends: TimeOfDay,
    /// The days on which nobody works, in their order.
    pub holidays: Vec<WorkspaceHoliday>,
    /// Grows by one with each write; 0 where nobody settled it yet.
    pub version: u64,
}

impl Versioned for WorkspaceCalendar {
    fn version(&self) -> u64 {
        self.version
    }
}

impl WorkspaceCalendar {
    /// The calendar that holds, where `settled` is what somebody settled.
    pub(crate) fn of(settled: Option<&Stored<CalendarRecord>>) -> Self {
        settled.map_or_else(
            || Self::new(Calendar::default(), 0),
            |stored| Self::new(stored.value.calendar.clone(), stored.version),
        )
    }

    /// The calendar as it is after a write.
    pub(crate) fn new(calendar: Calendar, version: u64) -> Self {
        let shown = |Holiday { date, name }| WorkspaceHoliday { date, name };
        Self {
            time_zone: calendar.time_zone,
            working_days: calendar.working_days,
            day_begins: calendar.day_begins,
            day_ends: calendar.day_ends,
            holidays: calendar.holidays.into_iter().map(shown).collect(),
            version,
        }
    }
}
