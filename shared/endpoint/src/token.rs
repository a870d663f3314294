//! Access tokens: JSON Web Tokens (RFC 7519) signed with EdDSA (RFC 8037), with a key id so that keys rotate.

use jiff::{SignedDuration, Timestamp};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, jwk::Jwk, jwk::JwkSet};
use millrace_domain::{
    Error, Result,
    id::{SessionId, UserId, WorkspaceId},
    workspace::role::WorkspaceRole,
};
use millrace_store::Claim;
use serde::{Deserialize, Serialize};
use std::{collections::HashMap, sync::Arc};

/// How long an access token is good for.
pub const ACCESS_LIFETIME: SignedDuration = SignedDuration::from_mins(15);
/// Two machines' clocks may differ by this much.
const LEEWAY_SECONDS: i64 = 5;
/// Who issues the tokens of every deployment; keys tell the deployments apart.
const ISSUER: &str = "millrace";

/// What an access token says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who issued it.
    pub iss: String,
    /// The person.
    pub sub: UserId,
    /// The workspace; null for someone who is in none.
    pub tenant: Option<WorkspaceId>,
    /// The workspace's slug, with which a subdomain must agree.
    pub slug: Option<String>,
    /// What the person is there.
    pub roles: Vec<WorkspaceRole>,
    /// What that allows, for clients that show or hide things by it. Functions ask the table.
    pub permissions: Vec<String>,
    /// The sign-in.
    pub sid: SessionId,
    /// When it was issued, in seconds since 1970.
    pub iat: i64,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
}

impl Claims {
    /// What a new token says.
    pub fn new(
        person: &UserId,
        session: &SessionId,
        tenant: Option<(&WorkspaceId, &str, WorkspaceRole)>,
        now: Timestamp,
    ) -> Self {
        let role = tenant.map(|(_, _, role)| role);
        Self {
            iss: ISSUER.to_owned(),
            sub: person.clone(),
            tenant: tenant.map(|(workspace, _, _)| workspace.clone()),
            slug: tenant.map(|(_, slug, _)| slug.to_owned()),
            roles: role.into_iter().collect(),
            permissions: role.map(permissions).unwrap_or_default(),
            sid: session.clone(),
            iat: now.as_second(),
            exp: (now + ACCESS_LIFETIME).as_second(),
        }
    }

    /// What the token claims about its bearer.
    pub fn claim(&self) -> Claim {
        Claim {
            person: self.sub.clone(),
            workspace: self.tenant.clone(),
            session: self.sid.clone(),
            role: self.roles.iter().max().copied(),
        }
    }
}

fn permissions(role: WorkspaceRole) -> Vec<String> {
    let all = [
        (WorkspaceRole::Guest, "projects:read-listed"),
        (WorkspaceRole::Member, "projects:read"),
        (WorkspaceRole::Member, "projects:create"),
        (WorkspaceRole::Admin, "projects:manage"),
        (WorkspaceRole::Admin, "members:manage"),
        (WorkspaceRole::Owner, "workspace:delete"),
    ];
    all.iter().filter(|(needed, _)| role >= *needed).map(|(_, name)| (*name).to_owned()).collect()
}

/// The public keys that tokens are checked with, by their ids.
#[derive(Clone)]
pub struct VerifyingKeys {
    set: JwkSet,
    keys: Arc<HashMap<String, DecodingKey>>,
}

impl VerifyingKeys {
    /// From a JSON Web Key Set (RFC 7517).
    ///
    /// # Errors
    /// Where it is none, or holds a key that is not for EdDSA.
    pub fn parse(jwks: &str) -> Result<Self> {
        let set: JwkSet = serde_json::from_str(jwks).map_err(Error::internal)?;
        let mut keys = HashMap::new();
        for key in &set.keys {
            let id = key.common.key_id.clone().ok_or_else(|| Error::internal("a public key has no id"))?;
            keys.insert(id, DecodingKey::from_jwk(key).map_err(Error::internal)?);
        }
        Ok(Self { set, keys: Arc::new(keys) })
    }

    /// The set as it is published.
    pub fn published(&self) -> &JwkSet {
        &self.set
    }

    /// Checks a token.
    ///
    /// # Errors
    /// [`Error::Unauthorized`] where it was not made with one of our keys, or is not good (any more).
    pub fn check(&self, token: &str, now: Timestamp) -> Result<Claims> {
        let forged = || Error::Unauthorized("This token is not good. Sign in again.".to_owned());
        let header = jsonwebtoken::decode_header(token).map_err(|_| forged())?;
        let key = header.kid.as_ref().and_then(|id| self.keys.get(id)).ok_or_else(forged)?;
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[ISSUER]);
        validation.set_required_spec_claims(&["iss", "sub", "exp"]);
        // The injected clock decides below; the library would ask the machine's.
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Claims>(token, key, &validation).map_err(|_| forged())?.claims;
        let now = now.as_second();
        if claims.exp + LEEWAY_SECONDS <= now {
            return Err(Error::Unauthorized("This token has expired.".to_owned()));
        }
        if claims.iat > now + LEEWAY_SECONDS {
            return Err(forged());
        }
        Ok(claims)
    }
}

/// The private key that tokens are signed with.
#[derive(Clone)]
pub struct SigningKey {
    id: String,
    key: EncodingKey,
}

impl SigningKey {
    /// From a private key in PEM (PKCS #8, Ed25519). Its id is its thumbprint (RFC 7638).
    ///
    /// # Errors
    /// Where it is none.
    pub fn parse(pem: &str) -> Result<Self> {
        let key = EncodingKey::from_ed_pem(pem.as_bytes()).map_err(Error::internal)?;
        let jwk = Jwk::from_encoding_key(&key, Algorithm::EdDSA).map_err(Error::internal)?;
        let id = jwk.thumbprint(jsonwebtoken::jwk::ThumbprintHash::SHA256).map_err(Error::internal)?;
        Ok(Self { id, key })
    }

    /// The public half, as it is published.
    ///
    /// # Errors
    /// [`Error::Internal`] where the key has none.
    pub fn public(&self) -> Result<Jwk> {
        let mut jwk = Jwk::from_encoding_key(&self.key, Algorithm::EdDSA).map_err(Error::internal)?;
        jwk.common.key_id = Some(self.id.clone());
        jwk.common.public_key_use = Some(jsonwebtoken::jwk::PublicKeyUse::Signature);
        Ok(jwk)
    }

    /// The set with this key alone.
    ///
    /// # Errors
    /// As [`SigningKey::public`].
    pub fn public_set(&self) -> Result<String> {
        serde_json::to_string(&JwkSet { keys: vec![self.public()?] }).map_err(Error::internal)
    }

    /// Signs a token.
    ///
    /// # Errors
    /// [`Error::Internal`] where signing fails.
    pub fn sign(&self, claims: &Claims) -> Result<String> {
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = Some(self.id.clone());
        jsonwebtoken::encode(&header, claims, &self.key).map_err(Error::internal)
    }
}
