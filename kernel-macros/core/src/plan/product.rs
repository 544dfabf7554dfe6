//! Products over coordinates, P = Π_i g(x_i, y_i, w_i).
//!
//! ∂P/∂x_i = g_x(i) Π_{l≠i} g(l). With P_n the product of the factors that are not 0 if exactly n of them are (else 0), and the
//! per-coordinate h = g_x/g where g ≠ 0 (else 0), z = g_x where g = 0 (else 0), this is P_0 h(i) + P_1 z(i), and
//! ∂²P/∂x_i∂y_j = P_0 h h' + P_1 (z h' + h z') + P_2 z z' for i ≠ j: rank 1, or 2 if a factor is 0, and no division by one that is.

use crate::symbolic::{Comparison, Graph, Id, Number, Side, Symbol};

/// The derivative of the product as (coefficient, per-coordinate factor).
pub fn directions(graph: &mut Graph, r: usize, zeros: usize, side: Side) -> Vec<(Id, Id)> {
    let [quotient, at_zero] = parts(graph, r, side);
    let same = graph.symbol(Symbol::Product(r, zeros));
    let more = graph.symbol(Symbol::Product(r, zeros + 1));
    vec![(same, quotient), (more, at_zero)]
}

/// The second derivative for i ≠ j as (coefficient, factor at i, factor at j).
pub fn off_diagonal(graph: &mut Graph, r: usize, zeros: usize, left: Side, right: Side) -> Vec<(Id, Id, Id)> {
    let [h, z] = parts(graph, r, left);
    let [h_right, z_right] = parts(graph, r, right);
    let [p0, p1, p2] = [0, 1, 2].map(|more| graph.symbol(Symbol::Product(r, zeros + more)));
    vec![(p0, h, h_right), (p1, z, h_right), (p1, h, z_right), (p2, z, z_right)]
}

/// The second derivative for i = j: g_xy Π_{l≠i} g(l).
pub fn diagonal(graph: &mut Graph, r: usize, zeros: usize, left: Side, right: Side) -> Vec<(Id, Id)> {
    let body = graph.reductions()[r].body;
    let first = graph.derivative(body, Symbol::Coordinate(left));
    let second = graph.derivative(first, Symbol::Coordinate(right));
    let [quotient, at_zero] = split(graph, body, second);
    let [p0, p1] = [0, 1].map(|more| graph.symbol(Symbol::Product(r, zeros + more)));
    vec![(p0, quotient), (p1, at_zero)]
}

/// ∂P/∂θ = P_0 Σ g_θ/g + P_1 Σ [g = 0] g_θ.
pub fn rate(graph: &mut Graph, r: usize, slope: Id) -> Id {
    let body = graph.reductions()[r].body;
    let [quotient, at_zero] = split(graph, body, slope);
    let [p0, p1] = [0, 1].map(|zeros| graph.symbol(Symbol::Product(r, zeros)));
    let mut terms = Vec::new();
    for (coefficient, part) in [(p0, quotient), (p1, at_zero)] {
        let sum = graph.sum(part);
        terms.push(graph.mul(coefficient, sum));
    }
    graph.sum_of(&terms)
}

/// Third derivatives where two factors are 0 at once are not worked out: the sums of `rate` would count a coordinate with
/// itself. They are NaN there.
pub fn guarded(graph: &mut Graph, derivative: Id) -> Id {
    let nan = graph.number(Number::Float(f64::NAN));
    let zero = graph.integer(0);
    graph.symbols(&[derivative]).into_iter().fold(derivative, |guarded, symbol| match symbol {
        Symbol::Product(r, 1) => {
            let two = graph.symbol(Symbol::Product(r, 2));
            graph.select(Comparison::Equal, two, zero, guarded, nan)
        }
        _ => guarded,
    })
}

/// h and z.
fn parts(graph: &mut Graph, r: usize, side: Side) -> [Id; 2] {
    let body = graph.reductions()[r].body;
    let slope = graph.derivative(body, Symbol::Coordinate(side));
    split(graph, body, slope)
}

/// `top/g` where g ≠ 0, and `top` where it is 0.
fn split(graph: &mut Graph, body: Id, top: Id) -> [Id; 2] {
    let zero = graph.integer(0);
    let quotient = graph.div(top, body);
    if graph.is_positive(body) {
        return [quotient, zero];
    }
    let quotient = graph.select(Comparison::Equal, body, zero, zero, quotient);
    let at_zero = graph.select(Comparison::Equal, body, zero, top, zero);
    [quotient, at_zero]
}
