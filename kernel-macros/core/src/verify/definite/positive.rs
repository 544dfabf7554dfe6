//! Rules for positive definite kernels.

use std::rc::Rc;

use super::Judge;
use super::judge::Factors;
use super::proof::{Claim, Found, Need, Needs, Proof, joined};
use crate::map::Map;
use crate::symbolic::{
    Comparison, Constant, Function, Gather, Id, Local, Node, Number, Rational, Reduction, Side, Symbol,
};

const PRODUCT: &str = "a product of positive definite kernels (Schur)";
const ONE_FEATURE: &str = "f(x) f(y), the covariance of one random amplitude";

impl Judge {
    /// c ≥ 0
    pub(super) fn nonnegative_constant(&mut self, id: Id) -> Found {
        if !self.is_fixed(id) {
            return None;
        }
        let needs = self.nonnegative(id, false)?;
        Proof::new(Claim::Positive, id, "a nonnegative constant", vec![], &needs)
    }

    /// c f(x) f(y), c ≥ 0: (Σ c_a f(x_a))² ≥ 0.
    pub(super) fn one_feature(&mut self, id: Id) -> Found {
        if !self.sides(id).is_mixed() {
            return None;
        }
        let parts = self.separated(id)?;
        let ratio = self.same_on_both_sides(parts.x, parts.y)?;
        let coefficient = self.graph.mul(parts.fixed, ratio);
        let needs = self.nonnegative(coefficient, false)?;
        Proof::new(Claim::Positive, id, ONE_FEATURE, vec![], &needs)
    }

    /// Σ c_n k_n, c_n ≥ 0. Of what is subtracted, an arccosine is π/2 less an arcsine, a squared sine 1/2 less half a
    /// cosine.
    pub(super) fn sum(&mut self, id: Id) -> Found {
        let Node::Sum(constant, terms) = self.graph.node(id).clone() else { return None };
        let mut constants = vec![(self.graph.number(constant), Number::ONE)];
        let mut premises = Vec::new();
        let mut needs = Needs::new();
        for (term, number) in terms {
            let (fixed, rest) = self.without_fixed(term);
            if self.is_fixed(rest) {
                constants.push((term, number));
                continue;
            }
            let coefficient = self.graph.scale(fixed, number);
            let direct = self.nonnegative(coefficient, false).zip(self.positive(rest));
            if let Some((more, premise)) = direct {
                needs = joined(needs, &more);
                premises.push(premise);
                continue;
            }
            let opposite = self.graph.neg(coefficient);
            needs = joined(needs, &self.nonnegative(opposite, false)?);
            let (most, premise) = self.complement(rest)?;
            premises.push(premise);
            let most = self.graph.mul(coefficient, most);
            constants.push((most, Number::Exact(Rational::HALF)));
        }
        let constant = self.graph.linear(&constants);
        needs = joined(needs, &self.nonnegative(constant, false)?);
        Proof::new(
            Claim::Positive,
            id,
            "a sum of positive definite kernels with nonnegative coefficients",
            premises,
            &needs,
        )
    }

    /// `(2 c, proof)` with c less the expression positive definite: π/2 - acos(k) = asin(k), 1/2 - sin² u = cos(2u)/2.
    /// Not of the angle between the points: where one of them is 0 it counts as 0, and there is no asin(cos θ).
    fn complement(&mut self, id: Id) -> Option<(Id, Rc<Proof>)> {
        let twice = match self.graph.node(id).clone() {
            Node::Call(Function::Acos, _) => self.graph.constant(Constant::Pi),
            Node::Product(factors) => {
                let [(base, exponent)] = factors[..] else { return None };
                let Node::Call(Function::Sin, arguments) = self.graph.node(base).clone() else { return None };
                (exponent == Rational::integer(2) && self.is_difference(arguments[0])).then(|| self.graph.integer(1))?
            }
            _ => return None,
        };
        Some((twice, self.prove(Claim::ConditionallyNegative, id)?))
    }

    /// A kernel with k(x, x) ≤ 1.
    pub(in crate::verify) fn at_most_one(&mut self, id: Id) -> Option<(Rc<Proof>, Needs)> {
        let premise = self.positive(id)?;
        let one = self.graph.integer(1);
        let room = self.graph.sub(one, id);
        let needs = self.nonnegative_on_diagonal(room, false)?;
        Some((premise, needs))
    }

    /// A conditionally positive definite kernel that is 0 where one point is the origin: of numbers c_a at points x_a,
    /// and -Σ c_a at the origin, the quadratic form is that of the c_a alone (Berg, Christensen, Ressel 1984, Lemma
    /// 3.2.1).
    pub(super) fn centred(&mut self, id: Id) -> Found {
        if !matches!(self.graph.node(id), Node::Sum(..)) || !self.domain_has_origin() {
            return None;
        }
        for side in [Side::X, Side::Y] {
            let there = self.graph.at_origin(id, side)?;
            if !self.graph.is_zero(there) {
                return None;
            }
        }
        let premise = self.prove(Claim::ConditionallyPositive, id)?;
        let because = "conditionally positive definite and 0 where a point is the origin (Berg, Christensen, Ressel 1984, Lemma 3.2.1)";
        Proof::new(Claim::Positive, id, because, vec![premise], &[])
    }

    /// Products and whole powers (Schur), negative powers (Schoenberg), and what `radial` and `special` know as a
    /// whole.
    pub(super) fn product(&mut self, id: Id) -> Found {
        let factors = self.graph.split(id).1;
        let is_exponential = |judge: &Self, base: Id| matches!(judge.graph.node(base), Node::Call(Function::Exp, _));
        if factors.len() < 2
            && !factors.iter().any(|factor| factor.1 != Rational::ONE || is_exponential(self, factor.0))
        {
            return None;
        }
        let (coefficient, rest) = self.without_fixed(id);
        let mut needs = self.nonnegative(coefficient, false)?;
        let one = self.graph.integer(1);
        let mut single = [one, one];
        let mut exponents = Vec::new();
        let mut mixed = Factors::new();
        let lengths = self.lengths_beside_angle(rest);
        for (base, exponent) in self.graph.split(rest).1 {
            let factor = self.graph.power(base, exponent);
            let sides = self.sides(base);
            if !sides.is_mixed() && !lengths.contains(&base) {
                let whole = &mut single[usize::from(sides.y)];
                *whole = self.graph.mul(*whole, factor);
            } else if let (Node::Call(Function::Exp, arguments), Some(n)) =
                (self.graph.node(base).clone(), exponent.as_integer())
            {
                exponents.push((arguments[0], Number::integer(n)));
            } else {
                mixed.push((base, exponent));
            }
        }
        let mut premises = Vec::new();
        let mut unproved = Factors::new();
        for &(base, exponent) in &mixed {
            match self.power_of_kernel(base, exponent) {
                Some(premise) => premises.push(premise),
                None => unproved.push((base, exponent)),
            }
        }
        let exponent = self.graph.linear(&exponents);
        let mut found = if unproved.is_empty() { self.exponential(exponent) } else { None };
        found = found.or_else(|| self.as_a_whole(&unproved, exponent));
        if found.is_none() && unproved.len() < mixed.len() {
            premises.clear();
            found = self.as_a_whole(&mixed, exponent);
        }
        premises.push(found?);
        if single != [one, one] {
            let ratio = self.same_on_both_sides(single[0], single[1])?;
            needs = joined(needs, &self.nonnegative(ratio, false)?);
            let both = self.graph.mul(single[0], single[1]);
            premises.extend(Proof::new(Claim::Positive, both, ONE_FEATURE, vec![], &[]));
        }
        premises.retain(|premise| !self.is_fixed(premise.of));
        if let [only] = &premises[..]
            && only.of == id
        {
            return Some(Rc::clone(only));
        }
        let because = if premises.len() == 1 { "a nonnegative multiple" } else { PRODUCT };
        Proof::new(Claim::Positive, id, because, premises, &needs)
    }

    /// |x|² and |y|² where there is an angle: sin θ and cos θ are divided by them, and what the angle is worth depends
    /// on their powers.
    fn lengths_beside_angle(&mut self, id: Id) -> Vec<Id> {
        if self.graph.symbols(&[id]).contains(&Symbol::Angle) {
            self.graph.angle_sums()[1..].to_vec()
        } else {
            Vec::new()
        }
    }

    /// k^n, and ψ^-α.
    fn power_of_kernel(&mut self, base: Id, exponent: Rational) -> Found {
        let id = self.graph.power(base, exponent);
        if exponent == Rational::ONE {
            return self.positive(base);
        }
        if let Some(found) = self.one_feature(id) {
            return Some(found);
        }
        if !exponent.is_negative() {
            exponent.as_integer()?;
            let premise = self.positive(base)?;
            return Proof::new(
                Claim::Positive,
                id,
                "a whole power of a positive definite kernel (Schur)",
                vec![premise],
                &[],
            );
        }
        if let Node::Call(Function::Cosh, arguments) = self.graph.node(base).clone()
            && self.is_difference(arguments[0])
        {
            let because = "a power of the hyperbolic secant of f(x) - f(y), the transform of |Γ|² (Meixner 1934)";
            return Proof::new(Claim::Positive, id, because, vec![], &[]);
        }
        // (ψ^p)^-q
        if let Node::Power(inner, power) = *self.graph.node(base)
            && self.is_fixed(power)
        {
            let power = self.graph.scale(power, Number::Exact(exponent.neg()));
            let needs = self.nonnegative(power, false)?;
            return self.inverse_power(id, inner, &needs);
        }
        self.inverse_power(id, base, &[])
    }

    /// ψ^-α, α ≥ 0, with ψ conditionally negative definite and > 0: ∫ t^(α-1) e^{-tψ} dt / Γ(α).
    fn inverse_power(&mut self, id: Id, base: Id, needs: &[Need]) -> Found {
        let premise = self.prove(Claim::ConditionallyNegative, base)?;
        let positive = self.nonnegative_on_diagonal(base, true)?;
        let because = "a negative power of a positive, conditionally negative definite kernel: a mixture of exponentials (Schoenberg 1938)";
        Proof::new(Claim::Positive, id, because, vec![premise], &joined(needs.to_vec(), &positive))
    }

    /// e^E
    pub(super) fn exponential(&mut self, exponent: Id) -> Found {
        let id = self.graph.call(Function::Exp, &[exponent]);
        if self.is_fixed(exponent) {
            return Proof::new(Claim::Positive, id, "a nonnegative constant", vec![], &[]);
        }
        let premise = self.prove(Claim::ConditionallyPositive, exponent)?;
        Proof::new(
            Claim::Positive,
            id,
            "the exponential of a conditionally positive definite kernel (Schoenberg 1938)",
            vec![premise],
            &[],
        )
    }

    /// A kernel times e^E.
    pub(super) fn times_exponential(&mut self, own: Rc<Proof>, exponent: Id) -> Found {
        if self.is_fixed(exponent) {
            return Some(own);
        }
        let other = self.exponential(exponent)?;
        let whole = self.graph.mul(own.of, other.of);
        Proof::new(Claim::Positive, whole, PRODUCT, vec![own, other], &[])
    }

    /// f(k) for functions whose power series has nonnegative coefficients, and functions of f(x) - f(y).
    pub(super) fn function_of_kernel(&mut self, id: Id) -> Found {
        let because = "a power series with nonnegative coefficients of a positive definite kernel (Schur)";
        match self.graph.node(id).clone() {
            Node::Power(base, exponent) => {
                let opposite = self.graph.neg(exponent);
                if !self.is_fixed(exponent) {
                    return None;
                }
                let needs = self.nonnegative(opposite, false)?;
                self.inverse_power(id, base, &needs)
            }
            Node::Call(Function::ExpM1 | Function::Sinh | Function::Cosh, arguments) => {
                let premise = self.positive(arguments[0])?;
                Proof::new(Claim::Positive, id, because, vec![premise], &[])
            }
            Node::Call(Function::Asin, arguments) => {
                let (premise, needs) = self.at_most_one(arguments[0])?;
                let because =
                    "the arcsine, a power series with nonnegative coefficients, of a kernel with k(x, x) ≤ 1 (Schur)";
                Proof::new(Claim::Positive, id, because, vec![premise], &needs)
            }
            Node::Call(Function::Cos, arguments) => {
                if self.is_difference(arguments[0]) {
                    let because = "the cosine of f(x) - f(y), which is cos f(x) cos f(y) + sin f(x) sin f(y)";
                    return Proof::new(Claim::Positive, id, because, vec![], &[]);
                }
                self.alone(id)
            }
            Node::Call(Function::Min, arguments) => {
                if !self.is_pair(arguments[0], arguments[1]) {
                    return None;
                }
                let needs = self.nonnegative(arguments[0], false)?;
                let because = "min(f(x), f(y)) with f ≥ 0: the overlap of [0, f(x)] and [0, f(y)] (Wiener)";
                Proof::new(Claim::Positive, id, because, vec![], &needs)
            }
            Node::Call(Function::Positive, _) => self.alone(id),
            Node::Select(Comparison::Equal, a, b, then, otherwise) => {
                let difference = self.graph.sub(a, b);
                let opposite = self.graph.neg(difference);
                if !self.is_distance(difference) && !self.is_distance(opposite) {
                    return None;
                }
                if !self.is_fixed(then) || !self.is_fixed(otherwise) {
                    return None;
                }
                let excess = self.graph.sub(then, otherwise);
                let needs = joined(self.nonnegative(excess, false)?, &self.nonnegative(otherwise, false)?);
                let because = "more where f(x) = f(y) than elsewhere: independent noise for each value of f";
                Proof::new(Claim::Positive, id, because, vec![], &needs)
            }
            _ => None,
        }
    }

    fn alone(&mut self, id: Id) -> Found {
        let zero = self.graph.integer(0);
        self.as_a_whole(&[(id, Rational::ONE)], zero)
    }

    /// Whether the expression is 0 exactly where f(x) = f(y), for some f: an equivalence of points.
    fn is_distance(&mut self, id: Id) -> bool {
        let rest = self.without_fixed(id).1;
        if self.is_difference(rest) {
            return true;
        }
        match self.graph.node(rest).clone() {
            Node::Symbol(Symbol::Sum(r)) => {
                let Reduction { gather, body } = self.graph.reductions()[r];
                gather == Gather::Sum && self.graph.is_nonnegative(body) && self.is_distance(body)
            }
            Node::Call(Function::Abs, arguments) => self.is_difference(arguments[0]),
            Node::Product(factors) => {
                matches!(factors[..], [(base, exponent)] if !exponent.is_negative() && self.is_distance(base))
            }
            _ => false,
        }
    }

    /// Sums and products over coordinates of kernels of one coordinate, and double sums of one kernel over all pairs.
    pub(super) fn gathered(&mut self, id: Id) -> Found {
        let Node::Symbol(Symbol::Sum(r) | Symbol::Product(r, 0)) = *self.graph.node(id) else {
            return None;
        };
        let Reduction { gather, body } = self.graph.reductions()[r];
        let (body, because) = match gather {
            Gather::Sum => (body, "a sum of kernels, one for each coordinate"),
            Gather::Product => (body, "a product of kernels, one for each coordinate (Schur)"),
            Gather::DoubleSum => {
                (self.across(body)?, "a kernel summed over all pairs of a coordinate of x and one of y")
            }
        };
        let premise = self.positive(body)?;
        Proof::new(Claim::Positive, id, because, vec![premise], &[])
    }

    /// κ(u, v), if the body of a double sum is κ(x_i, y_j).
    pub(super) fn across(&mut self, body: Id) -> Option<Id> {
        use Symbol::{Coordinate, Other};
        let mut body = body;
        let symbols = self.graph.symbols(&[body]);
        if symbols.contains(&Coordinate(Side::Y)) {
            body = self.graph.exchange(body);
        }
        let symbols = self.graph.symbols(&[body]);
        let foreign = symbols.iter().any(|symbol| match symbol {
            Coordinate(side) => *side == Side::Y,
            Other(Local::Coordinate(side)) => *side == Side::X,
            Other(_) => true,
            symbol => symbol.is_own(),
        });
        if foreign {
            return None;
        }
        let y = self.graph.symbol(Coordinate(Side::Y));
        Some(self.graph.substitute(body, &Map::from_iter([(Other(Local::Coordinate(Side::Y)), y)])))
    }
}
