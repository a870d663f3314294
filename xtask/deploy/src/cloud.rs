//! The target of a deployment: AWS, or an emulator on this machine.

use anyhow::{Context, Result};
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::{Credentials, provider::SharedCredentialsProvider};

/// An emulator of AWS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emulator {
    /// <https://pypi.org/project/ministack/>.
    MiniStack,
    /// <https://www.localstack.cloud/>.
    LocalStack,
}

/// Where a deployment goes.
#[derive(Debug, Clone)]
pub struct Cloud {
    /// How clients of it are made.
    pub sdk: SdkConfig,
    /// The emulator and its address; none for AWS itself.
    pub emulator: Option<(Emulator, String)>,
}

impl Cloud {
    /// The emulator at `endpoint`, or else AWS as the environment says.
    ///
    /// # Errors
    /// Where there is no emulator at the endpoint, or no region.
    pub async fn connect(endpoint: Option<&str>) -> Result<Self> {
        let Some(endpoint) = endpoint.map(|endpoint| endpoint.trim_end_matches('/')) else {
            let sdk = aws_config::load_defaults(BehaviorVersion::latest()).await;
            sdk.region().context("no region: set AWS_REGION, or one in your AWS profile")?;
            return Ok(Self { sdk, emulator: None });
        };
        let emulator = emulator(endpoint).await.with_context(|| format!("nothing answers at {endpoint}"))?;
        let credentials = Credentials::new("test", "test", None, None, "emulator");
        let sdk = aws_config::defaults(BehaviorVersion::latest())
            .endpoint_url(endpoint)
            .region(Region::new(std::env::var("AWS_REGION").unwrap_or_else(|_| "us-east-1".to_owned())))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .load()
            .await;
        Ok(Self { sdk, emulator: Some((emulator, endpoint.to_owned())) })
    }

    /// The region.
    pub fn region(&self) -> &str {
        self.sdk.region().map_or("us-east-1", AsRef::as_ref)
    }

    /// A client of S3.
    pub fn s3(&self) -> aws_sdk_s3::Client {
        let config = aws_sdk_s3::config::Builder::from(&self.sdk).force_path_style(self.emulator.is_some());
        aws_sdk_s3::Client::from_conf(config.build())
    }

    /// The account's number.
    ///
    /// # Errors
    /// Where the credentials are not good.
    pub async fn account(&self) -> Result<String> {
        let identity = aws_sdk_sts::Client::new(&self.sdk).get_caller_identity().send().await;
        let identity = identity.map_err(describe).context("AWS does not know you: sign in, or set AWS_PROFILE")?;
        identity.account.context("AWS names no account")
    }

    /// The address of an object for CloudFormation. Of the two forms that AWS takes, emulators take this one.
    pub fn template_url(&self, bucket: &str, key: &str) -> String {
        format!("https://s3.{}.amazonaws.com/{bucket}/{key}", self.region())
    }
}

async fn emulator(endpoint: &str) -> Result<Emulator> {
    let client = reqwest::Client::new();
    let answer = client.get(format!("{endpoint}/_ministack/health")).send().await?;
    Ok(if answer.status().is_success() { Emulator::MiniStack } else { Emulator::LocalStack })
}

/// An error of the SDK with all its causes, which its own text leaves out.
pub fn describe<E: std::error::Error + Send + Sync + 'static>(error: E) -> anyhow::Error {
    anyhow::anyhow!("{}", aws_sdk_s3::error::DisplayErrorContext(error))
}
