//! What a function may access. Its code receives the capabilities it declares, and its role grants exactly those.

use crate::{
    platform::Platform,
    queue::{Message, QueueName},
    token::{Claims, VerifyingKeys},
};
use aws_sdk_dynamodb::error::DisplayErrorContext;
use aws_sdk_sqs::types::SendMessageBatchRequestEntry;
use futures::{StreamExt, stream};
use millrace_domain::{Error, Result};
use millrace_store::{Read, Table, Write, due::DueIndex};
use serde::Serialize;
use serde_json::{Value, json};
use std::{marker::PhantomData, sync::Arc, time::Duration};

/// Something that a statement of an IAM policy is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Resource {
    /// The table.
    Table,
    /// The table's index.
    Index,
    /// The table's index of what falls due.
    DueIndex,
    /// The table's stream.
    Stream,
    /// A queue.
    Queue(QueueName),
    /// What of a queue could not be done.
    DeadLetters(QueueName),
    /// The objects of the bucket of files whose keys begin so; the bucket itself where nothing is given.
    Blobs(&'static str),
    /// The open sockets.
    Sockets,
    /// The identity that mail comes from.
    MailIdentity,
    /// The parameter that holds the private signing key.
    SigningKey,
}

/// One statement of a function's IAM policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Grant {
    /// What is allowed, by the service's own names of its actions.
    pub actions: &'static [&'static str],
    /// On what.
    pub resource: Resource,
}

/// Something that a function may touch.
pub trait Capability: Clone + Send + Sync + 'static {
    /// What the function's role allows for it.
    const GRANTS: &'static [Grant];
    /// Hands it out.
    fn connect(platform: &Arc<Platform>) -> Self;
}

/// All that a function may touch: a tuple of capabilities.
pub trait Capabilities: Clone + Send + Sync + 'static {
    /// What the function's role allows.
    fn grants() -> Vec<Grant>;
    /// Hands them out.
    fn connect(platform: &Arc<Platform>) -> Self;
}

/// A tuple that holds `C`. `Position` is found by the compiler.
#[diagnostic::on_unimplemented(
    message = "this function does not declare the capability `{C}`",
    label = "declare it in `type Uses`"
)]
pub trait Holds<C, Position> {
    /// The capability.
    fn held(&self) -> &C;
}

/// The first capability of a tuple.
pub struct First;
/// The second capability of a tuple.
pub struct Second;
/// The third capability of a tuple.
pub struct Third;
/// The fourth capability of a tuple.
pub struct Fourth;
/// The fifth capability of a tuple.
pub struct Fifth;
/// The sixth capability of a tuple.
pub struct Sixth;
/// The seventh capability of a tuple.
pub struct Seventh;

macro_rules! tuples {
    ($(($($letter:ident),*))+) => {
        $(impl<$($letter: Capability),*> Capabilities for ($($letter,)*) {
            fn grants() -> Vec<Grant> {
                #[allow(unused_mut, reason = "the empty tuple grants nothing")]
                let mut grants: Vec<Grant> = Vec::new();
                $(grants.extend_from_slice($letter::GRANTS);)*
                grants.sort();
                grants.dedup();
                grants
            }
            #[allow(unused_variables, clippy::unused_unit, reason = "the empty tuple touches nothing")]
            fn connect(platform: &Arc<Platform>) -> Self {
                ($($letter::connect(platform),)*)
            }
        })+
    };
}
tuples!(()(A)(A, B)(A, B, C)(A, B, C, D)(A, B, C, D, E)(A, B, C, D, E, F)(A, B, C, D, E, F, G));

macro_rules! holds {
    ($($tuple:ty [$($generic:ident),+] $position:ident $held:ident $index:tt;)+) => {
        $(impl<$($generic),+> Holds<$held, $position> for $tuple {
            fn held(&self) -> &$held {
                &self.$index
            }
        })+
    };
}
holds! {
    (A,) [A] First A 0;
    (A, B) [A, B] First A 0;
    (A, B) [A, B] Second B 1;
    (A, B, C) [A, B, C] First A 0;
    (A, B, C) [A, B, C] Second B 1;
    (A, B, C) [A, B, C] Third C 2;
    (A, B, C, D) [A, B, C, D] First A 0;
    (A, B, C, D) [A, B, C, D] Second B 1;
    (A, B, C, D) [A, B, C, D] Third C 2;
    (A, B, C, D) [A, B, C, D] Fourth D 3;
    (A, B, C, D, E) [A, B, C, D, E] First A 0;
    (A, B, C, D, E) [A, B, C, D, E] Second B 1;
    (A, B, C, D, E) [A, B, C, D, E] Third C 2;
    (A, B, C, D, E) [A, B, C, D, E] Fourth D 3;
    (A, B, C, D, E) [A, B, C, D, E] Fifth E 4;
    (A, B, C, D, E, F) [A, B, C, D, E, F] First A 0;
    (A, B, C, D, E, F) [A, B, C, D, E, F] Second B 1;
    (A, B, C, D, E, F) [A, B, C, D, E, F] Third C 2;
    (A, B, C, D, E, F) [A, B, C, D, E, F] Fourth D 3;
    (A, B, C, D, E, F) [A, B, C, D, E, F] Fifth E 4;
    (A, B, C, D, E, F) [A, B, C, D, E, F] Sixth F 5;
    (A, B, C, D, E, F, G) [A, B, C, D, E, F, G] First A 0;
    (A, B, C, D, E, F, G) [A, B, C, D, E, F, G] Second B 1;
    (A, B, C, D, E, F, G) [A, B, C, D, E, F, G] Third C 2;
    (A, B, C, D, E, F, G) [A, B, C, D, E, F, G] Fourth D 3;
    (A, B, C, D, E, F, G) [A, B, C, D, E, F, G] Fifth E 4;
    (A, B, C, D, E, F, G) [A, B, C, D, E, F, G] Sixth F 5;
    (A, B, C, D, E, F, G) [A, B, C, D, E, F, G] Seventh G 6;
}

const READ: &[&str] = &["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:Query"];
const WRITE: &[&str] = &[
    "dynamodb:BatchGetItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:DeleteItem",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Query",
    "dynamodb:UpdateItem",
];
const INDEX: Grant = Grant { actions: &["dynamodb:Query"], resource: Resource::Index };

impl Capability for Table<Read> {
    const GRANTS: &'static [Grant] = &[Grant { actions: READ, resource: Resource::Table }, INDEX];
    fn connect(platform: &Arc<Platform>) -> Self {
        Table::new(platform.dynamodb().clone(), platform.settings.table.as_str(), platform.cursors.clone())
    }
}

impl Capability for Table<Write> {
    const GRANTS: &'static [Grant] = &[Grant { actions: WRITE, resource: Resource::Table }, INDEX];
    fn connect(platform: &Arc<Platform>) -> Self {
        Table::new(platform.dynamodb().clone(), platform.settings.table.as_str(), platform.cursors.clone())
    }
}

impl Capability for DueIndex {
    const GRANTS: &'static [Grant] = &[Grant { actions: &["dynamodb:Query"], resource: Resource::DueIndex }];
    fn connect(platform: &Arc<Platform>) -> Self {
        Self::new(Table::connect(platform))
    }
}

/// Signs access tokens.
#[derive(Clone)]
pub struct Signer(Arc<Platform>);

impl Signer {
    /// Signs a token.
    ///
    /// # Errors
    /// [`Error::Internal`] where the key cannot be had.
    pub async fn sign(&self, claims: &Claims) -> Result<String> {
        self.0.signing_key().await?.sign(claims)
    }
}

impl Capability for Signer {
    const GRANTS: &'static [Grant] = &[Grant { actions: &["ssm:GetParameter"], resource: Resource::SigningKey }];
    fn connect(platform: &Arc<Platform>) -> Self {
        Self(platform.clone())
    }
}

/// The public keys, to be published. They are in every function's settings: no grant is needed.
#[derive(Clone)]
pub struct PublicKeys(pub VerifyingKeys);

impl Capability for PublicKeys {
    const GRANTS: &'static [Grant] = &[];
    fn connect(platform: &Arc<Platform>) -> Self {
        Self(platform.keys.clone())
    }
}

/// A queue that messages of one type are sent to. The message names the queue.
pub struct Sender<M>(Arc<Platform>, PhantomData<M>);

impl<M> Clone for Sender<M> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), PhantomData)
    }
}

impl<M: Message> Sender<M> {
    /// Puts a message into the queue; once this returns, it is not lost.
    ///
    /// # Errors
    /// [`Error::Internal`] where the queue does not take it.
    pub async fn send(&self, message: &M) -> Result<()> {
        let body = serde_json::to_string(message).map_err(Error::internal)?;
        let sent = self.0.sqs().send_message().queue_url(self.url()?).message_body(body).send().await;
        sent.map(drop).map_err(|error| Error::internal(DisplayErrorContext(error).to_string()))
    }

    /// Puts messages into the queue, as few calls as AWS allows; once this returns, none is lost. Where it fails, some
    /// of them may be in the queue: consumers are idempotent.
    ///
    /// # Errors
    /// [`Error::Internal`] where the queue does not take one of them.
    pub async fn send_all(&self, messages: &[M]) -> Result<()> {
        self.send_all_after(messages, Duration::ZERO).await
    }

    /// As [`Sender::send_all`], for messages that are to come after a while, at most fifteen minutes.
    ///
    /// # Errors
    /// As [`Sender::send_all`].
    pub async fn send_all_after(&self, messages: &[M], wait: Duration) -> Result<()> {
        let url = self.url()?;
        let seconds = i32::try_from(wait.as_secs()).map_err(Error::internal)?;
        let mut bodies = Vec::with_capacity(messages.len());
        for message in messages {
            bodies.push(serde_json::to_string(message).map_err(Error::internal)?);
        }
        let calls = batches(bodies).into_iter().map(|batch| async move {
            let entries = batch.into_iter().enumerate().map(|(index, body)| {
                let entry = SendMessageBatchRequestEntry::builder().id(index.to_string()).message_body(body);
                entry.delay_seconds(seconds).build()
            });
            let entries = entries.collect::<Result<_, _>>().map_err(Error::internal)?;
            let sent = self.0.sqs().send_message_batch().queue_url(url).set_entries(Some(entries)).send().await;
            let answer = sent.map_err(|error| Error::internal(DisplayErrorContext(error).to_string()))?;
            match answer.failed().first() {
                Some(refused) => Err(Error::internal(format!("{}: {}", M::QUEUE.as_str(), refused.code()))),
                None => Ok(()),
            }
        });
        futures::future::try_join_all(calls).await.map(drop)
    }

    fn url(&self) -> Result<&str> {
        let url = self.0.settings.queues.get(M::QUEUE.as_str());
        url.map(String::as_str).ok_or_else(|| Error::internal(format!("{} is not set", M::QUEUE.variable())))
    }
}

/// SQS takes ten messages a call, and 256 KB in all
/// (<https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatch.html>).
const MESSAGES_A_CALL: usize = 10;
const BYTES_A_CALL: usize = 256 * 1024;

fn batches(bodies: Vec<String>) -> Vec<Vec<String>> {
    let mut batches: Vec<Vec<String>> = Vec::new();
    let mut bytes = 0;
    for body in bodies {
        bytes += body.len();
        match batches.last_mut() {
            Some(batch) if batch.len() < MESSAGES_A_CALL && bytes <= BYTES_A_CALL => batch.push(body),
            _ => {
                bytes = body.len();
                batches.push(vec![body]);
            }
        }
    }
    batches
}

impl<M: Message> Capability for Sender<M> {
    const GRANTS: &'static [Grant] = &[Grant { actions: &["sqs:SendMessage"], resource: Resource::Queue(M::QUEUE) }];
    fn connect(platform: &Arc<Platform>) -> Self {
        Self(platform.clone(), PhantomData)
    }
}

/// Posts frames to open sockets.
#[derive(Clone)]
pub struct Sockets(Arc<Platform>);

/// How a post to a socket went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posted {
    /// It was taken.
    Taken,
    /// The socket is gone: forget it.
    Gone,
    /// It was not taken this time: the client will notice that it missed something.
    Missed,
}

/// A socket that takes longer than this to take a frame does without it.
const LONGEST_POST: Duration = Duration::from_secs(2);
/// How many posts are under way at once.
const POSTS_AT_ONCE: usize = 64;

impl Sockets {
    /// Posts one frame to one socket.
    ///
    /// # Errors
    /// [`Error::Internal`] where the frame cannot be written as JSON.
    pub async fn post(&self, connection: &str, frame: &impl Serialize) -> Result<Posted> {
        let bytes = serde_json::to_vec(frame).map_err(Error::internal)?;
        Ok(self.post_bytes(connection, bytes.into()).await)
    }

    /// Posts one frame to many sockets at once, none of which waits for another.
    ///
    /// # Errors
    /// [`Error::Internal`] where the frame cannot be written as JSON.
    pub async fn post_all(&self, connections: Vec<String>, frame: &impl Serialize) -> Result<Vec<(String, Posted)>> {
        let bytes: bytes::Bytes = serde_json::to_vec(frame).map_err(Error::internal)?.into();
        let posts = connections.into_iter().map(|connection| {
            let bytes = bytes.clone();
            async move {
                let posted = self.post_bytes(&connection, bytes).await;
                (connection, posted)
            }
        });
        Ok(stream::iter(posts).buffer_unordered(POSTS_AT_ONCE).collect().await)
    }

    async fn post_bytes(&self, connection: &str, bytes: bytes::Bytes) -> Posted {
        let post = self.0.sockets().post_to_connection().connection_id(connection).data(bytes.to_vec().into());
        match tokio::time::timeout(LONGEST_POST, post.send()).await {
            Ok(Ok(_)) => Posted::Taken,
            Ok(Err(error)) if error.as_service_error().is_some_and(|error| error.is_gone_exception()) => Posted::Gone,
            Ok(Err(error)) => {
                tracing::warn!(connection, error = %DisplayErrorContext(error), "a frame was not taken");
                Posted::Missed
            }
            Err(_) => Posted::Missed,
        }
    }
}

impl Capability for Sockets {
    const GRANTS: &'static [Grant] =
        &[Grant { actions: &["execute-api:ManageConnections"], resource: Resource::Sockets }];
    fn connect(platform: &Arc<Platform>) -> Self {
        Self(platform.clone())
    }
}

/// Sends mail.
#[derive(Clone)]
pub struct Mailer(Arc<Platform>);

/// A mail that is ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Headers beside the usual ones, by name.
    pub headers: Vec<(&'static str, String)>,
    /// The recipient.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its text, for those who read plain text.
    pub text: String,
    /// Its text as a page.
    pub html: String,
}

impl Mailer {
    /// Sends a mail through SES.
    ///
    /// # Errors
    /// [`Error::Internal`] where SES does not take it; the queue tries again.
    pub async fn send(&self, letter: &Letter) -> Result<()> {
        let content = |text: &str| json!({"Data": text, "Charset": "UTF-8"});
        let headers: Vec<Value> =
            letter.headers.iter().map(|(name, value)| json!({"Name": name, "Value": value})).collect();
        let message = json!({
            "FromEmailAddress": self.0.settings.mail_from,
            "Destination": {"ToAddresses": [letter.to]},
            "Content": {"Simple": {
                "Subject": content(&letter.subject),
                "Body": {"Text": content(&letter.text), "Html": content(&letter.html)},
                "Headers": headers,
            }},
        });
        self.0.send_email().await?.call(message).await.map(drop).map_err(Error::internal)
    }
}

impl Capability for Mailer {
    const GRANTS: &'static [Grant] = &[Grant { actions: &["ses:SendEmail"], resource: Resource::MailIdentity }];
    fn connect(platform: &Arc<Platform>) -> Self {
        Self(platform.clone())
    }
}
