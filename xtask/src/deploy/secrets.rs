//! The secrets of a deployment, made once and kept in SSM Parameter Store.

use crate::cloud::{Cloud, describe};
use anyhow::{Context, Result, anyhow};
use aws_lc_rs::signature::Ed25519KeyPair;
use aws_sdk_ssm::types::ParameterType;
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use millrace_endpoint::token::SigningKey;

const CURSOR_KEY_BYTES: usize = 32;

/// What of a deployment's secrets its stack is told.
pub(super) struct Secrets {
    /// The name of the parameter with the private signing key, which functions read themselves.
    pub(super) signing_key_parameter: String,
    /// The public key.
    pub(super) jwks: String,
    /// The key that signs cursors.
    pub(super) cursor_key: String,
}

/// Reads the secrets, and makes those that are not there.
pub(super) async fn ensure(cloud: &Cloud, stage: &str) -> Result<Secrets> {
    let ssm = aws_sdk_ssm::Client::new(&cloud.sdk);
    let signing_key_parameter = format!("/millrace/{stage}/signing-key");
    let pem = read_or_make(&ssm, &signing_key_parameter, new_signing_key).await?;
    let cursor_key = read_or_make(&ssm, &format!("/millrace/{stage}/cursor-key"), || Ok(new_cursor_key())).await?;
    let jwks = SigningKey::parse(&pem)
        .and_then(|key| key.public_set())
        .map_err(|error| anyhow!("{signing_key_parameter}: {error}"))?;
    Ok(Secrets { signing_key_parameter, jwks, cursor_key })
}

async fn read_or_make(ssm: &aws_sdk_ssm::Client, name: &str, make: impl FnOnce() -> Result<String>) -> Result<String> {
    match ssm.get_parameter().name(name).with_decryption(true).send().await {
        Ok(answer) => {
            answer.parameter.and_then(|parameter| parameter.value).with_context(|| format!("{name} is empty"))
        }
        Err(error) if error.as_service_error().is_some_and(|error| error.is_parameter_not_found()) => {
            let value = make()?;
            let put = ssm.put_parameter().name(name).value(&value).r#type(ParameterType::SecureString);
            // Two deployments at once must not each make a key of their own.
            put.overwrite(false).send().await.map_err(describe)?;
            println!("made the secret {name}");
            Ok(value)
        }
        Err(error) => Err(describe(error)),
    }
}

fn new_signing_key() -> Result<String> {
    let key = Ed25519KeyPair::generate().and_then(|pair| pair.to_pkcs8v1());
    let key = key.map_err(|_| anyhow!("no signing key can be made"))?;
    Ok(format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(key.as_ref())))
}

fn new_cursor_key() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; CURSOR_KEY_BYTES]>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_signing_key_is_one_that_functions_can_read() -> Result<()> {
        let key = SigningKey::parse(&new_signing_key()?).map_err(|error| anyhow!("{error}"))?;
        assert!(key.public_set().map_err(|error| anyhow!("{error}"))?.contains("Ed25519"));
        Ok(())
    }

    #[test]
    fn cursor_keys_differ_and_are_long_enough_for_the_template() {
        assert_ne!(new_cursor_key(), new_cursor_key());
        assert!(new_cursor_key().len() >= 32);
    }
}
