//! The content of a page, and printing it.

use super::face::{Faces, Weight};
use krilla::{
    Document as Pdf,
    color::rgb,
    geom::{PathBuilder, Point, Rect},
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, Stroke, StrokeDash},
    surface::Surface,
};
use millrace_domain::{Error, Result};

/// A colour: red, green, blue.
pub(super) type Colour = (u8, u8, u8);

pub(super) const BLACK: Colour = (24, 24, 27);
pub(super) const QUIET: Colour = (90, 90, 100);
pub(super) const HAIRLINE: Colour = (218, 218, 224);
pub(super) const HEADER: Colour = (243, 243, 246);

/// A page and its content. Coordinates are in points from the upper left corner.
pub(super) struct Page {
    /// The width.
    pub(super) width: f32,
    /// The height.
    pub(super) height: f32,
    /// The content, from the lowest to the highest layer.
    pub(super) marks: Vec<Mark>,
}

/// An element on a page.
pub(super) enum Mark {
    /// Text that starts at `x` on the baseline `y`.
    Text { x: f32, y: f32, size: f32, weight: Weight, colour: Colour, text: String },
    /// A filled rectangle.
    Box { x: f32, y: f32, width: f32, height: f32, colour: Colour },
    /// A polyline.
    Lines { points: Vec<(f32, f32)>, width: f32, colour: Colour, dashed: bool },
}

/// Appends a page to `pdf`.
///
/// # Errors
/// [`Error::Internal`] for a page without a size.
pub(super) fn print(pdf: &mut Pdf, faces: &Faces, page: &Page) -> Result<()> {
    let settings = PageSettings::from_wh(page.width, page.height);
    let mut printed = pdf.start_page_with(settings.ok_or_else(|| Error::internal("a page has no size"))?);
    let mut surface = printed.surface();
    for mark in &page.marks {
        put(&mut surface, faces, mark);
    }
    surface.finish();
    printed.finish();
    Ok(())
}

fn paint((red, green, blue): Colour) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

fn put(surface: &mut Surface<'_>, faces: &Faces, mark: &Mark) {
    match mark {
        Mark::Text { x, y, size, weight, colour, text } => {
            let face = faces.of(*weight);
            surface.set_stroke(None);
            surface.set_fill(Some(paint(*colour)));
            let glyphs = face.glyphs(text);
            surface.draw_glyphs(Point::from_xy(*x, *y), &glyphs, face.font.clone(), text, *size, false);
        }
        Mark::Box { x, y, width, height, colour } => {
            let mut path = PathBuilder::new();
            if let Some(outline) = Rect::from_xywh(*x, *y, *width, *height) {
                path.push_rect(outline);
            }
            if let Some(path) = path.finish() {
                surface.set_stroke(None);
                surface.set_fill(Some(paint(*colour)));
                surface.draw_path(&path);
            }
        }
        Mark::Lines { points, width, colour, dashed } => {
            let mut path = PathBuilder::new();
            for (index, (x, y)) in points.iter().enumerate() {
                if index == 0 { path.move_to(*x, *y) } else { path.line_to(*x, *y) }
            }
            if let Some(path) = path.finish() {
                let dash = dashed.then(|| StrokeDash { array: vec![4.0, 3.0], offset: 0.0 });
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: paint(*colour).paint,
                    width: *width,
                    dash,
                    ..Stroke::default()
                }));
                surface.draw_path(&path);
            }
        }
    }
}
