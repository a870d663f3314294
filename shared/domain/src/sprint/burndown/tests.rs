use super::*;
use crate::{
    board::rank::Rank,
    id::{BoardId, ColumnId, ProjectKey},
    sprint::transitions,
    task::{Status, TaskFields},
    time::calendar::Zone,
};
use jiff::{ToSpan, civil::date};
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse().expect("an instant")
}

fn project() -> ProjectKey {
    "WEB".parse().expect("a key")
}

fn task(number: u32, now: Timestamp) -> TaskFields {
    let board = BoardId::random(&project());
    serde_json::from_value(serde_json::json!({
        "key": format!("WEB-{number}"), "board_id": board, "column_id": ColumnId::random(),
        "rank": Rank::bottom(now).as_str(), "column_since": now, "title": format!("Task {number}"),
        "priority": "medium", "reporter": null, "created_at": now, "updated_at": now,
    }))
    .expect("a task")
}

/// Tasks as they are, and the transitions that their writes left in each of two sprints.
struct World {
    sprints: [SprintId; 2],
    tasks: Vec<(TaskFields, u64)>,
    left: Vec<(SprintId, Transition)>,
}

/// What somebody does to a task.
#[derive(Debug, Clone)]
enum Deed {
    Plan(Option<usize>),
    Guess(Option<u32>),
    Finish,
    Reopen,
    Archive,
    Restore,
}

impl World {
    fn new() -> Self {
        let now = at("2026-11-02T08:00:00Z");
        let tasks = (1..=6).map(|number| (task(number, now), 1)).collect();
        Self { sprints: std::array::from_fn(|_| SprintId::random(&project())), tasks, left: Vec::new() }
    }

    fn act(&mut self, number: usize, deed: &Deed, now: Timestamp) {
        let (before, version) = self.tasks[number].clone();
        let mut after = before.clone();
        match deed {
            Deed::Plan(sprint) => after.sprint_id = sprint.map(|sprint| self.sprints[sprint].clone()),
            Deed::Guess(points) => after.story_points = *points,
            Deed::Finish => after.place(&ColumnId::random(), Rank::bottom(now), Status::Done, now),
            Deed::Reopen => after.place(&ColumnId::random(), Rank::bottom(now), Status::Todo, now),
            Deed::Archive => after.archived_at = Some(now),
            Deed::Restore => after.archived_at = None,
        }
        after.updated_at = now;
        self.left.extend(transitions(Some(&before), &after, version + 1));
        self.tasks[number] = (after, version + 1);
    }

    fn ledger(&self, sprint: usize) -> Ledger {
        let own = self.left.iter().filter(|(id, _)| *id == self.sprints[sprint]);
        Ledger::new(own.map(|(_, transition)| transition.clone()).collect())
    }

    /// What the cards say, without any transition.
    fn counted(&self, sprint: usize) -> Standing {
        let mut standing = Standing::default();
        let own =
            |task: &&TaskFields| task.archived_at.is_none() && task.sprint_id.as_ref() == Some(&self.sprints[sprint]);
        for task in self.tasks.iter().map(|(task, _)| task).filter(own) {
            let points = task.story_points.unwrap_or(0);
            standing.scope += points;
            standing.remaining += if task.closed_at.is_some() { 0 } else { points };
        }
        standing
    }

    fn course(&self, started_at: Timestamp, until: Timestamp) -> Course {
        Course { start_date: date(2026, 11, 2), end_date: date(2026, 11, 13), started_at: Some(started_at), until }
    }
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        3 => prop::option::of(0usize..2).prop_map(Deed::Plan),
        2 => prop::option::of(0u32..20).prop_map(Deed::Guess),
        2 => Just(Deed::Finish),
        1 => Just(Deed::Reopen),
        1 => Just(Deed::Archive),
        1 => Just(Deed::Restore),
    ]
}

fn deeds() -> impl Strategy<Value = Vec<(usize, Deed, i64)>> {
    prop::collection::vec((0usize..6, deed(), 0i64..20), 0..80)
}

proptest! {
    /// Whatever is done in whatever order: points are neither lost nor made, and the report adds up.
    #[test]
    fn committed_and_changed_points_equal_completed_and_carried_points(deeds in deeds(), start in 0usize..80) {
        let mut world = World::new();
        let mut now = at("2026-11-02T08:00:00Z");
        let mut started_at = now;
        for (step, (number, deed, hours)) in deeds.iter().enumerate() {
            now += (*hours * 3_600 + 1).seconds();
            world.act(*number, deed, now);
            if step < start {
                started_at = now;
            }
        }
        for sprint in 0..2 {
            let (ledger, counted) = (world.ledger(sprint), world.counted(sprint));
            prop_assert_eq!(ledger.standing_at(now), counted);
            let outcome = ledger.outcome(&world.course(started_at, now));
            let came = i64::from(outcome.committed_points) + i64::from(outcome.added_points)
                - i64::from(outcome.removed_points) + outcome.re_estimated_points;
            prop_assert_eq!(came, i64::from(outcome.completed_points + outcome.carried_over_points));
            prop_assert_eq!(i64::from(counted.scope), came);
            prop_assert_eq!(outcome.carried_over_points, counted.remaining);
            let sum = |tasks: &[ReportedTask]| tasks.iter().map(|task| task.points).sum::<u32>();
            prop_assert_eq!(sum(&outcome.completed), outcome.completed_points);
            prop_assert_eq!(sum(&outcome.carried_over), outcome.carried_over_points);
        }
    }

    /// What happens after the close changes neither the outcome nor the burndown, though all of it is written down.
    #[test]
    fn a_closed_sprints_report_does_not_change(before in deeds(), after in deeds()) {
        let mut world = World::new();
        let started_at = at("2026-11-02T08:00:00Z");
        let mut now = started_at;
        let act = |world: &mut World, deeds: &[(usize, Deed, i64)], now: &mut Timestamp| {
            for (number, deed, hours) in deeds {
                *now += (*hours * 3_600 + 1).seconds();
                world.act(*number, deed, *now);
            }
        };
        act(&mut world, &before, &mut now);
        let course = world.course(started_at, now);
        let ledger = world.ledger(0);
        let seen = ledger.seen();
        // The first writes after it carry the very moment of the close: clocks do not agree.
        for (number, deed, _) in after.iter().take(3) {
            world.act(*number, deed, now);
        }
        act(&mut world, &after, &mut now);
        let later = world.ledger(0).as_seen(&seen);
        prop_assert_eq!(later.outcome(&course), ledger.outcome(&course));
        let calendar = Calendar::default();
        prop_assert_eq!(later.burndown(&course, &calendar), ledger.burndown(&course, &calendar));
    }

    /// The last day that is known is how the sprint stands, and what is left is never more than what is there.
    #[test]
    fn a_burndown_ends_at_the_remaining_points(
        deeds in deeds(),
        zone in prop::sample::select(vec!["UTC", "Europe/Berlin", "Pacific/Auckland", "America/St_Johns"]),
    ) {
        let mut world = World::new();
        let started_at = at("2026-11-02T08:00:00Z");
        let mut now = started_at;
        for (number, deed, hours) in &deeds {
            now += (*hours * 3_600 + 1).seconds();
            world.act(*number, deed, now);
        }
        let calendar = Calendar { time_zone: Zone::named(zone).expect("a zone"), ..Calendar::default() };
        let burndown = world.ledger(0).burndown(&world.course(started_at, now), &calendar);
        let last = burndown.iter().rev().find_map(|day| day.remaining_points.zip(day.scope));
        let counted = world.counted(0);
        prop_assert_eq!(last, Some((counted.remaining, counted.scope)));
        prop_assert!(burndown.iter().all(|day| day.remaining_points <= day.scope));
        prop_assert!(burndown.windows(2).all(|pair| pair[0].ideal >= pair[1].ideal));
    }
}

#[test]
fn the_ideal_line_is_flat_on_days_off() {
    let mut world = World::new();
    let planned = at("2026-11-02T08:00:00Z");
    world.act(0, &Deed::Guess(Some(10)), planned);
    world.act(0, &Deed::Plan(Some(0)), planned + 1.second());
    let course = world.course(planned + 2.seconds(), planned + 3.seconds());
    let burndown = world.ledger(0).burndown(&course, &Calendar::default());
    let ideal: Vec<f64> = burndown.iter().map(|day| day.ideal).collect();
    assert_eq!(ideal, [9.0, 8.0, 7.0, 6.0, 5.0, 5.0, 5.0, 4.0, 3.0, 2.0, 1.0, 0.0]);
    let known: Vec<_> = burndown.iter().filter_map(|day| day.remaining_points).collect();
    assert_eq!(known, [10], "days to come are not known");
}

#[test]
fn days_end_in_the_workspaces_time_zone() {
    let mut world = World::new();
    let planned = at("2026-11-02T08:00:00Z");
    world.act(0, &Deed::Guess(Some(8)), planned);
    world.act(0, &Deed::Plan(Some(0)), planned + 1.second());
    // Half past eleven in the evening in London is half past twelve in the afternoon of the next day in Auckland.
    world.act(0, &Deed::Finish, at("2026-11-03T23:30:00Z"));
    let course = world.course(planned + 2.seconds(), at("2026-11-05T12:00:00Z"));
    let remaining = |zone: &str| {
        let calendar = Calendar { time_zone: Zone::named(zone).expect("a zone"), ..Calendar::default() };
        let days = world.ledger(0).burndown(&course, &calendar);
        days.iter().map_while(|day| day.remaining_points).collect::<Vec<_>>()
    };
    assert_eq!(remaining("Europe/London"), [8, 0, 0, 0]);
    assert_eq!(remaining("Pacific/Auckland"), [8, 8, 0, 0, 0], "the fifth was over there too");
}

#[test]
fn added_and_removed_tasks_are_in_the_report() {
    let mut world = World::new();
    let mut now = at("2026-11-02T08:00:00Z");
    let mut act = |world: &mut World, number: usize, deed: Deed| {
        now += 1.minute();
        world.act(number, &deed, now);
        now
    };
    for number in 0..4 {
        act(&mut world, number, Deed::Guess(Some(number as u32 + 1)));
    }
    act(&mut world, 0, Deed::Plan(Some(0)));
    let started_at = act(&mut world, 1, Deed::Plan(Some(0)));
    act(&mut world, 2, Deed::Plan(Some(0)));
    act(&mut world, 3, Deed::Plan(Some(0)));
    act(&mut world, 3, Deed::Plan(None));
    act(&mut world, 1, Deed::Archive);
    act(&mut world, 2, Deed::Guess(Some(5)));
    let until = act(&mut world, 0, Deed::Finish);
    let outcome = world.ledger(0).outcome(&world.course(started_at, until));
    let keys = |tasks: &[ReportedTask]| tasks.iter().map(|task| (task.key.number(), task.points)).collect::<Vec<_>>();
    assert_eq!(keys(&outcome.completed), [(1, 1)]);
    assert_eq!(keys(&outcome.carried_over), [(3, 5)]);
    assert_eq!(keys(&outcome.added), [(3, 5)]);
    assert_eq!(keys(&outcome.removed), [(4, 4), (2, 2)]);
    assert_eq!((outcome.committed_points, outcome.added_points), (3, 7));
    assert_eq!((outcome.removed_points, outcome.re_estimated_points), (6, 2));
}

#[test]
fn a_differing_daily_count_is_reported_as_drift() {
    let mut world = World::new();
    let now = at("2026-11-02T08:00:00Z");
    world.act(0, &Deed::Guess(Some(3)), now);
    world.act(0, &Deed::Plan(Some(0)), now);
    let count = |remaining_points| DayCount { date: date(2026, 11, 2), at: now, remaining_points };
    let ledger = world.ledger(0);
    assert!(ledger.drift(&[count(3)]).is_empty());
    let drift = ledger.drift(&[count(3), count(4)]);
    assert_eq!(drift, [Drift { date: date(2026, 11, 2), counted_points: 4, remaining_points: 3 }]);
}
