//! A flow, what was measured of it, what was recovered, and where that has sources.

use std::path::Path;

use ndarray::{Array1, Array2};
use plotters::prelude::*;

use super::lines::{Drawn, Plane};
use super::map::{MAP, PANEL, map, square};
use super::{INK, PictureError};

const TRUTH: RGBColor = RGBColor(190, 190, 190);
const CURL: RGBColor = RGBColor(31, 106, 168);
const COMPONENTS: RGBColor = RGBColor(196, 60, 48);

/// What the picture shows, all in the unit square.
#[derive(Clone, Copy, Debug)]
pub struct Flows<'a> {
    /// Where it was measured, and what.
    pub measured: (&'a Array2<f64>, &'a Array2<f64>),
    /// Where arrows stand.
    pub points: &'a Array2<f64>,
    /// The flow itself at these points.
    pub truth: &'a Array2<f64>,
    /// What was recovered there as the curl of a potential.
    pub as_curl: &'a Array2<f64>,
    /// What was recovered there component by component.
    pub by_components: &'a Array2<f64>,
    /// The divergence of the latter at `cells(n)`.
    pub divergences: &'a Array1<f64>,
}

/// Writes the picture.
///
/// # Errors
///
/// If the file cannot be written.
pub fn draw_flow(path: &Path, flows: &Flows<'_>) -> Result<(), PictureError> {
    draw(path, flows).map_err(|problem| PictureError::new(path, problem))
}

fn draw(path: &Path, flows: &Flows<'_>) -> Drawn {
    let area = SVGBackend::new(path, (MAP + PANEL.0, 2 * PANEL.1 + 8)).into_drawing_area();
    area.fill(&WHITE)?;
    let panels = area.margin(8, 0, 0, 0).split_by_breakpoints([MAP], [PANEL.1]);
    let names = ["x₀", "x₁"];
    let grey = (flows.points, flows.truth, TRUTH);
    for (panel, title, drawn) in [
        (&panels[0], "The flow, grey, and what was measured", [grey, (flows.measured.0, flows.measured.1, INK)]),
        (&panels[1], "As the curl of a potential", [grey, (flows.points, flows.as_curl, CURL)]),
        (&panels[2], "Component by component", [grey, (flows.points, flows.by_components, COMPONENTS)]),
    ] {
        let mut plane = square(panel, title, names)?;
        for (points, velocities, color) in drawn {
            arrows(&mut plane, points, velocities, flows.longest(), color)?;
        }
    }
    map(&panels[3], "Component by component: the divergence", names, flows.divergences)?;
    area.present()?;
    Ok(())
}

impl Flows<'_> {
    /// The length of the longest true arrow.
    fn longest(&self) -> f64 {
        self.truth.rows().into_iter().map(|v| v.dot(&v).sqrt()).fold(0.0, f64::max)
    }
}

/// Arrows, of which one that is as long as `longest` takes a tenth of the square.
fn arrows(
    plane: &mut Plane<'_, '_>,
    points: &Array2<f64>,
    velocities: &Array2<f64>,
    longest: f64,
    color: RGBColor,
) -> Drawn {
    let scale = 0.1 / longest;
    for (x, v) in points.rows().into_iter().zip(velocities.rows()) {
        let (from, step) = ((x[0], x[1]), (scale * v[0], scale * v[1]));
        let along =
            |part: f64, aside: f64| (from.0 + part * step.0 - aside * step.1, from.1 + part * step.1 + aside * step.0);
        plane.draw_series([Circle::new(from, 1, color.filled())])?;
        plane.draw_series([PathElement::new(vec![from, along(0.8, 0.0)], color.stroke_width(2))])?;
        plane.draw_series([Polygon::new(
            vec![along(1.0, 0.0), along(0.65, 0.18), along(0.65, -0.18)],
            color.filled(),
        )])?;
    }
    Ok(())
}
