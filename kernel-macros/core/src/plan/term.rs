//! Which expressions of one coordinate have a form that a runtime may know beforehand: weight(i) · base(x_i, y_i).

use crate::map::Map;
use crate::symbolic::{Function, Gather, Graph, Id, Node, Number, Rational, Side, Symbol};

use super::form::{Matrix, Vector};
use super::tower::Tower;

/// A summand or factor at one coordinate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// base(x, y)
    Plain(Base),
    /// The base times an expression of the coordinate's number and of parameters.
    Weighted(Base, Id),
    /// Anything else.
    Custom,
}

/// What of the points is in a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    /// 1
    One,
    /// x
    X,
    /// y
    Y,
    /// x - y
    Difference,
    /// |x - y|
    Distance,
    /// x y
    Product,
    /// x²
    SquareX,
    /// y²
    SquareY,
    /// (x - y)²
    SquareDifference,
}

/// The terms that batches of points are evaluated with: bodies of sums, and factors of the blocks.
pub(super) fn terms(
    graph: &mut Graph,
    gradients: [&Vector; 2],
    hessian: &Matrix,
    tower: Option<&Tower>,
) -> Map<Id, Term> {
    let sums = graph.reductions().iter().enumerate().filter(|(_, reduction)| reduction.gather == Gather::Sum);
    let sums = sums.filter(|&(r, _)| !graph.is_along(Symbol::Sum(r)));
    let mut expressions: Vec<Id> = sums.map(|(_, reduction)| reduction.body).collect();
    expressions.extend(gradients.iter().flat_map(|gradient| &gradient.terms).map(|term| term.1));
    expressions.extend(hessian.rank.iter().chain(&hessian.off_diagonal).flat_map(|term| [term.1, term.2]));
    expressions.extend(hessian.diagonal.iter().map(|term| term.1));
    expressions.extend(tower.iter().flat_map(|tower| &tower.factors).map(|factor| factor.factor));
    expressions.into_iter().map(|expression| (expression, term(graph, expression))).collect()
}

fn term(graph: &mut Graph, expression: Id) -> Term {
    match weighted(graph, expression) {
        Some((weight, base)) if graph.is_one(weight) => Term::Plain(base),
        Some((weight, base)) => Term::Weighted(base, weight),
        None => Term::Custom,
    }
}

/// An expression as what is known before the points are times a base.
pub(super) fn weighted(graph: &mut Graph, expression: Id) -> Option<(Id, Base)> {
    let (weight, rest) = graph.split_by_points(expression);
    if !is_known_before_points(graph, &[weight]) {
        return None;
    }
    let (own, base) = match *graph.node(rest) {
        Node::Select(comparison, a, b, then, otherwise) if is_known_before_points(graph, &[a, b]) => {
            let zero = graph.integer(0);
            // As outside of `x[1..]`.
            let (then, otherwise, base) = if otherwise == zero {
                weighted(graph, then).map(|(weight, base)| (weight, zero, base))?
            } else if then == zero {
                weighted(graph, otherwise).map(|(weight, base)| (zero, weight, base))?
            } else {
                return None;
            };
            (graph.select(comparison, a, b, then, otherwise), base)
        }
        _ => base(graph, rest).map(|(sign, base)| (graph.number(sign), base))?,
    };
    Some((graph.mul(weight, own), base))
}

fn is_known_before_points(graph: &Graph, expressions: &[Id]) -> bool {
    graph
        .symbols(expressions)
        .into_iter()
        .all(|symbol| symbol.is_fixed() || matches!(symbol, Symbol::Weight(_) | Symbol::Index | Symbol::Unit(_)))
}

/// An expression as 1 or -1 times a base.
fn base(graph: &Graph, expression: Id) -> Option<(Number, Base)> {
    use Side::{X, Y};
    const TWO: Rational = Rational::integer(2);
    let coordinate = |id| match graph.node(id) {
        Node::Symbol(Symbol::Coordinate(side)) => Some(*side),
        _ => None,
    };
    // The sign of x in x - y or y - x.
    let difference = |id| match graph.node(id) {
        Node::Sum(Number::Exact(Rational::ZERO), terms) => match **terms {
            [(a, p), (b, q)] if p.is_one() && q == Number::MINUS_ONE || q.is_one() && p == Number::MINUS_ONE => {
                match (coordinate(a)?, coordinate(b)?) {
                    (X, Y) => Some(p),
                    (Y, X) => Some(q),
                    _ => None,
                }
            }
            _ => None,
        },
        _ => None,
    };
    let base = match graph.node(expression) {
        _ if graph.is_one(expression) => Base::One,
        Node::Symbol(Symbol::Coordinate(X)) => Base::X,
        Node::Symbol(Symbol::Coordinate(Y)) => Base::Y,
        Node::Sum(..) => return difference(expression).map(|sign| (sign, Base::Difference)),
        Node::Call(Function::Abs, arguments) if difference(arguments[0]).is_some() => Base::Distance,
        Node::Product(factors) => match **factors {
            [(a, Rational::ONE), (b, Rational::ONE)] => {
                coordinate(a).and(coordinate(b))?;
                Base::Product
            }
            [(base, TWO)] => match coordinate(base) {
                Some(X) => Base::SquareX,
                Some(Y) => Base::SquareY,
                None => {
                    difference(base)?;
                    Base::SquareDifference
                }
            },
            _ => return None,
        },
        _ => return None,
    };
    Some((Number::ONE, base))
}
