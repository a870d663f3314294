use jiff::civil::Date;
use millrace_domain::{
    resource::Versioned,
    text::Name,
    time::calendar::{Calendar, DayOfWeek, Holiday, TimeOfDay, Zone},
};
use millrace_store::{Stored, calendar::CalendarRecord};
use schemars::JsonSchema;
use serde::Serialize;

/// A public holiday or other day off.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WorkspaceHoliday {
    /// The date.
    pub date: Date,
    /// The name.
    pub name: Name,
}

/// The workspace's working time.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct WorkspaceCalendar {
    /// The IANA time zone in which the workspace's days begin and end.
    pub time_zone: Zone,
    /// The working days of the week.
    pub working_days: Vec<DayOfWeek>,
    /// The start of a working day.
    pub day_begins: TimeOfDay,
    /// The end of a working day.
    pub day_ends: TimeOfDay,
    /// The days off, in chronological order.
    pub holidays: Vec<WorkspaceHoliday>,
    /// Incremented by each write; 0 before the first one.
    pub version: u64,
}

impl Versioned for WorkspaceCalendar {
    fn version(&self) -> u64 {
        self.version
    }
}

impl WorkspaceCalendar {
    /// The effective calendar, given the stored one.
    pub(crate) fn of(settled: Option<&Stored<CalendarRecord>>) -> Self {
        settled.map_or_else(
            || Self::new(Calendar::default(), 0),
            |stored| Self::new(stored.value.calendar.clone(), stored.version),
        )
    }

    /// The calendar after a write.
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
