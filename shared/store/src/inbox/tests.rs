use super::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

fn burst(inbox: &Inbox, now: Timestamp) -> Burst {
    Burst {
        kind: NotificationKind::Updated,
        actor: "usr".to_owned(),
        batch: None,
        since: now,
        notification: inbox.next_id(now),
    }
}

#[test]
fn expired_unread_notifications_leave_the_unread_count() {
    let mut inbox = Inbox::default();
    let (first, second) = (at("2026-01-01T23:00:00Z"), at("2026-01-02T01:00:00Z"));
    for now in [first, first, second] {
        inbox.open(burst(&inbox, now), true, now);
    }
    assert_eq!(inbox.unread_count(second), 3);
    assert_eq!(inbox.unread_count(at("2026-04-01T23:59:59Z")), 3);
    assert_eq!(inbox.unread_count(at("2026-04-02T00:00:00Z")), 1);
    assert_eq!(inbox.unread_count(at("2026-04-03T00:00:00Z")), 0);
}

#[test]
fn notifications_after_read_all_are_unread_even_in_the_same_millisecond() {
    let mut inbox = Inbox::default();
    let now = at("2026-01-01T23:00:00Z");
    let first = burst(&inbox, now);
    inbox.open(first.clone(), true, now);
    inbox.read_all(first.notification.next());
    assert_eq!(inbox.unread_count(now), 0);
    let second = burst(&inbox, now);
    assert!(Some(second.notification) > inbox.read_through);
}
