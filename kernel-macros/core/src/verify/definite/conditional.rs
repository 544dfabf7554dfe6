//! Rules for conditionally definite kernels: exponents of positive definite ones, and squared distances in a Hilbert
//! space.

use super::Judge;
use super::proof::{Claim, Found, Needs, Proof, joined};
use crate::symbolic::{Function, Gather, Id, Node, Number, Rational, Reduction, Symbol};

const SUM: &str = "a sum of conditionally definite kernels, of functions of one point, and of constants";
const MULTIPLE: &str = "a multiple of a conditionally definite kernel";
const GATHERED: &str = "a sum of conditionally definite kernels, one for each coordinate";

impl Judge {
    /// Σ c_a c_b C = C (Σ c_a)² = 0.
    pub(super) fn any_constant(&mut self, claim: Claim, id: Id) -> Found {
        self.is_fixed(id).then(|| Proof::new(claim, id, "a constant", vec![], &[]))?
    }

    pub(super) fn positive_definite(&mut self, id: Id) -> Found {
        let premise = self.positive(id)?;
        Proof::new(Claim::ConditionallyPositive, id, "positive definite", vec![premise], &[])
    }

    /// C + f(x) + f(y) + Σ c_n κ_n.
    pub(super) fn conditional_sum(&mut self, claim: Claim, id: Id) -> Found {
        let (constant, parts) = self.graph.terms(id);
        let terms = parts.len() + usize::from(!constant.is_zero());
        let mut single = Vec::new();
        let mut premises = Vec::new();
        let mut needs = Needs::new();
        for (term, number) in parts {
            let (fixed, rest) = self.without_fixed(term);
            if rest == id {
                return None;
            }
            if !self.sides(rest).is_mixed() {
                single.push((term, number));
                continue;
            }
            let coefficient = self.graph.scale(fixed, number);
            let mut found = None;
            for (coefficient, claim) in [(coefficient, claim), (self.graph.neg(coefficient), opposite(claim))] {
                // Strictly: a kernel whose scale may be 0 is not what its author means.
                let Some(more) = self.nonnegative(coefficient, !self.graph.is_nonnegative(coefficient)) else {
                    continue;
                };
                let Some(premise) = self.prove(claim, rest) else { continue };
                found = Some((more, premise));
                break;
            }
            let (more, premise) = found?;
            needs = joined(needs, &more);
            premises.push(premise);
        }
        let single = self.graph.linear(&single);
        let swapped = self.graph.swap_points(single);
        let difference = self.graph.sub(swapped, single);
        if !self.graph.is_zero(difference) {
            return None;
        }
        let because = if terms == 1 { MULTIPLE } else { SUM };
        Proof::new(claim, id, because, premises, &needs)
    }

    pub(super) fn conditionally_gathered(&mut self, claim: Claim, id: Id) -> Found {
        let Node::Symbol(Symbol::Sum(r)) = *self.graph.node(id) else { return None };
        let Reduction { gather, body } = self.graph.reductions()[r];
        let body = if gather == Gather::DoubleSum { self.across(body)? } else { body };
        let premise = self.prove(claim, body)?;
        Proof::new(claim, id, GATHERED, vec![premise], &[])
    }

    /// eᴱ - 1, and min(f(x), f(y)) = (f(x) + f(y) - |f(x) - f(y)|)/2.
    pub(super) fn conditionally_positive_function(&mut self, id: Id) -> Found {
        let claim = Claim::ConditionallyPositive;
        match self.graph.node(id).clone() {
            Node::Call(Function::ExpM1, arguments) => {
                let premise = self.prove(claim, arguments[0])?;
                let because = "a constant less than the exponential of a conditionally positive definite kernel (Schoenberg 1938)";
                Proof::new(claim, id, because, vec![premise], &[])
            }
            Node::Call(Function::Min, arguments) if self.is_pair(arguments[0], arguments[1]) => {
                let because = "min(f(x), f(y)) = (f(x) + f(y) - |f(x) - f(y)|)/2";
                Proof::new(claim, id, because, vec![], &[])
            }
            _ => None,
        }
    }

    /// |f(x) - f(y)|^p, 0 ≤ p ≤ 2, also of sines.
    pub(super) fn power_of_difference(&mut self, id: Id) -> Found {
        let claim = Claim::ConditionallyNegative;
        let two = self.graph.integer(2);
        let (base, exponent) = match self.graph.node(id).clone() {
            Node::Call(Function::Abs, arguments) => (arguments[0], self.graph.integer(1)),
            Node::Product(factors) => {
                let [(base, exponent)] = factors[..] else { return None };
                match self.graph.node(base).clone() {
                    Node::Call(Function::Abs, arguments) => (arguments[0], self.graph.number(Number::Exact(exponent))),
                    _ if exponent == Rational::integer(2) => (base, two),
                    _ => return None,
                }
            }
            Node::Power(base, exponent) => match self.graph.node(base).clone() {
                Node::Call(Function::Abs, arguments) if self.is_fixed(exponent) => (arguments[0], exponent),
                _ => return None,
            },
            _ => return None,
        };
        let rest = self.graph.sub(two, exponent);
        let needs = joined(self.nonnegative(exponent, false)?, &self.nonnegative(rest, false)?);
        if self.is_difference(base) {
            let because = if exponent == two {
                "(f(x) - f(y))², a squared distance"
            } else {
                "|f(x) - f(y)|^p with 0 ≤ p ≤ 2, a power of a squared distance (Schoenberg 1938)"
            };
            return Proof::new(claim, id, because, vec![], &needs);
        }
        let Node::Call(Function::Sin, arguments) = self.graph.node(base).clone() else { return None };
        let because = "|sin u|^p with 0 ≤ p ≤ 2 and u = f(x) - f(y): sin² u = (1 - cos 2u)/2, and a power of it (Schoenberg 1938)";
        if self.is_difference(arguments[0]) {
            return Proof::new(claim, id, because, vec![], &needs);
        }
        let limit = self.multiple_of_distance(arguments[0], 1)?;
        let found = Proof::new(claim, id, because, vec![], &needs)?;
        Some(found.within(limit))
    }

    /// ψ^α, 0 ≤ α ≤ 1, with ψ ≥ 0 conditionally negative definite: a Bernstein function of it (Schoenberg 1938).
    pub(super) fn fractional_power(&mut self, id: Id) -> Found {
        let (base, exponent) = match self.graph.node(id).clone() {
            Node::Product(factors) => {
                let [(base, exponent)] = factors[..] else { return None };
                (base, self.graph.number(Number::Exact(exponent)))
            }
            Node::Power(base, exponent) if self.is_fixed(exponent) => match self.graph.node(base).clone() {
                // (√s)^p = s^(p/2)
                Node::Product(factors) if factors.len() == 1 && self.graph.is_nonnegative(factors[0].0) => {
                    (factors[0].0, self.graph.scale(exponent, Number::Exact(factors[0].1)))
                }
                _ => (base, exponent),
            },
            _ => return None,
        };
        let one = self.graph.integer(1);
        let rest = self.graph.sub(one, exponent);
        let needs = joined(self.nonnegative(exponent, false)?, &self.nonnegative(rest, false)?);
        let premise = self.prove(Claim::ConditionallyNegative, base)?;
        let needs = joined(needs, &self.nonnegative_on_diagonal(base, false)?);
        let because = "a power between 0 and 1 of a nonnegative, conditionally negative definite kernel: a Bernstein function (Schoenberg 1938)";
        Proof::new(Claim::ConditionallyNegative, id, because, vec![premise], &needs)
    }

    /// a/b = c - d/b with c, d fixed, d ≥ 0 and b > 0 conditionally negative definite.
    pub(super) fn quotient(&mut self, id: Id) -> Found {
        let factors = self.graph.split(id).1;
        let (below, above): (Vec<_>, Vec<_>) = factors.into_iter().partition(|factor| factor.1.is_negative());
        let [(base, exponent)] = below[..] else { return None };
        if exponent != Rational::integer(-1) || above.is_empty() {
            return None;
        }
        let top = self.graph.monomial(Number::ONE, above);
        // d b/db of both: the slope of a in what b is made of, read off the first mixed term of b.
        let Node::Sum(_, terms) = self.graph.node(base).clone() else { return None };
        for (term, number) in terms {
            let (fixed, rest) = self.without_fixed(term);
            if !self.sides(rest).is_mixed() {
                continue;
            }
            let (own, same) = self.without_fixed(top);
            if same != rest {
                continue;
            }
            let scale = self.graph.scale(fixed, number);
            let slope = self.graph.div(own, scale);
            let part = self.graph.mul(slope, base);
            let deficit = self.graph.sub(part, top);
            let deficit = self.graph.expand(deficit);
            if !self.is_fixed(deficit) {
                continue;
            }
            let premise = self.prove(Claim::ConditionallyNegative, base)?;
            let needs = joined(self.nonnegative(deficit, false)?, &self.nonnegative_on_diagonal(base, true)?);
            let because =
                "a constant less a constant over a positive, conditionally negative definite kernel (Schoenberg 1938)";
            return Proof::new(Claim::ConditionallyNegative, id, because, vec![premise], &needs);
        }
        None
    }

    /// Logarithms, arccosines, maxima.
    pub(super) fn conditionally_negative_function(&mut self, id: Id) -> Found {
        let claim = Claim::ConditionallyNegative;
        let logarithm = "the logarithm of a positive, conditionally negative definite kernel (Schoenberg 1938)";
        match self.graph.node(id).clone() {
            Node::Call(Function::Acos, arguments) => {
                let (premise, needs) = self.at_most_one(arguments[0])?;
                let because =
                    "π/2 less the arcsine, a power series with nonnegative coefficients, of a kernel with k(x, x) ≤ 1";
                Proof::new(claim, id, because, vec![premise], &needs)
            }
            Node::Call(Function::Ln, arguments) => {
                if let Node::Call(Function::Cosh, inner) = self.graph.node(arguments[0]).clone()
                    && self.is_difference(inner[0])
                {
                    let because = "ln cosh of f(x) - f(y): all powers of its hyperbolic secant are positive definite (Meixner 1934)";
                    return Proof::new(claim, id, because, vec![], &[]);
                }
                let premise = self.prove(claim, arguments[0])?;
                let needs = self.nonnegative_on_diagonal(arguments[0], true)?;
                Proof::new(claim, id, logarithm, vec![premise], &needs)
            }
            Node::Call(Function::Ln1p, arguments) => {
                let one = self.graph.integer(1);
                let whole = self.graph.add(one, arguments[0]);
                let premise = self.prove(claim, arguments[0])?;
                let needs = self.nonnegative_on_diagonal(whole, true)?;
                Proof::new(claim, id, logarithm, vec![premise], &needs)
            }
            Node::Call(Function::Max, arguments) if self.is_pair(arguments[0], arguments[1]) => {
                let because = "max(f(x), f(y)) = (f(x) + f(y) + |f(x) - f(y)|)/2";
                Proof::new(claim, id, because, vec![], &[])
            }
            _ => None,
        }
    }
}

const fn opposite(claim: Claim) -> Claim {
    match claim {
        Claim::ConditionallyPositive => Claim::ConditionallyNegative,
        _ => Claim::ConditionallyPositive,
    }
}
