//! Kernels known by name: Gibbs', Paciorek's and Gneiting's, arc-cosine.

use super::Judge;
use super::judge::{COSINE, LENGTHS, RATIO, SINE};
use super::proof::{Claim, Found, Proof, joined};
use crate::symbolic::{Constant, Function, Gather, Id, Node, Number, Rational, Symbol};

impl Judge {
    /// V^(-n/2) exp(-|f(x) - f(y)|²/V), f with n values, V > 0 conditionally negative definite, times g(x) g(y): the
    /// mixture of exp(i w·(f(x) - f(y))) exp(-V|w|²/4) over all w (Gneiting 2002, Theorem 2). V = L(x) + L(y) is Gibbs'
    /// and Paciorek's.
    pub(super) fn gneiting(&mut self, profile: Id, exponent: Id) -> Found {
        let (profile, exponent) = self.logarithms_outside(profile, exponent);
        let terms = self.distributed(exponent);
        let exponent = self.graph.linear(&terms);
        let widths: Vec<Option<Id>> = terms.iter().map(|&(term, number)| self.width(term, number)).collect();
        for width in widths.iter().flatten().copied() {
            let squares: Vec<(Id, Number)> =
                terms.iter().zip(&widths).filter(|known| *known.1 == Some(width)).map(|known| *known.0).collect();
            let volume = self.graph.powi(width, i64::try_from(squares.len()).ok()?);
            let square = self.graph.powi(profile, 2);
            let area = self.graph.mul(square, volume);
            let Some(area) = self.separated(area) else { continue };
            let Some(ratio) = self.same_on_both_sides(area.x, area.y) else { continue };
            let size = self.graph.mul(area.fixed, ratio);
            let signs = [self.nonnegative(size, false), self.nonnegative(profile, false)];
            let [Some(needs), Some(more)] = signs else { continue };
            let plain = self.in_exponentials(width);
            let Some(premise) = self.prove(Claim::ConditionallyNegative, plain) else { continue };
            let Some(positive) = self.nonnegative_on_diagonal(plain, true) else { continue };
            let needs = joined(joined(needs, &more), &positive);
            let part = self.graph.linear(&squares);
            let rest = self.graph.sub(exponent, part);
            let because = "√(g(x) g(y)/Vⁿ) exp(-|f(x) - f(y)|²/V) with n squares and V > 0 conditionally negative definite: a mixture of waves and exponentials of V (Gibbs 1997, Gneiting 2002, Paciorek & Schervish 2004)";
            let gaussian = self.graph.call(Function::Exp, &[part]);
            let whole = self.graph.mul(profile, gaussian);
            let own = Proof::new(Claim::Positive, whole, because, vec![premise], &needs)?;
            return self.times_exponential(own, rest);
        }
        // Σ_i over coordinates: a product of such kernels.
        self.exponential_of_sums(profile, exponent)
    }

    /// The terms of a sum, (a + b)/V as a/V and b/V; squares stay.
    fn distributed(&mut self, sum: Id) -> Vec<(Id, Number)> {
        let (constant, terms) = self.graph.terms(sum);
        let mut all = vec![(self.graph.number(constant), Number::ONE)];
        for (term, number) in terms {
            let (inner, mut factors) = self.graph.split(term);
            let opens = |judge: &Self, factor: &(Id, Rational)| {
                factor.1 == Rational::ONE && matches!(judge.graph.node(factor.0), Node::Sum(..))
            };
            let Some(place) = factors.iter().position(|factor| opens(self, factor)) else {
                all.push((term, number));
                continue;
            };
            let Node::Sum(constant, parts) = self.graph.node(factors.swap_remove(place).0).clone() else { continue };
            let rest = self.graph.monomial(inner, factors);
            all.push((rest, number.mul(constant)));
            for (part, coefficient) in parts {
                all.push((self.graph.mul(rest, part), number.mul(coefficient)));
            }
        }
        all
    }

    /// e^{α ln u} = u^α
    fn logarithms_outside(&mut self, profile: Id, exponent: Id) -> (Id, Id) {
        let (constant, terms) = self.graph.terms(exponent);
        let mut powers = vec![profile];
        let mut rest = vec![(self.graph.number(constant), Number::ONE)];
        for (term, number) in terms {
            match (self.graph.node(term).clone(), number.as_rational()) {
                (Node::Call(Function::Ln, arguments), Some(power)) => {
                    powers.push(self.graph.power(arguments[0], power));
                }
                _ => rest.push((term, number)),
            }
        }
        (self.graph.product_of(&powers), self.graph.linear(&rest))
    }

    /// V, if the term is -(f(x) - f(y))²/V.
    fn width(&mut self, term: Id, number: Number) -> Option<Id> {
        let (inner, factors) = self.graph.split(term);
        let (squares, others): (Vec<_>, Vec<_>) = factors
            .into_iter()
            .partition(|&(base, exponent)| exponent == Rational::integer(2) && self.is_difference(base));
        if squares.len() != 1 {
            return None;
        }
        let rest = self.graph.monomial(number.mul(inner).neg(), others);
        let width = self.graph.powi(rest, -1);
        self.sides(width).is_mixed().then_some(width)
    }

    /// Multiplied out, with cosh u = (e^u + e^{-u})/2 and e^a e^b = e^{a+b}.
    fn in_exponentials(&mut self, id: Id) -> Id {
        let mut parts = Vec::new();
        for node in self.graph.reachable(&[id]) {
            if let Node::Call(Function::Cosh, arguments) = self.graph.node(node).clone() {
                let opposite = self.graph.neg(arguments[0]);
                let both = [arguments[0], opposite].map(|argument| self.graph.call(Function::Exp, &[argument]));
                let sum = self.graph.add(both[0], both[1]);
                parts.push((node, self.graph.scale(sum, Number::Exact(Rational::HALF))));
            }
        }
        let replaced = self.graph.with_parts(id, &parts);
        let expanded = self.graph.expand(replaced);
        let (constant, terms) = self.graph.terms(expanded);
        let mut sum = vec![(self.graph.number(constant), Number::ONE)];
        for (term, number) in terms {
            sum.push((self.one_exponential(term), number));
        }
        self.graph.linear(&sum)
    }

    fn one_exponential(&mut self, term: Id) -> Id {
        let (number, factors) = self.graph.split(term);
        let (mut exponents, mut rest) = (Vec::new(), Vec::new());
        for (base, power) in factors {
            match (self.graph.node(base).clone(), power.as_integer()) {
                (Node::Call(Function::Exp, arguments), Some(n)) => exponents.push((arguments[0], Number::integer(n))),
                _ => rest.push((base, power)),
            }
        }
        let exponent = self.graph.linear(&exponents);
        let exponent = self.graph.expand(exponent);
        let exponential = self.graph.call(Function::Exp, &[exponent]);
        let rest = self.graph.monomial(number, rest);
        self.graph.mul(rest, exponential)
    }

    /// Π_i b(i) exp(Σ_i c(i)) = Π_i b(i) exp(c(i)), where one coordinate's is a kernel.
    fn exponential_of_sums(&mut self, profile: Id, exponent: Id) -> Found {
        let mut factors = Vec::new();
        for (base, power) in self.graph.split(profile).1 {
            let node = self.graph.node(base).clone();
            match node {
                Node::Symbol(Symbol::Product(r, 0)) if power == Rational::ONE => {
                    factors.push(self.graph.reductions()[r].body);
                }
                _ if self.is_fixed(base) => {}
                _ => return None,
            }
        }
        let mut body = Vec::new();
        let mut rest = exponent;
        for (term, number) in self.graph.terms(exponent).1 {
            let (fixed, sum) = self.without_fixed(term);
            let &Node::Symbol(Symbol::Sum(r)) = self.graph.node(sum) else { continue };
            let reduction = self.graph.reductions()[r];
            if reduction.gather != Gather::Sum || !self.sides(sum).is_mixed() {
                continue;
            }
            let scaled = self.graph.mul(fixed, reduction.body);
            body.push((scaled, number));
            let part = self.graph.scale(term, number);
            rest = self.graph.sub(rest, part);
        }
        if body.is_empty() {
            return None;
        }
        let body = self.graph.linear(&body);
        factors.push(self.graph.call(Function::Exp, &[body]));
        let factor = self.graph.product_of(&factors);
        let premise = self.positive(factor)?;
        let sums = self.graph.sub(exponent, rest);
        let own = self.graph.call(Function::Exp, &[sums]);
        let own = self.graph.mul(profile, own);
        let because = "a product of kernels, one for each coordinate (Schur)";
        let own = Proof::new(Claim::Positive, own, because, vec![premise], &[])?;
        self.times_exponential(own, rest)
    }

    /// (|x||y|)^m J_n(θ), m > 0, the arc-cosine kernels: infinitely wide networks (Cho & Saul 2009, eq. 3).
    pub(super) fn arc_cosine(&mut self, profile: Id, exponent: Id) -> Found {
        if !self.graph.symbols(&[profile]).contains(&Symbol::Angle) {
            return None;
        }
        let [dot, xx, yy] = self.graph.angle_sums();
        let one = self.graph.integer(1);
        let [lengths, cosine, sine, theta] =
            [LENGTHS, COSINE, SINE, Symbol::Angle].map(|symbol| self.graph.symbol(symbol));
        let cross = self.graph.symbol(Symbol::Cross);
        let [along, across] = [cosine, sine].map(|part| self.graph.mul(lengths, part));
        // |x|² = ℓ t, |y|² = ℓ/t: of the two only the product may matter, so that t goes.
        let ratio = self.graph.symbol(RATIO);
        let lengths_of = [self.graph.mul(lengths, ratio), self.graph.div(lengths, ratio)];
        let parts = [(dot, along), (cross, across), (xx, lengths_of[0]), (yy, lengths_of[1])];
        let replaced = self.graph.with_parts(profile, &parts);
        let function = self.graph.expand(replaced);
        if self.graph.symbols(&[function]).contains(&RATIO) {
            return None;
        }
        let coefficients = self.coefficients(function, LENGTHS)?;
        let degree = coefficients.len() - 1;
        let zero = self.graph.integer(0);
        // Where a point is 0 the angle counts as 0: J_n(θ) alone is no kernel.
        if degree == 0 || coefficients[..degree].iter().any(|coefficient| *coefficient != zero) {
            return None;
        }
        let pi = self.graph.constant(Constant::Pi);
        let rest = self.graph.sub(pi, theta);
        let linear = self.graph.mul(rest, cosine);
        let square = self.graph.powi(cosine, 2);
        let both = self.graph.mul(sine, cosine);
        let curved = self.graph.linear(&[(one, Number::ONE), (square, Number::integer(2))]);
        let curved = self.graph.mul(rest, curved);
        let table = [
            (rest, 1),
            (self.graph.add(sine, linear), 1),
            (self.graph.linear(&[(both, Number::integer(3)), (curved, Number::ONE)]), 3),
        ];
        for (angular, at_zero) in table {
            let there = self.graph.with_parts(coefficients[degree], &[(theta, zero), (cosine, one), (sine, zero)]);
            let whole = self.graph.scale(pi, Number::integer(at_zero));
            let size = self.graph.div(there, whole);
            let wanted = self.graph.mul(size, angular);
            let difference = self.graph.sub(coefficients[degree], wanted);
            if !self.is_fixed(size) || !self.graph.is_zero(difference) {
                continue;
            }
            let needs = self.nonnegative(size, false)?;
            let because = "(|x||y|)^m J_n(θ), an arc-cosine kernel: the covariance of an infinitely wide network (Cho & Saul 2009)";
            let own = Proof::new(Claim::Positive, profile, because, vec![], &needs)?;
            return self.times_exponential(own, exponent);
        }
        None
    }
}
