//! How fast errors fall, and where they are.

use std::error::Error;
use std::path::Path;

use ndarray::{Array1, Array2};
use plotters::chart::SeriesLabelPosition::LowerLeft;
use plotters::prelude::*;

use super::lines::{Drawn, Panel};
use super::map::{PANEL, map};
use super::{FONT, GRID, INK, PictureError, axes};
use crate::poisson::Row;

const COLORS: [RGBColor; 4] =
    [RGBColor(31, 106, 168), RGBColor(90, 140, 70), RGBColor(196, 60, 48), RGBColor(120, 120, 120)];

/// What the picture shows.
#[derive(Clone, Copy, Debug)]
pub struct Collocation<'a> {
    /// Tables of convergence, and what they are of.
    pub tables: &'a [(String, Vec<Row>)],
    /// Where a solution was fitted.
    pub points: &'a Array2<f64>,
    /// That solution at `cells(n)`.
    pub solution: &'a Array1<f64>,
    /// Its error there.
    pub error: &'a Array1<f64>,
    /// What it solves.
    pub name: &'a str,
}

/// Writes the picture.
///
/// # Errors
///
/// If the file cannot be written.
pub fn draw_poisson(path: &Path, data: &Collocation<'_>) -> Result<(), PictureError> {
    draw(path, data).map_err(|problem| PictureError::new(path, problem))
}

fn draw(path: &Path, data: &Collocation<'_>) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(path, (2 * PANEL.0, 420 + PANEL.1)).into_drawing_area();
    area.fill(&WHITE)?;
    let (above, below) = area.split_vertically(420);
    draw_convergence(&above, data.tables)?;
    let (left, right) = below.split_horizontally(PANEL.0);
    let mut solution =
        map(&left, &format!("{}: the solution, and where it was fitted", data.name), ["x₀", "x₁"], data.solution)?;
    solution
        .draw_series(data.points.rows().into_iter().map(|x| Circle::new((x[0], x[1]), 2, WHITE.mix(0.7).filled())))?;
    map(&right, &format!("{}: its error", data.name), ["x₀", "x₁"], data.error)?;
    area.present()?;
    Ok(())
}

fn draw_convergence(panel: &Panel<'_>, tables: &[(String, Vec<Row>)]) -> Drawn {
    let rows = || tables.iter().flat_map(|(_, rows)| rows);
    let errors = rows().fold(f64::INFINITY..0.0, |range, row| range.start.min(row.error)..range.end.max(row.error));
    let ms = rows().fold(f64::INFINITY..0.0, |range, row| range.start.min(row.m as f64)..range.end.max(row.m as f64));
    let mut plane = ChartBuilder::on(panel)
        .caption(
            "max |error| with f at m × m points inside and u = 0 at 4m of the boundary",
            (FONT, 17).into_font().color(&INK),
        )
        .margin(10)
        .margin_right(24)
        .x_label_area_size(42)
        .y_label_area_size(70)
        .build_cartesian_2d(
            (0.9 * ms.start..1.1 * ms.end).log_scale().base(2.0),
            (errors.start / 3.0..errors.end * 3.0).log_scale(),
        )?;
    axes(&mut plane, 14)
        .x_desc("m")
        .x_labels(8)
        .x_label_formatter(&|m| format!("{m:.0}"))
        .y_labels(10)
        .y_label_formatter(&|error| format!("{error:.0e}"))
        .draw()?;
    for ((name, rows), &color) in tables.iter().zip(COLORS.iter().cycle()) {
        let points = || rows.iter().map(|row| (row.m as f64, row.error));
        plane
            .draw_series(LineSeries::new(points(), color.stroke_width(2)))?
            .label(name)
            .legend(move |(x, y)| PathElement::new(vec![(x, y), (x + 24, y)], color.stroke_width(2)));
        plane.draw_series(points().map(|point| Circle::new(point, 3, color.filled())))?;
    }
    plane
        .configure_series_labels()
        .position(LowerLeft)
        .margin(12)
        .legend_area_size(32)
        .background_style(WHITE)
        .border_style(GRID)
        .label_font((FONT, 14).into_font().color(&INK))
        .draw()?;
    Ok(())
}
