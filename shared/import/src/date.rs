//! Days and times as people and programs write them, in the languages that Jira ships. A day whose numbers could stand in
//! two orders is not read until somebody says which.

mod words;

use jiff::{
    Timestamp, Zoned,
    civil::{Date, DateTime, Time},
    fmt::rfc2822,
    tz::TimeZone,
};
use millrace_domain::import::choices::DateOrder;
use words::{Half, half, is_filler, month};

/// A day in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// It can be read in one way only; the order that this shows, if any.
    Sure(Date, Option<DateOrder>),
    /// Three numbers that are a day in more than one order.
    Numbers([u16; 3]),
}

/// What a text says of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// An instant, with its zone said.
    Instant(Timestamp),
    /// A day, with a time of day or without, and without a zone.
    Civil(Day, Option<Time>),
}

/// The first and the last year that a day may be of.
const YEARS: std::ops::RangeInclusive<i16> = 1_900..=2_199;
/// The longest text that can be a time, in bytes.
const LONGEST: usize = 100;

impl Moment {
    /// The time in `text`; none where it is none.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        instant(text).map(Self::Instant).or_else(|| civil(text))
    }

    /// The day, in `zone` where the text is of an instant; none where the order would have to be known.
    pub fn day(self, order: Option<DateOrder>, zone: &TimeZone) -> Option<Date> {
        match self {
            Self::Instant(at) => Some(at.to_zoned(zone.clone()).date()).filter(in_range),
            Self::Civil(day, _) => day.with(order),
        }
    }

    /// The instant, in `zone` where the text names none; none where the order would have to be known. Where clocks are
    /// put forward over it, it is taken as much later.
    pub fn instant(self, order: Option<DateOrder>, zone: &TimeZone) -> Option<Timestamp> {
        match self {
            Self::Instant(at) => Some(at),
            Self::Civil(day, time) => {
                let civil = day.with(order)?.to_datetime(time.unwrap_or(Time::midnight()));
                zone.to_timestamp(civil).ok()
            }
        }
    }

    /// Whether its meaning depends on the order of numbers.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Civil(Day::Numbers(_), _))
    }

    /// The order that it shows, if any.
    pub fn shows(self) -> Option<DateOrder> {
        match self {
            Self::Civil(Day::Sure(_, shows), _) => shows,
            Self::Civil(Day::Numbers(_), _) | Self::Instant(_) => None,
        }
    }
}

impl Day {
    /// The day in this order.
    fn with(self, order: Option<DateOrder>) -> Option<Date> {
        match self {
            Self::Sure(day, _) => Some(day),
            Self::Numbers(numbers) => ordered(numbers, order?),
        }
    }

    /// What three numbers say, of which the first and the last have at most two digits. A year comes first only where
    /// nothing else makes a day, or where that was said.
    fn of(numbers: [u16; 3]) -> Option<Self> {
        let [day, month, year] =
            [DateOrder::DayFirst, DateOrder::MonthFirst, DateOrder::YearFirst].map(|order| ordered(numbers, order));
        match (day, month) {
            (Some(one), Some(other)) if one == other => Some(Self::Sure(one, None)),
            (Some(_), Some(_)) => Some(Self::Numbers(numbers)),
            (Some(day), None) => Some(Self::Sure(day, Some(DateOrder::DayFirst))),
            (None, Some(day)) => Some(Self::Sure(day, Some(DateOrder::MonthFirst))),
            (None, None) => year.map(|day| Self::Sure(day, Some(DateOrder::YearFirst))),
        }
    }
}

fn in_range(day: &Date) -> bool {
    YEARS.contains(&day.year())
}

/// A year as it was typed: of two digits, those from 69 on are of the last century, as POSIX has it
/// (<https://pubs.opengroup.org/onlinepubs/9799919799/functions/strptime.html>).
fn full_year(year: u16) -> i16 {
    let year = i16::try_from(year).unwrap_or(i16::MAX);
    match year {
        0..=68 => year + 2_000,
        69..=99 => year + 1_900,
        _ => year,
    }
}

fn date(year: u16, month: u16, day: u16) -> Option<Date> {
    let (month, day) = (i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    Date::new(full_year(year), month, day).ok().filter(in_range)
}

fn ordered([one, two, three]: [u16; 3], order: DateOrder) -> Option<Date> {
    match order {
        DateOrder::DayFirst => date(three, two, one),
        DateOrder::MonthFirst => date(three, one, two),
        DateOrder::YearFirst => date(one, two, three),
    }
}

/// An instant whose zone is said, in the forms of ISO 8601, of RFC 2822 and of Jira's and Trello's servers.
fn instant(text: &str) -> Option<Timestamp> {
    if !text.contains(':') {
        return None;
    }
    let at = text.parse::<Timestamp>().ok();
    let at = at.or_else(|| text.parse::<Zoned>().ok().map(|zoned| zoned.timestamp()));
    let at = at.or_else(|| Timestamp::strptime("%Y-%m-%dT%H:%M:%S%.f%z", text).ok());
    let at = at.or_else(|| Timestamp::strptime("%Y-%m-%d %H:%M:%S%.f%z", text).ok());
    let at = at.or_else(|| Timestamp::strptime("%Y-%m-%d %H:%M:%S%.f %z", text).ok());
    let at = at.or_else(|| rfc2822::parse(text).ok().map(|zoned| zoned.timestamp()));
    at.filter(|at| in_range(&at.to_zoned(TimeZone::UTC).date()))
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    /// A number, and how many digits it has.
    Number(u16, usize),
    Word(String),
    Sign(char),
}

/// Whether a character is a word by itself, with none between it and its neighbours: year and day in Chinese, Japanese and
/// Korean.
fn stands_alone(character: char) -> bool {
    matches!(character, '年' | '日' | '년' | '일')
}

/// The words, numbers and signs of a text; none where a number is too long for a date.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let (kind, end): (fn(char) -> bool, usize) = if next.is_ascii_digit() {
            (|one| one.is_ascii_digit(), 0)
        } else if next.is_alphabetic() && !stands_alone(next) {
            (|one| one.is_alphabetic() && !stands_alone(one), 0)
        } else {
            (|_| false, next.len_utf8())
        };
        let end = if end > 0 { end } else { rest.find(|one: char| !kind(one)).unwrap_or(rest.len()) };
        let (taken, after) = rest.split_at(end);
        rest = after;
        if next.is_ascii_digit() {
            if taken.len() > 9 {
                return None;
            }
            // Fractions of a second have more digits than matter.
            let number = taken.parse::<u32>().map_or(u16::MAX, |number| u16::try_from(number).unwrap_or(u16::MAX));
            tokens.push(Token::Number(number, taken.len()));
        } else if next.is_alphabetic() {
            tokens.push(Token::Word(taken.to_lowercase()));
        } else if !next.is_whitespace() {
            tokens.push(Token::Sign(next));
        }
    }
    Some(tokens)
}

/// A time of day, and where its tokens are: the first number with a colon behind it, with what follows.
fn time_of_day(tokens: &[Token]) -> Option<(Time, std::ops::Range<usize>)> {
    let start = tokens
        .windows(3)
        .position(|three| matches!(three, [Token::Number(_, 1..=2), Token::Sign(':'), Token::Number(_, 2)]))?;
    let number = |at: usize| match tokens.get(at) {
        Some(Token::Number(number, _)) => Some(*number),
        _ => None,
    };
    let sign = |at: usize| match tokens.get(at) {
        Some(Token::Sign(sign)) => Some(*sign),
        _ => None,
    };
    let (hour, minute) = (number(start)?, number(start + 2)?);
    let (mut second, mut end) = (0, start + 3);
    if sign(end) == Some(':') {
        second = number(end + 1)?;
        end += 2;
        if matches!(sign(end), Some('.' | ',')) && number(end + 1).is_some() {
            end += 2;
        }
    }
    let mut start = start;
    let mut hour = hour;
    if let Some((said, length)) = half(&words_at(tokens, end)) {
        hour = twelve(hour, said)?;
        end += length;
    } else if let Some(Token::Word(word)) = start.checked_sub(1).and_then(|before| tokens.get(before))
        && let Some((said, 1)) = half(&[word.as_str()])
    {
        hour = twelve(hour, said)?;
        start -= 1;
    }
    let part = |number: u16| i8::try_from(number).ok();
    let time = Time::new(part(hour)?, part(minute)?, part(second)?, 0).ok()?;
    Some((time, start..end))
}

/// The words and dots from `at` on, of which one half of the day may be made: `p`, `.`, `m`, `.`.
fn words_at(tokens: &[Token], at: usize) -> Vec<&str> {
    let words = tokens.iter().skip(at).take(4).map_while(|token| match token {
        Token::Word(word) => Some(word.as_str()),
        Token::Sign('.') => Some("."),
        _ => None,
    });
    words.collect()
}

fn twelve(hour: u16, half: Half) -> Option<u16> {
    match (hour, half) {
        (1..=12, Half::Morning) => Some(hour % 12),
        (1..=12, Half::Afternoon) => Some(hour % 12 + 12),
        // Some versions write 24 hours and the half of the day.
        (0, Half::Morning) | (13..=23, Half::Afternoon) => Some(hour),
        _ => None,
    }
}

/// A day and perhaps a time of day, whose zone is not said.
fn civil(text: &str) -> Option<Moment> {
    if let Ok(civil) = text.parse::<DateTime>()
        && text.contains([':', 'T'])
    {
        return in_range(&civil.date()).then(|| Moment::Civil(Day::Sure(civil.date(), None), Some(civil.time())));
    }
    let mut tokens = tokens(text)?;
    let mut time = None;
    if let Some((found, range)) = time_of_day(&tokens) {
        time = Some(found);
        tokens.drain(range);
    }
    day(&tokens).map(|day| Moment::Civil(day, time))
}

fn day(tokens: &[Token]) -> Option<Day> {
    let (mut numbers, mut named, mut signs, mut marked) = (Vec::new(), None, Vec::new(), false);
    for (index, token) in tokens.iter().enumerate() {
        match token {
            Token::Number(number, 4) if *number < 1_000 => return None,
            Token::Number(number, digits) => numbers.push((*number, *digits)),
            Token::Sign(sign @ ('/' | '-' | '.' | ',')) => signs.push(*sign),
            Token::Sign(_) => return None,
            Token::Word(word) => match word.as_str() {
                "年" | "년" => marked = true,
                // `11月` between two other numbers is the month's name.
                "月" | "월" if named.is_none() => {
                    let after = |at: usize| matches!(tokens.get(at), Some(Token::Number(..)));
                    if !marked && index > 0 && after(index - 1) {
                        named = numbers.pop().map(|(month, _)| month);
                    }
                }
                "日" | "일" | "月" | "월" => {}
                word if is_filler(word) => {}
                word => match (month(word), named) {
                    (Some(found), None) => named = Some(found),
                    _ => return None,
                },
            },
        }
    }
    let sure = |day: Option<Date>| day.map(|day| Day::Sure(day, None));
    match (named, numbers.as_slice()) {
        (Some(month), [(year, 4), (day, 1..=2)]) => sure(date(*year, month, *day)),
        (Some(month), [(day, 1..=2), (year, 2 | 4)]) => {
            let year_first = || if *day > 31 { date(*day, month, *year) } else { None };
            sure(date(*year, month, *day).or_else(year_first))
        }
        (None, [(year, 4), (month, 1..=2), (day, 1..=2)]) => sure(date(*year, *month, *day)),
        (None, [(year, 2), (month, 1..=2), (day, 1..=2)]) if marked => sure(date(*year, *month, *day)),
        (None, [(one, 1..=2), (two, 1..=2), (year, 2 | 4)]) => {
            if signs.first() == Some(&'.') {
                return sure(date(*year, *two, *one));
            }
            Day::of([*one, *two, *year])
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utc(text: &str) -> Option<String> {
        let at = Moment::read(text)?.instant(None, &TimeZone::UTC)?;
        Some(at.to_string())
    }

    #[test]
    fn every_form_that_jira_writes_is_read() {
        for (text, expected) in [
            ("20/Nov/26 9:41 AM", "2026-11-20T09:41:00Z"),
            ("20/nov/26 9:41 PM", "2026-11-20T21:41:00Z"),
            ("20/Nov/2026 21:41", "2026-11-20T21:41:00Z"),
            ("20-Nov-26 12:00 AM", "2026-11-20T00:00:00Z"),
            ("20/nov./26 9:41 p. m.", "2026-11-20T21:41:00Z"),
            ("20/nov/26 9:41\u{202f}p.\u{a0}m.", "2026-11-20T21:41:00Z"),
            ("30/mar/26 10:50 PM", "2026-03-30T22:50:00Z"),
            ("12/ene/26 1:00 AM", "2026-01-12T01:00:00Z"),
            ("12/ago/26 1:00 PM", "2026-08-12T13:00:00Z"),
            ("01/dic/25 8:00 AM", "2025-12-01T08:00:00Z"),
            ("12/lut/21 10:19 PM", "2021-02-12T22:19:00Z"),
            ("01/paź/21 1:00 AM", "2021-10-01T01:00:00Z"),
            ("12/Mär/24 08:05", "2024-03-12T08:05:00Z"),
            ("12/Dez./24 8:05 nachm.", "2024-12-12T20:05:00Z"),
            ("12/févr./24 8:05 AM", "2024-02-12T08:05:00Z"),
            ("12/août/24 20:05", "2024-08-12T20:05:00Z"),
            ("12/fev/24 8:05 AM", "2024-02-12T08:05:00Z"),
            ("12/mai/24 8:05 AM", "2024-05-12T08:05:00Z"),
            ("12/giu/24 8:05 AM", "2024-06-12T08:05:00Z"),
            ("12/ott/24 8:05 AM", "2024-10-12T08:05:00Z"),
            ("12/mrt/24 8:05 AM", "2024-03-12T08:05:00Z"),
            ("12/okt./24 8:05 a.m.", "2024-10-12T08:05:00Z"),
            ("12/8月/24 8:05 午後", "2024-08-12T20:05:00Z"),
            ("2024年8月12日 8:05", "2024-08-12T08:05:00Z"),
            ("12/八月/24 8:05 下午", "2024-08-12T20:05:00Z"),
            ("12/十一月/24 上午8:05", "2024-11-12T08:05:00Z"),
            ("2024年11月12日下午8:05", "2024-11-12T20:05:00Z"),
            ("12/авг/24 8:05 PM", "2024-08-12T20:05:00Z"),
            ("12/мая/24 8:05", "2024-05-12T08:05:00Z"),
            ("12/8월/24 8:05 오후", "2024-08-12T20:05:00Z"),
            ("2026-11-20T10:00:00.000+0100", "2026-11-20T09:00:00Z"),
            ("2026-11-20T10:00:00.000Z", "2026-11-20T10:00:00Z"),
            ("2026-11-20 10:00:00.5", "2026-11-20T10:00:00Z"),
            ("Fri, 20 Nov 2026 10:00:00 +0100", "2026-11-20T09:00:00Z"),
            ("05.01.2024 10:00", "2024-01-05T10:00:00Z"),
            ("20 de noviembre de 2026", "2026-11-20T00:00:00Z"),
            ("20. November 2026", "2026-11-20T00:00:00Z"),
            ("November 20th, 2026", "2026-11-20T00:00:00Z"),
        ] {
            let read = utc(text).map(|at| at.replace(".5Z", "Z"));
            assert_eq!(read.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_day_that_can_be_two_is_neither_until_somebody_says_so() {
        let open = Moment::read("05/06/24").expect("a time");
        assert!(open.is_open() && open.day(None, &TimeZone::UTC).is_none());
        for (order, day) in [
            (DateOrder::DayFirst, "2024-06-05"),
            (DateOrder::MonthFirst, "2024-05-06"),
            (DateOrder::YearFirst, "2005-06-24"),
        ] {
            assert_eq!(open.day(Some(order), &TimeZone::UTC), day.parse().ok());
        }
        for (text, day, shows) in [
            ("13/06/24", "2024-06-13", Some(DateOrder::DayFirst)),
            ("06/13/2024 10:00", "2024-06-13", Some(DateOrder::MonthFirst)),
            ("99/12/31", "1999-12-31", Some(DateOrder::YearFirst)),
            ("06/06/24", "2024-06-06", None),
            ("05.06.24", "2024-06-05", None),
            ("2024/06/05", "2024-06-05", None),
        ] {
            let read = Moment::read(text).expect("a time");
            assert_eq!((read.day(None, &TimeZone::UTC), read.shows()), (day.parse().ok(), shows), "{text}");
        }
    }

    #[test]
    fn an_instant_is_a_day_where_the_workspace_is() {
        let tokyo = TimeZone::get("Asia/Tokyo").expect("a zone");
        let read = Moment::read("2026-11-20T23:30:00Z").expect("a time");
        assert_eq!(read.day(None, &tokyo), "2026-11-21".parse().ok());
        assert_eq!(read.day(None, &TimeZone::UTC), "2026-11-20".parse().ok());
        let civil = Moment::read("24/Nov/26 12:00 AM").expect("a time");
        assert_eq!(civil.day(None, &tokyo), "2026-11-24".parse().ok());
        assert_eq!(civil.instant(None, &tokyo), "2026-11-23T15:00:00Z".parse().ok());
    }

    #[test]
    fn what_is_no_day_is_none() {
        for text in [
            "",
            "soon",
            "20.13.2026",
            "2026-02-30",
            "31/Feb/24 12:00 AM",
            "45231",
            "1:00",
            "13/13/24",
            "1/2",
            "0024-01-05",
        ] {
            assert_eq!(Moment::read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_day_is_the_same_however_it_is_written(days in 0i32..109_000) {
            let day = "1901-01-01".parse::<Date>().expect("a day").saturating_add(jiff::ToSpan::days(days));
            for (form, order) in [("%Y-%m-%d", None), ("%d.%m.%Y", None), ("%d/%b/%Y", None), ("%B %d, %Y", None),
                ("%d/%m/%Y", Some(DateOrder::DayFirst)), ("%m/%d/%Y", Some(DateOrder::MonthFirst))] {
                let text = day.strftime(form).to_string();
                let read = Moment::read(&text).and_then(|read| read.day(order, &TimeZone::UTC));
                prop_assert_eq!(read, Some(day), "{}", text);
            }
        }

        #[test]
        fn no_text_makes_the_converter_panic(text in "([0-9]{1,4}|[/.:, -]|[a-zé月日年]{1,4}|AM|T|Z){0,12}") {
            let day = Moment::read(&text).and_then(|read| read.day(Some(DateOrder::DayFirst), &TimeZone::UTC));
            prop_assert!(day.is_none_or(|day| in_range(&day)));
        }
    }
}
