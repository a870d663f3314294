//! Jobs: scheduled functions.

use crate::{
    capability::{Capabilities, Holds},
    platform::{Platform, Settings},
};
use jiff::Timestamp;
use millrace_domain::Result;
use serde_json::Value;
use std::sync::Arc;

/// A function that a schedule calls. It may be called twice for one time, and ends what it began last time.
pub trait Job: Clone + Send + Sync + Sized + 'static {
    /// The function's name.
    const NAME: &'static str;
    /// What it is for, for the reference.
    const ABOUT: &'static str;
    /// When: an expression of EventBridge Scheduler, in UTC
    /// (<https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>).
    const SCHEDULE: &'static str;
    /// The only capabilities that its code gets, and the only ones that its role grants.
    type Uses: Capabilities;
    /// Seconds after which AWS ends a run.
    const TIMEOUT: u32 = 300;

    /// Does what is due.
    fn run(run: Run<Self>) -> impl Future<Output = Result<()>> + Send;
}

/// One run of a job.
#[derive(Clone)]
pub struct Run<J: Job> {
    /// When it began.
    pub now: Timestamp,
    uses: J::Uses,
    platform: Arc<Platform>,
}

impl<J: Job> Run<J> {
    /// A capability that was declared.
    pub fn uses<Capability, P>(&self) -> &Capability
    where
        J::Uses: Holds<Capability, P>,
    {
        self.uses.held()
    }
    /// The deployment's settings.
    pub fn settings(&self) -> &Settings {
        &self.platform.settings
    }
}

pub(crate) async fn run<J: Job>(platform: Arc<Platform>, _: Value) -> Result<Value> {
    let run = Run { now: platform.clock.now(), uses: J::Uses::connect(&platform), platform };
    J::run(run).await.map(|()| Value::Null)
}
