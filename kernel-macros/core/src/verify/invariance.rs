//! Symmetry, stationarity and isotropy, read off the canonical form.

use super::cases::is_zero_by_cases;
use crate::symbolic::{Graph, Id, Local, Reduction, Seeds, Side, Symbol};

/// What leaves the kernel unchanged, as far as it is proved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Invariance {
    /// k(x, y) = k(y, x)
    pub symmetric: bool,
    /// k(x + t, y + t) = k(x, y)
    pub stationary: bool,
    /// k depends on ‖x - y‖ alone.
    pub isotropic: bool,
}

/// Finds the invariances of `value`.
pub fn invariance(graph: &mut Graph, value: Id) -> Invariance {
    let symmetric = is_symmetric(graph, value);
    let stationary = is_stationary(graph, value);
    Invariance { symmetric, stationary, isotropic: stationary && symmetric && is_isotropic(graph, value) }
}

/// A function of x - y alone: moving both points together changes no sum and no coordinate it depends on.
fn is_stationary(graph: &mut Graph, value: Id) -> bool {
    let one = graph.integer(1);
    let mut seeds = Seeds::default();
    for side in [Side::X, Side::Y] {
        seeds.insert(Symbol::Coordinate(side), one);
        seeds.insert(Symbol::Other(Local::Coordinate(side)), one);
    }
    for symbol in graph.ingredients(&[value]) {
        match symbol {
            Symbol::Point(_) | Symbol::Pick(..) => {
                seeds.insert(symbol, one);
            }
            Symbol::Sum(r) => {
                let Reduction { gather, body } = graph.reductions()[r];
                let change = graph.differentiate(body, &seeds);
                let change = graph.expand(change);
                let change = graph.gathered(gather, change);
                seeds.insert(symbol, change);
            }
            Symbol::Product(r, _) => {
                let change = graph.differentiate(graph.reductions()[r].body, &seeds);
                if !graph.is_zero(change) {
                    return false;
                }
            }
            Symbol::Angle | Symbol::Cross => return false,
            _ => {}
        }
    }
    let change = graph.differentiate(value, &seeds);
    graph.is_zero(change)
}

/// Of a stationary kernel that is symmetric: it sees the points through Σ(x_i - y_i)² only, or on a line through
/// (x - y)², being even in x - y.
fn is_isotropic(graph: &mut Graph, value: Id) -> bool {
    let [x, y] = [Side::X, Side::Y].map(|side| graph.symbol(Symbol::Coordinate(side)));
    let difference = graph.sub(x, y);
    let square = graph.powi(difference, 2);
    graph.symbols(&[value]).into_iter().all(|symbol| match symbol {
        Symbol::Sum(r) => graph.reductions()[r].body == square,
        Symbol::Pick(..) | Symbol::Product(..) => false,
        _ => true,
    })
}

/// The expression with the points swapped is the same: as it stands, over a common denominator, or case by case.
fn is_symmetric(graph: &mut Graph, value: Id) -> bool {
    let swapped = graph.swap_points(value);
    let difference = graph.sub(swapped, value);
    if graph.is_zero(difference) {
        return true;
    }
    let joined = graph.together(difference);
    if graph.is_zero(joined) {
        return true;
    }
    is_zero_by_cases(graph, difference)
}
