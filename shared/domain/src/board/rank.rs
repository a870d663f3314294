//! The position of a card in its column: a string that sorts between its neighbours', so that a move writes one card.
//!
//! Positions at the top and the bottom are derived from the time alone: a newer bottom sorts after all earlier ones, a
//! newer top before. So appending reads nothing, and ranks do not grow. A position between two cards is the digit
//! string halfway between theirs, followed by two random digits, so that two people who drop cards into the same gap at
//! once get different positions. If two ranks are equal nonetheless, the task number decides.

use crate::{Error, Result, token::random_string};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/// 62^8 milliseconds are about 6,900 years.
const TIME_DIGITS: usize = 8;
/// The index takes keys of up to 1,024 bytes, which also contain the task number.
const LONGEST: usize = 900;
const TOP: char = 'G';
const BOTTOM: char = 'W';

/// A position in an order, compared as bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Rank(String);

impl Rank {
    /// The rank as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// After everything that was placed at the bottom before `now`.
    pub fn bottom(now: Timestamp) -> Self {
        Self(format!("{BOTTOM}{}{}", time_digits(milliseconds(now)), random_string(2)))
    }

    /// After everything that was placed at the bottom before `now`; for the `place`-th of several placed at once.
    pub fn bottom_of_many(now: Timestamp, place: usize) -> Self {
        Self(format!("{BOTTOM}{}{}", time_digits(milliseconds(now)), encode(place as u64, 5)))
    }

    /// Before everything that was placed at the top before `now`.
    pub fn top(now: Timestamp) -> Self {
        let latest = 62u64.pow(TIME_DIGITS as u32) - 1;
        Self(format!("{TOP}{}{}", time_digits(latest - milliseconds(now)), random_string(2)))
    }

    /// Between two neighbours, either of which may be missing at an end of the column.
    ///
    /// If there is no room between them (they are equal, or `after` does not sort before `before`), the position
    /// directly follows `after`, and the task number decides between equals.
    pub fn between(after: Option<&Self>, before: Option<&Self>, now: Timestamp) -> Self {
        let (low, high) = (after.map(Self::as_str), before.map(Self::as_str));
        match (low, high) {
            (None, None) => Self::bottom(now),
            (Some(low), None) => {
                Some(Self::bottom(now)).filter(|rank| rank.as_str() > low).unwrap_or_else(|| Self(halfway(low, None)))
            }
            (None, Some(high)) => Some(Self::top(now))
                .filter(|rank| rank.as_str() < high)
                .unwrap_or_else(|| Self(halfway("", Some(high)))),
            (Some(low), Some(high)) if low < high && fraction(low) != fraction(high) => Self(halfway(low, Some(high))),
            (Some(low), Some(_)) => Self(low.to_owned()),
        }
    }
}

impl FromStr for Rank {
    type Err = Error;

    /// A rank given by a client. There is room before and after any accepted rank.
    fn from_str(text: &str) -> Result<Self> {
        let sound = (1..=LONGEST).contains(&text.len())
            && text.bytes().all(|byte| DIGITS.contains(&byte))
            && !fraction(text).is_empty();
        if sound {
            Ok(Self(text.to_owned()))
        } else {
            Err(Error::field("position", "is no place that a card ever had"))
        }
    }
}

impl std::fmt::Display for Rank {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// The neighbours of a card to be placed at index `position` (0 is the top) of an order without it. An index past the
/// end means the end.
pub fn neighbours(order: &[Rank], position: usize) -> (Option<&Rank>, Option<&Rank>) {
    let position = position.min(order.len());
    (position.checked_sub(1).and_then(|index| order.get(index)), order.get(position))
}

/// The digits of a rank as a fraction, without trailing zeros: there is no room between ranks that differ only by
/// those, nor before one that is all zeros.
fn fraction(digits: &str) -> &str {
    digits.trim_end_matches('0')
}

fn milliseconds(now: Timestamp) -> u64 {
    u64::try_from(now.as_millisecond()).unwrap_or(0)
}

fn time_digits(value: u64) -> String {
    encode(value, TIME_DIGITS)
}

fn encode(mut value: u64, width: usize) -> String {
    let mut digits = vec![DIGITS[0]; width];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS[(value % 62) as usize];
        value /= 62;
    }
    String::from_utf8_lossy(&digits).into_owned()
}

fn value_of(byte: u8) -> usize {
    DIGITS.iter().position(|digit| *digit == byte).unwrap_or(0)
}

/// A digit string strictly between `low` and `high` (none: unbounded), read as fractions.
fn halfway(low: &str, high: Option<&str>) -> String {
    let (low, mut high) = (low.as_bytes(), high.map(str::as_bytes));
    let mut digits = Vec::new();
    for index in 0.. {
        let below = low.get(index).map_or(0, |byte| value_of(*byte));
        let above = high.map_or(62, |high| high.get(index).map_or(0, |byte| value_of(*byte)));
        if above > below + 1 {
            digits.push(DIGITS[below + (above - below) / 2]);
            break;
        }
        digits.push(DIGITS[below]);
        if above > below {
            high = None;
        }
    }
    let mut text = String::from_utf8_lossy(&digits).into_owned();
    text.push_str(&random_string(2));
    // A trailing zero would leave no room in front of it.
    if text.ends_with('0') {
        text.push('V');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(millisecond: i64) -> Timestamp {
        Timestamp::from_millisecond(1_790_000_000_000 + millisecond).expect("in range")
    }

    #[test]
    fn appending_and_prepending_do_not_grow() {
        let bottoms: Vec<_> = (0..5_000).map(|step| Rank::bottom(at(step))).collect();
        assert!(bottoms.windows(2).all(|pair| pair[0] < pair[1]));
        let tops: Vec<_> = (0..5_000).map(|step| Rank::top(at(step))).collect();
        assert!(tops.windows(2).all(|pair| pair[0] > pair[1]));
        assert!(tops[0] < bottoms[0] && bottoms.iter().chain(&tops).all(|rank| rank.as_str().len() == 11));
    }

    #[test]
    fn a_thousand_inserts_into_one_gap_fit_the_key_length() {
        let (first, mut last) = (Rank::bottom(at(0)), Rank::bottom(at(1)));
        for _ in 0..1_000 {
            let middle = Rank::between(Some(&first), Some(&last), at(2));
            assert!(first < middle && middle < last);
            last = middle;
        }
        assert!(last.as_str().len() < 900, "{}", last.as_str().len());
    }

    #[test]
    fn invalid_ranks_are_refused() {
        let long = "V".repeat(901);
        for text in ["", "W-", "W 1", "é", "00", "0", long.as_str()] {
            assert!(text.parse::<Rank>().is_err(), "{text}");
        }
    }

    proptest! {
        /// There is room on both sides of every accepted rank.
        #[test]
        fn there_is_room_around_every_accepted_rank(text in "[0-9A-Za-z]{1,20}") {
            prop_assume!(text.bytes().any(|digit| digit != b'0'));
            let rank: Rank = text.parse().expect("a rank");
            prop_assert!(Rank::between(None, Some(&rank), at(0)) < rank);
            prop_assert!(Rank::between(Some(&rank), None, at(0)) > rank);
        }

        /// Trailing zeros are valid digits: ranks that end in a time or in random digits may have them.
        #[test]
        fn there_is_room_between_any_two_accepted_ranks(low in "[01V]{0,3}1[0V]{0,3}", high in "[01V]{0,3}1[0V]{0,3}") {
            prop_assume!(low < high);
            let (low, high): (Rank, Rank) = (low.parse().expect("a rank"), high.parse().expect("a rank"));
            let between = Rank::between(Some(&low), Some(&high), at(0));
            prop_assert!(low <= between && between < high);
        }

        /// A rank derived from any time is accepted.
        #[test]
        fn every_generated_rank_is_accepted(time in 0i64..1_000_000_000, place in 0usize..1000) {
            for rank in [Rank::bottom(at(time)), Rank::top(at(time)), Rank::bottom_of_many(at(time), place)] {
                prop_assert_eq!(rank.as_str().parse::<Rank>().expect("a rank"), rank);
            }
        }

        /// No card is lost or duplicated, and the order equals that of a plain list.
        #[test]
        fn any_sequence_of_moves_keeps_a_total_order(moves in prop::collection::vec((0usize..20, 0usize..20), 1..200)) {
            let mut model: Vec<usize> = (0..20).collect();
            let mut ranks: Vec<Rank> = (0..20).map(|place| Rank::bottom_of_many(at(0), place)).collect();
            for (step, (card, position)) in moves.into_iter().enumerate() {
                model.retain(|other| *other != card);
                let order: Vec<Rank> = model.iter().map(|other| ranks[*other].clone()).collect();
                let (after, before) = neighbours(&order, position);
                ranks[card] = Rank::between(after, before, at(step as i64 + 1));
                model.insert(position.min(model.len()), card);
                let mut sorted: Vec<usize> = (0..20).collect();
                sorted.sort_by_key(|card| (ranks[*card].clone(), *card));
                prop_assert_eq!(&sorted, &model);
            }
        }

        /// Two people who drop cards based on an outdated column still produce a total order with every card once.
        #[test]
        fn concurrent_moves_keep_every_card_once(moves in prop::collection::vec((0usize..12, 0usize..12, 0usize..12), 1..60)) {
            let mut ranks: Vec<Rank> = (0..12).map(|place| Rank::bottom_of_many(at(0), place)).collect();
            for (step, (first, second, position)) in moves.into_iter().enumerate() {
                let seen = ranks.clone();
                for card in [first, second] {
                    let mut order: Vec<_> = (0..12).filter(|other| *other != card).map(|other| (seen[other].clone(), other)).collect();
                    order.sort();
                    let order: Vec<Rank> = order.into_iter().map(|(rank, _)| rank).collect();
                    let (after, before) = neighbours(&order, position);
                    ranks[card] = Rank::between(after, before, at(step as i64 + 1));
                }
                let mut keys: Vec<_> = ranks.iter().cloned().zip(0usize..).collect();
                keys.sort();
                keys.dedup();
                prop_assert_eq!(keys.len(), 12);
            }
        }
    }
}
