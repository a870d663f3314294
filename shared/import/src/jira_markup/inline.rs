//! What stands within a line of Jira's markup.

use super::{VERBATIM, ahead::Ahead, enclosed, tag_here};
use crate::steps;

/// What Markdown puts around the text between two marks of Jira; nothing where it has no form for it.
const MARKS: [(&str, &str); 7] = [("*", "**"), ("_", "_"), ("??", "_"), ("-", "~~"), ("+", ""), ("^", ""), ("~", "")];
/// Signs of Jira that say something.
const SIGNS: [(&str, &str); 9] = [
    ("(/)", "✅"),
    ("(x)", "❌"),
    ("(!)", "⚠️"),
    ("(?)", "❓"),
    ("(i)", "ℹ️"),
    ("(y)", "👍"),
    ("(n)", "👎"),
    ("(*)", "⭐"),
    ("(on)", "💡"),
];
/// What addresses begin with.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "ftp://"];
/// How deep marks stand in one another at the most.
const DEEPEST: usize = 8;
/// How far from its beginning something is looked for its end, in bytes: no text takes long to be read.
const FARTHEST: usize = 2_000;

/// Backticks that `content` does not hold, at least `least`.
pub(super) fn fence(content: &str, least: usize) -> String {
    let longest = content.split(|character| character != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(if longest < least { least } else { longest + 1 })
}

/// A line as Markdown. A break that was asked for within it is a backslash at the end of a line.
pub(super) fn inline(line: &str) -> String {
    within(line, 0)
}

fn within(line: &str, depth: usize) -> String {
    let mut markdown = String::with_capacity(line.len() + line.len() / 8);
    let (mut ahead, mut at) = (Ahead::new(line), 0);
    while let Some(next) = line[at..].chars().next() {
        steps::count(1);
        let rest = &line[at..];
        let before = line[..at].chars().next_back();
        let taken = match next {
            '\\' => Some(backslash(rest)),
            '{' => braces(&mut ahead, at),
            '[' => bracket(&mut ahead, at, depth),
            '!' => picture(&mut ahead, at),
            '(' if !before.is_some_and(char::is_alphanumeric) => sign(rest),
            'h' | 'f' | 'm' if !before.is_some_and(char::is_alphanumeric) => address(rest),
            _ if depth < DEEPEST => marked(&mut ahead, at, before, depth),
            _ => None,
        };
        let (written, length) = taken.unwrap_or_else(|| (next.to_string(), next.len_utf8()));
        markdown.push_str(&written);
        at += length;
    }
    markdown
}

/// Where `needle` is next from `from` on, unless that is too far from `at`.
fn near(ahead: &mut Ahead<'_>, needle: &'static str, at: usize, from: usize) -> Option<usize> {
    ahead.find(needle, from).filter(|end| end - at <= FARTHEST)
}

/// What was written, and how much of the line it stands for.
type Taken = (String, usize);

fn backslash(rest: &str) -> Taken {
    if let Some(after) = rest.strip_prefix("\\\\") {
        // Two of them are a break, but not in what names a computer: \\server\folder.
        let spaces = after.len() - after.trim_start().len();
        return match after.trim_start() {
            "" => (String::new(), rest.len()),
            _ if spaces > 0 => ("\\\n".to_owned(), 2 + spaces),
            _ => ("\\\\\\\\".to_owned(), 2),
        };
    }
    match rest[1..].chars().next() {
        Some(next) if next.is_ascii_punctuation() => (rest[..2].to_owned(), 2),
        _ => ("\\\\".to_owned(), 1),
    }
}

fn code(content: &str) -> String {
    let fence = fence(content, 1);
    let space = if content.starts_with('`') || content.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{content}{space}{fence}")
}

fn braces(ahead: &mut Ahead<'_>, at: usize) -> Option<Taken> {
    let rest = &ahead.text()[at..];
    if rest.starts_with("{{") {
        let end = near(ahead, "}}", at, at + 2)?;
        let inside = ahead.text()[at + 2..end].trim();
        return (!inside.is_empty()).then(|| (code(inside), end + 2 - at));
    }
    let verbatim = tag_here(rest, &VERBATIM);
    if let Some(tag) = verbatim
        && let Some((content, over)) = enclosed(ahead, &tag, at + tag.range.1).filter(|(_, over)| over - at <= FARTHEST)
    {
        let content = content.trim();
        return Some((if content.is_empty() { String::new() } else { code(content) }, over - at));
    }
    let dropped = tag_here(rest, &["color", "anchor", "quote", "panel", "adf"])?;
    Some((String::new(), dropped.range.1))
}

fn is_address(text: &str) -> bool {
    let rest = SCHEMES.iter().find_map(|scheme| text.strip_prefix(scheme));
    rest.is_some_and(|rest| !rest.is_empty()) && !text.contains(|one: char| one.is_whitespace() || "<>".contains(one))
}

fn bracket(ahead: &mut Ahead<'_>, at: usize, depth: usize) -> Option<Taken> {
    let end = near(ahead, "]", at, at)?;
    let inside = &ahead.text()[at + 1..end];
    let length = inside.len() + 2;
    let (name, target) = match inside.split_once('|') {
        Some((name, target)) => (name, target.split('|').next().unwrap_or("")),
        None => ("", inside),
    };
    let (name, target) = (name.trim(), target.trim());
    if target.strip_prefix('~').is_some_and(|account| !account.is_empty()) {
        return Some((format!("[{target}]"), length));
    }
    if is_address(target) {
        let named = !name.is_empty() && name != target;
        let link = if named { format!("[{}](<{target}>)", within(name, depth + 1)) } else { format!("<{target}>") };
        return Some((link, length));
    }
    match target.strip_prefix('^') {
        Some(file) if !file.is_empty() => Some((code(if name.is_empty() { file } else { name }), length)),
        _ if !name.is_empty() && target.starts_with('#') => Some((within(name, depth + 1), length)),
        _ => None,
    }
}

/// A picture, of which only those with an address can still be shown.
fn picture(ahead: &mut Ahead<'_>, at: usize) -> Option<Taken> {
    let end = near(ahead, "!", at, at + 1)?;
    let inside = &ahead.text()[at + 1..end];
    let source = inside.split('|').next().unwrap_or("");
    let plain = !source.is_empty() && source.trim() == source && !source.contains(['(', ')', '[', '{', '<']);
    let named = source.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty() && (1..=5).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    if !plain || !(named || is_address(source)) {
        return None;
    }
    let shown = if is_address(source) { format!("![](<{source}>)") } else { code(source) };
    Some((shown, inside.len() + 2))
}

fn sign(rest: &str) -> Option<Taken> {
    let (sign, shown) = SIGNS.iter().find(|(sign, _)| rest.starts_with(sign))?;
    Some(((*shown).to_owned(), sign.len()))
}

/// An address in the midst of text: marks in it are its own.
fn address(rest: &str) -> Option<Taken> {
    if !SCHEMES.iter().any(|scheme| rest.starts_with(scheme)) {
        return None;
    }
    let end = rest.find(|one: char| one.is_whitespace() || "|]})<>\"*".contains(one)).unwrap_or(rest.len());
    is_address(&rest[..end]).then(|| (rest[..end].to_owned(), end))
}

/// Text between two marks, of which the first begins a word and the second ends one.
fn marked(ahead: &mut Ahead<'_>, at: usize, before: Option<char>, depth: usize) -> Option<Taken> {
    let rest = &ahead.text()[at..];
    let (mark, around) = MARKS.iter().find(|(mark, _)| rest.starts_with(mark))?;
    let start = at + mark.len();
    let begins = |next: char| !next.is_whitespace() && !mark.starts_with(next);
    if before.is_some_and(|before| before.is_alphanumeric() || mark.starts_with(before))
        || !rest[mark.len()..].starts_with(begins)
    {
        return None;
    }
    let ends = |text: &str, end: usize| {
        let last = text[..end].chars().next_back();
        let after = text[end + mark.len()..].chars().next();
        last.is_some_and(|last| !last.is_whitespace() && !mark.starts_with(last) && last != '\\')
            && !after.is_some_and(|after| after.is_alphanumeric() || mark.starts_with(after))
    };
    let end = ahead.find_where(mark, start, ends).filter(|end| end - at <= FARTHEST)?;
    let inside = &ahead.text()[start..end];
    Some((format!("{around}{}{around}", within(inside, depth + 1)), end + mark.len() - at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jira_marks_become_markdown() {
        for (jira, expected) in [
            ("*bold*, _slanted_ and *_both_*", "**bold**, _slanted_ and **_both_**"),
            ("-gone- +new+ ??said?? x^2^ ^up^", "~~gone~~ new _said_ x^2^ up"),
            ("2026-11-20 to 2026-11-21 - from -5 to -3", "2026-11-20 to 2026-11-21 - from -5 to -3"),
            ("5 * 3 * 2, snake_case_name, **twice**", "5 * 3 * 2, snake_case_name, **twice**"),
            ("run {{cargo `test`}} or {code}ls *{code}", "run `` cargo `test` `` or `ls *`"),
            ("{color:#ff0000}red{color} {anchor:here}x", "red x"),
            (
                "[Docs|https://x.y/a_b_c|smart-link] [https://x.y] [WEB-3] [ ]",
                "[Docs](<https://x.y/a_b_c>) <https://x.y> [WEB-3] [ ]",
            ),
            ("https://x.y/_a_/*b and (https://x.y/-a-)", "https://x.y/_a_/*b and (https://x.y/-a-)"),
            ("!shot.png|thumbnail! !https://x.y/a.png! Oh! No!", "`shot.png` ![](<https://x.y/a.png>) Oh! No!"),
            ("see [^log.txt] and [part two|#two]", "see `log.txt` and part two"),
            ("(/) works f(x) (x)", "✅ works f(x) ❌"),
            ("one\\\\ two \\*three\\* C:\\dir \\\\server\\x", "one\\\ntwo \\*three\\* C:\\\\dir \\\\\\\\server\\\\x"),
            ("*never closed and _this", "*never closed and _this"),
        ] {
            assert_eq!(inline(jira), expected, "{jira}");
        }
    }
}
