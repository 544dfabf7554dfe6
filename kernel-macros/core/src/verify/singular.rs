//! Operations that are singular somewhere: roots, quotients, logarithms and inverse functions at the edges of their
//! domains, and jumps.

use super::smoothness::{MEETINGS, Meetings};
use crate::symbolic::{Function, Graph, Id, Local, Node, Rational, Symbol};

/// What is singular where its argument is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Singular {
    /// A root or a quotient.
    Root,
    /// A logarithm.
    Logarithm,
    /// A comparison, maximum, minimum or absolute value.
    Jump,
    /// asin, acos, tan, atan2.
    Inverse,
}

/// Looks for operations that are singular at some diagonal point and that no series speaks of: roots, quotients and
/// logarithms of what is not provably positive there, and jumps.
pub(super) fn irregular(graph: &mut Graph, value: Id, meetings: &Meetings) -> Option<(Id, Singular)> {
    let roots = graph.with_bodies(value);
    let approaches = meetings.iter().map(|meeting| meeting.0).chain(MEETINGS);
    let harmless: Vec<Id> = approaches.map(|approach| approach.base(graph).0).collect();
    let mut arguments: Vec<(Id, Singular)> = Vec::new();
    for node in graph.reachable(&roots) {
        arguments.extend(singular_arguments(graph, node));
    }
    arguments.retain(|argument| !harmless.contains(&argument.0));
    let met = graph.meet(&arguments.iter().map(|argument| argument.0).collect::<Vec<Id>>());
    let fails = |&there: &Id| {
        let negative = graph.neg(there);
        !is_parameter(graph, there) && !is_surely_positive(graph, there) && !is_surely_positive(graph, negative)
    };
    let place = met.iter().position(fails)?;
    Some(arguments[place])
}

/// The coordinates, two or more, that have to meet for an operation to be singular: those of each argument that is 0
/// where x = y.
pub(super) fn meeting_together(graph: &mut Graph, value: Id) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    for node in graph.reachable(&[value]) {
        for (argument, _) in singular_arguments(graph, node) {
            let mut coordinates: Vec<usize> = graph
                .symbols(&[argument])
                .into_iter()
                .filter_map(|symbol| if let Symbol::Pick(_, k) = symbol { Some(k) } else { None })
                .collect();
            coordinates.sort_unstable();
            coordinates.dedup();
            if coordinates.len() > 1 && !found.contains(&coordinates) {
                let there = graph.meet(&[argument])[0];
                if graph.is_zero(there) {
                    found.push(coordinates);
                }
            }
        }
    }
    found
}

/// Whether an expression is made of parameters alone and not 0: what is singular for a parameter is singular
/// everywhere, which is a matter for `assume`, not for the diagonal.
fn is_parameter(graph: &mut Graph, id: Id) -> bool {
    let only = graph.symbols(&[id]).into_iter().all(|symbol| {
        matches!(
            symbol,
            Symbol::Parameter(_)
                | Symbol::Weight(_)
                | Symbol::PickWeight(..)
                | Symbol::External(_)
                | Symbol::Constant(_)
                | Symbol::Dimension
                | Symbol::Index
                | Symbol::Other(Local::Index)
        )
    });
    only && !matches!(graph.node(id), Node::Number(_))
}

/// Positive as it stands, or after multiplication with its positive denominators: 1 - a/(1 + a) = 1/(1 + a).
fn is_surely_positive(graph: &mut Graph, id: Id) -> bool {
    if graph.is_positive(id) {
        return true;
    }
    let Node::Sum(constant, terms) = graph.node(id).clone() else { return false };
    let mut denominators = Vec::new();
    for &(term, _) in &terms {
        let Node::Product(factors) = graph.node(term).clone() else { continue };
        for (base, exponent) in factors {
            if exponent.is_negative() && graph.is_positive(base) {
                denominators.push(graph.power(base, exponent.neg()));
            }
        }
    }
    // Term by term, so that each denominator meets its like before anything is multiplied out.
    let common = graph.product_of(&denominators);
    let mut parts = vec![(common, constant)];
    for (term, coefficient) in terms {
        parts.push((graph.mul(term, common), coefficient));
    }
    let product = graph.linear(&parts);
    let expanded = graph.expand(product);
    graph.is_positive(expanded)
}

/// The arguments at whose zeros an operation is not smooth.
fn singular_arguments(graph: &mut Graph, node: Id) -> Vec<(Id, Singular)> {
    let one = graph.integer(1);
    match graph.node(node).clone() {
        Node::Product(factors) => factors
            .into_iter()
            .filter(|factor| factor.1.is_negative() || factor.1.as_integer().is_none())
            .filter(|&(base, exponent)| {
                !matches!(graph.node(base), Node::Call(Function::Abs, _)) || exponent < Rational::ZERO
            })
            .map(|factor| (factor.0, Singular::Root))
            .collect(),
        Node::Power(base, _) => vec![(base, Singular::Root)],
        Node::Call(Function::Abs | Function::Positive | Function::Cbrt, arguments) => {
            vec![(arguments[0], Singular::Jump)]
        }
        Node::Call(Function::Ln, arguments) => vec![(arguments[0], Singular::Logarithm)],
        Node::Call(Function::Ln1p, arguments) => vec![(graph.add(one, arguments[0]), Singular::Logarithm)],
        Node::Call(Function::Asin | Function::Acos, arguments) => {
            vec![(graph.sub(one, arguments[0]), Singular::Inverse), (graph.add(one, arguments[0]), Singular::Inverse)]
        }
        Node::Call(Function::Tan, arguments) => vec![(graph.call(Function::Cos, &[arguments[0]]), Singular::Inverse)],
        Node::Call(Function::Max | Function::Min, arguments) => {
            vec![(graph.sub(arguments[0], arguments[1]), Singular::Jump)]
        }
        Node::Call(Function::Atan2, arguments) => {
            let squares: Vec<Id> = arguments.iter().map(|&argument| graph.powi(argument, 2)).collect();
            vec![(graph.sum_of(&squares), Singular::Inverse)]
        }
        Node::Select(_, a, b, _, _) => vec![(graph.sub(a, b), Singular::Jump)],
        _ => Vec::new(),
    }
}
