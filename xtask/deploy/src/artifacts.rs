//! The bucket from which CloudFormation reads code and templates.

use crate::{
    artifact::Artifact,
    cloud::{Cloud, describe},
};
use anyhow::Result;
use aws_sdk_s3::types::{
    BucketLocationConstraint, BucketVersioningStatus, CreateBucketConfiguration, PublicAccessBlockConfiguration,
    VersioningConfiguration,
};
use futures::{StreamExt, TryStreamExt, stream};
use millrace_infra::{Templates, area_file, template::text};
use sha2::{Digest, Sha256};

const AT_ONCE: usize = 4;

/// The account's artifact bucket, made where it is not there yet.
pub(crate) async fn bucket(cloud: &Cloud) -> Result<String> {
    let name = format!("millrace-artifacts-{}-{}", cloud.account().await?, cloud.region());
    let s3 = cloud.s3();
    if s3.head_bucket().bucket(&name).send().await.is_ok() {
        return Ok(name);
    }
    // This one region must not be named.
    let place = (cloud.region() != "us-east-1").then(|| {
        CreateBucketConfiguration::builder().location_constraint(BucketLocationConstraint::from(cloud.region())).build()
    });
    s3.create_bucket().bucket(&name).set_create_bucket_configuration(place).send().await.map_err(describe)?;
    let closed = PublicAccessBlockConfiguration::builder()
        .block_public_acls(true)
        .block_public_policy(true)
        .ignore_public_acls(true)
        .restrict_public_buckets(true)
        .build();
    s3.put_public_access_block()
        .bucket(&name)
        .public_access_block_configuration(closed)
        .send()
        .await
        .map_err(describe)?;
    let versions = VersioningConfiguration::builder().status(BucketVersioningStatus::Enabled).build();
    s3.put_bucket_versioning().bucket(&name).versioning_configuration(versions).send().await.map_err(describe)?;
    Ok(name)
}

/// Sends those binaries that are not there yet, and says how many they were.
pub(crate) async fn send_code(cloud: &Cloud, bucket: &str, built: &[Artifact]) -> Result<usize> {
    let sends = built.iter().map(|artifact| send_new(cloud, bucket, &artifact.key, artifact.zip.clone()));
    let sent: Vec<bool> = stream::iter(sends).buffer_unordered(AT_ONCE).try_collect().await?;
    Ok(sent.into_iter().filter(|sent| *sent).count())
}

async fn send_new(cloud: &Cloud, bucket: &str, key: &str, bytes: Vec<u8>) -> Result<bool> {
    let s3 = cloud.s3();
    if s3.head_object().bucket(bucket).key(key).send().await.is_ok() {
        return Ok(false);
    }
    s3.put_object().bucket(bucket).key(key).body(bytes.into()).send().await.map_err(describe)?;
    Ok(true)
}

/// Sends a template and says under which key.
pub(crate) async fn send_text(cloud: &Cloud, bucket: &str, name: &str, text: &str) -> Result<String> {
    let digest: String = Sha256::digest(text.as_bytes()).iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let key = format!("templates/{name}-{digest}.json");
    send_new(cloud, bucket, &key, text.as_bytes().to_vec()).await?;
    Ok(key)
}

/// Sends the nested templates, and puts their addresses in the place of their file names.
pub(crate) async fn place_nested(cloud: &Cloud, bucket: &str, templates: &mut Templates) -> Result<()> {
    let Templates { root, areas } = templates;
    for (area, template) in areas {
        let key = send_text(cloud, bucket, area, &text(template)).await?;
        let file = area_file(area);
        let resources = root["Resources"].as_object_mut().into_iter().flat_map(|resources| resources.values_mut());
        for resource in resources.filter(|resource| resource["Properties"]["TemplateURL"] == file.as_str()) {
            resource["Properties"]["TemplateURL"] = cloud.template_url(bucket, &key).into();
        }
    }
    Ok(())
}
