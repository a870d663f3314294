//! Accounts, sign-ins and what is mailed to them. These belong to a person, not to a workspace.

use crate::core::{
    item::{Entity, Stored, key_of, number},
    keys,
    scope::Claim,
    table::{Mode, Table, Write, read_all},
    transaction::{Beside, Transaction},
};
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValue};
use jiff::{SignedDuration, Timestamp};
use millrace_domain::{
    Error, Result,
    id::{SessionId, UserId, WorkspaceId},
    text::{Email, Name},
};
use serde::{Deserialize, Serialize};

/// A person's account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Account {
    /// The person.
    pub id: UserId,
    /// The address they sign in with.
    pub email: Email,
    /// The name that a new workspace starts with.
    pub name: Name,
    /// The password's argon2id hash, as a PHC string.
    pub password_hash: String,
    /// Whether the address is verified.
    pub email_verified: bool,
    /// The id of the person's picture; none for initials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub avatar: Option<String>,
    /// The workspace that they were last in.
    pub last_workspace: Option<WorkspaceId>,
    /// When it was created.
    pub created_at: Timestamp,
}

impl Entity for Account {
    const WHAT: &'static str = "account";
}

/// Which account an address belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmailTaken {
    /// The account.
    pub user: UserId,
}

impl Entity for EmailTaken {
    const WHAT: &'static str = "address";
}

/// Which workspace a slug belongs to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SlugTaken {
    /// The workspace.
    pub workspace: WorkspaceId,
}

impl Entity for SlugTaken {
    const WHAT: &'static str = "slug";
}

/// That a person is in a workspace. What they are there stands in their membership alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Joined {
    /// The workspace.
    pub workspace: WorkspaceId,
}

impl Entity for Joined {
    const WHAT: &'static str = "membership";
}

/// One sign-in on one device: a family of refresh tokens, of which the newest alone is good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// The id.
    pub id: SessionId,
    /// Whose.
    pub user: UserId,
    /// The workspace that its access tokens are for.
    pub workspace: Option<WorkspaceId>,
    /// The hash of the newest refresh token's secret.
    pub secret_hash: String,
    /// How often it turned over.
    pub generation: u64,
    /// What the browser calls itself.
    pub user_agent: String,
    /// The address that it came from.
    pub address: String,
    /// When the person signed in.
    pub created_at: Timestamp,
    /// When it last turned over.
    pub used_at: Timestamp,
    /// When it ends if it is not used.
    pub expires_at: Timestamp,
}

impl Entity for Session {
    const WHAT: &'static str = "session";
}

/// What a mailed token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Choosing a new password.
    ResetPassword,
    /// Showing that an address is one's own.
    VerifyEmail,
}

/// A token that was mailed, by its hash. It is good once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mailed {
    /// What it is good for.
    pub purpose: Purpose,
    /// The address that it went to.
    pub email: Email,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

impl Entity for Mailed {
    const WHAT: &'static str = "token";
}

/// All that is stored about a person as such: not what they are and do in a workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Identity {
    /// The person.
    pub user: UserId,
    /// Their account; none where it does not exist.
    pub account: Option<Stored<Account>>,
    /// The workspaces that they joined.
    pub joined: Vec<WorkspaceId>,
    /// Their sign-ins, of which some may have ended by themselves.
    pub sessions: Vec<Stored<Session>>,
    /// The tokens that were mailed to them, of which some may not be good any more.
    pub mailed: Vec<Stored<Mailed>>,
}

/// The table may forget a session this long after it ended by itself, so that its reuse is still told.
const SESSION_AFTERLIFE: SignedDuration = SignedDuration::from_hours(24);

impl<M: Mode> Table<M> {
    /// The account of a signed-in person.
    ///
    /// # Errors
    /// [`Error::Unauthorized`] where it is gone.
    pub async fn account(&self, user: &UserId) -> Result<Stored<Account>> {
        self.get(&keys::account(user))
            .await?
            .ok_or_else(|| Error::Unauthorized("This account does not exist any more.".to_owned()))
    }

    /// Whose an address is. Without an account it is nobody, whom nothing is stored about: whoever goes on from there
    /// takes the same steps either way.
    ///
    /// # Errors
    /// As every read.
    pub async fn owner_of(&self, email: &Email) -> Result<UserId> {
        let taken: Option<Stored<EmailTaken>> = self.get(&keys::email(email)).await?;
        Ok(taken.map_or_else(UserId::random, |taken| taken.value.user))
    }

    /// All that is stored about a person as such, in one round trip.
    ///
    /// # Errors
    /// As every read.
    pub async fn identity(&self, user: &UserId) -> Result<Identity> {
        let mut identity = Identity {
            user: user.clone(),
            account: None,
            joined: Vec::new(),
            sessions: Vec::new(),
            mailed: Vec::new(),
        };
        for item in self.all(&keys::everything_of(user)).await? {
            match key_of(&item)?.sk.split('#').next().unwrap_or_default() {
                "ACCOUNT" => identity.account = Some(Stored::read(&item)?),
                "JOINED" => identity.joined.push(Stored::<Joined>::read(&item)?.value.workspace),
                "SESSION" => identity.sessions.push(Stored::read(&item)?),
                "MAILED" => identity.mailed.push(Stored::read(&item)?),
                _ => {}
            }
        }
        Ok(identity)
    }

    /// A session by what its cookie says.
    ///
    /// # Errors
    /// As every read.
    pub async fn session(&self, user: &UserId, session: &SessionId) -> Result<Option<Stored<Session>>> {
        self.get(&keys::session(user, session)).await
    }

    /// The signed-in person's sessions.
    ///
    /// # Errors
    /// As every read.
    pub async fn sessions(&self, claim: &Claim) -> Result<Vec<Stored<Session>>> {
        read_all(&self.all(&keys::sessions(&claim.person)).await?)
    }
}

impl Table<Write> {
    /// Counts one try of `kind` at or by `whom` and tells how many there were within `window`; the window begins with
    /// the first try.
    ///
    /// # Errors
    /// As every write.
    pub async fn count_try(&self, kind: &str, whom: &str, now: Timestamp, window: SignedDuration) -> Result<Tries> {
        let seconds = |at: Timestamp| AttributeValue::N(at.as_second().to_string());
        let update = |set: &str, condition: &str| {
            self.client
                .update_item()
                .table_name(&*self.name)
                .set_key(Some(crate::core::item::key_attributes(&keys::guesses(kind, whom))))
                .update_expression(set)
                .condition_expression(condition)
                .expression_attribute_names("#until", "ttl")
                .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
                .expression_attribute_values(":now", seconds(now))
                .return_values(ReturnValue::AllNew)
        };
        // Of several who find no window, one begins it, and the others count on within it.
        for _ in 0..3 {
            let within = update("SET tries = tries + :one", "#until > :now");
            let begin = update("SET tries = :one, #until = :until", "attribute_not_exists(#until) OR #until <= :now")
                .expression_attribute_values(":until", seconds(now + window));
            for request in [within, begin] {
                match request.send().await {
                    Ok(counted) => {
                        let attributes = counted.attributes.unwrap_or_default();
                        return Ok(Tries { count: number(&attributes, "tries")?, until: number(&attributes, "ttl")? });
                    }
                    Err(error)
                        if error
                            .as_service_error()
                            .is_some_and(|error| error.is_conditional_check_failed_exception()) => {}
                    Err(error) => return Err(crate::core::failure::failed(error)),
                }
            }
        }
        Err(Error::Raced)
    }

    /// Takes one try of `kind` by `whom` back, after one that was right.
    ///
    /// # Errors
    /// As every write.
    pub async fn retract_try(&self, kind: &str, whom: &str) -> Result<()> {
        let retracted = self
            .client
            .update_item()
            .table_name(&*self.name)
            .set_key(Some(crate::core::item::key_attributes(&keys::guesses(kind, whom))))
            .update_expression("SET tries = tries - :one")
            .condition_expression("tries > :none")
            .expression_attribute_values(":one", AttributeValue::N("1".to_owned()))
            .expression_attribute_values(":none", AttributeValue::N("0".to_owned()))
            .send()
            .await;
        match retracted {
            Ok(_) => Ok(()),
            // They were forgotten in the meantime.
            Err(error)
                if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) =>
            {
                Ok(())
            }
            Err(error) => Err(crate::core::failure::failed(error)),
        }
    }

    /// Forgets the tries of `kind` at `whom`, after one that was right.
    ///
    /// # Errors
    /// As every write.
    pub async fn forget_tries(&self, kind: &str, whom: &str) -> Result<()> {
        let key = crate::core::item::key_attributes(&keys::guesses(kind, whom));
        self.client
            .delete_item()
            .table_name(&*self.name)
            .set_key(Some(key))
            .send()
            .await
            .map_err(crate::core::failure::failed)?;
        Ok(())
    }
}

/// What a session carries beside its content: in which workspace it is counted, and when it is forgotten.
fn beside(session: &Session) -> Beside {
    let counted = |workspace| keys::session_in(workspace, session.expires_at, &session.id);
    let index = session.workspace.as_ref().map(counted);
    Beside { index, ..Beside::until(session.expires_at + SESSION_AFTERLIFE) }
}

/// How many tries there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// With this one.
    pub count: u32,
    /// When they are forgotten, in seconds since 1970.
    pub until: i64,
}

impl Transaction {
    /// A new account, whose address nobody else has.
    pub fn open_account(&mut self, account: &Account) {
        self.put_new(&keys::account(&account.id), account, Beside::default(), || Error::Raced);
        let taken = EmailTaken { user: account.id.clone() };
        self.put_new(&keys::email(&account.email), &taken, Beside::default(), || Error::Conflict {
            detail: "There is an account with this address already. Sign in, or ask for a new password.".to_owned(),
            current: Some(Box::new(serde_json::json!({"field": "email"}))),
        });
    }

    /// A new session.
    pub fn open_session(&mut self, session: &Session) {
        let key = keys::session(&session.user, &session.id);
        self.put_new(&key, session, beside(session), || Error::Raced);
    }

    /// A session goes on, with what it is now, as long as it says.
    pub fn turn_over_session(&mut self, stored: &Stored<Session>, session: &Session) {
        self.update_beside(stored, session, beside(session));
    }

    /// Ends a session by its id.
    pub fn end_session(&mut self, user: &UserId, session: &SessionId) {
        self.remove(&keys::session(user, session));
    }

    /// Keeps the hash of a token that is mailed to a person.
    pub fn mail_token(&mut self, user: &UserId, hash: &str, mailed: &Mailed) {
        self.put_new(&keys::mailed(user, hash), mailed, Beside::until(mailed.expires_at), || Error::Raced);
    }
}
