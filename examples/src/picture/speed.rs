//! What an entry costs, against the number of points and of coordinates: a pair of panels for each kernel.

use std::error::Error;
use std::path::Path;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{FONT, INK, PictureError, axes};

const OURS: RGBColor = RGBColor(31, 106, 168);
const PAIRS: RGBColor = RGBColor(196, 120, 40);
const LIMIT: RGBColor = RGBColor(120, 120, 120);

/// Nanoseconds for an entry.
#[derive(Clone, Copy, Debug)]
pub struct Costs {
    /// The number of points, or of coordinates.
    pub at: usize,
    /// In a batch.
    pub batch: f64,
    /// Pair by pair.
    pub pairs: f64,
    /// The least it can cost on this machine.
    pub limit: f64,
}

/// One kernel.
#[derive(Clone, Debug)]
pub struct Sweep {
    /// Its name.
    pub name: String,
    /// By the number of points.
    pub points: Vec<Costs>,
    /// By the number of coordinates.
    pub coordinates: Vec<Costs>,
}

type Panel<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), Box<dyn Error>>;

/// Writes the picture, with `notes` beside its key.
///
/// # Errors
///
/// If the file cannot be written.
pub fn draw_speed(path: &Path, sweeps: &[Sweep], notes: &[String]) -> Result<(), PictureError> {
    draw(path, sweeps, notes).map_err(|problem| PictureError::new(path, problem))
}

const CELL: (u32, u32) = (600, 262);

fn draw(path: &Path, sweeps: &[Sweep], notes: &[String]) -> Drawn {
    let rows = (sweeps.len() + 1).div_ceil(2);
    let height = CELL.1 * u32::try_from(rows)? + 24;
    let area = SVGBackend::new(path, (2 * CELL.0 + 24, height)).into_drawing_area();
    area.fill(&WHITE)?;
    let cells = area.margin(12, 12, 12, 12).split_evenly((rows, 2));
    let y = range(sweeps.iter().flat_map(|sweep| sweep.points.iter().chain(&sweep.coordinates)));
    for (cell, sweep) in cells.iter().zip(sweeps) {
        draw_sweep(cell, sweep, y)?;
    }
    draw_key(&cells[sweeps.len()], notes)?;
    area.present()?;
    Ok(())
}

fn draw_sweep(cell: &Panel<'_>, sweep: &Sweep, y: (f64, f64)) -> Drawn {
    let title = (FONT, 17).into_font().style(FontStyle::Bold).color(&INK);
    cell.draw(&Text::new(sweep.name.as_str(), (52, 14), title))?;
    let (left, right) = cell.split_horizontally(CELL.0 / 2 + 16);
    draw_panel(&left, &sweep.points, "n points, d = 3", y, true)?;
    draw_panel(&right, &sweep.coordinates, "d coordinates, n = 1024", y, false)
}

/// Scales are logarithmic to base 2, drawn as exponents.
fn draw_panel(panel: &Panel<'_>, costs: &[Costs], x_title: &str, (low, high): (f64, f64), first: bool) -> Drawn {
    let (Some(start), Some(end)) = (costs.first(), costs.last()) else {
        return Ok(());
    };
    let mut plane = ChartBuilder::on(panel)
        .margin_top(42)
        .margin_right(14)
        .x_label_area_size(40)
        .y_label_area_size(if first { 50 } else { 34 })
        .build_cartesian_2d(exponent(start)..exponent(end), low..high)?;
    axes(&mut plane, 13)
        .x_labels(6)
        .x_label_formatter(&|v| power(*v))
        .x_desc(x_title)
        .y_labels(6)
        .y_label_formatter(&|v| power(*v))
        .y_desc(if first { "ns per entry" } else { "" })
        .draw()?;
    let line = |of: fn(&Costs) -> f64| costs.iter().map(move |costs| (exponent(costs), of(costs).log2()));
    plane.draw_series(AreaSeries::new(line(|costs| costs.limit), low, LIMIT.mix(0.16)))?;
    plane.draw_series(LineSeries::new(line(|costs| costs.limit), LIMIT.stroke_width(1)))?;
    plane.draw_series(LineSeries::new(line(|costs| costs.pairs), PAIRS.stroke_width(2)))?;
    plane.draw_series(LineSeries::new(line(|costs| costs.batch), OURS.stroke_width(2)))?;
    plane.draw_series(line(|costs| costs.batch).map(|point| Circle::new(point, 3, OURS.filled())))?;
    Ok(())
}

fn draw_key(cell: &Panel<'_>, notes: &[String]) -> Drawn {
    let font = |color: &RGBColor| {
        let anchor = Pos::new(HPos::Left, VPos::Center);
        (FONT, 15).into_font().color(color).pos(anchor)
    };
    let entries = [
        (OURS, "gram::k_ff_into, into memory that is there, one thread"),
        (PAIRS, "the kernel's function, called pair by pair"),
        (LIMIT, "limit: the entry's operations at this machine's rates, or its writing"),
    ];
    let mut y = 48;
    for (i, (color, text)) in entries.into_iter().enumerate() {
        if i == 2 {
            cell.draw(&Rectangle::new([(52, y), (84, y + 9)], color.mix(0.16).filled()))?;
        }
        let width = if i == 2 { 1 } else { 2 };
        cell.draw(&PathElement::new(vec![(52, y), (84, y)], color.stroke_width(width)))?;
        if i == 0 {
            cell.draw(&Circle::new((68, y), 3, color.filled()))?;
        }
        cell.draw(&Text::new(text, (96, y), font(&INK)))?;
        y += 26;
    }
    y += 10;
    for note in notes {
        cell.draw(&Text::new(note.as_str(), (52, y), font(&LIMIT)))?;
        y += 22;
    }
    Ok(())
}

fn exponent(costs: &Costs) -> f64 {
    (costs.at as f64).log2()
}

fn power(exponent: f64) -> String {
    format!("{}", (100.0 * exponent.exp2()).round() / 100.0)
}

/// Exponents with some air.
fn range<'a>(costs: impl Iterator<Item = &'a Costs>) -> (f64, f64) {
    let all = costs.flat_map(|costs| [costs.batch, costs.pairs, costs.limit]).map(f64::log2);
    let (low, high) = all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    (low.floor(), high.ceil())
}
