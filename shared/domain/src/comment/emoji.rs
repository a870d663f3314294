//! Emoji for reactions.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;

/// An emoji of Unicode's list for interchange (<https://www.unicode.org/reports/tr51/#def_rgi_set>), in the recommended
/// spelling: with and without a variation selector, a heart is the same reaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Emoji(&'static str);

impl Emoji {
    /// Validates `text` as exactly one emoji; the error is a sentence for the person who chose it.
    pub fn new(text: &str) -> Result<Self, String> {
        emojis::get(text).map(|emoji| Self(emoji.as_str())).ok_or_else(|| "is not an emoji".to_owned())
    }

    /// The emoji as text.
    pub fn as_str(self) -> &'static str {
        self.0
    }
}

impl std::fmt::Display for Emoji {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.0)
    }
}

impl<'de> Deserialize<'de> for Emoji {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::new(&Cow::<'de, str>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Emoji {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Emoji".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "maxLength": 40, "examples": ["👍"]})
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn exactly_one_emoji_is_accepted() {
        for right in ["👍", "🎉", "👍🏽", "🇩🇪", "👩‍👩‍👧", "🏳️‍🌈", "1️⃣"] {
            assert_eq!(Emoji::new(right).expect("an emoji").as_str(), right);
        }
        for wrong in ["", " ", "a", "1", "👍👍", "👍 ", "+1", ":thumbs_up:", "\u{200d}", "🏽👍", "🇩", "é", "日"]
        {
            assert!(Emoji::new(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn variation_selectors_do_not_matter() {
        assert_eq!(Emoji::new("\u{2764}").expect("an emoji"), Emoji::new("\u{2764}\u{fe0f}").expect("an emoji"));
    }

    proptest! {
        #[test]
        fn an_accepted_emoji_is_accepted_unchanged(text in "\\PC{0,4}") {
            if let Ok(emoji) = Emoji::new(&text) {
                prop_assert_eq!(Emoji::new(emoji.as_str()), Ok(emoji));
            }
        }

        #[test]
        fn letters_are_refused_as_emoji(text in "[a-zA-Z0-9 .,:;_-]{0,12}") {
            prop_assert!(Emoji::new(&text).is_err());
        }
    }
}
