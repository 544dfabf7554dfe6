//! Removable singularities: sin r / r where r = 0, and what rounding leaves of (sin r - r cos r)/r³ near it.

use crate::map::Map;
use crate::symbolic::{Comparison, Function, Graph, Growth, Id, Node, Number, Rational, Symbol};
use crate::verify::{Approach, TERMS};

use super::arc;

/// Terms of the series that replaces an expression near its singularity. The more, the wider its neighbourhood, and the
/// fewer digits the expression loses outside it.
const SWITCH_TERMS: usize = 22;

/// Removable singularities in the arguments of functions.
pub fn inside_calls(graph: &mut Graph, id: Id, approach: Approach, base: Id) -> Id {
    if !graph.has_pole_anywhere(id, base) {
        return id;
    }
    let mut parts = Vec::new();
    for node in graph.reachable(&[id]) {
        let mut arguments = match graph.node(node) {
            Node::Call(..) | Node::Power(..) => graph.children(node),
            _ => Vec::new(),
        };
        arguments.retain(|&argument| graph.has_pole(argument, base));
        for argument in arguments {
            let regular = with_limit(graph, argument, approach, base, Care::All);
            parts.push((argument, regular));
        }
    }
    graph.with_parts(id, &parts)
}

/// The limit of the series at the singular point itself; where the terms of the expression diverge one by one and only
/// cancel together, the series takes over in a neighbourhood.
pub fn with_limit(graph: &mut Graph, id: Id, approach: Approach, base: Id, care: Care) -> Id {
    if !graph.has_pole(id, base) {
        return id;
    }
    if let Node::Select(comparison, a, b, then, otherwise) = *graph.node(id) {
        let [then, otherwise] = [then, otherwise].map(|branch| with_limit(graph, branch, approach, base, care));
        return graph.select(comparison, a, b, then, otherwise);
    }
    let limit = limit(graph, id, approach);
    if approach != Approach::Angle {
        if let Some(apart) = apart(graph, id, approach, base, care) {
            return apart;
        }
        if limit.is_some()
            && terms_cancel(graph, id, approach, base, care)
            && let Some(switched) = switched(graph, id, approach, base)
        {
            return switched;
        }
    }
    let Some(limit) = limit else { return id };
    let limit = if approach == Approach::Angle { arc::near_zero(graph, limit) } else { limit };
    let zero = graph.integer(0);
    graph.select(Comparison::Equal, base, zero, limit, id)
}

/// Which cancellation a series is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// Of terms that grow without bound: where other terms of the block stay, what is lost when all of this one
    /// vanishes is nothing beside them.
    Unbounded,
    /// Of any terms.
    All,
}

/// Σ far · near, with limits for what is near the singularity alone: a series of all would be long. `None` if it is all
/// near, or if the limit exists, or is 0, for the whole only.
fn apart(graph: &mut Graph, id: Id, approach: Approach, base: Id, care: Care) -> Option<Id> {
    let one = graph.integer(1);
    let expanded = graph.expand_around(id, base);
    let (constant, terms) = graph.terms(expanded);
    let mut groups: Vec<(Id, Vec<(Id, Number)>)> = vec![(one, vec![(one, constant)])];
    let mut regular = Vec::new();
    for (term, coefficient) in terms {
        if !graph.has_pole(term, base) && !is_power(graph, term, base) {
            regular.push((term, coefficient));
            continue;
        }
        let factors = match graph.node(term).clone() {
            Node::Product(factors) => factors,
            _ => vec![(term, Rational::ONE)],
        };
        let [mut near, mut far] = [one; 2];
        for (part, exponent) in factors {
            let factor = graph.power(part, exponent);
            let side = if is_far(graph, part, approach, base) { &mut far } else { &mut near };
            *side = graph.mul(*side, factor);
        }
        match groups.iter_mut().find(|group| group.0 == far) {
            Some(group) => group.1.push((near, coefficient)),
            None => groups.push((far, vec![(near, coefficient)])),
        }
    }
    if groups.len() == 1 && regular.is_empty() {
        return None;
    }
    let regular = graph.linear(&regular);
    let mut parts = vec![(regular, regular)];
    for (far, near) in groups {
        let near = graph.linear(&near);
        let near = graph.factor(near);
        let limited = with_limit(graph, near, approach, base, care);
        if limited == near && graph.has_pole(near, base) {
            return None;
        }
        parts.push((graph.mul(far, near), graph.mul(far, limited)));
    }
    let zero = graph.integer(0);
    let cancel = |graph: &mut Graph| parts.iter().any(|part| limit(graph, part.0, approach) != Some(zero));
    if care == Care::All && limit(graph, id, approach) == Some(zero) && cancel(graph) {
        return None;
    }
    let parts: Vec<Id> = parts.iter().map(|part| part.1).collect();
    Some(graph.sum_of(&parts))
}

/// Whether a term is c baseⁿ with a small n, as one that takes away the start of a series: (sin r - r + r³/6)/r³.
fn is_power(graph: &Graph, term: Id, base: Id) -> bool {
    match graph.node(term) {
        Node::Product(factors) => factors.iter().all(|&(part, exponent)| {
            if part == base { exponent <= Rational::integer(4) } else { !graph.reachable(&[part]).contains(&base) }
        }),
        _ => term == base || !graph.reachable(&[term]).contains(&base),
    }
}

/// Whether a factor depends on other things than what vanishes, and does not vanish itself.
fn is_far(graph: &mut Graph, part: Id, approach: Approach, base: Id) -> bool {
    let near = graph.reachable(&[part]);
    if !near.contains(&base) {
        return true;
    }
    let one = graph.integer(1);
    let rest = graph.with_parts(part, &[(base, one)]);
    let varies = |symbol: &Symbol| {
        matches!(
            symbol,
            Symbol::Sum(_) | Symbol::Product(..) | Symbol::Point(_) | Symbol::Pick(..) | Symbol::Coordinate(_)
        )
    };
    if !graph.symbols(&[rest]).iter().any(varies) {
        return false;
    }
    let Some(series) = approach.expand(graph, part, 2) else { return false };
    series.start == 0 && series.coefficient(0).is_some_and(|c| !graph.is_zero(c))
}

/// The value at the diagonal, if all directions agree on one.
pub fn limit(graph: &mut Graph, id: Id, approach: Approach) -> Option<Id> {
    let some_root = approach.expand_in_some_root(graph, id, TERMS);
    let (series, root) = some_root.or_else(|| Some((approach.expand_in_any_power(graph, id, TERMS)?, 1)))?;
    if series.end() <= 0 {
        return None;
    }
    let mut limit = graph.integer(0);
    let mut growths = Vec::new();
    for n in series.start..series.end() {
        let coefficient = series.coefficient(n)?;
        if graph.symbols(&[coefficient]).contains(&Symbol::LogDistance) {
            let power = Rational::new(i128::from(n), i128::from(root))?;
            growths.extend(Growth::of(graph, coefficient, power)?);
        } else if n == 0 {
            limit = coefficient;
        } else if n < 0 && !graph.is_zero(coefficient) {
            return None;
        }
    }
    let limit = graph.expand(limit);
    let mut limit = graph.factor(limit);
    let directed = |symbol: &Symbol| matches!(symbol, Symbol::Direction | Symbol::Ratio(..));
    if graph.symbols(&[limit]).iter().any(directed) {
        return None;
    }
    for growth in Growth::leading(graph, &growths) {
        let part = growth.limit(graph)?;
        limit = graph.add(limit, part);
    }
    Some(limit)
}

/// Whether some term of the multiplied-out expression is larger than all of it, so that digits are lost to
/// cancellation.
pub fn terms_cancel(graph: &mut Graph, id: Id, approach: Approach, base: Id, care: Care) -> bool {
    let expanded = graph.expand_around(id, base);
    let Node::Sum(constant, terms) = graph.node(expanded).clone() else { return false };
    let order = match care {
        Care::Unbounded => Rational::ZERO,
        Care::All => match leading_order(graph, expanded, approach) {
            Some(order) => order,
            None => return true,
        },
    };
    let larger = |graph: &mut Graph, term: Id| leading_order(graph, term, approach).is_none_or(|lowest| lowest < order);
    (!constant.is_zero() && order > Rational::ZERO) || terms.into_iter().any(|(term, _)| larger(graph, term))
}

/// The power of the distance that it goes like, as far as its series goes.
fn leading_order(graph: &mut Graph, id: Id, approach: Approach) -> Option<Rational> {
    let (series, root) = approach.expand_in_some_root(graph, id, TERMS)?;
    let zeros = series.coefficients.iter().take_while(|&&coefficient| graph.is_zero(coefficient)).count();
    Rational::new(i128::from(series.start) + i128::try_from(zeros).ok()?, i128::from(root))
}

/// The series where its first neglected terms are below rounding, the expression elsewhere.
fn switched(graph: &mut Graph, id: Id, approach: Approach, base: Id) -> Option<Id> {
    const KEPT: i64 = 16;
    /// Past so many terms a coefficient is a page of code, and the next one more.
    const LONGEST: usize = 60;
    let whole_powers = matches!(approach, Approach::Sum(_)) && !graph.has_root(id, base);
    let series = if whole_powers {
        approach.expand_in_sum(graph, id, SWITCH_TERMS)?
    } else {
        approach.expand(graph, id, SWITCH_TERMS)?
    };
    let variable = if whole_powers { base } else { approach.distance(graph) };
    let unknown = |symbol: &Symbol| matches!(symbol, Symbol::LogDistance | Symbol::Ratio(..));
    let end = series.end().min(KEPT + 2);
    if end < 8 || graph.symbols(&series.coefficients).iter().any(unknown) {
        return None;
    }
    let zero = graph.integer(0);
    let mut terms = Vec::new();
    for n in 0..end {
        let coefficient = series.coefficient(n).unwrap_or(zero);
        let coefficient = graph.expand(coefficient);
        if matches!(graph.node(coefficient), Node::Sum(_, terms) if terms.len() > LONGEST) {
            return None;
        }
        let coefficient = graph.factor(coefficient);
        terms.push(directed_term(graph, coefficient, n, approach, base, variable));
    }
    let leading = terms.iter().copied().find(|&term| term != zero)?;
    // A series with gaps, as that of sin(r⁴), may start again after some zeros.
    let filled: Vec<usize> = (0..terms.len()).filter(|&n| terms[n] != zero).collect();
    let gap = filled.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(terms.len());
    let kept = terms.len().saturating_sub(gap.max(2));
    if filled.first().is_none_or(|&first| first >= kept) {
        return None;
    }
    let neglected = terms.split_off(kept);
    let sizes: Vec<Id> = neglected.into_iter().map(|term| graph.call(Function::Abs, &[term])).collect();
    let neglected = graph.sum_of(&sizes);
    let size = graph.call(Function::Abs, &[leading]);
    let rounding = graph.scale(size, Number::Float(f64::EPSILON / 8.0));
    let sum = graph.sum_of(&terms);
    let sum = graph.factor(sum);
    let switched = graph.select(Comparison::LessOrEqual, neglected, rounding, sum, id);
    within_branches(graph, switched, id, approach, base)
}

/// `near` while every choice in `id` is what it is close to the singularity: the series knows one branch only.
fn within_branches(graph: &mut Graph, near: Id, id: Id, approach: Approach, base: Id) -> Option<Id> {
    let zero = graph.integer(0);
    let mut within = near;
    for node in graph.reachable(&[id]) {
        let (a, b) = match *graph.node(node) {
            Node::Call(Function::Positive, ref arguments) => (arguments[0], zero),
            Node::Call(Function::Max | Function::Min, ref arguments) => (arguments[0], arguments[1]),
            Node::Select(_, a, b, ..) => (a, b),
            _ => continue,
        };
        let difference = graph.sub(a, b);
        if !graph.reachable(&[difference]).contains(&base) {
            continue;
        }
        let series = approach.expand(graph, difference, TERMS)?;
        let leading = series.coefficients.into_iter().find(|&c| !graph.is_zero(c))?;
        if graph.symbols(&[leading]).contains(&Symbol::LogDistance) {
            return None;
        }
        let sign = match graph.node(leading) {
            Node::Number(number) => graph.number(Number::integer(if number.is_negative() { -1 } else { 1 })),
            _ => leading,
        };
        let same = graph.mul(difference, sign);
        within = graph.select(Comparison::Less, zero, same, within, id);
    }
    Some(within)
}

/// c tⁿ, where c may depend on the side σ from which the points approach: σ t = u, the signed difference.
fn directed_term(graph: &mut Graph, coefficient: Id, n: i64, approach: Approach, base: Id, variable: Id) -> Id {
    if !matches!(approach, Approach::Difference(..)) {
        let power = graph.powi(variable, n);
        return graph.mul(coefficient, power);
    }
    let [zero, one] = [0, 1].map(|n| graph.integer(n));
    let even = graph.substitute(coefficient, &Map::from_iter([(Symbol::Direction, zero)]));
    let both = graph.substitute(coefficient, &Map::from_iter([(Symbol::Direction, one)]));
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
