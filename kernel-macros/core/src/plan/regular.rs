//! Coefficients that stay finite where the points meet.
//!
//! A coefficient with a pole in r belongs to factors that vanish there (u_i = x_i - y_i, of order 1). In the orders
//! where the derivative exists the pole is weaker than the zero, so the term is computed with the unit vector instead:
//! C r² on (u/r)(u/r)ᵀ with u/r := 0 at r = 0, where one 1/r is applied to the coefficient, once per pair of points (C
//! r² stays bounded, and 1/r is below 10¹⁶²; where it does not, as for Matérn-1/2, each factor is divided by r). What
//! is still 0/0 then (sin r / r) takes its limit from the series.

use crate::map::Map;
use crate::symbolic::{Comparison, Graph, Id, Node, Number, Rational, Symbol};
use crate::verify::{Approach, order_at_diagonal};

use super::arc;
use super::limit::{Care, inside_calls, limit, terms_cancel, with_limit};

/// coefficient · Π factors, each factor at its own coordinate.
#[derive(Clone, Debug)]
pub struct Term {
    pub coefficient: Id,
    /// The coefficient when the points have one coordinate, where that needs another form.
    pub on_a_line: Option<Id>,
    pub factors: Vec<Id>,
}

impl Term {
    pub fn map(&mut self, mut change: impl FnMut(Id) -> Id) {
        self.coefficient = change(self.coefficient);
        self.on_a_line = self.on_a_line.map(change);
    }

    fn has_pole(&self, graph: &Graph, base: Id) -> bool {
        graph.has_pole(self.coefficient, base) || self.on_a_line.is_some_and(|line| graph.has_pole(line, base))
    }

    /// With the choice between one and more coordinates made part of the coefficient.
    pub fn joined(mut self, graph: &mut Graph) -> Self {
        if let Some(line) = self.on_a_line.take() {
            let dimension = graph.symbol(Symbol::Dimension);
            let one = graph.integer(1);
            self.coefficient = graph.select(Comparison::Equal, dimension, one, line, self.coefficient);
        }
        self
    }
}

/// Terms with different factors.
#[derive(Clone, Debug, Default)]
pub struct Terms(Vec<Term>);

impl Terms {
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Adds a term to those with the same factors.
    pub fn add(&mut self, graph: &mut Graph, term: Term) {
        let Some(known) = self.0.iter_mut().find(|known| known.factors == term.factors) else {
            self.0.push(term);
            return;
        };
        if known.on_a_line.is_some() || term.on_a_line.is_some() {
            let [a, b] = [&*known, &term].map(|term| term.on_a_line.unwrap_or(term.coefficient));
            known.on_a_line = Some(graph.add(a, b));
        }
        known.coefficient = graph.add(known.coefficient, term.coefficient);
    }

    pub fn into_vec(self) -> Vec<Term> {
        self.0
    }
}

/// Removes the pole of a term along one approach, where it can be removed.
pub fn regularise(graph: &mut Graph, term: &mut Term, approach: Approach, care: Care) {
    let (base, power) = approach.base(graph);
    if term.has_pole(graph, base) {
        if let Approach::Sum(r) = approach {
            term.map(|id| proportional_sums(graph, id, r));
        }
        let plain = term.clone();
        let Scaling { total, of_coefficient } = scale_factors(graph, term, approach);
        if let Some(exponent) = Rational::new(i128::from(total), i128::from(power)) {
            let raise = graph.power(base, exponent);
            term.map(|id| {
                let scaled = graph.mul(id, raise);
                let scaled = graph.cancel(scaled, base);
                // s · (1/s^(3/2) + …) overflows where 1/√s does not.
                if total > 0 && graph.has_pole(scaled, base) {
                    let expanded = graph.expand_around(scaled, base);
                    return graph.factor(expanded);
                }
                scaled
            });
        }
        if total > 0 && approach == Approach::Angle {
            term.map(|id| along_unit(graph, id, base));
        } else if total > 0 && is_better_plain(graph, &plain, term, approach, care) {
            *term = plain;
            term.map(|id| with_limit(graph, id, approach, base, care));
        } else {
            let scaled = term.coefficient;
            term.map(|id| with_limit(graph, id, approach, base, care));
            let is_unbounded = term.coefficient == scaled && graph.has_pole(scaled, base);
            match (of_coefficient, term.factors.last_mut()) {
                // 1/r² overflows where 1/r does not.
                (Some(inverse), Some(last)) if total > 1 && is_unbounded => *last = graph.mul(*last, inverse),
                (Some(_), _) if total == 1 => term.map(|id| divided(graph, id, base, power)),
                (Some(inverse), _) => term.map(|id| graph.mul(id, inverse)),
                (None, _) => {}
            }
        }
    }
    term.map(|id| inside_calls(graph, id, approach, base));
}

/// A coefficient that is finite where the distance is 0, divided by it, and 0 there.
fn divided(graph: &mut Graph, id: Id, base: Id, power: i64) -> Id {
    let zero = graph.integer(0);
    let elsewhere = match *graph.node(id) {
        Node::Select(Comparison::Equal, a, b, _, otherwise) if a == base && b == zero => otherwise,
        _ => id,
    };
    let exponent = Rational::new(-1, i128::from(power)).unwrap_or(Rational::ZERO);
    let inverse = graph.power(base, exponent);
    let quotient = graph.mul(elsewhere, inverse);
    graph.select(Comparison::Equal, base, zero, zero, quotient)
}

/// Whether a series is needed anyway, and there is one without the unit vector: it goes by s, not by √s, and twice as
/// far.
fn is_better_plain(graph: &mut Graph, plain: &Term, scaled: &Term, approach: Approach, care: Care) -> bool {
    let (base, _) = approach.base(graph);
    plain.on_a_line.is_none()
        && terms_cancel(graph, scaled.coefficient, approach, base, care)
        && limit(graph, plain.coefficient, approach).is_some_and(|limit| is_number(graph, limit))
}

/// Whether a limit exists for all values of the parameters.
pub(super) fn is_number(graph: &Graph, limit: Id) -> bool {
    let is_nan = |&node: &Id| matches!(graph.node(node), Node::Number(number) if number.to_f64().is_nan());
    !graph.reachable(&[limit]).iter().any(is_nan)
}

/// What multiplies the unit vector along the arc, which has no limit: it must vanish, or the derivative does not exist.
fn along_unit(graph: &mut Graph, id: Id, base: Id) -> Id {
    let id = graph.branches(id);
    let zero = graph.integer(0);
    if let Node::Select(comparison, a, b, then, otherwise) = *graph.node(id) {
        let [then, otherwise] = [then, otherwise].map(|branch| along_unit(graph, branch, base));
        return graph.select(comparison, a, b, then, otherwise);
    }
    if id == zero || graph.lowest_power(id, base) > Rational::ZERO {
        return with_limit(graph, id, Approach::Angle, base, Care::Unbounded);
    }
    let there = match limit(graph, id, Approach::Angle) {
        Some(limit) if limit == zero => arc::near_zero(graph, limit),
        _ => graph.number(Number::Float(f64::NAN)),
    };
    graph.select(Comparison::Equal, base, zero, there, id)
}

/// Where the derivative does not exist, NaN: where the points meet, and `kink` is not a branch that is 0.
pub fn forbid(graph: &mut Graph, term: &mut Term, approach: Approach, kink: Id) {
    let (base, _) = approach.base(graph);
    let kink = graph.branches(kink);
    term.map(|id| forbidden(graph, id, base, kink));
}

fn forbidden(graph: &mut Graph, id: Id, base: Id, kink: Id) -> Id {
    let zero = graph.integer(0);
    if kink == zero || id == zero {
        return id;
    }
    if let Node::Select(comparison, a, b, then, otherwise) = *graph.node(kink)
        && !graph.symbols(&[a, b]).contains(&Symbol::Direction)
    {
        let [then, otherwise] = [then, otherwise].map(|branch| forbidden(graph, id, base, branch));
        return graph.select(comparison, a, b, then, otherwise);
    }
    let nan = graph.number(Number::Float(f64::NAN));
    graph.select(Comparison::Equal, base, zero, nan, id)
}

/// Factors that may be NaN (as the slope of |x_i - y_i|), made 0 in the branches in which their coefficient is: 0 · NaN
/// is not 0.
pub fn drop_factors(graph: &mut Graph, term: &mut Term) {
    let branches = graph.branches(term.coefficient);
    if !matches!(graph.node(branches), Node::Select(..)) {
        return;
    }
    for factor in &mut term.factors {
        let may_fail = |&node: &Id| match graph.node(node) {
            Node::Product(factors) => factors.iter().any(|f| f.1.is_negative() || f.1.as_integer().is_none()),
            Node::Call(..) | Node::Power(..) => true,
            _ => false,
        };
        if graph.reachable(&[*factor]).iter().any(may_fail) {
            *factor = taken(graph, branches, *factor);
        }
    }
}

/// `factor` in the branches that are not 0.
fn taken(graph: &mut Graph, branches: Id, factor: Id) -> Id {
    if branches == graph.integer(0) {
        return branches;
    }
    let Node::Select(comparison, a, b, then, otherwise) = *graph.node(branches) else { return factor };
    let [then, otherwise] = [then, otherwise].map(|branch| taken(graph, branch, factor));
    graph.select(comparison, a, b, then, otherwise)
}

/// Other sums of second order at the diagonal, such as Σ ∂b/∂θ, as multiples of the one that goes to 0: t = s · (t/s).
pub(super) fn proportional_sums(graph: &mut Graph, id: Id, r: usize) -> Id {
    let base = graph.symbol(Symbol::Sum(r));
    let mut map = Map::default();
    for symbol in graph.symbols(&[id]) {
        let Symbol::Sum(t) = symbol else { continue };
        let body = graph.reductions()[t].body;
        if t != r && order_at_diagonal(graph, body) == 2 {
            let ratio = graph.symbol(Symbol::Ratio(t, r));
            map.insert(symbol, graph.mul(base, ratio));
        }
    }
    if map.is_empty() {
        return id;
    }
    let substituted = graph.substitute(id, &map);
    graph.cancel(substituted, base)
}

/// Powers of the distance that a term was divided by.
struct Scaling {
    total: i64,
    /// 1/r, 0 at r = 0, if the coefficient is to be multiplied by it, once it is finite itself.
    of_coefficient: Option<Id>,
}

/// Divides by the distance as often as the pole needs and the factors, which vanish with it, allow.
fn scale_factors(graph: &mut Graph, term: &mut Term, approach: Approach) -> Scaling {
    let (base, power) = approach.base(graph);
    let orders: Vec<i64> = term
        .factors
        .iter()
        .map(|&factor| match approach {
            Approach::Sum(_) => order_at_diagonal(graph, factor),
            Approach::Difference(..) => 0,
            Approach::Angle => i64::from(arc::is_perpendicular(graph, factor)),
        })
        .collect();
    let most: i64 = orders.iter().sum();
    let is_sum = matches!(approach, Approach::Sum(_));
    let total = if is_sum { pole(graph, term, base, power).min(most) } else { most };
    let mut inverse = |times: i64| {
        let zero = graph.integer(0);
        let exponent = Rational::new(i128::from(-times), i128::from(power)).unwrap_or(Rational::ZERO);
        let inverse = graph.power(base, exponent);
        graph.select(Comparison::Equal, base, zero, zero, inverse)
    };
    let of_coefficient = (is_sum && total > 0).then(|| inverse(1));
    let mut left = total - i64::from(of_coefficient.is_some());
    let inverses: Vec<Option<Id>> = orders
        .into_iter()
        .map(|order| {
            let times = order.min(left);
            left -= times;
            (times > 0).then(|| inverse(times))
        })
        .collect();
    for (factor, inverse) in term.factors.iter_mut().zip(inverses) {
        if let Some(inverse) = inverse {
            *factor = graph.mul(*factor, inverse);
        }
    }
    Scaling { total, of_coefficient }
}

/// The order of a term's pole as written; one that other factors make up for counts as the highest.
fn pole(graph: &Graph, term: &Term, base: Id, power: i64) -> i64 {
    let lowest = |id: Id| graph.lowest_power(id, base);
    let lowest = term.on_a_line.map_or(lowest(term.coefficient), |line| lowest(line).min(lowest(term.coefficient)));
    let order = lowest.mul(Rational::integer(-power)).map_or(0, |order| -order.neg().floor());
    i64::try_from(order).ok().filter(|order| *order > 0).unwrap_or(i64::MAX)
}
