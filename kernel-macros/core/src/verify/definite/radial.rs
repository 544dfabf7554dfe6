//! Kernels known by their profile, a function of the distance as a whole: the Matérn class, compact support, sin r/r.

use super::Judge;
use super::judge::RADIUS;
use super::proof::{Claim, Found, Needs, Proof, Valid, joined};
use crate::symbolic::{Function, Gather, Id, Node, Number, Rational, Reduction, Symbol};

/// More distances than a person puts into one kernel.
const MOST_DISTANCES: usize = 8;

/// What a profile is a function of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Distance {
    /// The root of this.
    Root(Id),
    /// The absolute value of this.
    Absolute(Id),
    /// This, f(x) - f(y).
    Signed(Id),
}

impl Judge {
    /// The product of factors that are not kernels by themselves, and of e^E.
    pub(super) fn as_a_whole(&mut self, factors: &[(Id, Rational)], exponent: Id) -> Found {
        let powers: Vec<Id> = factors.iter().map(|&(base, e)| self.graph.power(base, e)).collect();
        let profile = self.graph.product_of(&powers);
        let mut found = None;
        for distance in self.distances(&[profile, exponent]) {
            found = found
                .or_else(|| self.matern(profile, exponent, distance))
                .or_else(|| self.compact(profile, exponent, distance))
                .or_else(|| self.wave(profile, exponent, distance));
        }
        found.or_else(|| self.gneiting(profile, exponent)).or_else(|| self.arc_cosine(profile, exponent))
    }

    /// The distances that the expressions are made with, the innermost first.
    fn distances(&mut self, ids: &[Id]) -> Vec<Distance> {
        let mut found = Vec::new();
        for node in self.graph.reachable(ids) {
            if found.len() >= MOST_DISTANCES {
                break;
            }
            match self.graph.node(node).clone() {
                Node::Product(factors) => {
                    for (base, exponent) in factors {
                        let candidate = if exponent.as_integer().is_none() && exponent.denominator() == 2 {
                            Distance::Root(base)
                        } else if exponent == Rational::integer(-1) && self.is_difference(base) {
                            Distance::Signed(base)
                        } else {
                            continue;
                        };
                        if self.sides(base).is_mixed() && !found.contains(&candidate) {
                            found.push(candidate);
                        }
                    }
                }
                Node::Call(Function::Abs, arguments) if self.is_difference(arguments[0]) => {
                    found.push(Distance::Absolute(arguments[0]));
                }
                _ => {}
            }
        }
        found
    }

    /// The expression as a function of the distance alone, [`RADIUS`].
    fn profile(&mut self, id: Id, distance: Distance) -> Option<Id> {
        let radius = self.graph.symbol(RADIUS);
        let profile = match distance {
            Distance::Root(base) => {
                let square = self.graph.powi(radius, 2);
                self.graph.with_parts(id, &[(base, square)])
            }
            // Signed as well, only what is even is a function of the distance.
            Distance::Signed(difference) | Distance::Absolute(difference) => {
                let absolute = self.graph.call(Function::Abs, &[difference]);
                let negative = self.graph.neg(radius);
                let [above, below] = [radius, negative]
                    .map(|signed| self.graph.with_parts(id, &[(absolute, radius), (difference, signed)]));
                let change = self.graph.sub(above, below);
                self.graph.is_zero(change).then_some(above)?
            }
        };
        self.is_fixed(profile).then_some(profile)
    }

    /// p_0, p_1 … of a polynomial in a symbol.
    pub(super) fn coefficients(&mut self, id: Id, symbol: Symbol) -> Option<Vec<Id>> {
        let variable = self.graph.symbol(symbol);
        let expanded = self.graph.expand(id);
        let (constant, mut terms) = self.graph.terms(expanded);
        terms.push((self.graph.integer(1), constant));
        let zero = self.graph.integer(0);
        let mut coefficients = vec![zero];
        for (term, number) in terms {
            let (inner, mut factors) = self.graph.split(term);
            let mut degree = 0;
            if let Some(place) = factors.iter().position(|factor| factor.0 == variable) {
                degree = usize::try_from(factors.swap_remove(place).1.as_integer()?).ok()?;
            }
            let rest = self.graph.monomial(number.mul(inner), factors);
            if degree > 16 || self.graph.symbols(&[rest]).contains(&symbol) {
                return None;
            }
            coefficients.resize(coefficients.len().max(degree + 1), zero);
            coefficients[degree] = self.graph.add(coefficients[degree], rest);
        }
        while coefficients.len() > 1 && coefficients.last() == Some(&zero) {
            coefficients.pop();
        }
        Some(coefficients)
    }

    /// `(a, rest)` with the exponent -a·distance + rest.
    fn decay(&mut self, exponent: Id, distance: Distance) -> Option<(Id, Id)> {
        let radius = self.graph.symbol(RADIUS);
        let mut linear = Vec::new();
        let mut slopes = Vec::new();
        for (term, number) in self.graph.terms(exponent).1 {
            let Some(profile) = self.profile(term, distance) else { continue };
            let slope = self.graph.div(profile, radius);
            if !self.graph.symbols(&[slope]).contains(&RADIUS) {
                linear.push((term, number));
                slopes.push((slope, number.neg()));
            }
        }
        if linear.is_empty() {
            return None;
        }
        let part = self.graph.linear(&linear);
        Some((self.graph.linear(&slopes), self.graph.sub(exponent, part)))
    }

    /// P(t) e^{-t} with t = a√ψ and P = Σ c_n θ_n, c_n ≥ 0, θ_n the reverse Bessel polynomials: Matérn kernels with
    /// ν = n + 1/2, mixtures of e^{-uψ} (Matérn 1960; Rasmussen & Williams eq. 4.16), for any conditionally negative
    /// definite ψ ≥ 0.
    fn matern(&mut self, profile: Id, exponent: Id, distance: Distance) -> Found {
        let (rate, rest) = self.decay(exponent, distance)?;
        let mut needs = self.nonnegative(rate, true)?;
        let square = match distance {
            Distance::Root(base) => base,
            Distance::Absolute(difference) => self.graph.powi(difference, 2),
            Distance::Signed(_) => return None,
        };
        let in_radius = self.profile(profile, distance)?;
        let coefficients = self.coefficients(in_radius, RADIUS)?;
        let mut scaled = Vec::new();
        for (n, coefficient) in (0_i64..).zip(coefficients) {
            let unit = self.graph.powi(rate, n);
            scaled.push(self.graph.div(coefficient, unit));
        }
        for n in (0..scaled.len()).rev() {
            let share = self.graph.expand(scaled[n]);
            needs = joined(needs, &self.nonnegative(share, false)?);
            for (k, coefficient) in reverse_bessel(n)?.into_iter().enumerate() {
                let change = self.graph.scale(share, Number::integer(coefficient).neg());
                scaled[k] = self.graph.add(scaled[k], change);
            }
        }
        let premise = self.prove(Claim::ConditionallyNegative, square)?;
        needs = joined(needs, &self.nonnegative_on_diagonal(square, false)?);
        let because = "P(t) exp(-t), t² conditionally negative definite, P a sum of reverse Bessel polynomials with nonnegative \
             coefficients: half-integer Matérn kernels, mixtures of exp(-u t²) (Matérn 1960, Schoenberg 1938)";
        let exponential = self.graph.sub(exponent, rest);
        let decay = self.graph.call(Function::Exp, &[exponential]);
        let whole = self.graph.mul(profile, decay);
        let own = Proof::new(Claim::Positive, whole, because, vec![premise], &needs)?;
        self.times_exponential(own, rest)
    }

    /// (1 - u)₊^(μ+k) p_k(u): Askey's functions (k = 0) and Wendland's, positive definite in d dimensions if
    /// μ ≥ (d + 1)/2 + k (Askey 1973; Wendland 1995; Gneiting 1999).
    fn compact(&mut self, profile: Id, exponent: Id, distance: Distance) -> Found {
        let (number, factors) = self.graph.split(profile);
        let mut support = None;
        let mut others = Vec::new();
        for (base, power) in factors {
            match self.graph.node(base).clone() {
                Node::Call(Function::Positive, arguments) if support.is_none() => support = Some((arguments[0], power)),
                _ => others.push((base, power)),
            }
        }
        let (inside, power) = support?;
        let inside = self.profile(inside, distance)?;
        let [start, slope] = self.coefficients(inside, RADIUS)?[..] else { return None };
        let ratio = self.graph.div(slope, start);
        let rate = self.graph.neg(ratio);
        let mut needs = joined(self.nonnegative(start, true)?, &self.nonnegative(rate, true)?);
        let polynomial = self.graph.monomial(number, others);
        let polynomial = self.profile(polynomial, distance)?;
        let coefficients = self.coefficients(polynomial, RADIUS)?;
        let k = i64::try_from(coefficients.len()).ok()? - 1;
        let mu = power.add(Rational::integer(-k))?;
        let expected = wendland(k, mu)?;
        let first = self.graph.number(Number::Exact(expected[0]));
        let size = self.graph.div(coefficients[0], first);
        needs = joined(needs, &self.nonnegative(size, false)?);
        for ((n, coefficient), expected) in (0_i64..).zip(coefficients).zip(expected) {
            let unit = self.graph.powi(rate, n);
            let wanted = self.graph.mul(size, unit);
            let wanted = self.graph.scale(wanted, Number::Exact(expected));
            let difference = self.graph.sub(coefficient, wanted);
            if !self.graph.is_zero(difference) {
                return None;
            }
        }
        // d ≤ 2(μ - k) - 1
        let most = mu.add(Rational::integer(-k))?.mul(Rational::integer(2))?.add(Rational::integer(-1))?.floor();
        let limit = self.dimension_within(distance, usize::try_from(most).ok()?)?;
        let because =
            "(1 - u)₊^(μ+k) p_k(u) with μ ≥ (d + 1)/2 + k in d dimensions (Askey 1973, Wendland 1995, Gneiting 1999)";
        let own = Proof::new(Claim::Positive, profile, because, vec![], &needs)?;
        self.times_exponential(own.within(limit), exponent)
    }

    /// sin(ar)/r in up to three dimensions, cos(ar) in one (Schoenberg 1938: they are the transforms of a ball's and a
    /// point pair's surface).
    fn wave(&mut self, profile: Id, exponent: Id, distance: Distance) -> Found {
        let in_radius = self.profile(profile, distance)?;
        let radius = self.graph.symbol(RADIUS);
        let (mut waves, mut rest) = (Vec::new(), Vec::new());
        let (number, factors) = self.graph.split(in_radius);
        for (base, power) in factors {
            match self.graph.node(base).clone() {
                Node::Call(function @ (Function::Sin | Function::Cos), arguments) if power == Rational::ONE => {
                    waves.push((function, arguments[0]));
                }
                _ => rest.push((base, power)),
            }
        }
        let [(function, argument)] = waves[..] else { return None };
        let rest = self.graph.monomial(number, rest);
        let rate = self.graph.div(argument, radius);
        if self.graph.symbols(&[rate]).contains(&RADIUS) {
            return None;
        }
        let (size, most, mut needs) = if function == Function::Sin {
            (self.graph.mul(rest, radius), 3, self.nonnegative(rate, false)?)
        } else {
            (rest, 1, Needs::new())
        };
        if self.graph.symbols(&[size]).contains(&RADIUS) {
            return None;
        }
        needs = joined(needs, &self.nonnegative(size, false)?);
        let limit = self.dimension_within(distance, most)?;
        let because = if function == Function::Sin {
            "sin(a r)/r, the transform of a sphere in three dimensions and of an interval in one (Schoenberg 1938)"
        } else {
            "cos(a r) in one dimension"
        };
        let own = Proof::new(Claim::Positive, profile, because, vec![], &needs)?;
        self.times_exponential(own.within(limit), exponent)
    }

    /// Whether an argument is a multiple of a Euclidean distance in at most so many dimensions; with the limit on the
    /// points'.
    pub(super) fn multiple_of_distance(&mut self, argument: Id, most: usize) -> Option<Valid> {
        for distance in self.distances(&[argument]) {
            let Some(profile) = self.profile(argument, distance) else { continue };
            let radius = self.graph.symbol(RADIUS);
            let rate = self.graph.div(profile, radius);
            if !self.graph.symbols(&[rate]).contains(&RADIUS) {
                return self.dimension_within(distance, most);
            }
        }
        None
    }

    /// Whether a distance is Euclidean in at most so many dimensions: whatever the points are, or if they have so few
    /// coordinates.
    fn dimension_within(&mut self, distance: Distance, most: usize) -> Option<Valid> {
        let Distance::Root(square) = distance else { return (most >= 1).then_some(Valid::Everywhere) };
        let (constant, terms) = self.graph.terms(square);
        if !constant.is_zero() {
            return None;
        }
        let count = terms.len();
        for (term, number) in terms {
            let (fixed, rest) = self.without_fixed(term);
            let coefficient = self.graph.scale(fixed, number);
            if !self.graph.is_nonnegative(coefficient) {
                return None;
            }
            if let Node::Symbol(Symbol::Sum(r)) = *self.graph.node(rest) {
                let Reduction { gather, body } = self.graph.reductions()[r];
                let (weight, square) = self.without_fixed(body);
                let euclidean = gather == Gather::Sum
                    && count == 1
                    && self.graph.is_nonnegative(weight)
                    && self.is_square_of_difference(square);
                return (euclidean && most >= 1).then_some(Valid::UpTo(most));
            }
            if !self.is_square_of_difference(rest) {
                return None;
            }
        }
        (count <= most).then_some(Valid::Everywhere)
    }

    fn is_square_of_difference(&mut self, id: Id) -> bool {
        match self.graph.node(id).clone() {
            Node::Product(factors) => match factors[..] {
                [(base, exponent)] => exponent == Rational::integer(2) && self.is_difference(base),
                _ => false,
            },
            _ => false,
        }
    }
}

/// The coefficients of θ_n(t) = Σ_k (2n - k)!/(k! (n - k)! 2^(n-k)) t^k, for n ≤ 8.
fn reverse_bessel(n: usize) -> Option<Vec<i64>> {
    // θ_n = (2n - 1) θ_(n-1) + t² θ_(n-2)
    let mut polynomials = vec![vec![1], vec![1, 1]];
    for m in 2..=n {
        let mut next: Vec<i64> = vec![0; m + 1];
        for (k, coefficient) in polynomials[m - 1].iter().enumerate() {
            next[k] += i64::try_from(2 * m - 1).ok()?.checked_mul(*coefficient)?;
        }
        for (k, coefficient) in polynomials[m - 2].iter().enumerate() {
            next[k + 2] = next[k + 2].checked_add(*coefficient)?;
        }
        polynomials.push(next);
    }
    polynomials.into_iter().nth(n)
}

/// The coefficients of p_k for (1 - u)^(μ+k) p_k(u), k ≤ 3 (Wendland 2005, Table 9.1).
fn wendland(k: i64, mu: Rational) -> Option<Vec<Rational>> {
    let n = |value: i64| Rational::integer(value);
    let polynomial = |coefficients: &[i64]| {
        let mut sum = Rational::ZERO;
        for &c in coefficients {
            sum = sum.mul(mu)?.add(n(c))?;
        }
        Some(sum)
    };
    match k {
        0 => Some(vec![n(1)]),
        1 => Some(vec![n(1), polynomial(&[1, 1])?]),
        2 => Some(vec![n(3), polynomial(&[3, 6])?, polynomial(&[1, 4, 3])?]),
        3 => Some(vec![n(15), polynomial(&[15, 45])?, polynomial(&[6, 36, 45])?, polynomial(&[1, 9, 23, 15])?]),
        _ => None,
    }
}
