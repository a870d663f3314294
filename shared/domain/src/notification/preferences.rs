//! How a person wants to hear: by which way of which kind, when not, and when of all that waited.

use crate::{Error, FieldError, Result, notification::NotificationKind, text::ZoneName};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
    tz::{AmbiguousOffset, TimeZone},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The ways by which a person hears of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Channels {
    /// In the inbox, and at once where Millrace is open.
    pub in_app: bool,
    /// By a mail of its own.
    pub email: bool,
    /// In the daily summary.
    pub digest: bool,
}

impl Channels {
    const fn new(in_app: bool, email: bool, digest: bool) -> Self {
        Self { in_app, email, digest }
    }

    /// Whether the person hears of it at all.
    pub fn any(self) -> bool {
        self.in_app || self.email || self.digest
    }
}

macro_rules! matrix {
    ($($(#[doc = $doc:literal])+ $field:ident: $kind:ident = $in_app:literal $email:literal $digest:literal;)+) => {
        /// What a mail to a member is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum MailTopic {
            $($(#[doc = $doc])+ $kind,)+
            /// The daily summary.
            Digest,
            /// The report of a workspace's week, for its owners.
            WeeklyReport,
        }

        impl From<NotificationKind> for MailTopic {
            fn from(kind: NotificationKind) -> Self {
                match kind { $(NotificationKind::$kind => Self::$kind,)+ }
            }
        }

        impl Preferences {
            /// Ends the mails about `topic`.
            pub fn stop(&mut self, topic: MailTopic) {
                match topic {
                    $(MailTopic::$kind => self.events.$field.email = false,)+
                    MailTopic::Digest => {
                        $(self.events.$field.digest = false;)+
                    }
                    MailTopic::WeeklyReport => self.weekly_report = false,
                }
            }
        }

        /// For each kind of notification, the ways by which a person hears of it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct ChannelsByKind {
            $($(#[doc = $doc])+ pub $field: Channels,)+
        }

        impl Default for ChannelsByKind {
            /// What concerns a person alone comes by mail too, the rest into the inbox or the summary.
            fn default() -> Self {
                Self { $($field: Channels::new($in_app, $email, $digest),)+ }
            }
        }

        impl ChannelsByKind {
            /// The ways for one kind.
            pub fn of(&self, kind: NotificationKind) -> Channels {
                match kind { $(NotificationKind::$kind => self.$field,)+ }
            }
        }
    };
}

matrix! {
    /// A task was given to the person.
    assigned: Assigned = true true false;
    /// Somebody named the person.
    mentioned: Mentioned = true true false;
    /// Somebody wrote a comment.
    commented: Commented = true true false;
    /// A task went on to another column, was archived or came back.
    status_changed: StatusChanged = true false true;
    /// Something else about a task changed.
    updated: Updated = true false false;
    /// A task is due soon.
    due: Due = true true false;
    /// A task is overdue, or missed its target.
    overdue: Overdue = true true false;
    /// The person came into a project.
    added: Added = true true false;
    /// What the person asked for in the background is done, or failed.
    finished: Finished = true false false;
}

/// The time of day in which no mail comes. Where the end is before the beginning, it is on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// Whether there are any.
    pub on: bool,
    /// When they begin, in the person's own time zone, such as `22:00`.
    pub from: Time,
    /// When they end.
    pub to: Time,
}

impl QuietHours {
    fn hold_at(self, time: Time) -> bool {
        if self.from < self.to { self.from <= time && time < self.to } else { self.from <= time || time < self.to }
    }
}

/// How a person wants to hear in one workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// For each kind of notification, the ways by which they hear of it.
    pub events: ChannelsByKind,
    /// When no mail comes: it waits until they end.
    pub quiet_hours: QuietHours,
    /// The time zone that the person lives by.
    pub time_zone: ZoneName,
    /// When the daily summary comes, in that time zone.
    pub digest_at: Time,
    /// Whether an owner gets the report of the workspace's week.
    pub weekly_report: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            events: ChannelsByKind::default(),
            quiet_hours: QuietHours {
                on: false,
                from: jiff::civil::time(22, 0, 0, 0),
                to: jiff::civil::time(7, 0, 0, 0),
            },
            time_zone: ZoneName::utc(),
            digest_at: jiff::civil::time(8, 0, 0, 0),
            weekly_report: true,
        }
    }
}

impl Preferences {
    /// Refuses what no clock shows.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming the field.
    pub fn check(&self) -> Result<()> {
        let whole = |time: Time| time.second() == 0 && time.subsec_nanosecond() == 0;
        let mut errors = Vec::new();
        let mut refuse = |field: &str, message: &str| {
            errors.push(FieldError { field: field.to_owned(), message: message.to_owned() })
        };
        let QuietHours { on, from, to } = self.quiet_hours;
        if on && from == to {
            refuse("quiet_hours.to", "is the same as the beginning");
        }
        for (field, time) in [("quiet_hours.from", from), ("quiet_hours.to", to)] {
            if !whole(time) {
                refuse(field, "takes hours and minutes");
            }
        }
        if !whole(self.digest_at) {
            refuse("digest_at", "takes hours and minutes");
        }
        if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
    }

    /// When the quiet hours end that hold at `now`; none where none do.
    pub fn quiet_until(&self, now: Timestamp) -> Option<Timestamp> {
        let (quiet, zone) = (self.quiet_hours, self.time_zone.zone());
        let local = now.to_zoned(zone.clone());
        if !quiet.on || !quiet.hold_at(local.time()) {
            return None;
        }
        let today = local.date();
        [Some(today), today.tomorrow().ok(), today.tomorrow().and_then(Date::tomorrow).ok()]
            .into_iter()
            .flatten()
            .find_map(|date| first_after(now, &zone, date, quiet.to))
    }

    /// The first moment after `now` at which a daily summary comes.
    pub fn next_digest(&self, now: Timestamp) -> Timestamp {
        next_at(now, &self.time_zone.zone(), self.digest_at)
    }

    /// The calendar day of `now` to this person.
    pub fn day(&self, now: Timestamp) -> Date {
        now.to_zoned(self.time_zone.zone()).date()
    }

    /// When this person's mornings begin on `date`: when their daily summary comes.
    pub fn morning(&self, date: Date) -> Timestamp {
        let zone = self.time_zone.zone();
        let start = zone.to_ambiguous_timestamp(date.to_datetime(self.digest_at)).compatible();
        start.unwrap_or(Timestamp::MAX)
    }
}

/// The first moment after `now` at which clocks in `zone` show `time`, or skip it.
fn next_at(now: Timestamp, zone: &TimeZone, time: Time) -> Timestamp {
    let today = now.to_zoned(zone.clone()).date();
    let days = [Some(today), today.tomorrow().ok(), today.tomorrow().and_then(Date::tomorrow).ok()];
    let found = days.into_iter().flatten().find_map(|date| first_after(now, zone, date, time));
    found.unwrap_or(now + SignedDuration::from_hours(24))
}

/// The first moment after `now` at which clocks in `zone` show `time` on `date`. Where they skip it, it is the moment at
/// which they do; where they show it twice, it may be the second.
fn first_after(now: Timestamp, zone: &TimeZone, date: Date, time: Time) -> Option<Timestamp> {
    let shown = zone.to_ambiguous_timestamp(date.to_datetime(time));
    let (earlier, later) = (shown.earlier().ok()?, shown.later().ok()?);
    let moments = if matches!(shown.offset(), AmbiguousOffset::Gap { .. }) {
        // Both readings of a time that is skipped lie within the hours around the moment at which clocks change.
        let change = zone.following(earlier - SignedDuration::from_secs(1)).next()?.timestamp();
        [change, change]
    } else {
        [earlier, later]
    };
    moments.into_iter().find(|moment| *moment > now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::time;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn berlin(from: Time, to: Time) -> Preferences {
        let time_zone = ZoneName::new("Europe/Berlin").expect("a zone");
        Preferences { quiet_hours: QuietHours { on: true, from, to }, time_zone, ..Preferences::default() }
    }

    #[test]
    fn a_night_ends_in_the_morning_of_the_person() {
        let night = berlin(time(22, 0, 0, 0), time(7, 0, 0, 0));
        assert_eq!(night.quiet_until(at("2026-11-20T20:59:59Z")), None);
        assert_eq!(night.quiet_until(at("2026-11-20T21:00:00Z")), Some(at("2026-11-21T06:00:00Z")));
        assert_eq!(night.quiet_until(at("2026-11-21T05:59:59Z")), Some(at("2026-11-21T06:00:00Z")));
        assert_eq!(night.quiet_until(at("2026-11-21T06:00:00Z")), None);
    }

    #[test]
    fn nights_in_which_clocks_change_are_shorter_and_longer() {
        let night = berlin(time(22, 0, 0, 0), time(7, 0, 0, 0));
        assert_eq!(night.quiet_until(at("2026-03-28T22:00:00Z")), Some(at("2026-03-29T05:00:00Z")));
        assert_eq!(night.quiet_until(at("2026-10-24T21:00:00Z")), Some(at("2026-10-25T06:00:00Z")));
        // Clocks skip half past two in spring, and show it twice in autumn.
        let early = berlin(time(22, 0, 0, 0), time(2, 30, 0, 0));
        assert_eq!(early.quiet_until(at("2026-03-28T22:00:00Z")), Some(at("2026-03-29T01:00:00Z")));
        assert_eq!(early.quiet_until(at("2026-10-24T21:00:00Z")), Some(at("2026-10-25T00:30:00Z")));
        assert_eq!(early.quiet_until(at("2026-10-25T01:15:00Z")), Some(at("2026-10-25T01:30:00Z")));
    }

    #[test]
    fn a_summary_comes_at_the_same_time_of_day_when_clocks_have_changed() {
        let person = berlin(time(22, 0, 0, 0), time(7, 0, 0, 0));
        assert_eq!(person.next_digest(at("2026-10-24T06:00:00Z")), at("2026-10-25T07:00:00Z"));
        assert_eq!(person.next_digest(at("2026-03-28T07:00:00Z")), at("2026-03-29T06:00:00Z"));
    }

    #[test]
    fn what_no_clock_shows_is_refused() {
        let same = berlin(time(7, 0, 0, 0), time(7, 0, 0, 0));
        assert!(matches!(same.check(), Err(Error::Invalid(errors)) if errors[0].field == "quiet_hours.to"));
        let seconds = Preferences { digest_at: time(8, 0, 1, 0), ..Preferences::default() };
        assert!(matches!(seconds.check(), Err(Error::Invalid(errors)) if errors[0].field == "digest_at"));
        assert!(Preferences::default().check().is_ok());
    }

    const ZONES: &[&str] =
        &["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago"];

    fn person(zone: usize, from: i8, to: i8) -> Preferences {
        let clock = |half_hours: i8| time(half_hours / 2, half_hours % 2 * 30, 0, 0);
        let time_zone = ZoneName::new(ZONES[zone]).expect("a zone");
        let quiet_hours = QuietHours { on: true, from: clock(from), to: clock(to) };
        Preferences { quiet_hours, time_zone, digest_at: clock(to), ..Preferences::default() }
    }

    proptest! {
        #[test]
        fn quiet_hours_end_within_a_day_and_are_over_then(
            zone in 0..ZONES.len(), from in 0i8..48, to in 0i8..48, minutes in 0i64..(3 * 366 * 24 * 60),
        ) {
            prop_assume!(from != to);
            let person = person(zone, from, to);
            let now = at("2026-01-01T00:00:00Z") + SignedDuration::from_mins(minutes);
            match person.quiet_until(now) {
                Some(end) => {
                    prop_assert!(end > now && end.duration_since(now) <= SignedDuration::from_hours(25));
                    prop_assert_eq!(person.quiet_until(end), None);
                }
                None => {
                    let local = now.to_zoned(person.time_zone.zone()).time();
                    prop_assert!(!person.quiet_hours.hold_at(local));
                }
            }
        }

        #[test]
        fn a_summary_comes_every_day_at_its_time(
            zone in 0..ZONES.len(), to in 0i8..48, minutes in 0i64..(3 * 366 * 24 * 60),
        ) {
            let person = person(zone, (to + 1) % 48, to);
            let now = at("2026-01-01T00:00:00Z") + SignedDuration::from_mins(minutes);
            let next = person.next_digest(now);
            prop_assert!(next > now && next.duration_since(now) <= SignedDuration::from_hours(25));
            let local = next.to_zoned(person.time_zone.zone());
            let skipped = local.time() != person.digest_at;
            if skipped {
                let before = (next - SignedDuration::from_secs(1)).to_zoned(person.time_zone.zone()).time();
                prop_assert!(before < person.digest_at && person.digest_at < local.time());
            }
        }
    }
}
