use super::*;
use crate::{
    event::{EventType, examples},
    time::calendar::{Calendar, Zone},
};
use jiff::SignedDuration;
use proptest::prelude::*;
use serde_json::json;
use std::collections::btree_map::Entry;

/// One step of a task's life.
#[derive(Debug, Clone)]
enum Step {
    Status(usize),
    Assign(Vec<usize>),
    Label(Vec<usize>),
    Due(Option<i8>),
    Points(Option<u32>),
    Comment,
    /// Minutes, and on which day of the month.
    Log(i64, i8),
    Archive,
    Restore,
}

const STATUSES: [&str; 5] = ["backlog", "todo", "in_progress", "review", "done"];

fn people() -> Vec<UserId> {
    (0..3).map(|index| format!("usr_person{index}").parse().expect("an id")).collect()
}

fn labels() -> Vec<LabelId> {
    (0..2).map(|index| format!("lbl_label{index}").parse().expect("an id")).collect()
}

fn event(kind: EventType, at: Timestamp, changes: &[(&str, Value, Value)], card: &Value) -> Event {
    let data = if card.is_null() { Value::Null } else { json!({"card": card}) };
    examples::by(examples::event(kind, at, changes, &data), &people()[0])
}

fn counted(card: &Value) -> Counted {
    let event = event(EventType::TaskCreated, Timestamp::UNIX_EPOCH, &[], card);
    Counted::from(&event.data.task().expect("a task").card)
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let some =
        |most: usize| proptest::collection::btree_set(0..most, 0..=most).prop_map(|set| set.into_iter().collect());
    let step = prop_oneof![
        4 => (0usize..5).prop_map(Step::Status),
        2 => some(3).prop_map(Step::Assign),
        1 => some(2).prop_map(Step::Label),
        1 => proptest::option::of(1i8..28).prop_map(Step::Due),
        1 => proptest::option::of(0u32..9).prop_map(Step::Points),
        2 => Just(Step::Comment),
        2 => (1i64..600, 1i8..28).prop_map(|(minutes, day)| Step::Log(minutes, day)),
        1 => Just(Step::Archive),
        1 => Just(Step::Restore),
    ];
    proptest::collection::vec(step, 0..12)
}

/// The events of one task's life, and the task at its end; none where it is archived by then.
fn live(steps: &[Step], start: Timestamp) -> (Vec<Event>, Option<Value>) {
    let mut card = json!({
        "status": "backlog", "priority": "high", "assignees": [], "labels": [], "story_points": null, "due_date": null,
    });
    let (mut events, mut archived) = (vec![event(EventType::TaskCreated, start, &[], &card)], false);
    for (index, step) in steps.iter().enumerate() {
        let at = start + SignedDuration::from_hours(7 * (index as i64 + 1));
        let (field, value) = match step {
            Step::Archive | Step::Restore => {
                let archives = matches!(step, Step::Archive);
                if archives != archived {
                    let kind = if archives { EventType::TaskArchived } else { EventType::TaskRestored };
                    events.push(event(kind, at, &[], &card));
                    archived = archives;
                }
                continue;
            }
            _ if archived => continue,
            Step::Comment => {
                events.push(event(EventType::CommentAdded, at, &[], &Value::Null));
                continue;
            }
            Step::Log(minutes, day) => {
                let date = format!("2026-11-{day:02}");
                let changes = [("minutes", Value::Null, json!(minutes)), ("date", Value::Null, json!(date))];
                events.push(event(EventType::TimeLogged, at, &changes, &Value::Null));
                continue;
            }
            Step::Status(status) => ("status", json!(STATUSES[*status])),
            Step::Assign(chosen) => {
                ("assignees", json!(chosen.iter().map(|index| people()[*index].clone()).collect::<Vec<_>>()))
            }
            Step::Label(chosen) => {
                ("labels", json!(chosen.iter().map(|index| labels()[*index].clone()).collect::<Vec<_>>()))
            }
            Step::Due(day) => ("due_date", json!(day.map(|day| format!("2026-11-{day:02}")))),
            Step::Points(points) => ("story_points", json!(points)),
        };
        let from = std::mem::replace(&mut card[field], value.clone());
        if from == value {
            continue;
        }
        events.push(event(EventType::TaskUpdated, at, &[(field, from, value)], &card));
    }
    (events, (!archived).then_some(card))
}

fn merge(total: &mut Measured, one: &Measured) {
    for (day, numbers) in &one.days {
        numbers.iter().for_each(|(name, number)| add(total.days.entry(*day).or_default(), name.clone(), *number));
    }
    one.now.iter().for_each(|(name, number)| add(&mut total.now, name.clone(), *number));
}

/// How often something was said on a task, and the minutes that were logged on it, by day.
fn said_and_logged(steps: &[Step]) -> (i64, BTreeMap<Date, i64>) {
    let (mut said, mut logged, mut archived) = (0, BTreeMap::new(), false);
    for step in steps {
        match step {
            Step::Archive => archived = true,
            Step::Restore => archived = false,
            Step::Comment if !archived => said += 1,
            Step::Log(minutes, day) if !archived => {
                *logged.entry(jiff::civil::date(2026, 11, *day)).or_insert(0) += minutes;
            }
            _ => {}
        }
    }
    (said, logged)
}

fn without_zeros(mut days: BTreeMap<Date, Numbers>) -> BTreeMap<Date, Numbers> {
    days.values_mut().for_each(|numbers| numbers.retain(|_, number| *number != 0));
    days.retain(|_, numbers| !numbers.is_empty());
    days
}

proptest! {
    /// However events come, and however often, counting each id once gives what a recount of the tasks and of the events
    /// gives; and numbers that are off by anything are right once the difference is added.
    #[test]
    fn counters_equal_a_recount_in_any_order_and_with_duplicates(
        lives in proptest::collection::vec(steps(), 1..6),
        order in proptest::collection::vec(any::<u32>(), 200),
        moves_at in 0usize..40,
        errors in proptest::collection::btree_map(0usize..60, -9i64..9, 0..5),
    ) {
        let zone = |name: &str| Calendar { time_zone: Zone::named(name).expect("a zone"), ..Calendar::default() };
        // The workspace moves to the other end of the world while events are counted.
        let calendars = [zone("Pacific/Kiritimati"), zone("Pacific/Pago_Pago")];
        let start: Timestamp = "2026-11-02T08:00:00Z".parse().expect("a time");
        let (mut events, mut recount) = (Vec::new(), Numbers::new());
        let (mut said, mut logged) = (0, BTreeMap::new());
        for steps in &lives {
            let (told, card) = live(steps, start);
            let (comments, minutes) = said_and_logged(steps);
            said += comments;
            minutes.into_iter().for_each(|(day, minutes)| *logged.entry(day).or_insert(0) += minutes);
            events.extend(told);
            if let Some(card) = card {
                counted(&card).add_to(&mut recount, 1);
            }
        }
        recount.retain(|_, number| *number != 0);
        let mut delivered: Vec<(u32, &Event)> = Vec::new();
        for (event, key) in events.iter().chain(&events).chain(&events).zip(order.iter().cycle()) {
            delivered.push((*key, event));
        }
        delivered.sort_by_key(|(key, _)| *key);
        let (mut total, mut counted_as) = (Measured::default(), BTreeMap::new());
        for (index, (_, event)) in delivered.into_iter().enumerate() {
            let day = calendars[usize::from(index > moves_at)].day_at(event.at);
            if let Entry::Vacant(first) = counted_as.entry(event.id) {
                first.insert(day);
                merge(&mut total, &measured(event, day));
            }
        }
        total.now.retain(|_, number| *number != 0);
        prop_assert_eq!(&total.now, &recount);
        let days = without_zeros(recounted(events.iter().map(|event| (event, counted_as[&event.id]))));
        prop_assert_eq!(&without_zeros(total.days), &days);
        let on = |numbers: &Numbers, name: &str| numbers.get(name).copied().unwrap_or_default();
        prop_assert_eq!(days.values().map(|numbers| on(numbers, "comments")).sum::<i64>(), said);
        for (day, minutes) in logged {
            prop_assert_eq!(days.get(&day).map(|numbers| on(numbers, "minutes")), Some(minutes));
        }
        let mut broken = recount.clone();
        for (index, by) in &errors {
            let name = recount.keys().nth(*index).cloned().unwrap_or_else(|| format!("made up {index}"));
            add(&mut broken, name, *by);
        }
        for (name, by) in difference(&broken, &recount) {
            add(&mut broken, name, by);
        }
        broken.retain(|_, number| *number != 0);
        prop_assert_eq!(broken, recount);
    }
}

#[test]
fn a_completed_task_counts_its_cycle_time() {
    let at: Timestamp = "2026-11-20T10:00:00Z".parse().expect("a time");
    let card = json!({"status": "done", "priority": "low", "started_at": "2026-11-20T08:30:00Z"});
    let change = ("status", json!("review"), json!("done"));
    let measured = measured(&event(EventType::TaskMoved, at, &[change], &card), Calendar::default().day_at(at));
    let day = &measured.days[&jiff::civil::date(2026, 11, 20)];
    assert_eq!((day["closed"], day["cycles"], day["cycle_minutes"]), (1, 1, 90));
    assert_eq!(day[&on_day(Measure::Closed, By::Person(&people()[0]))], 1);
    let names: Vec<(&str, i64)> = measured.now.iter().map(|(name, number)| (name.as_str(), *number)).collect();
    assert_eq!(
        names,
        [
            ("priority.low", -1),
            ("priority.low.person.none", -1),
            ("status.done", 1),
            ("status.done.person.none", 1),
            ("status.review", -1),
            ("status.review.person.none", -1),
        ]
    );
}

#[test]
fn changed_time_logs_count_on_their_date() {
    let at: Timestamp = "2026-11-20T10:00:00Z".parse().expect("a time");
    let changes = [("minutes", json!(60), json!(90)), ("date", json!("2026-11-18"), json!("2026-11-19"))];
    let days = measured(&event(EventType::TimeLogged, at, &changes, &Value::Null), Calendar::default().day_at(at)).days;
    assert_eq!(days[&jiff::civil::date(2026, 11, 18)]["minutes"], -60);
    assert_eq!(days[&jiff::civil::date(2026, 11, 19)]["minutes"], 90);
}

#[test]
fn overdue_tasks_are_read_from_counters() {
    let person = &people()[0];
    let now = Numbers::from([
        (due_on(jiff::civil::date(2026, 11, 19), By::All), 2),
        (due_on(jiff::civil::date(2026, 11, 21), By::All), 5),
        (due_on(jiff::civil::date(2026, 11, 18), By::Person(person)), 1),
    ]);
    let today = jiff::civil::date(2026, 11, 21);
    assert_eq!((overdue(&now, today, By::All), overdue(&now, today, By::Person(person))), (2, 1));
}
