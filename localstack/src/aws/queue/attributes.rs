use std::collections::BTreeMap;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};

/// A message's attributes by name, in the order in which SQS hashes them.
pub(super) type Attributes = BTreeMap<String, Attribute>;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Attribute {
    data_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    string_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    binary_value: Option<String>,
}

/// What SQS answers, for the SDKs that compare.
pub(super) fn md5_of_body(body: &str) -> String {
    hex(&Md5::digest(body.as_bytes()))
}

/// SQS's hash over all attributes: names, types and values with their lengths before them.
pub(super) fn md5_of_attributes(attributes: &Attributes) -> Option<String> {
    if attributes.is_empty() {
        return None;
    }
    let mut bytes = Vec::new();
    for (name, attribute) in attributes {
        add(&mut bytes, name.as_bytes());
        add(&mut bytes, attribute.data_type.as_bytes());
        match (&attribute.string_value, &attribute.binary_value) {
            (_, Some(binary)) => {
                bytes.push(2);
                add(&mut bytes, &STANDARD.decode(binary).unwrap_or_default());
            }
            (text, None) => {
                bytes.push(1);
                add(&mut bytes, text.as_deref().unwrap_or_default().as_bytes());
            }
        }
    }
    Some(hex(&Md5::digest(&bytes)))
}

fn add(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
    out.extend_from_slice(bytes);
}

/// Whether a receiver asked for an attribute: by its name, by a prefix and `.*`, or for all.
pub(super) fn asked(names: &[String], name: &str) -> bool {
    names.iter().any(|n| {
        n == name || n == "All" || n == ".*" || n.strip_suffix(".*").is_some_and(|prefix| name.starts_with(prefix))
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        // Writing to a string cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}
