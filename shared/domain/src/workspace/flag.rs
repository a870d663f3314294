//! Feature flags of a workspace.

use crate::{Error, Result};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use std::{
    borrow::{Borrow, Cow},
    collections::BTreeMap,
};

/// A flag's name: 1 to 50 lower-case letters, digits and underscores, starting with a letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct FlagName(String);

impl FlagName {
    /// Validates `text` as a flag's name; the error is a sentence for the person who typed it.
    pub fn new(text: &str) -> std::result::Result<Self, String> {
        let fits = (1..=50).contains(&text.len())
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        if fits {
            Ok(Self(text.to_owned()))
        } else {
            Err("takes names of 1 to 50 small letters, digits and underscores, a letter first".to_owned())
        }
    }
}

impl<'de> Deserialize<'de> for FlagName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        Self::new(&Cow::<'de, str>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl Borrow<str> for FlagName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl JsonSchema for FlagName {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "FlagName".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "pattern": "^[a-z][a-z0-9_]{0,49}$", "examples": ["time_tracking"]})
    }
}

/// The values of flags by name. The default of an unset flag is up to its reader.
pub type Flags = BTreeMap<FlagName, bool>;

/// Whether people see each other's pointers on a board.
pub const LIVE_CURSORS: &str = "live_cursors";

/// Whether a flag with default true is on.
pub fn is_on(flags: &Flags, name: &str) -> bool {
    flags.get(name).copied().unwrap_or(true)
}

/// The maximum number of flags per workspace.
pub const MOST_FLAGS: usize = 100;

/// Refuses flags beyond the limit.
///
/// # Errors
/// [`Error::Invalid`] naming `flags`.
pub fn check(flags: &Flags) -> Result<()> {
    if flags.len() > MOST_FLAGS {
        return Err(Error::field("flags", format!("takes at most {MOST_FLAGS}")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unset_flag_is_on() {
        let flags = Flags::from([(FlagName::new(LIVE_CURSORS).expect("a name"), false)]);
        assert!(!is_on(&flags, LIVE_CURSORS) && is_on(&flags, "sprints"));
    }

    #[test]
    fn invalid_flag_names_are_refused() {
        for right in ["a", "time_tracking", "v2"] {
            assert!(FlagName::new(right).is_ok(), "{right}");
        }
        for wrong in ["", "2v", "_a", "A", "a-b", "a b", &"a".repeat(51)] {
            assert!(FlagName::new(wrong).is_err(), "{wrong}");
        }
    }
}
