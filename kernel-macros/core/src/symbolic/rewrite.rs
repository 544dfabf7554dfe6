//! Rules for the factors of a product: powers of |u|, of roots, of indicators, and factors that join.

use super::expr::{Comparison, Graph, Id, Node, Symbol};
use super::function::Function;
use super::number::{Number, Rational};
use super::simplify::{Factors, LONGEST_PRODUCT, scale_exponents};

impl Graph {
    /// One factor in simpler terms, where a rule applies.
    pub(super) fn rewrite_factor(&mut self, base: Id, exponent: Rational) -> Option<(Number, Factors)> {
        match self.node(base) {
            // A whole number under a root: whole powers leave it, 8^(1/2) = 2 · 2^(1/2).
            Node::Number(number) => {
                let (number, ratio) = (*number, number.as_rational());
                let Some(n) = exponent.as_integer() else {
                    let (outside, inside) = whole_root(ratio?, exponent)?;
                    let inside = inside.map(|(n, e)| (self.number(n), e));
                    return Some((outside, inside.into_iter().collect()));
                };
                Some((number.powi(n), Vec::new()))
            }
            // |u|^(2m + e) = u^(2m) |u|^e, 0 ≤ e < 2.
            Node::Call(Function::Abs, arguments) => {
                let pairs = exponent.mul(Rational::HALF)?.floor();
                if pairs == 0 {
                    return None;
                }
                let pairs = Rational::new(2 * pairs, 1)?;
                let rest = exponent.add(pairs.neg())?;
                let inside = arguments[0];
                let squared = self.power(inside, pairs);
                let (coefficient, mut factors) = self.split(squared);
                if rest != Rational::ZERO {
                    factors.push((base, rest));
                }
                Some((coefficient, factors))
            }
            // (±1)² = 1.
            Node::Symbol(Symbol::Direction) => {
                let n = exponent.as_integer()?;
                let parity = n.rem_euclid(2);
                (parity != n).then(|| (Number::ONE, if parity == 0 { vec![] } else { vec![(base, Rational::ONE)] }))
            }
            // A 0/1 indicator is its own square.
            Node::Symbol(Symbol::Unit(_) | Symbol::Entry) => {
                (exponent > Rational::ONE).then(|| (Number::ONE, vec![(base, Rational::ONE)]))
            }
            Node::Select(..) if self.is_step(base).is_some() => {
                (exponent > Rational::ONE).then(|| (Number::ONE, vec![(base, Rational::ONE)]))
            }
            // A product (behind an opaque base) or a scaled sum reached with another exponent.
            Node::Product(inner)
                if exponent == Rational::ONE && (inner.len() > LONGEST_PRODUCT || self.is_whole(base)) =>
            {
                None
            }
            Node::Product(inner) if exponent.as_integer().is_some() => {
                Some((Number::ONE, scale_exponents(inner, exponent)?))
            }
            Node::Sum(..) if !self.is_primitive(base) => {
                let n = exponent.as_integer()?;
                let (coefficient, factors) = self.split(base);
                Some((coefficient.powi(n), scale_exponents(&factors, exponent)?))
            }
            _ => None,
        }
    }

    /// `t` if the expression is the step `if 0 < t { 1 } else { 0 }`.
    pub(super) fn is_step(&self, id: Id) -> Option<Id> {
        let Node::Select(Comparison::Less, zero, t, then, otherwise) = self.node(id) else { return None };
        let is = |id: Id, n: i64| self.node(id) == &Node::Number(Number::integer(n));
        (is(*zero, 0) && is(*then, 1) && is(*otherwise, 0)).then_some(*t)
    }

    /// max(t, 0)ⁿ · [t > 0] = max(t, 0)ⁿ for n > 0: both are 0 where t ≤ 0.
    pub(super) fn absorb_steps(&self, factors: &mut Factors) {
        let supported: Vec<Id> = factors
            .iter()
            .filter(|factor| !factor.1.is_negative())
            .filter_map(|factor| match self.node(factor.0) {
                Node::Call(Function::Positive, arguments) => Some(arguments[0]),
                _ => None,
            })
            .collect();
        factors.retain(|factor| self.is_step(factor.0).is_none_or(|t| !supported.contains(&t)));
    }

    /// sinh a / cosh a = tanh a: the quotient overflows, its value does not.
    pub(super) fn join_hyperbolic(&mut self, factors: &mut Factors) {
        let sines: Vec<(Id, Id, Rational)> = factors
            .iter()
            .filter_map(|&(base, exponent)| match self.node(base) {
                Node::Call(Function::Sinh, arguments) if exponent >= Rational::ONE => {
                    Some((base, arguments[0], exponent))
                }
                _ => None,
            })
            .collect();
        for (sine, argument, exponent) in sines {
            let cosine = self.intern(Node::Call(Function::Cosh, vec![argument]));
            let Some(below) = factors.iter().position(|factor| factor.0 == cosine && factor.1.is_negative()) else {
                continue;
            };
            let pairs = exponent.min(factors[below].1.neg());
            let Some(pairs) = Rational::new(pairs.floor(), 1).filter(|pairs| *pairs >= Rational::ONE) else { continue };
            for factor in factors.iter_mut() {
                let change = if factor.0 == sine { pairs.neg() } else { pairs };
                if factor.0 == sine || factor.0 == cosine {
                    factor.1 = factor.1.add(change).unwrap_or(factor.1);
                }
            }
            factors.retain(|factor| factor.1 != Rational::ZERO);
            let tangent = self.call(Function::Tanh, &[argument]);
            match factors.iter_mut().find(|factor| factor.0 == tangent) {
                Some(factor) => factor.1 = factor.1.add(pairs).unwrap_or(factor.1),
                None => factors.push((tangent, pairs)),
            }
        }
        factors.retain(|factor| factor.1 != Rational::ZERO);
    }
}

/// n^e as outside · inside^(fraction): the whole part of the exponent and perfect powers leave the root.
/// `None` when there is nothing to take out.
fn whole_root(n: Rational, exponent: Rational) -> Option<(Number, Option<(Number, Rational)>)> {
    let whole = exponent.floor();
    let fraction = exponent.add(Rational::new(-whole, 1)?)?;
    let outside = Number::Exact(n).powi(i64::try_from(whole).ok()?);
    let (mut rest, mut root) = (n.as_integer().filter(|&n| n > 0)?, 1_i64);
    let degree = u32::try_from(fraction.denominator()).ok()?;
    for divisor in 2..=1000_i64 {
        let Some(power) = divisor.checked_pow(degree).filter(|&power| power <= rest) else { break };
        while rest % power == 0 {
            rest /= power;
            root *= divisor;
        }
    }
    if whole == 0 && root == 1 {
        return None;
    }
    let taken = Number::integer(root).powi(i64::try_from(fraction.numerator()).ok()?);
    let inside = (rest != 1).then_some((Number::integer(rest), fraction));
    Some((outside.mul(taken), inside))
}
