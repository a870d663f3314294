//! How the values of a file are read that it leaves open: the order of the numbers in its days, its decimal sign, its time zone. Each is told from the
//! whole column, else from the other columns, else asked; nothing that could be two things is taken for one of them.

use super::{date::Moment, mapping::Field, number::Number};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use millrace_domain::import::choices::{
    ChoiceKind, ChoiceSource, Choices, DateOrder, DecimalSign, FoundChoice, MOST_CHOSEN,
};
use std::collections::BTreeMap;

/// How many of a column's own values are shown.
const SAMPLES: usize = 3;
/// How much of each is shown, in characters.
const SAMPLE_CHARACTERS: usize = 80;
/// The longest cell that is looked at for a day or a number, in bytes.
const LOOKED_AT: usize = 100;

/// The fewest digits of a day, in bytes: no shorter text is looked at.
const FEWEST_DIGITS: usize = 3;

/// What the values of one column show of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Evidence {
    orders: [u32; 3],
    signs: [u32; 2],
    /// Days that could be two.
    pub open_days: Vec<String>,
    /// Numbers that could be two.
    pub open_numbers: Vec<String>,
    /// Times whose day or instant depends on the zone.
    pub times: Vec<String>,
}

/// Keeps one more of the first different samples.
fn keep(samples: &mut Vec<String>, text: &str) {
    if samples.len() < SAMPLES {
        let sample: String = text.chars().take(SAMPLE_CHARACTERS).collect();
        if !samples.contains(&sample) {
            samples.push(sample);
        }
    }
}

/// The one of them that alone was seen.
fn only<T: Copy>(all: &[(u32, T)]) -> Option<T> {
    let mut seen = all.iter().filter(|(count, _)| *count > 0).map(|(_, value)| *value);
    seen.next().filter(|_| seen.next().is_none())
}

impl Evidence {
    /// Looks at one value.
    pub fn look(&mut self, text: &str) {
        let text = text.trim();
        if text.len() > LOOKED_AT || !text.contains(|one: char| one.is_ascii_digit()) {
            return;
        }
        match Number::read(text) {
            Some(Number::Sure(_, Some(DecimalSign::Point))) => self.signs[0] += 1,
            Some(Number::Sure(_, Some(DecimalSign::Comma))) => self.signs[1] += 1,
            Some(Number::Either { .. }) => keep(&mut self.open_numbers, text),
            Some(Number::Sure(_, None)) => return,
            None => {}
        }
        self.look_at_time(text);
    }

    /// Looks at one value as a day or a time.
    pub fn look_at_time(&mut self, text: &str) {
        if text.bytes().filter(u8::is_ascii_digit).count() < FEWEST_DIGITS {
            return;
        }
        let Some(moment) = Moment::read(text) else { return };
        match moment.shows() {
            Some(DateOrder::DayFirst) => self.orders[0] += 1,
            Some(DateOrder::MonthFirst) => self.orders[1] += 1,
            Some(DateOrder::YearFirst) => self.orders[2] += 1,
            None => {}
        }
        if moment.is_open() {
            keep(&mut self.open_days, text);
        }
        if matches!(moment, Moment::Instant(_) | Moment::Civil(_, Some(_))) {
            keep(&mut self.times, text);
        }
    }

    /// Whether there are as many times as are shown.
    pub(super) fn has_enough_times(&self) -> bool {
        self.times.len() == SAMPLES
    }

    /// What another column of the same name shows.
    pub(super) fn add(&mut self, other: Self) {
        self.orders.iter_mut().zip(other.orders).for_each(|(own, other)| *own += other);
        self.signs.iter_mut().zip(other.signs).for_each(|(own, other)| *own += other);
        for (own, other) in [
            (&mut self.open_days, other.open_days),
            (&mut self.open_numbers, other.open_numbers),
            (&mut self.times, other.times),
        ] {
            other.iter().for_each(|sample| keep(own, sample));
        }
    }

    fn order(&self) -> Option<DateOrder> {
        let [day, month, year] = self.orders;
        only(&[(day, DateOrder::DayFirst), (month, DateOrder::MonthFirst), (year, DateOrder::YearFirst)])
    }

    fn sign(&self) -> Option<DecimalSign> {
        let [point, comma] = self.signs;
        only(&[(point, DecimalSign::Point), (comma, DecimalSign::Comma)])
    }
}

/// What is taken of a column, and how that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Column {
    order: Option<(DateOrder, ChoiceSource)>,
    sign: Option<(DecimalSign, ChoiceSource)>,
}

/// How the values of a file are read.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    columns: BTreeMap<String, Column>,
    zone: TimeZone,
    zone_source: ChoiceSource,
}

impl Default for Settled {
    fn default() -> Self {
        Self { columns: BTreeMap::new(), zone: TimeZone::UTC, zone_source: ChoiceSource::Workspace }
    }
}

impl Settled {
    /// Settles what the file shows and what was said, with `zone` as the workspace's.
    pub fn new(evidence: &BTreeMap<String, Evidence>, said: &Choices, zone: &TimeZone) -> Self {
        let of_all = |count: fn(&Evidence) -> Option<usize>| {
            let mut seen = [0u32; 3];
            for place in evidence.values().filter_map(count) {
                seen[place] += 1;
            }
            seen
        };
        let [day, month, year] = of_all(|evidence| evidence.order().map(|order| order as usize));
        let order = only(&[(day, DateOrder::DayFirst), (month, DateOrder::MonthFirst), (year, DateOrder::YearFirst)]);
        let [point, comma, _] = of_all(|evidence| evidence.sign().map(|sign| sign as usize));
        let sign = only(&[(point, DecimalSign::Point), (comma, DecimalSign::Comma)]);
        let columns = evidence.iter().map(|(name, evidence)| {
            let own = said.columns.get(name).copied().unwrap_or_default();
            let column = Column {
                order: pick(own.date_order.or(said.date_order), evidence.order(), order),
                sign: pick(own.decimal_sign.or(said.decimal_sign), evidence.sign(), sign),
            };
            (name.clone(), column)
        });
        let (zone, zone_source) = match &said.time_zone {
            Some(said) => (said.time_zone().clone(), ChoiceSource::Chosen),
            None => (zone.clone(), ChoiceSource::Workspace),
        };
        Self { columns: columns.collect(), zone, zone_source }
    }

    fn column(&self, name: &str) -> Column {
        self.columns.get(name).copied().unwrap_or_default()
    }

    /// What is taken of the column called `name` also goes for `alias`, by which a task's own fields know it.
    pub(super) fn also(&mut self, name: &str, alias: &str) {
        let column = self.column(name);
        self.columns.entry(alias.to_owned()).or_insert(column);
    }

    /// The zone in which times are read.
    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// A day in the column called `name`.
    ///
    /// # Errors
    /// A sentence where there is none, or where it could be two.
    pub fn day(&self, name: &str, text: &str) -> Result<Date, String> {
        let moment = Moment::read(text).ok_or_else(|| no_day(text))?;
        let order = self.column(name).order.map(|(order, _)| order);
        moment.day(order, &self.zone).ok_or_else(|| two_days(text, moment))
    }

    /// An instant in the column called `name`.
    ///
    /// # Errors
    /// A sentence where there is none, or where it could be two.
    pub fn instant(&self, name: &str, text: &str) -> Result<Timestamp, String> {
        let moment = Moment::read(text).ok_or_else(|| no_day(text))?;
        let order = self.column(name).order.map(|(order, _)| order);
        moment.instant(order, &self.zone).ok_or_else(|| two_days(text, moment))
    }

    /// A number in the column called `name`.
    ///
    /// # Errors
    /// A sentence where there is none, or where it could be two.
    pub fn number(&self, name: &str, text: &str) -> Result<f64, String> {
        let number = Number::read(text).ok_or_else(|| format!("“{}” is not a number", shown(text)))?;
        number.with(self.column(name).sign.map(|(sign, _)| sign)).ok_or_else(|| match number {
            Number::Either { point, comma } => {
                format!(
                    "“{}” can be {point} or {comma}: say whether a point or a comma is the decimal sign",
                    shown(text)
                )
            }
            Number::Sure(..) => String::new(),
        })
    }

    /// The choices that the columns of `fields` leave, and the zone where something depends on it.
    pub fn found(
        &self,
        evidence: &BTreeMap<String, Evidence>,
        days: impl Fn(&str) -> bool,
        numbers: impl Fn(&str) -> bool,
    ) -> Vec<FoundChoice> {
        let mut found = Vec::new();
        let mut times = Vec::new();
        for (name, evidence) in evidence {
            let column = self.column(name);
            if days(name) {
                evidence.times.iter().for_each(|text| keep(&mut times, text));
            }
            if days(name) && !evidence.open_days.is_empty() {
                let value = column.order.map(|(order, _)| match order {
                    DateOrder::DayFirst => "day_first",
                    DateOrder::MonthFirst => "month_first",
                    DateOrder::YearFirst => "year_first",
                });
                let source = column.order.map_or(ChoiceSource::Open, |(_, source)| source);
                found.push(choice(name, ChoiceKind::DateOrder, value, source, &evidence.open_days));
            }
            if numbers(name) && !evidence.open_numbers.is_empty() {
                let value = column.sign.map(|(sign, _)| match sign {
                    DecimalSign::Point => "point",
                    DecimalSign::Comma => "comma",
                });
                let source = column.sign.map_or(ChoiceSource::Open, |(_, source)| source);
                found.push(choice(name, ChoiceKind::DecimalSign, value, source, &evidence.open_numbers));
            }
        }
        found.truncate(MOST_CHOSEN);
        if !times.is_empty() {
            found.push(FoundChoice {
                column: None,
                choice: ChoiceKind::TimeZone,
                value: Some(self.zone.iana_name().unwrap_or("UTC").to_owned()),
                source: self.zone_source,
                samples: times,
            });
        }
        found
    }
}

fn choice(
    name: &str,
    choice: ChoiceKind,
    value: Option<&str>,
    source: ChoiceSource,
    samples: &[String],
) -> FoundChoice {
    let (column, value) = (Some(name.to_owned()), value.map(str::to_owned));
    FoundChoice { column, choice, value, source, samples: samples.to_vec() }
}

fn pick<T>(said: Option<T>, column: Option<T>, file: Option<T>) -> Option<(T, ChoiceSource)> {
    let said = said.map(|value| (value, ChoiceSource::Chosen));
    let column = column.map(|value| (value, ChoiceSource::Column));
    said.or(column).or(file.map(|value| (value, ChoiceSource::File)))
}

fn shown(text: &str) -> String {
    text.trim().chars().take(40).collect()
}

fn no_day(text: &str) -> String {
    format!("“{}” is not a day such as 2026-11-20, 20.11.2026 or 20/Nov/26", shown(text))
}

fn two_days(text: &str, moment: Moment) -> String {
    let in_order = |order| moment.day(Some(order), &TimeZone::UTC).map(|day| day.to_string()).unwrap_or_default();
    let (day, month) = (in_order(DateOrder::DayFirst), in_order(DateOrder::MonthFirst));
    if day.is_empty() {
        return no_day(text);
    }
    format!("“{}” can be {day} or {month}: say whether the day or the month stands first", shown(text))
}

/// Whether a field of every task holds days or times.
pub fn holds_days(field: Field) -> bool {
    matches!(field, Field::StartDate | Field::DueDate | Field::CreatedAt | Field::ClosedAt)
}

/// Whether a field of every task holds numbers.
pub fn holds_numbers(field: Field) -> bool {
    matches!(field, Field::StoryPoints | Field::EstimatedHours)
}

#[cfg(test)]
mod tests {
    use super::*;
    use millrace_domain::{import::choices::ColumnChoices, time::calendar::Zone};

    fn settled(columns: &[(&str, &[&str])], said: &Choices) -> (Settled, Vec<FoundChoice>) {
        let evidence = columns.iter().map(|(name, values)| {
            let mut evidence = Evidence::default();
            values.iter().for_each(|value| evidence.look(value));
            ((*name).to_owned(), evidence)
        });
        let evidence = evidence.collect();
        let settled = Settled::new(&evidence, said, &TimeZone::get("Asia/Tokyo").expect("a zone"));
        let found = settled.found(&evidence, |_| true, |_| true);
        (settled, found)
    }

    #[test]
    fn dates_are_parsed_in_all_supported_formats() {
        let settled = Settled::default();
        let day: Date = "2026-11-20".parse().expect("a day");
        for text in [
            "2026-11-20",
            "2026/11/20",
            "20.11.2026",
            "20/Nov/26",
            "20/Nov/2026",
            "20-Nov-26",
            "20 Nov 2026",
            "Nov 20, 2026",
            "20/Nov/26 9:41 AM",
            "2026-11-20T10:00:00.000Z",
            "2026-11-20 10:00",
            "20/Nov/26 12:00 AM",
            "2026-11-20T10:00:00.000+0000",
            // Only one order makes a day of it.
            "11/20/2026",
        ] {
            assert_eq!(settled.day("", text), Ok(day), "{text}");
        }
        for text in ["", "20.13.2026", "soon", "2026-02-30"] {
            assert!(settled.day("", text).is_err(), "{text}");
        }
    }

    #[test]
    fn numbers_take_a_comma_or_a_point() {
        let settled = Settled::default();
        assert_eq!(settled.number("", "5.0"), Ok(5.0));
        assert_eq!((settled.number("", " 13 "), settled.number("", "1,5")), (Ok(13.0), Ok(1.5)));
        assert!(settled.number("", "NaN").is_err());
    }

    #[test]
    fn a_column_is_read_as_its_own_values_show() {
        let (settled, found) =
            settled(&[("Due", &["05/06/24", "13/06/24"]), ("Size", &["1,000", "2,5"])], &Choices::default());
        assert_eq!(settled.day("Due", "05/06/24"), Ok("2024-06-05".parse().expect("a day")));
        assert_eq!(settled.number("Size", "1,000"), Ok(1.0));
        let told: Vec<_> = found.iter().map(|choice| (choice.value.as_deref(), choice.source)).collect();
        assert_eq!(told, [(Some("day_first"), ChoiceSource::Column), (Some("comma"), ChoiceSource::Column)]);
        assert_eq!(found[0].samples, ["05/06/24"]);
    }

    #[test]
    fn a_column_that_shows_nothing_is_read_like_the_others_of_the_file() {
        let (settled, found) = settled(&[("Due", &["05/06/24"]), ("Start", &["06/13/24"])], &Choices::default());
        assert_eq!(settled.day("Due", "05/06/24"), Ok("2024-05-06".parse().expect("a day")));
        assert_eq!(found[0].source, ChoiceSource::File);
    }

    #[test]
    fn what_nothing_shows_is_asked_and_not_taken() {
        let columns: [(&str, &[&str]); 2] = [("Due", &["05/06/24", "06/07/24"]), ("Size", &["12,500"])];
        let (open, found) = settled(&columns, &Choices::default());
        assert!(open.day("Due", "05/06/24").is_err_and(|told| told.contains("2024-06-05 or 2024-05-06")));
        assert!(open.number("Size", "12,500").is_err_and(|told| told.contains("12500 or 12.5")));
        assert!(found.iter().all(|choice| choice.source == ChoiceSource::Open && choice.value.is_none()));
        let own = ColumnChoices { date_order: Some(DateOrder::MonthFirst), decimal_sign: None };
        let said = Choices {
            date_order: Some(DateOrder::DayFirst),
            decimal_sign: Some(DecimalSign::Point),
            columns: BTreeMap::from([("Due".to_owned(), own)]),
            ..Choices::default()
        };
        let (said, found) = settled(&columns, &said);
        assert_eq!(said.day("Due", "05/06/24"), Ok("2024-05-06".parse().expect("a day")));
        assert_eq!(said.number("Size", "12,500"), Ok(12_500.0));
        assert!(found.iter().all(|choice| choice.source == ChoiceSource::Chosen));
    }

    #[test]
    fn contradicting_values_leave_the_others_open() {
        let (settled, _) = settled(&[("Due", &["13/06/24", "06/13/24", "05/06/24"])], &Choices::default());
        assert!(settled.day("Due", "05/06/24").is_err());
        assert!(settled.day("Due", "13/06/24").is_ok() && settled.day("Due", "06/13/24").is_ok());
    }

    #[test]
    fn an_instant_is_a_day_in_the_workspaces_zone_or_in_the_chosen_one() {
        let columns: [(&str, &[&str]); 1] = [("Due", &["2026-11-20T23:30:00Z"])];
        let (own, found) = settled(&columns, &Choices::default());
        assert_eq!(own.day("Due", "2026-11-20T23:30:00Z"), Ok("2026-11-21".parse().expect("a day")));
        assert_eq!((found[0].value.as_deref(), found[0].source), (Some("Asia/Tokyo"), ChoiceSource::Workspace));
        let said = Choices { time_zone: Zone::named("UTC").ok(), ..Choices::default() };
        let (said, found) = settled(&columns, &said);
        assert_eq!(said.day("Due", "2026-11-20T23:30:00Z"), Ok("2026-11-20".parse().expect("a day")));
        assert_eq!((found[0].choice, found[0].source), (ChoiceKind::TimeZone, ChoiceSource::Chosen));
    }
}
