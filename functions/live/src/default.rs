//! `$default`: any other frame.

use millrace_domain::live::NoReply;
use millrace_endpoint::{Error, Incoming, Nothing, Result, SocketRoute};

/// Returns an error that lists the known actions.
#[derive(Clone)]
pub struct Default;

impl SocketRoute for Default {
    const NAME: &'static str = "live-default";
    const ABOUT: &'static str = "Answers a frame whose `action` is missing or unknown with an error frame.";
    const ROUTE: &'static str = "$default";
    type Uses = ();
    type Body = Nothing;
    type Output = NoReply;

    async fn handle(_: Incoming<Self>) -> Result<Vec<Self::Output>> {
        Err(Error::Malformed(
            "A frame is a JSON object whose action is subscribe, unsubscribe, presence, edit, cursor or ping."
                .to_owned(),
        ))
    }
}
