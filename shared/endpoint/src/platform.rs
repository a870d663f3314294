//! The runtime of a function: settings and lazily created clients.

use crate::{
    aws_operation::{GET_PARAMETER, JsonOperation, SEND_EMAIL},
    queue,
    token::{SigningKey, VerifyingKeys},
};
use aws_config::SdkConfig;
use aws_credential_types::{Credentials, provider::ProvideCredentials};
use millrace_domain::{Error, Result, time::clock::Clock};
use millrace_store::cursor::Cursors;
use serde_json::json;
use std::{
    any::{Any, TypeId},
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};
use tokio::sync::OnceCell;

/// Where the private signing key is kept.
#[derive(Debug, Clone)]
pub enum KeySource {
    /// In a secure parameter of SSM Parameter Store, by its name.
    Parameter(String),
    /// Here, as PEM: on one machine.
    Pem(String),
    /// This function signs nothing.
    None,
}

/// The settings of a deployment.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The table's name.
    pub table: String,
    /// The queues' addresses, by the queues' names.
    pub queues: HashMap<String, String>,
    /// The addresses of their dead letters.
    pub dead_letters: HashMap<String, String>,
    /// The bucket of files; empty for functions that do not touch it.
    pub bucket: String,
    /// Where browsers reach the bucket; none where that is where functions reach it.
    pub files_endpoint: Option<String>,
    /// Where messages to sockets are posted: `https://{api}.execute-api.{region}.amazonaws.com/{stage}`.
    pub sockets_endpoint: String,
    /// The address that people open, without a slash at its end: links in mails begin with it.
    pub public_url: String,
    /// The address that mail comes from.
    pub mail_from: String,
    /// The public keys that tokens are checked with, as a JSON Web Key Set.
    pub jwks: String,
    /// Where the private key is.
    pub signing_key: KeySource,
    /// The key that signs cursors.
    pub cursor_key: String,
}

impl Settings {
    /// From the environment, as the template sets it.
    ///
    /// # Errors
    /// [`Error::Internal`] naming a variable that every function needs and that is missing.
    pub fn from_environment() -> Result<Self> {
        let optional = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        let needed = |name: &str| optional(name).ok_or_else(|| Error::internal(format!("{name} is not set")));
        let signing_key = match (optional("MILLRACE_SIGNING_KEY_PARAMETER"), optional("MILLRACE_SIGNING_KEY")) {
            (Some(parameter), _) => KeySource::Parameter(parameter),
            (None, Some(pem)) => KeySource::Pem(pem),
            (None, None) => KeySource::None,
        };
        let addresses = |beginning: &str| {
            let named = std::env::vars().filter(|(_, address)| !address.is_empty());
            named.filter_map(|(name, address)| Some((name.strip_prefix(beginning)?.to_lowercase(), address))).collect()
        };
        Ok(Self {
            table: needed("MILLRACE_TABLE")?,
            queues: addresses(queue::ADDRESSES),
            dead_letters: addresses(queue::DEAD_LETTERS),
            bucket: optional("MILLRACE_BUCKET").unwrap_or_default(),
            files_endpoint: None,
            sockets_endpoint: optional("MILLRACE_SOCKETS_ENDPOINT").unwrap_or_default(),
            public_url: needed("MILLRACE_PUBLIC_URL")?.trim_end_matches('/').to_owned(),
            mail_from: optional("MILLRACE_MAIL_FROM").unwrap_or_default(),
            jwks: needed("MILLRACE_JWKS")?,
            signing_key,
            cursor_key: needed("MILLRACE_CURSOR_KEY")?,
        })
    }
}

/// What functions run on. One a process.
pub struct Platform {
    /// The settings.
    pub settings: Settings,
    /// The time.
    pub clock: Clock,
    /// The public keys.
    pub keys: VerifyingKeys,
    pub(crate) cursors: Cursors,
    memory: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
    sdk: SdkConfig,
    dynamodb: OnceLock<aws_sdk_dynamodb::Client>,
    sqs: OnceLock<aws_sdk_sqs::Client>,
    s3: OnceLock<aws_sdk_s3::Client>,
    s3_for_browsers: OnceLock<aws_sdk_s3::Client>,
    send_email: OnceCell<JsonOperation>,
    sockets: OnceLock<aws_sdk_apigatewaymanagement::Client>,
    signing_key: OnceCell<SigningKey>,
}

impl Platform {
    /// On the services that `sdk` leads to.
    ///
    /// # Errors
    /// [`Error::Internal`] where the public keys cannot be read.
    pub fn new(settings: Settings, sdk: SdkConfig, clock: Clock) -> Result<Arc<Self>> {
        Ok(Arc::new(Self {
            keys: VerifyingKeys::parse(&settings.jwks)?,
            cursors: Cursors::new(settings.cursor_key.as_bytes()),
            memory: Mutex::default(),
            settings,
            clock,
            sdk,
            dynamodb: OnceLock::new(),
            sqs: OnceLock::new(),
            s3: OnceLock::new(),
            s3_for_browsers: OnceLock::new(),
            send_email: OnceCell::new(),
            sockets: OnceLock::new(),
            signing_key: OnceCell::new(),
        }))
    }

    pub(crate) fn dynamodb(&self) -> &aws_sdk_dynamodb::Client {
        self.dynamodb.get_or_init(|| aws_sdk_dynamodb::Client::new(&self.sdk))
    }
    /// What the process remembers from call to call as a `T`, made when it is first asked for. On AWS each container has
    /// its own, and forgets it when it ends.
    pub fn memory<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = memory.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default())).clone();
        kept.downcast().unwrap_or_default()
    }

    /// The client of the queues, for a capability that asks them about themselves.
    pub fn sqs(&self) -> &aws_sdk_sqs::Client {
        self.sqs.get_or_init(|| aws_sdk_sqs::Client::new(&self.sdk))
    }
    pub(crate) fn s3(&self) -> &aws_sdk_s3::Client {
        self.s3.get_or_init(|| self.s3_at(self.sdk.endpoint_url()))
    }
    /// The client whose signed addresses browsers reach.
    pub(crate) fn s3_for_browsers(&self) -> &aws_sdk_s3::Client {
        let endpoint = self.settings.files_endpoint.as_deref().or(self.sdk.endpoint_url());
        self.s3_for_browsers.get_or_init(|| self.s3_at(endpoint))
    }
    fn s3_at(&self, endpoint: Option<&str>) -> aws_sdk_s3::Client {
        let mut config = aws_sdk_s3::config::Builder::from(&self.sdk);
        if let Some(endpoint) = endpoint {
            // Stand-ins have one host, and no name below it for each bucket.
            config = config.endpoint_url(endpoint).force_path_style(true);
        }
        aws_sdk_s3::Client::from_conf(config.build())
    }
    /// What requests are signed with.
    pub(crate) async fn credentials(&self) -> Result<Credentials> {
        let provider = self.sdk.credentials_provider().ok_or_else(|| Error::internal("there are no credentials"))?;
        provider.provide_credentials().await.map_err(Error::internal)
    }
    /// The AWS region.
    pub(crate) fn region(&self) -> Result<&str> {
        self.sdk.region().map(AsRef::as_ref).ok_or_else(|| Error::internal("there is no region"))
    }
    pub(crate) async fn send_email(&self) -> Result<&JsonOperation> {
        self.send_email.get_or_try_init(|| JsonOperation::new(&self.sdk, &SEND_EMAIL)).await
    }
    pub(crate) fn sockets(&self) -> &aws_sdk_apigatewaymanagement::Client {
        self.sockets.get_or_init(|| {
            let config = aws_sdk_apigatewaymanagement::config::Builder::from(&self.sdk)
                .endpoint_url(&self.settings.sockets_endpoint)
                // A socket that does not take a frame is left behind; its client notices and catches up.
                .retry_config(aws_config::retry::RetryConfig::disabled());
            aws_sdk_apigatewaymanagement::Client::from_conf(config.build())
        })
    }

    pub(crate) async fn signing_key(&self) -> Result<&SigningKey> {
        self.signing_key
            .get_or_try_init(|| async {
                match &self.settings.signing_key {
                    KeySource::Pem(pem) => SigningKey::parse(pem),
                    KeySource::Parameter(name) => {
                        let get = JsonOperation::new(&self.sdk, &GET_PARAMETER).await?;
                        let answer =
                            get.call(json!({"Name": name, "WithDecryption": true})).await.map_err(Error::internal)?;
                        let pem = answer["Parameter"]["Value"].as_str();
                        SigningKey::parse(pem.ok_or_else(|| Error::internal(format!("{name} holds no key")))?)
                    }
                    KeySource::None => Err(Error::internal("this function has no signing key")),
                }
            })
            .await
    }
}
