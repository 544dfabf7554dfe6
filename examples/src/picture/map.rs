//! A function of the unit square as colours, with a colour bar; and planes of the same size without.

use std::error::Error;
use std::ops::Range;

use ndarray::ArrayRef1;
use plotters::prelude::*;

use super::colors::{blue_red, viridis};
use super::lines::{Drawn, Panel, Plane};
use super::{FONT, INK, axes};

/// How large a panel has to be for its plane to be a square: with a colour bar, or `MAP` wide without.
pub(super) const PANEL: (u32, u32) = (MAP + BAR, 474);
pub(super) const MAP: u32 = 470;
const BAR: u32 = 84;
const TITLE: u32 = 24;
const LABELS: u32 = 42;
/// Below the labels, so that those of two rows are apart.
const BELOW: u32 = 16;

/// The unit square, with the names of its coordinates.
pub(super) fn square<'a, 'b>(
    panel: &Panel<'b>,
    title: &str,
    [x, y]: [&str; 2],
) -> Result<Plane<'a, 'b>, Box<dyn Error>> {
    let (map, _) = panel.split_horizontally(MAP);
    let mut plane = ChartBuilder::on(&map)
        .margin_right(10)
        .margin_bottom(BELOW)
        .caption(title, (FONT, 17).into_font().color(&INK))
        .x_label_area_size(LABELS)
        .y_label_area_size(52)
        .build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
    axes(&mut plane, 14)
        .disable_mesh()
        .x_desc(x)
        .y_desc(y)
        .x_labels(6)
        .y_labels(6)
        .x_label_formatter(&|v| format!("{v:.1}"))
        .y_label_formatter(&|v| format!("{v:.1}"))
        .draw()?;
    Ok(plane)
}

/// The middles of n × n cells in colours, as `sampling::cells` has them in order: blue to red if values have both
/// signs.
pub(super) fn map<'a, 'b>(
    panel: &Panel<'b>,
    title: &str,
    names: [&str; 2],
    values: &ArrayRef1<f64>,
) -> Result<Plane<'a, 'b>, Box<dyn Error>> {
    let n = values.len().isqrt();
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let both_signs = low < -0.1 * high;
    let largest = high.max(-low);
    let (range, color): (_, fn(f64) -> RGBColor) =
        if both_signs { (-largest..largest, blue_red) } else { (low..high, viridis) };
    let part = |value: f64| (value - range.start) / (range.end - range.start).max(f64::MIN_POSITIVE);

    let mut plane = square(panel, title, names)?;
    plane.draw_series(values.iter().enumerate().map(|(point, &value)| {
        let edge = |i: usize| i as f64 / n as f64;
        let (i, j) = (point / n, point % n);
        Rectangle::new([(edge(j), edge(i)), (edge(j + 1), edge(i + 1))], color(part(value)).filled())
    }))?;
    bar(panel, &range, color)?;
    Ok(plane)
}

fn bar(panel: &Panel<'_>, range: &Range<f64>, color: fn(f64) -> RGBColor) -> Drawn {
    let (_, bar) = panel.split_horizontally(MAP);
    let mut scale = ChartBuilder::on(&bar)
        .margin_top(TITLE)
        .margin_bottom(LABELS + BELOW)
        .margin_right(12)
        .right_y_label_area_size(56)
        .build_cartesian_2d(0.0..1.0, 0.0..1.0)?
        .set_secondary_coord(0.0..1.0, range.clone());
    let steps = 128;
    scale.draw_series((0..steps).map(|step| {
        let [from, to] = [step, step + 1].map(|s| f64::from(s) / f64::from(steps));
        Rectangle::new([(0.0, from), (1.0, to)], color(from).filled())
    }))?;
    let size = range.start.abs().max(range.end.abs());
    scale
        .configure_secondary_axes()
        .set_all_tick_mark_size(3)
        .axis_style(INK)
        .label_style((FONT, 14).into_font().color(&INK))
        .y_labels(6)
        .y_label_formatter(&|&v| label(v, size))
        .draw()?;
    Ok(())
}

/// A number of a scale whose numbers are at most `size`, with two digits or so.
fn label(value: f64, size: f64) -> String {
    // Scales step over 0 by rounding.
    let value = if value.abs() < 1e-9 * size { 0.0 } else { value };
    match size {
        0.5.. => format!("{value:.1}"),
        5e-3.. => format!("{value:.3}"),
        _ if value == 0.0 => String::from("0"),
        _ => format!("{value:.0e}"),
    }
}
