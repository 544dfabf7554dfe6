//! Which way to a product is the cheapest: from its factors, or from a product already computed that it contains.

use crate::map::Map;
use crate::symbolic::{Function, Graph, Id, Node, Rational, Symbol};

use super::arrange::Price;
use super::{Level, Op, OpId, Program, Usage};

/// Base and exponent of each factor.
pub(super) type Factors = Vec<(OpId, Rational)>;

/// A product that has been computed: coefficient · Π base^exponent, bases in order.
#[derive(Clone, Debug)]
struct Monomial {
    coefficient: f64,
    factors: Factors,
    op: OpId,
}

/// The products that have been computed.
#[derive(Clone, Debug, Default)]
pub(super) struct Products {
    all: Vec<Monomial>,
    by_last_base: Map<OpId, Vec<usize>>,
}

/// How far back a product looks for another that it contains; a long one, of a chain of lets, less far, for there it is
/// close.
const RECENT: usize = 12;

/// The numbers in a product, multiplied.
pub(super) fn constant_part(graph: &Graph, factors: &[(Id, Rational)]) -> f64 {
    factors.iter().filter_map(|&(base, exponent)| constant_power(graph, base, exponent)).product()
}

fn constant_power(graph: &Graph, base: Id, exponent: Rational) -> Option<f64> {
    let value = match graph.node(base) {
        Node::Number(number) => number.to_f64(),
        Node::Symbol(Symbol::Constant(constant)) => constant.value(),
        _ => return None,
    };
    Some(if exponent == Rational::HALF { value.sqrt() } else { value.powf(exponent.to_f64()) })
}

impl Program {
    /// coefficient · Π base^exponent
    pub(super) fn product(&mut self, graph: &Graph, mut coefficient: f64, factors: &[(Id, Rational)]) -> OpId {
        coefficient *= constant_part(graph, factors);
        let mut bases = Factors::new();
        for &(base, exponent) in factors.iter().filter(|factor| constant_power(graph, factor.0, factor.1).is_none()) {
            let scaled = self.scaled.get(&base).zip(exponent.as_integer().and_then(|n| i32::try_from(n).ok()));
            match scaled {
                Some((scaled, n)) => {
                    coefficient *= scaled.by.powi(-n);
                    bases.push((scaled.op, exponent));
                }
                None => bases.push((self.known[&base], exponent)),
            }
        }
        self.join_absolute(&mut bases);
        bases.sort_unstable();
        self.monomial(coefficient, bases)
    }

    /// |u|/u² = 1/|u|, which overflows where u does, not where u² does.
    fn join_absolute(&self, factors: &mut Factors) {
        for place in 0..factors.len() {
            let (base, exponent) = factors[place];
            let Op::Call(Function::Abs, inside, None) = self.ops[base] else { continue };
            let even = |e: Rational| e.is_negative() && e.as_integer().is_some_and(|n| n % 2 == 0);
            let Some(square) = factors.iter().position(|factor| factor.0 == inside && even(factor.1)) else { continue };
            if let Some(joined) = exponent.add(factors[square].1) {
                factors[place].1 = joined;
                factors.remove(square);
                return self.join_absolute(factors);
            }
        }
    }

    /// The cheapest way to a product (never from a larger one, which may have underflowed where it has not).
    pub(super) fn monomial(&mut self, coefficient: f64, factors: Factors) -> OpId {
        if let Some(op) = self.known_product(coefficient, &factors) {
            return op;
        }
        // Of a single operation nothing can be saved.
        let op = if self.arrangement_price(coefficient, &factors).into_iter().sum::<usize>() > 1 {
            self.cheapest(coefficient, &factors)
        } else {
            self.arrange(coefficient, &factors)
        };
        self.remember(coefficient, factors, op);
        op
    }

    fn known_product(&self, coefficient: f64, factors: &Factors) -> Option<OpId> {
        let places = self.products.by_last_base.get(&factors.last()?.0)?;
        let products = places.iter().map(|&place| &self.products.all[place]);
        let same = |known: &&Monomial| known.coefficient == coefficient && known.factors == *factors;
        products.rev().find(same).map(|known| known.op)
    }

    fn cheapest(&mut self, coefficient: f64, factors: &Factors) -> OpId {
        let mut best = (self.price(coefficient, factors), coefficient, factors.clone());
        let long = factors.len() > RECENT;
        let reach = if long { 3 } else { RECENT };
        for _ in 0..reach {
            if best.0 == [0; 3] {
                break;
            }
            let (_, coefficient, factors) = best.clone();
            let of_base = |base: OpId| self.products.by_last_base.get(&base).into_iter().flatten().rev().take(reach);
            let candidates = factors.iter().rev().take(reach).flat_map(|factor| of_base(factor.0));
            for known in candidates.map(|&place| &self.products.all[place]) {
                // Of a long one, no less than half.
                if long && 2 * known.factors.len() < factors.len() {
                    continue;
                }
                for times in 1..=2 {
                    let Some(mut rest) = quotient(&factors, &known.factors, times) else { break };
                    let coefficient = unrounded(coefficient / known.coefficient.powi(times));
                    let place = rest.partition_point(|factor| factor.0 < known.op);
                    rest.insert(place, (known.op, Rational::integer(times.into())));
                    let price = self.price(coefficient, &rest);
                    if price < best.0 && coefficient.is_normal() {
                        best = (price, coefficient, rest);
                    }
                }
            }
            if best.2 == factors {
                break;
            }
        }
        match root(factors).map(|half| (self.price(1.0, &half), half)) {
            // u²/w² = (u/w)²
            Some((price, half)) if coefficient == 1.0 && price[0] < best.0[0] => {
                let half = self.monomial(1.0, half);
                self.push(Op::Mul(half, half))
            }
            _ => self.arrange(best.1, &best.2),
        }
    }

    /// Makes a product available to larger ones.
    pub(super) fn remember(&mut self, coefficient: f64, factors: Factors, op: OpId) {
        let is_base = factors == [(op, Rational::ONE)];
        let shared = self.usage == Usage::Unrolled || self.levels[op] < Level::Coordinate;
        if let Some(&(last, _)) = factors.last().filter(|_| shared && coefficient.is_normal() && !is_base) {
            self.products.by_last_base.get_or_insert_with(last, Vec::new).push(self.products.all.len());
            self.products.all.push(Monomial { coefficient, factors, op });
        }
    }

    /// What `arrange` would add, as far as it is not there yet: operations per coordinate, and less of them is always
    /// better, then per pair and per kernel, or both together where they are done equally often.
    fn price(&self, coefficient: f64, factors: &[(OpId, Rational)]) -> Price {
        let [coordinate, pair, parameter] = self.arrangement_price(coefficient, factors);
        if self.usage == Usage::Batch { [coordinate, pair, parameter] } else { [coordinate, pair + parameter, pair] }
    }
}

/// `factors / known^times`, if that only takes away from `factors`. Both are in order.
fn quotient(factors: &[(OpId, Rational)], known: &[(OpId, Rational)], times: i32) -> Option<Factors> {
    if known.len() > factors.len() {
        return None;
    }
    let mut rest = Factors::new();
    let mut next = 0;
    for &(base, taken) in known {
        let place = next + factors[next..].iter().position(|factor| factor.0 == base)?;
        let exponent = factors[place].1;
        if taken.is_negative() != exponent.is_negative() {
            return None;
        }
        let taken = if times == 1 { taken } else { taken.mul(Rational::integer(times.into()))? };
        let left = exponent.add(taken.neg())?;
        if left != Rational::ZERO && left.is_negative() != exponent.is_negative() {
            return None;
        }
        rest.extend_from_slice(&factors[next..place]);
        if left != Rational::ZERO {
            rest.push((base, left));
        }
        next = place + 1;
    }
    rest.extend_from_slice(&factors[next..]);
    Some(rest)
}

/// The square root of an even product of several bases.
fn root(factors: &[(OpId, Rational)]) -> Option<Factors> {
    let half = |&(base, exponent): &(OpId, Rational)| {
        let even = exponent.as_integer().is_some_and(|n| n % 2 == 0);
        exponent.mul(Rational::HALF).filter(|_| even).map(|half| (base, half))
    };
    if factors.len() < 2 { None } else { factors.iter().map(half).collect() }
}

/// ±1 where rounding has missed it.
fn unrounded(ratio: f64) -> f64 {
    if (ratio.abs() - 1.0).abs() < 4.0 * f64::EPSILON { ratio.signum() } else { ratio }
}
