//! Text types with built-in limits.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use std::{borrow::Cow, ops::Deref};
use unicode_normalization::UnicodeNormalization;

/// Text of `MIN` to `MAX` characters, trimmed and normalised to NFC, without control characters other than line breaks
/// and tabs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Default)]
pub struct Text<const MIN: usize, const MAX: usize>(String);

/// A title or name: a single non-empty line.
pub type Name = Text<1, 100>;
/// A task's title.
pub type Title = Text<1, 250>;
/// Markdown; may be empty.
pub type Markdown = Text<0, 50_000>;
/// A short text; may be empty.
pub type Summary = Text<0, 2_000>;

impl<const MIN: usize, const MAX: usize> Text<MIN, MAX> {
    /// Validates `text`; the error is a sentence for the person who typed it.
    pub fn new(text: &str) -> Result<Self, String> {
        if text.chars().any(|character| character.is_control() && !matches!(character, '\n' | '\r' | '\t')) {
            return Err("holds characters that cannot be shown".to_owned());
        }
        let text = text.trim();
        // ASCII is in the normal form as it stands, and most text that is read back is.
        let text: String = if text.is_ascii() { text.to_owned() } else { text.nfc().collect() };
        let length = text.chars().count();
        if length < MIN {
            return Err(if MIN == 1 {
                "must not be empty".to_owned()
            } else {
                format!("needs at least {MIN} characters")
            });
        }
        if length > MAX {
            return Err(format!("has {length} characters, and at most {MAX} are taken"));
        }
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<const MIN: usize, const MAX: usize> Deref for Text<MIN, MAX> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MIN: usize, const MAX: usize> std::fmt::Display for Text<MIN, MAX> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl<'de, const MIN: usize, const MAX: usize> Deserialize<'de> for Text<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&Cow::<'de, str>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl<const MIN: usize, const MAX: usize> JsonSchema for Text<MIN, MAX> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        format!("Text{MIN}To{MAX}").into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "minLength": MIN, "maxLength": MAX})
    }
}

macro_rules! checked_text {
    ($(#[doc = $doc:literal])+ $name:ident, $check:expr, $schema:tt) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        pub struct $name(String);

        impl $name {
            /// Validates `text`; the error is a sentence for the person who typed it.
            pub fn new(text: &str) -> Result<Self, String> {
                let check: fn(&str) -> Result<String, String> = $check;
                check(text).map(Self)
            }
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::new(&Cow::<'de, str>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
            }
        }
        impl JsonSchema for $name {
            fn inline_schema() -> bool {
                true
            }
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

checked_text!(
    /// A CSS colour: `#` and six hexadecimal digits, in lower case.
    Color,
    |text| {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        match digits {
            Some(digits) if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => Ok(text.to_ascii_lowercase()),
            _ => Err("is not a colour such as #4f46e5".to_owned()),
        }
    },
    {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$", "examples": ["#4f46e5"]}
);

checked_text!(
    /// A workspace's short name in URLs: 2 to 40 lower-case letters, digits and inner hyphens.
    Slug,
    |text| {
        let fits = (2..=40).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-');
        if fits { Ok(text.to_owned()) } else { Err("takes 2 to 40 small letters, digits and inner hyphens".to_owned()) }
    },
    {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,38}[a-z0-9]$", "examples": ["acme"]}
);

checked_text!(
    /// An email address, converted to lower case so that it identifies one account.
    Email,
    |text| {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.rsplit_once('@').unwrap_or(("", ""));
        let fits = text.len() <= 254
            && (1..=64).contains(&local.len())
            && domain.split('.').count() >= 2
            && domain.split('.').all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
            && !text.chars().any(|character| character.is_whitespace() || character.is_control() || ",;:<>()[]\\\"".contains(character))
            && !local.contains('@') && !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
        if fits { Ok(text) } else { Err("is not an e-mail address".to_owned()) }
    },
    {"type": "string", "format": "email", "maxLength": 254, "examples": ["alex@example.com"]}
);

checked_text!(
    /// A time zone of the IANA database, such as `Europe/Berlin`.
    ZoneName,
    |text| match jiff::tz::TimeZone::get(text) {
        Ok(zone) => Ok(zone.iana_name().unwrap_or(text).to_owned()),
        Err(_) => Err("is not a time zone such as Europe/Berlin".to_owned()),
    },
    {"type": "string", "maxLength": 100, "examples": ["Europe/Berlin"]}
);

impl ZoneName {
    /// UTC.
    pub fn utc() -> Self {
        Self("UTC".to_owned())
    }

    /// The zone's rules. A zone that is no longer in the database is treated as UTC.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        jiff::tz::TimeZone::get(&self.0).unwrap_or(jiff::tz::TimeZone::UTC)
    }
}

/// A plain-text password: never logged, stored or returned.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct Password(String);

impl Password {
    /// The password.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Password {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        match text.chars().count() {
            0..=7 => Err("needs at least 8 characters".to_owned()),
            8..=200 => Ok(Self(text)),
            _ => Err("takes at most 200 characters".to_owned()),
        }
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Password(…)")
    }
}

impl JsonSchema for Password {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Password".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "minLength": 8, "maxLength": 200, "format": "password"})
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_normalised_and_limited() {
        assert_eq!(Name::new("  Cafe\u{301} ").expect("fits").as_str(), "Café");
        assert!(Name::new("   ").is_err() && Name::new("a\u{0}b").is_err());
        assert!(Name::new(&"é".repeat(100)).is_ok() && Name::new(&"é".repeat(101)).is_err());
    }

    #[test]
    fn invalid_email_addresses_are_refused() {
        for right in ["a@b.co", "Alex.O'Neill+x@Example.COM", "ü@bücher.example"] {
            assert!(Email::new(right).is_ok(), "{right}");
        }
        for wrong in
            ["", "a", "a@b", "@b.co", "a@b..co", "a b@c.de", "a@b.co, c@d.ef", ".a@b.co", "a@@b.co", "a\n@b.co"]
        {
            assert!(Email::new(wrong).is_err(), "{wrong}");
        }
        assert_eq!(Email::new("A@B.CO").expect("fits").as_str(), "a@b.co");
    }
}
