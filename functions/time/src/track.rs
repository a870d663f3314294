//! time-track

use crate::parts::{
    entry::Writer,
    timer::{Ended, HOMES, stands_elsewhere},
};
use millrace_domain::{
    Error,
    event::{Actor, ActorKind, Event},
    id::{TaskKey, UserId},
    task::Status,
    text::Summary,
    time::calendar::Calendar,
    workspace::role::ProjectRole,
};
use millrace_endpoint::{Consumer, Delivery, Result, Table, Write, racing::again};
use millrace_platform::queue::Progressed;
use millrace_store::{
    Scope, Stored, Transaction,
    scope::Internal,
    task::TaskRecord,
    time::{Home, TimerRecord},
};

/// Starts and stops timers as tasks move, in projects that enable it: a task that enters progress starts the timers of
/// its assignees, or of the person who moved it if it has none; a task that leaves progress stops the timers that run
/// on it. Uses the time of the event, however late it is delivered.
#[derive(Clone)]
pub struct TrackTime;

impl Consumer for TrackTime {
    const NAME: &'static str = "time-track";
    const ABOUT: &'static str = "Fed with the events by which work on a task begins or ends: starts and stops the timers of those who work on it, in projects that want it so.";
    type Message = Progressed;
    type Uses = (Table<Write>,);

    async fn handle(delivery: Delivery<Self>) -> Result<()> {
        let Progressed(event) = &*delivery.message;
        let (Some(key), Some((_, to))) = (&event.task, event.status_step()) else { return Ok(()) };
        let (table, scope): (&Table<Write>, _) = (delivery.uses(), delivery.scope(|message| &message.0.workspace));
        let found = futures::try_join!(
            table.project(&scope, key.project()),
            table.task_alone(&scope, key),
            table.calendar(&scope)
        );
        let (project, task, calendar) = match found {
            // The task or its project was deleted since.
            Err(Error::NotFound(_)) => return Ok(()),
            found => found?,
        };
        if !project.value.track_time {
            return Ok(());
        }
        let step = Step { table, scope: &scope, event, key, calendar: &calendar };
        for person in workers(&task.value.fields.assignees, event) {
            let done = match to {
                Status::InProgress => again(|| step.begin(&person)).await,
                _ => again(|| step.end(&person)).await,
            };
            match done {
                // The day has no room left for it: the timer goes on, and tells its person when they stop it.
                Err(Error::Invalid(errors)) => tracing::warn!(?errors, %person, task = %key, "a run was not logged"),
                done => done?,
            }
        }
        Ok(())
    }
}

/// The people who work on a task: its assignees, or else the person who moved it.
fn workers(assignees: &[UserId], event: &Event) -> Vec<UserId> {
    let mut people = assignees.to_vec();
    let mover = event.actor.id.clone().filter(|mover| !people.contains(mover));
    let ends = event.status_step().is_some_and(|(_, to)| to != Status::InProgress);
    people.extend(mover.filter(|_| ends || people.is_empty()));
    people
}

struct Step<'delivery> {
    table: &'delivery Table<Write>,
    scope: &'delivery Scope<Internal>,
    event: &'delivery Event,
    key: &'delivery TaskKey,
    calendar: &'delivery Calendar,
}

impl Step<'_> {
    async fn begin(&self, person: &UserId) -> Result<()> {
        let (table, scope, event) = (self.table, self.scope, self.event);
        let (task, running, known, member) = futures::join!(
            table.task_alone(scope, self.key),
            table.timer(scope, person),
            table.was_tracked(scope, event, person),
            table.member(scope, person),
        );
        let (task, running) = (task?, running?);
        let member = match member {
            Err(Error::NotFound(_)) => return Ok(()),
            member => member?.value,
        };
        let works = member.role_in(self.key.project()).is_some_and(|role| role.covers(ProjectRole::Developer));
        let moved_on = task.value.fields.archived_at.is_some() || task.value.fields.column_since > event.at;
        let busy = |timer: &Stored<TimerRecord>| timer.value.task == *self.key || timer.value.started_at >= event.at;
        if known? || moved_on || !works || running.as_ref().is_some_and(busy) {
            return Ok(());
        }
        let timer = TimerRecord {
            task: self.key.clone(),
            board_id: task.value.fields.board_id.clone(),
            started_at: event.at,
            note: Summary::default(),
            former: task.value.fields.former.clone(),
        };
        let begin = |change: &mut Transaction| {
            change.start_timer(scope, person, running.as_ref(), &timer);
            change.track(scope, event, person);
            self.still_so(change, &task);
        };
        self.commit(person, &member.name, running.as_ref(), begin).await
    }

    async fn end(&self, person: &UserId) -> Result<()> {
        let (running, member) =
            futures::join!(self.table.timer(self.scope, person), self.table.member(self.scope, person));
        let runs =
            |timer: &Stored<TimerRecord>| timer.value.task == *self.key && timer.value.started_at <= self.event.at;
        let Some(running) = running?.filter(runs) else { return Ok(()) };
        let name = match member {
            Err(Error::NotFound(_)) => return Ok(()),
            member => member?.value.name,
        };
        self.commit(person, &name, Some(&running), |change| change.delete(&running)).await
    }

    /// Succeeds only if nobody moved the task since it was read.
    fn still_so(&self, change: &mut Transaction, task: &Stored<TaskRecord>) {
        change.check_version(&task.key, task.version, || Error::Raced);
    }

    /// Writes `step`, and the time logs of the run that ends with it.
    async fn commit(
        &self,
        person: &UserId,
        name: &str,
        ends: Option<&Stored<TimerRecord>>,
        step: impl Fn(&mut Transaction),
    ) -> Result<()> {
        let actor = Actor { id: Some(person.clone()), name: name.to_owned(), kind: ActorKind::System };
        let writer = Writer { workspace: self.scope.workspace().clone(), actor, at: self.event.at };
        let ended = ends.map(|running| Ended::of(person, &running.value, self.calendar, self.event.at));
        let mut scope = self.scope.clone();
        if let Some(running) = ends {
            scope = scope.following(running.value.keys());
        }
        for home in HOMES {
            if let (Home::Elsewhere, Some(running)) = (home, ends) {
                scope = self.table.follow(scope, &running.value.task).await?;
            }
            let mut change = Transaction::internal(&scope);
            step(&mut change);
            if let Some(ended) = &ended {
                ended.write(&writer, &scope, &mut change, home)?;
            }
            match self.table.commit(change).await {
                Err(error) if stands_elsewhere(&error, home) => {}
                done => return done,
            }
        }
        Err(Error::Raced)
    }
}
