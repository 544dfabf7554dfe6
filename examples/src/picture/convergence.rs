//! How residuals fall, iteration by iteration.

use std::error::Error;
use std::path::Path;

use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{FONT, GRID, INK, PictureError, axes};

const COLORS: [RGBColor; 3] = [RGBColor(31, 106, 168), RGBColor(196, 120, 40), RGBColor(90, 140, 70)];

/// One run.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// What is said beside the end of its line.
    pub name: &'a str,
    /// Relative residuals: at the start, then after each iteration.
    pub residuals: &'a [f64],
}

/// Writes the picture: residuals on a logarithmic scale against iterations, and the tolerance.
///
/// # Errors
///
/// If the file cannot be written.
pub fn draw_convergence(path: &Path, title: &str, runs: &[Run<'_>], tolerance: f64) -> Result<(), PictureError> {
    draw(path, title, runs, tolerance).map_err(|problem| PictureError::new(path, problem))
}

fn draw(path: &Path, title: &str, runs: &[Run<'_>], tolerance: f64) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(path, (900, 460)).into_drawing_area();
    area.fill(&WHITE)?;
    let longest = runs.iter().map(|run| run.residuals.len()).max().unwrap_or(1);
    let most = runs.iter().flat_map(|run| run.residuals).copied().fold(1.0, f64::max);
    let (low, high) = (tolerance / 4.0, most * 3.0);
    let mut plane = ChartBuilder::on(&area)
        .caption(title, (FONT, 18).into_font().color(&INK))
        .margin(16)
        .x_label_area_size(44)
        .y_label_area_size(72)
        .build_cartesian_2d(0.0..1.02 * longest as f64, (low..high).log_scale())?;
    axes(&mut plane, 14)
        .x_desc("iterations: one product with the matrix each")
        .x_label_formatter(&|v| format!("{v:.0}"))
        .y_desc("‖b − (K + noise) x‖ / ‖b‖")
        .y_labels(10)
        .y_label_formatter(&|v| format!("{v:.0e}"))
        .draw()?;
    plane.draw_series(LineSeries::new([(0.0, tolerance), (1.02 * longest as f64, tolerance)], INK.stroke_width(1)))?;
    let text = |color: &RGBColor, place| (FONT, 15).into_font().color(color).pos(place);
    let below = Pos::new(HPos::Left, VPos::Top);
    plane.draw_series([Text::new("tolerance", (0.01 * longest as f64, tolerance * 0.85), text(&INK, below))])?;
    for (run, color) in runs.iter().zip(COLORS.iter().cycle()) {
        let points = run.residuals.iter().enumerate().map(|(i, &residual)| (i as f64, residual.max(low)));
        plane
            .draw_series(LineSeries::new(points, color.stroke_width(2)))?
            .label(run.name)
            .legend(|(x, y)| PathElement::new(vec![(x, y), (x + 26, y)], color.stroke_width(2)));
    }
    plane
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .label_font((FONT, 15).into_font().color(&INK))
        .legend_area_size(34)
        .background_style(WHITE)
        .border_style(GRID)
        .draw()?;
    area.present()?;
    Ok(())
}
