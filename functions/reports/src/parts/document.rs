//! What a report holds, whatever the form in which it is written.

use jiff::civil::{Date, DateTime};

/// A report's content.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Document {
    /// What it is called.
    pub title: String,
    /// What it is about: the workspace, the project, the days, the time zone.
    pub about: Vec<(&'static str, String)>,
    /// When it was made, in the workspace's time zone.
    pub made_at: DateTime,
    /// Its tables, the most important first.
    pub tables: Vec<Grid>,
    /// What its pages show as lines.
    pub chart: Option<Chart>,
}

impl Document {
    /// How many rows it has in all.
    pub(crate) fn rows(&self) -> u32 {
        self.tables.iter().map(|table| table.rows.len() as u32).sum()
    }
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grid {
    /// What it is called: at most 31 characters, as a workbook takes them.
    pub name: &'static str,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows: a cell for each column.
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
    /// What stands over it.
    pub name: &'static str,
    /// How wide it is in a workbook, in characters.
    pub width: u16,
    /// Whether a page, which is not as wide as a workbook, shows it.
    pub on_pages: bool,
}

impl Column {
    /// A column that is shown everywhere.
    pub(crate) const fn new(name: &'static str, width: u16) -> Self {
        Self { name, width, on_pages: true }
    }
    /// A column that pages leave out.
    pub(crate) const fn beside(name: &'static str, width: u16) -> Self {
        Self { name, width, on_pages: false }
    }
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Nothing.
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number that is shown with two decimals.
    Decimal(f64),
    /// A day.
    Day(Date),
    /// A moment, in the workspace's time zone.
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
    /// A cell of something that may not be there.
    pub(crate) fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }
    /// Whether it is aligned to the right.
    pub(crate) const fn is_number(&self) -> bool {
        matches!(self, Self::Whole(_) | Self::Decimal(_))
    }
    /// How it reads.
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

/// Lines over days.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Chart {
    /// What it is called.
    pub title: &'static str,
    /// The days from left to right.
    pub days: Vec<Date>,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A line of a chart.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// What it is called.
    pub name: &'static str,
    /// Its value on each day; none where it is not known.
    pub values: Vec<Option<f64>>,
    /// Whether it says how things would be, and not how they are.
    pub dashed: bool,
}
