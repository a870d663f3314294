//! Provisioning: the table, the queues and the keys.

use super::{MovableClock, ServerError};
use crate::aws::{self, Notification, StandIns, queue::QueueSettings};
use aws_lc_rs::signature::Ed25519KeyPair;
use aws_sdk_dynamodb::types::{
    AttributeDefinition, BillingMode, GlobalSecondaryIndex, KeySchemaElement, KeyType, Projection, ProjectionType,
    ScalarAttributeType, StreamSpecification, StreamViewType, TimeToLiveSpecification,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use millrace_domain::token::random_string;
use millrace_endpoint::{
    Platform, Settings,
    platform::KeySource,
    queue::{QueueName, TRIES},
    token::SigningKey,
};
use millrace_platform::{blobs::SCANNED, queue};
use millrace_store::keys::{DUE_INDEX, INDEX};
use serde::{Deserialize, Serialize};
use std::{path::PathBuf, sync::Arc};

/// The table's name on one machine.
pub(crate) const TABLE: &str = "millrace";
/// The bucket's name on one machine.
pub(crate) const BUCKET: &str = "millrace-files";

/// The secrets of a deployment on one machine.
#[derive(Serialize, Deserialize)]
struct Secrets {
    signing_key: String,
    cursor_key: String,
}

fn failed(error: impl std::fmt::Display) -> ServerError {
    ServerError::Provision(error.to_string())
}

pub(crate) async fn provision(
    port: u16,
    data: Option<PathBuf>,
    clock: &MovableClock,
) -> Result<(StandIns, Arc<Platform>), ServerError> {
    let origin = format!("http://127.0.0.1:{port}");
    let secrets = secrets(data.as_deref())?;
    let now = clock.clone();
    let stand_ins = StandIns::open(aws::Settings {
        data,
        origin: origin.clone(),
        buckets: vec![BUCKET.to_owned()],
        notifications: SCANNED.iter().map(|prefix| scanned(prefix)).collect(),
        now: Arc::new(move || now.now()),
        ..aws::Settings::default()
    })?;
    let sdk = stand_ins.sdk_config();
    make_table(&aws_sdk_dynamodb::Client::new(&sdk)).await?;
    let (mut queues, mut dead_letters) = (std::collections::HashMap::new(), std::collections::HashMap::new());
    for queue in queue::ALL {
        let (name, dead) = (name_of(*queue), format!("{}-dead-letters", name_of(*queue)));
        stand_ins.queues().declare(&dead, &QueueSettings::default())?;
        dead_letters.insert(queue.as_str().to_owned(), stand_ins.queues().url(&dead));
        let settings = QueueSettings { dead_letters: Some((dead, TRIES)), ..QueueSettings::default() };
        stand_ins.queues().declare(&name, &settings)?;
        queues.insert(queue.as_str().to_owned(), stand_ins.queues().url(&name));
    }
    let settings = Settings {
        table: TABLE.to_owned(),
        queues,
        dead_letters,
        bucket: BUCKET.to_owned(),
        // The page's own address, so that browsers ask nobody for leave.
        files_endpoint: Some(format!("http://localhost:{port}")),
        sockets_endpoint: origin,
        public_url: format!("http://localhost:{port}"),
        mail_from: "Millrace <millrace@localhost>".to_owned(),
        jwks: SigningKey::parse(&secrets.signing_key).and_then(|key| key.public_set()).map_err(failed)?,
        signing_key: KeySource::Pem(secrets.signing_key),
        cursor_key: secrets.cursor_key,
    };
    let platform = Platform::new(settings, sdk, clock.clock()).map_err(failed)?;
    Ok((stand_ins, platform))
}

/// The name of a queue on one machine.
fn name_of(queue: QueueName) -> String {
    format!("millrace-{}", queue.as_str())
}

/// That new objects below `prefix` are to be looked at.
fn scanned(prefix: &str) -> Notification {
    Notification { bucket: BUCKET.to_owned(), prefix: prefix.to_owned(), queue: name_of(queue::SCANS) }
}

fn secrets(data: Option<&std::path::Path>) -> Result<Secrets, ServerError> {
    let file = data.map(|data| data.join("secrets.json"));
    if let Some(file) = file.as_ref().filter(|file| file.exists()) {
        return serde_json::from_slice(&std::fs::read(file).map_err(failed)?).map_err(failed);
    }
    let key = Ed25519KeyPair::generate().and_then(|pair| pair.to_pkcs8v1()).map_err(failed)?;
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n", STANDARD.encode(key.as_ref()));
    let secrets = Secrets { signing_key: pem, cursor_key: random_string(40) };
    if let Some(file) = file {
        std::fs::write(&file, serde_json::to_vec_pretty(&secrets).map_err(failed)?).map_err(failed)?;
    }
    Ok(secrets)
}

async fn make_table(client: &aws_sdk_dynamodb::Client) -> Result<(), ServerError> {
    if client.describe_table().table_name(TABLE).send().await.is_ok() {
        return Ok(());
    }
    let attribute = |name: &str| {
        AttributeDefinition::builder()
            .attribute_name(name)
            .attribute_type(ScalarAttributeType::S)
            .build()
            .map_err(failed)
    };
    let key =
        |name: &str, kind| KeySchemaElement::builder().attribute_name(name).key_type(kind).build().map_err(failed);
    let index = |name: &str, partition: &str, sort: &str, projection| {
        GlobalSecondaryIndex::builder()
            .index_name(name)
            .key_schema(key(partition, KeyType::Hash)?)
            .key_schema(key(sort, KeyType::Range)?)
            .projection(projection)
            .build()
            .map_err(failed)
    };
    let with_event = Projection::builder().projection_type(ProjectionType::Include).non_key_attributes("event").build();
    let keys_only = Projection::builder().projection_type(ProjectionType::KeysOnly).build();
    let stream = StreamSpecification::builder().stream_enabled(true).stream_view_type(StreamViewType::NewAndOldImages);
    client
        .create_table()
        .table_name(TABLE)
        .billing_mode(BillingMode::PayPerRequest)
        .attribute_definitions(attribute("pk")?)
        .attribute_definitions(attribute("sk")?)
        .attribute_definitions(attribute("gsi1pk")?)
        .attribute_definitions(attribute("gsi1sk")?)
        .attribute_definitions(attribute("gsi2pk")?)
        .attribute_definitions(attribute("gsi2sk")?)
        .key_schema(key("pk", KeyType::Hash)?)
        .key_schema(key("sk", KeyType::Range)?)
        .global_secondary_indexes(index(INDEX, "gsi1pk", "gsi1sk", with_event)?)
        .global_secondary_indexes(index(DUE_INDEX, "gsi2pk", "gsi2sk", keys_only)?)
        .stream_specification(stream.build().map_err(failed)?)
        .send()
        .await
        .map_err(|error| failed(aws_sdk_dynamodb::error::DisplayErrorContext(error)))?;
    let expiry = TimeToLiveSpecification::builder().attribute_name("ttl").enabled(true).build().map_err(failed)?;
    let expiring = client.update_time_to_live().table_name(TABLE).time_to_live_specification(expiry).send().await;
    expiring.map(drop).map_err(|error| failed(aws_sdk_dynamodb::error::DisplayErrorContext(error)))
}
