//! Events for tests, from what is stored of each kind.

use super::{Event, EventType};
use crate::id::{EventId, UserId};
use jiff::Timestamp;
use serde_json::{Value, json};

fn card() -> Value {
    json!({
        "key": "WEB-1", "title": "Draw the gate", "board_id": "WEB.bAAAAAAAA", "column_id": "col_AAAAAAAA",
        "status": "todo", "priority": "medium", "assignees": [], "labels": [], "story_points": null, "due_date": null,
        "sprint_id": null, "parent": null, "position": "a", "column_since": "2026-11-20T10:00:00Z", "comment_count": 0,
        "attachment_count": 0, "subtask_done": 0, "subtask_count": 0, "blocked_by": [], "blocked": false,
        "archived": false, "version": 1, "updated_at": "2026-11-20T10:00:00Z",
    })
}

fn person() -> Value {
    json!({"id": "usr_AAAAAAAA", "name": "Alex", "email": null, "role": "member", "avatar_url": null})
}

fn comment() -> Value {
    json!({
        "id": "cmt_01K2Z3Y4X5W6V7T8S9R0Q1P2N3", "task": "WEB-1", "author": "usr_AAAAAAAA", "body": "Look", "whole": true,
        "reply_to": null, "mentions": [], "reply_count": 0, "version": 1, "created_at": "2026-11-20T10:00:00Z",
        "edited_at": null,
    })
}

fn board() -> Value {
    json!({
        "id": "WEB.bAAAAAAAA", "project": "WEB", "name": "Board", "version": 1, "created_at": "2026-11-20T10:00:00Z",
        "updated_at": "2026-11-20T10:00:00Z",
    })
}

fn column() -> Value {
    json!({
        "id": "col_AAAAAAAA", "name": "To do", "category": "todo", "position": "a", "wip_limit": null, "version": 1,
    })
}

fn project() -> Value {
    json!({
        "key": "WEB", "name": "Web", "description": "", "board_id": "WEB.bAAAAAAAA", "close_parent": false,
        "track_time": false, "version": 1, "created_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-20T10:00:00Z",
    })
}

fn sprint() -> Value {
    json!({
        "id": "WEB.sAAAAAAAA", "project": "WEB", "name": "Sprint 1", "goal": "", "start_date": "2026-11-16",
        "end_date": "2026-11-29", "capacity": null, "state": "planned", "committed_points": null,
        "completed_points": null, "started_at": null, "closed_at": null, "version": 1,
        "created_at": "2026-11-20T10:00:00Z", "updated_at": "2026-11-20T10:00:00Z",
    })
}

fn attachment() -> Value {
    json!({
        "id": "att_01K2Z3Y4X5W6V7T8S9R0Q1P2N3", "task": "WEB-1", "name": "a.png", "size": 42,
        "content_type": "image/png", "shown": true, "author": "usr_AAAAAAAA", "thumbnail": null, "scanned": false,
        "created_at": "2026-11-20T10:00:00Z",
    })
}

fn time_log() -> Value {
    json!({
        "id": "01K2Z3Y4X5W6V7T8S9R0Q1P2N3", "task": "WEB-1", "person": "usr_AAAAAAAA", "date": "2026-11-20",
        "minutes": 90, "hours": 1.5, "note": "", "timed": false, "version": 1, "created_at": "2026-11-20T10:00:00Z",
        "updated_at": "2026-11-20T10:00:00Z",
    })
}

/// The data of an event of each form that its kind has, as it is stored.
pub(crate) fn forms(kind: EventType) -> Vec<Value> {
    let member = json!({"user": person(), "role": "developer"});
    match kind {
        EventType::WorkspaceUpdated => vec![Value::Null],
        EventType::ProjectCreated => vec![json!({"project": project(), "board": board()})],
        EventType::ProjectUpdated => vec![
            json!({"project": project()}),
            json!({"project_removed": true}),
            json!({"label": {"id": "lbl_AAAAAAAA", "name": "Bug", "color": "#ff0000", "version": 1}}),
            json!({"label_removed": "lbl_AAAAAAAA"}),
            json!({"fields": [], "import": "WEB.iAAAAAAAA"}),
            json!({"member": member}),
            json!({"member_removed": "usr_AAAAAAAA"}),
        ],
        EventType::ProjectUserAdded => vec![json!({"member": member})],
        EventType::BoardUpdated => vec![
            json!({"board": board()}),
            json!({"board": board(), "board_removed": true}),
            json!({"board": board(), "import": "WEB.iAAAAAAAA"}),
        ],
        EventType::ColumnAdded | EventType::ColumnUpdated | EventType::ColumnMoved => vec![json!({"column": column()})],
        EventType::ColumnRemoved => {
            vec![json!({"column": column(), "move_to": null}), json!({"column": column(), "move_to": "col_BBBBBBBB"})]
        }
        EventType::TaskCreated => vec![json!({"card": card()}), json!({"card": card(), "import": "WEB.iAAAAAAAA"})],
        EventType::TaskUpdated
        | EventType::TaskMoved
        | EventType::TaskAssigned
        | EventType::TaskStatusChanged
        | EventType::TaskArchived
        | EventType::TaskRestored
        | EventType::TaskDeleted => vec![json!({"card": card()})],
        EventType::CommentAdded | EventType::CommentUpdated => vec![json!({"comment": comment(), "mentions": []})],
        EventType::CommentRemoved => vec![json!({"comment": comment()})],
        EventType::ReactionAdded | EventType::ReactionRemoved => vec![json!({"comment": comment(), "emoji": "👍"})],
        EventType::AttachmentAdded | EventType::AttachmentRemoved => vec![json!({"attachment": attachment()})],
        EventType::SprintStarted | EventType::SprintClosed => vec![json!({"sprint": sprint()})],
        EventType::SprintUpdated => {
            vec![json!({"sprint": sprint()}), json!({"sprint": sprint(), "sprint_removed": true})]
        }
        EventType::TimeLogged => {
            vec![json!({"time_log": time_log()}), json!({"time_log_removed": "01K2Z3Y4X5W6V7T8S9R0Q1P2N3"})]
        }
        EventType::WorkFinished => {
            let finished = json!({"work": "report", "id": "r", "name": "a.csv", "project": null, "done": true});
            vec![json!({"finished": finished, "for": "usr_AAAAAAAA"})]
        }
        EventType::UserCreated | EventType::UserUpdated | EventType::UserPermissionChanged => {
            vec![json!({"person": person()})]
        }
    }
}

/// An event's document, as it is stored.
pub(crate) fn document(kind: &str, data: &Value) -> Value {
    json!({
        "id": "01K2Z3Y4X5W6V7T8S9R0Q1P2N3", "type": kind, "workspace": "ws_AAAAAAAA", "project": "WEB",
        "board_id": "WEB.bAAAAAAAA", "task": "WEB-1", "actor": {"id": "usr_AAAAAAAA", "name": "Alex", "kind": "user"},
        "at": "2026-11-20T10:00:00Z", "changes": [], "data": data,
    })
}

/// An event of a kind in its first form. `changes` are `[field, from, to]` each; `data` replaces fields of the form.
pub(crate) fn event(kind: EventType, at: Timestamp, changes: &[(&str, Value, Value)], data: &Value) -> Event {
    let name = serde_json::to_value(kind).expect("a name");
    let mut form = forms(kind).swap_remove(0);
    merge(&mut form, data);
    let mut document = document(name.as_str().expect("a name"), &form);
    let change = |(field, from, to): &(&str, Value, Value)| json!({"field": field, "from": from, "to": to});
    document["changes"] = changes.iter().map(change).collect();
    document["at"] = json!(at);
    document["id"] = json!(EventId::at(at));
    let event: Event = serde_json::from_value(document).expect("an event");
    assert_eq!(event.data.kind(), Some(kind), "{:?}", event.data);
    event
}

/// The same event, brought about by a person.
pub(crate) fn by(event: Event, actor: &UserId) -> Event {
    Event { actor: super::Actor::user(actor.clone(), "Alex"), ..event }
}

fn merge(value: &mut Value, with: &Value) {
    match (value, with) {
        (Value::Object(fields), Value::Object(with)) => {
            for (name, with) in with {
                merge(fields.entry(name).or_insert(Value::Null), with);
            }
        }
        (_, Value::Null) => {}
        (value, with) => *value = with.clone(),
    }
}
