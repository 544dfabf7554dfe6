//! Coefficients that stay finite where the points meet.
//!
//! A coefficient with a pole in r belongs to factors that vanish there (u_i = x_i - y_i, of order 1). In the orders where
//! the derivative exists the pole is weaker than the zero, so the term is computed with the unit vector instead: C r² on
//! (u/r)(u/r)ᵀ with u/r := 0 at r = 0, where one 1/r is applied to the coefficient, once per pair of points (C r² stays bounded,
//! and 1/r is below 10¹⁶²). What is still 0/0 then (sin r / r) takes its limit from the series.

use std::collections::HashMap;

use crate::symbolic::{Comparison, Function, Graph, Id, Node, Number, Rational, Series, Symbol};
use crate::verify::{Approach, TERMS, order_at_diagonal};

use super::arc;

/// Terms of the series that replaces an expression near its singularity. The more, the wider its neighbourhood, and the fewer
/// digits the expression loses outside it.
const SWITCH_TERMS: usize = 22;

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
pub fn regularise(graph: &mut Graph, term: &mut Term, approach: Approach) {
    let (base, power) = approach.base(graph);
    if !term.has_pole(graph, base) {
        return;
    }
    if let Approach::Sum(r) = approach {
        term.map(|id| proportional_sums(graph, id, r));
    }
    let scaling = scale_factors(graph, term, approach);
    if let Some(exponent) = Rational::new(i128::from(scaling.total), i128::from(power)) {
        let raise = graph.power(base, exponent);
        term.map(|id| {
            let scaled = graph.mul(id, raise);
            graph.cancel(scaled, base)
        });
    }
    term.map(|id| with_limit(graph, id, approach, base));
    match scaling.of_coefficient {
        Some(_) if scaling.total == 1 => term.map(|id| divided(graph, id, base, power)),
        Some(inverse) => term.map(|id| graph.mul(id, inverse)),
        None => {}
    }
    // The unit vector has no limit: what multiplies it must vanish, or the derivative does not exist.
    if approach == Approach::Angle && scaling.total > 0 && graph.lowest_power(term.coefficient, base) <= Rational::ZERO
    {
        forbid(graph, term, approach);
    }
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

/// Where the derivative does not exist, NaN.
pub fn forbid(graph: &mut Graph, term: &mut Term, approach: Approach) {
    let (base, _) = approach.base(graph);
    let zero = graph.integer(0);
    let nan = graph.number(Number::Float(f64::NAN));
    term.map(|id| graph.select(Comparison::Equal, base, zero, nan, id));
}

/// Other sums of second order at the diagonal, such as Σ ∂b/∂θ, as multiples of the one that goes to 0: t = s · (t/s).
fn proportional_sums(graph: &mut Graph, id: Id, r: usize) -> Id {
    let base = graph.symbol(Symbol::Sum(r));
    let mut map = HashMap::new();
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

/// The limit of the series at the singular point itself; where the terms of the expression diverge one by one and only cancel
/// together, the series takes over in a neighbourhood.
fn with_limit(graph: &mut Graph, id: Id, approach: Approach, base: Id) -> Id {
    if !graph.has_pole(id, base) {
        return id;
    }
    let Some(limit) = limit(graph, id, approach) else { return id };
    let zero = graph.integer(0);
    if approach != Approach::Angle
        && terms_diverge(graph, id, approach, base)
        && let Some(switched) = switched(graph, id, approach, base)
    {
        return switched;
    }
    let limit = if approach == Approach::Angle { arc::near_zero(graph, limit) } else { limit };
    graph.select(Comparison::Equal, base, zero, limit, id)
}

/// The value at the diagonal, if all directions agree on one.
fn limit(graph: &mut Graph, id: Id, approach: Approach) -> Option<Id> {
    let series = approach.expand(graph, id, TERMS)?;
    let zero = graph.integer(0);
    if diverges(graph, &series) || series.end() <= 0 {
        return None;
    }
    let limit = series.coefficient(0).unwrap_or(zero);
    let limit = graph.expand(limit);
    let limit = graph.factor(limit);
    let directed = |symbol: &Symbol| matches!(symbol, Symbol::Direction | Symbol::Ratio(..));
    let agrees = !graph.symbols(&[limit]).iter().any(directed);
    agrees.then_some(limit)
}

fn diverges(graph: &mut Graph, series: &Series) -> bool {
    (series.start..0).any(|n| series.coefficient(n).is_none_or(|c| !graph.is_zero(c)))
}

/// Whether some term of the multiplied-out expression grows without bound by itself, so that digits are lost to cancellation.
fn terms_diverge(graph: &mut Graph, id: Id, approach: Approach, base: Id) -> bool {
    let expanded = graph.expand_around(id, base);
    let Node::Sum(_, terms) = graph.node(expanded).clone() else { return false };
    terms.into_iter().any(|(term, _)| approach.expand(graph, term, TERMS).is_none_or(|series| diverges(graph, &series)))
}

/// The series where its first neglected terms are below rounding, the expression elsewhere.
fn switched(graph: &mut Graph, id: Id, approach: Approach, base: Id) -> Option<Id> {
    const KEPT: i64 = 16;
    let whole_powers = matches!(approach, Approach::Sum(_)) && !graph.has_root(id, base);
    let series = if whole_powers {
        approach.expand_in_sum(graph, id, SWITCH_TERMS)?
    } else {
        approach.expand(graph, id, SWITCH_TERMS)?
    };
    let variable = if whole_powers { base } else { approach.distance(graph) };
    let ratios = |symbol: &Symbol| matches!(symbol, Symbol::Ratio(..));
    let end = series.end().min(KEPT + 2);
    if end < 8 || graph.symbols(&series.coefficients).iter().any(ratios) {
        return None;
    }
    let zero = graph.integer(0);
    let mut terms = Vec::new();
    for n in 0..end {
        let coefficient = series.coefficient(n).unwrap_or(zero);
        let coefficient = graph.expand(coefficient);
        let coefficient = graph.factor(coefficient);
        terms.push(directed_term(graph, coefficient, n, approach, base, variable));
    }
    let leading = terms.iter().copied().find(|&term| term != zero)?;
    let neglected = terms.split_off(terms.len() - 2);
    let sizes: Vec<Id> = neglected.into_iter().map(|term| graph.call(Function::Abs, &[term])).collect();
    let neglected = graph.sum_of(&sizes);
    let size = graph.call(Function::Abs, &[leading]);
    let rounding = graph.scale(size, Number::Float(f64::EPSILON / 8.0));
    let sum = graph.sum_of(&terms);
    let sum = graph.factor(sum);
    Some(graph.select(Comparison::LessOrEqual, neglected, rounding, sum, id))
}

/// c tⁿ, where c may depend on the side σ from which the points approach: σ t = u, the signed difference.
fn directed_term(graph: &mut Graph, coefficient: Id, n: i64, approach: Approach, base: Id, variable: Id) -> Id {
    if !matches!(approach, Approach::Difference(..)) {
        let power = graph.powi(variable, n);
        return graph.mul(coefficient, power);
    }
    let [zero, one] = [0, 1].map(|n| graph.integer(n));
    let even = graph.substitute(coefficient, &HashMap::from([(Symbol::Direction, zero)]));
    let both = graph.substitute(coefficient, &HashMap::from([(Symbol::Direction, one)]));
    let odd = graph.sub(both, even);
    let size = graph.powi(variable, n);
    let signed = if n == 0 {
        zero
    } else {
        let rest = graph.powi(variable, n - 1);
        graph.mul(base, rest)
    };
    let parts = [graph.mul(even, size), graph.mul(odd, signed)];
    graph.sum_of(&parts)
}
