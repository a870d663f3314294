//! Recounting a project's open work from its cards.

use crate::{
    board::BoardWithColumns,
    core::{
        keys,
        scope::{Internal, Scope},
        table::{Table, Write},
        tally::Numbers,
    },
    counters::{WRITES, shown},
};
use jiff::{SignedDuration, Timestamp};
use millrace_domain::{
    Error, Result,
    id::ProjectKey,
    insight::measure::{Counted, difference, measured},
};

/// How far back events are looked at that may not be counted yet.
const UNDER_WAY: SignedDuration = SignedDuration::from_hours(48);

impl Table<Write> {
    /// Recounts what stands open in a project from its cards, and puts its counters right; what was added to them.
    ///
    /// Exact while work goes on: what is committed and not counted yet is left to be counted, and where anything was
    /// committed or counted between the reads, nothing is written.
    ///
    /// # Errors
    /// [`Error::Raced`] where something was: try again.
    pub async fn recount(&self, scope: &Scope<Internal>, project: &ProjectKey, now: Timestamp) -> Result<Numbers> {
        let since = now - UNDER_WAY;
        let key = keys::counted_project(scope.workspace(), project);
        let (before, stands) = futures::try_join!(self.events_since(scope, project, since), self.tally(&key))?;
        let known = self.counted(scope, project, &before).await?;
        let (cards, boards) = futures::try_join!(self.tasks(scope, project, false), self.boards(scope, project))?;
        let after = self.events_since(scope, project, since).await?;
        if after.len() != before.len() {
            return Err(Error::Raced);
        }
        let mut counted = Numbers::new();
        for card in &cards {
            let fields = &card.value.fields;
            let own = |board: &&BoardWithColumns| board.board.value.id == fields.board_id;
            let Some(board) = boards.iter().find(own) else { continue };
            Counted::of(fields, board.status(fields)?).add_to(&mut counted, 1);
        }
        for event in before.values().filter(|event| !known.contains_key(&event.id)) {
            // What stands open is the same on whichever day it happened.
            counted = difference(&measured(event, Default::default()).now, &counted);
        }
        let off = difference(&shown(stands.numbers.clone()), &counted);
        if off.is_empty() || self.repair(&key, &off, stands.number(WRITES)).await? {
            return Ok(off);
        }
        Err(Error::Raced)
    }
}
