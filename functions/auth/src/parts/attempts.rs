//! Attempt limits.

use jiff::{SignedDuration, Timestamp};
use millrace_domain::text::Email;
use millrace_endpoint::{Error, Result, Table, Write};
use millrace_store::account::Tries;

/// A limit on attempts. Each attempt is counted before it is made, so that concurrent attempts cannot exceed the limit.
pub(crate) struct Limit {
    /// What is limited.
    pub(crate) kind: &'static str,
    /// How many attempts are allowed.
    pub(crate) most: u32,
    /// The window, starting with the first attempt.
    pub(crate) within: SignedDuration,
}

/// Password attempts for one address, whether or not it has an account.
pub(crate) const GUESSES_AT_ADDRESS: Limit = Limit { kind: "login", most: 10, within: SignedDuration::from_mins(15) };
/// Password attempts from one source.
pub(crate) const GUESSES_BY_SOURCE: Limit =
    Limit { kind: "login-source", most: 100, within: SignedDuration::from_mins(15) };
/// Password reset mails to one address.
pub(crate) const RESETS_OF_ADDRESS: Limit = Limit { kind: "reset", most: 5, within: SignedDuration::from_hours(1) };
/// Password reset mails requested by one source.
pub(crate) const RESETS_BY_SOURCE: Limit =
    Limit { kind: "reset-source", most: 100, within: SignedDuration::from_mins(15) };

impl Limit {
    /// Counts an attempt. Does nothing if the gateway named no source.
    pub(crate) async fn count(&self, table: &Table<Write>, whom: &str, now: Timestamp) -> Result<Option<Tries>> {
        if whom.is_empty() {
            return Ok(None);
        }
        table.count_try(self.kind, whom, now, self.within).await.map(Some)
    }

    /// Whether the limit is reached.
    pub(crate) fn reached(&self, tries: Option<Tries>) -> bool {
        tries.is_some_and(|tries| tries.count > self.most)
    }

    /// Refuses the call if the limit is reached.
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

/// Resets the address's counter after a successful attempt and takes one off the source's.
pub(crate) async fn forgive(table: &Table<Write>, email: &Email, source: &str) -> Result<()> {
    let address = table.forget_tries(GUESSES_AT_ADDRESS.kind, email.as_str());
    let source =
        async { if source.is_empty() { Ok(()) } else { table.retract_try(GUESSES_BY_SOURCE.kind, source).await } };
    futures::try_join!(address, source).map(drop)
}
