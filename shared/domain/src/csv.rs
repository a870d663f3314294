//! Tables as CSV (RFC 4180), safe to open in a spreadsheet.
//!
//! Spreadsheets treat cells that begin with certain characters as formulas, even if quoted. Such cells are prefixed
//! with an apostrophe, which marks them as text (<https://owasp.org/www-community/attacks/CSV_Injection>).

/// What a table begins with, so that spreadsheets know its encoding.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Characters that can start a formula, including the full-width forms that East Asian spreadsheets accept.
const BEGINS_FORMULA: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A cell: escaped so that it is no formula, and quoted if necessary.
pub fn cell(text: &str) -> String {
    let neutral = neutralised(text);
    if neutral.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", neutral.replace('"', "\"\"")) } else { neutral }
}

/// A row with its line end.
pub fn row<Cell: AsRef<str>>(cells: impl IntoIterator<Item = Cell>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(text.as_ref())).collect();
    format!("{}\r\n", cells.join(","))
}

/// Whether a spreadsheet would treat the text as a formula. Leading spaces do not matter. Text that starts with
/// apostrophes before a formula counts too, so that added and original apostrophes can be told apart.
fn is_guarded(text: &str) -> bool {
    text.trim_start_matches([' ', '\'']).starts_with(BEGINS_FORMULA)
}

/// The text, prefixed with an apostrophe if a spreadsheet would treat it as a formula.
fn neutralised(text: &str) -> String {
    if is_guarded(text) { format!("'{text}") } else { text.to_owned() }
}

/// The original text of a cell, without the added apostrophe.
pub fn unguarded(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|text| is_guarded(text)).unwrap_or(cell)
}

/// Several names in one cell, to be split by [`split_names`].
pub fn join_names<Name: AsRef<str>>(names: impl IntoIterator<Item = Name>) -> String {
    let escaped = |name: &str| name.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    names.into_iter().map(|name| escaped(name.as_ref())).collect::<Vec<_>>().join("; ")
}

/// The names in a cell, separated by semicolons or, if there is none, by commas.
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

    /// Reads a row by RFC 4180.
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
    fn formulas_are_escaped_as_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "=HYPERLINK(\"http://evil\", \"x\")", "＝1"] {
            assert!(read(&row([formula]))[0].starts_with('\''), "{formula}");
        }
        assert_eq!(row(["WEB-1", "1.5", "a, \"b\""]), "WEB-1,1.5,\"a, \"\"b\"\"\"\r\n");
    }

    proptest! {
        #[test]
        fn every_cell_round_trips_and_none_is_a_formula(cells in proptest::collection::vec("[ =+@,\"\r\n\t'a-z＝-]{0,12}", 1..6)) {
            let read = read(&row(&cells));
            prop_assert_eq!(read.len(), cells.len());
            for (read, sent) in read.iter().zip(&cells) {
                prop_assert_eq!(unguarded(read), sent);
                prop_assert!(!read.trim_start_matches(' ').starts_with(BEGINS_FORMULA));
            }
        }

        #[test]
        fn joined_names_are_split_again(names in proptest::collection::vec("[a-c;,\\\\]([ a-c;,\\\\]{0,6}[a-c;,\\\\])?", 0..5)) {
            prop_assert_eq!(split_names(&join_names(&names)), names);
        }
    }
}
