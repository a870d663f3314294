//! Drawing of line charts.

use super::{
    face::Weight,
    ink::{BLACK, Colour, HAIRLINE, Mark, QUIET},
    sheet::{MARGIN, Sheets},
};
use crate::parts::document::Chart;

const HEIGHT: f32 = 150.0;
/// The width of the axis labels.
const SCALE: f32 = 30.0;
const SIZE: f32 = 8.0;
/// The maximum number of steps on the scale.
const PARTS: u32 = 5;

/// The colours of the lines, in order. They differ in lightness too.
const COLOURS: [Colour; 4] = [(37, 99, 235), (234, 120, 20), (22, 130, 76), (120, 113, 132)];

/// The position of a day's value on the page.
struct Plane {
    left: f32,
    top: f32,
    width: f32,
    most: f64,
    days: usize,
}

impl Plane {
    fn x(&self, day: usize) -> f32 {
        self.left + self.width * day as f32 / self.days.saturating_sub(1).max(1) as f32
    }
    fn y(&self, value: f64) -> f32 {
        self.top + HEIGHT - HEIGHT * (value / self.most) as f32
    }
}

/// Draws a chart with its title, scale, first, middle and last day, and legend.
pub(super) fn draw(sheets: &mut Sheets<'_>, chart: &Chart) {
    if !sheets.fits(HEIGHT + 70.0) {
        sheets.turn();
    }
    sheets.text((MARGIN, sheets.y + 11.0), 10.5, Weight::Strong, BLACK, chart.title);
    let known = chart.lines.iter().flat_map(|line| line.values.iter().flatten().copied());
    let (step, parts) = scale(known.fold(0.0, f64::max));
    let plane = Plane {
        left: MARGIN + SCALE,
        top: sheets.y + 24.0,
        width: sheets.usable_width() - SCALE,
        most: step * f64::from(parts),
        days: chart.days.len(),
    };
    draw_scale(sheets, &plane, step, parts);
    draw_days(sheets, &plane, chart);
    for (line, colour) in chart.lines.iter().zip(COLOURS.iter().cycle()) {
        let points = line.values.iter().enumerate().filter_map(|(day, value)| Some((plane.x(day), plane.y((*value)?))));
        let points: Vec<(f32, f32)> = points.collect();
        // One day alone is a point: a line as short as it is wide shows it.
        let points = if let [(x, y)] = points[..] { vec![(x - 1.0, y), (x + 1.0, y)] } else { points };
        sheets.put(Mark::Lines { points, width: 1.6, colour: *colour, dashed: line.dashed });
    }
    sheets.y = plane.top + HEIGHT + 22.0;
    draw_legend(sheets, chart);
    sheets.y += 22.0;
}

/// A scale of at most [`PARTS`] round steps that covers `most`: the step size and the number of steps.
fn scale(most: f64) -> (f64, u32) {
    let rough = (most / f64::from(PARTS)).max(1.0);
    let power = 10f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|part| part * power).find(|step| *step >= rough);
    let step = step.unwrap_or(rough);
    (step, ((most / step).ceil() as u32).max(1))
}

fn draw_scale(sheets: &mut Sheets<'_>, plane: &Plane, step: f64, parts: u32) {
    for part in 0..=parts {
        let value = step * f64::from(part);
        let y = plane.y(value);
        let points = vec![(plane.left, y), (plane.left + plane.width, y)];
        sheets.put(Mark::Lines { points, width: 0.5, colour: HAIRLINE, dashed: false });
        let text = format!("{value:.0}");
        let x = plane.left - 6.0 - sheets.faces.of(Weight::Regular).width(&text, SIZE);
        sheets.text((x, y + 3.0), SIZE, Weight::Regular, QUIET, &text);
    }
}

fn draw_days(sheets: &mut Sheets<'_>, plane: &Plane, chart: &Chart) {
    let last = chart.days.len().saturating_sub(1);
    let mut named = vec![0, last / 2, last];
    named.dedup();
    for place in named {
        let Some(day) = chart.days.get(place) else { continue };
        let text = day.to_string();
        let width = sheets.faces.of(Weight::Regular).width(&text, SIZE);
        let x = (plane.x(place) - width / 2.0).clamp(plane.left, plane.left + plane.width - width);
        sheets.text((x, plane.top + HEIGHT + 13.0), SIZE, Weight::Regular, QUIET, &text);
    }
}

fn draw_legend(sheets: &mut Sheets<'_>, chart: &Chart) {
    let (mut x, y) = (MARGIN + SCALE, sheets.y + 8.0);
    for (line, colour) in chart.lines.iter().zip(COLOURS.iter().cycle()) {
        let points = vec![(x, y - 3.0), (x + 16.0, y - 3.0)];
        sheets.put(Mark::Lines { points, width: 1.6, colour: *colour, dashed: line.dashed });
        sheets.text((x + 21.0, y), SIZE, Weight::Regular, BLACK, line.name);
        x += 36.0 + sheets.faces.of(Weight::Regular).width(line.name, SIZE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_scale_has_round_steps() {
        assert_eq!(scale(0.0), (1.0, 1));
        assert_eq!(scale(5.0), (1.0, 5));
        assert_eq!(scale(21.0), (5.0, 5));
        assert_eq!(scale(140.0), (50.0, 3));
    }

    proptest! {
        #[test]
        fn a_scale_covers_the_largest_value(most in 0.0f64..1_000_000.0) {
            let (step, parts) = scale(most);
            prop_assert!(step * f64::from(parts) >= most && parts <= PARTS);
        }
    }
}
