//! Ids as types, so that kinds cannot be confused. On the wire they are URL-safe strings.

use crate::token::random_string;
use std::{borrow::Cow, str::FromStr};

/// A string that is not an id of the expected kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("is not a {0}")]
pub struct NotAnId(pub &'static str);

macro_rules! string_conversions {
    ($name:ident, $pattern:expr, $example:expr, $doc:expr) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(formatter, "{}", self.text())
            }
        }
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.text())
            }
        }
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str> as serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "pattern": $pattern, "description": $doc, "examples": [$example]})
            }
        }
    };
}
pub(crate) use string_conversions;

macro_rules! random_id {
    ($(#[doc = $doc:literal])+ $name:ident, $what:literal, $prefix:literal) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// A new, unguessable id.
            pub fn random() -> Self {
                Self(format!("{}{}", $prefix, random_string(20)))
            }
            /// The id as a string.
            pub fn as_str(&self) -> &str {
                &self.0
            }
            fn text(&self) -> Cow<'_, str> {
                Cow::Borrowed(&self.0)
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let rest = text.strip_prefix($prefix).ok_or(NotAnId($what))?;
                if is_suffix(rest) { Ok(Self(text.to_owned())) } else { Err(NotAnId($what)) }
            }
        }
        string_conversions!($name, concat!("^", $prefix, "[0-9A-Za-z]{4,32}$"),
            concat!($prefix, "4fJq8sNcX0aZ7LtVw2Rb"), concat!($($doc),+).trim());
    };
}

/// Ids that sort by creation time, which is the order of their lists.
macro_rules! sorted_by_time {
    ($($name:ident $prefix:literal),+) => {
        $(impl $name {
            /// A new id for something created at `at`.
            pub fn at(at: jiff::Timestamp) -> Self {
                Self(format!("{}{}", $prefix, ulid::Ulid::from_datetime(std::time::SystemTime::from(at))))
            }
            /// A deterministic id for the `place`-th of several things created at `at`.
            pub fn placed(at: jiff::Timestamp, place: u32) -> Self {
                let milliseconds = u64::try_from(at.as_millisecond()).unwrap_or(0);
                Self(format!("{}{}", $prefix, ulid::Ulid::from_parts(milliseconds, place.into())))
            }
        })+
    };
}

/// Ids of things in a project contain its key, so that a single read finds them.
macro_rules! project_id {
    ($(#[doc = $doc:literal])+ $name:ident, $what:literal, $letter:literal) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name {
            project: ProjectKey,
            suffix: String,
        }

        impl $name {
            /// A new, unguessable id in `project`.
            pub fn random(project: &ProjectKey) -> Self {
                Self { project: project.clone(), suffix: random_string(12) }
            }
            /// The project.
            pub fn project(&self) -> &ProjectKey {
                &self.project
            }
            /// The part that is unique within the project.
            pub fn suffix(&self) -> &str {
                &self.suffix
            }
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(format!("{}.{}{}", self.project, $letter, self.suffix))
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let (project, rest) = text.split_once('.').ok_or(NotAnId($what))?;
                let suffix = rest.strip_prefix($letter).filter(|suffix| is_suffix(suffix)).ok_or(NotAnId($what))?;
                let project = project.parse().map_err(|_| NotAnId($what))?;
                Ok(Self { project, suffix: suffix.to_owned() })
            }
        }
        string_conversions!($name, concat!("^[A-Z][A-Z0-9]{1,9}\\.", $letter, "[0-9A-Za-z]{4,32}$"),
            concat!("WEB.", $letter, "4fJq8sNcX0aZ"), concat!($($doc),+).trim());
    };
}

fn is_suffix(text: &str) -> bool {
    (4..=32).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

random_id!(
    /// A workspace: one organisation, isolated from all others.
    WorkspaceId, "workspace id", "ws_");
random_id!(
    /// A person's account.
    UserId, "user id", "usr_");
random_id!(
    /// A sign-in on one device.
    SessionId, "session id", "ses_");
random_id!(
    /// An invitation into a workspace.
    InviteId, "invite id", "inv_");
random_id!(
    /// A team of a workspace.
    TeamId, "team id", "team_");
random_id!(
    /// A column of a board.
    ColumnId, "column id", "col_");
random_id!(
    /// A label of a project.
    LabelId, "label id", "lbl_");
random_id!(
    /// A comment on a task. Ids sort by time.
    CommentId, "comment id", "cmt_");
random_id!(
    /// An attachment of a task. Ids sort by time.
    AttachmentId, "attachment id", "att_");
random_id!(
    /// A requested report. Ids sort by time.
    ReportId, "report id", "rep_");
random_id!(
    /// A custom field of a project.
    FieldId, "field id", "fld_");
project_id!(
    /// A board of a project.
    BoardId, "board id", "b");
project_id!(
    /// A sprint of a project.
    SprintId, "sprint id", "s");
project_id!(
    /// An import into a project.
    ImportId, "import id", "i");

sorted_by_time!(CommentId "cmt_", AttachmentId "att_", ReportId "rep_");

/// A project's key: two to ten upper-case letters and digits, starting with a letter. Lower case is converted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectKey(String);

impl ProjectKey {
    /// The key as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.0)
    }
}

impl FromStr for ProjectKey {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let fits = (2..=10).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_alphabetic())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if fits {
            Ok(Self(text.to_ascii_uppercase()))
        } else {
            Err(NotAnId("project key: two to ten letters and digits, a letter first"))
        }
    }
}

impl SprintId {
    /// A deterministic id for the `place`-th sprint of an import.
    pub fn of_import(import: &ImportId, place: usize) -> Self {
        Self { project: import.project.clone(), suffix: format!("{}{place:04}", import.suffix) }
    }
}

string_conversions!(ProjectKey, "^[A-Za-z][A-Za-z0-9]{1,9}$", "WEB", "A project's key.");

/// A task's key: the project's key and a number, such as `WEB-12`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskKey {
    project: ProjectKey,
    number: u32,
}

impl TaskKey {
    /// The task `number` of `project`.
    pub fn new(project: &ProjectKey, number: u32) -> Self {
        Self { project: project.clone(), number }
    }
    /// The project that the task belongs to.
    pub fn project(&self) -> &ProjectKey {
        &self.project
    }
    /// The task's number in its project, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }
    fn text(&self) -> Cow<'_, str> {
        Cow::Owned(format!("{}-{}", self.project, self.number))
    }
}

impl FromStr for TaskKey {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let wrong = NotAnId("task key such as WEB-12");
        let (project, number) = text.split_once('-').ok_or(wrong.clone())?;
        let canonical = !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit());
        match (project.parse(), number.parse()) {
            (Ok(project), Ok(number)) if canonical => Ok(Self { project, number }),
            _ => Err(wrong),
        }
    }
}

string_conversions!(TaskKey, "^[A-Za-z][A-Za-z0-9]{1,9}-[1-9][0-9]{0,9}$", "WEB-12", "A task's key.");

/// Ids that sort by time: ULIDs (<https://github.com/ulid/spec>).
macro_rules! time_id {
    ($(#[doc = $doc:literal])+ $name:ident, $what:literal) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(ulid::Ulid);

        impl $name {
            /// A new id for something that happens at `at`.
            pub fn at(at: jiff::Timestamp) -> Self {
                Self(ulid::Ulid::from_datetime(std::time::SystemTime::from(at)))
            }
            /// A deterministic id for the `place`-th of several events at `at`.
            pub fn placed(at: jiff::Timestamp, place: u32) -> Self {
                let milliseconds = u64::try_from(at.as_millisecond()).unwrap_or(0);
                Self(ulid::Ulid::from_parts(milliseconds, place.into()))
            }
            /// The id that sorts before all others.
            pub fn nil() -> Self {
                Self(ulid::Ulid::nil())
            }
            /// The next id of the same millisecond.
            pub fn next(self) -> Self {
                Self(self.0.increment().unwrap_or(self.0))
            }
            fn text(&self) -> Cow<'_, str> {
                Cow::Owned(self.0.to_string())
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                // The parser takes letters that look like digits, and drops bits that are too many: one id has one
                // spelling.
                let id: Option<ulid::Ulid> = text.parse().ok();
                id.filter(|id| id.to_string() == text).map(Self).ok_or(NotAnId($what))
            }
        }

        string_conversions!(
            $name,
            "^[0-7][0-9A-HJKMNP-TV-Z]{25}$",
            "01K2Z3Y4X5W6V7T8S9R0Q1P2N3",
            concat!($($doc),+).trim()
        );
    };
}

time_id!(
    /// An event's id, a ULID. Ids sort by time and are the feed's cursors.
    EventId, "event id");
time_id!(
    /// A notification's id, a ULID. Ids sort by time.
    NotificationId, "notification id");
time_id!(
    /// A mail's id, a ULID. Ids sort by time.
    MailId, "mail id");

impl NotificationId {
    /// The creation time, in milliseconds.
    pub fn time(self) -> jiff::Timestamp {
        let milliseconds = i64::try_from(self.0.timestamp_ms()).unwrap_or(i64::MAX);
        jiff::Timestamp::from_millisecond(milliseconds).unwrap_or(jiff::Timestamp::MAX)
    }
}

impl EventId {
    /// The id that sorts before all others of the millisecond of `at`.
    pub fn first_at(at: jiff::Timestamp) -> Self {
        Self(ulid::Ulid::from_parts(at.as_millisecond().max(0).unsigned_abs(), 0))
    }
    /// The id that sorts after all others.
    pub fn last() -> Self {
        Self(ulid::Ulid(u128::MAX))
    }

    /// A deterministic id for a notice of the system at `at` about `about`.
    pub fn of_notice(at: jiff::Timestamp, about: &str) -> Self {
        let milliseconds = u64::try_from(at.as_millisecond()).unwrap_or_default();
        // FNV-1a with 128 bits (RFC 9923): it tells names apart, and nobody need be kept from making one.
        let hash = about.bytes().fold(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128, |hash, byte| {
            (hash ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b)
        });
        Self(ulid::Ulid::from_parts(milliseconds, hash))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_kind_do_not_parse_as_another() {
        let user = UserId::random().to_string();
        assert!(user.parse::<WorkspaceId>().is_err());
        assert!(user.parse::<UserId>().is_ok());
        let project: ProjectKey = "web".parse().expect("a key");
        let board = BoardId::random(&project).to_string();
        assert!(board.parse::<SprintId>().is_err());
        assert_eq!(board.parse::<BoardId>().expect("a board id").project(), &project);
    }

    #[test]
    fn a_task_key_has_one_spelling() {
        assert_eq!("web-12".parse::<TaskKey>().expect("a key").to_string(), "WEB-12");
        for wrong in ["WEB-012", "WEB-0", "WEB-", "WEB", "-1", "WEB-+1", "WEB-99999999999", "W-1", "WEB-1 "] {
            assert!(wrong.parse::<TaskKey>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_event_id_has_one_spelling() {
        let id = EventId::at(jiff::Timestamp::from_second(1_000).expect("in range"));
        assert_eq!(id.to_string().parse(), Ok(id));
        for wrong in ["", "yesterday", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ", &id.to_string().to_lowercase()] {
            assert!(wrong.parse::<EventId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn ids_of_time_ordered_lists_sort_by_time() {
        let at = |second| jiff::Timestamp::from_second(second).expect("in range");
        let (early, late) = (CommentId::at(at(1_000)), CommentId::at(at(2_000)));
        assert!(early < late && early.as_str() < late.as_str());
        assert_eq!(early.to_string().parse(), Ok(early));
        assert!(AttachmentId::at(at(1_000)) < AttachmentId::at(at(2_000)));
    }

    #[test]
    fn event_ids_sort_by_time() {
        let early = EventId::at(jiff::Timestamp::from_second(1_000).expect("in range"));
        let late = EventId::at(jiff::Timestamp::from_second(2_000).expect("in range"));
        assert!(EventId::nil() < early && early < early.next() && early.next() < late);
        assert!(early.to_string() < late.to_string());
    }
}
