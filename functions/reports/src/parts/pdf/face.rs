//! The typeface: which characters it has, and how wide they are.

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

/// What stands for a character that the typeface lacks.
const MISSING: char = '□';

/// A weight of the typeface.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// For text.
    Regular,
    /// For what heads it.
    Strong,
}

/// Both weights.
pub(super) struct Faces {
    regular: Face,
    strong: Face,
}

impl Faces {
    /// Takes up the typeface that is built in.
    ///
    /// # Errors
    /// None that a caller can cause: the files are part of the program.
    pub(super) fn load() -> Result<Self> {
        Ok(Self { regular: Face::load(REGULAR)?, strong: Face::load(STRONG)? })
    }

    /// One of them.
    pub(super) const fn of(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Strong => &self.strong,
        }
    }
}

/// One weight.
pub(super) struct Face {
    /// The weight as a page embeds it.
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

    /// Whether every character of `text` can be shown.
    pub(super) fn has_all(&self, text: &str) -> bool {
        text.chars().all(|character| self.charmap.map(character).is_some())
    }

    fn glyph(&self, character: char) -> (skrifa::GlyphId, f32) {
        let found = self.charmap.map(character).or_else(|| self.charmap.map(MISSING)).unwrap_or_default();
        (found, self.metrics.advance_width(found).unwrap_or_default() / self.units)
    }

    /// How wide `text` is at the size `size`.
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

    /// `text` in lines of at most `width`, broken between words, and inside of one that is too long for a line.
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

/// Text as it is drawn: composed, so that an accent needs no placing, and without what has no shape.
pub(super) fn composed(text: &str) -> String {
    let plain = text
        .nfc()
        .filter(|character| !matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe0f}'));
    plain.map(|character| if character.is_control() { ' ' } else { character }).collect()
}
