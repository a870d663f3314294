//! Secrets that are issued once and stored as a hash: refresh tokens, tickets, mailed links.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use millrace_domain::token::random_string;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Some 238 bits of randomness: no salt or slow hash is needed to keep it.
pub fn new_secret() -> String {
    random_string(40)
}

/// What is kept of a secret (SHA-256, base64url).
pub fn hash(secret: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(secret.as_bytes()))
}

/// Whether `secret` is the one whose hash was kept, in a time that does not depend on where they differ.
pub fn matches(secret: &str, kept: &str) -> bool {
    hash(secret).as_bytes().ct_eq(kept.as_bytes()).into()
}
