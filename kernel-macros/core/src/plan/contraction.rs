//! Blocks between two vectors: with u and v of one number per coordinate,
//!
//! uᵀ ∂k/∂x = Σ_p c_p Σ_i u_i f_p(i) and
//! uᵀ ∂²k/∂x∂yᵀ v = Σ_pq c_pq (Σ_i u_i f_p(i)) (Σ_j v_j g_q(j)) + Σ_e c_e Σ_i u_i v_i h_e(i):
//!
//! functions of sums over coordinates, as k itself is. What products over coordinates have at i ≠ j alone is all without i = j.

use crate::map::Map;
use crate::symbolic::{Gather, Graph, Id, Local, Number, Side, Symbol};

use super::form::{Matrix, Vector};

/// k, uᵀ ∂k/∂x, ∂k/∂yᵀ v and uᵀ ∂²k/∂x∂yᵀ v.
pub type Jet = [Id; 4];

/// Of a function with these blocks.
pub fn jet(graph: &mut Graph, value: Id, gradients: [&Vector; 2], hessian: &Matrix) -> Jet {
    let [x, y] = [(gradients[0], Side::X), (gradients[1], Side::Y)].map(|(gradient, side)| {
        let terms: Vec<Id> = gradient
            .terms
            .iter()
            .map(|&(coefficient, factor)| {
                let sum = along(graph, &[side], factor);
                graph.mul(coefficient, sum)
            })
            .collect();
        graph.sum_of(&terms)
    });
    [value, x, y, between(graph, hessian)]
}

fn between(graph: &mut Graph, hessian: &Matrix) -> Id {
    let mut terms = Vec::new();
    for &(coefficient, left, right) in hessian.rank.iter().chain(&hessian.off_diagonal) {
        let sums = [along(graph, &[Side::X], left), along(graph, &[Side::Y], right)];
        terms.push(graph.product_of(&[coefficient, sums[0], sums[1]]));
    }
    for &(coefficient, left, right) in &hessian.off_diagonal {
        let factor = graph.mul(left, right);
        let (coefficient, same) = (graph.scale(coefficient, Number::MINUS_ONE), along_both(graph, factor));
        terms.push(graph.mul(coefficient, same));
    }
    for &(coefficient, factor) in &hessian.diagonal {
        let sum = along_both(graph, factor);
        terms.push(graph.mul(coefficient, sum));
    }
    for &(coefficient, entry) in &hessian.dense {
        let [u, v] = [Symbol::Along(Side::X), Symbol::Other(Local::Along(Side::Y))].map(|symbol| graph.symbol(symbol));
        let body = graph.product_of(&[u, v, entry]);
        let sum = gathered(graph, Gather::DoubleSum, body);
        terms.push(graph.mul(coefficient, sum));
    }
    graph.sum_of(&terms)
}

fn along_both(graph: &mut Graph, factor: Id) -> Id {
    along(graph, &[Side::X, Side::Y], factor)
}

/// Σ_i u_i factor(i), of one vector or the product of both.
fn along(graph: &mut Graph, sides: &[Side], factor: Id) -> Id {
    let mut factors = vec![factor];
    for &side in sides {
        factors.push(graph.symbol(Symbol::Along(side)));
    }
    let body = graph.product_of(&factors);
    with_rows(graph, body)
}

/// Σ_i body(i), where Σ_i a(i) Σ_j b(i, j) is a double sum.
fn with_rows(graph: &mut Graph, body: Id) -> Id {
    let rows = |graph: &Graph| graph.symbols(&[body]).into_iter().filter(|symbol| matches!(symbol, Symbol::Row(_)));
    let zero = graph.integer(0);
    let none: Map<Symbol, Id> = rows(graph).map(|row| (row, zero)).collect();
    if none.is_empty() {
        return gathered(graph, Gather::Sum, body);
    }
    let plain = graph.substitute(body, &none);
    let mut sums = vec![gathered(graph, Gather::Sum, plain)];
    for row in rows(graph) {
        let Symbol::Row(q) = row else { continue };
        let mut one = none.clone();
        one.insert(row, graph.rows()[q]);
        let with = graph.substitute(body, &one);
        let part = graph.sub(with, plain);
        sums.push(gathered(graph, Gather::DoubleSum, part));
    }
    graph.sum_of(&sums)
}

/// What gathers a body, the part of it that counts at the entry that is differentiated by apart from the rest: derivatives are
/// linear in `Symbol::Entry`, of whichever coordinate.
fn gathered(graph: &mut Graph, gather: Gather, body: Id) -> Id {
    let (zero, one) = (graph.integer(0), graph.integer(1));
    let entries: Vec<Symbol> =
        graph.symbols(&[body]).into_iter().filter(|symbol| symbol.own() == Symbol::Entry).collect();
    let nowhere: Map<Symbol, Id> = entries.iter().map(|&entry| (entry, zero)).collect();
    let rest = graph.substitute(body, &nowhere);
    let gathered = |graph: &mut Graph, body| match gather {
        Gather::Sum => graph.sum_of_quotients(body),
        _ => graph.gathered(gather, body),
    };
    let mut sums = vec![gathered(graph, rest)];
    for entry in entries {
        let mut there = nowhere.clone();
        there.insert(entry, one);
        let with = graph.substitute(body, &there);
        let part = graph.sub(with, rest);
        let entry = graph.symbol(entry);
        let part = graph.mul(entry, part);
        sums.push(gathered(graph, part));
    }
    graph.sum_of(&sums)
}
