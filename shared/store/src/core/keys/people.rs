//! The keys of people: sockets, accounts and notifications.

#![allow(missing_docs, reason = "the table of keys says what each is")]

use super::key::{DUE_SHARDS, Key, Prefix, hearing_partition, key, prefix, shard, sortable_time, user_partition};
use jiff::Timestamp;
use millrace_domain::{
    id::{BoardId, EventId, MailId, NotificationId, ReportId, SessionId, UserId, WorkspaceId},
    text::{Email, Slug},
};

pub fn socket(workspace: &WorkspaceId, board: &BoardId, connection: &str) -> Key {
    key(sockets(workspace, board).pk, format!("SOCKET#{connection}"))
}
pub fn sockets(workspace: &WorkspaceId, board: &BoardId) -> Prefix {
    prefix(format!("W#{workspace}#B#{board}"), "SOCKET#")
}
pub fn connection(connection: &str) -> Key {
    key(format!("CONNECTION#{connection}"), "CONNECTION")
}
pub fn ticket(hash: &str) -> Key {
    key(format!("TICKET#{hash}"), "TICKET")
}

pub fn account(user: &UserId) -> Key {
    key(user_partition(user), "ACCOUNT")
}
pub fn everything_of(user: &UserId) -> Prefix {
    prefix(user_partition(user), "")
}
pub fn joined(user: &UserId, workspace: &WorkspaceId) -> Key {
    key(user_partition(user), format!("JOINED#{workspace}"))
}
pub fn all_joined(user: &UserId) -> Prefix {
    prefix(user_partition(user), "JOINED#")
}
pub fn session(user: &UserId, session: &SessionId) -> Key {
    key(user_partition(user), format!("SESSION#{session}"))
}
pub fn sessions(user: &UserId) -> Prefix {
    prefix(user_partition(user), "SESSION#")
}
pub fn session_in(workspace: &WorkspaceId, ends: Timestamp, session: &SessionId) -> Key {
    key(sessions_in(workspace).pk, format!("{}#{session}", sortable_time(ends)))
}
pub fn sessions_in(workspace: &WorkspaceId) -> Prefix {
    prefix(format!("W#{workspace}#SESSIONS"), "")
}
pub fn mailed(user: &UserId, hash: &str) -> Key {
    key(user_partition(user), format!("MAILED#{hash}"))
}
pub fn email(email: &Email) -> Key {
    key(format!("EMAIL#{email}"), "EMAIL")
}
pub fn slug(slug: &Slug) -> Key {
    key(format!("SLUG#{slug}"), "SLUG")
}
pub fn guesses(kind: &str, whom: &str) -> Key {
    key(format!("GUESSES#{kind}#{whom}"), "GUESSES")
}
pub fn hearing(workspace: &WorkspaceId, user: &UserId) -> Prefix {
    prefix(hearing_partition(workspace, user), "")
}
pub fn inbox(workspace: &WorkspaceId, user: &UserId) -> Key {
    key(hearing_partition(workspace, user), "INBOX")
}
pub fn preferences(workspace: &WorkspaceId, user: &UserId) -> Key {
    key(hearing_partition(workspace, user), "PREFERENCES")
}
pub fn own_socket(workspace: &WorkspaceId, user: &UserId, connection: &str) -> Key {
    key(hearing_partition(workspace, user), format!("SOCKET#{connection}"))
}
pub fn notification(workspace: &WorkspaceId, user: &UserId, notification: NotificationId) -> Key {
    key(notifications(workspace, user).pk, notification.to_string())
}
pub fn notifications(workspace: &WorkspaceId, user: &UserId) -> Prefix {
    prefix(format!("W#{workspace}#U#{user}#INBOX"), "")
}
pub fn report(workspace: &WorkspaceId, user: &UserId, report: &ReportId) -> Key {
    key(reports(workspace, user).pk, report.to_string())
}
pub fn reports(workspace: &WorkspaceId, user: &UserId) -> Prefix {
    prefix(format!("W#{workspace}#U#{user}#REPORTS"), "")
}
pub fn noticed(workspace: &WorkspaceId, event: EventId) -> Key {
    key(format!("W#{workspace}#NOTICED#{event}"), "NOTICED")
}
pub fn mail(workspace: &WorkspaceId, mail: MailId) -> Key {
    key(mails(workspace).pk, mail.to_string())
}
pub fn mails(workspace: &WorkspaceId) -> Prefix {
    prefix(format!("W#{workspace}#MAILS"), "")
}
pub fn failed_mail(workspace: &WorkspaceId, mail: MailId) -> Key {
    key(failed_mails(workspace).pk, mail.to_string())
}
pub fn failed_mails(workspace: &WorkspaceId) -> Prefix {
    prefix(format!("W#{workspace}#MAILS#FAILED"), "")
}
pub fn due_mail(mail: MailId, at: Timestamp) -> Key {
    key(due_mails(shard(&mail.to_string(), DUE_SHARDS)), format!("{}#{mail}", sortable_time(at)))
}
pub fn due_mails(shard: u32) -> String {
    format!("DUE#MAIL#{shard}")
}
pub fn mail_at(key: &Key) -> Option<(WorkspaceId, MailId)> {
    let workspace = key.pk.strip_prefix("W#")?.strip_suffix("#MAILS")?;
    Some((workspace.parse().ok()?, key.sk.parse().ok()?))
}
pub fn idempotency(hash: &str) -> Key {
    key(format!("IDEMPOTENCY#{hash}"), "IDEMPOTENCY")
}
