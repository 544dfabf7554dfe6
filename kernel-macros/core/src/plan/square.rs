//! Completing the square: a rank-two part of a Hessian as two products instead of four.
//!
//! With C = [[a, b], [c, e]] in factors f₁, f₂ on the left and g₁, g₂ on the right,
//! Σ C_pq f_p g_qᵀ = e (f₂ + (b/e) f₁)(g₂ + (c/e) g₁)ᵀ + (a - bc/e) f₁ g₁ᵀ.

use crate::symbolic::{Graph, Id, Node};

use super::form::Square;

type Term = (Id, Id, Id);

/// The two products, where a - bc/e is one product too: what would be left to cancel entry by entry has cancelled then.
pub fn completed(graph: &mut Graph, rank: &[Term]) -> Option<Square> {
    let [lefts, rights] = [rank.iter().map(|term| term.1).collect(), rank.iter().map(|term| term.2).collect()];
    let [lefts, rights] = [pair(lefts)?, pair(rights)?];
    let at = |left: Id, right: Id| Some(rank.iter().find(|term| term.1 == left && term.2 == right)?.0);
    for [f1, f2] in [lefts, [lefts[1], lefts[0]]] {
        for [g1, g2] in [rights, [rights[1], rights[0]]] {
            let [a, b, c, e] = [at(f1, g1)?, at(f1, g2)?, at(f2, g1)?, at(f2, g2)?];
            let (Some(down), Some(across)) = (quotient(graph, b, e), quotient(graph, c, e)) else { continue };
            let taken = graph.mul(b, across);
            let rest = graph.sub(a, taken);
            let rest = graph.together(rest);
            if matches!(graph.node(rest), Node::Sum(constant, terms) if !constant.is_zero() || terms.len() > 1) {
                continue;
            }
            let [f, g] = [(f1, f2, down), (g1, g2, across)].map(|(first, second, ratio)| {
                let part = graph.mul(ratio, first);
                graph.add(second, part)
            });
            let subtracts = graph.leads_negative(across);
            let across = if subtracts { graph.neg(across) } else { across };
            return Some(Square { terms: [(e, f, g), (rest, f1, g1)], own: g2, across, subtracts });
        }
    }
    None
}

/// The two factors on one side of four terms.
fn pair(mut factors: Vec<Id>) -> Option<[Id; 2]> {
    if factors.len() != 4 {
        return None;
    }
    factors.sort_unstable();
    factors.dedup();
    factors.try_into().ok()
}

/// `a / b` where it divides by nothing that may be 0.
fn quotient(graph: &mut Graph, a: Id, b: Id) -> Option<Id> {
    let quotient = graph.div(a, b);
    graph.divides_by_positive(quotient).then_some(quotient)
}
