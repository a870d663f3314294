//! Sprints that a file lists, with what happened in them: their tasks get new keys, and all else stays as it was.

use super::{Reading, matching::Matching};
use jiff::Timestamp;
use millrace_domain::{
    file::export::{ExportedClosing, ExportedCourse},
    id::{ProjectKey, SprintId, TaskKey},
    sprint::{
        Stake, Transition,
        burndown::{DayCount, Ledger, ReportedTask},
        stake,
    },
    task::TaskFields,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The highest version that a file may claim: JSON holds it exactly, and there is room for more.
const MOST_VERSION: u64 = 1 << 52;

/// Something of what happened in a sprint, as it is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Happened {
    /// A change of a task.
    Transition(Transition),
    /// What was counted on a day.
    Count(DayCount),
    /// What came of it.
    Closing(Box<ExportedClosing>),
}

/// What happened in the sprints that an import makes.
#[derive(Debug, Clone, Default)]
pub struct Histories {
    /// All of it, in the order in which it is written.
    pub items: Vec<(SprintId, Happened)>,
    /// In which open sprints each task stands, as the transitions have it.
    standing: HashMap<TaskKey, Vec<(SprintId, Stake)>>,
    /// Up to which version each task's transitions go.
    reached: HashMap<TaskKey, u64>,
    closed: BTreeSet<SprintId>,
}

/// The tasks that sprints tell of and that the file does not hold: each needs a number, which no other task gets.
pub fn strangers(reading: &Reading) -> Vec<TaskKey> {
    if reading.sprints.iter().all(|sprint| sprint.course == ExportedCourse::default()) {
        return Vec::new();
    }
    let own: BTreeSet<&str> = reading.tasks.iter().flat_map(|task| task.keys.iter()).map(String::as_str).collect();
    let mut strangers = BTreeSet::new();
    for course in reading.sprints.iter().map(|sprint| &sprint.course) {
        strangers.extend(course.transitions.iter().map(|transition| &transition.task));
        let closing = course.closing.iter();
        strangers.extend(closing.clone().flat_map(|closing| closing.seen.keys()));
        let lists = closing.map(|closing| &closing.report).flat_map(|report| {
            [&report.completed, &report.carried_over, &report.added, &report.removed].into_iter().flatten()
        });
        strangers.extend(lists.map(|task| &task.key));
    }
    strangers.into_iter().filter(|key| !own.contains(key.to_string().as_str())).cloned().collect()
}

/// The keys that tasks of the file get.
struct Keys {
    project: ProjectKey,
    first: u32,
    numbers: HashMap<String, usize>,
}

impl Keys {
    fn of(reading: &Reading, project: &ProjectKey, first: u32) -> Self {
        let mut numbers = HashMap::new();
        for (index, task) in reading.tasks.iter().enumerate() {
            for key in &task.keys {
                numbers.entry(key.clone()).or_insert(index);
            }
        }
        for (index, key) in strangers(reading).into_iter().enumerate() {
            numbers.entry(key.to_string()).or_insert(reading.tasks.len() + index);
        }
        Self { project: project.clone(), first, numbers }
    }

    fn index(&self, key: &TaskKey) -> usize {
        self.numbers.get(&key.to_string()).copied().unwrap_or_default()
    }

    fn of_task(&self, key: &TaskKey) -> TaskKey {
        TaskKey::new(&self.project, self.first.saturating_add(self.index(key) as u32))
    }
}

impl Histories {
    /// What happened in those sprints of the file that the import makes, with the keys that their tasks get from `first`
    /// on. A task that the file does not hold leaves a sprint that is still open at `begun_at`.
    pub fn new(reading: &Reading, matching: &Matching, first: u32, begun_at: Timestamp) -> Self {
        let mut histories = Self::default();
        if reading.sprints.iter().all(|sprint| sprint.course == ExportedCourse::default()) {
            return histories;
        }
        let keys = Keys::of(reading, &matching.project.key, first);
        let own = |id: &str| reading.sprints.iter().position(|sprint| sprint.id == id);
        for (place, sprint) in reading.sprints.iter().enumerate() {
            let Some(id) = matching.own_sprint(place) else { continue };
            let transitions = sprint.course.transitions.iter().cloned().map(|transition| {
                let task = keys.of_task(&transition.task);
                (
                    keys.index(&transition.task),
                    Transition { task, version: transition.version.clamp(1, MOST_VERSION - 2), ..transition },
                )
            });
            let (places, transitions): (Vec<usize>, Vec<Transition>) = transitions.unzip();
            for transition in &transitions {
                let reached = histories.reached.entry(transition.task.clone()).or_default();
                *reached = transition.version.max(*reached);
            }
            let gone: BTreeSet<&TaskKey> = places
                .iter()
                .zip(&transitions)
                .filter(|(index, _)| **index >= reading.tasks.len())
                .map(|(_, transition)| &transition.task)
                .collect();
            let mut leaving = Vec::new();
            if sprint.is_open() {
                let ledger = Ledger::new(transitions.clone());
                for (task, (title, stake)) in ledger.tasks_at(Timestamp::MAX) {
                    if gone.contains(task) {
                        let version = histories.reached.get(task).copied().unwrap_or_default() + 1;
                        let (task, title) = (task.clone(), title.clone());
                        leaving.push(Transition { task, title, version, at: begun_at, from: Some(stake), to: None });
                    } else {
                        histories.standing.entry(task.clone()).or_default().push((id.clone(), stake));
                    }
                }
            } else {
                histories.closed.insert(id.clone());
            }
            let transitions = transitions.into_iter().chain(leaving).map(Happened::Transition);
            let counts = sprint.course.counts.iter().cloned().map(Happened::Count);
            let closing = sprint.course.closing.clone().map(|closing| {
                let to = closing.report.unfinished_to.as_ref().and_then(|to| own(&to.to_string()));
                let to = to.and_then(|place| matching.own_sprint(place)).cloned();
                Happened::Closing(Box::new(renamed(closing, id, to, &keys)))
            });
            histories.items.extend(transitions.chain(counts).chain(closing).map(|item| (id.clone(), item)));
        }
        histories
    }

    /// The version that a task comes in with, which was written `said` times, and the transitions that follow: none where
    /// its sprints know of it already.
    pub fn coming_in(&self, after: &TaskFields, said: u64) -> (u64, Vec<(SprintId, Transition)>) {
        let mut known = self.standing.get(&after.key).cloned().unwrap_or_default();
        let mut steps = Vec::new();
        if let Some((sprint, to)) = stake(after).filter(|(sprint, _)| !self.closed.contains(*sprint)) {
            let place = known.iter().position(|(known, _)| known == sprint);
            let from = place.map(|place| known.swap_remove(place).1);
            if from != Some(to) {
                steps.push((sprint.clone(), from, Some(to)));
            }
        }
        steps.extend(known.into_iter().map(|(sprint, from)| (sprint, Some(from), None)));
        let reached = self.reached.get(&after.key).copied().unwrap_or_default();
        // What no sprint knows of yet comes after all that they know.
        let least = if steps.is_empty() { reached } else { reached + 1 };
        let version = said.clamp(least.clamp(1, MOST_VERSION), MOST_VERSION);
        let transitions = steps.into_iter().map(|(sprint, from, to)| {
            let (task, title) = (after.key.clone(), after.title.clone());
            (sprint, Transition { task, title, version, at: after.updated_at, from, to })
        });
        (version, transitions.collect())
    }
}

fn renamed(closing: ExportedClosing, id: &SprintId, to: Option<SprintId>, keys: &Keys) -> ExportedClosing {
    let ExportedClosing { mut report, calendar, seen } = closing;
    report.sprint_id = id.clone();
    report.unfinished_to = to;
    for list in [&mut report.completed, &mut report.carried_over, &mut report.added, &mut report.removed] {
        list.iter_mut().for_each(|task: &mut ReportedTask| task.key = keys.of_task(&task.key));
    }
    let seen: BTreeMap<TaskKey, u64> = seen.into_iter().map(|(key, version)| (keys.of_task(&key), version)).collect();
    ExportedClosing { report, calendar, seen }
}
