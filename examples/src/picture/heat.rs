//! Temperatures of a rod, and what they say of α.

use std::error::Error;
use std::path::Path;

use ndarray::{Array1, Array2};
use plotters::chart::SeriesLabelPosition::{UpperLeft, UpperRight};
use plotters::prelude::*;

use super::lines::{Drawn, Panel, band, legend, line};
use super::map::{MAP, PANEL, map};
use super::{FONT, INK, PictureError, axes};
use crate::regression::Estimate;

const MEAN: RGBColor = RGBColor(31, 106, 168);
/// Later is lighter.
const TIMES: [RGBColor; 3] = [RGBColor(16, 60, 110), RGBColor(60, 130, 190), RGBColor(120, 175, 215)];
const TRUTH: RGBColor = RGBColor(196, 60, 48);

/// What the picture shows.
#[derive(Clone, Copy, Debug)]
pub struct Temperatures<'a> {
    /// Where and when temperatures were measured, rows (t, x).
    pub measured: &'a Array2<f64>,
    /// Mean at `cells(n)`.
    pub mean: &'a Array1<f64>,
    /// Standard deviation at `cells(n)`.
    pub deviation: &'a Array1<f64>,
    /// Along the rod at some times, with the truth.
    pub along: &'a [(f64, Vec<Along>)],
    /// ln α.
    pub log_alpha: Estimate,
    /// The likelihood of some α, the rest at its maximum, in parts of its maximum.
    pub likelihood: &'a [(f64, f64)],
    /// The α that was used to make the measurements.
    pub alpha: f64,
}

/// The temperature at a place.
#[derive(Clone, Copy, Debug)]
pub struct Along {
    /// Where.
    pub x: f64,
    /// What was estimated.
    pub estimate: Estimate,
    /// What it is.
    pub truth: f64,
}

/// Writes the picture.
///
/// # Errors
///
/// If the file cannot be written.
pub fn draw_heat(path: &Path, data: &Temperatures<'_>) -> Result<(), PictureError> {
    draw(path, data).map_err(|problem| PictureError::new(path, problem))
}

fn draw(path: &Path, data: &Temperatures<'_>) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(path, (2 * PANEL.0, 2 * PANEL.1 + 8)).into_drawing_area();
    area.fill(&WHITE)?;
    let panels = area.margin(8, 0, 0, 0).split_by_breakpoints([PANEL.0], [PANEL.1]);
    let names = ["t", "x"];
    map(&panels[0], "Temperature, mean", names, data.mean)?;
    let mut plane = map(&panels[1], "Its standard deviation, and where it was measured", names, data.deviation)?;
    plane.draw_series(data.measured.rows().into_iter().map(|p| Circle::new((p[0], p[1]), 2, WHITE.filled())))?;
    draw_along(&panels[2].split_horizontally(MAP).0, data)?;
    draw_alpha(&panels[3].split_horizontally(MAP).0, data)?;
    area.present()?;
    Ok(())
}

fn draw_along(panel: &Panel<'_>, data: &Temperatures<'_>) -> Drawn {
    let ends = || data.along.iter().flat_map(|(_, along)| along).map(|at| at.estimate.band());
    let low = ends().fold(f64::INFINITY, |low, band| low.min(band.0));
    let high = ends().fold(f64::NEG_INFINITY, |high, band| high.max(band.1));
    let mut plane = ChartBuilder::on(panel)
        .caption("Along the rod, 95 %", (FONT, 17).into_font().color(&INK))
        .margin_right(10)
        .margin_bottom(16)
        .x_label_area_size(42)
        .y_label_area_size(52)
        .build_cartesian_2d(0.0..1.0, low - 0.05..high + 0.25)?;
    axes(&mut plane, 14).disable_x_mesh().x_desc("x").x_labels(6).y_desc("u").y_labels(6).draw()?;
    for ((t, along), &color) in data.along.iter().zip(TIMES.iter().cycle()) {
        let points: Vec<_> = along.iter().map(|at| (at.x, at.estimate)).collect();
        band(&mut plane, &points, color, 2, &format!("t = {t}"))?;
    }
    for (i, (_, along)) in data.along.iter().enumerate() {
        let points = along.iter().map(|at| (at.x, at.truth));
        let series = plane.draw_series(DashedLineSeries::new(points, 4, 5, TRUTH.stroke_width(1)))?;
        if i == 0 {
            series.label("truth").legend(|(x, y)| PathElement::new(vec![(x, y), (x + 20, y)], TRUTH.stroke_width(1)));
        }
    }
    legend(&mut plane, UpperRight)
}

fn draw_alpha(panel: &Panel<'_>, data: &Temperatures<'_>) -> Drawn {
    let Estimate { mean, deviation } = data.log_alpha;
    let at = |part: f64| (mean + part * deviation).exp();
    let mut plane = ChartBuilder::on(panel)
        .caption("α: likelihood, and its normal approximation", (FONT, 17).into_font().color(&INK))
        .margin_right(10)
        .margin_bottom(16)
        .x_label_area_size(42)
        .y_label_area_size(52)
        .build_cartesian_2d(at(-4.0)..at(4.0), 0.0..1.35)?;
    axes(&mut plane, 14)
        .disable_x_mesh()
        .x_desc("α")
        .x_labels(6)
        .x_label_formatter(&|alpha| format!("{alpha:.3}"))
        .y_labels(6)
        .y_label_formatter(&|v| format!("{v:.1}"))
        .draw()?;
    let normal = |part: f64| (at(part), (-0.5 * part * part).exp());
    let parts = |limit: f64| (-50..=50).map(move |i| limit * f64::from(i) / 50.0);
    let (low, high) = (1.959_964, [(at(1.959_964), 0.0), (at(-1.959_964), 0.0)]);
    plane.draw_series([Polygon::new(parts(low).map(normal).chain(high).collect::<Vec<_>>(), MEAN.mix(0.22))])?;
    line(&mut plane, parts(4.0).map(normal), MEAN, 2, "normal, 95 % filled")?;
    line(&mut plane, data.likelihood.iter().copied(), INK, 1, "likelihood, the kernel kept")?;
    line(&mut plane, [(data.alpha, 0.0), (data.alpha, 1.0)].into_iter(), TRUTH, 2, "truth")?;
    legend(&mut plane, UpperLeft)
}
