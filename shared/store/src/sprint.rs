//! Sprints, the transitions of their tasks, and their reports.

use crate::core::{
    item::{Entity, Stored, text},
    keys,
    scope::Scope,
    table::{Mode, Table, read_all},
    transaction::{Beside, Due, Transaction},
};
use jiff::Timestamp;
use millrace_domain::{
    Error, Result,
    id::{ProjectKey, SprintId, TaskKey},
    sprint::{
        Sprint, SprintPlan, SprintState, Transition,
        burndown::{BurndownDay, Course, DayCount, Ledger, SprintReport},
        transitions,
    },
    task::TaskFields,
    time::calendar::Calendar,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A sprint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SprintRecord {
    /// The id.
    pub id: SprintId,
    /// What is planned for it.
    #[serde(flatten)]
    pub plan: SprintPlan,
    /// The state.
    pub state: SprintState,
    /// That its tasks are being moved out: it takes no more, and whoever finds it so goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emptying: Option<Emptying>,
    /// The points in the sprint when it started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub committed_points: Option<u32>,
    /// The completed points at its close.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_points: Option<u32>,
    /// When it was started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
    /// When it was closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// Where the tasks of a sprint go that is being emptied.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Emptying {
    /// The sprint that they go to; none for the backlog.
    pub to: Option<SprintId>,
    /// Whether the sprint itself goes when the last of them has gone.
    #[serde(default)]
    pub delete: bool,
}

impl Entity for SprintRecord {
    const WHAT: &'static str = "sprint";
}

impl SprintRecord {
    /// The sprint as clients see it.
    pub fn resource(&self, version: u64) -> Sprint {
        let plan = self.plan.clone();
        Sprint {
            id: self.id.clone(),
            project: self.id.project().clone(),
            name: plan.name,
            goal: plan.goal,
            start_date: plan.start_date,
            end_date: plan.end_date,
            capacity: plan.capacity,
            state: self.state,
            committed_points: self.committed_points,
            completed_points: self.completed_points,
            started_at: self.started_at,
            closed_at: self.closed_at,
            version,
            created_at: self.created_at,
            updated_at: self.updated_at,
        }
    }

    /// Whether it takes tasks: it is planned or running, and not on its way out.
    pub fn takes_tasks(&self) -> bool {
        self.state != SprintState::Closed && self.emptying.is_none()
    }

    /// From when to when it ran: to `now` where it still does.
    pub fn course(&self, now: Timestamp) -> Course {
        Course {
            start_date: self.plan.start_date,
            end_date: self.plan.end_date,
            started_at: self.started_at,
            until: self.closed_at.unwrap_or(now),
        }
    }

    /// What came of it by `now`.
    pub fn report(&self, history: &SprintHistory, now: Timestamp) -> SprintReport {
        let (ledger, plan) = (history.ledger(), &self.plan);
        let outcome = ledger.outcome(&self.course(now));
        SprintReport {
            sprint_id: self.id.clone(),
            name: plan.name.clone(),
            goal: plan.goal.clone(),
            start_date: plan.start_date,
            end_date: plan.end_date,
            started_at: self.started_at,
            closed_at: self.closed_at,
            unfinished_to: None,
            committed_points: outcome.committed_points,
            completed_points: outcome.completed_points,
            carried_over_points: outcome.carried_over_points,
            added_points: outcome.added_points,
            removed_points: outcome.removed_points,
            re_estimated_points: outcome.re_estimated_points,
            velocity: outcome.completed_points,
            completed: outcome.completed,
            carried_over: outcome.carried_over,
            added: outcome.added,
            removed: outcome.removed,
            drift: ledger.drift(&history.counts),
        }
    }
}

/// A transition in the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TransitionRecord {
    /// The transition.
    pub transition: Transition,
}

impl Entity for TransitionRecord {
    const WHAT: &'static str = "transition";
}

/// A day's count in the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DayCountRecord {
    /// The count.
    pub count: DayCount,
}

impl Entity for DayCountRecord {
    const WHAT: &'static str = "day's count";
}

/// The report of a closed sprint, and what its burndown needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReportRecord {
    /// The report.
    pub report: SprintReport,
    /// The calendar at that time.
    pub calendar: Calendar,
    /// The version of each task up to which its transitions count.
    pub seen: BTreeMap<TaskKey, u64>,
}

impl Entity for ReportRecord {
    const WHAT: &'static str = "sprint report";
}

/// All that a sprint's own partition holds.
#[derive(Debug, Clone, Default)]
pub struct SprintHistory {
    /// The transitions, as they were written.
    pub transitions: Vec<Transition>,
    /// What was counted on the cards, day by day.
    pub counts: Vec<DayCount>,
    /// What came of the sprint; none before it is closed.
    pub report: Option<ReportRecord>,
}

impl SprintHistory {
    /// The transitions in their order: of a closed sprint those that its report has seen.
    pub fn ledger(&self) -> Ledger {
        let ledger = Ledger::new(self.transitions.clone());
        match &self.report {
            Some(closed) => ledger.as_seen(&closed.seen),
            None => ledger,
        }
    }

    /// What came of `sprint`, whose history this is, or how it stands at `now`.
    pub fn report_of(&self, sprint: &SprintRecord, now: Timestamp) -> SprintReport {
        match &self.report {
            Some(closed) => closed.report.clone(),
            None => sprint.report(self, now),
        }
    }

    /// How `sprint`, whose history this is, went day by day: of a closed one with the calendar that held then.
    pub fn burndown_of(&self, sprint: &SprintRecord, calendar: &Calendar, now: Timestamp) -> Vec<BurndownDay> {
        let calendar = self.report.as_ref().map_or(calendar, |closed| &closed.calendar);
        self.ledger().burndown(&sprint.course(now), calendar)
    }
}

impl<M: Mode> Table<M> {
    /// One sprint.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none.
    pub async fn sprint<S>(&self, scope: &Scope<S>, sprint: &SprintId) -> Result<Stored<SprintRecord>> {
        self.get(&keys::sprint(scope.workspace(), sprint)).await?.ok_or_else(|| Error::not_found("sprint"))
    }

    /// The sprints among `sprints` that are there, in one round trip.
    ///
    /// # Errors
    /// As every read.
    pub async fn sprints_among<S>(&self, scope: &Scope<S>, sprints: &[SprintId]) -> Result<Vec<Stored<SprintRecord>>> {
        if sprints.is_empty() {
            return Ok(Vec::new());
        }
        let keys: Vec<_> = sprints.iter().map(|sprint| keys::sprint(scope.workspace(), sprint)).collect();
        let found = self.batch(keys.clone()).await?;
        keys.iter().filter_map(|key| found.get(key).transpose()).collect()
    }

    /// All sprints of a project, in no order that means anything.
    ///
    /// # Errors
    /// As every read.
    pub async fn sprints<S>(&self, scope: &Scope<S>, project: &ProjectKey) -> Result<Vec<Stored<SprintRecord>>> {
        read_all(&self.all(&keys::sprints(scope.workspace(), project)).await?)
    }

    /// What happened in a sprint, whatever its age and the number of tasks in its project: one Query.
    ///
    /// # Errors
    /// As every read.
    pub async fn sprint_history<S>(&self, scope: &Scope<S>, sprint: &SprintId) -> Result<SprintHistory> {
        let mut history = SprintHistory::default();
        for item in self.all(&keys::sprint_contents(scope.workspace(), sprint)).await? {
            match text(&item, "sk")? {
                "REPORT" => history.report = Some(Stored::<ReportRecord>::read(&item)?.value),
                sk if sk.starts_with("COUNT#") => {
                    history.counts.push(Stored::<DayCountRecord>::read(&item)?.value.count)
                }
                _ => history.transitions.push(Stored::<TransitionRecord>::read(&item)?.value.transition),
            }
        }
        Ok(history)
    }
}

/// Where a job finds a sprint that runs, or is being emptied.
fn due<S>(scope: &Scope<S>, sprint: &SprintRecord) -> Due {
    let found = sprint.state == SprintState::Running || sprint.emptying.is_some();
    if found { Due::At(keys::due_sprint(scope.workspace(), &sprint.id)) } else { Due::Never }
}

impl Transaction {
    /// A new sprint, or one that comes from elsewhere.
    pub fn open_sprint<S>(&mut self, scope: &Scope<S>, sprint: &SprintRecord) {
        let key = keys::sprint(scope.workspace(), &sprint.id);
        self.put_new(&key, sprint, Beside { due: due(scope, sprint), ..Beside::default() }, || Error::Raced);
    }

    /// A sprint's new state; its version after the write. While it runs, or is being emptied, a job finds it.
    pub fn update_sprint<S>(&mut self, scope: &Scope<S>, stored: &Stored<SprintRecord>, sprint: &SprintRecord) -> u64 {
        self.update_beside(stored, sprint, Beside { due: due(scope, sprint), ..Beside::default() })
    }

    /// Goes through only if the sprint that a task comes into is still what was read: it takes tasks.
    pub fn check_sprint(&mut self, sprint: &Stored<SprintRecord>) {
        self.check_version(&sprint.key, sprint.version, || Error::Raced);
    }

    /// What came of a sprint. It is written once.
    pub fn keep_report<S>(&mut self, scope: &Scope<S>, report: &ReportRecord) {
        let key = keys::sprint_report(scope.workspace(), &report.report.sprint_id);
        self.put_new(&key, report, Beside::default(), || Error::Raced);
    }

    /// What was counted on the cards of a sprint on one day: the day's last count stays.
    pub fn put_day_count<S>(&mut self, scope: &Scope<S>, sprint: &SprintId, count: &DayCount) {
        let key = keys::day_count(scope.workspace(), sprint, count.date);
        self.put(&key, &DayCountRecord { count: count.clone() }, Beside::default());
    }

    /// What a write to a task means to its sprint or its sprints: nothing, or one item in each. Every write to a task
    /// goes through here, so that none can forget it.
    pub(crate) fn leave_transitions<S>(
        &mut self,
        scope: &Scope<S>,
        before: Option<&TaskFields>,
        after: &TaskFields,
        version: u64,
    ) {
        for (sprint, transition) in transitions(before, after, version) {
            self.put_transition(scope, &sprint, transition);
        }
    }

    /// A change of a task in a sprint.
    pub fn put_transition<S>(&mut self, scope: &Scope<S>, sprint: &SprintId, transition: Transition) {
        let key = keys::transition(scope.workspace(), sprint, transition.at);
        self.put_new(&key, &TransitionRecord { transition }, Beside::default(), || Error::Raced);
    }
}
