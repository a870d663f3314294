//! How many guesses are let through.

use jiff::{SignedDuration, Timestamp};
use millrace_domain::text::Email;
use millrace_endpoint::{Error, Result, Table, Write};
use millrace_store::account::Tries;

/// A limit on tries: each is counted before it is made, so that many at one moment do not slip through.
pub(crate) struct Limit {
    /// Of what.
    pub(crate) kind: &'static str,
    /// How many.
    pub(crate) most: u32,
    /// In what time, from the first one.
    pub(crate) within: SignedDuration,
}

/// Guesses at the password of one address, whether it has an account or not.
pub(crate) const GUESSES_AT_ADDRESS: Limit = Limit { kind: "login", most: 10, within: SignedDuration::from_mins(15) };
/// Guesses that come from one source.
pub(crate) const GUESSES_BY_SOURCE: Limit =
    Limit { kind: "login-source", most: 100, within: SignedDuration::from_mins(15) };
/// Mails with a new password to one address.
pub(crate) const RESETS_OF_ADDRESS: Limit = Limit { kind: "reset", most: 5, within: SignedDuration::from_hours(1) };
/// Mails with a new password that one source asks for.
pub(crate) const RESETS_BY_SOURCE: Limit =
    Limit { kind: "reset-source", most: 100, within: SignedDuration::from_mins(15) };

impl Limit {
    /// Counts a try; a source that the gateway did not name counts nothing.
    pub(crate) async fn count(&self, table: &Table<Write>, whom: &str, now: Timestamp) -> Result<Option<Tries>> {
        if whom.is_empty() {
            return Ok(None);
        }
        table.count_try(self.kind, whom, now, self.within).await.map(Some)
    }

    /// Whether it is reached.
    pub(crate) fn reached(&self, tries: Option<Tries>) -> bool {
        tries.is_some_and(|tries| tries.count > self.most)
    }

    /// Refuses when it is reached.
    pub(crate) fn check(&self, tries: Option<Tries>, now: Timestamp) -> Result<()> {
        match tries {
            Some(Tries { count, until }) if count > self.most => Err(Error::TooMany {
                detail: "There were too many tries. Wait a while, or ask for a new password.".to_owned(),
                retry_after: u64::try_from(until - now.as_second()).unwrap_or(0).max(1),
            }),
            _ => Ok(()),
        }
    }
}

/// Forgets a right guess: the address has no more to fear, and the source one less.
pub(crate) async fn forgive(table: &Table<Write>, email: &Email, source: &str) -> Result<()> {
    let address = table.forget_tries(GUESSES_AT_ADDRESS.kind, email.as_str());
    let source =
        async { if source.is_empty() { Ok(()) } else { table.retract_try(GUESSES_BY_SOURCE.kind, source).await } };
    futures::try_join!(address, source).map(drop)
}
