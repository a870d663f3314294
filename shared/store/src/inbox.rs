//! A person's notifications in one workspace: the inbox, the unread count, and the preferences.

use crate::{
    core::{
        cursor::Page,
        failure::failed,
        item::{Entity, Stored, key_attributes, key_of},
        keys,
        scope::{Internal, Scope},
        table::{Mode, Part, Table, Write},
        transaction::{Beside, Due, Transaction},
    },
    live::LONGEST,
    task::TaskRecord,
    week::Week,
    workspace::Member,
};
use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use millrace_domain::{
    Error, Result,
    id::{EventId, NotificationId, TaskKey, UserId},
    notification::notice::Source,
    notification::{
        Burst, Notification, NotificationKind,
        preferences::{Channels, Preferences},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// For how many days a notification is kept.
const KEPT_DAYS: i64 = 90;

/// What one person heard of once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Note {
    /// What it tells.
    pub notification: Notification,
    /// The tasks that it is about.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tasks: BTreeSet<TaskKey>,
    /// The ways by which the person hears of it, as they wanted it when it began.
    pub channels: Channels,
}

impl Entity for Note {
    const WHAT: &'static str = "notification";
}

/// A person's inbox. What is unread is counted by the day on which it began: notifications of one day are forgotten
/// together, and so the count is right without being told of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Inbox {
    /// How many notifications are unread, by their day in UTC.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub unread: BTreeMap<Date, u32>,
    /// Up to which notification all are read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read_through: Option<NotificationId>,
    /// The bursts that may go on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bursts: Vec<Burst>,
    /// The next daily summary; none while there is nothing for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<NextDigest>,
}

/// A daily summary that is to come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NextDigest {
    /// The first notification that it tells of.
    pub since: NotificationId,
    /// When it comes.
    pub at: Timestamp,
}

impl Entity for Inbox {
    const WHAT: &'static str = "inbox";
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

fn forgotten(day: Date, now: Timestamp) -> bool {
    now >= forgotten_at(day)
}

/// When the notifications that began on `day` are forgotten.
fn forgotten_at(day: Date) -> Timestamp {
    let start = day.to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |start| start.timestamp());
    start.saturating_add(SignedDuration::from_hours(24 * (KEPT_DAYS + 1))).unwrap_or(Timestamp::MAX)
}

impl Inbox {
    /// The number of unread notifications.
    pub fn unread_count(&self, now: Timestamp) -> u32 {
        self.unread.iter().filter(|(day, _)| !forgotten(**day, now)).map(|(_, count)| count).sum()
    }

    /// The id of a new notification: behind all that are read.
    pub fn next_id(&self, now: Timestamp) -> NotificationId {
        let id = NotificationId::at(now);
        self.read_through.filter(|last| *last >= id).map_or(id, NotificationId::next)
    }

    /// The burst that a source belongs to, of which the person hears as `kind`.
    pub fn burst(&self, source: &Source, kind: NotificationKind) -> Option<&Burst> {
        self.bursts.iter().find(|burst| burst.takes(source, kind))
    }

    /// Counts a new notification, and opens its burst.
    pub fn open(&mut self, burst: Burst, counts: bool, now: Timestamp) {
        self.bursts.retain(|open| !open.is_over(now));
        self.bursts.push(burst);
        self.unread.retain(|day, _| !forgotten(*day, now));
        if counts {
            *self.unread.entry(day(now)).or_default() += 1;
        }
    }

    /// Takes a notification off the count, and ends its burst: what follows is a new one.
    pub fn read(&mut self, note: &Note) {
        let id = note.notification.id;
        self.bursts.retain(|burst| burst.notification != id);
        if note.channels.in_app
            && let Some(count) = self.unread.get_mut(&day(id.time()))
        {
            *count = count.saturating_sub(1);
        }
        self.unread.retain(|_, count| *count > 0);
    }

    /// Takes all off the count that began up to `last`.
    pub fn read_all(&mut self, last: NotificationId) {
        self.unread.clear();
        self.bursts.clear();
        self.read_through = self.read_through.max(Some(last));
    }

    /// The notification as its person sees it.
    pub fn shown(&self, note: &Note) -> Notification {
        let read = note.notification.read || self.read_through.is_some_and(|last| note.notification.id <= last);
        Notification { read, ..note.notification.clone() }
    }
}

/// How a person wants to hear.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PreferencesRecord {
    /// The preferences.
    pub preferences: Preferences,
}

impl Entity for PreferencesRecord {
    const WHAT: &'static str = "preferences";
    const SCHEMA: u32 = 2;

    /// Of the first schema nobody could choose how they hear that what they asked for is done.
    fn upgrade(_: u32, mut document: serde_json::Value) -> Result<serde_json::Value> {
        let usual = Preferences::default().events.of(NotificationKind::Finished);
        if let Some(events) = document.get_mut("events").and_then(serde_json::Value::as_object_mut) {
            events.insert("finished".to_owned(), serde_json::to_value(usual).map_err(Error::internal)?);
        }
        Ok(document)
    }
}

/// An open socket of a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OwnSocket {
    /// The connection.
    pub connection: String,
}

impl Entity for OwnSocket {
    const WHAT: &'static str = "socket";
}

/// How far an event was told: to everybody up to a person, or to all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Noticed {
    /// The last person who was told, in the order of their ids; none once all were.
    pub up_to: Option<UserId>,
}

impl Entity for Noticed {
    const WHAT: &'static str = "notice";
}

/// After this time no event comes again: the queue and its dead letters keep it for four days and fourteen.
const NOTICED_KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

/// All that telling a person something takes.
#[derive(Debug, Clone)]
pub struct Hearing {
    /// Their inbox; none before they heard of anything.
    pub inbox: Option<Stored<Inbox>>,
    /// How they want to hear.
    pub preferences: Preferences,
    /// Their open sockets.
    pub sockets: Vec<String>,
}

/// What a batch of events is about.
#[derive(Debug, Clone)]
pub struct Noticeable {
    /// Whether it is known already that something happens this week.
    pub week_is_open: bool,
    /// The tasks, live or archived.
    pub tasks: Vec<Stored<TaskRecord>>,
    /// How far each event was told already.
    pub noticed: BTreeMap<EventId, Stored<Noticed>>,
}

impl<M: Mode> Table<M> {
    /// The tasks that events and notices are about, and how far each was told already, in one round trip.
    ///
    /// # Errors
    /// As every read.
    pub async fn noticeable(&self, scope: &Scope<Internal>, sources: &[&Source], now: Timestamp) -> Result<Noticeable> {
        let workspace = scope.workspace();
        let week = keys::week(workspace, Week::of(now).monday);
        let tasks: BTreeSet<&TaskKey> = sources.iter().filter_map(|source| source.task()).collect();
        let places = tasks.iter().flat_map(|task| [keys::card(workspace, task), keys::archived_card(workspace, task)]);
        let mut wanted: Vec<_> = places.collect();
        wanted.push(week.clone());
        wanted.extend(sources.iter().map(|source| keys::noticed(workspace, source.id())));
        let found = self.batch(wanted).await?;
        let task = |task: &&TaskKey| {
            let live = found.get::<TaskRecord>(&keys::card(workspace, task)).transpose();
            live.or_else(|| found.get(&keys::archived_card(workspace, task)).transpose())
        };
        let mut noticed = BTreeMap::new();
        for source in sources {
            if let Some(told) = found.get(&keys::noticed(workspace, source.id()))? {
                noticed.insert(source.id(), told);
            }
        }
        let week_is_open = found.get::<Week>(&week)?.is_some();
        Ok(Noticeable { week_is_open, tasks: tasks.iter().filter_map(task).collect::<Result<_>>()?, noticed })
    }

    /// All that telling a person something takes, in one Query.
    ///
    /// # Errors
    /// As every read.
    pub async fn hearing<S>(&self, scope: &Scope<S>, user: &UserId) -> Result<Hearing> {
        let mut hearing = Hearing { inbox: None, preferences: Preferences::default(), sockets: Vec::new() };
        for item in self.all(&keys::hearing(scope.workspace(), user)).await? {
            match key_of(&item)?.sk.split('#').next().unwrap_or_default() {
                "INBOX" => hearing.inbox = Some(Stored::read(&item)?),
                "PREFERENCES" => hearing.preferences = Stored::<PreferencesRecord>::read(&item)?.value.preferences,
                "SOCKET" => hearing.sockets.push(Stored::<OwnSocket>::read(&item)?.value.connection),
                _ => {}
            }
        }
        Ok(hearing)
    }

    /// Notifications by whom they belong to, in one round trip; those that are forgotten are left out.
    ///
    /// # Errors
    /// As every read.
    pub async fn notes<S>(
        &self,
        scope: &Scope<S>,
        wanted: &[(UserId, NotificationId)],
    ) -> Result<Vec<(UserId, Stored<Note>)>> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let place = |(user, id): &(UserId, NotificationId)| keys::notification(scope.workspace(), user, *id);
        let found = self.batch(wanted.iter().map(place).collect()).await?;
        let note = |whose: &(UserId, NotificationId)| {
            Ok(found.get::<Note>(&place(whose))?.map(|note| (whose.0.clone(), note)))
        };
        wanted.iter().filter_map(|whose| note(whose).transpose()).collect()
    }

    /// A person's inbox.
    ///
    /// # Errors
    /// As every read.
    pub async fn inbox<S>(&self, scope: &Scope<S>, user: &UserId) -> Result<Option<Stored<Inbox>>> {
        self.get(&keys::inbox(scope.workspace(), user)).await
    }

    /// One notification and the inbox that it is in, in one round trip.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the person has no such notification.
    pub async fn note<S>(
        &self,
        scope: &Scope<S>,
        user: &UserId,
        id: NotificationId,
    ) -> Result<(Stored<Note>, Stored<Inbox>)> {
        let (note, inbox) = (keys::notification(scope.workspace(), user, id), keys::inbox(scope.workspace(), user));
        let found = self.batch(vec![note.clone(), inbox.clone()]).await?;
        found.get(&note)?.zip(found.get(&inbox)?).ok_or_else(|| Error::not_found("notification"))
    }

    /// A part of a person's inbox, newest first; reads on past what they hear of by other ways alone.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor that is not of this list.
    pub async fn inbox_page<S>(
        &self,
        scope: &Scope<S>,
        user: &UserId,
        now: Timestamp,
        part: &Part,
    ) -> Result<Page<Stored<Note>>> {
        let run = keys::notifications(scope.workspace(), user);
        let mut part = Part { newest_first: true, ..part.clone() };
        let wanted = usize::from(part.limit);
        let mut items: Vec<Stored<Note>> = Vec::new();
        loop {
            let mut page = self.page::<Note>(&run, &part).await?;
            // The table forgets what has expired only after a while.
            let shown = |note: &Note| note.channels.in_app && !forgotten(day(note.notification.id.time()), now);
            page.items.retain(|note| shown(&note.value));
            items.extend(page.items);
            if page.next.is_none() || items.len() >= wanted {
                return Ok(Page { items, next: page.next });
            }
            part.limit = u8::try_from(wanted - items.len()).unwrap_or(part.limit);
            part.cursor = page.next;
        }
    }

    /// A person's notifications from `since` on, newest first.
    ///
    /// # Errors
    /// As every read.
    pub async fn notes_since(
        &self,
        scope: &Scope<Internal>,
        user: &UserId,
        since: NotificationId,
    ) -> Result<Vec<Note>> {
        let run = keys::notifications(scope.workspace(), user);
        let mut notes = Vec::new();
        self.each_between(&run, (&since.to_string(), keys::LAST_ID), |item| {
            notes.push(Stored::<Note>::read(&item)?.value);
            Ok(())
        })
        .await?;
        notes.reverse();
        Ok(notes)
    }

    /// How a person wants to hear.
    ///
    /// # Errors
    /// As every read.
    pub async fn preferences<S>(&self, scope: &Scope<S>, user: &UserId) -> Result<Option<Stored<PreferencesRecord>>> {
        self.get(&keys::preferences(scope.workspace(), user)).await
    }
}

impl Transaction {
    /// A write of what follows from events.
    pub fn internal(_: &Scope<Internal>) -> Self {
        Self::default()
    }

    /// How far an event was told, if that is still what was read; how it then stands in the table.
    pub fn put_noticed(
        &mut self,
        scope: &Scope<Internal>,
        event: EventId,
        before: Option<&Stored<Noticed>>,
        up_to: Option<UserId>,
        now: Timestamp,
    ) -> Stored<Noticed> {
        let (key, noticed) = (keys::noticed(scope.workspace(), event), Noticed { up_to });
        let version = match before {
            Some(before) => self.update(before, &noticed, None),
            None => {
                self.put_new(&key, &noticed, Beside::until(now + NOTICED_KEPT), || Error::Raced);
                1
            }
        };
        Stored { key, version, value: noticed }
    }

    /// A person's inbox, if that is still what was read. One with something for a daily summary stands in the index of
    /// what falls due.
    pub fn put_inbox<S>(&mut self, scope: &Scope<S>, user: &UserId, before: Option<&Stored<Inbox>>, inbox: &Inbox) {
        let at = inbox.digest.as_ref().map(|digest| digest.at);
        let due = at.map_or(Due::Never, |at| Due::At(keys::due_digest(scope.workspace(), user, at)));
        let beside = Beside { due, ..Beside::default() };
        match before {
            Some(before) => drop(self.update_beside(before, inbox, beside)),
            None => self.put_new(&keys::inbox(scope.workspace(), user), inbox, beside, || Error::Raced),
        }
    }

    /// A new notification, which is forgotten with all others of its day.
    pub fn put_note<S>(&mut self, scope: &Scope<S>, user: &UserId, note: &Note) {
        let id = note.notification.id;
        let beside = Beside::until(forgotten_at(day(id.time())));
        self.put_new(&keys::notification(scope.workspace(), user, id), note, beside, || Error::Raced);
    }

    /// How a person wants to hear.
    pub fn put_preferences<S>(
        &mut self,
        scope: &Scope<S>,
        user: &UserId,
        before: Option<&Stored<PreferencesRecord>>,
        preferences: &Preferences,
    ) {
        let record = PreferencesRecord { preferences: preferences.clone() };
        match before {
            Some(before) => drop(self.update(before, &record, None)),
            None => {
                let key = keys::preferences(scope.workspace(), user);
                self.put_new(&key, &record, Beside::default(), || Error::Raced);
            }
        }
    }
}

impl Table<Write> {
    /// Keeps an open socket beside its person.
    ///
    /// # Errors
    /// As every write.
    pub async fn put_own_socket<S>(
        &self,
        scope: &Scope<S>,
        user: &UserId,
        connection: &str,
        now: Timestamp,
    ) -> Result<()> {
        let socket = OwnSocket { connection: connection.to_owned() };
        let index = keys::socket_in(scope.workspace(), connection);
        let beside = Beside { index: Some(index), ..Beside::until(now + LONGEST) };
        self.put_one(&keys::own_socket(scope.workspace(), user, connection), &socket, beside).await
    }

    /// Forgets a socket of a person.
    ///
    /// # Errors
    /// As every write.
    pub async fn remove_own_socket<S>(&self, scope: &Scope<S>, user: &UserId, connection: &str) -> Result<()> {
        let key = key_attributes(&keys::own_socket(scope.workspace(), user, connection));
        self.client.delete_item().table_name(&*self.name).set_key(Some(key)).send().await.map_err(failed)?;
        Ok(())
    }
}

/// A member who may see what a notification is about.
pub fn may_see(member: &Member, source: &Source) -> bool {
    source.project().is_none_or(|project| member.role_in(project).is_some())
}

#[cfg(test)]
mod tests;
