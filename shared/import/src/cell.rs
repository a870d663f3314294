//! What single values of a file say: texts with their limits, priorities, statuses.

pub use millrace_domain::import::mapping::plain;

use super::words;
use jiff::{Timestamp, tz::TimeZone};
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
pub(super) fn shown(text: &str) -> String {
    text.chars().filter(|character| !character.is_control() || matches!(character, '\n' | '\r' | '\t')).collect()
}

/// Whether a character changes the direction of what follows, or is seen by nobody
/// (<https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters>).
fn is_hidden(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || (character.is_control() && !character.is_whitespace())
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
    if !title.is_empty() {
        return Ok((title, note));
    }
    // What a title does not take is left out of it, and not the task with it.
    let plain: String = text.chars().filter(|one| !is_hidden(*one)).collect();
    let (title, _) = long_text::<1, 250>(&plain.split_whitespace().collect::<Vec<_>>().join(" "));
    if title.is_empty() {
        return Err("must not be empty".to_owned());
    }
    Ok((title, Some("holds characters that a title does not take; they are left out".to_owned())))
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

/// As much of the beginning of a text as one of `MAX` characters holds, up to the end of a line or a word where there is one
/// near, and what follows it.
fn parted<const MIN: usize, const MAX: usize>(text: &str) -> Option<(Text<MIN, MAX>, &str)> {
    // Composing characters makes a text up to three times as long: a third of it always fits.
    [MAX, MAX / 3].into_iter().find_map(|most| {
        let mut head = beginning(text, most);
        if head.len() < text.len() {
            let near = head.floor_char_boundary(head.len() - head.len() / 4);
            let end = head[near..].rfind('\n').or_else(|| head[near..].rfind(char::is_whitespace));
            head = end.map_or(head, |end| &head[..near + end]);
        }
        let piece = Text::new(head).ok().filter(|_| !head.is_empty())?;
        Some((piece, text[head.len()..].trim_start()))
    })
}

/// A text that may be too long for one of `MAX` characters, as several of them that hold all of it but spaces between them.
pub fn pieces<const MIN: usize, const MAX: usize>(text: &str) -> Vec<Text<MIN, MAX>> {
    let clean = shown(text);
    let (mut rest, mut pieces) = (clean.trim(), Vec::new());
    while let Some((piece, after)) = Some(rest).filter(|rest| !rest.is_empty()).and_then(parted) {
        if !piece.is_empty() {
            pieces.push(piece);
        }
        rest = after;
    }
    pieces
}

/// The first of a text's pieces, and what follows it.
pub fn first_piece<const MAX: usize>(text: &str) -> (Text<0, MAX>, String) {
    let clean = shown(text);
    parted(clean.trim()).map_or_else(Default::default, |(piece, rest)| (piece, rest.to_owned()))
}

/// Story points: a whole number.
///
/// # Errors
/// A sentence where the number is none that a task takes.
pub fn points(points: f64) -> Result<u32, String> {
    let fits = points.fract() == 0.0 && (0.0..=f64::from(MOST_POINTS)).contains(&points);
    if fits { Ok(points as u32) } else { Err(format!("{points} is not a whole number from 0 to {MOST_POINTS}")) }
}

/// Hours.
///
/// # Errors
/// A sentence where the number is none that a task takes.
pub fn hours(hours: f64) -> Result<f64, String> {
    let fits = (0.0..=MOST_HOURS).contains(&hours);
    if fits { Ok(hours) } else { Err(format!("{hours} is not a number from 0 to {MOST_HOURS}")) }
}

/// A priority by the words that this and other systems have for it.
///
/// # Errors
/// A sentence where the word is none of them.
pub fn priority(text: &str) -> Result<Priority, String> {
    let wrong = || format!("“{}” is none of lowest, low, medium, high and urgent", beginning(text.trim(), 40));
    words::priority(&plain(text)).ok_or_else(wrong)
}

/// The status that a column's or a status's name stands for, in the words that are usual for it.
pub fn status(text: &str) -> Option<Status> {
    words::status(&plain(text))
}

/// The status of a column, of which a file also tells the category: the category is surer, and the name may be finer.
pub fn status_in(column: Option<&str>, category: Option<&str>) -> Option<Status> {
    let named = column.and_then(status);
    let category = category.and_then(|category| match plain(category).as_str() {
        "indeterminate" => Some(Status::InProgress),
        category => words::status(category),
    });
    let part = |status| match status {
        Status::Backlog | Status::Todo => 0,
        Status::InProgress | Status::Review => 1,
        Status::Done => 2,
    };
    match (category, named) {
        (Some(category), Some(named)) if part(category) != part(named) => Some(category),
        (category, named) => named.or(category),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_size_is_what_a_task_takes() {
        assert_eq!((points(5.0), hours(1.5)), (Ok(5), Ok(1.5)));
        assert!(points(1.5).is_err() && points(-1.0).is_err() && points(f64::NAN).is_err() && hours(10_001.0).is_err());
    }

    #[test]
    fn a_category_is_surer_than_a_name_that_contradicts_it() {
        assert_eq!(status_in(Some("Code review"), Some("In Progress")), Some(Status::Review));
        assert_eq!(status_in(Some("Closed"), Some("indeterminate")), Some(Status::InProgress));
        assert_eq!(status_in(Some("Tareas por hacer"), None), Some(Status::Todo));
        assert_eq!(status_in(Some("Shaping"), Some("Готово")), Some(Status::Done));
    }

    #[test]
    fn a_long_title_is_truncated_with_a_problem() {
        let (title, note) = title(&"é ".repeat(400)).expect("a title");
        assert!(title.chars().count() <= 250 && note.is_some());
        assert_eq!(super::title("One\r\n two\t\u{7}three").expect("a title").0.as_str(), "One\r\n two\tthree");
    }

    proptest! {
        #[test]
        fn a_text_in_pieces_is_all_of_the_text(text in "[a-z\\u{e9}\\n \\u{1d15e}]{0,300}") {
            let pieces = pieces::<1, 20>(&text);
            let letters = |text: &str| Text::<0, 5_000>::new(text).map(|text| text.chars().filter(|one| !one.is_whitespace()).collect::<String>());
            let all: String = pieces.iter().map(|piece| piece.as_str()).collect();
            prop_assert_eq!(letters(&all), letters(&text));
        }

        #[test]
        fn any_text_yields_a_valid_title_or_none(text in "\\PC{1,400}") {
            let has_something = !text.trim().is_empty();
            prop_assert!(title(&text).is_ok() || !has_something || text.chars().all(char::is_whitespace));
            drop((priority(&text), status(&text)));
        }
    }
}
