//! The table.

use crate::template::Resources;
use millrace_store::keys::{DUE_INDEX, INDEX};
use serde_json::{Value, json};

/// Adds the table, which outlives the stack.
pub fn add(resources: &mut Resources) {
    let key = |partition: &str, sort: &str| json!([{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}]);
    let texts: Vec<Value> = ["pk", "sk", "gsi1pk", "gsi1sk", "gsi2pk", "gsi2sk"]
        .into_iter()
        .map(|name| json!({"AttributeName": name, "AttributeType": "S"}))
        .collect();
    let table = json!({
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": texts,
        "KeySchema": key("pk", "sk"),
        "GlobalSecondaryIndexes": [{
            "IndexName": INDEX,
            "KeySchema": key("gsi1pk", "gsi1sk"),
            "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["event"]},
        }, {
            "IndexName": DUE_INDEX,
            "KeySchema": key("gsi2pk", "gsi2sk"),
            "Projection": {"ProjectionType": "KEYS_ONLY"},
        }],
        "StreamSpecification": {"StreamViewType": "NEW_AND_OLD_IMAGES"},
        "TimeToLiveSpecification": {"AttributeName": "ttl", "Enabled": true},
        "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true},
        "SSESpecification": {"SSEEnabled": true},
        "DeletionProtectionEnabled": true,
    });
    let kept = json!({"DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"});
    resources.add_with("Table", "AWS::DynamoDB::Table", table, kept);
}
