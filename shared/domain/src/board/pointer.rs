//! Live pointers on a board: positions, rate and audience limits.

use jiff::{SignedDuration, Timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use std::{borrow::Cow, collections::VecDeque};

/// With more people on a board than this, pointers are not shared.
pub const MOST_PEOPLE: usize = 20;
/// The maximum rate of a person's pointer, in frames per second.
pub const MOST_A_SECOND: usize = 5;
const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// A position along an edge of a board's content, independent of screen size: 0 is the start, 1 the end.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Fraction(f64);

impl Fraction {
    /// Validates a number from 0 to 1; the error is a sentence for the sender.
    pub fn new(number: f64) -> Result<Self, &'static str> {
        if (0.0..=1.0).contains(&number) { Ok(Self(number)) } else { Err("takes a number from 0 to 1") }
    }
}

impl<'de> Deserialize<'de> for Fraction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(f64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Fraction {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Fraction".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "number", "minimum": 0, "maximum": 1})
    }
}

/// The times of a person's recent pointer frames.
#[derive(Debug, Clone, Default)]
pub struct Pace(VecDeque<Timestamp>);

impl Pace {
    /// Whether another frame is allowed at `now`. If so, it is counted.
    pub fn allows(&mut self, now: Timestamp) -> bool {
        while self.0.front().is_some_and(|told| now.duration_since(*told) >= SECOND) {
            self.0.pop_front();
        }
        let allowed = self.0.len() < MOST_A_SECOND;
        if allowed {
            self.0.push_back(now);
        }
        allowed
    }

    /// Whether a second passed without frames, so that this entry can be dropped.
    pub fn rests(&self, now: Timestamp) -> bool {
        self.0.back().is_none_or(|told| now.duration_since(*told) >= SECOND)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// However often frames arrive, no second has more than the limit, and after a pause the next frame is allowed.
        #[test]
        fn no_second_exceeds_the_pointer_rate(waits in prop::collection::vec(0i64..400, 1..200)) {
            let (mut pace, mut now) = (Pace::default(), Timestamp::from_second(1_790_000_000).expect("in range"));
            let mut told: Vec<Timestamp> = Vec::new();
            for wait in waits {
                now += SignedDuration::from_millis(wait);
                let rested = pace.rests(now);
                let allowed = pace.allows(now);
                prop_assert!(allowed || !rested);
                if allowed {
                    told.push(now);
                }
                let lately = told.iter().filter(|at| now.duration_since(**at) < SECOND).count();
                prop_assert!(lately <= MOST_A_SECOND);
                prop_assert!(allowed || lately == MOST_A_SECOND);
            }
        }
    }

    #[test]
    fn positions_are_between_0_and_1() {
        for right in [0.0, 0.5, 1.0] {
            assert!(Fraction::new(right).is_ok(), "{right}");
        }
        for wrong in [-0.1, 1.1, f64::NAN, f64::INFINITY] {
            assert!(Fraction::new(wrong).is_err(), "{wrong}");
        }
    }
}
