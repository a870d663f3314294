//! Reports as PDF on A4: a header with the subject, a chart if there is one, tables whose header repeats on each page,
//! and page numbers.
//!
//! The typeface is Inter, in two weights, subset to Latin, Greek, Cyrillic, Vietnamese and common symbols
//! (`fonts/LICENSE.txt`). The used glyphs are embedded. Characters outside the subset (emoji, Chinese, Arabic) appear
//! as an empty box, and the last page says so; CSV and XLSX contain every character.

mod chart;
mod face;
mod ink;
mod sheet;
mod table;

use crate::parts::document::Document;
use face::Faces;
use krilla::{
    Document as Pdf,
    metadata::{DateTime, Metadata},
};
use millrace_domain::{Error, Result};
use sheet::Sheets;

/// Tables with more columns are laid out in landscape.
const COLUMNS_UPRIGHT: usize = 7;

/// Writes a report.
///
/// # Errors
/// [`Error::Internal`] if the file cannot be written.
pub(crate) fn write(document: &Document) -> Result<Vec<u8>> {
    let faces = Faces::load()?;
    let widest = document.tables.iter().map(|table| table::shown_columns(table).len()).max().unwrap_or(0);
    let mut sheets = Sheets::new(&faces, widest > COLUMNS_UPRIGHT);
    sheets.head(document);
    if let Some(chart) = &document.chart {
        chart::draw(&mut sheets, chart);
    }
    for table in &document.tables {
        table::draw(&mut sheets, table);
    }
    let pages = sheets.finish(&document.title);
    let mut pdf = Pdf::new();
    pdf.set_metadata(metadata(document));
    for page in &pages {
        ink::print(&mut pdf, &faces, page)?;
    }
    pdf.finish().map_err(|error| Error::internal(error.to_string()))
}

fn metadata(document: &Document) -> Metadata {
    let made = document.made_at;
    let at = DateTime::new(made.year().unsigned_abs())
        .month(made.month().unsigned_abs())
        .day(made.day().unsigned_abs())
        .hour(made.hour().unsigned_abs())
        .minute(made.minute().unsigned_abs());
    Metadata::new()
        .title(document.title.clone())
        .creator("Millrace".to_owned())
        .language("en".to_owned())
        .creation_date(at)
}

#[cfg(test)]
mod tests;
