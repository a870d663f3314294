//! Detection of file types from content, since names and declared types cannot be trusted.

use crate::{Error, Result};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;

/// How many leading bytes the detection needs.
pub const TELLING: u64 = 8 * 1024;

/// A media type without parameters, such as `image/png` (RFC 6838, section 4.2).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct MediaType(Cow<'static, str>);

impl MediaType {
    /// Binary data of unknown type.
    pub const BYTES: Self = Self(Cow::Borrowed("application/octet-stream"));
    /// Plain text.
    pub const TEXT: Self = Self(Cow::Borrowed("text/plain"));

    /// Validates `text` as a media type; the error is a sentence for the sender.
    pub fn new(text: &str) -> Result<Self, String> {
        let name = |part: &str| {
            (1..=127).contains(&part.len())
                && part.starts_with(|first: char| first.is_ascii_alphanumeric())
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$&-^_.+".contains(&byte))
        };
        match text.split_once('/') {
            Some((kind, subtype)) if name(kind) && name(subtype) => Ok(Self(Cow::Owned(text.to_ascii_lowercase()))),
            _ => Err("is not a media type such as image/png".to_owned()),
        }
    }

    /// The type as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is an image type.
    pub fn is_image(&self) -> bool {
        self.0.starts_with("image/")
    }

    /// Whether a thumbnail can be made of it.
    pub fn has_thumbnail(&self) -> bool {
        matches!(self.as_str(), "image/png" | "image/jpeg" | "image/gif" | "image/webp")
    }

    /// Whether it is safe to display inline. Everything else is downloaded, since SVG and HTML can run scripts.
    pub fn is_shown(&self) -> bool {
        self.has_thumbnail() || matches!(self.as_str(), "application/pdf" | "text/plain")
    }
}

impl std::fmt::Display for MediaType {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for MediaType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&Cow::<'de, str>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for MediaType {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "MediaType".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "maxLength": 255, "examples": ["image/png"]})
    }
}

/// The result of the detection.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Told {
    /// An executable.
    Program,
    /// A known type.
    Type(&'static str),
    /// Text that browsers would execute: HTML, SVG and other XML.
    Active(&'static str),
    /// Plain text.
    Text,
    /// Unknown.
    Nothing,
}

fn tell(beginning: &[u8]) -> Told {
    if infer::is_app(beginning) {
        return Told::Program;
    }
    let text = readable(beginning);
    if let Some(active) = text.and_then(active) {
        return Told::Active(active);
    }
    match infer::get(beginning) {
        Some(found) if found.matcher_type() != infer::MatcherType::Text => Told::Type(found.mime_type()),
        _ if text.is_some() => Told::Text,
        _ => Told::Nothing,
    }
}

/// The beginning as text, if it is text; its last character may be incomplete.
fn readable(beginning: &[u8]) -> Option<&str> {
    let text = match std::str::from_utf8(beginning) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&beginning[..error.valid_up_to()]).ok()?,
        Err(_) => return None,
    };
    (!text.contains('\0')).then_some(text)
}

/// Markers by which browsers sniff HTML
/// (<https://mimesniff.spec.whatwg.org/#rules-for-identifying-an-unknown-mime-type>).
fn active(text: &str) -> Option<&'static str> {
    const HTML: &[&str] = &[
        "<!doctype html",
        "<html",
        "<head",
        "<script",
        "<iframe",
        "<h1",
        "<div",
        "<font",
        "<table",
        "<a ",
        "<style",
        "<title",
        "<b>",
        "<body",
        "<br",
        "<p>",
        "<!--",
    ];
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\n', '\r', '\u{c}']);
    let lower = start.get(..start.floor_char_boundary(2_048)).unwrap_or(start).to_ascii_lowercase();
    if lower.contains("<svg") && (lower.starts_with('<')) {
        return Some("image/svg+xml");
    }
    if HTML.iter().any(|tag| lower.starts_with(tag)) {
        return Some("text/html");
    }
    lower.starts_with("<?xml").then_some("text/xml")
}

/// The type of a file that was declared as `declared` and begins with `beginning`.
///
/// # Errors
/// [`Error::Invalid`] naming `content_type` for an executable, and for a declared image that is not one.
pub fn settle(declared: &MediaType, beginning: &[u8]) -> Result<MediaType> {
    let refuse = |message: &str| Err(Error::field("content_type", message));
    let known = |text: &'static str| Ok(MediaType(Cow::Borrowed(text)));
    match tell(beginning) {
        Told::Program => refuse("is a program, and programs are not taken"),
        Told::Active("image/svg+xml") if declared.as_str() == "image/svg+xml" => known("image/svg+xml"),
        Told::Type(found) if found.starts_with("image/") => known(found),
        _ if declared.is_image() => refuse("says that this is an image, and it is none"),
        Told::Active(found) => known(found),
        // Archives hold documents, of which the name of the type says more: it is only ever handed out to be kept.
        Told::Type("application/zip") | Told::Nothing if !declared.is_shown() => Ok(declared.clone()),
        Told::Type(found) => known(found),
        Told::Text => Ok(MediaType::TEXT),
        Told::Nothing => Ok(MediaType::BYTES),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0";
    const PDF: &[u8] = b"%PDF-1.7\n";
    const EXE: &[u8] = b"MZ\x90\0\x03\0\0\0";
    const ELF: &[u8] = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0\x01\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0";

    fn media(text: &str) -> MediaType {
        MediaType::new(text).expect("a type")
    }

    #[test]
    fn file_types_are_detected_from_content() {
        for (declared, beginning, settled) in [
            ("image/png", PNG, "image/png"),
            ("image/png", JPEG, "image/jpeg"),
            ("text/plain", PNG, "image/png"),
            ("application/octet-stream", PDF, "application/pdf"),
            ("text/csv", b"a,b\n1,2\n", "text/plain"),
            ("text/plain", b"<!DOCTYPE html><script>alert(1)</script>", "text/html"),
            ("text/plain", b"\xef\xbb\xbf \n<svg onload=alert(1)>", "image/svg+xml"),
            ("application/pdf", b"<?xml version='1.0'?><x/>", "text/xml"),
            ("image/svg+xml", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
            ("application/x-mine", b"\0\x01\x02\x03", "application/x-mine"),
            ("application/pdf", b"\0\x01\x02\x03", "application/octet-stream"),
            ("text/plain", b"", "text/plain"),
        ] {
            assert_eq!(settle(&media(declared), beginning).expect("is taken").as_str(), settled, "{declared}");
        }
    }

    #[test]
    fn executables_and_fake_images_are_refused() {
        for (declared, beginning) in [
            ("image/png", EXE),
            ("application/octet-stream", EXE),
            ("text/plain", ELF),
            ("image/png", b"<html><script>alert(1)</script>".as_slice()),
            ("image/png", b"<svg onload=alert(1)>"),
            ("image/svg+xml", b"just text"),
            ("image/jpeg", PDF),
            ("image/gif", b"\0\x01\x02\x03"),
        ] {
            assert!(settle(&media(declared), beginning).is_err(), "{declared}");
        }
    }

    #[test]
    fn files_that_can_run_scripts_are_never_inline() {
        for shown in ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"] {
            assert!(media(shown).is_shown(), "{shown}");
        }
        for kept in
            ["image/svg+xml", "text/html", "text/xml", "application/xhtml+xml", "text/javascript", "application/zip"]
        {
            assert!(!media(kept).is_shown(), "{kept}");
        }
    }

    #[test]
    fn a_media_type_has_one_spelling() {
        assert_eq!(media("Image/PNG").as_str(), "image/png");
        for wrong in ["", "image", "image/", "/png", "image/png; q=1", "image /png", "a/b/c", "image/\"", "é/x"] {
            assert!(MediaType::new(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn only_harmless_content_is_inline_for_any_bytes(
            declared in prop::sample::select(vec!["image/png", "text/plain", "application/pdf", "application/octet-stream"]),
            space in "[ \n\t]{0,5}",
            tag in prop::sample::select(vec!["<html", "<!DOCTYPE HTML", "<script", "<svg ", "<?xml", "<IFRAME"]),
            rest in "\\PC{0,80}",
        ) {
            let text = format!("{space}{tag} {rest}");
            if let Ok(settled) = settle(&media(declared), text.as_bytes()) {
                prop_assert!(!settled.is_shown(), "{} as {settled}", text);
            }
        }

        #[test]
        fn no_bytes_make_the_detection_panic(declared in "[a-z]{1,9}/[a-z]{1,9}", bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(settled) = settle(&media(&declared), &bytes) {
                prop_assert!(!settled.is_shown() || settled.as_str() == "text/plain" || infer::get(&bytes).is_some());
            }
        }
    }
}
