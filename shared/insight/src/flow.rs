//! The input of a board's flow, read in one round trip.

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};
use millrace_domain::{
    Error, Result,
    id::BoardId,
    insight::flow::{Fact, Flow, Step, reckon},
    time::calendar::Calendar,
};
use millrace_store::{Scope, Stored, Table, board::BoardWithColumns, due::DueIndex, table::Mode, task::TaskRecord};

/// The default number of days.
const DEFAULT_DAYS: i32 = 30;
/// The maximum number of days.
const MOST_DAYS: i32 = 366;
/// No events exist before this day.
const FIRST_DAY: Date = Date::constant(2000, 1, 1);
/// How much earlier than the range steps are read, so that the start of work is known for completed tasks.
const LOOK_BACK: SignedDuration = SignedDuration::from_hours(180 * 24);

/// The date range, in the workspace's time zone.
#[derive(Debug, Clone, Copy)]
pub struct FlowSpan {
    /// The first day. Defaults to 30 days, ending with the last day.
    pub from: Option<Date>,
    /// The last day, in a range of at most 366 days. Defaults to today and cannot be later.
    pub to: Option<Date>,
}

impl FlowSpan {
    fn days(&self, today: Date) -> Result<(Date, Date)> {
        let to = self.to.map_or(today, |to| to.min(today));
        let from = self.from.unwrap_or_else(|| to.saturating_sub((DEFAULT_DAYS - 1).days()));
        if from > to {
            let field = if self.to.is_some_and(|to| from > to) { "to" } else { "from" };
            return Err(Error::field(field, "leaves no day that has begun"));
        }
        if from.saturating_add(MOST_DAYS.days()) <= to {
            return Err(Error::field("from", format!("makes more than {MOST_DAYS} days")));
        }
        Ok((from, to))
    }
}

/// The input of a board's flow.
pub struct FlowSource {
    span: FlowSpan,
    board: BoardWithColumns,
    live: Vec<Stored<TaskRecord>>,
    archived: Vec<Stored<TaskRecord>>,
    /// The workspace's calendar.
    pub calendar: Calendar,
    steps: Vec<Step>,
}

impl FlowSource {
    /// Reads it in one round trip.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the board does not exist.
    pub async fn read<M: Mode, S>(
        table: &Table<M>,
        index: &DueIndex,
        scope: &Scope<S>,
        board: &BoardId,
        span: FlowSpan,
        now: Timestamp,
    ) -> Result<Self> {
        let project = board.project();
        // The days begin where the workspace is, which is not known yet: a day more is read, and not counted.
        let last = span.to.unwrap_or_else(|| Calendar::default().day_at(now));
        let earliest = span.from.unwrap_or_else(|| last.saturating_sub((DEFAULT_DAYS + 1).days()));
        let since = Calendar::default().end_of(earliest.max(FIRST_DAY)) - LOOK_BACK;
        let (board, live, archived, calendar, steps) = futures::try_join!(
            table.board(scope, board),
            table.tasks(scope, project, false),
            table.tasks(scope, project, true),
            table.calendar(scope),
            index.steps(scope, board, since),
        )?;
        Ok(Self { span, board, live, archived, calendar, steps })
    }

    /// The board's name.
    pub fn board_name(&self) -> &str {
        &self.board.board.value.name
    }

    /// Computes the flow.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `from` or `to` if the date range is empty or too long; [`Error::Raced`] if the board
    /// changed while it was read.
    pub fn flow(self, now: Timestamp) -> Result<Flow> {
        let days = self.span.days(self.calendar.day_at(now))?;
        let id = &self.board.board.value.id;
        let mut facts = Vec::with_capacity(self.live.len() + self.archived.len());
        for task in self.live.iter().chain(&self.archived).filter(|task| task.value.fields.board_id == *id) {
            let TaskRecord { fields, .. } = &task.value;
            facts.push(Fact {
                key: fields.key.clone(),
                title: fields.title.clone(),
                status: if fields.archived_at.is_none() { Some(self.board.status(fields)?) } else { None },
                created_at: fields.created_at,
                column_since: fields.column_since,
            });
        }
        Ok(reckon(id.project(), self.steps, &facts, &self.calendar, days, now))
    }
}
