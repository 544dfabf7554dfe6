//! Lines with their bands, and what they are.

use std::error::Error;

use plotters::chart::SeriesLabelPosition;
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use super::{FONT, INK};
use crate::regression::Estimate;

pub(super) type Panel<'a> = DrawingArea<SVGBackend<'a>, Shift>;
pub(super) type Plane<'a, 'b> = ChartContext<'a, SVGBackend<'b>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
pub(super) type Drawn = Result<(), Box<dyn Error>>;

/// A line with its 95 % band.
pub(super) fn band(
    plane: &mut Plane<'_, '_>,
    points: &[(f64, Estimate)],
    color: RGBColor,
    width: u32,
    label: &str,
) -> Drawn {
    let upper = points.iter().map(|(t, e)| (*t, e.band().1));
    let lower = points.iter().rev().map(|(t, e)| (*t, e.band().0));
    let outline: Vec<_> = upper.chain(lower).collect();
    plane.draw_series([Polygon::new(outline, color.mix(0.22))])?;
    line(plane, points.iter().map(|(t, e)| (*t, e.mean)), color, width, label)
}

pub(super) fn line(
    plane: &mut Plane<'_, '_>,
    points: impl Iterator<Item = (f64, f64)>,
    color: RGBColor,
    width: u32,
    label: &str,
) -> Drawn {
    plane
        .draw_series(LineSeries::new(points, color.stroke_width(width)))?
        .label(label)
        .legend(move |(x, y)| PathElement::new(vec![(x, y), (x + 20, y)], color.stroke_width(width)));
    Ok(())
}

pub(super) fn legend<'a, 'b: 'a>(plane: &mut Plane<'a, 'b>, position: SeriesLabelPosition) -> Drawn {
    plane
        .configure_series_labels()
        .position(position)
        .margin(8)
        .background_style(WHITE.mix(0.85))
        .label_font((FONT, 14).into_font().color(&INK))
        .draw()?;
    Ok(())
}
