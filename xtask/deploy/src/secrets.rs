//! The secrets of a deployment, created once and stored in SSM Parameter Store.

use crate::cloud::Cloud;
use anyhow::{Context, Result, anyhow};
use aws_lc_rs::signature::Ed25519KeyPair;
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use millrace_endpoint::{
    aws_operation::{GET_PARAMETER, JsonOperation, PUT_PARAMETER},
    token::SigningKey,
};
use serde_json::json;

const CURSOR_KEY_BYTES: usize = 32;

/// What of a deployment's secrets its stack is told.
pub(crate) struct Secrets {
    /// The name of the parameter with the private signing key, which functions read themselves.
    pub(crate) signing_key_parameter: String,
    /// The public key.
    pub(crate) jwks: String,
    /// The key that signs cursors.
    pub(crate) cursor_key: String,
}

/// Reads the secrets, and makes those that are not there.
pub(crate) async fn ensure(cloud: &Cloud, stage: &str) -> Result<Secrets> {
    let signing_key_parameter = format!("/millrace/{stage}/signing-key");
    let pem = read_or_make(cloud, &signing_key_parameter, new_signing_key).await?;
    let cursor_key = read_or_make(cloud, &format!("/millrace/{stage}/cursor-key"), || Ok(new_cursor_key())).await?;
    let jwks = SigningKey::parse(&pem)
        .and_then(|key| key.public_set())
        .map_err(|error| anyhow!("{signing_key_parameter}: {error}"))?;
    Ok(Secrets { signing_key_parameter, jwks, cursor_key })
}

async fn read_or_make(cloud: &Cloud, name: &str, make: impl FnOnce() -> Result<String>) -> Result<String> {
    let get = JsonOperation::new(&cloud.sdk, &GET_PARAMETER).await.map_err(|error| anyhow!("{error:?}"))?;
    match get.call(json!({"Name": name, "WithDecryption": true})).await {
        Ok(answer) => {
            answer["Parameter"]["Value"].as_str().map(str::to_owned).with_context(|| format!("{name} is empty"))
        }
        Err(error) if error.code.as_deref() == Some("ParameterNotFound") => {
            let value = make()?;
            let put = JsonOperation::new(&cloud.sdk, &PUT_PARAMETER).await.map_err(|error| anyhow!("{error:?}"))?;
            // Two deployments at once must not each make a key of their own.
            put.call(json!({"Name": name, "Value": value, "Type": "SecureString", "Overwrite": false})).await?;
            println!("made the secret {name}");
            Ok(value)
        }
        Err(error) => Err(error.into()),
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
    fn a_generated_signing_key_can_be_parsed() -> Result<()> {
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
