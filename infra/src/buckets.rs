//! The buckets for attachments and for the browser client.

use crate::{
    names::queue_id,
    template::{Resources, attribute, reference, text_with},
};
use millrace_platform::{
    blobs::{AVATARS, KEPT_A_WEEK, PASSING, REPORTS, SCANNED},
    queue,
};
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
    let mut rules = vec![
        json!({"Id": "unfinished-uploads", "Status": "Enabled", "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1}}),
        json!({"Id": "replaced-and-removed", "Status": "Enabled", "NoncurrentVersionExpiration": {"NoncurrentDays": 30},
         "ExpiredObjectDeleteMarker": true}),
    ];
    rules.extend(PASSING.iter().map(|prefix| {
        let id = format!("passing-{}", prefix.trim_end_matches('/'));
        json!({"Id": id, "Status": "Enabled", "Prefix": prefix, "ExpirationInDays": 2})
    }));
    // A day more than the table tells of them.
    rules.push(json!({"Id": "reports", "Status": "Enabled", "Prefix": REPORTS, "ExpirationInDays": 31}));
    rules.extend(KEPT_A_WEEK.iter().map(|prefix| {
        let id = format!("a-week-of-{}", prefix.trim_end_matches('/'));
        json!({"Id": id, "Status": "Enabled", "Prefix": prefix, "ExpirationInDays": 7})
    }));
    properties["LifecycleConfiguration"] = json!({"Rules": rules});
    let scans = attribute(&queue_id(queue::SCANS), "Arn");
    let told = SCANNED.iter().map(|prefix| {
        let filter = json!({"S3Key": {"Rules": [{"Name": "prefix", "Value": prefix}]}});
        json!({"Event": "s3:ObjectCreated:*", "Queue": scans, "Filter": filter})
    });
    properties["NotificationConfiguration"] = json!({"QueueConfigurations": told.collect::<Vec<_>>()});
    // A signature says who may send and fetch what, and no cookie is asked for: the page's address is nothing to go by.
    properties["CorsConfiguration"] = json!({"CorsRules": [{
        "AllowedOrigins": ["*"],
        "AllowedMethods": ["GET", "POST"],
        "AllowedHeaders": ["content-type"],
        "ExposedHeaders": ["ETag"],
        "MaxAge": 3_600,
    }]});
    // S3 tries the queue when it is told of it.
    let policy_of_queue = format!("{}Policy", queue_id(queue::SCANS));
    let kept = json!({"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain", "DependsOn": policy_of_queue});
    resources.add_with("Attachments", "AWS::S3::Bucket", properties, kept);
    resources.add(
        "AttachmentsPolicy",
        "AWS::S3::BucketPolicy",
        policy(
            "Attachments",
            vec![encrypted_only("Attachments"), json!({"Fn::If": ["HasWeb", shown(), reference("AWS::NoValue")]})],
        ),
    );
}

/// The statement by which the distribution shows pictures of people, and nothing else of the bucket.
fn shown() -> Value {
    json!({
        "Effect": "Allow",
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": "s3:GetObject",
        "Resource": text_with(format!("${{Attachments.Arn}}/{AVATARS}*")),
        "Condition": {"StringEquals": {"AWS:SourceArn":
            text_with("arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Distribution}")}},
    })
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
