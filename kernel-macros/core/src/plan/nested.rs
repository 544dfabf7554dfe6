//! Derivatives of sums, of double sums, and of sums whose bodies hold other reductions.
//!
//! For s = Σ_i b(i; q) with q other reductions, and T_q = Σ_i ∂b/∂q,
//!
//! ∂s/∂x_i = b_x(i) + Σ_q T_q ∂q/∂x_i,
//! ∂²s/∂x_i∂y_j = δ_ij b_xy(i) + Σ_q ∂b_x/∂q(i) ∂q/∂y_j + Σ_q ∂q/∂x_i ∂T_q/∂y_j + Σ_q T_q ∂²q/∂x_i∂y_j:
//!
//! again coefficients times factors of one coordinate. A double sum Σ_ij g(i, j) has rows for factors, Σ_j g_x(i, j)
//! with the derivatives by both of its coordinates, and one part that is no product of such: g_xy(i, j).

use crate::symbolic::{Gather, Graph, Id, Local, Reduction, Side, Symbol};

use super::product;

/// ∂²s/∂x_i∂y_j
#[derive(Default)]
pub struct Second {
    /// (coefficient, factor at i, factor at j)
    pub rank: Vec<(Id, Id, Id)>,
    /// (coefficient, factor), for i = j
    pub diagonal: Vec<(Id, Id)>,
    /// (coefficient, entry)
    pub dense: Vec<(Id, Id)>,
}

/// ∂s/∂x_i as (coefficient, factor).
pub fn directions(graph: &mut Graph, symbol: Symbol, side: Side) -> Vec<(Id, Id)> {
    let [zero, one] = [0, 1].map(|n| graph.integer(n));
    let mut directions = match symbol {
        Symbol::Sum(r) => {
            let own = own_direction(graph, graph.reductions()[r], side);
            let mut directions = vec![(one, own)];
            for (inner, rate) in inner_rates(graph, r) {
                for (weight, factor) in self::directions(graph, inner, side) {
                    directions.push((graph.mul(rate, weight), factor));
                }
            }
            directions
        }
        Symbol::Product(r, zeros) => product::directions(graph, r, zeros, side),
        Symbol::Pick(own, k) if own == side => vec![(one, graph.symbol(Symbol::Unit(k)))],
        Symbol::Point(own) if own == side => vec![(one, one)],
        _ => vec![],
    };
    directions.retain(|direction| direction.0 != zero && direction.1 != zero);
    directions
}

/// ∂²s/∂x_i∂y_j of a sum.
pub fn second(graph: &mut Graph, symbol: Symbol, left: Side, right: Side) -> Second {
    let Symbol::Sum(r) = symbol else { return Second::default() };
    let one = graph.integer(1);
    let reduction = graph.reductions()[r];
    let own = own_direction(graph, reduction, left);
    let mut second = match reduction.gather {
        Gather::DoubleSum => double_curvature(graph, reduction.body, left, right),
        Gather::Sum | Gather::Product => {
            let curvature = graph.derivative(own, Symbol::Coordinate(right));
            Second { diagonal: vec![(one, curvature)], ..Second::default() }
        }
    };
    for (inner, rate) in inner_rates(graph, r) {
        let from = directions(graph, inner, left);
        let to = directions(graph, inner, right);
        let slope = own_rate(graph, reduction, left, inner);
        second.rank.extend(to.into_iter().map(|(weight, factor)| (weight, slope, factor)));
        for symbol in graph.symbols(&[rate]) {
            let change = graph.derivative(rate, symbol);
            for (weight, to) in directions(graph, symbol, right) {
                let weight = graph.mul(change, weight);
                for &(other, from) in &from {
                    second.rank.push((graph.mul(weight, other), from, to));
                }
            }
        }
        let deeper = self::second(graph, inner, left, right);
        second.rank.extend(deeper.rank.into_iter().map(|(weight, from, to)| (graph.mul(rate, weight), from, to)));
        second.diagonal.extend(deeper.diagonal.into_iter().map(|(weight, factor)| (graph.mul(rate, weight), factor)));
        second.dense.extend(deeper.dense.into_iter().map(|(weight, entry)| (graph.mul(rate, weight), entry)));
    }
    let zero = graph.integer(0);
    second.rank.retain(|term| term.0 != zero && term.1 != zero && term.2 != zero);
    second.diagonal.retain(|term| term.0 != zero && term.1 != zero);
    second.dense.retain(|term| term.0 != zero && term.1 != zero);
    second
}

/// The reductions and picked coordinates q in the body of s, with T_q.
fn inner_rates(graph: &mut Graph, r: usize) -> Vec<(Symbol, Id)> {
    let Reduction { gather, body } = graph.reductions()[r];
    let mut rates = Vec::new();
    for symbol in graph.symbols(&[body]) {
        if matches!(symbol, Symbol::Sum(_) | Symbol::Product(..) | Symbol::Pick(..)) {
            let rate = graph.derivative(body, symbol);
            rates.push((symbol, graph.gathered(gather, rate)));
        }
    }
    rates
}

/// b_x(i), or the row Σ_j (g_x(i, j) + g_x'(j, i)) with x' the second coordinate of g.
fn own_direction(graph: &mut Graph, reduction: Reduction, side: Side) -> Id {
    let Reduction { gather, body } = reduction;
    let own = graph.derivative(body, Symbol::Coordinate(side));
    if gather != Gather::DoubleSum {
        return own;
    }
    let body = both_ways(graph, body, own, side);
    graph.row(body)
}

/// g_x(i, j) + g_x'(j, i)
fn both_ways(graph: &mut Graph, body: Id, own: Id, side: Side) -> Id {
    let other = graph.derivative(body, Symbol::Other(Local::Coordinate(side)));
    let other = graph.exchange(other);
    graph.add(own, other)
}

/// The derivative of `own_direction` by a reduction in the body.
fn own_rate(graph: &mut Graph, reduction: Reduction, side: Side, inner: Symbol) -> Id {
    let body = graph.derivative(reduction.body, inner);
    own_direction(graph, Reduction { body, ..reduction }, side)
}

/// δ_ij Σ_l (g_xy(i, l) + g_x'y'(l, i)) + g_xy'(i, j) + g_x'y(j, i)
fn double_curvature(graph: &mut Graph, body: Id, left: Side, right: Side) -> Second {
    let one = graph.integer(1);
    let [here, there] = [left, right].map(|side| [Symbol::Coordinate(side), Symbol::Other(Local::Coordinate(side))]);
    let mut parts = [[one; 2]; 2];
    for (row, from) in parts.iter_mut().zip(here) {
        let first = graph.derivative(body, from);
        for (part, to) in row.iter_mut().zip(there) {
            *part = graph.derivative(first, to);
        }
    }
    let [[own_own, own_other], [other_own, other_other]] = parts;
    let [other_own, other_other] = [other_own, other_other].map(|part| graph.exchange(part));
    let [diagonal, entry] = [graph.add(own_own, other_other), graph.add(own_other, other_own)];
    Second { diagonal: vec![(one, graph.row(diagonal))], dense: vec![(one, entry)], ..Second::default() }
}
