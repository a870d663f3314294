//! time-start

use crate::parts::{
    entry::Writer,
    timer::{Ended, HOMES, StoppedTimer, Timer, stands_elsewhere},
};
use millrace_domain::{
    Error,
    id::{ProjectKey, TaskKey},
    text::Summary,
};
use millrace_endpoint::{Call, Endpoint, Json, Nothing, ProjectRole, Result, Route, Table, Write};
use millrace_store::{
    Transaction,
    time::{Home, TimerRecord},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The task to start the timer on.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewTimer {
    /// The task.
    pub task: TaskKey,
    /// The note.
    #[serde(default)]
    pub note: Summary,
}

/// A started timer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct StartedTimer {
    /// The timer.
    pub timer: Timer,
    /// The previously running timer, which was stopped; null if none was running.
    pub stopped: Option<StoppedTimer>,
}

/// Starts the caller's timer on a task. A person has one timer: another running timer is stopped and logged in the same
/// write. If it already runs on this task, it continues.
#[derive(Clone, JsonSchema)]
pub struct StartTimer;

impl Endpoint for StartTimer {
    const ROUTE: Route = Route::post("time-start", "/api/timer/start").needs(ProjectRole::Developer);
    type Uses = (Table<Write>,);
    type Path = Nothing;
    type Query = Nothing;
    type Body = Json<NewTimer>;
    type Output = Json<StartedTimer>;

    fn project(call: &Call<Self>) -> Option<ProjectKey> {
        Some(call.body.0.task.project().clone())
    }

    async fn handle(call: Call<Self>) -> Result<Self::Output> {
        let (table, sent, person) = (call.table(), &call.body.0, call.person()?);
        let (scope, (task, running, calendar)) = call
            .authorize(|scope| async move {
                futures::try_join!(
                    table.task_alone(&scope, &sent.task),
                    table.timer(&scope, person),
                    table.calendar(&scope),
                )
            })
            .await?;
        task.value.fields.check_live()?;
        if let Some(running) = running.as_ref().filter(|running| running.value.task == sent.task) {
            return Ok(Json(StartedTimer { timer: Timer::of(&running.value), stopped: None }));
        }
        let timer = TimerRecord {
            task: sent.task.clone(),
            board_id: task.value.fields.board_id.clone(),
            started_at: call.now,
            note: sent.note.clone(),
            former: task.value.fields.former.clone(),
        };
        let ended = running.as_ref().map(|running| Ended::of(person, &running.value, &calendar, call.now));
        let answer =
            StartedTimer { timer: Timer::of(&timer), stopped: ended.as_ref().map(|ended| ended.stopped.clone()) };
        let writer = Writer::of(&call, &scope);
        let mut scope = match &running {
            Some(running) => scope.following(running.value.keys()),
            None => scope,
        };
        for home in HOMES {
            if let (Home::Elsewhere, Some(running)) = (home, &running) {
                scope = table.follow(scope, &running.value.task).await?;
            }
            let mut change = Transaction::by(&scope);
            change.start_timer(&scope, person, running.as_ref(), &timer);
            if let Some(ended) = &ended {
                ended.write(&writer, &scope, &mut change, home)?;
            }
            match call.commit(change, Json(answer.clone())).await {
                Err(error) if stands_elsewhere(&error, home) => {}
                done => return done,
            }
        }
        Err(Error::Raced)
    }
}
