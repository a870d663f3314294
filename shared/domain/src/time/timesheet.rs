//! Timesheets: the time a person logged per day and task, compared to the calendar.

use crate::{
    Error, Result, csv,
    id::{TaskKey, UserId},
    time::{
        calendar::{Calendar, days},
        hours,
    },
};
use jiff::{ToSpan, civil::Date};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The maximum number of days in a timesheet.
pub const MOST_DAYS: i32 = 92;

/// The time a person logged on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedDay {
    /// The date.
    pub date: Date,
    /// Minutes by task.
    pub tasks: BTreeMap<TaskKey, u32>,
}

/// The date range of a timesheet, inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Span {
    /// The requested date range. Defaults to the week of `today`, Monday to Sunday.
    ///
    /// # Errors
    /// [`Error::Invalid`] naming `to` if it is before `from`, or too far after it.
    pub fn asked(from: Option<Date>, to: Option<Date>, today: Date) -> Result<Self> {
        let monday = |day: Date| day.saturating_sub(i32::from(day.weekday().to_monday_zero_offset()).days());
        let from = from.unwrap_or_else(|| monday(to.unwrap_or(today)));
        let to = to.unwrap_or_else(|| monday(from).saturating_add(6.days()).max(from));
        if to < from {
            return Err(Error::field("to", "is before the first day"));
        }
        if from.saturating_add((MOST_DAYS - 1).days()) < to {
            return Err(Error::field("to", format!("is more than {MOST_DAYS} days from the first day")));
        }
        Ok(Self { from, to })
    }
}

/// The time logged on one task.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SheetTask {
    /// The task.
    pub task: TaskKey,
    /// The minutes.
    pub minutes: u32,
    /// The duration in hours.
    pub hours: f64,
}

/// A day of a timesheet.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SheetDay {
    /// The date.
    pub date: Date,
    /// Whether it is a working day.
    pub working: bool,
    /// The time logged, by task.
    pub tasks: Vec<SheetTask>,
    /// The total minutes.
    pub minutes: u32,
    /// The duration in hours.
    pub hours: f64,
    /// The expected hours by the calendar.
    pub expected_hours: f64,
    /// The overtime hours; 0 if there are none.
    pub overtime_hours: f64,
}

/// The time a person logged in a date range.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Timesheet {
    /// The person.
    pub person: UserId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Every day, including those without logs.
    pub days: Vec<SheetDay>,
    /// The time logged on each task, over all days.
    pub tasks: Vec<SheetTask>,
    /// The total minutes.
    pub minutes: u32,
    /// The duration in hours.
    pub hours: f64,
    /// The expected hours by the calendar.
    pub expected_hours: f64,
    /// The sum of each day's overtime hours.
    pub overtime_hours: f64,
}

fn listed(tasks: &BTreeMap<TaskKey, u32>) -> Vec<SheetTask> {
    let task =
        |(task, minutes): (&TaskKey, &u32)| SheetTask { task: task.clone(), minutes: *minutes, hours: hours(*minutes) };
    tasks.iter().map(task).collect()
}

impl Timesheet {
    /// The timesheet of `person` from their logs.
    pub fn new(person: UserId, span: Span, logged: &[LoggedDay], calendar: &Calendar) -> Self {
        let by_date: BTreeMap<Date, &LoggedDay> = logged.iter().map(|day| (day.date, day)).collect();
        let (mut all, mut in_all, mut expected_in_all, mut overtime_in_all) = (BTreeMap::new(), 0, 0, 0);
        let mut sheet_days = Vec::new();
        for date in days(span.from, span.to) {
            let tasks = by_date.get(&date).map(|day| day.tasks.clone()).unwrap_or_default();
            let minutes: u32 = tasks.values().sum();
            let expected = calendar.working_minutes(date);
            let overtime = minutes.saturating_sub(expected);
            for (task, minutes) in &tasks {
                *all.entry(task.clone()).or_insert(0) += minutes;
            }
            in_all += minutes;
            expected_in_all += expected;
            overtime_in_all += overtime;
            sheet_days.push(SheetDay {
                date,
                working: calendar.works_on(date),
                tasks: listed(&tasks),
                minutes,
                hours: hours(minutes),
                expected_hours: hours(expected),
                overtime_hours: hours(overtime),
            });
        }
        Self {
            person,
            from: span.from,
            to: span.to,
            days: sheet_days,
            tasks: listed(&all),
            minutes: in_all,
            hours: hours(in_all),
            expected_hours: hours(expected_in_all),
            overtime_hours: hours(overtime_in_all),
        }
    }

    /// The timesheet as CSV: one row per day and task, a total per day, and a grand total.
    pub fn csv(&self, name: &str) -> String {
        let mut text = csv::row(["Person", "Date", "Task", "Hours", "Minutes", "Expected hours", "Overtime hours"]);
        let decimal = |hours: f64| format!("{hours:.2}");
        for day in self.days.iter().filter(|day| day.minutes > 0) {
            let date = day.date.to_string();
            for task in &day.tasks {
                let (key, minutes) = (task.task.to_string(), task.minutes.to_string());
                text += &csv::row([name, &date, &key, &decimal(task.hours), &minutes, "", ""]);
            }
            let (expected, overtime) = (decimal(day.expected_hours), decimal(day.overtime_hours));
            text +=
                &csv::row([name, &date, "Sum", &decimal(day.hours), &day.minutes.to_string(), &expected, &overtime]);
        }
        let (expected, overtime) = (decimal(self.expected_hours), decimal(self.overtime_hours));
        text += &csv::row([name, "", "Sum", &decimal(self.hours), &self.minutes.to_string(), &expected, &overtime]);
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[test]
    fn a_timesheet_defaults_to_the_current_week() {
        let saturday = date(2026, 11, 21);
        let week = Span { from: date(2026, 11, 16), to: date(2026, 11, 22) };
        assert_eq!(Span::asked(None, None, saturday).expect("a week"), week);
        assert_eq!(Span::asked(Some(week.from), None, saturday).expect("a week"), week);
        assert!(Span::asked(Some(week.to), Some(week.from), saturday).is_err());
        assert!(Span::asked(Some(date(2026, 1, 1)), Some(date(2026, 4, 3)), saturday).is_err(), "93 days");
        assert!(Span::asked(Some(date(2026, 1, 1)), Some(date(2026, 4, 2)), saturday).is_ok(), "92 days");
    }

    #[test]
    fn weekend_work_is_overtime() {
        let task = "WEB-1".parse::<TaskKey>().expect("a key");
        let day =
            |day, minutes| LoggedDay { date: date(2026, 11, day), tasks: BTreeMap::from([(task.clone(), minutes)]) };
        let span = Span { from: date(2026, 11, 20), to: date(2026, 11, 22) };
        let sheet = Timesheet::new(UserId::random(), span, &[day(20, 540), day(21, 60)], &Calendar::default());
        assert_eq!((sheet.minutes, sheet.expected_hours, sheet.overtime_hours), (600, 8.0, 2.0));
        assert_eq!(sheet.days.len(), 3);
        assert!(sheet.csv("=1+1").lines().skip(1).all(|row| row.starts_with("'=1+1,")));
    }

    proptest! {
        #[test]
        fn totals_by_day_and_by_task_are_equal(logged in proptest::collection::btree_map(0i32..40, proptest::collection::btree_map(1u32..5, 1u32..400, 0..4), 0..20)) {
            let project = "WEB".parse().expect("a key");
            let first = date(2026, 10, 12);
            let logged: Vec<LoggedDay> = logged.into_iter().map(|(day, tasks)| LoggedDay {
                date: first.saturating_add(day.days()),
                tasks: tasks.into_iter().map(|(number, minutes)| (TaskKey::new(&project, number), minutes)).collect(),
            }).collect();
            let span = Span { from: first, to: first.saturating_add(39.days()) };
            let sheet = Timesheet::new(UserId::random(), span, &logged, &Calendar::default());
            prop_assert_eq!(sheet.minutes, sheet.days.iter().map(|day| day.minutes).sum::<u32>());
            prop_assert_eq!(sheet.minutes, sheet.tasks.iter().map(|task| task.minutes).sum::<u32>());
            prop_assert_eq!(sheet.minutes, logged.iter().flat_map(|day| day.tasks.values()).sum::<u32>());
            prop_assert!(sheet.overtime_hours <= sheet.hours + 1e-9);
            prop_assert!(sheet.overtime_hours + sheet.expected_hours >= sheet.hours - 1e-9);
        }
    }
}
