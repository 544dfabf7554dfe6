//! Pictures, as SVG: text stays text, so no fonts are needed to write them.

mod co2;
mod colors;
mod convergence;
mod flow;
mod heat;
mod heat_map;
mod lines;
mod map;
mod poisson;
mod speed;

pub use co2::{Co2, draw_co2};
pub use convergence::{Run, draw_convergence};
pub use flow::{Flows, draw_flow};
pub use heat::{Along, Temperatures, draw_heat};
pub use heat_map::draw_heat_map;
pub use poisson::{Collocation, draw_poisson};
pub use speed::{Costs, Sweep, draw_speed};

use std::error::Error;
use std::fmt;
use std::path::{Path, PathBuf};

use plotters::chart::MeshStyle;
use plotters::coord::ranged1d::{Ranged, ValueFormatter};
use plotters::prelude::{Cartesian2d, ChartContext, DrawingBackend, IntoFont, RGBColor, TRANSPARENT};

const INK: RGBColor = RGBColor(40, 40, 40);
const GRID: RGBColor = RGBColor(228, 228, 228);
const FONT: &str = "sans-serif";

/// Axes and grid as all planes have them, with labels of a size.
fn axes<'a, 'b, X, Y, B>(plane: &'b mut ChartContext<'a, B, Cartesian2d<X, Y>>, size: i32) -> MeshStyle<'a, 'b, X, Y, B>
where
    X: Ranged<ValueType = f64> + ValueFormatter<f64>,
    Y: Ranged<ValueType = f64> + ValueFormatter<f64>,
    B: DrawingBackend,
{
    let mut axes = plane.configure_mesh();
    axes.bold_line_style(GRID)
        .light_line_style(TRANSPARENT)
        .axis_style(INK)
        .label_style((FONT, size).into_font().color(&INK));
    axes
}

/// Why a picture was not written.
#[derive(Debug)]
pub struct PictureError {
    path: PathBuf,
    problem: Box<dyn Error>,
}

impl PictureError {
    fn new(path: &Path, problem: impl Into<Box<dyn Error>>) -> Self {
        let (path, problem) = (path.to_owned(), problem.into());
        Self { path, problem }
    }
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot write {}: {}", self.path.display(), self.problem)
    }
}

impl Error for PictureError {}
