//! What each person is told of a batch of events and notices, before it is written.

use jiff::Timestamp;
use millrace_domain::{
    id::{EventId, MailId, NotificationId, UserId},
    notification::{
        BURST, Burst, Happening, Notification, NotificationKind, NotifiedTask,
        audience::{Followers, hearers},
        notice::Source,
    },
};
use millrace_endpoint::{Result, Table, Write};
use millrace_store::{
    Scope, Stored, Transaction,
    inbox::{Hearing, Inbox, NextDigest, Note, Noticeable, Noticed, may_see},
    mail::{MailContent, MailRecord},
    scope::Internal,
    workspace::Member,
};
use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

/// How far each event and notice was told, by their ids.
pub(crate) type ToldSoFar = BTreeMap<EventId, Stored<Noticed>>;

/// What a batch comes to.
pub(crate) struct Plan {
    /// The notifications of each person, ordered by user id.
    pub(crate) told: Vec<Told>,
    /// The events and notices that somebody hears of.
    pub(crate) heard: BTreeSet<EventId>,
    /// The progress of each event before this batch.
    pub(crate) noticed: ToldSoFar,
}

/// The notifications of one person.
pub(crate) struct Told {
    pub(crate) user: UserId,
    pub(crate) inbox: Inbox,
    pub(crate) sockets: Vec<String>,
    /// Their notifications, each with its stored version if it extends an existing one.
    pub(crate) notes: BTreeMap<NotificationId, (Option<Stored<Note>>, Note)>,
    /// Their mails, each with the end of the quiet hours that delay it.
    pub(crate) mails: Vec<(MailRecord, Option<Timestamp>)>,
    before: Option<Stored<Inbox>>,
}

impl Told {
    /// The number of transaction items.
    pub(crate) fn items(&self) -> usize {
        1 + self.notes.len() + self.mails.len()
    }

    /// Adds everything to the transaction.
    pub(crate) fn write(&self, change: &mut Transaction, scope: &Scope<Internal>) {
        change.put_inbox(scope, &self.user, self.before.as_ref(), &self.inbox);
        for (before, note) in self.notes.values() {
            match before {
                Some(before) => drop(change.update(before, note, None)),
                None => change.put_note(scope, &self.user, note),
            }
        }
        for (mail, waits_until) in &self.mails {
            change.put_mail(scope, mail, *waits_until);
        }
    }
}

/// What each person is to hear of, and as what.
type Wanted<'sources> = BTreeMap<UserId, Vec<(&'sources Source, NotificationKind)>>;

/// Reads who hears of `sources`, and puts together what each is told.
pub(crate) async fn plan(
    table: &Table<Write>,
    scope: &Scope<Internal>,
    sources: &[&Source],
    now: Timestamp,
) -> Result<Plan> {
    let known = table.noticeable(scope, sources, now).await?;
    if !known.week_is_open {
        table.open_week(scope, now).await?;
    }
    let wanted = wanted(&known, sources);
    let users: Vec<UserId> = wanted.keys().cloned().collect();
    let hearing = futures::future::try_join_all(users.iter().map(|user| table.hearing(scope, user)));
    let (members, hearing) = futures::try_join!(table.members_among(scope, &users), hearing)?;
    let mut hearing: BTreeMap<UserId, Hearing> = users.into_iter().zip(hearing).collect();
    let open: Vec<(UserId, NotificationId)> =
        wanted.iter().flat_map(|(user, sources)| open_bursts(user, sources, hearing.get(user))).collect();
    let mut open_notes: BTreeMap<UserId, Vec<Stored<Note>>> = BTreeMap::new();
    for (user, note) in table.notes(scope, &open).await? {
        open_notes.entry(user).or_default().push(note);
    }
    let mut told = Vec::new();
    for member in &members {
        let member = &member.value;
        let (Some(sources), Some(hearing)) = (wanted.get(&member.user), hearing.remove(&member.user)) else { continue };
        let notes = open_notes.remove(&member.user).unwrap_or_default();
        told.extend(tell(member, hearing, notes, sources, &known, now));
    }
    told.sort_by(|one, other| one.user.cmp(&other.user));
    let heard = wanted.values().flatten().map(|(source, _)| source.id()).collect();
    Ok(Plan { told, heard, noticed: known.noticed })
}

/// Whom each event or notice concerns that was not told of it yet.
fn wanted<'sources>(known: &Noticeable, sources: &[&'sources Source]) -> Wanted<'sources> {
    let mut wanted = Wanted::new();
    let mut seen = BTreeSet::new();
    for source in sources.iter().filter(|source| seen.insert(source.id())) {
        let up_to = match known.noticed.get(&source.id()).map(|noticed| &noticed.value.up_to) {
            Some(None) => continue,
            Some(Some(up_to)) => Some(up_to),
            None => None,
        };
        let task = known.tasks.iter().map(|task| &task.value.fields).find(|task| Some(&task.key) == source.task());
        let followers = task.map_or_else(Followers::default, Followers::from);
        let heard = hearers(source, &followers).into_iter();
        for (user, kind) in heard.filter(|(user, _)| up_to.is_none_or(|up_to| user > up_to)) {
            wanted.entry(user).or_default().push((source, kind));
        }
    }
    wanted
}

/// The notifications that go on with `sources`.
fn open_bursts(
    user: &UserId,
    sources: &[(&Source, NotificationKind)],
    hearing: Option<&Hearing>,
) -> BTreeSet<(UserId, NotificationId)> {
    let inbox = hearing.and_then(|hearing| hearing.inbox.as_ref()).map(|inbox| &inbox.value);
    let burst = |(source, kind): &(&Source, NotificationKind)| inbox.and_then(|inbox| inbox.burst(source, *kind));
    sources.iter().filter_map(burst).map(|burst| (user.clone(), burst.notification)).collect()
}

/// The notifications of one member; none if they opted out or cannot see the subject.
fn tell(
    member: &Member,
    hearing: Hearing,
    open: Vec<Stored<Note>>,
    sources: &[(&Source, NotificationKind)],
    known: &Noticeable,
    now: Timestamp,
) -> Option<Told> {
    let Hearing { inbox: before, preferences, sockets } = hearing;
    let inbox = before.as_ref().map(|inbox| inbox.value.clone()).unwrap_or_default();
    let mut told =
        Told { user: member.user.clone(), inbox, sockets, notes: BTreeMap::new(), mails: Vec::new(), before };
    for (source, kind) in sources.iter().filter(|(source, _)| may_see(member, source)) {
        let channels = preferences.events.of(*kind);
        if !channels.any() {
            continue;
        }
        let happening = Happening { source, task: task_of(source, known) };
        let burst = told.inbox.burst(source, *kind).map(|burst| burst.notification);
        if let Some(note) = burst.and_then(|id| going_on(&mut told.notes, &open, id)) {
            note.notification.add(&happening, &mut note.tasks);
            continue;
        }
        let id = told.inbox.next_id(now);
        let mut note =
            Note { notification: Notification::new(id, *kind, &happening), tasks: BTreeSet::new(), channels };
        note.notification.add(&happening, &mut note.tasks);
        told.notes.insert(id, (None, note));
        told.inbox.open(Burst::begun_by(source, *kind, id), channels.in_app, now);
        if channels.digest && told.inbox.digest.is_none() {
            told.inbox.digest = Some(NextDigest { since: id, at: preferences.next_digest(now) });
        }
        if channels.email {
            let waits_until = preferences.quiet_until(now + BURST);
            let content = MailContent::Notification { notification: id, kind: *kind };
            let mail = MailRecord::new(MailId::at(now), member.user.clone(), content, waits_until, now);
            told.mails.push((mail, waits_until));
        }
    }
    (!told.notes.is_empty()).then_some(told)
}

/// The notification `id`, from this batch or an earlier one.
fn going_on<'notes>(
    notes: &'notes mut BTreeMap<NotificationId, (Option<Stored<Note>>, Note)>,
    open: &[Stored<Note>],
    id: NotificationId,
) -> Option<&'notes mut Note> {
    match notes.entry(id) {
        Entry::Occupied(there) => Some(&mut there.into_mut().1),
        Entry::Vacant(place) => {
            let before = open.iter().find(|note| note.value.notification.id == id)?;
            Some(&mut place.insert((Some(before.clone()), before.value.clone())).1)
        }
    }
}

/// The task that an event or a notice is about, as it is called now.
fn task_of(source: &Source, known: &Noticeable) -> Option<NotifiedTask> {
    let key = source.task()?;
    let task = known.tasks.iter().map(|task| &task.value.fields).find(|task| task.key == *key)?;
    Some(NotifiedTask { key: key.clone(), title: task.title.clone(), board_id: task.board_id.clone() })
}
