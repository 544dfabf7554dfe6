//! The canonical constructors. Every expression is made here, so two ways to write the same thing meet in one node:
//!
//! - sums are flat and collected: `a + 2a - 3a` is 0;
//! - products are flat and collected: `r · r⁻¹` is 1, `√5 · √5` is 5;
//! - a sum that is a factor is primitive (its first coefficient is ±1, the sign free where the exponent allows), so
//!   `x - y` and `2y - 2x` are the same factor;
//! - roots split over what is provably nonnegative, `√(s/ℓ²)` is `√s · |ℓ|⁻¹`, and `|u|²` is `u²`.
//!
//! Sums are not multiplied out: that is [`Graph::expand`]'s work, and only where something must cancel.

use super::expr::{Graph, Id, Node};
use super::function::Function;
use super::memo::Question;
use super::number::{Number, Rational};

pub(crate) type Factors = Vec<(Id, Rational)>;

/// Longer sums and products are not opened inside others: in a chain of n lets there are n of them, each longer than
/// the one before.
const LONGEST_SUM: usize = 8;
pub(super) const LONGEST_PRODUCT: usize = 8;

impl Graph {
    /// The sum.
    pub fn add(&mut self, a: Id, b: Id) -> Id {
        self.linear(&[(a, Number::ONE), (b, Number::ONE)])
    }

    /// The difference.
    pub fn sub(&mut self, a: Id, b: Id) -> Id {
        self.linear(&[(a, Number::ONE), (b, Number::MINUS_ONE)])
    }

    /// The value with its sign changed.
    pub fn neg(&mut self, a: Id) -> Id {
        self.scale(a, Number::MINUS_ONE)
    }

    /// `number · a`.
    pub fn scale(&mut self, a: Id, number: Number) -> Id {
        if number.is_one() {
            return a;
        }
        let scaled = match self.node(a) {
            _ if number.is_zero() => Node::Number(Number::ZERO),
            Node::Number(value) => Node::Number(value.mul(number)),
            Node::Sum(constant, terms) => {
                let terms: Vec<(Id, Number)> = terms.iter().map(|&(term, c)| (term, c.mul(number))).collect();
                if let ([(term, coefficient)], true) = (terms.as_slice(), constant.is_zero())
                    && coefficient.is_one()
                {
                    return *term;
                }
                Node::Sum(constant.mul(number), terms)
            }
            _ => Node::Sum(Number::ZERO, vec![(a, number)]),
        };
        self.intern(scaled)
    }

    /// The sum of all.
    pub fn sum_of(&mut self, terms: &[Id]) -> Id {
        let terms: Vec<_> = terms.iter().map(|&term| (term, Number::ONE)).collect();
        self.linear(&terms)
    }

    /// Σ coefficient · term. A long sum among several stays a term of its own.
    pub fn linear(&mut self, terms: &[(Id, Number)]) -> Id {
        self.linear_up_to(terms, if terms.len() > 1 { LONGEST_SUM } else { usize::MAX })
    }

    /// The same, with sums up to this length opened.
    pub(super) fn linear_up_to(&mut self, terms: &[(Id, Number)], longest: usize) -> Id {
        let mut constant = Number::ZERO;
        let mut flat: Vec<(Id, Number)> = Vec::with_capacity(terms.len());
        for &(term, coefficient) in terms {
            match self.node(term) {
                Node::Number(number) => constant = constant.add(coefficient.mul(*number)),
                Node::Sum(_, parts) if parts.len() > longest => {
                    let content = self.split(term).0;
                    flat.push((self.primitive(term), coefficient.mul(content)));
                }
                Node::Sum(inner, parts) => {
                    constant = constant.add(coefficient.mul(*inner));
                    flat.extend(parts.iter().map(|&(part, c)| (part, coefficient.mul(c))));
                }
                _ => flat.push((term, coefficient)),
            }
        }
        flat.sort_by_key(|term| term.0);
        let mut collected: Vec<(Id, Number)> = Vec::with_capacity(flat.len());
        for (term, coefficient) in flat {
            match collected.last_mut() {
                Some(last) if last.0 == term => last.1 = last.1.add(coefficient),
                _ => collected.push((term, coefficient)),
            }
        }
        collected.retain(|term| !term.1.is_zero());
        match collected.as_slice() {
            [] => self.number(constant),
            [(term, coefficient)] if constant.is_zero() && coefficient.is_one() => *term,
            [long] if constant.is_zero() && matches!(self.node(long.0), Node::Sum(..)) => self.linear(&collected),
            _ => self.intern(Node::Sum(constant, collected)),
        }
    }

    /// The product.
    pub fn mul(&mut self, a: Id, b: Id) -> Id {
        self.answer(Question::Product(a, b), |graph| graph.product_of(&[a, b]))
    }

    /// The product of all. A long product that shares no factor with the others stays a factor of its own.
    pub fn product_of(&mut self, ids: &[Id]) -> Id {
        let mut coefficient = Number::ONE;
        let mut open = Factors::new();
        let mut closed: Vec<(Id, Factors)> = Vec::new();
        for &id in ids {
            let (c, factors) = self.split(id);
            coefficient = coefficient.mul(c);
            if factors.len() > LONGEST_PRODUCT || (factors.len() > 1 && self.is_whole(id)) {
                let whole = if c.is_one() { id } else { self.monomial(Number::ONE, factors.clone()) };
                closed.push((whole, factors));
            } else {
                self.sort_factors(factors, &mut open, &mut closed);
            }
        }
        let shares = |(_, inner): &(Id, Factors), open: &Factors| {
            inner.iter().any(|factor| open.iter().any(|known| known.0 == factor.0))
        };
        while let Some(place) = closed.iter().position(|product| shares(product, &open)) {
            let (_, factors) = closed.swap_remove(place);
            self.sort_factors(factors, &mut open, &mut closed);
        }
        open.extend(closed.into_iter().map(|(whole, _)| (whole, Rational::ONE)));
        self.monomial(coefficient, open)
    }

    /// Puts products among the factors with those that are closed.
    fn sort_factors(&self, factors: Factors, open: &mut Factors, closed: &mut Vec<(Id, Factors)>) {
        for (base, exponent) in factors {
            match self.node(base) {
                Node::Product(inner) if exponent == Rational::ONE => closed.push((base, inner.clone())),
                _ => open.push((base, exponent)),
            }
        }
    }

    /// The quotient.
    pub fn div(&mut self, a: Id, b: Id) -> Id {
        let inverse = self.powi(b, -1);
        self.mul(a, inverse)
    }

    /// A whole power.
    pub fn powi(&mut self, base: Id, exponent: i64) -> Id {
        self.power(base, Rational::integer(exponent))
    }

    /// The square root.
    pub fn sqrt(&mut self, a: Id) -> Id {
        self.power(a, Rational::HALF)
    }

    /// The real cube root.
    pub fn cbrt(&mut self, a: Id) -> Id {
        if self.is_nonnegative(a) {
            let third = Rational::new(1, 3).unwrap_or(Rational::ONE);
            return self.power(a, third);
        }
        self.call(Function::Cbrt, &[a])
    }

    /// `base^exponent`. A number in the exponent becomes an algebraic power; the rest stays a power of its own, so that
    /// derivatives share one `powf`: b^(e-1) = b^e · b⁻¹.
    pub fn pow(&mut self, base: Id, exponent: Id) -> Id {
        let (number, rest) = match self.node(exponent) {
            Node::Number(number) => (*number, None),
            Node::Sum(constant, terms) => (*constant, Some(terms.clone())),
            _ => (Number::ZERO, Some(vec![(exponent, Number::ONE)])),
        };
        let Some(rest) = rest else {
            return match number.as_rational() {
                Some(exact) => self.power(base, exact),
                None => self.intern(Node::Power(base, exponent)),
            };
        };
        if self.node(base) == &Node::Number(Number::ONE) {
            return base;
        }
        if self.node(base) == &Node::Number(Number::ZERO) && self.is_positive(exponent) {
            return base;
        }
        let Some(exact) = number.as_rational() else {
            return self.intern(Node::Power(base, exponent));
        };
        let rest = self.linear(&rest);
        let symbolic = self.intern(Node::Power(base, rest));
        let algebraic = self.power(base, exact);
        self.mul(symbolic, algebraic)
    }

    /// `base^exponent` for an exact exponent.
    pub fn power(&mut self, base: Id, exponent: Rational) -> Id {
        if exponent == Rational::ZERO {
            return self.integer(1);
        }
        if exponent == Rational::ONE {
            return base;
        }
        self.answer(Question::Power(base, exponent), |graph| graph.new_power(base, exponent))
    }

    fn new_power(&mut self, base: Id, exponent: Rational) -> Id {
        let (coefficient, factors) = self.split(base);
        if let Some(n) = exponent.as_integer() {
            let Some(factors) = scale_exponents(&factors, exponent) else {
                return self.intern(Node::Product(vec![(base, exponent)]));
            };
            return self.monomial(coefficient.powi(n), factors);
        }
        self.root(base, coefficient, factors, exponent)
    }

    /// A power with a fraction in the exponent: splits over the factors that are provably nonnegative.
    fn root(&mut self, base: Id, coefficient: Number, factors: Factors, exponent: Rational) -> Id {
        if coefficient.is_negative() {
            return self.monomial(Number::ONE, vec![(base, exponent)]);
        }
        let mut split = Factors::new();
        let mut outside = Number::ONE;
        match coefficient.as_rational() {
            Some(ratio) if ratio == Rational::ZERO && !exponent.is_negative() => return self.integer(0),
            Some(ratio) if ratio == Rational::ZERO => outside = Number::Float(f64::INFINITY),
            Some(ratio) => {
                for (part, sign) in [(ratio.numerator(), exponent), (ratio.denominator(), exponent.neg())] {
                    if part != 1 {
                        let part = self.number(Rational::new(part, 1).map_or(Number::ONE, Number::Exact));
                        split.push((part, sign));
                    }
                }
            }
            None => outside = Number::Float(coefficient.to_f64().powf(exponent.to_f64())),
        }
        let mut opaque = Factors::new();
        for (base, inner) in factors {
            let even = inner.as_integer().is_some_and(|n| n % 2 == 0);
            match inner.mul(exponent) {
                Some(outer) if self.is_nonnegative(base) => split.push((base, outer)),
                Some(outer) if even => {
                    let absolute = self.call(Function::Abs, &[base]);
                    split.push((absolute, outer));
                }
                _ => opaque.push((base, inner)),
            }
        }
        if !opaque.is_empty() {
            let inside = self.monomial(Number::ONE, opaque);
            split.push((inside, exponent));
        }
        self.monomial(outside, split)
    }

    /// Coefficient and factors of an expression seen as a product.
    pub(crate) fn split(&mut self, id: Id) -> (Number, Factors) {
        match self.node(id) {
            Node::Number(number) => (*number, Vec::new()),
            Node::Product(factors) => (Number::ONE, factors.clone()),
            Node::Sum(constant, terms) => match terms.as_slice() {
                &[(term, coefficient)] if constant.is_zero() => {
                    let (inner, factors) = self.split(term);
                    (coefficient.mul(inner), factors)
                }
                _ => {
                    let content = content(*constant, terms);
                    let primitive = self.scale(id, content.recip());
                    (content, vec![(primitive, Rational::ONE)])
                }
            },
            _ => (Number::ONE, vec![(id, Rational::ONE)]),
        }
    }

    /// Whether a sum is a factor as it stands.
    pub(super) fn is_primitive(&self, id: Id) -> bool {
        match self.node(id) {
            Node::Sum(constant, terms) => {
                (terms.len() > 1 || !constant.is_zero()) && content(*constant, terms).is_one()
            }
            _ => true,
        }
    }

    /// The expression without its numeric coefficient, signed so that equal factors are equal expressions.
    pub fn primitive(&mut self, id: Id) -> Id {
        let factors = self.split(id).1;
        self.monomial(Number::ONE, factors)
    }

    /// coefficient · Π base^exponent, canonical.
    pub(crate) fn monomial(&mut self, mut coefficient: Number, factors: Factors) -> Id {
        let mut pending = factors;
        let mut collected: Factors = Vec::with_capacity(pending.len());
        while let Some((base, exponent)) = pending.pop() {
            let merged = match collected.iter().position(|known| known.0 == base) {
                Some(place) => match collected[place].1.add(exponent) {
                    Some(sum) => {
                        collected.swap_remove(place);
                        sum
                    }
                    None => exponent,
                },
                None => exponent,
            };
            if merged == Rational::ZERO {
                continue;
            }
            if let Some((c, rewritten)) = self.rewrite_factor(base, merged) {
                coefficient = coefficient.mul(c);
                pending.extend(rewritten);
            } else {
                collected.push((base, merged));
            }
        }
        let is_call = |factor: &(Id, Rational)| matches!(self.node(factor.0), Node::Call(..));
        if collected.iter().any(is_call) {
            self.absorb_steps(&mut collected);
            self.join_hyperbolic(&mut collected);
        }
        collected.sort_by_key(|factor| factor.0);
        if coefficient.is_zero() {
            return self.integer(0);
        }
        let product = match collected.as_slice() {
            [] => return self.number(coefficient),
            [(base, exponent)] if *exponent == Rational::ONE => *base,
            _ => self.intern(Node::Product(collected)),
        };
        self.scale(product, coefficient)
    }
}

/// What is taken out of a sum that is a factor. A floating leading coefficient stays: dividing by it would round.
fn content(constant: Number, terms: &[(Id, Number)]) -> Number {
    let leading = if constant.is_zero() { terms[0].1 } else { constant };
    if leading.as_rational().is_some() { leading } else { Number::ONE }
}

pub(super) fn scale_exponents(factors: &[(Id, Rational)], by: Rational) -> Option<Factors> {
    factors.iter().map(|&(base, exponent)| Some((base, exponent.mul(by)?))).collect()
}
