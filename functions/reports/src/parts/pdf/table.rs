//! Tables on pages: columns as wide as needed, text wrapped, the header repeated on each page.

use super::{
    face::{Weight, composed},
    ink::{BLACK, HEADER, Mark, QUIET},
    sheet::{MARGIN, Sheets},
};
use crate::parts::document::{Cell, Column, Grid};

const SIZE: f32 = 8.0;
const LINE: f32 = 10.5;
/// The padding of a cell.
const PAD: f32 = 4.0;
/// The maximum width that a column requests.
const WIDEST: f32 = 240.0;
/// The minimum width of a column, regardless of their number.
const NARROWEST: f32 = 24.0;
/// How many rows are sampled to size the columns.
const MEASURED: usize = 500;

/// The indexes of the columns that a page shows.
pub(super) fn shown_columns(table: &Grid) -> Vec<(usize, &Column)> {
    table.columns.iter().enumerate().filter(|(_, column)| column.on_pages).collect()
}

/// A column in the layout.
struct Laid<'table> {
    place: usize,
    name: &'table str,
    x: f32,
    width: f32,
    /// Whether it contains numbers, which are right-aligned.
    numbers: bool,
}

/// Draws a table, starting on the current page.
pub(super) fn draw(sheets: &mut Sheets<'_>, table: &Grid) {
    let columns = lay_out(sheets, table);
    let header: Vec<Vec<String>> =
        columns.iter().map(|column| wrapped(sheets, column.name, column, Weight::Strong)).collect();
    let header_height = height_of(&header);
    if !sheets.fits(22.0 + header_height + LINE + 2.0 * PAD) {
        sheets.turn();
    }
    sheets.text((MARGIN, sheets.y + 11.0), 10.5, Weight::Strong, BLACK, table.name);
    sheets.y += 20.0;
    draw_header(sheets, &columns, &header);
    if table.rows.is_empty() {
        sheets.text((MARGIN + PAD, sheets.y + PAD + SIZE), SIZE, Weight::Regular, QUIET, "Nothing to show");
        sheets.y += LINE + 2.0 * PAD;
    }
    for row in &table.rows {
        let cells: Vec<Vec<String>> = columns
            .iter()
            .map(|column| {
                let text = row.get(column.place).map(Cell::shown).unwrap_or_default();
                wrapped(sheets, &composed(&text), column, Weight::Regular)
            })
            .collect();
        let height = height_of(&cells);
        if !sheets.fits(height) {
            sheets.turn();
            draw_header(sheets, &columns, &header);
        }
        draw_cells(sheets, &columns, &cells, Weight::Regular);
        sheets.y += height;
        sheets.rule(sheets.y);
    }
    sheets.y += 18.0;
}

fn draw_header(sheets: &mut Sheets<'_>, columns: &[Laid<'_>], header: &[Vec<String>]) {
    let height = height_of(header);
    let (y, width) = (sheets.y, sheets.usable_width());
    sheets.put(Mark::Box { x: MARGIN, y, width, height, colour: HEADER });
    draw_cells(sheets, columns, header, Weight::Strong);
    sheets.y += height;
}

fn draw_cells(sheets: &mut Sheets<'_>, columns: &[Laid<'_>], cells: &[Vec<String>], weight: Weight) {
    for (column, lines) in columns.iter().zip(cells) {
        let mut y = sheets.y + PAD + SIZE;
        for line in lines {
            let own = sheets.faces.of(weight).width(line, SIZE);
            let x = if column.numbers { column.x + column.width - PAD - own } else { column.x + PAD };
            sheets.text((x, y), SIZE, weight, BLACK, line);
            y += LINE;
        }
    }
}

fn height_of(cells: &[Vec<String>]) -> f32 {
    cells.iter().map(Vec::len).max().unwrap_or(1) as f32 * LINE + 2.0 * PAD
}

/// The lines of a cell. Text that would fill more than half a page ends with an ellipsis.
fn wrapped(sheets: &Sheets<'_>, text: &str, column: &Laid<'_>, weight: Weight) -> Vec<String> {
    let mut lines = sheets.faces.of(weight).lines(text, SIZE, column.width - 2.0 * PAD);
    let most = (sheets.usable_height() / 2.0 / LINE) as usize;
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

fn lay_out<'table>(sheets: &Sheets<'_>, table: &'table Grid) -> Vec<Laid<'table>> {
    let shown = shown_columns(table);
    let (regular, strong) = (sheets.faces.of(Weight::Regular), sheets.faces.of(Weight::Strong));
    let wanted: Vec<f32> = shown
        .iter()
        .map(|(place, column)| {
            let cells = table.rows.iter().take(MEASURED).filter_map(|row| row.get(*place));
            let widest = cells.map(|cell| regular.width(&composed(&cell.shown()), SIZE)).fold(0.0, f32::max);
            // A header may be broken between its words.
            let header = column.name.split(' ').map(|word| strong.width(word, SIZE)).fold(0.0, f32::max);
            (widest.max(header) + 2.0 * PAD + 1.0).clamp(NARROWEST, WIDEST)
        })
        .collect();
    let widths = fitted(&wanted, sheets.usable_width());
    let mut x = MARGIN;
    let laid = shown.into_iter().zip(widths).map(|((place, column), width)| {
        let mut cells = table.rows.iter().filter_map(|row| row.get(place)).filter(|cell| **cell != Cell::Empty);
        let numbers = cells.next().is_some_and(Cell::is_number);
        let laid = Laid { place, name: column.name, x, width, numbers };
        x += width;
        laid
    });
    laid.collect()
}

/// Widths that fill `room` exactly: columns that request less than their share get what they request; the others divide
/// the rest in proportion to their requests.
fn fitted(wanted: &[f32], room: f32) -> Vec<f32> {
    let all: f32 = wanted.iter().sum();
    if all <= room {
        let spare = room - all;
        return wanted.iter().map(|width| width + spare * width / all.max(1.0)).collect();
    }
    let share = room / wanted.len().max(1) as f32;
    let modest: f32 = wanted.iter().filter(|width| **width <= share).sum();
    let others = all - modest;
    wanted.iter().map(|width| if *width <= share { *width } else { (room - modest) * width / others }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn column_widths_add_up_to_the_page_width(wanted in proptest::collection::vec(NARROWEST..WIDEST, 1..20), room in 400.0f32..800.0) {
            let widths = fitted(&wanted, room);
            prop_assert_eq!(widths.len(), wanted.len());
            prop_assert!((widths.iter().sum::<f32>() - room).abs() < 0.5, "{:?}", widths);
            prop_assert!(widths.iter().all(|width| *width > 0.0));
        }
    }
}
