//! The first terms of a kernel where its points meet, up to the one that is not smooth: what a person is shown of a
//! kink.

use crate::map::Map;

use super::approach::{Approach, order_at_diagonal};
use super::smoothness::order;
use crate::symbolic::{Function, Graph, Id, Node, Number, Rational, Series, Side, Symbol};

/// Stands for the distance in leading terms.
pub const DISTANCE: Symbol = Symbol::Argument(0);

/// Terms before the kink; others are left out.
const MOST_TERMS: usize = 3;

/// k ≈ Σ terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leading {
    /// The order of the derivative that does not exist.
    pub order: i64,
    /// The terms, the lowest first; the last is the one that is not smooth. `None` where terms are left out.
    pub terms: Vec<Option<Id>>,
    /// What [`DISTANCE`] stands for, if that is in the terms.
    pub distance: Option<Id>,
    /// The reduction whose body this is, if it is not the kernel itself.
    pub inside: Option<Symbol>,
    /// Whether the last term is certainly not 0 where the points meet, but for exceptional parameters.
    pub certain: bool,
}

impl Leading {
    /// A kernel that jumps where its points meet.
    pub(super) fn jump(graph: &mut Graph, approach: Approach) -> Self {
        let distance = Some(approach.distance(graph));
        Self { order: 0, terms: Vec::new(), distance, inside: None, certain: false }
    }

    /// Of a kernel with a reduction that has such a body.
    pub(super) fn of_body(self, graph: &mut Graph, value: Id, reduction: Symbol) -> Self {
        let slope = graph.derivative(value, reduction);
        let slope = graph.meet(&[slope])[0];
        // Where the slope is 0, the kernel may be smoother than its body.
        let certain = self.certain && graph.is_surely_nonzero(slope);
        let symbol = graph.symbol(reduction);
        let there = graph.meet(&[symbol])[0];
        if self.order == 1 && certain && graph.is_zero(there) {
            let constant = graph.meet(&[value])[0];
            let linear = graph.mul(slope, symbol);
            let terms = [constant, linear].into_iter().filter(|&term| !graph.is_zero(term)).map(Some).collect();
            return Self { terms, distance: None, certain, ..self };
        }
        Self { inside: Some(reduction), certain, ..self }
    }
}

/// The terms of a series up to the kink with that exponent.
pub(super) fn leading(graph: &mut Graph, series: &Series, root: i64, kink: i64, approach: Approach) -> Option<Leading> {
    let mut terms = Vec::new();
    for n in series.start..kink {
        let Some(coefficient) = series.coefficient(n) else { continue };
        if !graph.is_zero(coefficient) {
            let sides = sides(graph, coefficient, approach);
            // Below the kink all exponents are whole.
            let smooth = if n / root % 2 == 0 { sides.even } else { sides.odd };
            terms.push(Some(term(graph, smooth, n, root, n / root % 2 != 0, approach)));
        }
    }
    let rough = sides(graph, series.coefficient(kink)?, approach);
    let whole = kink % root == 0;
    let (coefficient, signed) = match approach {
        // tⁿ with n odd is rough as it is, with n even times the sign of x - y.
        Approach::Difference(..) if whole && kink / root % 2 == 0 && kink > 0 => (rough.odd, true),
        Approach::Difference(..) if graph.is_zero(rough.even) => (rough.odd, true),
        _ => (rough.even, false),
    };
    // Beside it may stand a smooth term of the same order: min(x, y) = y + (x - y)/2 - |x - y|/2.
    let smooth = if signed { rough.even } else { rough.odd };
    if matches!(approach, Approach::Difference(..)) && whole && kink > 0 && !graph.is_zero(smooth) {
        terms.push(Some(term(graph, smooth, kink, root, !signed, approach)));
    }
    if terms.len() > MOST_TERMS {
        terms.truncate(1);
        terms.push(None);
    }
    terms.push(Some(term(graph, coefficient, kink, root, signed, approach)));
    let there = graph.meet(&[coefficient])[0];
    let certain = graph.is_surely_nonzero(there) && !branches(graph, there) && is_of_second_order(graph, approach);
    let distance = Some(approach.distance(graph));
    Some(Leading { order: order(kink, root), terms, distance, inside: None, certain })
}

/// c(σ) = even + odd · σ for σ = ±1.
struct Sides {
    even: Id,
    odd: Id,
}

fn sides(graph: &mut Graph, coefficient: Id, approach: Approach) -> Sides {
    if !matches!(approach, Approach::Difference(..)) {
        return Sides { even: coefficient, odd: coefficient };
    }
    let [above, below] = [1, -1].map(|side| {
        let side = graph.integer(side);
        let there = graph.substitute(coefficient, &Map::from_iter([(Symbol::Direction, side)]));
        graph.branches(there)
    });
    let zero = graph.integer(0);
    if above == below {
        return Sides { even: above, odd: zero };
    }
    if above == graph.neg(below) {
        return Sides { even: zero, odd: above };
    }
    let half = Number::Exact(Rational::HALF);
    let [even, odd] = [Number::ONE, Number::integer(-1)].map(|sign| {
        let both = graph.linear(&[(above, half), (below, half.mul(sign))]);
        let expanded = graph.expand(both);
        graph.factor(expanded)
    });
    Sides { even, odd }
}

/// c r^(n/root), or c (x - y) r^(n/root - 1).
fn term(graph: &mut Graph, coefficient: Id, n: i64, root: i64, signed: bool, approach: Approach) -> Id {
    let distance = graph.symbol(DISTANCE);
    let signed = signed && matches!(approach, Approach::Difference(..));
    let exponent = Rational::new(i128::from(n - i64::from(signed) * root), i128::from(root)).unwrap_or(Rational::ZERO);
    let mut factors = vec![coefficient, graph.power(distance, exponent)];
    if signed {
        factors.push(approach.base(graph).0);
    }
    graph.product_of(&factors)
}

/// Whether a value depends on which side of a comparison a parameter is.
fn branches(graph: &Graph, id: Id) -> bool {
    graph.reachable(&[id]).into_iter().any(|node| match graph.node(node) {
        Node::Select(..) => true,
        Node::Call(function, _) => matches!(function, Function::Positive | Function::Max | Function::Min),
        _ => false,
    })
}

/// Whether the distance is what it is taken for: Σ (x_i - y_i)⁴ vanishes faster.
fn is_of_second_order(graph: &mut Graph, approach: Approach) -> bool {
    let Approach::Sum(r) = approach else { return true };
    let mut body = graph.reductions()[r].body;
    for _ in 0..2 {
        body = graph.derivative(body, Symbol::Coordinate(Side::X));
    }
    order_at_diagonal(graph, body) == 0
}
