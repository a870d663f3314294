//! The buckets: attachments, and the browser client.

use crate::template::{Resources, attribute, reference, text_with};
use serde_json::{Value, json};

fn bucket() -> Value {
    json!({
        "BucketEncryption": {"ServerSideEncryptionConfiguration": [{"ServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}]},
        "OwnershipControls": {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]},
        "PublicAccessBlockConfiguration": {
            "BlockPublicAcls": true,
            "BlockPublicPolicy": true,
            "IgnorePublicAcls": true,
            "RestrictPublicBuckets": true,
        },
    })
}

/// The statement that refuses what comes unencrypted.
fn encrypted_only(bucket: &str) -> Value {
    json!({
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:GetObject",
        "Resource": text_with(format!("${{{bucket}.Arn}}/*")),
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    })
}

fn policy(bucket: &str, statements: Vec<Value>) -> Value {
    json!({"Bucket": reference(bucket), "PolicyDocument": {"Version": "2012-10-17", "Statement": statements}})
}

/// Adds the bucket of attachments, which outlives the stack. Browsers post to it straight, by forms that a function
/// has signed.
pub fn add_attachments(resources: &mut Resources) {
    let mut properties = bucket();
    properties["VersioningConfiguration"] = json!({"Status": "Enabled"});
    properties["LifecycleConfiguration"] = json!({"Rules": [
        {"Id": "unfinished-uploads", "Status": "Enabled", "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}},
        {"Id": "replaced-and-removed", "Status": "Enabled", "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
         "ExpiredObjectDeleteMarker": true},
    ]});
    properties["CorsConfiguration"] = json!({"CorsRules": [{
        "AllowedOrigins": [crate::web::public_url()],
        "AllowedMethods": ["GET", "POST", "PUT"],
        "AllowedHeaders": ["content-type"],
        "ExposedHeaders": ["ETag"],
        "MaxAge": 3_600,
    }]});
    let kept = json!({"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"});
    resources.add_with("Attachments", "AWS::S3::Bucket", properties, kept);
    resources.add(
        "AttachmentsPolicy",
        "AWS::S3::BucketPolicy",
        policy("Attachments", vec![encrypted_only("Attachments")]),
    );
}

/// Adds the bucket of the browser client, which the distribution alone reads.
pub fn add_web(resources: &mut Resources) {
    let condition = || json!({"Condition": "HasWeb"});
    let mut kept = condition();
    kept["DeletionPolicy"] = json!("Retain");
    kept["UpdateReplacePolicy"] = json!("Retain");
    resources.add_with("Web", "AWS::S3::Bucket", bucket(), kept);
    let read = json!({
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": text_with("${Web.Arn}/*"),
        "Condition": {"StringEquals": {"AWS:SourceArn":
            text_with("arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}")}},
    });
    // Without leave to list, S3 answers 403 for what is not there.
    let list = json!({
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:ListBucket",
        "Resource": attribute("Web", "Arn"),
        "Condition": {"StringEquals": {"AWS:SourceArn":
            text_with("arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}")}},
    });
    let statements = vec![encrypted_only("Web"), read, list];
    resources.add_with("WebPolicy", "AWS::S3::BucketPolicy", policy("Web", statements), condition());
}
