//! Forms by which browsers send a file to the bucket, signed by hand: the SDK signs addresses alone.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>

use super::{BlobKey, UploadForm};
use crate::platform::Platform;
use aws_sdk_s3::presigning::PresigningConfig;
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{Timestamp, tz::TimeZone};
use millrace_domain::{Error, Result, file::media::MediaType};
use serde_json::{Value, json};
use sha2::Sha256;
use std::{collections::BTreeMap, time::Duration};

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// What a form is signed with.
struct Signer<'secret> {
    access_key: &'secret str,
    secret_key: &'secret str,
    session_token: Option<&'secret str>,
    region: &'secret str,
}

impl Signer<'_> {
    /// The fields of a form that is good from `now` to `expires_at`.
    fn fields(
        &self,
        bucket: &str,
        key: &str,
        content_type: &str,
        size: u64,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<BTreeMap<String, String>> {
        let utc = now.to_zoned(TimeZone::UTC);
        let (day, moment) = (utc.strftime("%Y%m%d").to_string(), utc.strftime("%Y%m%dT%H%M%SZ").to_string());
        let scope = format!("{day}/{}/s3/aws4_request", self.region);
        let mut fields = BTreeMap::from(
            [
                ("key", key),
                ("Content-Type", content_type),
                ("x-amz-algorithm", ALGORITHM),
                ("x-amz-credential", &format!("{}/{scope}", self.access_key)),
                ("x-amz-date", &moment),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
        if let Some(token) = self.session_token {
            fields.insert("x-amz-security-token".to_owned(), token.to_owned());
        }
        let mut conditions: Vec<Value> = fields.iter().map(|(name, value)| json!({name: value})).collect();
        conditions.push(json!({"bucket": bucket}));
        conditions.push(json!(["content-length-range", size, size]));
        // Milliseconds, as S3 reads the expiration of a policy.
        let expiration = expires_at.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
        let policy = STANDARD.encode(json!({"expiration": expiration, "conditions": conditions}).to_string());
        fields.insert("x-amz-signature".to_owned(), self.signature(&day, &policy)?);
        fields.insert("policy".to_owned(), policy);
        Ok(fields)
    }

    fn signature(&self, day: &str, policy: &str) -> Result<String> {
        let mut key = format!("AWS4{}", self.secret_key).into_bytes();
        for part in [day, self.region, "s3", "aws4_request"] {
            key = sign_with(&key, part)?;
        }
        Ok(sign_with(&key, policy)?.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

fn sign_with(key: &[u8], text: &str) -> Result<Vec<u8>> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|error| Error::internal(error.to_string()))?;
    mac.update(text.as_bytes());
    Ok(mac.finalize().into_bytes().to_vec())
}

pub(super) async fn sign(
    platform: &Platform,
    bucket: &str,
    key: &BlobKey,
    content_type: &MediaType,
    size: u64,
    within: Duration,
) -> Result<UploadForm> {
    let credentials = platform.credentials().await?;
    let signer = Signer {
        access_key: credentials.access_key_id(),
        secret_key: credentials.secret_access_key(),
        session_token: credentials.session_token(),
        region: platform.region()?,
    };
    // S3 goes by its own time, whatever the functions' clock says.
    let now = Timestamp::now();
    let expires_at = now + within;
    let fields = signer.fields(bucket, key.as_str(), content_type.as_str(), size, now, expires_at)?;
    Ok(UploadForm { url: address(platform, bucket, key).await?, fields, expires_at })
}

/// The bucket's address, as the SDK spells it for this region and endpoint.
async fn address(platform: &Platform, bucket: &str, key: &BlobKey) -> Result<String> {
    let any = PresigningConfig::expires_in(Duration::from_secs(60)).map_err(Error::internal)?;
    let get = platform.s3_for_browsers().get_object().bucket(bucket).key(key.as_str());
    let signed = get.presigned(any).await.map_err(super::failed)?;
    let address = signed.uri().split('?').next().and_then(|address| address.strip_suffix(key.as_str()));
    address.map(str::to_owned).ok_or_else(|| Error::internal("the bucket's address cannot be told"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGNER: Signer<'static> = Signer {
        access_key: "AKIAIOSFODNN7EXAMPLE",
        secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        session_token: None,
        region: "us-east-1",
    };

    /// The example of <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-post-example.html>.
    #[test]
    fn the_documented_example_has_the_documented_signature() {
        let policy = "eyAiZXhwaXJhdGlvbiI6ICIyMDE1LTEyLTMwVDEyOjAwOjAwLjAwMFoiLA0KICAiY29uZGl0aW9ucyI6IFsNCiAgICB7ImJ1Y2tldCI6ICJzaWd2NGV4YW1wbGVidWNrZXQifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRrZXkiLCAidXNlci91c2VyMS8iXSwNCiAgICB7ImFjbCI6ICJwdWJsaWMtcmVhZCJ9LA0KICAgIHsic3VjY2Vzc19hY3Rpb25fcmVkaXJlY3QiOiAiaHR0cDovL3NpZ3Y0ZXhhbXBsZWJ1Y2tldC5zMy5hbWF6b25hd3MuY29tL3N1Y2Nlc3NmdWxfdXBsb2FkLmh0bWwifSwNCiAgICBbInN0YXJ0cy13aXRoIiwgIiRDb250ZW50LVR5cGUiLCAiaW1hZ2UvIl0sDQogICAgeyJ4LWFtei1tZXRhLXV1aWQiOiAiMTQzNjUxMjM2NTEyNzQifSwNCiAgICB7IngtYW16LXNlcnZlci1zaWRlLWVuY3J5cHRpb24iOiAiQUVTMjU2In0sDQogICAgWyJzdGFydHMtd2l0aCIsICIkeC1hbXotbWV0YS10YWciLCAiIl0sDQoNCiAgICB7IngtYW16LWNyZWRlbnRpYWwiOiAiQUtJQUlPU0ZPRE5ON0VYQU1QTEUvMjAxNTEyMjkvdXMtZWFzdC0xL3MzL2F3czRfcmVxdWVzdCJ9LA0KICAgIHsieC1hbXotYWxnb3JpdGhtIjogIkFXUzQtSE1BQy1TSEEyNTYifSwNCiAgICB7IngtYW16LWRhdGUiOiAiMjAxNTEyMjlUMDAwMDAwWiIgfQ0KICBdDQp9";
        let signature = SIGNER.signature("20151229", policy).expect("signs");
        assert_eq!(signature, "8afdbf4008c03f22c2cd3cdb72e4afbb1f6a588f3255ac628749a66d7f09699e");
    }

    #[test]
    fn an_upload_policy_fixes_type_and_size() {
        let at = |second| Timestamp::from_second(second).expect("in range");
        let signer = Signer { session_token: Some("token"), ..SIGNER };
        let fields = signer.fields("bucket", "uploads/x", "image/png", 42, at(0), at(3_600)).expect("signs");
        let policy = STANDARD.decode(&fields["policy"]).expect("base64");
        let policy: Value = serde_json::from_slice(&policy).expect("JSON");
        assert_eq!(policy["expiration"], "1970-01-01T01:00:00.000Z");
        let conditions = policy["conditions"].as_array().expect("conditions");
        for wanted in [
            json!({"bucket": "bucket"}),
            json!({"key": "uploads/x"}),
            json!({"Content-Type": "image/png"}),
            json!({"x-amz-security-token": "token"}),
            json!(["content-length-range", 42, 42]),
        ] {
            assert!(conditions.contains(&wanted), "{wanted}");
        }
        assert_eq!(fields["x-amz-security-token"], "token");
    }
}
