//! The SES stand-in: a mailbox that stores sent mail.

use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::records::Records;
use super::wire::{self, Answer, REST_JSON};
use super::{Now, StandInError};

/// Everything that was sent. Clones share it.
#[derive(Clone)]
pub struct Mailbox {
    records: Arc<Records>,
    now: Now,
    refusals: Arc<Mutex<Refusals>>,
    arrived: tokio::sync::watch::Sender<u64>,
}

#[derive(Default)]
struct Refusals {
    left: usize,
    kind: String,
}

/// One message as its recipients would have it.
#[derive(Clone, Debug, Serialize)]
pub struct Mail {
    /// The id that the sender was given.
    pub id: String,
    /// The sender's address, with a name if it had one.
    pub from: String,
    /// Every recipient's address.
    pub to: Vec<String>,
    /// The subject.
    pub subject: String,
    /// The plain text, or nothing.
    pub text: String,
    /// The HTML, or nothing.
    pub html: String,
    /// Headers that the sender added, by name.
    pub headers: Vec<(String, String)>,
    /// The addresses on the web that the text and the HTML name, each once and in order.
    pub links: Vec<String>,
    /// When it was sent.
    pub at: Timestamp,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct SendEmail {
    #[serde(default)]
    from_email_address: String,
    #[serde(default)]
    destination: Destination,
    content: Content,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
struct Destination {
    to_addresses: Vec<String>,
    cc_addresses: Vec<String>,
    bcc_addresses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Content {
    simple: Option<Simple>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Simple {
    subject: Part,
    body: Body,
    #[serde(default)]
    headers: Vec<Header>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Part {
    data: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Body {
    text: Option<Part>,
    html: Option<Part>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Header {
    name: String,
    value: String,
}

impl Mailbox {
    pub(crate) fn new(records: Arc<Records>, now: Now) -> Self {
        Self { records, now, refusals: Arc::default(), arrived: tokio::sync::watch::Sender::new(0) }
    }

    /// What was sent, newest first; to one address, in whatever case, or to all.
    ///
    /// # Errors
    /// When the records cannot be read.
    pub fn list(&self, to: Option<&str>, limit: usize) -> Result<Vec<Mail>, StandInError> {
        let select = "SELECT id, sender, recipients, subject, text, html, headers, at FROM mail
            WHERE ?1 IS NULL OR EXISTS (SELECT 1 FROM json_each(recipients) WHERE lower(value) = lower(?1))
            ORDER BY seq DESC LIMIT ?2";
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        Ok(self.records.read(|c| c.prepare_cached(select)?.query_map(params![to, limit], mail)?.collect())?)
    }

    /// Forgets everything that was sent.
    ///
    /// # Errors
    /// When the records cannot be written.
    pub fn clear(&self) -> Result<(), StandInError> {
        self.records.write(|c| c.execute("DELETE FROM mail", []))?;
        Ok(())
    }

    /// A number that grows with every message, to wait on.
    #[must_use]
    pub fn arrivals(&self) -> tokio::sync::watch::Receiver<u64> {
        self.arrived.subscribe()
    }

    /// Has the next so many messages refused with an error of SES, such as `MessageRejected`,
    /// `AccountSuspendedException` or `TooManyRequestsException`; zero ends it.
    pub fn refuse_next(&self, messages: usize, kind: &str) {
        *self.refusals.lock().unwrap_or_else(PoisonError::into_inner) = Refusals { left: messages, kind: kind.into() };
    }

    pub(crate) fn answer(&self, method: &str, path: &str, body: &[u8]) -> Answer {
        if (method, path) != ("POST", "/v2/email/outbound-emails") {
            return wire::rest_error(404, "NotFoundException", "the stand-in has no such operation");
        }
        if let Some(kind) = self.refusal() {
            let status = match kind.as_str() {
                "TooManyRequestsException" => 429,
                "InternalServiceErrorException" => 500,
                _ => 400,
            };
            return wire::rest_error(status, &kind, "refused as asked");
        }
        let send: SendEmail = match serde_json::from_slice(body) {
            Ok(send) => send,
            Err(error) => return wire::rest_error(400, "BadRequestException", &error.to_string()),
        };
        let Some(simple) = send.content.simple else {
            return wire::rest_error(400, "BadRequestException", "the stand-in takes simple content only");
        };
        let Destination { mut to_addresses, cc_addresses, bcc_addresses } = send.destination;
        to_addresses.extend(cc_addresses.into_iter().chain(bcc_addresses));
        if to_addresses.is_empty() || to_addresses.len() > 50 || send.from_email_address.is_empty() {
            return wire::rest_error(400, "BadRequestException", "a sender and 1 to 50 recipients are needed");
        }
        match self.keep(&send.from_email_address, &to_addresses, simple) {
            Ok(id) => {
                self.arrived.send_modify(|n| *n += 1);
                wire::answer(200, REST_JSON, json!({"MessageId": id}).to_string())
            }
            Err(error) => wire::rest_error(500, "InternalServiceErrorException", &error.to_string()),
        }
    }

    fn refusal(&self) -> Option<String> {
        let mut refusals = self.refusals.lock().unwrap_or_else(PoisonError::into_inner);
        refusals.left = refusals.left.checked_sub(1)?;
        Some(refusals.kind.clone())
    }

    fn keep(&self, from: &str, to: &[String], mail: Simple) -> rusqlite::Result<String> {
        let id = ulid::Ulid::generate().to_string();
        let headers: Vec<_> = mail.headers.iter().map(|h| (&h.name, &h.value)).collect();
        let values = params![
            id,
            from,
            json!(to).to_string(),
            mail.subject.data,
            mail.body.text.unwrap_or_default().data,
            mail.body.html.unwrap_or_default().data,
            json!(headers).to_string(),
            (self.now)().as_millisecond(),
        ];
        let insert = "INSERT INTO mail (id, sender, recipients, subject, text, html, headers, at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.records.write(|c| c.prepare_cached(insert)?.execute(values))?;
        Ok(id)
    }
}

fn mail(row: &Row<'_>) -> rusqlite::Result<Mail> {
    let (text, html): (String, String) = (row.get(4)?, row.get(5)?);
    let links = links(&text, &html);
    Ok(Mail {
        id: row.get(0)?,
        from: row.get(1)?,
        to: serde_json::from_str(&row.get::<_, String>(2)?).unwrap_or_default(),
        subject: row.get(3)?,
        headers: serde_json::from_str(&row.get::<_, String>(6)?).unwrap_or_default(),
        at: Timestamp::from_millisecond(row.get(7)?).unwrap_or_default(),
        links,
        text,
        html,
    })
}

fn links(text: &str, html: &str) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    let html = addresses(html).map(|link| link.replace("&amp;", "&"));
    for link in addresses(text).map(str::to_owned).chain(html) {
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

fn addresses(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices("http").map(|(at, _)| &text[at..]);
    starts.filter(|rest| rest.starts_with("http://") || rest.starts_with("https://")).map(|rest| {
        let end = rest.find(|c: char| c.is_whitespace() || "\"'<>()[]".contains(c)).unwrap_or(rest.len());
        rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?'])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_extracted_once_without_surrounding_punctuation() {
        let text = "Come in: http://localhost:4600/invites/a1?x=1&y=2. Or see https://example.org/!";
        let html = r#"<a href="http://localhost:4600/invites/a1?x=1&amp;y=2">in</a> (https://example.org/help)"#;
        let expected = ["http://localhost:4600/invites/a1?x=1&y=2", "https://example.org/", "https://example.org/help"];
        assert_eq!(links(text, html), expected);
    }
}
