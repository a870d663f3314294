//! Time that was logged, as Jira writes it: `what was done;20/Nov/26 9:41 AM;who;seconds`.

use crate::{ImportedTask, Reading, cell, date::Moment};
use millrace_domain::file::export::ExportedTime;

/// What a cell says of logged time: what was done, when, who, and for how many seconds.
fn parts(cell: &str) -> Option<(&str, &str, &str, u64)> {
    let mut parts = cell.rsplitn(4, ';');
    let (seconds, who, at) = (parts.next()?, parts.next()?, parts.next()?);
    let seconds = seconds.trim().parse().ok()?;
    Moment::read(at)?;
    Some((parts.next().unwrap_or(""), at, who.trim(), seconds))
}

/// Gives a task the time that was logged on it, in cells with the names of their columns. What `spent` has beyond it was
/// logged somewhere that the file does not tell of.
pub(crate) fn take_work<'row>(
    reading: &mut Reading,
    task: &mut ImportedTask,
    cells: impl Iterator<Item = (&'row str, &'row str)>,
    spent: Option<&str>,
) {
    let mut logged = 0;
    for (name, text) in cells {
        let Some((note, at, who, seconds)) = parts(text) else {
            let message = format!("“{}” is no time that was logged, and is left out", cell::beginning(text, 80));
            reading.problems.field(task.line, "time", message);
            continue;
        };
        logged += seconds;
        let (day, at) = (reading.settled.day(name, at), reading.settled.instant(name, at));
        let minutes = u32::try_from(seconds.div_ceil(60)).unwrap_or(u32::MAX);
        let (date, created_at) = match (day, at) {
            (Ok(day), Ok(at)) => (day, at),
            (Err(message), _) | (_, Err(message)) => {
                let message = format!("{minutes} minutes of “{who}” stay out: {message}");
                reading.problems.field(task.line, "time", message);
                continue;
            }
        };
        let (note, rest) = cell::first_piece(note);
        if !rest.is_empty() {
            reading.problems.field(task.line, "time", "a note has more than 2000 characters; the rest was cut off");
        }
        let person = who.to_owned();
        task.time.push(ExportedTime { person, date, minutes, note, timed: false, created_at, updated_at: created_at });
    }
    if let Some(Ok(spent)) = spent.map(|text| text.trim().parse::<u64>())
        && spent > logged
    {
        let minutes = (spent - logged).div_ceil(60);
        let message = format!("{minutes} minutes of the time spent stay out: the file does not say who worked when");
        reading.problems.field(task.line, "time", message);
    }
}
