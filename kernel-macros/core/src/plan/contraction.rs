//! Blocks between two vectors: with u and v of one number per coordinate,
//!
//! uᵀ ∂k/∂x = Σ_p c_p Σ_i u_i f_p(i) and
//! uᵀ ∂²k/∂x∂yᵀ v = Σ_pq c_pq (Σ_i u_i f_p(i)) (Σ_j v_j g_q(j)) + Σ_e c_e Σ_i u_i v_i h_e(i):
//!
//! functions of sums over coordinates, as k itself is. What products over coordinates have at i ≠ j alone is all
//! without i = j.

use crate::map::Map;
use crate::symbolic::{Gather, Graph, Id, Local, Number, Side, Symbol};

use super::form::Matrix;

/// A sum of products, each of a coefficient of a pair of points and of sums over coordinates. They are not multiplied
/// out: the coefficients are as regular as they are in a block.
pub type Products = Vec<Vec<Id>>;

/// k, uᵀ ∂k/∂x, ∂k/∂yᵀ v and uᵀ ∂²k/∂x∂yᵀ v.
pub type Jet = [Products; 4];

/// Makes them, and each sum once.
#[derive(Default)]
pub struct Contraction {
    known: Map<(Along, Id), Id>,
}

/// Which vectors are in a sum.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Along {
    One(Side),
    Both,
}

impl Contraction {
    /// Of a function with these blocks: the value, the terms of both gradients, and the second derivatives.
    pub fn jet(&mut self, graph: &mut Graph, value: Id, gradients: [&[(Id, Id)]; 2], hessian: &Matrix) -> Jet {
        let [x, y] = [(gradients[0], Side::X), (gradients[1], Side::Y)].map(|(gradient, side)| {
            let mut term = |&(coefficient, factor)| vec![coefficient, self.along(graph, Along::One(side), factor)];
            gradient.iter().map(&mut term).collect()
        });
        [vec![vec![value]], x, y, self.between(graph, hessian)]
    }

    fn between(&mut self, graph: &mut Graph, hessian: &Matrix) -> Products {
        let mut terms = Vec::new();
        for &(coefficient, left, right) in hessian.rank.iter().chain(&hessian.off_diagonal) {
            let [left, right] =
                [(left, Side::X), (right, Side::Y)].map(|(factor, side)| self.along(graph, Along::One(side), factor));
            terms.push(vec![coefficient, left, right]);
        }
        for &(coefficient, left, right) in &hessian.off_diagonal {
            let factor = graph.mul(left, right);
            terms.push(vec![graph.scale(coefficient, Number::MINUS_ONE), self.along(graph, Along::Both, factor)]);
        }
        for &(coefficient, factor) in &hessian.diagonal {
            terms.push(vec![coefficient, self.along(graph, Along::Both, factor)]);
        }
        for &(coefficient, entry) in &hessian.dense {
            let [u, v] =
                [Symbol::Along(Side::X), Symbol::Other(Local::Along(Side::Y))].map(|symbol| graph.symbol(symbol));
            let body = graph.product_of(&[u, v, entry]);
            terms.push(vec![coefficient, gathered(graph, Gather::DoubleSum, body)]);
        }
        terms
    }

    /// Σ_i u_i factor(i), of one vector or the product of both.
    fn along(&mut self, graph: &mut Graph, along: Along, factor: Id) -> Id {
        if let Some(&known) = self.known.get(&(along, factor)) {
            return known;
        }
        let [u, v] = [Side::X, Side::Y].map(Symbol::Along);
        let vectors = match along {
            Along::One(Side::X) => vec![u],
            Along::One(Side::Y) => vec![v],
            Along::Both => vec![u, v],
        };
        let body = vectors.into_iter().fold(factor, |body, vector| {
            let vector = graph.symbol(vector);
            graph.mul(body, vector)
        });
        let sum = with_rows(graph, body);
        self.known.insert((along, factor), sum);
        sum
    }
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

/// What gathers a body, the part of it that counts at the entry that is differentiated by apart from the rest:
/// derivatives are linear in `Symbol::Entry`, of whichever coordinate.
fn gathered(graph: &mut Graph, gather: Gather, body: Id) -> Id {
    let (zero, one) = (graph.integer(0), graph.integer(1));
    let entries: Vec<Symbol> =
        graph.symbols(&[body]).into_iter().filter(|symbol| symbol.own() == Symbol::Entry).collect();
    if entries.is_empty() {
        return whole(graph, gather, body);
    }
    let nowhere: Map<Symbol, Id> = entries.iter().map(|&entry| (entry, zero)).collect();
    let rest = graph.substitute(body, &nowhere);
    let mut sums = vec![whole(graph, gather, rest)];
    for entry in entries {
        let mut there = nowhere.clone();
        there.insert(entry, one);
        let with = graph.substitute(body, &there);
        let part = graph.sub(with, rest);
        let entry = graph.symbol(entry);
        let part = graph.mul(entry, part);
        sums.push(whole(graph, gather, part));
    }
    graph.sum_of(&sums)
}

fn whole(graph: &mut Graph, gather: Gather, body: Id) -> Id {
    if gather == Gather::Sum { graph.sum_of_quotients(body) } else { graph.gathered(gather, body) }
}
