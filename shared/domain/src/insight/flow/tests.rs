use super::*;
use crate::id::ProjectKey;
use jiff::civil::date;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn fact(number: u32, status: Option<Status>, created_at: Timestamp) -> Fact {
    let project: ProjectKey = "WEB".parse().expect("a key");
    let title = Title::new(&format!("Task {number}")).expect("a title");
    Fact { key: TaskKey::new(&project, number), title, status, created_at, column_since: created_at }
}

fn step(task: u32, from: Option<Status>, to: Option<Status>, at: Timestamp) -> Step {
    Step { at, task, from, to }
}

fn reckoned(steps: Vec<Step>, facts: &[Fact]) -> Flow {
    let (from, to) = (date(2026, 11, 2), date(2026, 11, 15));
    let project = "WEB".parse().expect("a key");
    reckon(&project, steps, facts, &Calendar::default(), (from, to), at("2026-11-15T12:00:00Z"))
}

#[test]
fn lead_time_starts_at_creation_and_cycle_time_at_the_start_of_work() {
    use Status::*;
    let (made, begun, done) = (at("2026-11-02T08:00:00Z"), at("2026-11-04T08:00:00Z"), at("2026-11-05T20:00:00Z"));
    let steps = vec![
        step(1, None, Some(Todo), made),
        step(1, Some(Todo), Some(InProgress), begun),
        step(1, Some(InProgress), Some(Done), done),
        step(1, Some(Done), None, at("2026-11-08T08:00:00Z")),
        step(2, Some(Review), Some(Done), done),
        step(3, None, Some(Todo), made),
        step(3, Some(Todo), Some(InProgress), begun),
    ];
    let facts = [fact(2, Some(Done), at("2026-10-01T20:00:00Z")), fact(3, Some(InProgress), made)];
    let flow = reckoned(steps, &facts);
    let times: Vec<_> = flow.finished.iter().map(|task| (task.key.number(), task.cycle_days, task.lead_days)).collect();
    assert_eq!(times, [(1, Some(1.5), Some(3.5)), (2, None, Some(35.0))]);
    assert_eq!(flow.cycle_time, Some(Percentiles { p50: 1.5, p85: 1.5, p95: 1.5 }));
    assert_eq!(flow.lead_time, Some(Percentiles { p50: 3.5, p85: 35.0, p95: 35.0 }));
    let weeks: Vec<_> = flow.throughput.iter().map(|week| week.tasks).collect();
    assert_eq!(weeks, [2, 0]);
    assert_eq!((flow.ageing.len(), flow.ageing[0].age_days), (1, 11.17));
    let last = flow.days.last().expect("days");
    assert_eq!((last.done, last.in_progress, last.todo), (2, 1, 0), "what is archived when it is done stays done");
}

#[test]
fn a_reopened_task_is_not_completed() {
    use Status::*;
    let made = at("2026-11-02T08:00:00Z");
    let steps = vec![
        step(1, None, Some(InProgress), made),
        step(1, Some(InProgress), Some(Done), at("2026-11-03T08:00:00Z")),
        step(1, Some(Done), Some(Todo), at("2026-11-04T08:00:00Z")),
    ];
    let flow = reckoned(steps, &[fact(1, Some(Todo), made)]);
    assert!(flow.finished.is_empty() && flow.cycle_time.is_none());
    let done: Vec<_> = flow.days.iter().take(3).map(|day| day.done).collect();
    assert_eq!(done, [0, 1, 0]);
}

fn status() -> impl Strategy<Value = Status> {
    use Status::*;
    prop::sample::select(vec![Backlog, Todo, InProgress, Review, Done])
}

proptest! {
    /// Every task is in one place each day, the last day is how the board stands, and what was done is counted once.
    #[test]
    fn the_number_of_tasks_is_preserved(moves in prop::collection::vec((1u32..8, status(), 0i64..10), 0..80)) {
        let mut now = at("2026-11-02T08:00:00Z");
        let made = now;
        let mut stands: BTreeMap<u32, Status> = (1..8).map(|number| (number, Status::Backlog)).collect();
        let mut steps: Vec<Step> = Vec::new();
        for (task, to, hours) in moves {
            now += (hours * 3_600 / 4 + 1).seconds();
            let from = stands.insert(task, to);
            if from != Some(to) {
                steps.push(step(task, from, Some(to), now));
            }
        }
        let facts: Vec<Fact> = stands.iter().map(|(number, status)| fact(*number, Some(*status), made)).collect();
        let flow = reckoned(steps, &facts);
        let all = |day: &FlowDay| day.backlog + day.todo + day.in_progress + day.review + day.done;
        prop_assert!(flow.days.iter().all(|day| all(day) == 7));
        let last = flow.days.last().expect("days");
        let standing = |status: Status| stands.values().filter(|other| **other == status).count() as u32;
        prop_assert_eq!(last.done, standing(Status::Done));
        prop_assert_eq!(last.in_progress, standing(Status::InProgress));
        prop_assert_eq!(flow.finished.len() as u32, standing(Status::Done));
        prop_assert_eq!(flow.throughput.iter().map(|week| week.tasks).sum::<u32>(), standing(Status::Done));
        prop_assert!(flow.finished.iter().all(|task| task.cycle_days <= task.lead_days || task.cycle_days.is_none()));
    }

    /// A percentile is a time that was taken, and so many of a hundred took no longer.
    #[test]
    fn percentiles_are_durations_of_actual_tasks(times in prop::collection::vec(0.0f64..100.0, 1..60)) {
        let found = percentiles(times.clone()).expect("some");
        prop_assert!(found.p50 <= found.p85 && found.p85 <= found.p95);
        for (percent, time) in [(50.0, found.p50), (85.0, found.p85), (95.0, found.p95)] {
            prop_assert!(times.contains(&time));
            let within = times.iter().filter(|other| **other <= time).count() as f64;
            prop_assert!(within * 100.0 >= percent * times.len() as f64);
        }
    }
}
