//! Mentions of people in Markdown: `@[Name](user_id)`.
//!
//! A mention is a Markdown link preceded by `@`, so that renderers without support for mentions still show the name.
//! The id identifies the person; the name is the one at the time of writing.

use crate::{Error, Result, id::UserId};

/// The maximum number of people mentioned in one text.
pub const MOST_MENTIONED: usize = 50;

/// The prefix of user ids: a link to anything else is an ordinary link after an `@`.
const PERSON: &str = "usr_";

/// The people that `text` mentions, without duplicates, in order.
///
/// # Errors
/// [`Error::Invalid`] naming `field` if a mention's id is malformed, or more than [`MOST_MENTIONED`] people are
/// mentioned.
pub fn mentions(text: &str, field: &str) -> Result<Vec<UserId>> {
    let mut found: Vec<UserId> = Vec::new();
    for target in targets(text) {
        let id: UserId =
            target.parse().map_err(|_| Error::field(field, format!("mentions {target}, who is nobody")))?;
        if !found.contains(&id) {
            found.push(id);
        }
    }
    if found.len() > MOST_MENTIONED {
        return Err(Error::field(
            field,
            format!("mentions {} people, and at most {MOST_MENTIONED} are taken", found.len()),
        ));
    }
    Ok(found)
}

/// `text` with each mention replaced by `@Name`.
pub fn with_names(text: &str) -> String {
    let (mut plain, mut told) = (String::with_capacity(text.len()), 0);
    for mention in each(text) {
        // What is part of another mention is none of its own.
        if mention.start < told {
            continue;
        }
        plain.push_str(&text[told..mention.start]);
        plain.push('@');
        plain.push_str(mention.name);
        told = mention.end;
    }
    plain.push_str(&text[told..]);
    plain
}

/// The target of each mention.
fn targets(text: &str) -> impl Iterator<Item = &str> {
    each(text).map(|mention| mention.target)
}

/// A mention and its range in the text.
struct Mention<'text> {
    name: &'text str,
    target: &'text str,
    start: usize,
    end: usize,
}

fn each(text: &str) -> impl Iterator<Item = Mention<'_>> {
    text.match_indices("@[").filter_map(|(start, opening)| {
        let rest = &text[start + opening.len()..];
        let (name, rest) = rest.split_once("](")?;
        let (target, rest) = rest.split_once(')')?;
        let on_one_line = !name.contains(['\n', '[', ']']) && !target.contains(char::is_whitespace);
        let mention = Mention { name, target, start, end: text.len() - rest.len() };
        (on_one_line && target.starts_with(PERSON)).then_some(mention)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ids(text: &str) -> Vec<String> {
        mentions(text, "body").expect("reads").iter().map(ToString::to_string).collect()
    }

    #[test]
    fn mentions_are_distinguished_from_links() {
        assert_eq!(ids("@[Alex](usr_AAAA) and @[Sam R.](usr_BBBB), @[Alex](usr_AAAA)"), ["usr_AAAA", "usr_BBBB"]);
        for none in [
            "",
            "@Alex",
            "[Alex](usr_AAAA)",
            "@[Alex] (usr_AAAA)",
            "@[Alex](https://example.com)",
            "@[Alex\n](usr_AAAA)",
            "@[Alex](usr_AAAA",
            "@[Alex](usr_ AAAA)",
        ] {
            assert!(ids(none).is_empty(), "{none}");
        }
        assert!(mentions("@[Alex](usr_?)", "body").is_err());
    }

    #[test]
    fn mentions_are_rendered_as_names() {
        let text = "@[Alex](usr_AAAA), see [this](https://example.com) with @[Sam R.](usr_BBBB)";
        assert_eq!(with_names(text), "@Alex, see [this](https://example.com) with @Sam R.");
        assert_eq!(with_names("mail @ home"), "mail @ home");
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "(\\PC|\n|@\\[|\\]\\(usr_|\\)){0,200}") {
            drop(mentions(&text, "body"));
            prop_assert!(with_names(&text).len() <= text.len());
        }

        #[test]
        fn mentions_are_found_in_order_without_duplicates(
            people in proptest::collection::vec(("[\\p{L} .'-]{1,20}", "[0-9A-Za-z]{4,20}"), 0..MOST_MENTIONED),
            between in "[\\p{L} .,\n(]{0,10}",
        ) {
            let text: String =
                people.iter().map(|(name, id)| format!("{between}@[{name}](usr_{id})")).collect();
            let mut expected: Vec<String> = Vec::new();
            for (_, id) in &people {
                let id = format!("usr_{id}");
                if !expected.contains(&id) {
                    expected.push(id);
                }
            }
            prop_assert_eq!(ids(&text), expected);
        }
    }
}
