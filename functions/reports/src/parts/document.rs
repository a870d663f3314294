//! The content of a report, independent of its format.

use jiff::civil::{Date, DateTime};

/// A report's content.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    /// The name.
    pub title: String,
    /// The subject: workspace, project, date range, time zone.
    pub about: Vec<(&'static str, String)>,
    /// When it was generated, in the workspace's time zone.
    pub made_at: DateTime,
    /// Its tables, most important first.
    pub tables: Vec<Grid>,
    /// The line chart of its pages.
    pub chart: Option<Chart>,
}

impl Document {
    /// The total number of rows.
    pub(crate) fn rows(&self) -> u32 {
        self.tables.iter().map(|table| table.rows.len() as u32).sum()
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grid {
    /// The name: at most 31 characters, the limit of a workbook.
    pub name: &'static str,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows: one cell per column.
    pub rows: Vec<Vec<Cell>>,
}

impl Grid {
    /// A table whose columns are shown everywhere, each by its name and its width.
    pub(crate) fn new<const COLUMNS: usize>(
        name: &'static str,
        columns: [(&'static str, u16); COLUMNS],
        rows: Vec<Vec<Cell>>,
    ) -> Self {
        Self { name, columns: columns.map(|(name, width)| Column::new(name, width)).to_vec(), rows }
    }
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column {
    /// The header.
    pub name: &'static str,
    /// The width in a workbook, in characters.
    pub width: u16,
    /// Whether PDF pages, which are narrower than a workbook, show it.
    pub on_pages: bool,
}

impl Column {
    /// A column in all formats.
    pub(crate) const fn new(name: &'static str, width: u16) -> Self {
        Self { name, width, on_pages: true }
    }
    /// A column that PDF pages omit.
    pub(crate) const fn beside(name: &'static str, width: u16) -> Self {
        Self { name, width, on_pages: false }
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Empty.
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with two decimals.
    Decimal(f64),
    /// A date.
    Day(Date),
    /// A time, in the workspace's time zone.
    Moment(DateTime),
}

impl Cell {
    /// Text.
    pub(crate) fn text(text: impl ToString) -> Self {
        Self::Text(text.to_string())
    }
    /// A count.
    pub(crate) fn count(count: impl Into<i64>) -> Self {
        Self::Whole(count.into())
    }
    /// A cell for an optional value.
    pub(crate) fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }
    /// Whether it is right-aligned.
    pub(crate) const fn is_number(&self) -> bool {
        matches!(self, Self::Whole(_) | Self::Decimal(_))
    }
    /// Its text.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Decimal(number) => format!("{number:.2}"),
            Self::Day(day) => day.to_string(),
            Self::Moment(moment) => moment.strftime("%Y-%m-%d %H:%M").to_string(),
        }
    }
}

/// A line chart over days.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chart {
    /// The name.
    pub title: &'static str,
    /// The days, from left to right.
    pub days: Vec<Date>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A line of a chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// The name.
    pub name: &'static str,
    /// The value of each day; none if unknown.
    pub values: Vec<Option<f64>>,
    /// Whether it is a projection rather than a measurement.
    pub dashed: bool,
}
