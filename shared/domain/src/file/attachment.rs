//! Attachments of tasks.

use crate::{
    Error, Result,
    file::media::MediaType,
    id::{AttachmentId, TaskKey, UserId},
};
use jiff::{SignedDuration, Timestamp};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// The maximum file size, in bytes.
pub const LARGEST_FILE: u64 = 100 * 1024 * 1024;
/// The maximum size of an avatar upload, in bytes.
pub const LARGEST_PORTRAIT: u64 = 5 * 1024 * 1024;
/// The lifetime of a signed upload form.
pub const UPLOAD_WITHIN: SignedDuration = SignedDuration::from_mins(60);
/// How long an uncompleted upload can still be completed.
pub const COMPLETE_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// A display file name: 1 to 255 characters, without path separators or control characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct FileName(String);

impl FileName {
    /// Validates `text` as a file name; the error is a sentence for the person who chose it.
    pub fn new(text: &str) -> Result<Self, String> {
        let name: String = text.trim().nfc().collect();
        if name.chars().any(|character| character.is_control() || invisible(character)) {
            return Err("holds characters that cannot be shown".to_owned());
        }
        if name.contains(['/', '\\']) || matches!(name.as_str(), "." | "..") {
            return Err("is a path, and a name is wanted".to_owned());
        }
        match name.chars().count() {
            0 => Err("must not be empty".to_owned()),
            1..=255 => Ok(Self(name)),
            length => Err(format!("has {length} characters, and at most 255 are taken")),
        }
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The `Content-Disposition` header for this name (RFC 6266), with an ASCII fallback and the full name encoded by
    /// RFC 8187.
    pub fn disposition(&self, shown: bool) -> String {
        let plain: String = self
            .0
            .chars()
            .map(|character| match character {
                '"' | '%' => '_',
                ' '..='~' => character,
                _ => '_',
            })
            .collect();
        let exact: String = self.0.bytes().map(encoded).collect();
        format!("{}; filename=\"{plain}\"; filename*=UTF-8''{exact}", if shown { "inline" } else { "attachment" })
    }
}

/// Characters that reverse the text direction: they make a name ending in `.exe` look like `gpj.exe`.
fn invisible(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A byte in an extended parameter: everything but an `attr-char` of RFC 8187 is percent-encoded.
fn encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
        char::from(byte).to_string()
    } else {
        format!("%{byte:02X}")
    }
}

impl<'de> Deserialize<'de> for FileName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&Cow::<'de, str>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for FileName {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "FileName".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "minLength": 1, "maxLength": 255, "examples": ["draft.pdf"]})
    }
}

/// An attachment or an upload in progress.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentFields {
    /// The id.
    pub id: AttachmentId,
    /// The task.
    pub task: TaskKey,
    /// The name.
    pub name: FileName,
    /// The size in bytes.
    pub size: u64,
    /// The content type: declared during the upload, detected from the content afterwards.
    pub content_type: MediaType,
    /// The person who attached it.
    pub by: UserId,
    /// The time.
    pub created_at: Timestamp,
    /// When it was scanned and its thumbnail made, if it can have one.
    pub scanned_at: Option<Timestamp>,
    /// The size of its thumbnail, if it has one.
    pub thumbnail: Option<Dimensions>,
}

/// The dimensions of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dimensions {
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
}

/// A thumbnail with its URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Thumbnail {
    /// A signed URL that is valid for some minutes.
    pub url: String,
    /// The width in pixels: at most 320.
    pub width: u32,
    /// The height in pixels: at most 320.
    pub height: u32,
}

/// An attachment of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attachment {
    /// The id. Ids sort by time.
    pub id: AttachmentId,
    /// The task.
    pub task: TaskKey,
    /// The name.
    pub name: FileName,
    /// The size in bytes.
    pub size: u64,
    /// The content type, detected from the content.
    pub content_type: MediaType,
    /// Whether it is displayed inline; everything else is downloaded.
    pub shown: bool,
    /// The person who attached it.
    pub author: UserId,
    /// The thumbnail; null for other types than images, and until it is made.
    pub thumbnail: Option<Thumbnail>,
    /// Whether it was scanned. If so, no thumbnail follows.
    pub scanned: bool,
    /// When it was attached.
    pub created_at: Timestamp,
}

impl AttachmentFields {
    /// Its representation, with the thumbnail's URL if it has one.
    pub fn resource(&self, thumbnail_url: Option<String>) -> Attachment {
        let thumbnail = self.thumbnail.zip(thumbnail_url);
        Attachment {
            id: self.id.clone(),
            task: self.task.clone(),
            name: self.name.clone(),
            size: self.size,
            content_type: self.content_type.clone(),
            shown: self.content_type.is_shown(),
            author: self.by.clone(),
            thumbnail: thumbnail.map(|(Dimensions { width, height }, url)| Thumbnail { url, width, height }),
            scanned: self.scanned_at.is_some(),
            created_at: self.created_at,
        }
    }
}

/// Refuses a size out of range.
///
/// # Errors
/// [`Error::Invalid`] naming `size`.
pub fn check_size(size: u64, largest: u64) -> Result<()> {
    match size {
        0 => Err(Error::field("size", "is nothing, and a file has at least one byte")),
        size if size > largest => {
            Err(Error::field("size", format!("is more than the {} MB that are taken", largest / (1024 * 1024))))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn file_names_reject_paths_and_misleading_characters() {
        assert_eq!(FileName::new(" Cafe\u{301}.pdf ").expect("a name").as_str(), "Café.pdf");
        for wrong in ["", " ", ".", "..", "a/b", "a\\b", "a\nb", "a\u{0}", "photo\u{202e}gpj.exe", &"é".repeat(256)] {
            assert!(FileName::new(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn content_disposition_encodes_any_name() {
        let name = |text: &str| FileName::new(text).expect("a name");
        assert_eq!(name("a.pdf").disposition(true), "inline; filename=\"a.pdf\"; filename*=UTF-8''a.pdf");
        assert_eq!(
            name("€ \"rates\".txt").disposition(false),
            "attachment; filename=\"_ _rates_.txt\"; filename*=UTF-8''%E2%82%AC%20%22rates%22.txt"
        );
    }

    #[test]
    fn sizes_beyond_the_limit_are_refused() {
        assert!(check_size(1, 10).is_ok() && check_size(10, 10).is_ok());
        assert!(check_size(0, 10).is_err() && check_size(11, 10).is_err());
    }

    proptest! {
        #[test]
        fn no_file_name_can_inject_a_header(text in "\\PC{1,60}") {
            let Ok(name) = FileName::new(&text) else { return Ok(()) };
            let header = name.disposition(false);
            prop_assert!(header.bytes().all(|byte| (b' '..=b'~').contains(&byte)), "{header}");
            prop_assert_eq!(header.matches('"').count(), 2);
            let exact = header.rsplit("UTF-8''").next().expect("a name");
            let mut bytes = Vec::new();
            let mut rest = exact.bytes();
            while let Some(byte) = rest.next() {
                if byte == b'%' {
                    let digits: Vec<u8> = rest.by_ref().take(2).collect();
                    let digits = String::from_utf8(digits).expect("digits");
                    bytes.push(u8::from_str_radix(&digits, 16).expect("a byte"));
                } else {
                    bytes.push(byte);
                }
            }
            prop_assert_eq!(String::from_utf8(bytes).expect("text"), name.as_str());
        }
    }
}
