//! What a file leaves open, and what whoever imports chose: the order of the numbers in its days, its decimal sign, its time
//! zone.

use crate::time::calendar::Zone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most columns that one import makes choices for.
pub const MOST_CHOSEN: usize = 200;

/// In which order the numbers of a day stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// `20/11/26`
    DayFirst,
    /// `11/20/26`
    MonthFirst,
    /// `26/11/20`
    YearFirst,
}

/// What stands before a number's fraction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DecimalSign {
    /// `1,000.5`
    Point,
    /// `1.000,5`
    Comma,
}

/// What whoever imports chose for a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct ColumnChoices {
    /// In which order the numbers of its days stand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// What stands before the fraction of its numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal_sign: Option<DecimalSign>,
}

/// How the values of a file are read, as far as whoever imports says. What is left out is told from the file, where it can
/// be.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// In which order the numbers of a day stand, such as `05/06/24`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_order: Option<DateOrder>,
    /// What stands before a number's fraction: `1,000` is a thousand with a point, and one with a comma.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal_sign: Option<DecimalSign>,
    /// The time zone in which an instant is a day, and of times that name none; if nobody says, the workspace's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time_zone: Option<Zone>,
    /// What is chosen for single columns, by their names in the header.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, ColumnChoices>,
}

/// What can be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceKind {
    /// In which order the numbers of a column's days stand.
    DateOrder,
    /// What stands before the fraction of a column's numbers.
    DecimalSign,
    /// In which time zone the file's times are read.
    TimeZone,
}

/// How it is known what to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceSource {
    /// Whoever imports said so.
    Chosen,
    /// Other values of the same column can be read in one way only.
    Column,
    /// Values of other columns can be read in one way only.
    File,
    /// The workspace's own time zone.
    Workspace,
    /// It is not known: what depends on it is left out until somebody chooses.
    Open,
}

/// A choice that the file leaves, with some of the values that depend on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct FoundChoice {
    /// The column, by its name in the header; null for the whole file.
    pub column: Option<String>,
    /// What is chosen.
    pub choice: ChoiceKind,
    /// What is taken: `day_first`, `month_first` or `year_first`, `point` or `comma`, or a time zone's name; null where
    /// nobody knows.
    pub value: Option<String>,
    /// How that is known.
    pub source: ChoiceSource,
    /// Up to three of the file's own values that depend on it.
    pub samples: Vec<String>,
}
