//! Tables (RFC 4180, and what spreadsheets make of it): a header, then a task a row.

use super::{
    Asked, ImportedComment, ImportedTask, Reading, cell,
    mapping::{DetectedColumn, Field, Mapping, Target},
    settled::{Evidence, Settled, holds_days, holds_numbers},
    steps, unreadable, work,
};
use millrace_domain::{
    Result,
    csv::{split_names, unguarded},
};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};

/// What may stand between cells.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// How many cells of a column are shown, and how much of each.
const SAMPLES: usize = 3;
const SAMPLE_CHARACTERS: usize = 80;
/// The most columns of a table. Jira repeats one for each value, and writes some hundreds.
const MOST_CELLS: usize = 2_000;

/// A row of a table.
pub(super) struct Row {
    /// The line of the file that it begins on.
    pub line: u64,
    /// Its cells.
    pub cells: Vec<String>,
}

impl Row {
    /// A cell without what stands around it; empty where the row is too short.
    pub fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", |cell| cell.trim())
    }
}

/// A table that is read row by row.
pub(super) struct Table<'bytes> {
    bytes: &'bytes [u8],
    /// Up to where lines were counted.
    counted: usize,
    reader: ::csv::Reader<&'bytes [u8]>,
    record: ::csv::ByteRecord,
    /// The names of the columns.
    pub header: Vec<String>,
    whole: bool,
    /// The line of the last row.
    line: u64,
}

impl<'bytes> Table<'bytes> {
    /// Reads the header.
    pub fn open(bytes: &'bytes [u8]) -> Result<Self> {
        let mut builder = ::csv::ReaderBuilder::new();
        builder.has_headers(false).flexible(true).delimiter(separator(bytes));
        let mut reader = builder.from_reader(bytes);
        let mut record = ::csv::ByteRecord::new();
        let read = reader.read_byte_record(&mut record);
        if !read.map_err(|error| unreadable(format!("The table cannot be read: {error}.")))? {
            return Err(unreadable("The file is empty."));
        }
        if record.len() > MOST_CELLS {
            return Err(unreadable(format!(
                "The table has {} columns, and at most {MOST_CELLS} are taken.",
                record.len()
            )));
        }
        let header: Vec<String> = record.iter().map(|cell| unguarded(decoded(cell).0.trim()).to_owned()).collect();
        if bytes.starts_with(b"{") || bytes.starts_with(b"[{") {
            return Err(unreadable("The file is JSON, and a table (CSV) was announced."));
        }
        if record.iter().any(|cell| cell.contains(&0)) {
            return Err(unreadable("The file is no text. Save the table as CSV, in UTF-8."));
        }
        // A quote that is not closed takes all that follows into one cell.
        let whole = bytes.iter().filter(|byte| **byte == b'"').count() % 2 == 0;
        Ok(Self { bytes, counted: 0, reader, record, header, whole, line: 1 })
    }

    /// The next row that has something in it. What is odd about it goes to `reading`.
    pub fn next(&mut self, reading: &mut Reading) -> Result<Option<Row>> {
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) => {
                    if !self.whole {
                        let message = "has a quote that is not closed: what follows was taken into one cell";
                        reading.problems.field(self.line, "row", message);
                        self.whole = true;
                    }
                    return Ok(None);
                }
                Err(error) => return Err(unreadable(format!("The table cannot be read: {error}."))),
            }
            let line = self.count_lines();
            steps::count(self.record.as_slice().len() + self.record.len());
            let cells = self.record.iter().map(decoded);
            let (cells, odd): (Vec<String>, Vec<bool>) = cells.unzip();
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if odd.contains(&true) {
                reading.problems.field(line, "row", "is not UTF-8, and was read as Windows-1252");
            }
            if cells.len() != self.header.len() {
                let message = format!("has {} cells, and the header has {}", cells.len(), self.header.len());
                reading.problems.field(line, "row", message);
            }
            return Ok(Some(Row { line, cells }));
        }
    }
}

impl Table<'_> {
    /// The line on which the row begins that was just read. The reader takes the second half of a line end for the
    /// beginning of the next row, so its own count can be one behind.
    fn count_lines(&mut self) -> u64 {
        let place = self.record.position().map_or(0, ::csv::Position::byte);
        let mut start = usize::try_from(place).unwrap_or(usize::MAX).clamp(self.counted, self.bytes.len());
        while matches!(self.bytes.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        for index in self.counted..start {
            let ends = match self.bytes[index] {
                b'\n' => true,
                b'\r' => self.bytes.get(index + 1) != Some(&b'\n'),
                _ => false,
            };
            self.line += u64::from(ends);
        }
        self.counted = start;
        self.line
    }
}

/// What stands between the cells of the first line more often than all else.
fn separator(bytes: &[u8]) -> u8 {
    let mut counts = [0usize; SEPARATORS.len()];
    let mut quoted = false;
    for byte in bytes.iter().skip_while(|byte| matches!(byte, b'\r' | b'\n')).take(64 * 1024) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            other if !quoted => {
                if let Some(index) = SEPARATORS.iter().position(|separator| separator == other) {
                    counts[index] += 1;
                }
            }
            _ => {}
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let index = counts.iter().position(|count| *count == most).unwrap_or(0);
    SEPARATORS[index]
}

/// A cell as text, and whether it was no UTF-8 and so taken for Windows-1252, as older spreadsheets write.
fn decoded(cell: &[u8]) -> (String, bool) {
    match std::str::from_utf8(cell) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (cell.iter().map(|byte| windows_1252(*byte)).collect(), true),
    }
}

/// The characters of Windows-1252 that are not those of Latin-1
/// (<https://encoding.spec.whatwg.org/index-windows-1252.txt>).
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(byte: u8) -> char {
    match byte {
        0x80..=0x9f => WINDOWS_1252[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

/// What the columns of a table show of how their values are read, by the names under which `seen` has them looked at; of
/// a cell, what `part` makes of it.
pub(super) fn survey(
    bytes: &[u8],
    seen: &[Option<String>],
    part: impl Fn(&str) -> &str,
) -> Result<BTreeMap<String, Evidence>> {
    let mut table = Table::open(bytes)?;
    let looked_at: Vec<usize> = (0..seen.len()).filter(|index| seen[*index].is_some()).collect();
    let mut evidence: HashMap<usize, Evidence> = HashMap::new();
    let mut aside = Reading::default();
    while let Some(row) = table.next(&mut aside)? {
        for index in looked_at.iter().take_while(|index| **index < row.cells.len()) {
            let cell = part(unguarded(row.cell(*index)));
            steps::count(1);
            if !cell.is_empty() {
                evidence.entry(*index).or_default().look(cell);
            }
        }
    }
    let mut named: BTreeMap<String, Evidence> = BTreeMap::new();
    for index in looked_at {
        if let Some(name) = &seen[index] {
            named.entry(name.clone()).or_default().add(evidence.remove(&index).unwrap_or_default());
        }
    }
    Ok(named)
}

/// Reads a table, whose columns hold what was said; what nobody said is taken by its usual name.
///
/// # Errors
/// [`millrace_domain::Error::Invalid`] naming `file` where there is no table, or none with a row.
pub fn read(bytes: &[u8], asked: &Asked) -> Result<Reading> {
    let mut table = Table::open(bytes)?;
    let columns = detected(&table.header, asked.mapping.as_ref());
    let seen: Vec<Option<String>> = columns
        .iter()
        .map(|column| match column.target {
            Target::Field(field) => holds_days(field) || holds_numbers(field) || field == Field::WorkLog,
            Target::Own(_) | Target::Ignored => true,
        })
        .zip(&columns)
        .map(|(seen, column)| seen.then(|| column.name.clone()))
        .collect();
    let evidence = survey(bytes, &seen, |cell| cell)?;
    let mut settled = Settled::new(&evidence, &asked.choices, &asked.zone);
    for column in &columns {
        if let Target::Own(id) = &column.target {
            settled.also(&column.name, id.as_str());
        }
    }
    let mut reading = Reading { columns, evidence, settled, ..Reading::default() };
    let titled = reading.columns.iter().any(|column| column.target == Target::Field(Field::Title));
    if !titled {
        let message = "No column holds the title. Say which one does.";
        reading.problems.line(1, "title", message);
    }
    while let Some(row) = table.next(&mut reading)? {
        sample(&mut reading, &row);
        reading.check_room()?;
        if titled {
            task(&mut reading, &row);
        } else {
            reading.left_out += 1;
        }
    }
    Ok(reading)
}

/// What each column of the header is taken for. A field that only one column can hold goes to the first that may.
fn detected(header: &[String], mapping: Option<&Mapping>) -> Vec<DetectedColumn> {
    let said = |name: &String| mapping.and_then(|mapping| mapping.get(name)).cloned();
    let mut taken: Vec<Field> = header
        .iter()
        .filter_map(|name| match said(name) {
            Some(Target::Field(field)) => Some(field),
            _ => None,
        })
        .collect();
    let columns = header.iter().map(|name| {
        let target = said(name).unwrap_or_else(|| match Field::usual(name).filter(|field| !taken.contains(field)) {
            Some(field) => {
                taken.push(field);
                Target::Field(field)
            }
            None => Target::Ignored,
        });
        DetectedColumn { name: name.clone(), target, samples: Vec::new() }
    });
    columns.collect()
}

/// Keeps what stands in the first rows, each text once, to be shown, and counts what is in each column.
pub(super) fn sample(reading: &mut Reading, row: &Row) {
    reading.filled.resize(reading.columns.len(), 0);
    let columns = reading.columns.iter_mut().zip(&mut reading.filled).enumerate();
    for (index, (column, filled)) in columns.take(row.cells.len()) {
        let text = unguarded(row.cell(index));
        *filled += u64::from(!text.is_empty());
        if text.is_empty() || column.samples.len() == SAMPLES {
            continue;
        }
        let sample: String = text.chars().take(SAMPLE_CHARACTERS).collect();
        if !column.samples.contains(&sample) {
            column.samples.push(sample);
        }
    }
}

/// The fields that hold one value, which is no mere text.
const VALUES: [Field; 7] = [
    Field::Priority,
    Field::StoryPoints,
    Field::EstimatedHours,
    Field::StartDate,
    Field::DueDate,
    Field::CreatedAt,
    Field::ClosedAt,
];

/// Takes a row as a task.
fn task(reading: &mut Reading, row: &Row) {
    let texts = |field: Field| {
        // A row is as long as its cells, however many columns the header has.
        let columns = reading.columns.iter().enumerate().take(row.cells.len());
        steps::count(columns.len());
        let own = columns.filter(move |(_, column)| column.target == Target::Field(field));
        let texts = own.map(|(index, column)| (column.name.clone(), unguarded(row.cell(index)).to_owned()));
        texts.filter(|(_, text)| !text.is_empty())
    };
    let all = |field| texts(field).map(|(_, text)| text).collect::<Vec<String>>();
    let first = |field| texts(field).map(|(_, text)| text).next();
    let names = |field| texts(field).flat_map(|(_, text)| split_names(&text)).collect::<Vec<String>>();
    let (titles, descriptions, keys) = (all(Field::Title), all(Field::Description), all(Field::Key));
    let (column, category) = (first(Field::Column), first(Field::Category));
    let (sprint, parent, reporter) = (first(Field::Sprint), first(Field::Parent), first(Field::Reporter));
    let (assignees, watchers, labels) = (names(Field::Assignees), names(Field::Watchers), names(Field::Labels));
    let (comments, work) = (all(Field::Comments), texts(Field::WorkLog).collect::<Vec<_>>());
    let custom = custom(&reading.columns, row);
    let values: Vec<(Field, String, String)> =
        VALUES.iter().filter_map(|field| texts(*field).next().map(|(name, text)| (*field, name, text))).collect();

    let Some((title, whole)) = reading.title(row.line, titles.first().map_or("", String::as_str)) else { return };
    let mut task = ImportedTask::new(row.line, reading.tasks.len(), title);
    task.status = cell::status_in(column.as_deref(), category.as_deref());
    (task.keys, task.column) = (keys, column);
    (task.sprint, task.parent, task.reporter) = (sprint, parent, reporter);
    (task.assignees, task.watchers, task.labels, task.custom) = (assignees, watchers, labels, custom);
    for (field, name, text) in values {
        if let Err(message) = take(&mut task, field, &text, &reading.settled, &name) {
            reading.problems.field(row.line, field.as_str(), message);
        }
    }
    let said = comments.into_iter().map(|body| ImportedComment { body, ..ImportedComment::default() });
    task.comments = said.collect();
    work::take_work(reading, &mut task, work.iter().map(|(name, text)| (name.as_str(), text.as_str())), None);
    reading.describe(&mut task, &[whole.as_slice(), &descriptions].concat().join("\n\n"));
    reading.tasks.push(task);
}

/// Takes a cell that is no mere text, of the column called `name`.
pub(super) fn take(
    task: &mut ImportedTask,
    field: Field,
    text: &str,
    settled: &Settled,
    name: &str,
) -> Result<(), String> {
    match field {
        Field::Priority => task.priority = Some(cell::priority(text)?),
        Field::StoryPoints => task.story_points = Some(cell::points(settled.number(name, text)?)?),
        Field::EstimatedHours => task.estimated_hours = Some(cell::hours(settled.number(name, text)?)?),
        Field::StartDate => task.start_date = Some(settled.day(name, text)?),
        Field::DueDate => task.due_date = Some(settled.day(name, text)?),
        Field::CreatedAt => task.created_at = Some(settled.instant(name, text)?),
        Field::ClosedAt => task.closed_at = Some(settled.instant(name, text)?),
        _ => {}
    }
    Ok(())
}

/// What stands in columns for own fields: those that were said to be, and those that may be by their names.
fn custom(columns: &[DetectedColumn], row: &Row) -> Vec<(String, Value)> {
    let columns = columns.iter().enumerate().take(row.cells.len());
    steps::count(columns.len());
    let own = columns.filter_map(|(index, column)| match &column.target {
        Target::Own(id) => Some((index, id.to_string())),
        Target::Ignored => Some((index, column.name.clone())),
        Target::Field(_) => None,
    });
    let values = own.map(|(index, name)| (name, unguarded(row.cell(index))));
    values.filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name, Value::from(text))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use millrace_domain::{
        id::FieldId,
        task::{Priority, Status},
    };
    use proptest::prelude::*;

    fn reads(text: &str) -> Reading {
        read(text.as_bytes(), &Asked::default()).expect("a table")
    }

    #[test]
    fn tables_of_common_spreadsheets_are_read() {
        for (text, line) in [
            ("Title,Status,Priority,Labels\nOne,In Progress,High,\"a, b\"\n", 2),
            ("Title;Status;Priority;Labels\r\nOne;In Progress;High;a,b\r\n", 2),
            ("\r\nTitle;Status;Priority;Labels\r\n\r\nOne;In Progress;High;a,b\r\n", 4),
            ("Title\tStatus\tPriority\tLabels\n\n\nOne\tIn Progress\tHigh\ta; b\n", 4),
        ] {
            let reading = reads(text);
            let task = &reading.tasks[0];
            assert_eq!((task.title.as_str(), task.line), ("One", line), "{text}");
            assert_eq!((task.status, task.priority), (Some(Status::InProgress), Some(Priority::High)));
            assert_eq!((task.labels.as_slice(), reading.problems.count), (&["a".to_owned(), "b".to_owned()][..], 0));
        }
    }

    #[test]
    fn problems_name_the_line_and_the_field() {
        let reading = reads("Title,Points,Due\nOne,many,2026-11-20\n,3,\nThree,5,soon\nFour,1,,extra\n");
        let told: Vec<_> = reading
            .problems
            .first
            .iter()
            .map(|problem| (problem.line, problem.field.as_str(), problem.left_out))
            .collect();
        assert_eq!(told, [(2, "story_points", false), (3, "title", true), (4, "due_date", false), (5, "row", false)]);
        assert_eq!((reading.tasks.len(), reading.left_out), (3, 1));
    }

    #[test]
    fn a_table_without_a_title_can_still_be_mapped() {
        let text = "Was,Wann\nEins,2026-11-20\n";
        let reading = reads(text);
        assert_eq!((reading.tasks.len(), reading.left_out, reading.problems.first[0].field.as_str()), (0, 1, "title"));
        assert_eq!(reading.columns[0].samples, ["Eins"]);
        let own: FieldId = "fld_AAAA".parse().expect("an id");
        let mapping =
            Mapping::from([("Was".to_owned(), Target::Field(Field::Title)), ("Wann".to_owned(), Target::Own(own))]);
        let asked = Asked { mapping: Some(mapping), ..Asked::default() };
        let reading = read(text.as_bytes(), &asked).expect("a table");
        assert_eq!(reading.tasks[0].custom, [("fld_AAAA".to_owned(), Value::from("2026-11-20"))]);
    }

    #[test]
    fn windows_1252_is_read_and_reported() {
        let reading = read(b"Title\nCaf\xe9 \x96 \x80 5\n", &Asked::default()).expect("a table");
        assert_eq!(reading.tasks[0].title.as_str(), "Café – € 5");
        assert_eq!((reading.problems.first[0].line, reading.problems.first[0].left_out), (2, false));
    }

    #[test]
    fn an_unclosed_quote_and_json_are_reported() {
        let reading = reads("Title,Note\nOne,\"never closed\nTwo,x\n");
        assert!(reading.problems.first.iter().any(|problem| problem.message.contains("quote")));
        assert!(read(b"{\"cards\": []}", &Asked::default()).is_err());
    }

    proptest! {
        #[test]
        fn escaped_cells_of_an_export_are_read_back(title in "[=+@' a-z-]{0,10}[a-z]", label in "[a-z,;]{1,8}[a-z]") {
            let text = format!("{}{}", millrace_domain::csv::row(["Title", "Labels"]), millrace_domain::csv::row([title.trim(), &millrace_domain::csv::join_names([&label])]));
            let reading = reads(&text);
            prop_assert_eq!(reading.tasks[0].title.as_str(), title.trim());
            prop_assert_eq!(&reading.tasks[0].labels, &[label]);
        }
    }
}
