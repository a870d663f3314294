//! EventBridge Scheduler: invokes each job by its schedule expression and the system's clock.

use super::System;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use millrace_endpoint::declared::Trigger;
use serde_json::json;
use std::{sync::Arc, time::Duration};
use tokio::task::JoinSet;

pub(crate) fn start(system: &Arc<System>, tasks: &mut JoinSet<()>) {
    for declared in &system.functions {
        if let Trigger::Schedule(expression) = declared.trigger {
            tasks.spawn(keep(system.clone(), declared.name, expression));
        }
    }
}

async fn keep(system: Arc<System>, name: &'static str, expression: &'static str) {
    let mut last = system.clock.now();
    let mut moved = system.clock.moved();
    loop {
        let Some(due) = next(expression, last) else {
            tracing::error!(job = name, expression, "the schedule cannot be read");
            return;
        };
        let wait = due.duration_since(system.clock.now());
        if let Ok(wait) = Duration::try_from(wait)
            && !wait.is_zero()
        {
            tokio::select! {
                () = tokio::time::sleep(wait.min(Duration::from_secs(60))) => {}
                _ = moved.changed() => {}
            }
            continue;
        }
        last = system.clock.now();
        drop(system.run_job(name).await);
    }
}

impl System {
    /// Runs a job now; none where there is no such job.
    pub(crate) async fn run_job(&self, name: &str) -> Option<millrace_domain::Result<()>> {
        let job = self
            .functions
            .iter()
            .find(|declared| declared.name == name && matches!(declared.trigger, Trigger::Schedule(_)))?;
        let done = (job.invoke?)(self.platform.clone(), json!({})).await.map(drop);
        if let Err(error) = &done {
            tracing::error!(job = name, %error, "a job failed");
        }
        Some(done)
    }
}

/// The first moment after `after` that an expression names: `rate(n unit)` or `cron(minutes hours day month weekday year)`,
/// in UTC. Of cron's fields numbers, lists, ranges, steps, `*`, `?` and English day names are understood.
fn next(expression: &str, after: Timestamp) -> Option<Timestamp> {
    let inner = |name: &str| expression.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
    if let Some(rate) = inner("rate") {
        let (count, unit) = rate.split_once(' ')?;
        let minutes = match unit.trim_end_matches('s') {
            "minute" => 1,
            "hour" => 60,
            "day" => 24 * 60,
            _ => return None,
        };
        return Some(after + SignedDuration::from_mins(count.parse::<i64>().ok()? * minutes));
    }
    let fields: Vec<&str> = inner("cron")?.split_whitespace().collect();
    let [minutes, hours, days, months, weekdays, _year] = fields.as_slice() else { return None };
    let start = after.as_second() - after.as_second().rem_euclid(60) + 60;
    // Every schedule comes round within four years and a day, or never.
    (0..4 * 366 * 24 * 60).map(|minute| start + minute * 60).find_map(|second| {
        let at = Timestamp::from_second(second).ok()?;
        let civil = at.to_zoned(TimeZone::UTC);
        let weekday = i64::from(civil.weekday().to_sunday_one_offset());
        let fits = matches(minutes, civil.minute().into())
            && matches(hours, civil.hour().into())
            && matches(days, civil.day().into())
            && matches(months, civil.month().into())
            && matches(weekdays, weekday);
        fits.then_some(at)
    })
}

fn matches(field: &str, value: i64) -> bool {
    field.split(',').any(|part| {
        let (range, step) = part.split_once('/').map_or((part, 1), |(range, step)| (range, step.parse().unwrap_or(1)));
        let bounds = match range {
            "*" | "?" => return value % step == 0,
            _ => {
                range.split_once('-').map_or((number(range), number(range)), |(low, high)| (number(low), number(high)))
            }
        };
        match bounds {
            (Some(low), Some(high)) => {
                (low..=if part.contains('/') && low == high { 59 } else { high }).contains(&value)
                    && (value - low) % step == 0
            }
            _ => false,
        }
    })
}

/// A number, or a day's English name, of which Sunday is 1.
fn number(text: &str) -> Option<i64> {
    let days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
    text.parse()
        .ok()
        .or_else(|| days.iter().position(|day| *day == text).and_then(|index| i64::try_from(index + 1).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(expression: &str, from: &str) -> String {
        next(expression, from.parse().expect("a time")).expect("comes round").to_string()
    }

    #[test]
    fn schedule_expressions_yield_their_next_run() {
        let friday = "2026-11-20T10:20:30Z";
        assert_eq!(after("rate(15 minutes)", friday), "2026-11-20T10:35:30Z");
        assert_eq!(after("cron(0 * * * ? *)", friday), "2026-11-20T11:00:00Z");
        assert_eq!(after("cron(0/15 * * * ? *)", friday), "2026-11-20T10:30:00Z");
        assert_eq!(after("cron(0 7 ? * MON *)", friday), "2026-11-23T07:00:00Z");
        assert_eq!(after("cron(30 2 1 1,7 ? *)", friday), "2027-01-01T02:30:00Z");
        assert!(next("at(2026-01-01)", friday.parse().expect("a time")).is_none());
    }
}
