//! The keys of a project: its boards, tasks, labels, sprints and events.

#![allow(missing_docs, reason = "the table of keys says what each is")]

use super::key::{
    DUE_SHARDS, Key, Prefix, key, prefix, project_partition, shard, sortable, sortable_moment, task_partition,
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use millrace_domain::{
    board::rank::Rank,
    id::{BoardId, ColumnId, EventId, LabelId, ProjectKey, SprintId, TaskKey, WorkspaceId},
    insight::flow::Step,
    task::{Status, due::DueNext},
    text::Name,
};

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
