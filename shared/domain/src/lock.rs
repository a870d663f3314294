//! Locks: who writes at a task's text, so that nobody else writes over it. A lock lasts for seconds and is renewed.

use crate::{Error, Result, id::UserId, text::Name};
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long a lock lasts that nobody renews.
pub const LASTS: SignedDuration = SignedDuration::from_secs(30);

/// A part of a task that takes a while to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LockedField {
    /// Its title.
    Title,
    /// Its description.
    Description,
}

/// Whoever holds a lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Holder {
    /// The person.
    pub id: UserId,
    /// The name to show.
    pub name: Name,
}

/// That somebody writes at a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lock {
    /// Who.
    pub person: Holder,
    /// The field; null for the whole task.
    pub field: Option<LockedField>,
    /// Until when, if it is not renewed.
    pub until: Timestamp,
}

impl Lock {
    fn stands_against(&self, person: &UserId, field: Option<LockedField>, now: Timestamp) -> bool {
        let meets = self.field.is_none() || field.is_none() || self.field == field;
        self.until > now && self.person.id != *person && meets
    }

    /// The refusal of whoever came later.
    fn refusal(&self) -> Error {
        let what = match self.field {
            None => "this task",
            Some(LockedField::Title) => "the title",
            Some(LockedField::Description) => "the description",
        };
        let detail = format!("{} is editing {what} until {}.", self.person.name, self.until);
        Error::Locked { detail, current: Box::new(serde_json::json!(self)) }
    }
}

/// The locks of one task.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Locks {
    /// Each for another field.
    pub held: Vec<Lock>,
}

impl Locks {
    /// Refuses a write of `person` to `field`, or to the whole task, where somebody else holds a lock.
    ///
    /// # Errors
    /// [`Error::Locked`] naming who holds it until when.
    pub fn check(&self, person: &UserId, field: Option<LockedField>, now: Timestamp) -> Result<()> {
        let other = self.held.iter().find(|lock| lock.stands_against(person, field, now));
        other.map_or(Ok(()), |lock| Err(lock.refusal()))
    }

    /// Takes a lock, or renews it, and forgets those that are over.
    ///
    /// # Errors
    /// As [`Locks::check`].
    pub fn take(&mut self, person: Holder, field: Option<LockedField>, now: Timestamp) -> Result<Lock> {
        self.check(&person.id, field, now)?;
        self.release(&person.id, field, now);
        let lock = Lock { person, field, until: now + LASTS };
        self.held.push(lock.clone());
        Ok(lock)
    }

    /// Lets go of a lock of `person`, and forgets those that are over.
    pub fn release(&mut self, person: &UserId, field: Option<LockedField>, now: Timestamp) {
        self.held.retain(|lock| lock.until > now && !(lock.person.id == *person && lock.field == field));
    }

    /// Lets go of all locks of `person`; the fields that are free by that.
    pub fn release_all(&mut self, person: &UserId, now: Timestamp) -> Vec<Option<LockedField>> {
        let own = |lock: &&Lock| lock.until > now && lock.person.id == *person;
        let fields = self.held.iter().filter(own).map(|lock| lock.field).collect();
        self.held.retain(|lock| lock.until > now && lock.person.id != *person);
        fields
    }

    /// When the last of them is over.
    pub fn end(&self) -> Option<Timestamp> {
        self.held.iter().map(|lock| lock.until).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// However people take and let go of locks: no two people ever hold locks that meet.
        #[test]
        fn no_two_people_hold_one_field(steps in prop::collection::vec((0usize..3, 0usize..3, any::<bool>(), 0i64..20), 1..60)) {
            let fields = [None, Some(LockedField::Title), Some(LockedField::Description)];
            let people: Vec<Holder> = ["Alex", "Sam", "Kim"]
                .iter()
                .map(|name| Holder { id: UserId::random(), name: Name::new(name).expect("a name") })
                .collect();
            let (mut locks, mut now) = (Locks::default(), Timestamp::from_second(1_790_000_000).expect("in range"));
            for (person, field, takes, seconds) in steps {
                now += SignedDuration::from_secs(seconds);
                let (person, field) = (&people[person], fields[field]);
                if takes {
                    if let Ok(lock) = locks.take(person.clone(), field, now) {
                        prop_assert!(lock.until == now + LASTS && locks.check(&person.id, field, now).is_ok());
                    }
                } else {
                    locks.release(&person.id, field, now);
                }
                for lock in locks.held.iter().filter(|lock| lock.until > now) {
                    prop_assert!(locks.check(&lock.person.id, lock.field, now).is_ok());
                }
            }
        }
    }
}
