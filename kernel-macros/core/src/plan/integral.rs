//! Kernels of which integrals have a closed form, recognised from the expression: sums of
//!
//! - a exp(-Σ_i c(i) (x_i - y_i)²), Gaussians, constants among them, and
//! - a Π_f (slope_f s + offset_f)^power_f, polynomials of a dot product s = Σ_i w(i) x_i y_i,
//!
//! with a, c, w, slopes and offsets that are known before the points are. Both are sums of products over coordinates,
//! or have a generating function that is one, so that integrals over boxes are integrals of one variable.

use crate::symbolic::{Function, Gather, Graph, Id, Node, Number, Rational, Side, Symbol};

use super::term::{Base, weighted};

/// A part of a kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ClosedForm {
    /// amplitude · exp(-Σ_i rate(i) (x_i - y_i)²)
    Gaussian {
        /// Its value where the points meet.
        amplitude: Id,
        /// Made of what is known of a coordinate before the points are.
        rate: Id,
    },
    /// A sum of products of powers of linear functions of Σ_i weight(i) x_i y_i.
    Polynomial {
        /// Made of what is known of a coordinate before the points are.
        weight: Id,
        /// The products.
        products: Vec<PowerProduct>,
    },
}

/// What the runtime makes of the k-th power of a dot product has the factor k!, and 171! is beyond all numbers.
const HIGHEST_DEGREE: u64 = 170;

/// amplitude · Π (slope s + offset)^power
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PowerProduct {
    /// In front.
    pub amplitude: Id,
    /// (slope, offset, power)
    pub factors: Vec<(Id, Id, u32)>,
}

/// slope · Σ_i weight(i) x_i y_i + offset
struct Linear {
    weight: Id,
    slope: Id,
    offset: Id,
}

/// The parts of a kernel, if it is a sum of such.
pub(super) fn closed_forms(graph: &mut Graph, value: Id) -> Option<Vec<ClosedForm>> {
    if let Some(form) = product(graph, value) {
        return Some(vec![form]);
    }
    sum(graph, value).or_else(|| {
        let expanded = graph.expand(value);
        sum(graph, expanded)
    })
}

fn sum(graph: &mut Graph, value: Id) -> Option<Vec<ClosedForm>> {
    let (constant, terms) = graph.terms(value);
    let constant = graph.number(constant);
    let mut parts = vec![constant];
    parts.extend(terms.into_iter().map(|(term, coefficient)| graph.scale(term, coefficient)));
    let mut forms: Vec<ClosedForm> = Vec::new();
    let zero = graph.integer(0);
    for part in parts.into_iter().filter(|&part| part != zero) {
        let form = product(graph, part)?;
        join(graph, &mut forms, form);
    }
    Some(forms)
}

/// Gaussians of the same rate are one, and so are polynomials of the same dot product.
fn join(graph: &mut Graph, forms: &mut Vec<ClosedForm>, form: ClosedForm) {
    for known in forms.iter_mut() {
        match (known, &form) {
            (ClosedForm::Gaussian { amplitude, rate }, ClosedForm::Gaussian { amplitude: more, rate: same })
                if rate == same =>
            {
                *amplitude = graph.add(*amplitude, *more);
                return;
            }
            (ClosedForm::Polynomial { weight, products }, ClosedForm::Polynomial { weight: same, products: more })
                if weight == same =>
            {
                products.extend(more.iter().cloned());
                return;
            }
            _ => {}
        }
    }
    forms.push(form);
}

/// A product that is one part.
fn product(graph: &mut Graph, value: Id) -> Option<ClosedForm> {
    let (coefficient, factors) = graph.split(value);
    let mut amplitude = graph.number(coefficient);
    let mut rate = graph.integer(0);
    let mut is_gaussian = false;
    let mut weight: Option<Id> = None;
    let mut powers = Vec::new();
    for (base, exponent) in paired(graph, factors)? {
        let factor = graph.power(base, exponent);
        if graph.is_fixed(factor) {
            amplitude = graph.mul(amplitude, factor);
        } else if let Node::Call(Function::Exp, arguments) = graph.node(base).clone() {
            let argument = graph.scale(arguments[0], Number::Exact(exponent));
            let (constant, own) = decay(graph, argument)?;
            let constant = graph.call(Function::Exp, &[constant]);
            amplitude = graph.mul(amplitude, constant);
            rate = graph.add(rate, own);
            is_gaussian = true;
        } else {
            let power = exponent.as_integer().and_then(|power| u32::try_from(power).ok())?;
            let linear = linear(graph, base)?;
            if *weight.get_or_insert(linear.weight) != linear.weight {
                return None;
            }
            powers.push((linear.slope, linear.offset, power));
        }
    }
    let degree: u64 = powers.iter().map(|factor| u64::from(factor.2)).sum();
    match weight {
        None => Some(ClosedForm::Gaussian { amplitude, rate }),
        Some(weight) if !is_gaussian && degree <= HIGHEST_DEGREE => {
            Some(ClosedForm::Polynomial { weight, products: vec![PowerProduct { amplitude, factors: powers }] })
        }
        Some(_) => None,
    }
}

/// Factors with xᵖ yᵖ of a coordinate that stands alone as (x y)ᵖ; nothing if one of them has no counterpart.
fn paired(graph: &mut Graph, factors: Vec<(Id, Rational)>) -> Option<Vec<(Id, Rational)>> {
    let mut others = Vec::new();
    let mut lone: Vec<(Side, usize, Id, Rational)> = Vec::new();
    for (base, exponent) in factors {
        let Some((side, k)) = alone(graph, base) else {
            others.push((base, exponent));
            continue;
        };
        match lone.iter().position(|known| (known.0, known.1, known.3) == (side.other(), k, exponent)) {
            Some(place) => {
                let (_, _, other, _) = lone.swap_remove(place);
                others.push((graph.mul(base, other), exponent));
            }
            None => lone.push((side, k, base, exponent)),
        }
    }
    lone.is_empty().then_some(others)
}

/// Which coordinate of which point stands alone: on a line, the first.
fn alone(graph: &Graph, id: Id) -> Option<(Side, usize)> {
    match *graph.node(id) {
        Node::Symbol(Symbol::Point(side)) => Some((side, 0)),
        Node::Symbol(Symbol::Pick(side, k)) => Some((side, k)),
        _ => None,
    }
}

/// 1 at the coordinate that stands alone, 0 at others.
fn at(graph: &mut Graph, coordinate: Id, k: usize) -> Id {
    if matches!(graph.node(coordinate), Node::Symbol(Symbol::Point(_))) {
        graph.integer(1)
    } else {
        graph.symbol(Symbol::Unit(k))
    }
}

/// The sum c - Σ_i rate(i) (x_i - y_i)² as (c, rate).
fn decay(graph: &mut Graph, argument: Id) -> Option<(Id, Id)> {
    let (constant, terms) = graph.terms(argument);
    let (mut constant, mut rate) = (graph.number(constant), graph.integer(0));
    for (term, coefficient) in terms {
        let term = graph.scale(term, coefficient);
        if graph.is_fixed(term) {
            constant = graph.add(constant, term);
            continue;
        }
        let (outside, square) = split_fixed(graph, term)?;
        let own = match graph.node(square).clone() {
            Node::Symbol(Symbol::Sum(r)) => reduced(graph, r, Base::SquareDifference)?,
            // A sum of sums that was not opened, or the square of a difference of coordinates.
            Node::Sum(..) => {
                let (inner, own) = decay(graph, square)?;
                let inner = graph.mul(outside, inner);
                constant = graph.add(constant, inner);
                graph.neg(own)
            }
            Node::Product(factors) => match *factors {
                [(base, exponent)] if exponent == Rational::integer(2) => difference(graph, base)?,
                _ => return None,
            },
            _ => return None,
        };
        let own = graph.mul(outside, own);
        rate = graph.sub(rate, own);
    }
    Some((constant, rate))
}

/// What is known before the points are, and the rest, a single factor.
fn split_fixed(graph: &mut Graph, term: Id) -> Option<(Id, Id)> {
    let (coefficient, factors) = graph.split(term);
    let (mut outside, mut inside) = (graph.number(coefficient), Vec::new());
    for (base, exponent) in factors {
        let factor = graph.power(base, exponent);
        if graph.is_fixed(factor) {
            outside = graph.mul(outside, factor);
        } else {
            inside.push(factor);
        }
    }
    match *inside {
        [] => None,
        [one] => Some((outside, one)),
        _ => {
            let rest = graph.product_of(&inside);
            Some((outside, rest))
        }
    }
}

/// The weight of a sum over coordinates of weight · base.
fn reduced(graph: &mut Graph, r: usize, base: Base) -> Option<Id> {
    let reduction = graph.reductions()[r];
    if reduction.gather != Gather::Sum {
        return None;
    }
    weighted(graph, reduction.body).filter(|found| found.1 == base).map(|found| found.0)
}

/// 1 at the coordinate of which this is the difference.
fn difference(graph: &mut Graph, id: Id) -> Option<Id> {
    let Node::Sum(constant, terms) = graph.node(id).clone() else { return None };
    let [(a, p), (b, q)] = *terms else { return None };
    let ((of_a, k), (of_b, l)) = (alone(graph, a)?, alone(graph, b)?);
    let is_difference = constant.is_zero() && of_a != of_b && k == l && p.add(q).is_zero();
    (is_difference && (p.is_one() || q.is_one())).then(|| at(graph, a, k))
}

/// A linear function of one dot product, or of several with slopes, which are one then.
fn linear(graph: &mut Graph, id: Id) -> Option<Linear> {
    let (constant, terms) = graph.terms(id);
    let mut offset = graph.number(constant);
    let mut products: Vec<(Id, Id)> = Vec::new();
    for (term, coefficient) in terms {
        let term = graph.scale(term, coefficient);
        if graph.is_fixed(term) {
            offset = graph.add(offset, term);
            continue;
        }
        let (slope, rest) = split_fixed(graph, term)?;
        let weight = match graph.node(rest).clone() {
            Node::Symbol(Symbol::Sum(r)) => reduced(graph, r, Base::Product)?,
            Node::Product(factors) => match *factors {
                [(a, Rational::ONE), (b, Rational::ONE)] => {
                    let ((of_a, k), (of_b, l)) = (alone(graph, a)?, alone(graph, b)?);
                    if of_a == of_b || k != l {
                        return None;
                    }
                    at(graph, a, k)
                }
                _ => return None,
            },
            _ => return None,
        };
        products.push((slope, weight));
    }
    match *products {
        [] => None,
        [(slope, weight)] => Some(Linear { weight, slope, offset }),
        _ => {
            let parts: Vec<Id> = products.iter().map(|&(slope, weight)| graph.mul(slope, weight)).collect();
            Some(Linear { weight: graph.sum_of(&parts), slope: graph.integer(1), offset })
        }
    }
}
