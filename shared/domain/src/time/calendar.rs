//! A workspace's calendar: its time zone, working days and working hours.

use crate::{Error, FieldError, Result};
use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime, Time, Weekday},
    tz::TimeZone,
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;

/// The maximum number of holidays in a calendar.
pub const MOST_HOLIDAYS: usize = 400;

/// A time zone of the IANA database (<https://www.iana.org/time-zones>), such as `Europe/Berlin`.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of this name.
    ///
    /// # Errors
    /// A sentence for the person who typed it, if the database has no such zone.
    pub fn named(name: &str) -> Result<Self, String> {
        let zone = TimeZone::get(name).ok().filter(|zone| zone.iana_name().is_some());
        zone.map(Self).ok_or_else(|| "is not a time zone such as Europe/Berlin".to_owned())
    }

    /// The zone itself.
    pub fn time_zone(&self) -> &TimeZone {
        &self.0
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::named(&Cow::<'de, str>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Zone {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Zone".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "examples": ["Europe/Berlin"]})
    }
}

/// A time of day in minutes, such as `09:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(Time);

impl TimeOfDay {
    /// The full hour `hour`, 0 to 23.
    const fn hour(hour: i8) -> Self {
        Self(Time::constant(hour, 0, 0, 0))
    }
}

impl Serialize for TimeOfDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:02}:{:02}", self.0.hour(), self.0.minute()))
    }
}

impl<'de> Deserialize<'de> for TimeOfDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let two = |digits: &str| match digits.as_bytes() {
            [b'0'..=b'9', b'0'..=b'9'] => digits.parse::<i8>().ok(),
            _ => None,
        };
        let time = text.split_once(':').and_then(|(hour, minute)| Time::new(two(hour)?, two(minute)?, 0, 0).ok());
        time.map(Self).ok_or_else(|| serde::de::Error::custom("is not a time of day such as 09:00"))
    }
}

impl JsonSchema for TimeOfDay {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "TimeOfDay".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "examples": ["09:00"]})
    }
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "each name says which")]
pub enum DayOfWeek {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<Weekday> for DayOfWeek {
    fn from(day: Weekday) -> Self {
        match day {
            Weekday::Monday => Self::Monday,
            Weekday::Tuesday => Self::Tuesday,
            Weekday::Wednesday => Self::Wednesday,
            Weekday::Thursday => Self::Thursday,
            Weekday::Friday => Self::Friday,
            Weekday::Saturday => Self::Saturday,
            Weekday::Sunday => Self::Sunday,
        }
    }
}

/// A day off, whatever the day of the week.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// The date.
    pub date: Date,
    /// The name.
    pub name: crate::text::Name,
}

/// The workspace's working time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calendar {
    /// The IANA time zone in which the workspace's days begin and end.
    pub time_zone: Zone,
    /// The working days of the week, at least one.
    pub working_days: Vec<DayOfWeek>,
    /// The start of a working day.
    pub day_begins: TimeOfDay,
    /// The end of a working day, after its start.
    pub day_ends: TimeOfDay,
    /// The days off, at most 400.
    #[serde(default)]
    pub holidays: Vec<Holiday>,
}

impl Default for Calendar {
    /// UTC, Monday to Friday, nine to five.
    fn default() -> Self {
        use DayOfWeek::*;
        Self {
            time_zone: Zone(TimeZone::UTC),
            working_days: vec![Monday, Tuesday, Wednesday, Thursday, Friday],
            day_begins: TimeOfDay::hour(9),
            day_ends: TimeOfDay::hour(17),
            holidays: Vec::new(),
        }
    }
}

impl Calendar {
    /// Validates the fields against each other, and sorts and deduplicates the days off.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every invalid field.
    pub fn checked(mut self) -> Result<Self> {
        let mut errors = Vec::new();
        let mut wrong = |field: String, message: &str| errors.push(FieldError { field, message: message.to_owned() });
        if self.working_days.is_empty() {
            wrong("working_days".to_owned(), "names no day; a week needs one");
        }
        if self.day_ends <= self.day_begins {
            wrong("day_ends".to_owned(), "is not after the day begins");
        }
        if self.holidays.len() > MOST_HOLIDAYS {
            wrong("holidays".to_owned(), "takes at most 400 days");
        }
        for (index, holiday) in self.holidays.iter().enumerate() {
            if self.holidays.iter().take(index).any(|other| other.date == holiday.date) {
                wrong(format!("holidays[{index}].date"), "is named twice");
            }
        }
        if !errors.is_empty() {
            return Err(Error::Invalid(errors));
        }
        self.working_days.sort();
        self.working_days.dedup();
        self.holidays.sort_by_key(|holiday| holiday.date);
        Ok(self)
    }

    /// The date in the workspace at an instant.
    pub fn day_at(&self, at: Timestamp) -> Date {
        at.to_zoned(self.time_zone.0.clone()).date()
    }

    /// The local date and time at an instant.
    pub fn time_at(&self, at: Timestamp) -> DateTime {
        at.to_zoned(self.time_zone.0.clone()).datetime()
    }

    /// Whether working hours have begun by `at`, regardless of whether it is a working day.
    pub fn has_begun(&self, at: Timestamp) -> bool {
        self.time_at(at).time() >= self.day_begins.0
    }

    /// The first instant after `day`, when the next day begins. If daylight saving time skips midnight, the day begins
    /// with the first instant that exists.
    pub fn end_of(&self, day: Date) -> Timestamp {
        let next = day.tomorrow().unwrap_or(Date::MAX);
        next.to_zoned(self.time_zone.0.clone()).map_or(Timestamp::MAX, |midnight| midnight.timestamp())
    }

    /// Whether `day` is a working day.
    pub fn works_on(&self, day: Date) -> bool {
        self.working_days.contains(&day.weekday().into()) && self.holidays.iter().all(|holiday| holiday.date != day)
    }

    /// The expected working minutes on `day`: 0 on a day off.
    pub fn working_minutes(&self, day: Date) -> u32 {
        let whole = self.day_ends.0.duration_since(self.day_begins.0).as_mins();
        if self.works_on(day) { u32::try_from(whole).unwrap_or_default() } else { 0 }
    }

    /// The number of working days from `first` to `last`, inclusive; 0 if `last` is earlier.
    pub fn working_days(&self, first: Date, last: Date) -> u32 {
        days(first, last).filter(|day| self.works_on(*day)).count() as u32
    }
}

/// The days from `first` to `last`, inclusive.
pub fn days(first: Date, last: Date) -> impl Iterator<Item = Date> {
    first.series(1.day()).take_while(move |day| *day <= last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn calendar(zone: &str) -> Calendar {
        Calendar { time_zone: Zone::named(zone).expect("a zone"), ..Calendar::default() }
    }

    fn instant(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_date_follows_the_workspaces_time_zone() {
        let late = instant("2026-11-20T23:30:00Z");
        assert_eq!(calendar("UTC").day_at(late), date(2026, 11, 20));
        assert_eq!(calendar("Pacific/Auckland").day_at(late), date(2026, 11, 21));
        assert_eq!(calendar("Pacific/Honolulu").day_at(late), date(2026, 11, 20));
    }

    #[test]
    fn days_are_23_24_or_25_hours_long() {
        let berlin = calendar("Europe/Berlin");
        let hours = |day: Date| {
            let begins = berlin.end_of(day.yesterday().expect("a day"));
            berlin.end_of(day).duration_since(begins).as_hours()
        };
        assert_eq!(hours(date(2026, 3, 29)), 23);
        assert_eq!(hours(date(2026, 10, 25)), 25);
        assert_eq!(hours(date(2026, 11, 21)), 24);
        // Midnight did not exist on this day: clocks went from 23:59:59 to 01:00.
        let beirut = calendar("Asia/Beirut");
        let begins = beirut.end_of(date(2024, 3, 30));
        assert_eq!(beirut.day_at(begins), date(2024, 3, 31));
        assert_eq!(begins, instant("2024-03-30T22:00:00Z"));
    }

    #[test]
    fn weekends_and_holidays_are_no_working_days() {
        let mut calendar = calendar("Europe/Berlin");
        assert_eq!(calendar.working_days(date(2026, 12, 21), date(2026, 12, 31)), 9);
        let holiday = |day| Holiday { date: day, name: crate::text::Name::new("Christmas").expect("a name") };
        calendar.holidays = vec![holiday(date(2026, 12, 25)), holiday(date(2026, 12, 26))];
        assert_eq!(calendar.working_days(date(2026, 12, 21), date(2026, 12, 31)), 8, "the second one is a Saturday");
        assert_eq!(calendar.working_days(date(2026, 12, 31), date(2026, 12, 21)), 0);
    }

    #[test]
    fn invalid_requests_are_refused_naming_the_field() {
        let fields = |calendar: Calendar| match calendar.checked() {
            Err(Error::Invalid(errors)) => errors.into_iter().map(|error| error.field).collect(),
            _ => Vec::new(),
        };
        let wrong = Calendar { working_days: Vec::new(), day_ends: TimeOfDay::hour(9), ..Calendar::default() };
        assert_eq!(fields(wrong), ["working_days", "day_ends"]);
        let holiday = Holiday { date: date(2027, 1, 1), name: crate::text::Name::new("New Year").expect("a name") };
        let twice = Calendar { holidays: vec![holiday.clone(), holiday], ..Calendar::default() };
        assert_eq!(fields(twice), ["holidays[1].date"]);
        for wrong in ["Europe/Atlantis", "", "+02:00", "berlin time"] {
            assert!(Zone::named(wrong).is_err(), "{wrong}");
        }
        for wrong in ["9:00", "24:00", "09:60", "09:00:00", "noon", "+9:00"] {
            assert!(serde_json::from_value::<TimeOfDay>(wrong.into()).is_err(), "{wrong}");
        }
    }

    fn zones() -> impl Strategy<Value = Calendar> {
        prop::sample::select(vec![
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "America/St_Johns",
            "Asia/Kathmandu",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Asia/Beirut",
            "Africa/Casablanca",
        ])
        .prop_map(calendar)
    }

    proptest! {
        /// Every instant is in exactly one day: after the end of the previous day, and before the end of its own.
        #[test]
        fn consecutive_days_have_no_gaps(calendar in zones(), second in 1_300_000_000i64..2_000_000_000) {
            let at = Timestamp::from_second(second).expect("in range");
            let day = calendar.day_at(at);
            prop_assert!(at < calendar.end_of(day));
            prop_assert!(at >= calendar.end_of(day.yesterday().expect("in range")));
        }

        /// The working days of a range are the sum of those of its parts.
        #[test]
        fn working_days_add_up(calendar in zones(), start in 0i32..2_000, first in 0i32..200, second in 0i32..200) {
            let start = date(2024, 1, 1) + start.days();
            let (middle, end) = (start + first.days(), start + (first + second).days());
            let after = middle.tomorrow().expect("in range");
            prop_assert_eq!(
                calendar.working_days(start, end),
                calendar.working_days(start, middle) + calendar.working_days(after, end)
            );
            prop_assert!(calendar.working_days(start, end) <= (first + second + 1) as u32);
        }
    }
}
