//! Where a kernel is not finite, away from where its points meet: at the edges of what its operations are defined for.

use super::approach::{Approach, approaches};
use super::definite::{Judge, Need, joined};
use super::guard::without_guards;
use crate::definition::{Bound, Definition, Relation};
use crate::symbolic::{Function, Graph, Id, Node, Rational, Side, Symbol};

/// What an operation makes of an argument at the edge of its domain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// A quotient, where the argument is 0.
    Pole,
    /// A root or power, where the argument is negative.
    Root,
    /// A logarithm, or one over a root, where the argument is 0 or negative.
    Logarithm,
    /// asin or acos, where the argument is beyond ±1.
    Arc,
    /// tan, where the cosine of the argument is 0.
    Tangent,
    /// The derivative of a root, where the argument is 0; the root itself is finite there.
    Slope,
}

/// An edge that is not proved to be out of reach.
#[derive(Clone, Debug)]
pub struct Note {
    /// The edge.
    pub edge: Edge,
    /// The argument.
    pub argument: Id,
    /// Bounds that would keep it out of reach, none if no such are known.
    pub needs: Vec<Need>,
}

/// All edges of a kernel, and the arena of their arguments.
#[derive(Clone, Debug, Default)]
pub struct Domain {
    /// The arena.
    pub graph: Graph,
    /// The edges, each once.
    pub notes: Vec<Note>,
}

/// Looks for the edges of a kernel.
#[must_use]
pub fn domain(definition: &Definition) -> Domain {
    let mut graph = definition.graph.clone();
    let value = without_guards(&mut graph, definition.value);
    let roots = graph.with_bodies(value);
    // What is 0 only where the points meet: limits are taken there.
    let mut meeting: Vec<Id> = Vec::new();
    for approach in approaches(&mut graph, value) {
        if vanishes_on_diagonal_only(&mut graph, approach) {
            meeting.push(approach.base(&mut graph).0);
        }
    }
    let mut judge = Judge::new(graph, &definition.options);
    let mut notes: Vec<Note> = Vec::new();
    for node in judge.graph.reachable(&roots) {
        for (edge, argument) in edges(&mut judge.graph, node) {
            if meeting.contains(&argument) || is_constant(&judge.graph, argument) {
                continue;
            }
            // Of a root that is finite, the derivatives by the points may not be.
            let has_slope = edge == Edge::Root && !judge.graph.is_fixed(argument);
            for mut edge in [edge, Edge::Slope].into_iter().take(1 + usize::from(has_slope)) {
                if edge == Edge::Pole && is_stated_nonzero(definition, &judge.graph, argument) {
                    continue;
                }
                let needs = out_of_reach(&mut judge, edge, argument);
                // What is not negative can only be 0.
                if edge == Edge::Logarithm && judge.nonnegative(argument, false).is_some_and(|needs| needs.is_empty()) {
                    edge = Edge::Pole;
                }
                if needs.as_ref().is_some_and(Vec::is_empty) {
                    continue;
                }
                if !notes.iter().any(|note| (note.edge, note.argument) == (edge, argument)) {
                    notes.push(Note { edge, argument, needs: needs.unwrap_or_default() });
                }
                break;
            }
        }
    }
    let poles: Vec<Id> = notes.iter().filter(|note| note.edge == Edge::Pole).map(|note| note.argument).collect();
    notes.retain(|note| note.edge != Edge::Slope || !poles.contains(&note.argument));
    Domain { graph: judge.graph, notes }
}

/// Where an operation may leave its domain.
fn edges(graph: &mut Graph, node: Id) -> Vec<(Edge, Id)> {
    match graph.node(node).clone() {
        Node::Product(factors) => {
            let edge = |(base, exponent): (Id, Rational)| match (exponent.is_negative(), exponent.as_integer()) {
                (true, Some(_)) => Some((Edge::Pole, base)),
                (true, None) => Some((Edge::Logarithm, base)),
                (false, None) => Some((Edge::Root, base)),
                (false, Some(_)) => None,
            };
            factors.into_iter().filter_map(edge).collect()
        }
        Node::Power(base, _) => vec![(Edge::Root, base)],
        Node::Call(Function::Ln, arguments) => vec![(Edge::Logarithm, arguments[0])],
        Node::Call(Function::Ln1p, arguments) => {
            let one = graph.integer(1);
            vec![(Edge::Logarithm, graph.add(one, arguments[0]))]
        }
        Node::Call(Function::Asin | Function::Acos, arguments) => vec![(Edge::Arc, arguments[0])],
        Node::Call(Function::Tan, arguments) => vec![(Edge::Tangent, arguments[0])],
        _ => Vec::new(),
    }
}

/// What must hold for an edge to be out of reach, empty if it is; `None` if nobody knows.
fn out_of_reach(judge: &mut Judge, edge: Edge, argument: Id) -> Option<Vec<Need>> {
    match edge {
        Edge::Pole => {
            let negative = judge.graph.neg(argument);
            let needs = judge.nonnegative(argument, true);
            if needs.as_ref().is_some_and(Vec::is_empty) {
                return needs;
            }
            judge.nonnegative(negative, true).filter(Vec::is_empty).or(needs)
        }
        Edge::Logarithm | Edge::Slope => judge.nonnegative(argument, true),
        Edge::Root => judge.nonnegative(argument, false),
        // Also of a covariance with variances of at most 1 (Cauchy and Schwarz).
        Edge::Arc => within_one(judge, argument).or_else(|| {
            let (proof, needs) = judge.at_most_one(argument)?;
            proof.is_unconditional().then_some(needs)
        }),
        Edge::Tangent => None,
    }
}

/// What must hold for -1 ≤ argument ≤ 1.
fn within_one(judge: &mut Judge, argument: Id) -> Option<Vec<Need>> {
    let one = judge.graph.integer(1);
    let [below, above] = [judge.graph.sub(one, argument), judge.graph.add(one, argument)];
    Some(joined(judge.nonnegative(below, false)?, &judge.nonnegative(above, false)?))
}

/// Whether what goes to 0 in this way does so nowhere but where the points meet.
fn vanishes_on_diagonal_only(graph: &mut Graph, approach: Approach) -> bool {
    let Approach::Sum(r) = approach else { return true };
    let body = graph.reductions()[r].body;
    let [x, y] = [Side::X, Side::Y].map(|side| graph.symbol(Symbol::Coordinate(side)));
    let difference = graph.sub(x, y);
    let square = graph.powi(difference, 2);
    let rest = graph.div(body, square);
    graph.is_positive(rest)
}

/// `assume(l != 0)`
fn is_stated_nonzero(definition: &Definition, graph: &Graph, argument: Id) -> bool {
    let Node::Symbol(Symbol::Parameter(p) | Symbol::Weight(p) | Symbol::PickWeight(p, _)) = *graph.node(argument)
    else {
        return false;
    };
    let stated = |bound: &Bound| (bound.parameter, bound.relation, bound.value) == (p, Relation::NotEqual, 0.0);
    definition.options.assume.iter().any(stated)
}

/// Made of numbers, and of constants that the user knows.
fn is_constant(graph: &Graph, id: Id) -> bool {
    let known = |symbol| matches!(symbol, Symbol::Constant(_) | Symbol::External(_) | Symbol::Dimension);
    graph.ingredients(&[id]).into_iter().all(known) && !graph.symbols(&[id]).into_iter().any(Symbol::is_own)
}
