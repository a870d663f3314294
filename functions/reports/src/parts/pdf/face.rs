//! The typeface: its character set and metrics.

use krilla::text::{Font, GlyphId, KrillaGlyph};
use millrace_domain::{Error, Result};
use skrifa::{
    FontRef, MetadataProvider,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
};
use unicode_normalization::UnicodeNormalization;

const REGULAR: &[u8] = include_bytes!("../../../fonts/Inter-Regular.ttf");
const STRONG: &[u8] = include_bytes!("../../../fonts/Inter-SemiBold.ttf");

/// The replacement for characters that the typeface lacks.
const MISSING: char = '□';

/// A weight of the typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Regular, for text.
    Regular,
    /// Semibold, for headings.
    Strong,
}

/// Both weights.
pub(super) struct Faces {
    regular: Face,
    strong: Face,
}

impl Faces {
    /// Loads the built-in typeface.
    ///
    /// # Errors
    /// None in practice: the font files are part of the binary.
    pub(super) fn load() -> Result<Self> {
        Ok(Self { regular: Face::load(REGULAR)?, strong: Face::load(STRONG)? })
    }

    /// One weight by its role.
    pub(super) const fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Strong => &self.strong,
        }
    }
}

/// One weight.
pub(super) struct Face {
    /// The weight as embedded in a page.
    pub(super) font: Font,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    units: f32,
}

impl Face {
    fn load(bytes: &'static [u8]) -> Result<Self> {
        let known = FontRef::new(bytes).map_err(|error| Error::internal(error.to_string()))?;
        let font = Font::new(bytes.into(), 0).ok_or_else(|| Error::internal("a typeface cannot be read"))?;
        let metrics = known.glyph_metrics(Size::unscaled(), LocationRef::default());
        Ok(Self { units: font.units_per_em(), charmap: known.charmap(), metrics, font })
    }

    /// Whether the typeface has every character of `text`.
    pub(super) fn has_all(&self, text: &str) -> bool {
        text.chars().all(|character| self.charmap.map(character).is_some())
    }

    fn glyph(&self, character: char) -> (skrifa::GlyphId, f32) {
        let found = self.charmap.map(character).or_else(|| self.charmap.map(MISSING)).unwrap_or_default();
        (found, self.metrics.advance_width(found).unwrap_or_default() / self.units)
    }

    /// The width of `text` at the font size `size`, in points.
    pub(super) fn width(&self, text: &str, size: f32) -> f32 {
        text.chars().map(|character| self.glyph(character).1).sum::<f32>() * size
    }

    /// The glyphs of `text`, from left to right.
    pub(super) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let glyphs = text.char_indices().map(|(start, character)| {
            let (glyph, advance) = self.glyph(character);
            let range = start..start + character.len_utf8();
            KrillaGlyph::new(GlyphId::new(glyph.to_u32()), advance, 0.0, 0.0, 0.0, range, None)
        });
        glyphs.collect()
    }

    /// `text` broken into lines of at most `width`, between words, or within a word that is longer than a line.
    pub(super) fn lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let (mut line, mut used) = (String::new(), 0.0);
        for word in text.split_whitespace() {
            let (space, own) = (self.width(" ", size), self.width(word, size));
            if !line.is_empty() && used + space + own > width {
                lines.push(std::mem::take(&mut line));
                used = 0.0;
            }
            if !line.is_empty() {
                line.push(' ');
                used += space;
            }
            for character in word.chars() {
                let advance = self.glyph(character).1 * size;
                if !line.is_empty() && used + advance > width {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                line.push(character);
                used += advance;
            }
        }
        if !line.is_empty() || lines.is_empty() {
            lines.push(line);
        }
        lines
    }
}

/// Text as it is drawn: composed to single glyphs, without invisible characters.
pub(super) fn composed(text: &str) -> String {
    let plain = text
        .nfc()
        .filter(|character| !matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe0f}'));
    plain.map(|character| if character.is_control() { ' ' } else { character }).collect()
}
