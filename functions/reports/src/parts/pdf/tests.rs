use super::*;
use crate::parts::document::{Cell, Chart, Column, Grid, Line};
use jiff::{ToSpan, civil::date};

fn document(rows: Vec<Vec<Cell>>) -> Document {
    let first = date(2026, 11, 2);
    Document {
        title: "Tasks of WEB".to_owned(),
        about: vec![("Workspace", "Нортвинд и Σία".to_owned())],
        made_at: date(2026, 11, 21).at(9, 30, 0, 0),
        tables: vec![Grid {
            name: "Tasks",
            columns: vec![Column::new("Key", 10), Column::new("Title", 50), Column::new("Points", 8)],
            rows,
        }],
        chart: Some(Chart {
            title: "Burndown",
            days: (0..10).map(|day| first.saturating_add(day.days())).collect(),
            lines: vec![Line { name: "Points left", values: vec![Some(8.0), Some(3.0), None], dashed: false }],
        }),
    }
}

fn row(number: i64, title: &str) -> Vec<Cell> {
    vec![Cell::text(format!("WEB-{number}")), Cell::text(title), Cell::Whole(number)]
}

/// The text of each page.
fn read(bytes: &[u8]) -> Vec<String> {
    let pdf = lopdf::Document::load_mem(bytes).expect("is a PDF");
    let pages = pdf.get_pages();
    pages.keys().map(|page| pdf.extract_text(&[*page]).expect("has text").replace('\n', "")).collect()
}

#[test]
fn every_page_has_a_page_number_and_repeats_the_table_header() {
    let rows = (1..=120).map(|number| row(number, "A task of which much is to be said")).collect();
    let pages = read(&write(&document(rows)).expect("writes"));
    assert!(pages.len() > 2, "{}", pages.len());
    for (number, page) in (1..).zip(&pages) {
        assert!(page.contains(&format!("Page {number} of {}", pages.len())), "{page}");
        assert!(page.contains("Key") && page.contains("Title") && page.contains("Points"), "{page}");
    }
    let all = pages.concat();
    assert!((1..=120).all(|number| all.contains(&format!("WEB-{number}"))));
    assert!(pages[0].contains("Нортвинд и Σία") && pages[0].contains("Burndown"), "{}", pages[0]);
}

#[test]
fn missing_glyphs_are_reported_on_the_last_page() {
    let told = |title: &str| {
        let pages = read(&write(&document(vec![row(1, title)])).expect("writes"));
        pages.concat().contains("Some characters are not in the typeface")
    };
    for known in ["Straße, façade, Łódź, Žižkov", "Привет, Україна", "Αθήνα", "Tiếng Việt", "10 € → 12 £ ≤ ½"]
    {
        assert!(!told(known), "{known}");
    }
    for unknown in ["日本語", "مرحبا", "Ship it 🚀"] {
        assert!(told(unknown), "{unknown}");
    }
}

#[test]
fn an_empty_report_is_one_page_that_says_so() {
    let pages = read(&write(&document(Vec::new())).expect("writes"));
    assert_eq!(pages.len(), 1);
    assert!(pages[0].contains("Nothing to show"), "{}", pages[0]);
}

#[test]
fn text_longer_than_a_page_is_truncated() {
    let pages =
        read(&write(&document(vec![row(1, &"word ".repeat(5_000)), row(2, &"x".repeat(5_000))])).expect("writes"));
    assert!(pages.len() < 5, "{}", pages.len());
}
