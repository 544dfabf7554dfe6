//! Kernels of the angle θ between x and y.
//!
//! With p = x·y, a = |x|², b = |y|² and c = |x||y| sin θ = √(ab - p²):
//! ∂θ/∂p = -1/c, ∂θ/∂a = p/(2ac), ∂c/∂p = -p/c, ∂c/∂a = b/(2c), and the same for b.
//! ∂/∂x then has the directions y (from p) and x (from a), which become parallel as θ → 0, with coefficients that grow
//! like 1/c and cancel. So the directions used are x and the part of y perpendicular to it, w = y - (p/a) x, of length
//! c/|x|; there the coefficients cancel as expressions.

use crate::map::Map;
use crate::symbolic::{Comparison, Graph, Id, Node, Number, Rational, Side, Symbol};

use super::regular::{Term, Terms};

/// The sums p, a, b.
pub fn sums(graph: &mut Graph) -> Vec<Symbol> {
    graph
        .angle_sums()
        .into_iter()
        .filter_map(|sum| match graph.node(sum) {
            Node::Symbol(symbol) => Some(*symbol),
            _ => None,
        })
        .collect()
}

/// Their numbers.
pub fn sum_numbers(graph: &mut Graph) -> [usize; 3] {
    graph.angle_sums().map(|sum| match graph.node(sum) {
        Node::Symbol(Symbol::Sum(r)) => *r,
        _ => usize::MAX,
    })
}

/// ∂θ and ∂c by p, a or b; nothing for other variables.
pub fn seeds(graph: &mut Graph, by: Symbol) -> Vec<(Symbol, Id)> {
    let parts = graph.angle_sums();
    let [p, a, b] = parts;
    let cross = graph.symbol(Symbol::Cross);
    let by = graph.symbol(by);
    let half = Number::integer(2).recip();
    let (angle, cross_rate) = if by == p {
        let angle = graph.powi(cross, -1);
        let rate = graph.div(p, cross);
        (graph.neg(angle), graph.neg(rate))
    } else if by == a || by == b {
        let other = if by == a { b } else { a };
        let below = graph.mul(by, cross);
        let angle = graph.div(p, below);
        let rate = graph.div(other, cross);
        (graph.scale(angle, half), graph.scale(rate, half))
    } else {
        return Vec::new();
    };
    vec![(Symbol::Angle, angle), (Symbol::Cross, cross_rate)]
}

/// Rewrites terms in the directions x and w instead of x and y, and their coefficients modulo p² = ab - c².
pub fn perpendicular(graph: &mut Graph, terms: Terms, sides: &[Side]) -> Terms {
    let [p, a, b] = graph.angle_sums();
    let mut terms = terms;
    for (place, &side) in sides.iter().enumerate() {
        let own = graph.symbol(Symbol::Coordinate(side));
        let other = graph.symbol(Symbol::Coordinate(side.other()));
        let length = if side == Side::X { a } else { b };
        let along = graph.div(p, length);
        let part = graph.mul(along, own);
        let perpendicular = graph.sub(other, part);
        let mut rewritten = Terms::default();
        for term in terms.into_vec() {
            if term.factors[place] == other {
                let mut straight = term.clone();
                straight.factors[place] = own;
                straight.coefficient = graph.mul(term.coefficient, along);
                rewritten.add(graph, straight);
                let mut across = term;
                across.factors[place] = perpendicular;
                rewritten.add(graph, across);
            } else {
                rewritten.add(graph, term);
            }
        }
        terms = rewritten;
    }
    let mut reduced = Terms::default();
    for term in terms.into_vec() {
        let coefficient = reduce(graph, term.coefficient);
        reduced.add(graph, Term { coefficient, ..term });
    }
    reduced
}

/// Whether a factor is the perpendicular part of a point.
pub fn is_perpendicular(graph: &mut Graph, factor: Id) -> bool {
    let symbols = graph.symbols(&[factor]);
    symbols.contains(&Symbol::Coordinate(Side::X))
        && symbols.contains(&Symbol::Coordinate(Side::Y))
        && symbols.iter().any(|symbol| matches!(symbol, Symbol::Sum(_)))
}

/// p² → ab - c², so that each coefficient has one form and its poles in c cancel.
pub fn reduce(graph: &mut Graph, id: Id) -> Id {
    if !graph.symbols(&[id]).contains(&Symbol::Cross) {
        return id;
    }
    let id = graph.branches(id);
    if let Node::Select(comparison, left, right, then, otherwise) = *graph.node(id) {
        let [then, otherwise] = [then, otherwise].map(|branch| reduce(graph, branch));
        return graph.select(comparison, left, right, then, otherwise);
    }
    let [p, a, b] = graph.angle_sums();
    let cross = graph.symbol(Symbol::Cross);
    let lengths = graph.mul(a, b);
    let square = graph.powi(cross, 2);
    let replacement = graph.sub(lengths, square);
    let mut expanded = graph.expand(id);
    for _ in 0..8 {
        let (constant, terms) = graph.terms(expanded);
        let mut parts = vec![(graph.number(constant), Number::ONE)];
        for (term, coefficient) in terms {
            let exponent = graph.lowest_power(term, p);
            let pairs = exponent.mul(Rational::HALF).map_or(0, Rational::floor);
            let term = match i64::try_from(pairs) {
                Ok(pairs) if pairs > 0 => {
                    let removed = graph.powi(p, -2 * pairs);
                    let inserted = graph.powi(replacement, pairs);
                    graph.product_of(&[term, removed, inserted])
                }
                _ => term,
            };
            parts.push((term, coefficient));
        }
        let next = graph.linear(&parts);
        let next = graph.expand(next);
        if next == expanded {
            break;
        }
        expanded = next;
    }
    graph.factor(expanded)
}

/// A value in which sin θ and cos θ became quotients by |x||y|, where one of the points is 0: there θ = 0 by
/// convention.
pub fn value_at_origin(graph: &mut Graph, value: Id) -> Id {
    let [p, a, b] = graph.angle_sums();
    if !graph.has_pole(value, a) && !graph.has_pole(value, b) {
        return value;
    }
    let zero = graph.integer(0);
    let lengths = graph.mul(a, b);
    let aligned = graph.sqrt(lengths);
    let mut map = Map::from_iter([(Symbol::Angle, zero), (Symbol::Cross, zero)]);
    if let Node::Symbol(dot) = *graph.node(p) {
        map.insert(dot, aligned);
    }
    let there = graph.substitute(value, &map);
    graph.select(Comparison::Equal, lengths, zero, there, value)
}

/// A limit that holds at θ = 0, not where the points are opposite.
pub fn near_zero(graph: &mut Graph, limit: Id) -> Id {
    let [p, ..] = graph.angle_sums();
    let zero = graph.integer(0);
    let nan = graph.number(Number::Float(f64::NAN));
    graph.select(Comparison::Less, zero, p, limit, nan)
}
