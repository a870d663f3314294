//! Names of months and halves of the day, in the languages that Jira ships, as CLDR and older Java versions write them
//! (<https://cldr.unicode.org/translation/date-time/date-time-names>). No short name stands for two months.

use crate::words::has;

/// Half of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Half {
    Morning,
    Afternoon,
}

/// The names of the months, small and without dots: English, German, French, Spanish, Portuguese, Italian, Dutch, Polish,
/// Russian, Chinese, then others whose names differ.
const MONTHS: [&str; 12] = [
    "jan january januar jän jänner janv janvier ene enero janeiro gen gennaio januari sty styczeń \
        stycznia янв январь января 一月 led leden ledna tammi oca ocak ian ianuarie січ січня",
    "feb february februar fév févr février fevr febrero fev fevereiro febbraio februari lut luty lutego \
        фев февр февраль февраля 二月 úno únor února helmi şub şubat февруари лют лютого februarie",
    "mar march mär märz mrz mars marzo março marco mrt maart marzec marca мар марта март 三月 bře březen \
        března maalis mart березня бер martie",
    "apr april avr avril abr abril aprile kwi kwiecień kwietnia апр апрель апреля 四月 dub duben dubna \
        huhti nis nisan квіт квітня aprilie",
    "may mai mayo maio mag maggio mei maj maja май мая 五月 kvě květen května touko mayıs трав травня máj \
        maí",
    "jun june juni juin junio junho giu giugno cze czerwiec czerwca июн июнь июня 六月 čvn červen června \
        kesä haz haziran черв червня iunie iun",
    "jul july juli juil juillet julio julho lug luglio lip lipiec lipca июл июль июля 七月 čvc červenec \
        července heinä tem temmuz лип липня iulie iul",
    "aug august août aout ago agosto augustus sie sierpień sierpnia авг август августа 八月 srp srpen srpna \
        elo ağu ağustos серп серпня augusti",
    "sep sept september septembre septiembre set setembro settembre wrz wrzesień września сен сент \
        сентябрь сентября 九月 zář září syys eyl eylül верес вересня septembrie",
    "oct october okt oktober octobre octubre out outubro ott ottobre paź paz październik października окт \
        октябрь октября 十月 říj říjen října loka eki ekim жовт жовтня octombrie",
    "nov november novembre noviembre novembro lis listopad listopada listopadu ноя нояб ноябрь ноября 十一月 \
        marras kas kasım лист листопада noiembrie",
    "dec december dez dezember déc décembre dic diciembre dezembro dicembre gru grudzień grudnia дек \
        декабрь декабря 十二月 pro prosinec prosince joulu ara aralık груд грудня decembrie des desember",
];

/// Names of the days of the week, and the small words in a date that say nothing more.
const FILLERS: &str = "t de del of the st nd rd th er г at um uhr à mon monday tue tuesday wed wednesday thu thursday fri \
        friday sat saturday sun sunday montag dienstag mittwoch donnerstag freitag samstag sonntag mo di mi \
        do fr sa so lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves \
        viernes sábado domingo";

/// The month that a word names, from 1.
pub(super) fn month(word: &str) -> Option<u16> {
    let found = MONTHS.iter().position(|names| has(names, word))?;
    u16::try_from(found + 1).ok()
}

/// Whether a word says nothing more.
pub(super) fn is_filler(word: &str) -> bool {
    has(FILLERS, word)
}

/// The half of the day that the words say, and how many of them it takes: `pm`, or `p`, `.`, `m`, `.`.
pub(super) fn half(words: &[&str]) -> Option<(Half, usize)> {
    let one = match *words.first()? {
        "am" | "vorm" | "上午" | "午前" | "오전" | "дп" | "öö" | "dop" => Some(Half::Morning),
        "pm" | "nachm" | "下午" | "午後" | "오후" | "пп" | "ös" | "odp" => Some(Half::Afternoon),
        _ => None,
    };
    if let Some(half) = one {
        return Some((half, if words.get(1) == Some(&".") { 2 } else { 1 }));
    }
    let half = match *words.first()? {
        "a" => Half::Morning,
        "p" => Half::Afternoon,
        _ => return None,
    };
    let m = 1 + usize::from(words.get(1) == Some(&"."));
    (words.get(m) == Some(&"m")).then(|| (half, m + 1 + usize::from(words.get(m + 1) == Some(&"."))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_name_stands_for_two_months() {
        let mut seen = HashSet::new();
        for name in MONTHS.iter().flat_map(|names| names.split_ascii_whitespace()) {
            assert!(seen.insert(name), "{name}");
            assert!(!is_filler(name), "{name}");
        }
    }
}
