//! Tables of Jira's markup.

use super::inline::inline;

/// Up to how many cells a row is filled up.
const MOST_FILLED: usize = 30;

/// A row: whether it names the columns, and its cells.
pub(super) type Row = (bool, Vec<String>);

/// The rows at the beginning of `text`, and where they end. A cell may go on for several lines.
pub(super) fn rows(text: &str) -> (Vec<Row>, usize) {
    let (mut rows, mut at) = (Vec::new(), 0);
    while text[at..].trim_start_matches([' ', '\t']).starts_with('|') {
        let mut end = at;
        loop {
            end += text[end..].find('\n').unwrap_or(text.len() - end);
            let whole = text[at..end].trim_end().ends_with('|') || end == text.len();
            let next = text[end..].get(1..).and_then(|next| next.lines().next()).unwrap_or("").trim();
            if whole || next.is_empty() || next.starts_with('|') {
                break;
            }
            end += 1;
        }
        rows.push(row(text[at..end].trim()));
        if end == text.len() {
            return (rows, end);
        }
        at = end + 1;
    }
    (rows, at.saturating_sub(1))
}

fn row(text: &str) -> Row {
    let (names, mut cells) = (text.starts_with("||"), Vec::new());
    let (mut cell, mut depth) = (String::new(), 0usize);
    for character in text.trim_start_matches('|').chars() {
        match character {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if character == '|' && depth == 0 {
            cells.push(std::mem::take(&mut cell));
        } else {
            cell.push(character);
        }
    }
    cells.push(cell);
    // Two bars are between names, and there is one behind the last cell.
    if names {
        cells.retain(|cell| !cell.is_empty());
    } else if cells.last().is_some_and(|last| last.trim().is_empty()) {
        cells.pop();
    }
    let shown = cells.iter().map(|cell| {
        let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        inline(&cell).replace("\\\n", " ").replace('|', "\\|")
    });
    (names, shown.collect())
}

/// The rows as a table of Markdown, which always has names above its columns.
pub(super) fn markdown(rows: &[Row]) -> String {
    let columns = rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or_default().max(1);
    // Markdown fills up rows that are too short; those of usual tables are filled up here, to be read as they are written.
    let filled = columns.min(MOST_FILLED);
    let line = |cells: &[String], columns: usize| {
        let cells = (0..columns).map(|index| format!(" {} |", cells.get(index).map_or("", String::as_str)));
        format!("|{}", cells.collect::<String>())
    };
    let (names, rest) = match rows.split_first() {
        Some(((true, names), rest)) => (names.as_slice(), rest),
        _ => (&[][..], rows),
    };
    let mut lines = vec![line(names, columns), format!("|{}", " --- |".repeat(columns))];
    lines.extend(rest.iter().map(|(_, cells)| line(cells, cells.len().max(filled))));
    lines.join("\n")
}
