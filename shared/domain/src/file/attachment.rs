//! Files on a task.

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

/// The largest file that is taken, in bytes.
pub const LARGEST_FILE: u64 = 100 * 1024 * 1024;
/// The largest picture of a person that is taken, in bytes.
pub const LARGEST_PORTRAIT: u64 = 5 * 1024 * 1024;
/// How long a signed upload is good.
pub const UPLOAD_WITHIN: SignedDuration = SignedDuration::from_mins(60);
/// For how long an upload that was begun may still be completed.
pub const COMPLETE_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// A file's name as people see it: 1 to 255 characters without those that make a path of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct FileName(String);

impl FileName {
    /// Takes `text` where it can be a name; the error is a sentence for whoever chose it.
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

    /// The name itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The header by which browsers keep or show the file under this name (RFC 6266): the name in plain ASCII for those
    /// that know no other, and as it is (RFC 8187).
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

/// Characters that turn the direction of text around: they make `gpj.exe` of a name that ends in `.exe`.
fn invisible(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A byte as an extended parameter holds it: what is no `attr-char` of RFC 8187 is percent-encoded.
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

/// A file on a task, or one that is on its way there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentFields {
    /// Its id.
    pub id: AttachmentId,
    /// The task that it is on.
    pub task: TaskKey,
    /// What it is called.
    pub name: FileName,
    /// How many bytes it has.
    pub size: u64,
    /// What it is: as it was declared while it is on its way, then as its content tells.
    pub content_type: MediaType,
    /// Who attached it.
    pub by: UserId,
    /// When.
    pub created_at: Timestamp,
    /// When it was looked at again, and a thumbnail made where there can be one.
    pub scanned_at: Option<Timestamp>,
    /// The size of its thumbnail, where it has one.
    pub thumbnail: Option<Dimensions>,
}

/// The size of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dimensions {
    /// How wide it is, in pixels.
    pub width: u32,
    /// How high it is, in pixels.
    pub height: u32,
}

/// A thumbnail that can be shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Thumbnail {
    /// Where it is: a signed address that is good for some minutes.
    pub url: String,
    /// How wide it is, in pixels: at most 320.
    pub width: u32,
    /// How high it is, in pixels: at most 320.
    pub height: u32,
}

/// A file on a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attachment {
    /// Its id; ids sort by time.
    pub id: AttachmentId,
    /// The task that it is on.
    pub task: TaskKey,
    /// What it is called.
    pub name: FileName,
    /// How many bytes it has.
    pub size: u64,
    /// What it is, as its content tells.
    pub content_type: MediaType,
    /// Whether browsers show it; everything else is handed out as a file to keep.
    pub shown: bool,
    /// Who attached it.
    pub author: UserId,
    /// Its thumbnail; null for what is no image, and until it is made.
    pub thumbnail: Option<Thumbnail>,
    /// Whether it was looked at: no thumbnail comes after that.
    pub scanned: bool,
    /// When it was attached.
    pub created_at: Timestamp,
}

impl AttachmentFields {
    /// As clients see it, with its thumbnail's address where it has one.
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

/// Refuses a size that is not taken.
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
    fn a_name_is_no_path_and_shows_what_it_is() {
        assert_eq!(FileName::new(" Cafe\u{301}.pdf ").expect("a name").as_str(), "Café.pdf");
        for wrong in ["", " ", ".", "..", "a/b", "a\\b", "a\nb", "a\u{0}", "photo\u{202e}gpj.exe", &"é".repeat(256)] {
            assert!(FileName::new(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_disposition_carries_any_name() {
        let name = |text: &str| FileName::new(text).expect("a name");
        assert_eq!(name("a.pdf").disposition(true), "inline; filename=\"a.pdf\"; filename*=UTF-8''a.pdf");
        assert_eq!(
            name("€ \"rates\".txt").disposition(false),
            "attachment; filename=\"_ _rates_.txt\"; filename*=UTF-8''%E2%82%AC%20%22rates%22.txt"
        );
    }

    #[test]
    fn a_size_has_an_end() {
        assert!(check_size(1, 10).is_ok() && check_size(10, 10).is_ok());
        assert!(check_size(0, 10).is_err() && check_size(11, 10).is_err());
    }

    proptest! {
        #[test]
        fn no_name_gets_out_of_its_header(text in "\\PC{1,60}") {
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
