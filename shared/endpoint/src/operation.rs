//! One endpoint, as the reference needs it.

use crate::route::Route;
use schemars::Schema;

/// One endpoint, as the document needs it.
pub struct Operation {
    /// Its route.
    pub route: Route,
    /// Its description.
    pub about: String,
    /// What its path names.
    pub path: Schema,
    /// What its query may ask.
    pub query: Schema,
    /// What is sent.
    pub body: Option<Schema>,
    /// Whether it has to be sent.
    pub body_required: bool,
    /// The status of a good answer.
    pub status: u16,
    /// The type of its body.
    pub content_type: &'static str,
    /// Whether it carries an `ETag`.
    pub tagged: bool,
    /// What is answered.
    pub answer: Option<Schema>,
}
