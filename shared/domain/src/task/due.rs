//! Notices about due dates: the day before, on the day, when overdue, and, for urgent tasks, once more to the project's
//! managers.

use crate::task::{Priority, TaskFields};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The stages of notices about a due date, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueStep {
    /// It is due tomorrow.
    DayBefore,
    /// It is due today.
    Today,
    /// It is overdue.
    Overdue,
    /// It is urgent, and overdue by a day.
    Escalated,
}

impl DueStep {
    /// Whether it is a reminder before the due date.
    pub fn is_reminder(self) -> bool {
        self <= Self::Today
    }
}

/// The last notice that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueTold {
    /// The due date it was about.
    pub due: Date,
    /// The stage.
    pub step: DueStep,
    /// The date.
    pub on: Date,
}

/// The next notice to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueNext {
    /// The stage.
    pub step: DueStep,
    /// The first day on which it is sent.
    pub from: Date,
}

/// The next notice about a task's due date as of `today`; none if it has no due date, is done or archived, or all were
/// sent. Stages that have passed are skipped.
pub fn next_step(task: &TaskFields, today: Date) -> Option<DueNext> {
    let due = task.due_date.filter(|_| task.closed_at.is_none() && task.archived_at.is_none())?;
    let told = task.due_told.filter(|told| told.due == due);
    let untold = |step: DueStep| told.is_none_or(|told| told.step < step);
    let day_before = due.yesterday().ok().filter(|day| today <= *day && untold(DueStep::DayBefore));
    if let Some(from) = day_before {
        return Some(DueNext { step: DueStep::DayBefore, from });
    }
    if today <= due && untold(DueStep::Today) {
        return Some(DueNext { step: DueStep::Today, from: due });
    }
    if untold(DueStep::Overdue) {
        return Some(DueNext { step: DueStep::Overdue, from: due.tomorrow().ok()?.max(today) });
    }
    let overdue = told.filter(|told| told.step == DueStep::Overdue && task.priority == Priority::Urgent)?;
    Some(DueNext { step: DueStep::Escalated, from: overdue.on.tomorrow().ok()?.max(today) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        board::rank::Rank,
        id::{BoardId, ColumnId, TaskKey},
        text::Title,
    };
    use jiff::{Timestamp, ToSpan, civil::date};
    use proptest::prelude::*;

    fn task(due: Option<Date>, priority: Priority) -> TaskFields {
        let now = Timestamp::UNIX_EPOCH;
        let key: TaskKey = "WEB-1".parse().expect("a key");
        TaskFields {
            board_id: BoardId::random(key.project()),
            key,
            column_id: ColumnId::random(),
            rank: Rank::bottom(now),
            column_since: now,
            title: Title::new("A task").expect("a title"),
            priority,
            assignees: Vec::new(),
            reporter: None,
            labels: Vec::new(),
            story_points: None,
            estimated_hours: None,
            start_date: None,
            due_date: due,
            due_told: None,
            former: Vec::new(),
            started_at: None,
            blocks: Vec::new(),
            blocked_by: Vec::new(),
            custom: serde_json::Map::new(),
            sprint_id: None,
            parent: None,
            watchers: Vec::new(),
            metadata: serde_json::Map::new(),
            created_at: now,
            updated_at: now,
            closed_at: None,
            archived_at: None,
        }
    }

    /// Simulates days and records which notice is sent on which.
    fn run(task: &mut TaskFields, first: Date, days: i32) -> Vec<(DueStep, Date)> {
        let mut told = Vec::new();
        for day in 0..days {
            let today = first + day.days();
            while let Some(next) = next_step(task, today).filter(|next| next.from <= today) {
                told.push((next.step, today));
                task.due_told = task.due_date.map(|due| DueTold { due, step: next.step, on: today });
            }
        }
        told
    }

    #[test]
    fn urgent_tasks_get_four_notices_and_others_three() {
        let due = date(2026, 3, 29);
        let steps = [
            (DueStep::DayBefore, date(2026, 3, 28)),
            (DueStep::Today, due),
            (DueStep::Overdue, date(2026, 3, 30)),
            (DueStep::Escalated, date(2026, 3, 31)),
        ];
        let first = date(2026, 3, 1);
        assert_eq!(run(&mut task(Some(due), Priority::Urgent), first, 60), steps);
        assert_eq!(run(&mut task(Some(due), Priority::High), first, 60), steps[..3]);
        assert_eq!(run(&mut task(None, Priority::Urgent), first, 60), []);
    }

    #[test]
    fn a_new_due_date_restarts_the_notices_and_done_tasks_get_none() {
        let mut task = task(Some(date(2026, 3, 10)), Priority::Medium);
        assert_eq!(run(&mut task, date(2026, 3, 1), 20).len(), 3);
        task.due_date = Some(date(2026, 3, 25));
        assert_eq!(run(&mut task, date(2026, 3, 21), 2).len(), 0);
        assert_eq!(run(&mut task, date(2026, 3, 23), 2), [(DueStep::DayBefore, date(2026, 3, 24))]);
        task.closed_at = Some(Timestamp::UNIX_EPOCH);
        assert_eq!(run(&mut task, date(2026, 3, 25), 20), []);
    }

    proptest! {
        #[test]
        fn each_notice_is_sent_once_in_order_and_never_early(
            due in -40i32..40, start in -40i32..40, urgent: bool, days in 1i32..60,
        ) {
            let (zero, priority) = (date(2026, 6, 1), if urgent { Priority::Urgent } else { Priority::Low });
            let (due, start) = (zero + due.days(), zero + start.days());
            let told = run(&mut task(Some(due), priority), start, days);
            prop_assert!(told.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 <= pair[1].1));
            for (step, on) in told {
                match step {
                    DueStep::DayBefore => prop_assert_eq!(on.tomorrow().expect("a day"), due),
                    DueStep::Today => prop_assert_eq!(on, due),
                    DueStep::Overdue => prop_assert!(on > due),
                    DueStep::Escalated => prop_assert!(urgent && on > due.tomorrow().expect("a day")),
                }
            }
        }
    }
}
