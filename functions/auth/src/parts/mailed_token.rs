//! Tokens sent by mail: `<user>.<secret>`.

use jiff::Timestamp;
use millrace_domain::id::UserId;
use millrace_endpoint::{Error, Result, Table, Write, sealed_token};
use millrace_store::{
    Stored,
    account::{Account, Identity, Mailed, Purpose},
    keys,
};

/// A person who presented a mailed token.
pub(crate) struct Shown {
    /// The person.
    pub(crate) identity: Identity,
    /// Their account.
    pub(crate) account: Stored<Account>,
    /// The token.
    pub(crate) token: Stored<Mailed>,
}

/// Finds the account that a token was mailed to.
pub(crate) async fn show(table: &Table<Write>, token: &str, purpose: Purpose, now: Timestamp) -> Result<Shown> {
    let not_good = || Error::field("token", "is not good, or not any more; ask for a new mail");
    let (user, secret) = token.split_once('.').ok_or_else(not_good)?;
    let user: UserId = user.parse().map_err(|_| not_good())?;
    let mut identity = table.identity(&user).await?;
    // Found by its hash: how far a guess at the secret is right shows in no comparison.
    let key = keys::mailed(&user, &sealed_token::hash(secret));
    let found = identity.mailed.iter().find(|mailed| mailed.key == key).cloned().zip(identity.account.take());
    let good = found.filter(|(mailed, account)| {
        mailed.value.purpose == purpose && now < mailed.value.expires_at && mailed.value.email == account.value.email
    });
    let (token, account) = good.ok_or_else(not_good)?;
    Ok(Shown { identity, account, token })
}
