//! Reports as workbooks: one sheet per table and one about the report. Numbers and dates keep their type; text is never
//! a formula.

use crate::parts::document::{Cell, Document, Grid};
use jiff::civil::{Date, DateTime};
use millrace_domain::{Error, Result};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// The cell formats.
struct Looks {
    header: Format,
    whole: Format,
    decimal: Format,
    day: Format,
    moment: Format,
}

/// Writes a report.
///
/// # Errors
/// [`Error::Internal`] if the workbook cannot be written.
pub(crate) fn write(document: &Document) -> Result<Vec<u8>> {
    let looks = Looks {
        header: Format::new().set_bold().set_background_color("#F1F1F4").set_text_wrap(),
        whole: Format::new().set_num_format("0"),
        decimal: Format::new().set_num_format("0.00"),
        day: Format::new().set_num_format("yyyy-mm-dd"),
        moment: Format::new().set_num_format("yyyy-mm-dd hh:mm"),
    };
    fill(document, &looks).map_err(Error::internal)
}

fn fill(document: &Document, looks: &Looks) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = excel_moment(document.made_at)?;
    // The time of making and no other: a report that is made twice is the same file.
    workbook.set_properties(&DocProperties::new().set_title(&document.title).set_creation_datetime(&made));
    for table in &document.tables {
        fill_table(workbook.add_worksheet(), table, looks)?;
    }
    let about = workbook.add_worksheet();
    about.set_name("About")?.set_column_width(0, 20)?.set_column_width(1, 60)?;
    about.write_string_with_format(0, 0, &document.title, &looks.header)?;
    about.write_string_with_format(0, 1, "", &looks.header)?;
    for (row, (name, value)) in (1..).zip(&document.about) {
        about.write_string(row, 0, *name)?.write_string(row, 1, value)?;
    }
    workbook.save_to_buffer()
}

fn fill_table(sheet: &mut Worksheet, table: &Grid, looks: &Looks) -> Result<(), XlsxError> {
    sheet.set_name(table.name)?.set_freeze_panes(1, 0)?;
    for (index, column) in (0..).zip(&table.columns) {
        sheet.set_column_width(index, column.width)?;
        sheet.write_string_with_format(0, index, column.name, &looks.header)?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => sheet.write_string(row, column, text)?,
                Cell::Whole(number) => sheet.write_number_with_format(row, column, *number as f64, &looks.whole)?,
                Cell::Decimal(number) => sheet.write_number_with_format(row, column, *number, &looks.decimal)?,
                // A workbook knows no day before 1900: such a one is written as it reads.
                Cell::Day(day) => match excel_day(*day) {
                    Ok(day) => sheet.write_datetime_with_format(row, column, &day, &looks.day)?,
                    Err(_) => sheet.write_string(row, column, cell.shown())?,
                },
                Cell::Moment(moment) => match excel_moment(*moment) {
                    Ok(moment) => sheet.write_datetime_with_format(row, column, &moment, &looks.moment)?,
                    Err(_) => sheet.write_string(row, column, cell.shown())?,
                },
            };
        }
    }
    let (rows, columns) = (table.rows.len() as u32, table.columns.len() as u16);
    if rows > 0 && columns > 0 {
        sheet.autofilter(0, 0, rows, columns - 1)?;
    }
    Ok(())
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    // Years before 0 wrap to ones that no workbook knows, and are refused with them.
    ExcelDateTime::from_ymd(day.year().unsigned_abs(), day.month().unsigned_abs(), day.day().unsigned_abs())
}

fn excel_moment(moment: DateTime) -> Result<ExcelDateTime, XlsxError> {
    let (hour, minute, second) = (moment.hour(), moment.minute(), moment.second());
    excel_day(moment.date())?.and_hms(hour.unsigned_abs().into(), minute.unsigned_abs(), second.unsigned_abs())
}
