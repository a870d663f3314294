//! Jira's wiki markup as Markdown
//! (<https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all>): exports hold descriptions and comments
//! in it. What Markdown has no form for (colours, underlines, raised text) stays as plain text, and attached pictures as
//! their names. Mentions stay as they are until it is known who is meant: [`with_names`].

mod ahead;
mod inline;
mod table;

use super::steps;
use ahead::Ahead;
use inline::inline;
use std::collections::HashMap;

/// What is shown as it was typed.
const VERBATIM: [&str; 2] = ["code", "noformat"];
/// What is set off from the rest.
const SET_OFF: [&str; 2] = ["quote", "panel"];

/// `text` as Markdown.
pub fn markdown(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let (mut page, mut ahead, mut at) = (Page::default(), Ahead::new(&text), 0);
    while at < text.len() {
        at = page.take(&text, at, &mut ahead);
    }
    page.markdown.trim_end().to_owned()
}

/// `text` with the names of those whom it mentions, as far as `people` knows them by their accounts.
pub fn with_names(text: &str, people: &HashMap<String, String>) -> String {
    let mut named = String::with_capacity(text.len());
    let (mut ahead, mut at) = (Ahead::new(text), 0);
    while let Some(start) = ahead.find("[~", at) {
        // A mention ends on its own line.
        let line = ahead.find("\n", start).unwrap_or(text.len());
        let Some(end) = ahead.find("]", start).filter(|end| *end < line) else {
            named.push_str(&text[at..line]);
            at = line;
            continue;
        };
        let account = text[start + 2..end].trim_start_matches("accountid:");
        named.push_str(&text[at..start]);
        named.push('@');
        named.push_str(people.get(account).map_or(account, String::as_str));
        at = end + 1;
    }
    named.push_str(&text[at..]);
    named
}

/// A tag such as `{code:java}`.
struct Tag<'text> {
    /// Where it begins and ends.
    range: (usize, usize),
    name: &'text str,
    parameters: &'text str,
}

/// The tag at the beginning of `text`, called by one of `names`.
fn tag_here<'text>(text: &'text str, names: &[&str]) -> Option<Tag<'text>> {
    let inside = text.strip_prefix('{')?;
    let end = inside.find(['}', '{', '\n']).unwrap_or(inside.len());
    steps::count(end);
    let inside = inside.get(..end).filter(|_| inside[end..].starts_with('}'))?;
    let (name, parameters) = inside.split_once(':').unwrap_or((inside, ""));
    names.contains(&name).then_some(Tag { range: (0, inside.len() + 2), name, parameters })
}

/// The first tag called by one of `names`.
fn tag<'text>(text: &'text str, names: &[&str]) -> Option<Tag<'text>> {
    text.match_indices('{').find_map(|(start, _)| {
        let Tag { range: (_, end), name, parameters } = tag_here(&text[start..], names)?;
        Some(Tag { range: (start, start + end), name, parameters })
    })
}

/// What a verbatim tag that ends at `from` opens up to where it is closed: what is inside, and where the rest begins.
fn enclosed<'text>(ahead: &mut Ahead<'text>, tag: &Tag<'_>, from: usize) -> Option<(&'text str, usize)> {
    let closing = if tag.name == "code" { "{code}" } else { "{noformat}" };
    let end = ahead.find(closing, from)?;
    Some((&ahead.text()[from..end], end + closing.len()))
}

/// What kind of line was written last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Blank,
    Text,
    List,
    Heading,
    Other,
}

#[derive(Default)]
struct Page {
    markdown: String,
    last: Kind,
    /// Whether what comes is set off.
    set_off: bool,
    /// How far the text of the last item of a list is indented, level by level.
    levels: Vec<usize>,
}

impl Page {
    /// Takes what comes next at `at`, and says where it goes on.
    fn take(&mut self, text: &str, at: usize, ahead: &mut Ahead<'_>) -> usize {
        let end = ahead.find("\n", at).unwrap_or(text.len());
        let line = &text[at..end];
        let after = |end: usize| if text[end..].starts_with('\n') { end + 1 } else { end };
        if let Some(tag) = tag(line, &[&VERBATIM[..], &SET_OFF].concat()) {
            let before = &line[..tag.range.0];
            if SET_OFF.contains(&tag.name) {
                self.line(before);
                self.turn(&tag);
                return at + tag.range.1;
            }
            // In the midst of a line it is left to what reads lines.
            if let Some((content, over)) = enclosed(ahead, &tag, at + tag.range.1)
                && (over > end || (before.trim().is_empty() && text[over..end].trim().is_empty()))
            {
                let content = content.to_owned();
                self.line(before);
                self.verbatim(&tag, &content);
                return after(over);
            }
        }
        if line.trim_start().starts_with('|') {
            let (rows, over) = table::rows(&text[at..]);
            self.write(Kind::Other, &table::markdown(&rows));
            return after(at + over);
        }
        match line.trim() {
            "" => self.blank(),
            line => self.line(line),
        }
        after(end)
    }

    fn blank(&mut self) {
        if self.last != Kind::Blank {
            self.push("");
        }
        self.last = Kind::Blank;
        self.levels.clear();
    }

    /// Begins what is set off, or ends it.
    fn turn(&mut self, tag: &Tag<'_>) {
        if self.set_off {
            self.set_off = false;
            return self.blank();
        }
        self.blank();
        self.set_off = true;
        let title = tag.parameters.split('|').find_map(|parameter| parameter.strip_prefix("title="));
        if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
            self.write(Kind::Heading, &format!("**{}**", inline(title.trim())));
        }
    }

    fn verbatim(&mut self, tag: &Tag<'_>, content: &str) {
        let language = tag.parameters.split('|').find(|parameter| !parameter.contains('='));
        let plain = |language: &&str| {
            language.chars().all(|character| character.is_ascii_alphanumeric() || "+#-".contains(character))
        };
        let language = language.filter(plain).unwrap_or("").to_lowercase();
        let fence = inline::fence(content, 3);
        let content = content.trim_matches('\n');
        self.levels.clear();
        self.write(Kind::Other, &format!("{fence}{language}\n{content}\n{fence}"));
    }

    /// A line of prose.
    fn line(&mut self, line: &str) {
        let line = line.trim();
        if line.is_empty() {
            return;
        }
        if let Some((level, title)) = heading(line) {
            self.write(Kind::Heading, &format!("{} {}", "#".repeat(level), inline(title).replace("\\\n", " ")));
        } else if let Some(quoted) = line.strip_prefix("bq. ") {
            self.write(Kind::Other, &format!("> {}", inline(quoted.trim()).replace('\n', "\n> ")));
        } else if line.len() >= 4 && line.bytes().all(|byte| byte == b'-') {
            self.write(Kind::Other, "---");
        } else if let Some((marks, text)) = item(line) {
            self.item(marks, text);
        } else if line.bytes().all(|byte| byte == b'-') || line.bytes().all(|byte| byte == b'=') {
            // Under a line of text it would make a heading of that.
            self.write(Kind::Text, &format!("\\{line}"));
        } else if self.last == Kind::List {
            let indent = " ".repeat(self.levels.last().copied().unwrap_or_default());
            self.write(Kind::List, &format!("{indent}{}", inline(line)));
        } else {
            self.write(Kind::Text, &inline(line));
        }
    }

    fn item(&mut self, marks: &str, text: &str) {
        if self.last != Kind::List {
            self.levels.clear();
        }
        // An item hangs on the one before it: what is deeper by more would be taken for code.
        self.levels.truncate(marks.len() - 1);
        let indent = self.levels.last().copied().unwrap_or_default();
        let mark = if marks.ends_with('#') { "1. " } else { "- " };
        self.levels.push(indent + mark.len());
        // Items are lines of their own without a break at the end of the one before.
        if self.last == Kind::List {
            self.push(&format!("{}{mark}{}", " ".repeat(indent), inline(text)));
        } else {
            self.write(Kind::List, &format!("{}{mark}{}", " ".repeat(indent), inline(text)));
        }
    }

    /// Writes a part, set apart from what is of another kind. Lines that follow each other are lines in Jira.
    fn write(&mut self, kind: Kind, part: &str) {
        let goes_on = kind == self.last && matches!(kind, Kind::Text | Kind::List);
        if goes_on && self.markdown.ends_with('\n') {
            self.markdown.pop();
            self.markdown.push_str("  \n");
        } else if self.last != Kind::Blank {
            self.push("");
        }
        self.push(part);
        self.last = kind;
    }

    fn push(&mut self, part: &str) {
        for line in part.split('\n') {
            if self.set_off {
                self.markdown.push_str(if line.is_empty() { ">" } else { "> " });
            }
            self.markdown.push_str(line);
            self.markdown.push('\n');
        }
    }
}

/// A heading's level and what it says.
fn heading(line: &str) -> Option<(usize, &str)> {
    let (level, title) = line.strip_prefix('h')?.split_once('.')?;
    let level: usize = level.parse().ok().filter(|level| (1..=6).contains(level))?;
    Some((level, title.trim()))
}

/// The marks of an item of a list, and what it says.
fn item(line: &str) -> Option<(&str, &str)> {
    let (marks, text) = line.split_once(char::is_whitespace)?;
    let many = marks.bytes().all(|mark| matches!(mark, b'*' | b'#'));
    ((many && !marks.is_empty() && marks.len() <= 20) || marks == "-").then_some((marks, text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn jira_blocks_become_markdown() {
        for (jira, expected) in [
            ("h2. Steps to reproduce\nOpen *the* page", "## Steps to reproduce\n\nOpen **the** page"),
            ("One line\nand another\n\n\nA part", "One line  \nand another\n\nA part"),
            ("* a\n** b\n*# c\n* d", "- a\n  - b\n  1. c\n- d"),
            ("# one\n## two\ngoes on\n# three", "1. one\n   1. two  \n      goes on\n1. three"),
            ("- a\n- b\nText\n\nAfter", "- a\n- b  \n  Text\n\nAfter"),
            ("*** too deep", "- too deep"),
            ("Before\n----\nAfter\n---", "Before\n\n---\n\nAfter  \n\\---"),
            ("bq. Said so", "> Said so"),
            ("{quote}One\ntwo{quote}After", "> One  \n> two\n\nAfter"),
            ("{panel:title=Note|borderStyle=solid}\nMind *this*\n{panel}", "> **Note**\n>\n> Mind **this**"),
            ("See\n{code:java|title=A.java}\nint *x*;\n{code}\nDone", "See\n\n```java\nint *x*;\n```\n\nDone"),
            ("{noformat}\na ``` b\n{noformat}", "````\na ``` b\n````"),
            ("{code:title=x.sh|borderStyle=solid}ls -la{code}", "```\nls -la\n```"),
            ("Never closed {code} here", "Never closed {code} here"),
            (
                "||Name||Points||\n|One|[a|https://x.y]|\n|Two\nlines|3|\n\nAfter",
                "| Name | Points |\n| --- | --- |\n| One | [a](<https://x.y>) |\n| Two lines | 3 |\n\nAfter",
            ),
            ("|a|b|c|\n|d|", "|  |  |  |\n| --- | --- | --- |\n| a | b | c |\n| d |  |  |"),
        ] {
            assert_eq!(markdown(jira), expected, "{jira}");
        }
    }

    #[test]
    fn mentions_are_replaced_by_names() {
        let people = HashMap::from([("712020:a".to_owned(), "Alex Rivera".to_owned())]);
        let text = markdown("[~accountid:712020:a] and [~sam], see [Alex|~accountid:712020:a] [~open");
        assert_eq!(with_names(&text, &people), "@Alex Rivera and @sam, see @Alex Rivera [~open");
    }

    #[test]
    fn a_text_that_is_twice_as_long_takes_twice_as_many_steps() {
        for part in [
            "[~a",
            "[~a\n",
            "{code:a}\n",
            "{quote}",
            "{quote} x",
            "*a ",
            "*_-+^~a ",
            "{{a ",
            "[a ",
            "!a ",
            "(h(h",
            "{a{a",
            "|a",
            "|a\n",
            "||a|\n",
            "{noformat}x {code}",
            "??a ",
            "https://a",
            "{color:",
            "* a\n** b\n",
            "\\\\",
            "a b\n",
            "[a|b",
        ] {
            let steps_of = |count: usize| {
                let text = part.repeat(count);
                steps::of(|| drop(with_names(&markdown(&text), &HashMap::new())))
            };
            let (once, twice) = (steps_of(4_000), steps_of(8_000));
            assert!(twice <= once * 2 + once / 8 + 1_000, "{part:?}: {once} steps, then {twice}");
            assert!(twice <= (part.len() * 8_000 * MOST_STEPS_A_BYTE) as u64, "{part:?}: {twice} steps");
        }
    }

    /// The most steps that a byte of markup takes: marks stand in one another up to eight deep.
    const MOST_STEPS_A_BYTE: usize = 200;

    #[test]
    fn a_row_of_many_cells_does_not_make_all_the_others_as_long() {
        let text = format!("{}\n{}", "|".repeat(20_000), "|a\n".repeat(20_000));
        assert!(markdown(&text).len() < 3_000_000);
    }

    proptest! {
        #[test]
        fn no_text_is_lost(text in "([a-g]{1,3}|[ \n*_+~^#|?-]|\\\\ )*") {
            let letters = |text: &str| text.chars().filter(char::is_ascii_lowercase).collect::<String>();
            prop_assert_eq!(letters(&markdown(&text)), letters(&text));
        }

        #[test]
        fn no_text_makes_the_converter_panic(text in "([{}\\[\\]|!~^*_#\\\\\n :a.-]|\\{code\\}|\\{quote\\}|\\{panel:title=|http://|é|😀)*") {
            let text = markdown(&text);
            drop(with_names(&text, &HashMap::new()));
        }
    }
}
