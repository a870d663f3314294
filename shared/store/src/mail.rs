//! Mails to members: each is an item with its delivery state. A mail without an item was never decided, and a sent mail
//! is not sent again.

use crate::{
    core::{
        cursor::Page,
        item::{Entity, Stored, text},
        keys::{self},
        scope::{Internal, Scope},
        table::{Mode, Part, Table},
        transaction::{Beside, Due, Transaction},
    },
    inbox::Note,
    workspace::{Member, WorkspaceRecord},
};
use jiff::{SignedDuration, Timestamp};
use millrace_domain::{
    Error, Result,
    id::{MailId, NotificationId, UserId, WorkspaceId},
    insight::week::WeeklyReport,
    notification::{Notification, NotificationKind, preferences::MailTopic},
    text::Email,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far a mail came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MailStatus {
    /// It waits until its person's quiet hours end.
    Waiting,
    /// It is in the queue.
    Queued,
    /// It is being handed over.
    Sending,
    /// The mail service took it.
    Sent,
    /// The mail service did not take it, as often as it was tried.
    Failed,
    /// Nobody is to get it any more: its person left, or may not see any more what it tells.
    Dropped,
}

/// What a mail tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum MailContent {
    /// One notification, as it is when the mail goes out.
    Notification {
        /// Which one.
        notification: NotificationId,
        /// What it is about.
        kind: NotificationKind,
    },
    /// What came together since the last summary.
    Digest {
        /// The notifications, newest first; no more than a mail shows.
        notifications: Vec<Notification>,
        /// How many there are in all.
        count: u32,
    },
    /// The weekly report of a workspace.
    WeeklyReport {
        /// The report.
        report: WeeklyReport,
    },
}

impl MailContent {
    /// What it is about.
    pub fn topic(&self) -> MailTopic {
        match self {
            Self::Notification { kind, .. } => MailTopic::from(*kind),
            Self::Digest { .. } => MailTopic::Digest,
            Self::WeeklyReport { .. } => MailTopic::WeeklyReport,
        }
    }
}

/// A mail to a member.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MailRecord {
    /// The id.
    pub id: MailId,
    /// The recipient.
    pub user: UserId,
    /// What it tells.
    pub content: MailContent,
    /// How far it has come.
    pub status: MailStatus,
    /// The address that it last went to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Email>,
    /// The number of delivery attempts.
    pub tries: u32,
    /// Why it was not taken the last time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When the mail was created.
    pub created_at: Timestamp,
    /// When this was last written.
    pub updated_at: Timestamp,
    /// Until when whoever hands it over has time to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_until: Option<Timestamp>,
}

impl Entity for MailRecord {
    const WHAT: &'static str = "mail";
}

/// For how long a mail is told of.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);

impl MailRecord {
    /// A mail that goes into the queue, or that waits until `waits_until`.
    pub fn new(id: MailId, user: UserId, content: MailContent, waits_until: Option<Timestamp>, now: Timestamp) -> Self {
        Self {
            id,
            user,
            content,
            status: if waits_until.is_some() { MailStatus::Waiting } else { MailStatus::Queued },
            address: None,
            tries: 0,
            reason: None,
            created_at: now,
            updated_at: now,
            held_until: None,
        }
    }
}

/// A mail with all that its words need.
#[derive(Debug, Clone)]
pub struct Sendable {
    /// The mail.
    pub mail: Stored<MailRecord>,
    /// The person; none where they left.
    pub member: Option<Stored<Member>>,
    /// The workspace; none where it was deleted.
    pub workspace: Option<WorkspaceRecord>,
    /// The notification, for a mail that tells one.
    pub note: Option<Note>,
}

/// What a link that ends mails is good for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsubscription {
    /// In which workspace.
    pub workspace: WorkspaceId,
    /// Whose mails.
    pub user: UserId,
    /// About what.
    pub topic: MailTopic,
}

const UNSUBSCRIBE: &str = "unsubscribe";

impl<M: Mode> Table<M> {
    /// A mail with all that its words need; none where it was never decided. Two round trips: the mail says whose it is.
    ///
    /// # Errors
    /// As every read.
    pub async fn sendable(&self, scope: &Scope<Internal>, mail: MailId) -> Result<Option<Sendable>> {
        let Some(mail) = self.get::<MailRecord>(&keys::mail(scope.workspace(), mail)).await? else { return Ok(None) };
        let user = &mail.value.user;
        let (member, workspace) = (keys::member(scope.workspace(), user), keys::workspace(scope.workspace()));
        let note = match &mail.value.content {
            MailContent::Notification { notification, .. } => {
                Some(keys::notification(scope.workspace(), user, *notification))
            }
            MailContent::Digest { .. } | MailContent::WeeklyReport { .. } => None,
        };
        let wanted = [Some(member.clone()), Some(workspace.clone()), note.clone()];
        let found = self.batch(wanted.into_iter().flatten().collect()).await?;
        let workspace = found.get::<WorkspaceRecord>(&workspace)?.map(|workspace| workspace.value);
        let note = note.and_then(|note| found.get::<Note>(&note).transpose()).transpose()?;
        Ok(Some(Sendable {
            member: found.get(&member)?,
            workspace: workspace.filter(|workspace| workspace.deleted_at.is_none()),
            note: note.map(|note| note.value),
            mail,
        }))
    }

    /// A mail by its id.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn mail<S>(&self, scope: &Scope<S>, mail: MailId) -> Result<Stored<MailRecord>> {
        let found = self.get(&keys::mail(scope.workspace(), mail)).await?;
        found.ok_or_else(|| Error::not_found("mail"))
    }

    /// A part of all mails of the workspace, newest first.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor that is not of this list.
    pub async fn mails<S>(&self, scope: &Scope<S>, part: &Part) -> Result<Page<MailRecord>> {
        let part = Part { newest_first: true, ..part.clone() };
        let page = self.page::<MailRecord>(&keys::mails(scope.workspace()), &part).await?;
        Ok(page.map(|mail| mail.value))
    }

    /// A part of those mails of the workspace that failed, newest first: two round trips, since the index tells which.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a cursor that is not of this list.
    pub async fn failed_mails<S>(&self, scope: &Scope<S>, part: &Part) -> Result<Page<MailRecord>> {
        let run = keys::failed_mails(scope.workspace());
        let start: Option<MailId> = part.start(&self.cursors, &run.pk)?;
        let after = start.map(|mail| (keys::mail(scope.workspace(), mail), keys::failed_mail(scope.workspace(), mail)));
        let (items, last) = self.newest_of_index(&run.pk, after, part.limit.into()).await?;
        let id = |item| text(item, "gsi1sk")?.parse::<MailId>().map_err(Error::internal);
        let places: Vec<_> =
            items.iter().map(|item| Ok(keys::mail(scope.workspace(), id(item)?))).collect::<Result<_>>()?;
        let next = last.as_ref().map(|last| self.cursors.seal(&run.pk, &id(last)?)).transpose()?;
        if places.is_empty() {
            return Ok(Page { items: Vec::new(), next });
        }
        let found = self.batch(places.clone()).await?;
        let items = places.iter().filter_map(|place| found.get::<MailRecord>(place).transpose());
        // The index holds each that ever failed.
        let items = items
            .map(|mail| mail.map(|mail| mail.value))
            .filter(|mail| mail.as_ref().map_or(true, |mail| mail.status == MailStatus::Failed));
        Ok(Page { items: items.collect::<Result<_>>()?, next })
    }

    /// The token of a link that ends mails of one kind to one person. Nothing is stored for it: it is signed, and good
    /// for as long as the mail is around.
    ///
    /// # Errors
    /// [`Error::Internal`] where it cannot be written.
    pub fn seal_unsubscription(&self, unsubscription: &Unsubscription) -> Result<String> {
        self.cursors.seal(UNSUBSCRIBE, unsubscription)
    }

    /// What such a token is good for, with a scope for it.
    ///
    /// # Errors
    /// [`Error::NotFound`] for one that was not made here.
    pub fn open_unsubscription(&self, token: &str) -> Result<(Unsubscription, Scope<Internal>)> {
        let opened: Unsubscription = self.cursors.open(UNSUBSCRIBE, token).map_err(|_| Error::not_found("link"))?;
        let scope = Scope::stored(opened.workspace.clone());
        Ok((opened, scope))
    }
}

impl Transaction {
    /// A new mail. One that waits stands in the index of what falls due.
    pub fn put_mail<S>(&mut self, scope: &Scope<S>, mail: &MailRecord, waits_until: Option<Timestamp>) {
        let due = waits_until.map_or(Due::Never, |at| Due::At(keys::due_mail(mail.id, at)));
        let beside = Beside { due, expires: Some(mail.created_at + KEPT), ..Beside::default() };
        self.put_new(&keys::mail(scope.workspace(), mail.id), mail, beside, || Error::Raced);
    }

    /// What became of a mail, if nobody wrote it since. One that failed stands in the index from then on, whatever
    /// becomes of it later.
    pub fn update_mail<S>(&mut self, scope: &Scope<S>, stored: &Stored<MailRecord>, mail: &MailRecord) {
        let index = (mail.status == MailStatus::Failed).then(|| keys::failed_mail(scope.workspace(), mail.id));
        self.update_beside(stored, mail, Beside { index, due: Due::Never, ..Beside::default() });
    }
}
