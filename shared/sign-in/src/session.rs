//! Sessions and their refresh cookies: `<user>.<session>.<secret>`. The secret is rotated at each use, and only its
//! hash is stored.

use jiff::{SignedDuration, Timestamp};
use millrace_domain::id::{SessionId, UserId, WorkspaceId};
use millrace_endpoint::{REFRESH_COOKIE, call::Origin, sealed_token};
use millrace_store::account::Session;

/// The lifetime of a session that is not used.
pub const LIFETIME: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The path to which browsers send the cookie.
const PATH: &str = "/api/auth";

/// The content of a refresh cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshToken {
    /// The person.
    pub user: UserId,
    /// The session.
    pub session: SessionId,
    /// The newest secret, if it was not used yet.
    pub secret: String,
}

impl RefreshToken {
    /// Parses a cookie's value; none if it is malformed.
    pub fn parse(value: &str) -> Option<Self> {
        let mut parts = value.splitn(3, '.');
        let (user, session, secret) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { user: user.parse().ok()?, session: session.parse().ok()?, secret: secret.to_owned() })
    }

    /// Whether its secret is the session's newest.
    pub fn is_newest_of(&self, session: &Session) -> bool {
        sealed_token::matches(&self.secret, &session.secret_hash)
    }
}

/// A new session of a person, and its cookie.
pub fn open(user: &UserId, workspace: Option<WorkspaceId>, origin: &Origin, now: Timestamp) -> (Session, String) {
    let secret = sealed_token::new_secret();
    let session = Session {
        id: SessionId::random(),
        user: user.clone(),
        workspace,
        secret_hash: sealed_token::hash(&secret),
        generation: 1,
        user_agent: origin.user_agent.clone(),
        address: origin.address.clone(),
        created_at: now,
        used_at: now,
        expires_at: now + LIFETIME,
    };
    let cookie = cookie(&session, &secret);
    (session, cookie)
}

/// The same session with a new secret, and its cookie.
pub fn turn_over(session: &Session, origin: &Origin, now: Timestamp) -> (Session, String) {
    let secret = sealed_token::new_secret();
    let session = Session {
        secret_hash: sealed_token::hash(&secret),
        generation: session.generation + 1,
        user_agent: origin.user_agent.clone(),
        address: origin.address.clone(),
        used_at: now,
        expires_at: now + LIFETIME,
        ..session.clone()
    };
    let cookie = cookie(&session, &secret);
    (session, cookie)
}

fn cookie(session: &Session, secret: &str) -> String {
    set(&format!("{}.{}.{secret}", session.user, session.id), LIFETIME.as_secs())
}

/// A cookie header that deletes the cookie.
pub fn forget_cookie() -> String {
    set("", 0)
}

fn set(value: &str, seconds: i64) -> String {
    format!("{REFRESH_COOKIE}={value}; HttpOnly; Secure; SameSite=Strict; Path={PATH}; Max-Age={seconds}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(cookie: &str) -> RefreshToken {
        let value = cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a pair").1;
        RefreshToken::parse(value).expect("ours")
    }

    #[test]
    fn only_the_newest_refresh_secret_is_valid() {
        let now = Timestamp::UNIX_EPOCH;
        let (first, old) = open(&UserId::random(), None, &Origin::default(), now);
        assert!(old.ends_with("; HttpOnly; Secure; SameSite=Strict; Path=/api/auth; Max-Age=2592000"), "{old}");
        let later = now + SignedDuration::from_hours(1);
        let (second, new) = turn_over(&first, &Origin::default(), later);
        assert!(value(&old).is_newest_of(&first) && !value(&old).is_newest_of(&second));
        assert!(value(&new).is_newest_of(&second));
        assert_eq!((&second.id, second.created_at, second.expires_at), (&first.id, now, later + LIFETIME));
    }

    #[test]
    fn malformed_cookies_are_refused() {
        for wrong in ["", "a.b.c", "usr_4fJq8sNcX0aZ.ses_4fJq8sNcX0aZ", "..", "usr_4fJq8sNcX0aZ..x"] {
            assert_eq!(RefreshToken::parse(wrong), None, "{wrong}");
        }
    }
}
