//! The trust store of a deployed function: only Amazon's own root certificates.
//!
//! Reading the system's certificates takes as long as the rest of a cold start. The five roots of all AWS services are
//! built into the binary instead: <https://www.amazontrust.com/repository/>.

use aws_smithy_http_client::{
    Builder,
    tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode},
};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use millrace_domain::{Error, Result};

const ROOTS: &str = include_str!("amazon_roots.pem");

/// A client for AWS's services that trusts Amazon's roots alone; none where the system's own are to decide: at another
/// endpoint that is encrypted, and in partitions whose certificates may lead elsewhere.
///
/// # Errors
/// [`Error::Internal`] where the roots cannot be read.
pub(crate) fn client(region: &str, endpoint: &str) -> Result<Option<SharedHttpClient>> {
    if endpoint.starts_with("https:")
        || ["cn-", "us-iso", "eu-iso", "eusc-"].iter().any(|part| region.starts_with(part))
    {
        return Ok(None);
    }
    let roots = TrustStore::empty().with_pem_certificate(ROOTS);
    let context = TlsContext::builder().with_trust_store(roots).build().map_err(Error::internal)?;
    let builder = Builder::new().tls_provider(Provider::Rustls(CryptoMode::AwsLc)).tls_context(context);
    Ok(Some(builder.build_https()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trust_store_has_five_roots() {
        assert_eq!(ROOTS.matches("-----BEGIN CERTIFICATE-----").count(), 5);
        assert_eq!(ROOTS.matches("-----END CERTIFICATE-----").count(), 5);
    }

    #[test]
    fn other_endpoints_and_partitions_use_the_system_trust_store() {
        assert!(client("eu-central-1", "").expect("reads").is_some());
        assert!(client("us-east-1", "http://127.0.0.1:4566").expect("reads").is_some());
        assert!(client("us-east-1", "https://localhost.localstack.cloud:4566").expect("reads").is_none());
        assert!(client("cn-north-1", "").expect("reads").is_none());
    }
}
