//! Tables as CSV (RFC 4180), safe to open in a spreadsheet.
//!
//! A spreadsheet takes a cell that begins with one of a few characters for a formula, quoted or not. Such a cell gets an
//! apostrophe in front, which spreadsheets take as "this is text"
//! (<https://owasp.org/www-community/attacks/CSV_Injection>).

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

/// The text, with an apostrophe in front where a spreadsheet would take it for a formula. Spaces in front hide nothing.
fn neutralised(text: &str) -> String {
    if text.trim_start_matches(' ').starts_with(BEGINS_FORMULA) { format!("'{text}") } else { text.to_owned() }
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
                let guarded = sent.trim_start_matches(' ').starts_with(BEGINS_FORMULA);
                prop_assert_eq!(read.strip_prefix('\'').filter(|_| guarded).unwrap_or(read), sent);
                prop_assert!(!read.trim_start_matches(' ').starts_with(BEGINS_FORMULA));
            }
        }
    }
}
