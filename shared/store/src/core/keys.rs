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

mod due;
mod key;
mod left;
mod parts;
mod people;
mod project;
mod workspace;

pub use key::{DUE_INDEX, DUE_SHARDS, INDEX, Key, LAST_ID, Prefix, sortable_moment, sortable_time};
pub use {due::*, left::*, parts::*, people::*, project::*, workspace::*};
