//! Every key of the table. This file is the table of keys: nothing but it and its parts spells one.
//!
//! | what | pk | sk | gsi1pk | gsi1sk |
//! |---|---|---|---|---|
//! | workspace | `W#<ws>` | `WORKSPACE` | | |
//! | its members, with their roles in its projects | `W#<ws>` | `MEMBER#<user>` | | |
//! | its projects | `W#<ws>` | `PROJECT#<key>` | | |
//! | its invites | `W#<ws>` | `INVITE#<invite>` | | |
//! | its calendar | `W#<ws>` | `CALENDAR` | | |
//! | its teams | `W#<ws>` | `TEAM#<team>` | | |
//! | one team a name | `W#<ws>#TEAMS` | `<name in small letters>` | | |
//! | its own events | `W#<ws>#EVENTS` | `<ulid>` | | |
//! | its feature flags | `W#<ws>` | `FLAGS` | | |
//! | what its files take, in several parts | `W#<ws>` | `STORAGE#<part>` | | |
//! | its audit trail | `W#<ws>#AUDIT` | `<ulid>` | | |
//! | board | `W#<ws>#P#<key>` | `BOARD#<board>` | | |
//! | its columns | `W#<ws>#P#<key>` | `BOARD#<board>#COLUMN#<column>` | | |
//! | where its feed stands | `W#<ws>#P#<key>` | `BOARD#<board>#FEED` | | |
//! | live task: the one home of its fields | `W#<ws>#P#<key>` | `CARD#<number>` | `…#C#<column>` | `<rank>#<number>` |
//! | label | `W#<ws>#P#<key>` | `LABEL#<label>` | | |
//! | its own fields | `W#<ws>#P#<key>` | `FIELDS` | | |
//! | which of its tasks block which | `W#<ws>#P#<key>#BLOCKS` | `BLOCKS` | | |
//! | one label a name | `W#<ws>#P#<key>#LABELS` | `<name in small letters>` | | |
//! | sprint | `W#<ws>#P#<key>` | `SPRINT#<sprint>` | | |
//! | its transitions, never changed | `W#<ws>#P#<key>#S#<sprint>` | `<UTC date>#<ulid>` | | |
//! | what was counted each day | `W#<ws>#P#<key>#S#<sprint>` | `COUNT#<date>` | | |
//! | what came of it, once it is closed | `W#<ws>#P#<key>#S#<sprint>` | `REPORT` | | |
//! | last number given to a task | `W#<ws>#P#<key>` | `NUMBER` | | |
//! | who edits one of its tasks | `W#<ws>#P#<key>#LOCKS` | `<number>` | | |
//! | archived task | `W#<ws>#P#<key>#ARCHIVE` | `CARD#<number>` | | |
//! | project's events | `W#<ws>#P#<key>#EVENTS` | `<ulid>` | `W#<ws>#T#<task>` | `<ulid>` |
//! | task's description | `W#<ws>#T#<task>` | `TEXT` | | |
//! | its parts | `W#<ws>#T#<task>` | `SUBTASK#<number>` | | |
//! | all keys of a task that was moved, at each of them | `W#<ws>#T#<task>` | `MOVED` | | |
//! | how often something was tied to a task's key, and whether the task left it | `W#<ws>#T#<task>` | `TIES` | | |
//! | its comments, with the reactions to them | `W#<ws>#T#<task>#COMMENTS` | `<comment>` | | |
//! | its links | `W#<ws>#T#<task>` | `LINK#<link>` | | |
//! | its files | `W#<ws>#T#<task>#FILES` | `<attachment>` | | |
//! | files that are to arrive | `W#<ws>#T#<task>#UPLOADS` | `<attachment>` | | |
//! | time logged on a task | `W#<ws>#T#<task>#TIME` | `<ulid>` | | |
//! | what a person logged on a day, by task | `W#<ws>#U#<user>#TIME` | `<date>` | | |
//! | the person's timer | `W#<ws>#U#<user>#TIME` | `TIMER` | | |
//! | that a step of a task started it | `W#<ws>#U#<user>#TIME` | `TRACKED#<ulid>` | | |
//! | what was counted in a project on a day | `W#<ws>#COUNTERS` | `<date>#<key>` | | |
//! | what stands open in a project, counted | `W#<ws>#COUNTERS` | `NOW#<key>` | | |
//! | that counters of a project were off | `W#<ws>#COUNTERS` | `DRIFT#<key>` | | |
//! | its imports | `W#<ws>#P#<key>#IMPORTS` | `<import>` | | |
//! | what was found in an import's file | `W#<ws>#P#<key>#IMPORTS` | `<import>#FOUND` | | |
//! | that an event was counted | `W#<ws>#P#<key>#COUNTED` | `<ulid>` | | |
//! | board's open sockets | `W#<ws>#B#<board>` | `SOCKET#<connection>` | | |
//! | account | `U#<user>` | `ACCOUNT` | | |
//! | the workspaces that it joined | `U#<user>` | `JOINED#<ws>` | | |
//! | its sessions | `U#<user>` | `SESSION#<session>` | `W#<ws>#SESSIONS` | `<end>#<session>` |
//! | its mailed tokens | `U#<user>` | `MAILED#<hash>` | | |
//! | one account an address | `EMAIL#<email>` | `EMAIL` | | |
//! | one workspace a slug | `SLUG#<slug>` | `SLUG` | | |
//! | guesses at a password | `GUESSES#<kind>#<whom>` | `GUESSES` | | |
//! | ticket for the socket | `TICKET#<hash>` | `TICKET` | | |
//! | open socket | `CONNECTION#<connection>` | `CONNECTION` | | |
//! | answer to an idempotency key | `IDEMPOTENCY#<hash>` | `IDEMPOTENCY` | | |
//! | member's inbox: what is unread, and what bursts are open | `W#<ws>#U#<user>#HEARS` | `INBOX` | | |
//! | how they want to hear | `W#<ws>#U#<user>#HEARS` | `PREFERENCES` | | |
//! | their open sockets | `W#<ws>#U#<user>#HEARS` | `SOCKET#<connection>` | `W#<ws>#SOCKETS` | `<connection>` |
//! | what they heard of | `W#<ws>#U#<user>#INBOX` | `<ulid>` | | |
//! | that people heard of an event | `W#<ws>#NOTICED#<ulid>` | `NOTICED` | | |
//! | week in which something happened | `W#<ws>#WEEKS` | `<its Monday>` | | |
//! | their reports | `W#<ws>#U#<user>#REPORTS` | `<report>` | | |
//! | mail to a member | `W#<ws>#MAILS` | `<ulid>` | `W#<ws>#MAILS#FAILED`, once it failed | `<ulid>` |
//!
//! A task that was moved to another project has a new key. Its comments, its files and the time on it stay where they are,
//! under the first key that it had; all else of it stands under its key now.
//!
//! `BOARD#…#FEED` sorts before `CARD#…`: one Query that reads a project in the order of its keys knows where the feed
//! stood before it read the first card, so a snapshot never claims an event that it does not show.
//! The index projects the attribute `event` alone: a board's order is read from keys, a task's history whole.
//!
//! What a job has to find without looking at everything, and what a chart reads of many events, stands in a second
//! index, which holds keys alone:
//!
//! | what | gsi2pk | gsi2sk |
//! |---|---|---|
//! | what stands open in a project, counted | `DUE#COUNTERS#<shard>` | `W#<ws>#P#<key>` |
//! | file that is to arrive by a time | `DUE#UPLOAD#<shard>` | `<time>#W#<ws>#T#<task>#<attachment>` |
//! | open task of whose due date people are to be reminded | `DUE#REMINDER#<shard>` | `<date>#W#<ws>#T#<task>` |
//! | open task that is to be marked as overdue, or told of again | `DUE#OVERDUE#<shard>` | `<date>#W#<ws>#T#<task>` |
//! | inbox with something for the next daily summary | `DUE#DIGEST#<shard>` | `<time>#W#<ws>#U#<user>` |
//! | week in which something happened | `DUE#WEEK#<shard>` | `<time>#W#<ws>` |
//! | archived task, deleted project or workspace, until nothing of it is left | `DUE#PURGE#<shard>` | `<time>#<its partition>#<its place>` |
//! | sprint that runs, or whose tasks are still being moved out | `DUE#SPRINT#<shard>` | `W#<ws>#P#<key>#S#<sprint>` |
//! | mail that waits until quiet hours end | `DUE#MAIL#<shard>` | `<time>#<ulid>` |
//! | event that tells of a task's step to another status | `W#<ws>#P#<key>#STEPS` | `<milliseconds>#<board>#<number>#<from>#<to>` |

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use millrace_domain::{
    board::rank::Rank,
    id::{
        AttachmentId, BoardId, ColumnId, CommentId, EventId, ImportId, InviteId, LabelId, LinkId, MailId,
        NotificationId, ProjectKey, ReportId, SessionId, SprintId, TaskKey, TeamId, UserId, WorkspaceId,
    },
    insight::flow::Step,
    task::{Status, due::DueNext},
    text::{Email, Name, Slug},
};

/// The name of the index.
pub const INDEX: &str = "gsi1";

/// The name of the index of what falls due: it holds keys alone, of the items that carry `gsi2pk` and `gsi2sk`.
pub const DUE_INDEX: &str = "gsi2";

/// Sorts behind every id that sorts by time.
pub const LAST_ID: &str = "~";

/// In how many items the sum of a workspace's files stands.
const STORAGE_PARTS: u32 = 8;

/// Into how many partitions what falls due is spread, so that none of them is a hot one.
pub const DUE_SHARDS: u32 = 8;

/// An item's primary key, or its key in the index.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The partition.
    pub pk: String,
    /// The place in it.
    pub sk: String,
}

/// A run of items of one partition, by the beginning of their sort keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix {
    /// The partition.
    pub pk: String,
    /// What each sort key begins with; empty for the whole partition.
    pub sk: String,
}

fn key(pk: String, sk: impl Into<String>) -> Key {
    Key { pk, sk: sk.into() }
}

fn prefix(pk: String, sk: impl Into<String>) -> Prefix {
    Prefix { pk, sk: sk.into() }
}

fn workspace_partition(workspace: &WorkspaceId) -> String {
    format!("W#{workspace}")
}

fn project_partition(workspace: &WorkspaceId, project: &ProjectKey) -> String {
    format!("W#{workspace}#P#{project}")
}

fn task_partition(workspace: &WorkspaceId, task: &TaskKey) -> String {
    format!("W#{workspace}#T#{task}")
}

fn user_partition(user: &UserId) -> String {
    format!("U#{user}")
}

/// The partition of what one person hears of, and how.
fn hearing_partition(workspace: &WorkspaceId, user: &UserId) -> String {
    format!("W#{workspace}#U#{user}#HEARS")
}

/// A time that sorts as text as it does as a time.
pub fn sortable_time(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// Which of `shards` parts something belongs to that is called `name`.
fn shard(name: &str, shards: u32) -> u32 {
    name.bytes().fold(0u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte))) % shards
}

/// A number that sorts as text as it does as a number.
fn sortable(number: u32) -> String {
    format!("{number:010}")
}

/// A moment in milliseconds that sorts as text as it does as a number. Before 1970 nothing happened here.
pub fn sortable_moment(at: Timestamp) -> String {
    format!("{:015}", at.as_millisecond().max(0))
}

mod due;
mod left;
mod parts;
mod people;

#[allow(missing_docs, reason = "the table above says what each is")]
mod table_of_keys {
    use super::*;

    pub fn workspace(workspace: &WorkspaceId) -> Key {
        key(workspace_partition(workspace), "WORKSPACE")
    }
    pub fn member(workspace: &WorkspaceId, user: &UserId) -> Key {
        key(workspace_partition(workspace), format!("MEMBER#{user}"))
    }
    pub fn members(workspace: &WorkspaceId) -> Prefix {
        prefix(workspace_partition(workspace), "MEMBER#")
    }
    pub fn project(workspace: &WorkspaceId, project: &ProjectKey) -> Key {
        key(workspace_partition(workspace), format!("PROJECT#{project}"))
    }
    pub fn projects(workspace: &WorkspaceId) -> Prefix {
        prefix(workspace_partition(workspace), "PROJECT#")
    }
    pub fn invite(workspace: &WorkspaceId, invite: &InviteId) -> Key {
        key(workspace_partition(workspace), format!("INVITE#{invite}"))
    }
    pub fn invites(workspace: &WorkspaceId) -> Prefix {
        prefix(workspace_partition(workspace), "INVITE#")
    }
    pub fn flags(workspace: &WorkspaceId) -> Key {
        key(workspace_partition(workspace), "FLAGS")
    }
    pub fn storage(workspace: &WorkspaceId) -> Prefix {
        prefix(workspace_partition(workspace), "STORAGE#")
    }
    pub fn storage_shard(workspace: &WorkspaceId, file: &str) -> Key {
        key(workspace_partition(workspace), format!("STORAGE#{}", shard(file, STORAGE_PARTS)))
    }
    pub fn socket_in(workspace: &WorkspaceId, connection: &str) -> Key {
        key(sockets_in(workspace).pk, connection)
    }
    pub fn sockets_in(workspace: &WorkspaceId) -> Prefix {
        prefix(format!("W#{workspace}#SOCKETS"), "")
    }
    pub fn audit(workspace: &WorkspaceId, event: EventId) -> Key {
        key(audit_trail(workspace).pk, event.to_string())
    }
    pub fn audit_trail(workspace: &WorkspaceId) -> Prefix {
        prefix(format!("W#{workspace}#AUDIT"), "")
    }
    pub fn calendar(workspace: &WorkspaceId) -> Key {
        key(workspace_partition(workspace), "CALENDAR")
    }
    pub fn team(workspace: &WorkspaceId, team: &TeamId) -> Key {
        key(workspace_partition(workspace), format!("TEAM#{team}"))
    }
    pub fn teams(workspace: &WorkspaceId) -> Prefix {
        prefix(workspace_partition(workspace), "TEAM#")
    }
    pub fn team_name(workspace: &WorkspaceId, name: &Name) -> Key {
        key(format!("W#{workspace}#TEAMS"), name.to_lowercase())
    }
    pub fn workspace_event(workspace: &WorkspaceId, event: EventId) -> Key {
        key(workspace_events(workspace).pk, event.to_string())
    }
    pub fn workspace_events(workspace: &WorkspaceId) -> Prefix {
        prefix(format!("W#{workspace}#EVENTS"), "")
    }

    pub fn project_contents(workspace: &WorkspaceId, project: &ProjectKey) -> Prefix {
        prefix(project_partition(workspace, project), "")
    }
    pub fn board(workspace: &WorkspaceId, board: &BoardId) -> Key {
        key(project_partition(workspace, board.project()), format!("BOARD#{board}"))
    }
    pub fn board_with_columns(workspace: &WorkspaceId, board: &BoardId) -> Prefix {
        prefix(project_partition(workspace, board.project()), format!("BOARD#{board}"))
    }
    pub fn boards(workspace: &WorkspaceId, project: &ProjectKey) -> Prefix {
        prefix(project_partition(workspace, project), "BOARD#")
    }
    pub fn column(workspace: &WorkspaceId, board: &BoardId, column: &ColumnId) -> Key {
        key(project_partition(workspace, board.project()), format!("BOARD#{board}#COLUMN#{column}"))
    }
    pub fn feed(workspace: &WorkspaceId, board: &BoardId) -> Key {
        key(project_partition(workspace, board.project()), format!("BOARD#{board}#FEED"))
    }
    pub fn card(workspace: &WorkspaceId, task: &TaskKey) -> Key {
        key(project_partition(workspace, task.project()), format!("CARD#{}", sortable(task.number())))
    }
    pub fn cards(workspace: &WorkspaceId, project: &ProjectKey) -> Prefix {
        prefix(project_partition(workspace, project), "CARD#")
    }
    pub fn column_order(workspace: &WorkspaceId, project: &ProjectKey, column: &ColumnId) -> Prefix {
        prefix(format!("{}#C#{column}", project_partition(workspace, project)), "")
    }
    pub fn place_in_column(workspace: &WorkspaceId, column: &ColumnId, rank: &Rank, task: &TaskKey) -> Key {
        let place = format!("{rank}#{}", sortable(task.number()));
        key(column_order(workspace, task.project(), column).pk, place)
    }
    pub fn due_task(workspace: &WorkspaceId, task: &TaskKey, next: DueNext) -> Key {
        let shard = task.number() % DUE_SHARDS;
        let shard = if next.step.is_reminder() { due_reminders(shard) } else { overdue(shard) };
        key(shard, format!("{}#{}", next.from, task_partition(workspace, task)))
    }
    pub fn due_reminders(shard: u32) -> String {
        format!("DUE#REMINDER#{shard}")
    }
    pub fn overdue(shard: u32) -> String {
        format!("DUE#OVERDUE#{shard}")
    }
    pub fn card_at(key: &Key) -> Option<(WorkspaceId, TaskKey)> {
        let (workspace, project) = key.pk.strip_prefix("W#")?.split_once("#P#")?;
        let number = key.sk.strip_prefix("CARD#")?.parse().ok()?;
        Some((workspace.parse().ok()?, TaskKey::new(&project.parse().ok()?, number)))
    }
    pub fn sprint_at(key: &Key) -> Option<(WorkspaceId, SprintId)> {
        let (workspace, _) = key.pk.strip_prefix("W#")?.split_once("#P#")?;
        Some((workspace.parse().ok()?, key.sk.strip_prefix("SPRINT#")?.parse().ok()?))
    }
    pub fn label(workspace: &WorkspaceId, project: &ProjectKey, label: &LabelId) -> Key {
        key(project_partition(workspace, project), format!("LABEL#{label}"))
    }
    pub fn labels(workspace: &WorkspaceId, project: &ProjectKey) -> Prefix {
        prefix(project_partition(workspace, project), "LABEL#")
    }
    pub fn label_name(workspace: &WorkspaceId, project: &ProjectKey, name: &Name) -> Key {
        key(format!("{}#LABELS", project_partition(workspace, project)), name.to_lowercase())
    }
    pub fn sprint(workspace: &WorkspaceId, sprint: &SprintId) -> Key {
        key(project_partition(workspace, sprint.project()), format!("SPRINT#{sprint}"))
    }
    pub fn sprints(workspace: &WorkspaceId, project: &ProjectKey) -> Prefix {
        prefix(project_partition(workspace, project), "SPRINT#")
    }
    pub fn sprint_contents(workspace: &WorkspaceId, sprint: &SprintId) -> Prefix {
        prefix(format!("{}#S#{sprint}", project_partition(workspace, sprint.project())), "")
    }
    pub fn transition(workspace: &WorkspaceId, sprint: &SprintId, at: Timestamp) -> Key {
        let date = at.to_zoned(TimeZone::UTC).date();
        key(sprint_contents(workspace, sprint).pk, format!("{date}#{}", EventId::at(at)))
    }
    pub fn day_count(workspace: &WorkspaceId, sprint: &SprintId, date: Date) -> Key {
        key(sprint_contents(workspace, sprint).pk, format!("COUNT#{date}"))
    }
    pub fn sprint_report(workspace: &WorkspaceId, sprint: &SprintId) -> Key {
        key(sprint_contents(workspace, sprint).pk, "REPORT")
    }
    pub fn due_sprint(workspace: &WorkspaceId, sprint: &SprintId) -> Key {
        key(due_sprints(shard(sprint.suffix(), DUE_SHARDS)), sprint_contents(workspace, sprint).pk)
    }
    pub fn due_sprints(shard: u32) -> String {
        format!("DUE#SPRINT#{shard}")
    }
    pub fn number(workspace: &WorkspaceId, project: &ProjectKey) -> Key {
        key(project_partition(workspace, project), "NUMBER")
    }
    pub fn archived_card(workspace: &WorkspaceId, task: &TaskKey) -> Key {
        key(
            format!("{}#ARCHIVE", project_partition(workspace, task.project())),
            format!("CARD#{}", sortable(task.number())),
        )
    }
    pub fn archived_cards(workspace: &WorkspaceId, project: &ProjectKey) -> Prefix {
        prefix(format!("{}#ARCHIVE", project_partition(workspace, project)), "CARD#")
    }
    pub fn event(workspace: &WorkspaceId, project: &ProjectKey, event: EventId) -> Key {
        key(events(workspace, project).pk, event.to_string())
    }
    pub fn events(workspace: &WorkspaceId, project: &ProjectKey) -> Prefix {
        prefix(format!("{}#EVENTS", project_partition(workspace, project)), "")
    }
    pub fn step(workspace: &WorkspaceId, board: &BoardId, step: &Step) -> Key {
        let word = |status: Option<Status>| status.map_or("", Status::as_str);
        let (at, on, from, to) = (sortable_moment(step.at), board.suffix(), word(step.from), word(step.to));
        key(steps(workspace, board.project()), format!("{at}#{on}#{}#{from}#{to}", step.task))
    }
    pub fn steps(workspace: &WorkspaceId, project: &ProjectKey) -> String {
        format!("{}#STEPS", project_partition(workspace, project))
    }
    pub fn task_event(workspace: &WorkspaceId, task: &TaskKey, event: EventId) -> Key {
        key(task_partition(workspace, task), event.to_string())
    }
    pub fn task_history(workspace: &WorkspaceId, task: &TaskKey) -> Prefix {
        prefix(task_partition(workspace, task), "")
    }
}

pub use {due::*, left::*, parts::*, people::*, table_of_keys::*};
