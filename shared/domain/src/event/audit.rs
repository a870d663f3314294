//! The audit trail as a table.

use crate::{csv, event::Event};
use serde_json::Value;

/// Events as CSV, in order: time, person, type, subject, changes.
pub fn table(events: &[Event]) -> String {
    let head = ["Time", "Person", "Person's id", "Kind of actor", "Event", "Project", "Task", "Changes", "Event's id"];
    let mut text = csv::row(head);
    for event in events {
        text += &csv::row([
            event.at.to_string(),
            event.actor.name.clone(),
            event.actor.id.as_ref().map(ToString::to_string).unwrap_or_default(),
            word(&event.actor.kind),
            event.data.name().to_owned(),
            event.project.as_ref().map(ToString::to_string).unwrap_or_default(),
            event.task.as_ref().map(ToString::to_string).unwrap_or_default(),
            changes(event),
            event.id.to_string(),
        ]);
    }
    text
}

/// Its name in JSON.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).map(|value| plain(&value)).unwrap_or_default()
}

fn changes(event: &Event) -> String {
    let told = event.changes.iter();
    let told = told.map(|change| format!("{}: {} → {}", change.field, plain(&change.from), plain(&change.to)));
    told.collect::<Vec<_>>().join("; ")
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
