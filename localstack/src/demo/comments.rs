//! Comments in the demo data.

use super::{Api, DemoError, text};
use serde_json::{Value, json};

/// What is said, as it is written down here. `@0` and `@1` mention the people by their places.
struct Said {
    /// The task's place in the list of tasks.
    task: usize,
    /// Who says it, by their place.
    by: usize,
    /// Whether it answers the one before.
    answers: bool,
    body: &'static str,
    /// What the other one reacts with.
    reaction: Option<&'static str>,
}

#[rustfmt::skip]
const SAID: &[Said] = &[
    Said { task: 10, by: 0, answers: false, reaction: Some("👍"),
        body: "@1 the address step is the slow one. Measured on a mid-range phone:\n\n- four pages: 48 s\n- one page: **29 s**" },
    Said { task: 10, by: 1, answers: true, reaction: Some("🎉"),
        body: "Then completion pays for itself. I keep the old route behind `?steps=4` until the sale is over." },
    Said { task: 10, by: 0, answers: true, reaction: None, body: "Good. Please tell support before it goes live." },
    Said { task: 6, by: 1, answers: false, reaction: Some("👀"),
        body: "The carrier's interface gives a range, not a day. Do we show \"Tue to Thu\", @0?" },
    Said { task: 6, by: 0, answers: true, reaction: Some("👍"), body: "Yes, and the later day in the mail." },
    Said { task: 14, by: 1, answers: false, reaction: None,
        body: "It is the cookie's path: `/de` and `/en` each keep a basket of their own." },
    Said { task: 9, by: 1, answers: false, reaction: Some("🚀"), body: "Median is down to 780 KB, the target was 900." },
];

/// Has `people` say it on `tasks`.
pub(super) async fn seed(people: [&Api; 2], ids: &[String; 2], tasks: &[String]) -> Result<(), DemoError> {
    let names = super::PEOPLE.map(|(name, _)| name);
    let mention = |place: usize| format!("@[{}]({})", names[place], ids[place]);
    let mut before = Value::Null;
    for said in SAID {
        let Some(task) = tasks.get(said.task) else { continue };
        let path = format!("/api/tasks/{task}/comments");
        let body = said.body.replace("@0", &mention(0)).replace("@1", &mention(1));
        let reply_to = if said.answers { before.clone() } else { Value::Null };
        before = people[said.by].post(&path, json!({"body": body, "reply_to": reply_to})).await?["id"].clone();
        if let Some(emoji) = said.reaction {
            let reaction = format!("{path}/{}/reactions/{}", text(&before), encoded(emoji));
            super::good(&reaction, people[1 - said.by].send(axum::http::Method::PUT, &reaction, None).await?)?;
        }
    }
    Ok(())
}

/// An emoji as paths hold it (RFC 3986, section 2.1).
fn encoded(emoji: &str) -> String {
    emoji.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
