//! Comments, mentions and reactions.

pub mod emoji;
pub mod mention;
mod thread;

pub use thread::{Comment, CommentBody, CommentExcerpt, CommentFields, EarlierBody, Reaction, Reactions};
