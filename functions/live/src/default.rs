//! `$default`: a frame that nothing else takes.

use millrace_endpoint::{Error, Frame, Nothing, Result, SocketRoute};
use serde_json::Value;

/// Says which frames there are.
#[derive(Clone)]
pub struct Default;

impl SocketRoute for Default {
    const NAME: &'static str = "live-default";
    const ABOUT: &'static str = "Answers a frame whose `action` is missing or unknown with an error frame.";
    const ROUTE: &'static str = "$default";
    type Uses = ();
    type Body = Nothing;

    async fn handle(_: Frame<Self>) -> Result<Vec<Value>> {
        Err(Error::Malformed(
            "A frame is a JSON object whose action is subscribe, unsubscribe, presence, edit, cursor or ping."
                .to_owned(),
        ))
    }
}
