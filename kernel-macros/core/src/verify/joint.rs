//! Coordinates that approach each other together: √((x₀ - y₀)² + (x₁ - y₁)²) is smooth as x₀ → y₀ while x₁ ≠ y₁, and
//! not as both differences go to 0.
//!
//! Along x = y + t u a kernel is Σ c_n(u) tⁿ. If it is n times differentiable at x = y, then c_n is a homogeneous
//! polynomial of degree n in u (Taylor's theorem), and its differences of order n + 1 along any line are 0. What has
//! one that is not, is a kink.

use super::approach::terms;
use super::leading::Leading;
use crate::map::Map;
use crate::symbolic::{Graph, Id, Number, Side, Symbol};

/// u, of the coordinate with this place among those that approach each other.
fn direction(place: usize) -> Symbol {
    // The first argument stands for the distance in leading terms.
    Symbol::Argument(place + 1)
}

/// Differences below this, relative to their terms, are rounding.
const TOLERANCE: f64 = 1e-6;

/// The lowest kink as the coordinates with these numbers approach each other together, up to an order of derivatives.
pub(super) fn joint_kink(graph: &mut Graph, value: Id, coordinates: &[usize], highest: i64) -> Option<Leading> {
    let count = terms(highest);
    let mut variables = Map::default();
    let mut differences = Map::default();
    for (place, &k) in coordinates.iter().enumerate() {
        let [x, y] = [Side::X, Side::Y].map(|side| graph.symbol(Symbol::Pick(side, k)));
        let mut series = graph.monomial_series(y, 0, count);
        series.coefficients[1] = graph.symbol(direction(place));
        variables.insert(Symbol::Pick(Side::X, k), series);
        differences.insert(direction(place), graph.sub(x, y));
    }
    let series = graph.series(value, &variables, count)?;
    let mut shown = Vec::new();
    for n in series.start..series.end().min(highest + 1) {
        let coefficient = series.coefficient(n)?;
        if graph.is_zero(coefficient) {
            continue;
        }
        shown.push(Some(graph.substitute(coefficient, &differences)));
        if n < 0 || !is_polynomial(graph, coefficient, n, coordinates.len()) {
            let certain = graph.symbols(&[coefficient]).into_iter().all(|symbol| !matches!(symbol, Symbol::Sum(_)));
            return Some(Leading { order: n, terms: shown, distance: None, inside: None, certain });
        }
    }
    None
}

/// Whether differences of order n + 1 along a few lines are 0, as those of a polynomial of degree n are.
fn is_polynomial(graph: &mut Graph, coefficient: Id, n: i64, directions: usize) -> bool {
    let order = n + 1;
    (0..3).all(|line| {
        let mut binomial = Number::ONE;
        let (mut difference, mut size) = (0.0, 0.0);
        for step in 0..=order {
            // From one side of every axis to the other.
            let along = step as f64 / order as f64;
            let at = |symbol: Symbol| match symbol {
                Symbol::Argument(place) if place <= directions => {
                    let [start, slope] = [[-0.6, 1.7], [0.8, -1.3], [-0.9, 1.2]][(place + line) % 3];
                    start + slope * along + 0.1 * line as f64
                }
                Symbol::Pick(_, k) => 0.4 + 0.3 * k as f64,
                _ => 0.7,
            };
            let term = binomial.to_f64() * graph.evaluate(coefficient, &at);
            difference += if step % 2 == 0 { term } else { -term };
            size += term.abs();
            binomial = binomial.mul(Number::integer(order - step)).mul(Number::integer(step + 1).recip());
        }
        // What cannot be evaluated shows nothing.
        difference.is_nan() || difference.abs() <= TOLERANCE * size
    })
}
