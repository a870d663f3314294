//! Time logs: their limits, and the conversion of a timer's run into logs. Amounts are whole minutes.

use crate::{
    Error, Result,
    id::{EventId, TaskKey, UserId},
    resource::Versioned,
    text::Summary,
    time::calendar::Calendar,
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Time that a person logged on a task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimeLog {
    /// The id.
    pub id: EventId,
    /// The task.
    pub task: TaskKey,
    /// The person who worked.
    pub person: UserId,
    /// The date.
    pub date: Date,
    /// The duration in minutes.
    pub minutes: u32,
    /// The duration in hours.
    pub hours: f64,
    /// The note; may be empty.
    pub note: Summary,
    /// Whether a timer recorded it.
    pub timed: bool,
    /// Incremented by each write.
    pub version: u64,
    /// When it was logged.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

impl Versioned for TimeLog {
    fn version(&self) -> u64 {
        self.version
    }
}

/// The maximum number of minutes per person and day.
pub const MOST_MINUTES_A_DAY: u32 = 24 * 60;
/// The maximum duration of a timer.
pub const LONGEST_RUN: SignedDuration = SignedDuration::from_hours(24);
/// A timer that ran for less than this logs nothing.
pub const SHORTEST_RUN: SignedDuration = SignedDuration::from_mins(1);

/// The minutes of a request, given in minutes or hours, rounded to the minute.
///
/// # Errors
/// [`Error::Invalid`] naming the field if neither or both are given, or the amount is out of range.
pub fn amount(minutes: Option<f64>, hours: Option<f64>) -> Result<u32> {
    let (field, minutes) = match (minutes, hours) {
        (Some(minutes), None) => ("minutes", minutes),
        (None, Some(hours)) => ("hours", hours * 60.0),
        (Some(_), Some(_)) => return Err(Error::field("hours", "give either minutes or hours")),
        (None, None) => return Err(Error::field("minutes", "say how long it took, in minutes or hours")),
    };
    if minutes <= 0.0 || minutes.is_nan() {
        return Err(Error::field(field, "takes more than 0"));
    }
    if minutes > f64::from(MOST_MINUTES_A_DAY) {
        return Err(Error::field(field, "is more than the 24 hours of a day"));
    }
    let rounded = minutes.round() as u32;
    if rounded == 0 { Err(Error::field(field, "is less than a minute")) } else { Ok(rounded) }
}

/// Minutes as hours, as they are sent.
pub fn hours(minutes: u32) -> f64 {
    f64::from(minutes) / 60.0
}

/// The time logs per calendar day of a timer that ran from `started` to `ended`: the total is rounded to the minute and
/// split by day. Nothing for less than a minute, and at most [`LONGEST_RUN`].
pub fn days_of_run(started: Timestamp, ended: Timestamp, calendar: &Calendar) -> Vec<(Date, u32)> {
    let ended = ended.min(started + LONGEST_RUN);
    if ended.duration_since(started) < SHORTEST_RUN {
        return Vec::new();
    }
    let rounded = |until: Timestamp| ((until.duration_since(started).as_secs() + 30) / 60) as u32;
    let mut days = Vec::new();
    let (mut at, mut before) = (started, 0);
    while at < ended {
        let day = calendar.day_at(at);
        let until = calendar.end_of(day).min(ended);
        let so_far = rounded(until);
        if so_far > before {
            days.push((day, so_far - before));
        }
        (at, before) = (until, so_far);
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::calendar::Zone;
    use proptest::prelude::*;

    fn in_zone(name: &str) -> Calendar {
        Calendar { time_zone: Zone::named(name).expect("a zone"), ..Calendar::default() }
    }

    fn named(error: Error) -> (String, String) {
        let Error::Invalid(mut errors) = error else { panic!("{error}") };
        let error = errors.remove(0);
        (error.field, error.message)
    }

    #[test]
    fn a_duration_is_given_in_minutes_or_hours_of_one_day() {
        assert_eq!(amount(Some(90.0), None).expect("fits"), 90);
        assert_eq!(amount(None, Some(1.75)).expect("fits"), 105);
        assert_eq!(amount(None, Some(24.0)).expect("fits"), MOST_MINUTES_A_DAY);
        for (minutes, hours, field) in [
            (Some(0.0), None, "minutes"),
            (Some(-5.0), None, "minutes"),
            (Some(0.2), None, "minutes"),
            (None, Some(24.1), "hours"),
            (None, Some(f64::NAN), "hours"),
            (Some(1.0), Some(1.0), "hours"),
            (None, None, "minutes"),
        ] {
            assert_eq!(named(amount(minutes, hours).expect_err("refused")).0, field, "{minutes:?} {hours:?}");
        }
    }

    #[test]
    fn a_timer_over_midnight_is_split_by_local_day() {
        let berlin = in_zone("Europe/Berlin");
        let started = "2026-11-20T22:30:00Z".parse().expect("a time");
        let ended = "2026-11-21T00:15:00Z".parse().expect("a time");
        let days = days_of_run(started, ended, &berlin);
        assert_eq!(days, [(jiff::civil::date(2026, 11, 20), 30), (jiff::civil::date(2026, 11, 21), 75)]);
        assert!(days_of_run(started, started + SignedDuration::from_secs(59), &berlin).is_empty());
    }

    proptest! {
        #[test]
        fn splitting_a_timer_preserves_its_minutes(start in 1_700_000_000i64..1_800_000_000, seconds in 60i64..200_000) {
            // A zone with daylight saving, whose days have 23 to 25 hours.
            let calendar = in_zone("America/New_York");
            let started = Timestamp::from_second(start).expect("in range");
            let ended = started + SignedDuration::from_secs(seconds);
            let days = days_of_run(started, ended, &calendar);
            let total: u32 = days.iter().map(|(_, minutes)| minutes).sum();
            prop_assert_eq!(i64::from(total), (seconds.min(LONGEST_RUN.as_secs()) + 30) / 60);
            prop_assert!(days.windows(2).all(|pair| pair[0].0 < pair[1].0));
            prop_assert!(days.iter().all(|(_, minutes)| *minutes > 0 && *minutes <= MOST_MINUTES_A_DAY));
        }
    }
}
