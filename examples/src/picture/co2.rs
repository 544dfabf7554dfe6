//! The record, the growth of its trend, and the rate of change of the whole signal.

use std::error::Error;
use std::ops::Range;
use std::path::Path;

use plotters::chart::SeriesLabelPosition::UpperLeft;
use plotters::prelude::*;

use super::lines::{Drawn, Panel, Plane, band, legend, line};
use super::{FONT, INK, PictureError, axes};
use crate::growth::{Grid, Rate};
use crate::regression::{Estimate, Posterior};
use crate::weekly::Weekly;

const DATA: RGBColor = RGBColor(150, 150, 150);
const SIGNAL: RGBColor = RGBColor(31, 106, 168);
const TREND: RGBColor = RGBColor(196, 60, 48);

/// What the picture shows.
#[derive(Clone, Copy, Debug)]
pub struct Co2<'a> {
    /// The measurements.
    pub weekly: &'a Weekly,
    /// What was taken off the measurements before conditioning.
    pub offset: f64,
    /// The times of the posteriors.
    pub grid: &'a Grid,
    /// The whole signal.
    pub signal: &'a Posterior,
    /// The trend alone.
    pub trend: &'a Posterior,
    /// The derivative of the whole signal.
    pub signal_rate: &'a Posterior,
    /// The derivative of the trend alone.
    pub trend_rate: &'a Posterior,
    /// Averages over years.
    pub yearly: &'a [Rate],
}

/// Writes the picture.
///
/// # Errors
///
/// If the file cannot be written.
pub fn draw_co2(path: &Path, data: &Co2<'_>) -> Result<(), PictureError> {
    draw(path, data).map_err(|problem| PictureError::new(path, problem))
}

fn draw(path: &Path, data: &Co2<'_>) -> Drawn {
    let area = SVGBackend::new(path, (1000, 1150)).into_drawing_area();
    area.fill(&WHITE)?;
    let panels = area.margin(6, 6, 6, 18).split_evenly((3, 1));
    draw_record(&panels[0], data)?;
    draw_growth(&panels[1], data)?;
    draw_rate(&panels[2], data)?;
    area.present()?;
    Ok(())
}

fn draw_record(panel: &Panel<'_>, data: &Co2<'_>) -> Drawn {
    let Co2 { weekly, offset, .. } = *data;
    let shown = data.within(weekly.span());
    let y = range_of(weekly.values.iter().copied());
    let title = "CO₂ at Mauna Loa, weekly";
    let mut plane = plane(panel, title, "ppm", years(weekly.span()), y)?;

    let points = weekly.times.iter().zip(&weekly.values);
    plane
        .draw_series(points.map(|(&t, &v)| Circle::new((t, v), 1, DATA.filled())))?
        .label("measured")
        .legend(|(x, y)| Circle::new((x + 10, y), 2, DATA.filled()));
    let signal: Vec<_> = shown.clone().map(|i| (data.grid.times[i], shifted(data.signal.at(i), offset))).collect();
    band(&mut plane, &signal, SIGNAL, 1, "whole signal, 95 %")?;
    // Without its band: the level of the trend alone is uncertain by the season's own mean, which would hide all else.
    let trend = shown.map(|i| (data.grid.times[i], data.trend.mean[i] + offset));
    line(&mut plane, trend, TREND, 2, "trend alone, mean")?;
    legend(&mut plane, UpperLeft)
}

fn draw_growth(panel: &Panel<'_>, data: &Co2<'_>) -> Drawn {
    let weekly = data.weekly;
    let ends = data.yearly.iter().flat_map(|rate| <[f64; 2]>::from(rate.signal.band()));
    let y = range_of(ends.chain([0.0]));
    let title = "Growth: f′ of the trend, and averages over each year";
    let mut plane = plane(panel, title, "ppm per year", years(weekly.span()), y)?;

    let middle = |rate: &Rate| f64::from(rate.years.start) + 0.5;
    plane.draw_series(data.yearly.iter().map(|rate| {
        let (low, high) = rate.signal.band();
        PathElement::new(vec![(middle(rate), low), (middle(rate), high)], SIGNAL.mix(0.45))
    }))?;
    plane
        .draw_series(data.yearly.iter().map(|rate| Circle::new((middle(rate), rate.signal.mean), 3, SIGNAL.filled())))?
        .label("whole signal, average of f′ over the year, 95 %")
        .legend(|(x, y)| Circle::new((x + 10, y), 3, SIGNAL.filled()));
    let means = data.yearly.iter().filter_map(|rate| Some((middle(rate), rate.from_means?)));
    plane
        .draw_series(means.map(|point| Cross::new(point, 4, INK.stroke_width(1))))?
        .label("differences of yearly means")
        .legend(|(x, y)| Cross::new((x + 10, y), 4, INK.stroke_width(1)));
    let trend: Vec<_> = data.within(weekly.span()).map(|i| (data.grid.times[i], data.trend_rate.at(i))).collect();
    band(&mut plane, &trend, TREND, 2, "trend alone, f′, 95 %")?;
    legend(&mut plane, UpperLeft)
}

/// The season is ten times steeper than the trend, so this panel has a scale of its own and shows the last years only.
fn draw_rate(panel: &Panel<'_>, data: &Co2<'_>) -> Drawn {
    let (first, last) = data.weekly.span();
    let span = ((last - 5.0).floor().max(first), last);
    let shown = data.within(span);
    let signal: Vec<_> = shown.clone().map(|i| (data.grid.times[i], data.signal_rate.at(i))).collect();
    let trend: Vec<_> = shown.map(|i| (data.grid.times[i], data.trend_rate.at(i))).collect();
    let y = range_of(signal.iter().flat_map(|(_, rate)| <[f64; 2]>::from(rate.band())));
    let y = y.start..y.end + 0.25 * (y.end - y.start); // room for the legend
    let title = "Rate of change f′ of the whole signal, last years";
    let mut plane = plane(panel, title, "ppm per year", years(span), y)?;
    band(&mut plane, &signal, SIGNAL, 2, "whole signal, f′, 95 %")?;
    band(&mut plane, &trend, TREND, 2, "trend alone, f′, 95 %")?;
    legend(&mut plane, UpperLeft)
}

impl Co2<'_> {
    /// The indices of the grid's times inside a span.
    fn within(&self, (first, last): (f64, f64)) -> Range<usize> {
        let before = |limit: f64| self.grid.times.iter().take_while(|&&t| t < limit).count();
        before(first)..before(last)
    }
}

fn plane<'a, 'b>(
    panel: &'a Panel<'b>,
    title: &str,
    unit: &str,
    x: Range<f64>,
    y: Range<f64>,
) -> Result<Plane<'a, 'b>, Box<dyn Error>> {
    let mut plane = ChartBuilder::on(panel)
        .caption(title, (FONT, 19).into_font().color(&INK))
        .margin(8)
        .x_label_area_size(28)
        .y_label_area_size(58)
        .build_cartesian_2d(x, y)?;
    axes(&mut plane, 14)
        .disable_x_mesh()
        .x_labels(10)
        .x_label_formatter(&|year| hundredths(*year))
        .y_labels(7)
        .y_label_formatter(&|v| hundredths(*v))
        .y_desc(unit)
        .draw()?;
    Ok(plane)
}

fn shifted(estimate: Estimate, offset: f64) -> Estimate {
    Estimate { mean: estimate.mean + offset, ..estimate }
}

fn years((first, last): (f64, f64)) -> Range<f64> {
    first.floor()..last.ceil()
}

/// From the least to the largest value, with some air.
fn range_of(values: impl Iterator<Item = f64>) -> Range<f64> {
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    let air = (0.06 * (high - low)).max(1e-3);
    low - air..high + air
}

/// A label: no more digits than it needs.
fn hundredths(value: f64) -> String {
    format!("{}", (value * 100.0).round() / 100.0)
}
