//! Pagination cursors: opaque to clients, signed, and valid only for the list that issued them.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use millrace_domain::{Error, Result};
use serde::{Serialize, de::DeserializeOwned};
use sha2::Sha256;
use std::sync::Arc;

/// Signs and checks cursors (HMAC-SHA-256, RFC 2104).
#[derive(Clone)]
pub struct Cursors(Arc<[u8]>);

const SIGNATURE: usize = 16;

impl Cursors {
    /// With the deployment's own key.
    pub fn new(key: &[u8]) -> Self {
        Self(key.into())
    }

    /// The cursor that says `position` in the list `list`.
    ///
    /// # Errors
    /// [`Error::Internal`] where the position cannot be written.
    pub fn seal<T: Serialize>(&self, list: &str, position: &T) -> Result<String> {
        let mut bytes = serde_json::to_vec(position).map_err(Error::internal)?;
        let signature = self.signature(list, &bytes)?.finalize().into_bytes();
        bytes.extend_from_slice(&signature[..SIGNATURE]);
        Ok(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// The position that a cursor of the list `list` says.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `cursor` where it was not made here, or for another list.
    pub fn open<T: DeserializeOwned>(&self, list: &str, cursor: &str) -> Result<T> {
        let wrong = || Error::field("cursor", "is not a cursor of this list; start again without one");
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| wrong())?;
        let (position, signature) = bytes.split_at_checked(bytes.len().saturating_sub(SIGNATURE)).ok_or_else(wrong)?;
        self.signature(list, position)?.verify_truncated_left(signature).map_err(|_| wrong())?;
        if signature.len() != SIGNATURE {
            return Err(wrong());
        }
        serde_json::from_slice(position).map_err(|_| wrong())
    }

    fn signature(&self, list: &str, position: &[u8]) -> Result<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(Error::internal)?;
        mac.update(list.as_bytes());
        mac.update(&[0]);
        mac.update(position);
        Ok(mac)
    }
}

/// A part of a list, and the cursor of the next part.
#[derive(Debug, Clone, PartialEq)]
pub struct Page<T> {
    /// This part.
    pub items: Vec<T>,
    /// Where the next part begins; none at the end.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// The same part, each item turned into something else.
    pub fn map<U>(self, each: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(each).collect(), next: self.next }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_valid_only_for_its_own_list() {
        let cursors = Cursors::new(b"key");
        let cursor = cursors.seal("W#1", &"CARD#1").expect("seals");
        assert_eq!(cursors.open::<String>("W#1", &cursor).expect("opens"), "CARD#1");
        assert!(cursors.open::<String>("W#2", &cursor).is_err());
        assert!(Cursors::new(b"other").open::<String>("W#1", &cursor).is_err());
        for forged in ["", "AAAA", "%%%", &cursor[1..], &cursor[..cursor.len() - 2]] {
            assert!(cursors.open::<String>("W#1", forged).is_err(), "{forged}");
        }
    }
}
