//! What single values of a file say: dates in the forms that spreadsheets and other systems write, numbers, priorities.

use jiff::{Timestamp, civil::Date, civil::DateTime, tz::TimeZone};
pub use millrace_domain::import::mapping::plain;
use millrace_domain::{
    task::{MOST_HOURS, MOST_POINTS, Priority, Status},
    text::{Text, Title},
};

/// What stands in front of a comment that nobody here wrote.
pub fn said_by(author: &str, at: Option<Timestamp>) -> String {
    let day = at.map(|at| format!(", {}", at.to_zoned(TimeZone::UTC).date())).unwrap_or_default();
    format!("**{}{day}:**\n\n", author.replace(['*', '\n', '\r'], " "))
}

/// Text without what no text of Millrace holds: control characters other than line ends and tabs.
fn shown(text: &str) -> String {
    text.chars().filter(|character| !character.is_control() || matches!(character, '\n' | '\r' | '\t')).collect()
}

/// As many whole characters of `text` as `most`.
pub(super) fn beginning(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(end, _)| &text[..end])
}

/// A title, with a note where it had to be cut.
///
/// # Errors
/// A sentence where there is none.
pub fn title(text: &str) -> Result<(Title, Option<String>), String> {
    let (title, note) = long_text(text);
    if title.is_empty() { Err("must not be empty".to_owned()) } else { Ok((title, note)) }
}

/// A long text, with a note where it had to be cut.
pub fn long_text<const MIN: usize, const MAX: usize>(text: &str) -> (Text<MIN, MAX>, Option<String>) {
    let clean = shown(text);
    match Text::new(&clean) {
        Ok(text) => (text, None),
        // Composing characters makes a text up to three times as long: a third of it always fits.
        Err(message) => {
            let cut = Text::new(beginning(&clean, MAX - 1)).or_else(|_| Text::new(beginning(&clean, MAX / 3)));
            (cut.unwrap_or_default(), Some(format!("{message}; the rest was cut off")))
        }
    }
}

/// What dates look like, the plainest first. Where day and month could be either way round, nothing is guessed.
const DATES: &[&str] =
    &["%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d/%b/%y", "%d/%b/%Y", "%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%b %d, %Y"];

/// What times look like behind a date.
const TIMES: &[&str] = &["%H:%M:%S", "%H:%M", "%I:%M %p", "%I:%M:%S %p"];

/// A day, from a day or from a moment.
///
/// # Errors
/// A sentence where the text is neither.
pub fn date(text: &str) -> Result<Date, String> {
    let text = text.trim();
    let plain = DATES.iter().find_map(|format| Date::strptime(format, text).ok());
    let day = plain.or_else(|| moment(text).ok().map(|at| at.to_zoned(TimeZone::UTC).date()));
    day.filter(|day| (1..=9_999).contains(&day.year()))
        .ok_or_else(|| format!("“{}” is not a day such as 2026-11-20, 20.11.2026 or 20/Nov/26", beginning(text, 40)))
}

/// A moment, from a moment, or from the beginning of a day; in UTC where the text says no zone.
///
/// # Errors
/// A sentence where the text is neither.
pub fn moment(text: &str) -> Result<Timestamp, String> {
    let text = text.trim();
    let wrong =
        || format!("“{}” is not a time such as 2026-11-20T10:00:00Z or 20/Nov/26 10:00 AM", beginning(text, 40));
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(at);
    }
    // Jira's own way of writing an offset.
    if let Ok(at) = Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text) {
        return Ok(at);
    }
    let with_time = || {
        let formats = DATES.iter().flat_map(|date| TIMES.iter().map(move |time| format!("{date} {time}")));
        formats.into_iter().find_map(|format| DateTime::strptime(&format, text).ok())
    };
    let civil = text.parse::<DateTime>().ok().or_else(with_time);
    let civil = civil.or_else(|| {
        let day = DATES.iter().find_map(|format| Date::strptime(format, text).ok());
        day.map(|day| day.at(0, 0, 0, 0))
    });
    civil.and_then(|civil| TimeZone::UTC.to_timestamp(civil).ok()).ok_or_else(wrong)
}

/// A number, with a comma or a point before its fraction.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.parse::<f64>().or_else(|_| text.replace(',', ".").parse());
    plain.ok().filter(|number| number.is_finite())
}

/// Story points: a whole number.
///
/// # Errors
/// A sentence where the text is none.
pub fn points(text: &str) -> Result<u32, String> {
    let fits = |points: &f64| points.fract() == 0.0 && (0.0..=f64::from(MOST_POINTS)).contains(points);
    let points = number(text).filter(fits);
    points
        .map(|points| points as u32)
        .ok_or_else(|| format!("“{}” is not a whole number from 0 to {MOST_POINTS}", beginning(text.trim(), 40)))
}

/// Hours.
///
/// # Errors
/// A sentence where the text is no such number.
pub fn hours(text: &str) -> Result<f64, String> {
    let hours = number(text).filter(|hours| (0.0..=MOST_HOURS).contains(hours));
    hours.ok_or_else(|| format!("“{}” is not a number from 0 to {MOST_HOURS}", beginning(text.trim(), 40)))
}

/// Any number.
///
/// # Errors
/// A sentence where the text is none.
pub fn any_number(text: &str) -> Result<f64, String> {
    number(text).ok_or_else(|| format!("“{}” is not a number", beginning(text.trim(), 40)))
}

/// A priority by the words that this and other systems have for it.
///
/// # Errors
/// A sentence where the word is none of them.
pub fn priority(text: &str) -> Result<Priority, String> {
    match plain(text).as_str() {
        "lowest" | "trivial" | "p5" => Ok(Priority::Lowest),
        "low" | "minor" | "p4" => Ok(Priority::Low),
        "medium" | "normal" | "major" | "none" | "p3" => Ok(Priority::Medium),
        "high" | "critical" | "important" | "p2" => Ok(Priority::High),
        "highest" | "urgent" | "blocker" | "p1" | "p0" => Ok(Priority::Urgent),
        _ => Err(format!("“{}” is none of lowest, low, medium, high and urgent", beginning(text.trim(), 40))),
    }
}

/// The status that a column's or a status's name stands for, in the words that are usual for it.
pub fn status(text: &str) -> Option<Status> {
    match plain(text).as_str() {
        "backlog" | "icebox" | "ideas" | "later" | "inbox" | "productbacklog" => Some(Status::Backlog),
        "todo"
        | "open"
        | "new"
        | "ready"
        | "planned"
        | "next"
        | "selectedfordevelopment"
        | "reopened"
        | "sprintbacklog" => Some(Status::Todo),
        "inprogress" | "doing" | "started" | "wip" | "indevelopment" | "active" | "blocked" => Some(Status::InProgress),
        "review" | "inreview" | "codereview" | "testing" | "intest" | "qa" | "verify" => Some(Status::Review),
        "done" | "closed" | "complete" | "completed" | "resolved" | "finished" | "released" | "shipped" => {
            Some(Status::Done)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_day_is_known_in_the_forms_that_systems_write() {
        let day: Date = "2026-11-20".parse().expect("a day");
        for text in [
            "2026-11-20",
            "2026/11/20",
            "20.11.2026",
            "20/Nov/26",
            "20/Nov/2026",
            "20-Nov-26",
            "20 Nov 2026",
            "Nov 20, 2026",
            "20/Nov/26 9:41 AM",
            "2026-11-20T10:00:00.000Z",
            "2026-11-20 10:00",
            "20/Nov/26 12:00 AM",
            "2026-11-20T10:00:00.000+0000",
        ] {
            assert_eq!(date(text), Ok(day), "{text}");
        }
        for text in ["", "11/20/2026", "20.13.2026", "soon", "2026-02-30"] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_take_a_comma_or_a_point() {
        assert_eq!((points("5.0"), points(" 13 "), hours("1,5")), (Ok(5), Ok(13), Ok(1.5)));
        assert!(points("1.5").is_err() && points("-1").is_err() && points("NaN").is_err() && hours("10001").is_err());
    }

    #[test]
    fn a_long_title_is_cut_and_says_so() {
        let (title, note) = title(&"é ".repeat(400)).expect("a title");
        assert!(title.chars().count() <= 250 && note.is_some());
        assert_eq!(super::title("One\r\n two\t\u{7}three").expect("a title").0.as_str(), "One\r\n two\tthree");
    }

    proptest! {
        #[test]
        fn whatever_text_comes_some_of_it_is_taken(text in "\\PC{1,400}") {
            let has_something = !text.trim().is_empty();
            prop_assert!(title(&text).is_ok() || !has_something || text.chars().all(char::is_whitespace));
            drop((date(&text), moment(&text), priority(&text), status(&text), points(&text), hours(&text)));
        }
    }
}
