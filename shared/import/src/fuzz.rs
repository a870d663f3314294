//! Each reader over whatever bytes come, with a budget of steps: none falls, and none takes longer than its input is.
//! The number of inputs is bounded, for the test command.

use crate::{Asked, ImportFormat, read, steps};
use proptest::{collection::vec, prelude::*};

/// How many inputs are tried in the test command, and the longest of them in bytes.
const TRIED: u32 = 60;
const LONGEST: usize = 2_048;
/// The most steps that a byte takes: a table is read twice, each field of a task looks through its row, and marks of Jira
/// stand in one another up to eight deep.
const STEPS_A_BYTE: u64 = 400;
/// What a file takes that is empty.
const STEPS_A_FILE: u64 = 10_000;

/// What files of each format begin with, so that not all of the inputs end at the first byte.
const BEGINNINGS: [(ImportFormat, &str); 6] = [
    (ImportFormat::Csv, "Title,Status,Due,Points,Labels,Comments,X\n"),
    (ImportFormat::Jira, "Summary,Issue key,Status,Comment,Sprint,Log Work,Parent,Custom field (X)\n"),
    (ImportFormat::Json, "{\"format\": \"millrace-project\", \"version\": 2, \"tasks\": ["),
    (ImportFormat::Trello, "{\"lists\": [], \"cards\": ["),
    (ImportFormat::Csv, ""),
    (ImportFormat::Trello, ""),
];

/// Reads a file within its budget.
fn within_budget(format: ImportFormat, bytes: &[u8]) {
    let taken = steps::of(|| drop(read(format, bytes, &Asked::default())));
    let most = STEPS_A_FILE + STEPS_A_BYTE * bytes.len() as u64;
    assert!(taken <= most, "{taken} steps for {} bytes of {format:?}", bytes.len());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(TRIED))]

    #[test]
    fn whatever_bytes_come_each_reader_takes_steps_in_proportion(bytes in vec(any::<u8>(), 0..LONGEST)) {
        for (format, beginning) in BEGINNINGS {
            within_budget(format, &[beginning.as_bytes(), &bytes].concat());
        }
    }

    #[test]
    fn whatever_is_repeated_each_reader_takes_steps_in_proportion(part in "([\\[\\]{}\",;\n~|*_!ab1:/-]|null|\\{code\\}){1,12}") {
        let repeated = part.repeat(2 * LONGEST / part.len());
        for (format, beginning) in BEGINNINGS {
            within_budget(format, &[beginning.as_bytes(), repeated.as_bytes()].concat());
        }
        // As one cell and as one text of a card, that are read further.
        let cell = format!("Summary,Issue key,Description\nOne,A-1,\"{}\"\n", repeated.replace('"', "\"\""));
        within_budget(ImportFormat::Jira, cell.as_bytes());
        let card = serde_json::json!({"lists": [], "cards": [{"id": "a", "name": repeated, "desc": repeated, "due": repeated}]});
        within_budget(ImportFormat::Trello, card.to_string().as_bytes());
    }
}
