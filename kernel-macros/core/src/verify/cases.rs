//! Proofs case by case: `if x < y { x } else { y }` is what swapping x and y makes of it where x < y, where x = y, and
//! where x > y.

use std::cmp::Ordering;

use crate::map::Map;
use crate::symbolic::{Comparison, Graph, Id, Node};

/// More comparisons make too many cases.
const MOST_COMPARISONS: usize = 4;

/// Whether an expression is 0 in every case of its comparisons.
pub(super) fn is_zero_by_cases(graph: &mut Graph, id: Id) -> bool {
    is_zero_in_cases(graph, id, MOST_COMPARISONS)
}

fn is_zero_in_cases(graph: &mut Graph, id: Id, comparisons: usize) -> bool {
    if graph.is_zero(id) {
        return true;
    }
    let compared = graph.reachable(&[id]).into_iter().find_map(|node| match *graph.node(node) {
        Node::Select(_, a, b, ..) => Some((a, b)),
        _ => None,
    });
    let Some((a, b)) = compared.filter(|_| comparisons > 0) else { return false };
    [Ordering::Less, Ordering::Equal, Ordering::Greater].into_iter().all(|order| {
        let case = supposing(graph, id, (a, b), order);
        is_zero_in_cases(graph, case, comparisons - 1)
    })
}

/// The expression where a is less than b, equal to it, or greater.
fn supposing(graph: &mut Graph, id: Id, (a, b): (Id, Id), order: Ordering) -> Id {
    let difference = graph.sub(a, b);
    let opposite = graph.neg(difference);
    let supposed = graph.rewritten(&[id], &mut |graph, node, known| {
        let Node::Select(comparison, left, right, then, otherwise) = *graph.node(node) else { return None };
        let compared = graph.sub(left, right);
        let here = if compared == difference { Some(order) } else { None };
        let here = here.or((compared == opposite).then(|| order.reverse()))?;
        Some(known[if holds(comparison, here) { &then } else { &otherwise }])
    });
    let case = supposed[0];
    match (order, graph.node(a)) {
        (Ordering::Equal, &Node::Symbol(symbol)) => graph.substitute(case, &Map::from_iter([(symbol, b)])),
        _ => case,
    }
}

fn holds(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Equal => order.is_eq(),
    }
}
