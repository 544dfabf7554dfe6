//! Kernels that are not symmetric, shown by two values.

use super::probe;
use crate::definition::Definition;
use crate::symbolic::Evaluator;

/// Two points at which swapping them changes the kernel.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterexample {
    /// x and y.
    pub points: [Vec<f64>; 2],
    /// The parameters, one entry for a scalar.
    pub parameters: Vec<Vec<f64>>,
    /// k(x, y) and k(y, x).
    pub values: [f64; 2],
}

/// The numbers of coordinates that are tried where any is possible.
const DIMENSIONS: usize = 3;

/// Values closer than this, relative to their size, count as equal.
const TOLERANCE: f64 = 1e-6;

/// A relative change of the points by this much has to change the values by much less than they differ: where it does
/// not, rounding may be all that there is.
const NUDGE: f64 = 1e-10;

/// Looks for a counterexample to k(x, y) = k(y, x).
#[must_use]
pub fn asymmetry(definition: &Definition) -> Option<Counterexample> {
    if !probe::is_computable(definition) {
        return None;
    }
    let kernel = Evaluator::new(&definition.graph, definition.value);
    let mut found = probe::dimensions(definition, DIMENSIONS)
        .into_iter()
        .map(|dimension| asymmetry_in(definition, &kernel, dimension));
    if probe::is_open(definition) { found.find_map(|found| found) } else { found.collect::<Option<Vec<_>>>()?.pop() }
}

fn asymmetry_in(definition: &Definition, kernel: &Evaluator, dimension: usize) -> Option<Counterexample> {
    for look in 0..probe::LOOKS {
        let Some(parameters) = probe::parameters(definition, look, dimension) else { continue };
        let k = |x: &[f64], y: &[f64]| kernel.at(x, y, &parameters);
        for [x, y] in probe::pairs(definition, dimension) {
            let nudged =
                |point: &[f64]| point.iter().map(|coordinate| coordinate * (1.0 + NUDGE)).collect::<Vec<f64>>();
            let values = [k(&x, &y), k(&y, &x)];
            let [a, b] = values;
            let difference = (a - b).abs();
            let rounding = (k(&nudged(&x), &y) - a).abs() + (k(&y, &nudged(&x)) - b).abs();
            // NaN and infinities are no counterexamples.
            if difference.is_finite() && difference > TOLERANCE * a.abs().max(b.abs()) && rounding < 0.01 * difference {
                return Some(Counterexample { points: [x, y], parameters, values });
            }
        }
    }
    None
}

impl Counterexample {
    /// As an error at the kernel's name.
    #[must_use]
    pub fn error(&self, definition: &Definition) -> syn::Error {
        let [x, y] = definition.point_names.each_ref().map(ToString::to_string);
        let scalar = |kind_is_scalar: bool, entries: &[f64]| {
            if kind_is_scalar { entries[0].to_string() } else { format!("{entries:?}") }
        };
        let on_line = matches!(definition.points, crate::definition::Points::Scalar);
        let points =
            [&x, &y].into_iter().zip(&self.points).map(|(name, point)| format!("{name} = {}", scalar(on_line, point)));
        let parameters = definition.parameters.iter().zip(&self.parameters).map(|(parameter, entries)| {
            format!("{} = {}", parameter.name, scalar(!parameter.kind.is_per_coordinate(), entries))
        });
        let place: Vec<String> = points.chain(parameters).collect();
        let values = self.values.map(|value| significant(value, 7));
        let message = crate::error::message::not_symmetric([&x, &y], &place.join(", "), &values);
        syn::Error::new(definition.item.sig.ident.span(), message)
    }
}

/// A number with that many digits.
fn significant(value: f64, digits: usize) -> String {
    let short = format!("{value:.*e}", digits - 1);
    short.parse::<f64>().map_or(short, |value| value.to_string())
}
