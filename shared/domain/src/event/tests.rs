use super::{
    examples::{document, event, forms},
    *,
};
use serde_json::{Value, json};

fn name(kind: EventType) -> String {
    serde_json::to_value(kind).expect("JSON").as_str().expect("a name").to_owned()
}

#[test]
fn every_form_of_every_kind_is_read_and_written_as_it_is_stored() {
    for kind in EventData::KINDS {
        for data in forms(*kind) {
            let stored = document(&name(*kind), &data);
            let event: Event = serde_json::from_value(stored.clone()).expect("an event");
            assert_eq!((event.data.kind(), event.data.name()), (Some(*kind), name(*kind).as_str()), "{stored}");
            assert_eq!(serde_json::to_value(&event).expect("JSON"), stored);
        }
    }
}

#[test]
fn an_event_of_an_unknown_kind_or_form_is_passed_on_as_it_came() {
    let unknown = document("card.coloured", &json!({"card": "WEB-1", "color": ["red", 1.5, null]}));
    let changed = document("task.moved", &json!({"cards": ["WEB-1", "WEB-2"]}));
    for stored in [unknown, changed] {
        let event: Event = serde_json::from_value(stored.clone()).expect("an event");
        assert_eq!(event.data.kind(), None);
        assert_eq!(event.data.name(), stored["type"].as_str().expect("a name"));
        assert_eq!(serde_json::to_value(&event).expect("JSON"), stored);
    }
}

#[test]
fn a_field_that_a_later_version_adds_is_no_obstacle() {
    let mut data = forms(EventType::TaskMoved).swap_remove(0);
    data["swimlane"] = json!("fast");
    data["card"]["cover"] = json!("#fff");
    let event: Event = serde_json::from_value(document("task.moved", &data)).expect("an event");
    assert_eq!(event.data.kind(), Some(EventType::TaskMoved));
}

#[test]
fn a_change_of_column_is_a_move_and_a_change_of_status_whatever_the_type() {
    let event = |kind, fields: &[&str]| {
        let changes: Vec<_> = fields.iter().map(|field| (*field, json!(1), json!(2))).collect();
        event(kind, Timestamp::UNIX_EPOCH, &changes, &json!({}))
    };
    let (moved, status) = (EventType::TaskMoved, EventType::TaskStatusChanged);
    for kind in [moved, status, EventType::TaskUpdated, EventType::TaskRestored] {
        let event = event(kind, &["column_id", "status"]);
        assert!(event.tells(moved) && event.tells(status) && event.tells(kind));
        assert!(!event.tells(EventType::TaskAssigned));
    }
    assert!(!event(moved, &["column_id"]).tells(status), "the columns have the same category");
    assert!(event(moved, &["position"]).tells(moved), "within its column");
    assert!(!event(EventType::TaskUpdated, &["title"]).tells(moved));
}

#[test]
fn a_status_step_begins_or_ends_work_and_ends_a_part() {
    let moved = |from: &str, to: &str| {
        let data = json!({"card": {"parent": "WEB-7"}});
        event(EventType::TaskMoved, Timestamp::UNIX_EPOCH, &[("status", json!(from), json!(to))], &data)
    };
    assert!(moved("todo", "in_progress").begins_or_ends_work() && moved("in_progress", "done").begins_or_ends_work());
    assert!(!moved("todo", "done").begins_or_ends_work());
    assert_eq!(moved("review", "done").ends_part_of().map(ToString::to_string), Some("WEB-7".to_owned()));
    assert_eq!(moved("done", "review").ends_part_of(), None);
}

#[test]
fn who_has_no_role_any_more_has_left() {
    let changed = |to: Value| {
        event(EventType::UserPermissionChanged, Timestamp::UNIX_EPOCH, &[("role", json!("member"), to)], &Value::Null)
    };
    assert_eq!(changed(json!("admin")).leaver(), None);
    assert_eq!(changed(Value::Null).leaver().map(ToString::to_string), Some("usr_AAAAAAAA".to_owned()));
}
