//! Comments on tasks: threads of one level, with the previous versions of each comment.

use crate::{
    Error, Result,
    comment::emoji::Emoji,
    id::{CommentId, TaskKey, UserId},
    resource::Versioned,
    text::Text,
};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A comment's text, as Markdown.
pub type CommentBody = Text<1, 10_000>;

/// The maximum size of a comment with all previous versions, in bytes: an item of the table holds 400 KB.
const MOST_BYTES: usize = 200_000;
/// The maximum size of a text in an event, in bytes: up to twenty-five events share a frame of 128 KB.
const MOST_TOLD: usize = 2_000;
/// The maximum number of different emoji per comment.
const MOST_EMOJI: usize = 50;
/// The maximum number of reactions per comment.
const MOST_REACTIONS: usize = 2_000;

/// A previous version of a comment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EarlierBody {
    /// The text, as Markdown.
    pub body: CommentBody,
    /// When this text was written.
    pub since: Timestamp,
}

/// A comment, without its reactions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentFields {
    /// The id.
    pub id: CommentId,
    /// The task.
    pub task: TaskKey,
    /// The author.
    pub author: UserId,
    /// The text; none once it was removed.
    pub body: Option<CommentBody>,
    /// The first comment of its thread; none if it is the first.
    pub reply_to: Option<CommentId>,
    /// The mentioned people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<UserId>,
    /// Previous versions, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<EarlierBody>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was last edited.
    pub edited_at: Option<Timestamp>,
}

/// The people who reacted with an emoji.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reaction {
    /// The emoji.
    pub emoji: Emoji,
    /// The people who reacted with it, without duplicates.
    pub people: Vec<UserId>,
}

/// The reactions to a comment: emoji and people.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reactions(BTreeMap<Emoji, Vec<UserId>>);

impl Reactions {
    /// Adds a reaction; false if it exists.
    pub fn add(&mut self, emoji: Emoji, person: &UserId) -> bool {
        let people = self.0.entry(emoji).or_default();
        match people.binary_search(person) {
            Ok(_) => false,
            Err(place) => {
                people.insert(place, person.clone());
                true
            }
        }
    }

    /// Removes a reaction; false if it does not exist.
    pub fn remove(&mut self, emoji: Emoji, person: &UserId) -> bool {
        let Some(people) = self.0.get_mut(&emoji) else { return false };
        let before = people.len();
        people.retain(|other| other != person);
        let removed = people.len() < before;
        if people.is_empty() {
            self.0.remove(&emoji);
        }
        removed
    }

    /// Refuses reactions beyond the limit.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `emoji`.
    pub fn check(&self) -> Result<()> {
        if self.0.len() > MOST_EMOJI {
            return Err(Error::field("emoji", format!("a comment takes at most {MOST_EMOJI} different emoji")));
        }
        if self.0.values().map(Vec::len).sum::<usize>() > MOST_REACTIONS {
            return Err(Error::field("emoji", format!("a comment takes at most {MOST_REACTIONS} reactions")));
        }
        Ok(())
    }

    /// Their representation.
    pub fn resource(&self) -> Vec<Reaction> {
        self.0.iter().map(|(emoji, people)| Reaction { emoji: *emoji, people: people.clone() }).collect()
    }
}

/// A comment on a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Comment {
    /// The id. Ids sort by time.
    pub id: CommentId,
    /// The task.
    pub task: TaskKey,
    /// The author.
    pub author: UserId,
    /// The text as Markdown with mentions such as `@[Alex](usr_4fJq8sNcX0aZ7LtVw2Rb)`; null for a removed comment with
    /// replies.
    pub body: Option<CommentBody>,
    /// The first comment of its thread; null if it is the first.
    pub reply_to: Option<CommentId>,
    /// The number of replies.
    pub reply_count: u32,
    /// The mentioned people.
    pub mentions: Vec<UserId>,
    /// The reactions, by emoji.
    pub reactions: Vec<Reaction>,
    /// Previous versions, oldest first.
    pub earlier: Vec<EarlierBody>,
    /// Incremented by each edit.
    pub version: u64,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was last edited; null if never.
    pub edited_at: Option<Timestamp>,
}

impl Versioned for Comment {
    fn version(&self) -> u64 {
        self.version
    }
}

/// A comment as events carry it: without its earlier texts, and with the first 2,000 bytes of a long text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CommentExcerpt {
    /// The id.
    pub id: CommentId,
    /// The task.
    pub task: TaskKey,
    /// The author.
    pub author: UserId,
    /// Its text, or the beginning of a long one; null for a comment that was removed.
    pub body: Option<String>,
    /// Whether `body` is the whole text.
    pub whole: bool,
    /// The first comment of its thread.
    pub reply_to: Option<CommentId>,
    /// The mentioned people.
    pub mentions: Vec<UserId>,
    /// The number of replies.
    pub reply_count: u32,
    /// Its version.
    pub version: u64,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was last edited.
    pub edited_at: Option<Timestamp>,
}

impl CommentFields {
    /// Replaces the text as of `now`, and keeps the previous version.
    ///
    /// # Errors
    /// [`Error::Conflict`] if no more versions can be kept.
    pub fn edit(&mut self, body: CommentBody, mentions: Vec<UserId>, now: Timestamp) -> Result<()> {
        let since = self.edited_at.unwrap_or(self.created_at);
        self.earlier.extend(self.body.take().map(|body| EarlierBody { body, since }));
        let bytes = body.len() + self.earlier.iter().map(|earlier| earlier.body.len()).sum::<usize>();
        if bytes > MOST_BYTES {
            return Err(Error::conflict("This comment was edited as often as its history holds. Write a new one."));
        }
        self.body = Some(body);
        self.mentions = mentions;
        self.edited_at = Some(now);
        Ok(())
    }

    /// Removes everything but its place in the thread.
    pub fn empty(&mut self) {
        self.body = None;
        self.mentions.clear();
        self.earlier.clear();
    }

    /// The first comment of the thread that a reply to this one joins.
    pub fn thread(&self) -> &CommentId {
        self.reply_to.as_ref().unwrap_or(&self.id)
    }

    /// Its representation.
    pub fn resource(&self, version: u64, reply_count: u32, reactions: &Reactions) -> Comment {
        Comment {
            id: self.id.clone(),
            task: self.task.clone(),
            author: self.author.clone(),
            body: self.body.clone(),
            reply_to: self.reply_to.clone(),
            reply_count,
            mentions: self.mentions.clone(),
            reactions: if self.body.is_some() { reactions.resource() } else { Vec::new() },
            earlier: self.earlier.clone(),
            version,
            created_at: self.created_at,
            edited_at: self.edited_at,
        }
    }
}

impl Comment {
    /// The comment as events carry it.
    pub fn excerpt(&self) -> CommentExcerpt {
        let body = self.body.as_ref().map(|body| beginning(body, MOST_TOLD));
        CommentExcerpt {
            id: self.id.clone(),
            task: self.task.clone(),
            author: self.author.clone(),
            whole: self.body.as_ref().map(|body| body.len()) == body.map(str::len),
            body: body.map(str::to_owned),
            reply_to: self.reply_to.clone(),
            mentions: self.mentions.clone(),
            reply_count: self.reply_count,
            version: self.version,
            created_at: self.created_at,
            edited_at: self.edited_at,
        }
    }
}

/// The longest prefix of whole characters that fits into `most` bytes.
fn beginning(text: &str, most: usize) -> &str {
    &text[..text.floor_char_boundary(most)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("in range")
    }

    fn comment(body: &str) -> CommentFields {
        CommentFields {
            id: CommentId::at(at(1)),
            task: "WEB-1".parse().expect("a key"),
            author: UserId::random(),
            body: Some(CommentBody::new(body).expect("fits")),
            reply_to: None,
            mentions: Vec::new(),
            earlier: Vec::new(),
            created_at: at(1),
            edited_at: None,
        }
    }

    #[test]
    fn an_edit_keeps_the_previous_text_and_its_time() {
        let mut comment = comment("One");
        for (second, body) in [(5, "Two"), (9, "Three")] {
            comment.edit(CommentBody::new(body).expect("fits"), Vec::new(), at(second)).expect("is kept");
        }
        let earlier: Vec<_> = comment.earlier.iter().map(|earlier| (earlier.body.as_str(), earlier.since)).collect();
        assert_eq!(earlier, [("One", at(1)), ("Two", at(5))]);
        assert_eq!(comment.body.as_deref(), Some("Three"));
    }

    #[test]
    fn an_edit_beyond_the_history_limit_is_refused() {
        let (mut comment, long) = (comment("One"), CommentBody::new(&"a".repeat(10_000)).expect("fits"));
        let refused = (0..100).find_map(|_| comment.edit(long.clone(), Vec::new(), at(2)).err());
        assert!(matches!(refused, Some(Error::Conflict { .. })));
    }

    #[test]
    fn a_reply_to_a_reply_joins_the_same_thread() {
        let first = comment("One");
        let reply = CommentFields { id: CommentId::at(at(2)), reply_to: Some(first.id.clone()), ..comment("Two") };
        assert_eq!((first.thread(), reply.thread()), (&first.id, &first.id));
    }

    proptest! {
        #[test]
        fn event_text_is_truncated_at_a_character_boundary(body in "\\PC{1,3000}") {
            let Ok(body) = CommentBody::new(&body) else { return Ok(()) };
            let comment = CommentFields { body: Some(body.clone()), ..comment("x") };
            let told = comment.resource(1, 0, &Reactions::default()).excerpt();
            let begins = told.body.expect("says something");
            prop_assert!(body.starts_with(&begins) && begins.len() <= MOST_TOLD);
            prop_assert_eq!(told.whole, begins.len() == body.len());
            prop_assert!(told.whole || begins.len() > MOST_TOLD - 4);
        }

        #[test]
        fn a_reaction_counts_once_per_person_and_emoji(steps in proptest::collection::vec((0..3usize, 0..3usize, any::<bool>()), 0..40)) {
            let emoji = ["👍", "🎉", "👀"].map(|emoji| Emoji::new(emoji).expect("an emoji"));
            let people = [UserId::random(), UserId::random(), UserId::random()];
            let (mut reactions, mut expected) = (Reactions::default(), std::collections::BTreeSet::new());
            for (emoji_at, person, adds) in steps {
                let changed = if adds {
                    reactions.add(emoji[emoji_at], &people[person])
                } else {
                    reactions.remove(emoji[emoji_at], &people[person])
                };
                let pair = (emoji[emoji_at], people[person].clone());
                prop_assert_eq!(changed, if adds { expected.insert(pair) } else { expected.remove(&pair) });
            }
            let shown = reactions.resource();
            let pairs = shown.iter().flat_map(|reaction| reaction.people.iter().map(|person| (reaction.emoji, person.clone())));
            prop_assert_eq!(pairs.collect::<std::collections::BTreeSet<_>>(), expected);
            prop_assert!(shown.iter().all(|reaction| !reaction.people.is_empty()));
        }
    }
}
