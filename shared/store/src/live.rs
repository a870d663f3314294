//! Open sockets, presence, and the position of a board's feed. Everything but the feed expires by TTL.

use crate::core::{
    failure::failed,
    item::{Entity, Stored, attributes, key_attributes},
    keys,
    scope::{Internal, Scope, Verified},
    table::{Mode, Table, Write, read_all},
    transaction::Beside,
};
use aws_sdk_dynamodb::types::ReturnValue;
use jiff::{SignedDuration, Timestamp};
use millrace_domain::{
    Error, Result,
    id::{BoardId, EventId, SessionId, UserId, WorkspaceId},
    live::presence::{PresenceState, Present},
    text::Name,
};
use serde::{Deserialize, Serialize};

/// How far a board's feed was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Feed {
    /// The last event that was sent.
    pub cursor: EventId,
    /// The one before the last batch, for a batch that is delivered again.
    pub previous: EventId,
    /// The stream's number of the last record of that batch.
    pub sequence: String,
}

impl Feed {
    /// The feed of a board that nothing happened on yet.
    pub fn new() -> Self {
        Self { cursor: EventId::nil(), previous: EventId::nil(), sequence: String::new() }
    }

    /// Whether the stream's record `sequence` is past what was sent. Numbers without leading zeros: a longer one is larger.
    pub fn precedes(&self, sequence: &str) -> bool {
        (self.sequence.len(), self.sequence.as_str()) < (sequence.len(), sequence)
    }
}

impl Default for Feed {
    fn default() -> Self {
        Self::new()
    }
}

impl Entity for Feed {
    const WHAT: &'static str = "feed";
}

/// A ticket for the socket: good once, and for seconds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    /// Whose.
    pub user: UserId,
    /// For which workspace.
    pub workspace: WorkspaceId,
    /// By which sign-in.
    pub session: SessionId,
    /// Until when.
    pub expires_at: Timestamp,
}

impl Entity for Ticket {
    const WHAT: &'static str = "ticket";
}

/// An open socket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Connection {
    /// Whose.
    pub user: UserId,
    /// For which workspace.
    pub workspace: WorkspaceId,
    /// By which sign-in.
    pub session: SessionId,
    /// The boards that it listens to.
    pub boards: Vec<BoardId>,
}

impl Entity for Connection {
    const WHAT: &'static str = "connection";
}

impl Stored<Connection> {
    /// A scope for what follows from the socket itself, whoever its person is by now.
    pub fn scope(&self) -> Scope<Internal> {
        Scope::stored(self.value.workspace.clone())
    }
}

/// A socket that listens to a board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Socket {
    /// The connection.
    pub connection: String,
    /// Whose.
    pub user: UserId,
    /// The name to show.
    pub name: Name,
    /// Whether the person looks at the board.
    pub state: PresenceState,
    /// When it was last heard of.
    pub seen_at: Timestamp,
}

impl Entity for Socket {
    const WHAT: &'static str = "socket";
}

/// A socket that was not heard of for this long belongs to nobody: clients ping every ten seconds.
pub const SILENCE: SignedDuration = SignedDuration::from_secs(25);

/// Who is on a board, each person once, by name: whoever was heard of lately on any of their sockets.
pub fn present(sockets: &[Socket], now: Timestamp) -> Vec<Present> {
    let mut people: Vec<Present> = Vec::new();
    for socket in sockets.iter().filter(|socket| now.duration_since(socket.seen_at) < SILENCE) {
        match people.iter_mut().find(|person| person.id == socket.user) {
            Some(person) => person.state = person.state.max(socket.state),
            None => people.push(Present { id: socket.user.clone(), name: socket.name.clone(), state: socket.state }),
        }
    }
    people.sort_by(|one, other| (&one.name, &one.id).cmp(&(&other.name, &other.id)));
    people
}

/// API Gateway closes a socket after two hours; nothing of one is kept for longer.
pub(crate) const LONGEST: SignedDuration = SignedDuration::from_hours(2);

impl<M: Mode> Table<M> {
    /// An open socket.
    ///
    /// # Errors
    /// [`Error::Unauthorized`] where it is not known (any more).
    pub async fn connection(&self, connection: &str) -> Result<Stored<Connection>> {
        let found = self.get(&keys::connection(connection)).await?;
        found.ok_or_else(|| Error::Unauthorized("This socket is not signed in; open it again.".to_owned()))
    }

    /// The sockets that listen to a board.
    ///
    /// # Errors
    /// As every read.
    pub async fn sockets<S>(&self, scope: &Scope<S>, board: &BoardId) -> Result<Vec<Socket>> {
        let sockets: Vec<Stored<Socket>> = read_all(&self.all(&keys::sockets(scope.workspace(), board)).await?)?;
        Ok(sockets.into_iter().map(|socket| socket.value).collect())
    }

    /// How far a board's feed was sent; none before the first event.
    ///
    /// # Errors
    /// As every read.
    pub async fn feed<S>(&self, scope: &Scope<S>, board: &BoardId) -> Result<Option<Feed>> {
        Ok(self.get(&keys::feed(scope.workspace(), board)).await?.map(|feed| feed.value))
    }
}

impl Table<Write> {
    /// Keeps a ticket by the hash of its secret.
    ///
    /// # Errors
    /// As every write.
    pub async fn put_ticket(&self, hash: &str, ticket: &Ticket) -> Result<()> {
        self.put_ephemeral(&keys::ticket(hash), ticket, ticket.expires_at).await
    }

    /// Takes a ticket, which is good once, with a scope for the socket that it opens.
    ///
    /// # Errors
    /// [`Error::Unauthorized`] where there is none, or it is too old.
    pub async fn take_ticket(&self, hash: &str, now: Timestamp) -> Result<(Ticket, Scope<Internal>)> {
        let taken = self
            .client
            .delete_item()
            .table_name(&*self.name)
            .set_key(Some(key_attributes(&keys::ticket(hash))))
            .return_values(ReturnValue::AllOld)
            .send()
            .await
            .map_err(failed)?;
        let ticket =
            taken.attributes.as_ref().filter(|item| !item.is_empty()).map(Stored::<Ticket>::read).transpose()?;
        let ticket = ticket
            .map(|ticket| ticket.value)
            .filter(|ticket| now < ticket.expires_at)
            .ok_or_else(|| Error::Unauthorized("This ticket is not good, or not any more.".to_owned()))?;
        let scope = Scope::stored(ticket.workspace.clone());
        Ok((ticket, scope))
    }

    /// Keeps an open socket.
    ///
    /// # Errors
    /// As every write.
    pub async fn put_connection(&self, id: &str, connection: &Connection, now: Timestamp) -> Result<()> {
        self.put_ephemeral(&keys::connection(id), connection, now + LONGEST).await
    }

    /// Forgets a socket, and what it was; none where it was not known.
    ///
    /// # Errors
    /// As every write.
    pub async fn take_connection(&self, id: &str) -> Result<Option<Stored<Connection>>> {
        let taken = self
            .client
            .delete_item()
            .table_name(&*self.name)
            .set_key(Some(key_attributes(&keys::connection(id))))
            .return_values(ReturnValue::AllOld)
            .send()
            .await
            .map_err(failed)?;
        let item = taken.attributes.as_ref().filter(|item| !item.is_empty());
        item.map(Stored::read).transpose()
    }

    /// Lets a socket listen to a board, or says that it was heard of.
    ///
    /// # Errors
    /// As every write.
    pub async fn put_socket(&self, scope: &Scope<Verified>, board: &BoardId, socket: &Socket) -> Result<()> {
        let key = keys::socket(scope.workspace(), board, &socket.connection);
        self.put_ephemeral(&key, socket, socket.seen_at + LONGEST).await
    }

    /// A socket does not listen to a board any more.
    ///
    /// # Errors
    /// As every write.
    pub async fn remove_socket<S>(&self, scope: &Scope<S>, board: &BoardId, connection: &str) -> Result<()> {
        let key = key_attributes(&keys::socket(scope.workspace(), board, connection));
        self.client.delete_item().table_name(&*self.name).set_key(Some(key)).send().await.map_err(failed)?;
        Ok(())
    }

    /// Says how far a board's feed was sent; false where the board does not exist (any more).
    ///
    /// # Errors
    /// As every write.
    pub async fn put_feed(&self, scope: &Scope<Internal>, board: &BoardId, feed: &Feed) -> Result<bool> {
        let item = attributes(&keys::feed(scope.workspace(), board), 1, feed)?;
        let put = self.client.put_item().table_name(&*self.name).set_item(Some(item));
        match put.condition_expression("attribute_exists(pk)").send().await {
            Ok(_) => Ok(true),
            Err(error)
                if error.as_service_error().is_some_and(|error| error.is_conditional_check_failed_exception()) =>
            {
                Ok(false)
            }
            Err(error) => Err(failed(error)),
        }
    }

    pub(crate) async fn put_ephemeral<T: Entity>(&self, key: &keys::Key, value: &T, until: Timestamp) -> Result<()> {
        self.put_one(key, value, Beside::until(until)).await
    }

    pub(crate) async fn put_one<T: Entity>(&self, key: &keys::Key, value: &T, beside: Beside) -> Result<()> {
        let mut item = attributes(key, 1, value)?;
        beside.add_to(&mut item);
        self.client.put_item().table_name(&*self.name).set_item(Some(item)).send().await.map_err(failed)?;
        Ok(())
    }
}
