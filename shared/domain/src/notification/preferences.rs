//! Notification preferences: the channels for each kind, quiet hours, and the time of the digest.

use crate::{Error, FieldError, Result, notification::NotificationKind, text::ZoneName};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
    tz::{AmbiguousOffset, TimeZone},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The channels of a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Channels {
    /// The inbox, and live where Millrace is open.
    pub in_app: bool,
    /// A separate mail.
    pub email: bool,
    /// The daily digest.
    pub digest: bool,
}

impl Channels {
    const fn new(in_app: bool, email: bool, digest: bool) -> Self {
        Self { in_app, email, digest }
    }

    /// Whether any channel is on.
    pub fn any(self) -> bool {
        self.in_app || self.email || self.digest
    }
}

macro_rules! matrix {
    ($($(#[doc = $doc:literal])+ $field:ident: $kind:ident = $in_app:literal $email:literal $digest:literal;)+) => {
        /// The topics of mails to a member.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum MailTopic {
            $($(#[doc = $doc])+ $kind,)+
            /// The daily digest.
            Digest,
            /// A workspace's weekly report, for its owners.
            WeeklyReport,
        }

        impl From<NotificationKind> for MailTopic {
            fn from(kind: NotificationKind) -> Self {
                match kind { $(NotificationKind::$kind => Self::$kind,)+ }
            }
        }

        impl Preferences {
            /// Unsubscribes from mails about `topic`.
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

        /// The channels for each kind of notification.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct ChannelsByKind {
            $($(#[doc = $doc])+ pub $field: Channels,)+
        }

        impl Default for ChannelsByKind {
            /// The defaults: notifications addressed to a person are also mailed; the rest go to the inbox or the
            /// digest.
            fn default() -> Self {
                Self { $($field: Channels::new($in_app, $email, $digest),)+ }
            }
        }

        impl ChannelsByKind {
            /// The channels for one kind.
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

/// The hours without mail. If the end is before the start, they end on the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    /// Whether quiet hours are on.
    pub on: bool,
    /// Their start, in the person's time zone, such as `22:00`.
    pub from: Time,
    /// Their end.
    pub to: Time,
}

impl QuietHours {
    fn hold_at(self, time: Time) -> bool {
        if self.from < self.to { self.from <= time && time < self.to } else { self.from <= time || time < self.to }
    }
}

/// A person's notification preferences in one workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// The channels for each kind of notification.
    pub events: ChannelsByKind,
    /// The hours without mail. Mails are held back until they end.
    pub quiet_hours: QuietHours,
    /// The person's time zone.
    pub time_zone: ZoneName,
    /// The time of the daily digest, in that time zone.
    pub digest_at: Time,
    /// Whether an owner gets the workspace's weekly report.
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
    /// Refuses times that no clock shows.
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

    /// The end of the quiet hours that apply at `now`; none if none do.
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

    /// The time of the next daily digest after `now`.
    pub fn next_digest(&self, now: Timestamp) -> Timestamp {
        next_at(now, &self.time_zone.zone(), self.digest_at)
    }

    /// The calendar date of `now` for this person.
    pub fn day(&self, now: Timestamp) -> Date {
        now.to_zoned(self.time_zone.zone()).date()
    }

    /// The time of this person's digest on `date`.
    pub fn morning(&self, date: Date) -> Timestamp {
        let zone = self.time_zone.zone();
        let start = zone.to_ambiguous_timestamp(date.to_datetime(self.digest_at)).compatible();
        start.unwrap_or(Timestamp::MAX)
    }
}

/// The first time after `now` at which clocks in `zone` show or skip `time`.
fn next_at(now: Timestamp, zone: &TimeZone, time: Time) -> Timestamp {
    let today = now.to_zoned(zone.clone()).date();
    let days = [Some(today), today.tomorrow().ok(), today.tomorrow().and_then(Date::tomorrow).ok()];
    let found = days.into_iter().flatten().find_map(|date| first_after(now, zone, date, time));
    found.unwrap_or(now + SignedDuration::from_hours(24))
}

/// The first time after `now` at which clocks in `zone` show `time` on `date`. If daylight saving time skips it, the
/// time of the change; if it occurs twice, possibly the second.
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
    fn quiet_hours_end_in_the_persons_time_zone() {
        let night = berlin(time(22, 0, 0, 0), time(7, 0, 0, 0));
        assert_eq!(night.quiet_until(at("2026-11-20T20:59:59Z")), None);
        assert_eq!(night.quiet_until(at("2026-11-20T21:00:00Z")), Some(at("2026-11-21T06:00:00Z")));
        assert_eq!(night.quiet_until(at("2026-11-21T05:59:59Z")), Some(at("2026-11-21T06:00:00Z")));
        assert_eq!(night.quiet_until(at("2026-11-21T06:00:00Z")), None);
    }

    #[test]
    fn quiet_hours_follow_daylight_saving_changes() {
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
    fn digests_keep_their_local_time_across_daylight_saving_changes() {
        let person = berlin(time(22, 0, 0, 0), time(7, 0, 0, 0));
        assert_eq!(person.next_digest(at("2026-10-24T06:00:00Z")), at("2026-10-25T07:00:00Z"));
        assert_eq!(person.next_digest(at("2026-03-28T07:00:00Z")), at("2026-03-29T06:00:00Z"));
    }

    #[test]
    fn invalid_times_of_day_are_refused() {
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
        fn quiet_hours_end_within_a_day(
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
        fn a_digest_is_due_every_day(
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
