//! Password hashing with argon2id (RFC 9106) and the parameters recommended by OWASP
//! (<https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#argon2id>).

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash::Error as HashError,
};
use millrace_domain::{Error, Result, text::Password};

/// The memory of functions that hash passwords, in megabytes. A Lambda's CPU share grows with memory, and at the
/// default a hash takes a quarter of a second.
pub const MEMORY: u32 = 1024;

const KIBIBYTES: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The hash of an unknown password with the usual parameters: verifying against it takes as long as against any other.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$HDQ+LInAbPHO+4eZ2td8WA$OQs1oLZZPPQ721QVMv6TnQCHF9KUdqnHGMdzO04asts";

fn argon2() -> Result<Argon2<'static>> {
    let parameters = Params::new(KIBIBYTES, PASSES, LANES, None).map_err(|error| Error::internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

async fn apart<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

/// The hash of a password as a PHC string, with salt and parameters.
///
/// # Errors
/// [`Error::Internal`] if randomness or memory is not available.
pub async fn hash(password: &Password) -> Result<String> {
    let password = password.clone();
    apart(move || {
        let hash = argon2()?.hash_password(password.reveal().as_bytes());
        hash.map(|hash| hash.to_string()).map_err(|error| Error::internal(error.to_string()))
    })
    .await
}

/// Whether `password` matches the hash `kept`. Without an account nothing matches, in the same time.
///
/// # Errors
/// [`Error::Internal`] if the hash is malformed.
pub async fn matches(password: &Password, kept: Option<&str>) -> Result<bool> {
    let (password, exists) = (password.clone(), kept.is_some());
    let kept = kept.unwrap_or(NOBODYS).to_owned();
    apart(move || {
        let kept = PasswordHash::new(&kept).map_err(|error| Error::internal(error.to_string()))?;
        match argon2()?.verify_password(password.reveal().as_bytes(), &kept) {
            Ok(()) => Ok(exists),
            Err(HashError::PasswordInvalid) => Ok(false),
            Err(error) => Err(Error::internal(error.to_string())),
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password::try_from(text.to_owned()).expect("a password")
    }

    #[tokio::test]
    async fn a_password_matches_only_its_own_hash() {
        let hash = hash(&password("correct horse")).await.expect("hashes");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(matches(&password("correct horse"), Some(&hash)).await.expect("checks"));
        assert!(!matches(&password("Correct horse"), Some(&hash)).await.expect("checks"));
    }

    #[tokio::test]
    async fn the_dummy_hash_costs_the_same_and_matches_nothing() {
        assert!(NOBODYS.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(!matches(&password("correct horse"), None).await.expect("checks"));
    }
}
