//! Reports as CSV (RFC 4180) in UTF-8: a header and rows. If there are several tables, each is preceded by its name and
//! an empty line.

use crate::parts::document::{Cell, Document};
use millrace_domain::csv;

/// Writes a report. Text is escaped so that it is no formula; numbers and dates are written as they are, including
/// negative ones.
pub(crate) fn write(document: &Document) -> String {
    let mut text = String::new();
    let several = document.tables.len() > 1;
    for (index, table) in document.tables.iter().enumerate() {
        if index > 0 {
            text.push_str("\r\n");
        }
        if several {
            text += &csv::row([table.name]);
        }
        text += &csv::row(table.columns.iter().map(|column| column.name));
        for row in &table.rows {
            let cells: Vec<String> = row.iter().map(cell).collect();
            text += &cells.join(",");
            text.push_str("\r\n");
        }
    }
    text
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => csv::cell(text),
        Cell::Empty | Cell::Whole(_) | Cell::Decimal(_) | Cell::Day(_) | Cell::Moment(_) => cell.shown(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parts::document::{Column, Grid};
    use jiff::civil::date;

    #[test]
    fn text_is_neutralised_and_numbers_are_not() {
        let grid = |name, cell| Grid { name, columns: vec![Column::new("A", 5)], rows: vec![vec![cell]] };
        let document = Document {
            title: "Report".to_owned(),
            about: Vec::new(),
            made_at: date(2026, 11, 21).at(9, 30, 0, 0),
            tables: vec![grid("One", Cell::text("=1+1")), grid("Other", Cell::Whole(-3))],
            chart: None,
        };
        assert_eq!(write(&document), "One\r\nA\r\n'=1+1\r\n\r\nOther\r\nA\r\n-3\r\n");
    }
}
