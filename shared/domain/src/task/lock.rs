//! Edit locks on a task's fields, which prevent overwriting each other's text. A lock expires within seconds unless
//! renewed.

use crate::{
    Error, Result,
    id::{FieldId, UserId},
    text::Name,
};
use jiff::{SignedDuration, Timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{borrow::Cow, fmt, str::FromStr};

/// The lifetime of a lock that is not renewed.
pub const LASTS: SignedDuration = SignedDuration::from_secs(30);

/// A lockable field of a task: `title`, `description`, or `custom.` and the id of a custom field.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LockedField {
    /// The title.
    Title,
    /// Its description.
    Description,
    /// A custom field.
    Custom(FieldId),
}

impl fmt::Display for LockedField {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Title => out.write_str("title"),
            Self::Description => out.write_str("description"),
            Self::Custom(field) => write!(out, "custom.{field}"),
        }
    }
}

impl FromStr for LockedField {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = "takes title, description, or custom. and the id of a field";
        match text {
            "title" => Ok(Self::Title),
            "description" => Ok(Self::Description),
            _ => text.strip_prefix("custom.").and_then(|id| id.parse().ok()).map(Self::Custom).ok_or(unknown),
        }
    }
}

impl Serialize for LockedField {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for LockedField {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for LockedField {
    fn schema_name() -> Cow<'static, str> {
        "LockedField".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A part of a task that takes a while to write: `title`, `description`, or `custom.` and the id of one of the project's own fields.",
            "pattern": "^(title|description|custom\\.fld_[0-9A-Za-z]{4,32})$",
            "examples": ["title"],
        })
    }
}

/// The holder of a lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Holder {
    /// The person.
    pub id: UserId,
    /// The name to show.
    pub name: Name,
}

/// A lock: somebody is editing a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lock {
    /// The person.
    pub person: Holder,
    /// The field; null for the whole task.
    pub field: Option<LockedField>,
    /// When it expires unless renewed.
    pub until: Timestamp,
}

impl Lock {
    fn stands_against(&self, person: Option<&UserId>, field: Option<&LockedField>, now: Timestamp) -> bool {
        let meets = self.field.is_none() || field.is_none() || self.field.as_ref() == field;
        self.until > now && person != Some(&self.person.id) && meets
    }

    fn is_of(&self, person: &UserId, field: Option<&LockedField>) -> bool {
        self.person.id == *person && self.field.as_ref() == field
    }

    /// The error for a person who comes later.
    fn refusal(&self) -> Error {
        let what = match self.field {
            None => "this task",
            Some(LockedField::Title) => "the title",
            Some(LockedField::Description) => "the description",
            Some(LockedField::Custom(_)) => "this field",
        };
        let detail = format!("{} is editing {what}. Try again when they are done.", self.person.name);
        Error::Locked { detail, current: Box::new(serde_json::json!(self)) }
    }
}

/// A lock and the socket it is bound to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The lock.
    #[serde(flatten)]
    pub lock: Lock,
    /// The socket that it ends with; none if an API call took it. Two tabs of a person each hold their own lock, so
    /// that closing one does not release the other's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub socket: Option<String>,
}

/// The locks of one task.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Locks {
    /// Locks for different fields, or by different sockets of one person.
    pub held: Vec<Held>,
}

impl Locks {
    /// Refuses a write of `person` to `field`, or to the whole task, where somebody else holds a lock. Where no person
    /// writes, every lock refuses.
    ///
    /// # Errors
    /// [`Error::Locked`] naming who holds it.
    pub fn check(&self, person: Option<&UserId>, field: Option<&LockedField>, now: Timestamp) -> Result<()> {
        let other = self.held.iter().find(|held| held.lock.stands_against(person, field, now));
        other.map_or(Ok(()), |held| Err(held.lock.refusal()))
    }

    /// Takes or renews a lock and drops expired ones. It is bound to `socket` if one is given.
    ///
    /// # Errors
    /// As [`Locks::check`].
    pub fn take(
        &mut self,
        person: Holder,
        field: Option<LockedField>,
        socket: Option<&str>,
        now: Timestamp,
    ) -> Result<Lock> {
        self.check(Some(&person.id), field.as_ref(), now)?;
        self.release(&person.id, field.as_ref(), socket, now);
        let lock = Lock { person, field, until: now + LASTS };
        self.held.push(Held { lock: lock.clone(), socket: socket.map(str::to_owned) });
        Ok(lock)
    }

    /// Releases the lock that `person` holds for `field` on `socket`, and drops expired ones. Returns the lock unless
    /// the person still holds the field on another socket.
    pub fn release(
        &mut self,
        person: &UserId,
        field: Option<&LockedField>,
        socket: Option<&str>,
        now: Timestamp,
    ) -> Option<Lock> {
        self.let_go(now, |held| held.lock.is_of(person, field) && held.socket.as_deref() == socket).pop()
    }

    /// Releases all locks bound to a socket, and returns the fields that became free.
    pub fn release_socket(&mut self, socket: &str, now: Timestamp) -> Vec<Lock> {
        self.let_go(now, |held| held.socket.as_deref() == Some(socket))
    }

    fn let_go(&mut self, now: Timestamp, goes: impl Fn(&Held) -> bool) -> Vec<Lock> {
        self.held.retain(|held| held.lock.until > now);
        let (gone, held): (Vec<Held>, Vec<Held>) = std::mem::take(&mut self.held).into_iter().partition(goes);
        self.held = held;
        let over = |lock: &Lock| !self.held.iter().any(|held| held.lock.is_of(&lock.person.id, lock.field.as_ref()));
        gone.into_iter().map(|held| held.lock).filter(over).collect()
    }

    /// The active locks at `now`, one per person and field.
    pub fn standing(&self, now: Timestamp) -> Vec<&Lock> {
        let mut standing: Vec<&Lock> = Vec::new();
        for lock in self.held.iter().map(|held| &held.lock).filter(|lock| lock.until > now) {
            match standing.iter_mut().find(|other| other.is_of(&lock.person.id, lock.field.as_ref())) {
                Some(other) if other.until < lock.until => *other = lock,
                Some(_) => {}
                None => standing.push(lock),
            }
        }
        standing
    }

    /// When the last of them expires.
    pub fn end(&self) -> Option<Timestamp> {
        self.held.iter().map(|held| held.lock.until).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn people() -> Vec<Holder> {
        let person = |name: &&str| Holder { id: UserId::random(), name: Name::new(name).expect("a name") };
        ["Alex", "Sam", "Kim"].iter().map(person).collect()
    }

    fn start() -> Timestamp {
        Timestamp::from_second(1_790_000_000).expect("in range")
    }

    proptest! {
        /// However people take and release locks on however many sockets: no two people hold conflicting locks, and a
        /// lock is held until it expires or the same socket releases it.
        #[test]
        fn two_people_cannot_lock_one_field(
            steps in prop::collection::vec((0usize..3, 0usize..3, 0usize..3, 0u8..3, 0i64..20), 1..60)
        ) {
            let fields = [None, Some(LockedField::Title), Some(LockedField::Description)];
            let sockets = [None, Some("first"), Some("second")];
            let people = people();
            let (mut locks, mut now) = (Locks::default(), start());
            for (person, field, socket, step, seconds) in steps {
                now += SignedDuration::from_secs(seconds);
                let (person, field) = (&people[person], &fields[field]);
                // Sockets are nobody else's.
                let name = sockets[socket].map(|socket| format!("{} of {}", socket, person.name));
                let socket = name.as_deref();
                match (step, socket) {
                    (0, _) => {
                        if let Ok(lock) = locks.take(person.clone(), field.clone(), socket, now) {
                            prop_assert!(lock.until == now + LASTS);
                            prop_assert!(locks.check(Some(&person.id), field.as_ref(), now).is_ok());
                        }
                    }
                    (1, _) => {
                        let gone = locks.release(&person.id, field.as_ref(), socket, now);
                        let stands = locks.standing(now).iter().any(|lock| lock.is_of(&person.id, field.as_ref()));
                        prop_assert!(gone.is_none() || !stands);
                    }
                    (_, Some(socket)) => {
                        locks.release_socket(socket, now);
                        prop_assert!(locks.held.iter().all(|held| held.socket.as_deref() != Some(socket)));
                    }
                    (_, None) => {}
                }
                for lock in locks.standing(now) {
                    prop_assert!(locks.check(Some(&lock.person.id), lock.field.as_ref(), now).is_ok());
                }
            }
        }
    }

    #[test]
    fn a_second_socket_keeps_the_lock() {
        let (alex, now, title) = (people().remove(0), start(), Some(LockedField::Title));
        let mut locks = Locks::default();
        for socket in ["first", "second"] {
            locks.take(alex.clone(), title.clone(), Some(socket), now).expect("is free");
        }
        assert_eq!(locks.standing(now).len(), 1);
        assert_eq!(locks.release_socket("first", now), []);
        assert_eq!(locks.release_socket("second", now).len(), 1);
        assert_eq!(locks.standing(now), Vec::<&Lock>::new());
    }

    #[test]
    fn lockable_fields_parse_from_their_names() {
        let own = "custom.fld_4fJq8sNcX0aZ7LtVw2Rb";
        for right in ["title", "description", own] {
            let field: LockedField = right.parse().expect("a field");
            assert_eq!(field.to_string(), right);
        }
        for wrong in ["", "Title", "estimate", "custom", "custom.", "custom.title"] {
            assert!(wrong.parse::<LockedField>().is_err(), "{wrong}");
        }
    }
}
