//! A matrix as colours, row 0 at the top.

use std::error::Error;
use std::path::Path;

use ndarray::Array2;
use plotters::prelude::*;

use super::colors::viridis as color;
use super::{FONT, INK, PictureError};

/// Writes `matrix` as a picture with a colour bar.
///
/// # Errors
///
/// If the file cannot be written.
pub fn draw_heat_map(path: &Path, title: &str, matrix: &Array2<f64>) -> Result<(), PictureError> {
    draw(path, title, matrix).map_err(|problem| PictureError::new(path, problem))
}

fn draw(path: &Path, title: &str, matrix: &Array2<f64>) -> Result<(), Box<dyn Error>> {
    let (rows, columns) = matrix.dim();
    let low = matrix.iter().copied().fold(f64::INFINITY, f64::min);
    let high = matrix.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let part = |value: f64| {
        if high > low { (value - low) / (high - low) } else { 0.5 }
    };

    let area = SVGBackend::new(path, (640, 560)).into_drawing_area();
    area.fill(&WHITE)?;
    let (map, bar) = area.split_horizontally(530);

    let mut plane = ChartBuilder::on(&map)
        .caption(title, (FONT, 19).into_font().color(&INK))
        .margin(12)
        .x_label_area_size(34)
        .y_label_area_size(44)
        .build_cartesian_2d(0.0..columns as f64, rows as f64..0.0)?;
    let cell = |i: usize, j: usize, color: RGBColor| {
        let (x, y) = (j as f64, i as f64);
        Rectangle::new([(x, y), (x + 1.0, y + 1.0)], color.filled())
    };
    plane.plotting_area().fill(&color(0.0))?;
    let cells = matrix.indexed_iter().map(|((i, j), &value)| (i, j, color(part(value))));
    plane.draw_series(cells.filter(|cell| cell.2 != color(0.0)).map(|(i, j, color)| cell(i, j, color)))?;
    plane
        .configure_mesh()
        .disable_mesh()
        .axis_style(INK)
        .label_style((FONT, 14).into_font().color(&INK))
        .x_desc("j")
        .y_desc("i")
        .x_label_formatter(&|v| format!("{v:.0}"))
        .y_label_formatter(&|v| format!("{v:.0}"))
        .draw()?;

    let mut scale = ChartBuilder::on(&bar)
        .margin_top(37)
        .margin_bottom(46)
        .margin_right(12)
        .y_label_area_size(48)
        // A little lower than `low`, or a least value of 1e-174 would leave 0 without its label.
        .build_cartesian_2d(0.0..1.0, low - 1e-9 * (high - low)..high)?;
    let steps = 128;
    scale.draw_series((0..steps).map(|step| {
        let [from, to] = [step, step + 1].map(|s| f64::from(s) / f64::from(steps));
        let [y0, y1] = [from, to].map(|p| low + p * (high - low));
        Rectangle::new([(0.0, y0), (1.0, y1)], color(from).filled())
    }))?;
    scale
        .configure_mesh()
        .disable_mesh()
        .disable_x_axis()
        .axis_style(INK)
        .label_style((FONT, 14).into_font().color(&INK))
        .y_labels(6)
        .y_label_formatter(&|v| format!("{v:.1}"))
        .draw()?;
    area.present()?;
    Ok(())
}
