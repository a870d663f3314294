//! Numbers as people and programs write them: with a point or a comma before the fraction, and with groups of digits.

use millrace_domain::import::choices::DecimalSign;

/// A number in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// It can be read in one way only; the decimal sign that this shows, if any.
    Sure(f64, Option<DecimalSign>),
    /// It is one number with a decimal point and another one with a decimal comma.
    Either {
        /// With a decimal point.
        point: f64,
        /// With a decimal comma.
        comma: f64,
    },
}

impl Number {
    /// The number in `text`; none where it is none.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix(['-', '−']) {
            Some(rest) => (-1.0, rest),
            None => (1.0, text.strip_prefix('+').unwrap_or(text)),
        };
        if !digits.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '.' | ',')) {
            return None;
        }
        let plain = ungrouped(digits)?;
        let value = |text: &str| text.parse::<f64>().ok().filter(|value| value.is_finite()).map(|value| sign * value);
        let sure = |text: &str, shows| value(text).map(|value| Self::Sure(value, shows));
        let (points, commas) = (plain.matches('.').count(), plain.matches(',').count());
        let exponent = plain.contains(['e', 'E']);
        match (points, commas) {
            (0, 0) => sure(&plain, None),
            // Each stands there: the last one is the decimal sign.
            (_, _) if points > 0 && commas > 0 => {
                let comma = plain.rfind(',') > plain.rfind('.');
                let (group, decimal) = if comma { ('.', ',') } else { (',', '.') };
                let (whole, fraction) = plain.rsplit_once(decimal)?;
                let fits = grouped(whole, group) && fraction.bytes().all(|byte| byte.is_ascii_digit());
                let shows = if comma { DecimalSign::Comma } else { DecimalSign::Point };
                fits.then(|| sure(&format!("{}.{fraction}", whole.replace(group, "")), Some(shows)))?
            }
            // One of them several times: between groups.
            (2.., 0) => grouped(&plain, '.').then(|| sure(&plain.replace('.', ""), Some(DecimalSign::Comma))).flatten(),
            (0, 2..) => grouped(&plain, ',').then(|| sure(&plain.replace(',', ""), Some(DecimalSign::Point))).flatten(),
            _ => {
                let mark = if points == 1 { '.' } else { ',' };
                let shown = if points == 1 { DecimalSign::Point } else { DecimalSign::Comma };
                let (whole, fraction) = plain.split_once(mark)?;
                let decimal = format!("{}.{fraction}", if whole.is_empty() { "0" } else { whole });
                if exponent || !is_group_of_three(whole, fraction) {
                    return sure(&decimal, Some(shown));
                }
                let (fraction, thousands) = (value(&decimal)?, value(&plain.replace(mark, ""))?);
                let (point, comma) = if points == 1 { (fraction, thousands) } else { (thousands, fraction) };
                Some(Self::Either { point, comma })
            }
        }
    }

    /// The number, where `sign` is the decimal sign; none where nobody knows and it would be needed.
    pub fn with(self, sign: Option<DecimalSign>) -> Option<f64> {
        match (self, sign) {
            (Self::Sure(value, _), _) => Some(value),
            (Self::Either { point, .. }, Some(DecimalSign::Point)) => Some(point),
            (Self::Either { comma, .. }, Some(DecimalSign::Comma)) => Some(comma),
            (Self::Either { .. }, None) => None,
        }
    }
}

/// Whether the mark between the two could be one between groups.
fn is_group_of_three(whole: &str, fraction: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && digits(fraction)
        && fraction.len() == 3
        && (1..=3).contains(&whole.len())
        && !whole.starts_with('0')
}

/// Whether `text` is groups of digits: the last of three, the others of three or, as in India, of two.
fn grouped(text: &str, mark: char) -> bool {
    let groups: Vec<&str> = text.split(mark).collect();
    let last = groups.len() - 1;
    groups.iter().enumerate().all(|(index, group)| {
        let fits = match index {
            0 => (1..=3).contains(&group.len()),
            index if index == last => group.len() == 3,
            _ => matches!(group.len(), 2 | 3),
        };
        fits && group.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// `text` without the spaces and apostrophes between groups of three digits; none where they stand elsewhere.
fn ungrouped(text: &str) -> Option<String> {
    let between = |character: char| character.is_whitespace() || matches!(character, '\'' | '’' | '_');
    if !text.contains(between) {
        return Some(text.to_owned());
    }
    let end = text.find(['.', ',']).unwrap_or(text.len());
    let (whole, rest) = text.split_at(end);
    let parts: Vec<&str> = whole.split(between).collect();
    let fits = parts.iter().enumerate().all(|(index, part)| {
        (part.len() == 3 || index == 0 && (1..=3).contains(&part.len()))
            && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    (fits && !rest.contains(between)).then(|| format!("{}{rest}", parts.concat()))
}

#[cfg(test)]
mod tests {
    use super::{DecimalSign::*, *};
    use proptest::prelude::*;

    #[test]
    fn a_number_that_can_be_one_only_shows_the_decimal_sign() {
        for (text, value, shows) in [
            ("5", 5.0, None),
            ("-7", -7.0, None),
            ("5.0", 5.0, Some(Point)),
            ("1,5", 1.5, Some(Comma)),
            (".5", 0.5, Some(Point)),
            ("0,125", 0.125, Some(Comma)),
            ("1234,500", 1_234.5, Some(Comma)),
            ("1,234.5", 1_234.5, Some(Point)),
            ("1.234,5", 1_234.5, Some(Comma)),
            ("1.234.567", 1_234_567.0, Some(Comma)),
            ("12,34,567", 1_234_567.0, Some(Point)),
            ("1 234", 1_234.0, None),
            ("1\u{202f}234,5", 1_234.5, Some(Comma)),
            ("12'345.25", 12_345.25, Some(Point)),
            ("1.5e3", 1_500.0, Some(Point)),
        ] {
            assert_eq!(Number::read(text), Some(Number::Sure(value, shows)), "{text}");
        }
    }

    #[test]
    fn a_number_that_can_be_two_is_taken_for_neither() {
        for (text, point, comma) in [("1,000", 1_000.0, 1.0), ("12,500", 12_500.0, 12.5), ("-1.000", -1.0, -1_000.0)] {
            let number = Number::read(text).expect("a number");
            assert_eq!((number.with(Some(Point)), number.with(Some(Comma))), (Some(point), Some(comma)), "{text}");
            assert_eq!(number.with(None), None);
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "many", "5 pts", "1,2,3", "1.2.3", "1 2", "NaN", "inf", "1,23.4", "--5", "1e999", "1.5.000,3"]
        {
            assert_eq!(Number::read(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn each_way_to_write_a_number_is_read_back(whole in 0u32..10_000_000, cents in 0u32..100) {
            let digits = whole.to_string();
            let mut groups: Vec<String> = digits.as_bytes().rchunks(3).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
            groups.reverse();
            let value = f64::from(whole) + f64::from(cents) / 100.0;
            for (group, decimal, sign) in [(",", ".", Point), (".", ",", Comma), ("", ".", Point), (" ", ",", Comma)] {
                let number = Number::read(&format!("{}{decimal}{cents:02}", groups.join(group)));
                let number = number.and_then(|number| number.with(Some(sign)));
                prop_assert!(number.is_some_and(|number| (number - value).abs() < 1e-9), "{number:?} is not {value}");
            }
        }

        #[test]
        fn no_text_makes_the_converter_panic(text in "[0-9.,' eE+-]{0,20}") {
            let read = Number::read(&text).and_then(|number| number.with(Some(Point)));
            prop_assert!(read.is_none_or(f64::is_finite));
        }
    }
}
