//! Rate limits counted in the memory of the process.

use jiff::Timestamp;
use millrace_domain::board::pointer::Pace;
use millrace_endpoint::{
    capability::{Capability, Grant},
    platform::Platform,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// More than this many are tidied up at the next look.
const MOST_KEPT: usize = 1_000;

/// Drops what somebody tells too often, without a read or a write. On one machine the count is exact. On AWS each
/// container counts what it gets to see; frames of one person come to few of them, and the client keeps the pace anyway.
#[derive(Clone)]
pub struct Paces(Arc<Kept>);

impl Paces {
    /// Whether `who` may tell one more at `now`; it then counts as told.
    pub fn allows(&self, who: &str, now: Timestamp) -> bool {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() > MOST_KEPT {
            kept.retain(|_, pace| !pace.rests(now));
        }
        kept.entry(who.to_owned()).or_default().allows(now)
    }
}

/// What [`Paces`] counts in.
type Kept = Mutex<HashMap<String, Pace>>;

impl Capability for Paces {
    const GRANTS: &'static [Grant] = &[];
    fn connect(platform: &Arc<Platform>) -> Self {
        Self(platform.memory())
    }
}
