//! Consecutive pages: the fill level of the current one, the header of the first, and the footer of each.

use super::{
    face::{Faces, Weight, composed},
    ink::{BLACK, Colour, HAIRLINE, Mark, Page, QUIET},
};
use crate::parts::document::Document;

/// A4 in points (ISO 216): 210 by 297 millimetres.
const SHORT_SIDE: f32 = 595.28;
const LONG_SIDE: f32 = 841.89;
/// The margin at each side.
pub(super) const MARGIN: f32 = 42.0;
/// The height of the footer.
const FOOT: f32 = 24.0;

/// The pages of a report.
pub(super) struct Sheets<'faces> {
    /// The typeface.
    pub(super) faces: &'faces Faces,
    pages: Vec<Page>,
    width: f32,
    height: f32,
    /// The fill level of the current page.
    pub(super) y: f32,
    lacking: bool,
}

impl<'faces> Sheets<'faces> {
    /// An empty first page.
    pub(super) fn new(faces: &'faces Faces, across: bool) -> Self {
        let (width, height) = if across { (LONG_SIDE, SHORT_SIDE) } else { (SHORT_SIDE, LONG_SIDE) };
        let mut sheets = Self { faces, pages: Vec::new(), width, height, y: MARGIN, lacking: false };
        sheets.turn();
        sheets
    }

    /// Starts a new page.
    pub(super) fn turn(&mut self) {
        self.pages.push(Page { width: self.width, height: self.height, marks: Vec::new() });
        self.y = MARGIN;
    }

    /// The text width of a page.
    pub(super) fn usable_width(&self) -> f32 {
        self.width - 2.0 * MARGIN
    }

    /// The text height of an empty page.
    pub(super) fn usable_height(&self) -> f32 {
        self.height - 2.0 * MARGIN - FOOT
    }

    /// Whether this height fits onto the current page.
    pub(super) fn fits(&self, height: f32) -> bool {
        self.y + height <= MARGIN + self.usable_height()
    }

    /// Adds an element to the current page.
    pub(super) fn put(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.marks.push(mark);
        }
    }

    /// Adds text that starts at `x` on the baseline `y`.
    pub(super) fn text(&mut self, (x, y): (f32, f32), size: f32, weight: Weight, colour: Colour, text: &str) {
        self.lacking |= !self.faces.of(weight).has_all(text);
        self.put(Mark::Text { x, y, size, weight, colour, text: text.to_owned() });
    }

    /// Draws a hairline across the page at height `y`.
    pub(super) fn rule(&mut self, y: f32) {
        let points = vec![(MARGIN, y), (self.width - MARGIN, y)];
        self.put(Mark::Lines { points, width: 0.5, colour: HAIRLINE, dashed: false });
    }

    /// The report's title and subject.
    pub(super) fn head(&mut self, document: &Document) {
        const NAMES: f32 = 76.0;
        let faces = self.faces;
        for line in faces.of(Weight::Strong).lines(&composed(&document.title), 17.0, self.usable_width()) {
            self.text((MARGIN, self.y + 14.0), 17.0, Weight::Strong, BLACK, &line);
            self.y += 22.0;
        }
        self.y += 4.0;
        for (name, value) in &document.about {
            self.text((MARGIN, self.y + 9.0), 9.0, Weight::Regular, QUIET, name);
            let width = self.usable_width() - NAMES;
            for line in faces.of(Weight::Regular).lines(&composed(value), 9.0, width) {
                self.text((MARGIN + NAMES, self.y + 9.0), 9.0, Weight::Regular, BLACK, &line);
                self.y += 13.0;
            }
        }
        self.y += 10.0;
    }

    /// The pages, each with the report's title and its page number in the footer.
    pub(super) fn finish(mut self, title: &str) -> Vec<Page> {
        if self.lacking {
            let note = "Some characters are not in the typeface of this file and are shown as □. The report as CSV or XLSX holds them.";
            if !self.fits(20.0) {
                self.turn();
            }
            self.text((MARGIN, self.y + 12.0), 8.0, Weight::Regular, QUIET, note);
        }
        let (count, face, title) = (self.pages.len(), self.faces.of(Weight::Regular), composed(title));
        for (number, page) in (1..).zip(&mut self.pages) {
            let y = page.height - MARGIN;
            let text = format!("Page {number} of {count}");
            let x = page.width - MARGIN - face.width(&text, 8.0);
            let room = x - MARGIN - 12.0;
            let title = face.lines(&title, 8.0, room).into_iter().next().unwrap_or_default();
            let foot = |x, text| Mark::Text { x, y, size: 8.0, weight: Weight::Regular, colour: QUIET, text };
            page.marks.extend([foot(MARGIN, title), foot(x, text)]);
        }
        self.pages
    }
}
