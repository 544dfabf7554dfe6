//! `if s == 0.0 { 1.0 } else { s.sin() / s }`: values given by hand where the points meet.

use crate::symbolic::{Comparison, Graph, Id, Node, Rational};

use super::approach::{Approach, TERMS, approaches};

/// The kernel without guards that give the limit of what they guard: the limit is found anyway, and so are those of the
/// derivatives, which a guard would turn into the derivative of a constant.
///
/// # Panics
/// Never: children precede their parents.
#[must_use]
pub fn without_guards(graph: &mut Graph, value: Id) -> Id {
    let guards: Vec<Id> = graph
        .reachable(&[value])
        .into_iter()
        .filter(|&node| matches!(graph.node(node), Node::Select(Comparison::Equal, ..)))
        .collect();
    if guards.is_empty() {
        return value;
    }
    let ways = approaches(graph, value);
    guards.into_iter().fold(value, |value, guard| {
        let Node::Select(_, a, b, then, otherwise) = *graph.node(guard) else { return value };
        let removable = ways.iter().any(|&way| guards_only(graph, way, a, b) && continues(graph, way, then, otherwise));
        if removable { graph.with_parts(value, &[(guard, otherwise)]) } else { value }
    })
}

/// Whether the kernel jumps where the points meet.
#[must_use]
pub fn jumps(graph: &mut Graph, value: Id, way: Approach) -> bool {
    graph.reachable(&[value]).into_iter().any(|node| match *graph.node(node) {
        Node::Select(Comparison::Equal, a, b, then, otherwise) => {
            meets(graph, way, a, b) && !continues(graph, way, then, otherwise)
        }
        _ => false,
    })
}

/// Whether a = b nowhere but at the end of this way: a - b is c·uᵖ with u what goes to 0 there.
fn guards_only(graph: &mut Graph, way: Approach, a: Id, b: Id) -> bool {
    let (base, _) = way.base(graph);
    let distance = way.distance(graph);
    let difference = graph.sub(a, b);
    let varying: Vec<(Id, Rational)> =
        graph.split(difference).1.into_iter().filter(|factor| !graph.is_fixed(factor.0)).collect();
    matches!(varying[..], [(factor, exponent)] if !exponent.is_negative() && [base, distance].contains(&factor))
}

/// Whether a - b goes to 0 along this way.
fn meets(graph: &mut Graph, way: Approach, a: Id, b: Id) -> bool {
    let difference = graph.sub(a, b);
    let Some(series) = way.expand(graph, difference, TERMS) else { return false };
    (series.start..=0).all(|n| series.coefficient(n).is_none_or(|c| graph.is_zero(c)))
}

/// Whether `otherwise` goes to what `then` is.
fn continues(graph: &mut Graph, way: Approach, then: Id, otherwise: Id) -> bool {
    meets(graph, way, then, otherwise)
}
