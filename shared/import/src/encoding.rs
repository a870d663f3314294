//! The text of a file: UTF-8, or UTF-16 as spreadsheets and older exports save it
//! (<https://encoding.spec.whatwg.org/#bom-sniff>).

use std::borrow::Cow;

/// How many bytes are looked at where the file has no byte order mark.
const LOOKED_AT: usize = 1_024;

/// A file without its byte order mark, and in UTF-8 where it was UTF-16. Whether something of it could not be decoded and
/// stands as U+FFFD.
pub fn utf8(bytes: &[u8]) -> (Cow<'_, [u8]>, bool) {
    if let Some(rest) = bytes.strip_prefix("\u{feff}".as_bytes()) {
        return (Cow::Borrowed(rest), false);
    }
    let decoded = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        _ => match without_mark(bytes) {
            Some(unit) => utf16(bytes, unit),
            None => return (Cow::Borrowed(bytes), false),
        },
    };
    (Cow::Owned(decoded.0.into_bytes()), decoded.1)
}

/// The byte order of UTF-16 without a mark: in a table or in JSON every other byte is 0 nearly everywhere.
fn without_mark(bytes: &[u8]) -> Option<fn([u8; 2]) -> u16> {
    let pairs = bytes.get(..LOOKED_AT.min(bytes.len()) & !1)?.chunks_exact(2);
    let all = pairs.len();
    let (first, second) = pairs
        .fold((0, 0), |(first, second), pair| (first + usize::from(pair[0] == 0), second + usize::from(pair[1] == 0)));
    let most = |zeros: usize, others: usize| all >= 4 && zeros * 2 > all && others * 8 <= zeros;
    if most(second, first) {
        Some(u16::from_le_bytes)
    } else if most(first, second) {
        Some(u16::from_be_bytes)
    } else {
        None
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, bool) {
    let mut odd = bytes.len() % 2 == 1;
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text = char::decode_utf16(units).map(|character| {
        character.unwrap_or_else(|_| {
            odd = true;
            char::REPLACEMENT_CHARACTER
        })
    });
    let text: String = text.collect();
    (text, odd)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn encoded(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let mark = mark.then_some(0xfeffu16);
        mark.into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    #[test]
    fn utf_16_without_a_mark_is_known_by_its_zeros() {
        for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
            let file = encoded("Title,Due\nÉté 🎉,2026-11-20\n", false, bytes);
            let (text, odd) = utf8(&file);
            assert_eq!((std::str::from_utf8(&text), odd), (Ok("Title,Due\nÉté 🎉,2026-11-20\n"), false));
        }
        assert_eq!(utf8(b"\0\0\0\0\0\0\0\0").0.as_ref(), b"\0\0\0\0\0\0\0\0");
    }

    #[test]
    fn half_a_character_is_replaced_and_told() {
        let (text, odd) = utf8(b"\xff\xfea\0\x00\xd8b\0c");
        assert_eq!((std::str::from_utf8(&text), odd), (Ok("a\u{fffd}b"), true));
    }

    proptest! {
        #[test]
        fn marked_text_of_either_order_is_the_same_text(text in "\\PC{0,40}") {
            for file in [encoded(&text, true, u16::to_le_bytes), encoded(&text, true, u16::to_be_bytes)] {
                let (read, odd) = utf8(&file);
                prop_assert_eq!((read.as_ref(), odd), (text.as_bytes(), false));
            }
            let marked = format!("\u{feff}{text}");
            let (read, _) = utf8(marked.as_bytes());
            prop_assert_eq!(read.as_ref(), text.as_bytes());
        }
    }
}
