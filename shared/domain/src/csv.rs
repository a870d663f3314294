//! Tables as CSV (RFC 4180), safe to open in a spreadsheet.
//!
//! A spreadsheet takes a cell that begins with one of a few characters for a formula, quoted or not. Such a cell gets an
//! apostrophe in front, which spreadsheets take as "this is text"
//! (<https://owasp.org/www-community/attacks/CSV_Injection>).

/// What a table begins with, so that spreadsheets know its encoding.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// What a formula can begin with; spreadsheets in East Asian languages take the wide forms as well.
const BEGINS_FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// One cell: text that no spreadsheet runs, quoted where it has to be.
pub fn cell(text: &str) -> String {
    let neutral = neutralised(text);
    if neutral.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", neutral.replace('"', "\"\"")) } else { neutral }
}

/// One row with its line end.
pub fn row<Cell: AsRef<str>>(cells: impl IntoIterator<Item = Cell>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(text.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

/// Whether a spreadsheet would take the text for a formula. Spaces in front hide nothing; what hides behind apostrophes
/// counts as well, so that the one that is put in front can be told from those that were there.
fn is_guarded(text: &str) -> bool {
    text.trim_start_matches([' ', '\'']).starts_with(BEGINS_FORMULA)
}

/// The text, with an apostrophe in front where a spreadsheet would take it for a formula.
fn neutralised(text: &str) -> String {
    if is_guarded(text) { format!("'{text}") } else { text.to_owned() }
}

/// The text that a cell was made of: without the apostrophe that kept a spreadsheet from running it.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_guarded(text)).unwrap_or(cell)
}

/// Several names as the text of one cell, which [`split_names`] takes apart again.
pub fn join_names<Name: AsRef<str>>(names: impl IntoIterator<Item = Name>) -> String {
    let escaped = |name: &str| name.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    names.into_iter().map(|name| escaped(name.as_ref())).collect::<Vec<_>>().join("; ")
}

/// The names that stand in one cell, between semicolons or, where there is none, between commas.
pub fn split_names(cell: &str) -> Vec<String> {
    // Each character, and whether a backslash took its meaning.
    let mut characters: Vec<(char, bool)> = Vec::new();
    let mut escaped = false;
    for character in cell.chars() {
        if escaped && matches!(character, '\\' | ';' | ',') {
            characters.push((character, true));
            escaped = false;
            continue;
        }
        characters.extend(escaped.then_some(('\\', true)));
        escaped = character == '\\';
        characters.extend((!escaped).then_some((character, false)));
    }
    characters.extend(escaped.then_some(('\\', true)));
    let separator = if characters.contains(&(';', false)) { ';' } else { ',' };
    let parts = characters.split(|character| *character == (separator, false));
    let names = parts.map(|part| part.iter().map(|(character, _)| character).collect::<String>().trim().to_owned());
    names.filter(|name| !name.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Reads one row as RFC 4180 says.
    fn read(row: &str) -> Vec<String> {
        let (mut cells, mut text, mut quoted) = (Vec::new(), String::new(), false);
        let mut rest = row.strip_suffix("\r\n").expect("a line end").chars().peekable();
        while let Some(next) = rest.next() {
            match next {
                '"' if quoted && rest.peek() == Some(&'"') => {
                    rest.next();
                    text.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(std::mem::take(&mut text)),
                other => text.push(other),
            }
        }
        cells.push(text);
        cells
    }

    #[test]
    fn a_formula_becomes_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "=HYPERLINK(\"http://evil\", \"x\")", "＝1"] {
            assert!(read(&row([formula]))[0].starts_with('\''), "{formula}");
        }
        assert_eq!(row(["WEB-1", "1.5", "a, \"b\""]), "WEB-1,1.5,\"a, \"\"b\"\"\"\r\n");
    }

    proptest! {
        #[test]
        fn every_cell_comes_back_and_none_is_a_formula(cells in proptest::collection::vec("[ =+@,\"\r\n\t'a-z＝-]{0,12}", 1..6)) {
            let read = read(&row(&cells));
            prop_assert_eq!(read.len(), cells.len());
            for (read, sent) in read.iter().zip(&cells) {
                prop_assert_eq!(unguarded(read), sent);
                prop_assert!(!read.trim_start_matches(' ').starts_with(BEGINS_FORMULA));
            }
        }

        #[test]
        fn names_come_back_from_one_cell(names in proptest::collection::vec("[a-c;,\\\\]([ a-c;,\\\\]{0,6}[a-c;,\\\\])?", 0..5)) {
            prop_assert_eq!(split_names(&join_names(&names)), names);
        }
    }
}
