//! Kernels known by name, and sums and products over coordinates.

use super::build::{add, binary, both, div, exp, mul, neg, number, one, powf, powi, sqrt, sub, unary};
use super::expression::{Binary, Expr, Side, Unary, Word};
use super::generate::{Generator, Place};

impl Generator {
    pub fn gathered(&mut self, depth: usize) -> Expr {
        let weighted = self.random.percent(40);
        let gather = self.random.below(4);
        let inside = Place::Body { weighted: weighted && gather > 0 };
        let body = self.covariance(inside, depth.min(1));
        let body = Box::new(if weighted && gather > 0 { mul(self.positive(inside), body) } else { body });
        match gather {
            0 => Expr::DoubleSum(body),
            1 => Expr::Product(body),
            _ => Expr::Sum(body),
        }
    }

    /// The polynomial of ν = 1/2, 3/2, 5/2, 7/2, some coefficient wrong at times.
    pub fn matern(&mut self, place: Place) -> Expr {
        let order = self.random.below(4);
        let rows: [&[(i32, i32)]; 4] =
            [&[(1, 1)], &[(1, 1), (1, 1)], &[(1, 1), (1, 1), (1, 3)], &[(1, 1), (1, 1), (2, 5), (1, 15)]];
        let distance = self.distance(place);
        let scale = if self.random.percent(50) { one() } else { self.positive(place) };
        let t = div(distance, scale);
        let mut polynomial = one();
        for (power, &(above, below)) in (1_i32..).zip(&rows[order][1..]) {
            let above = if self.is_wrong() { self.random.one(&[0, 9, 11, -10]) * above } else { 10 * above };
            let coefficient = div(number(above), Expr::Number(below, 1));
            polynomial = add(polynomial, mul(coefficient, powi(t.clone(), power)));
        }
        mul(polynomial, exp(neg(t)))
    }

    /// Askey's and Wendland's functions, with exponents around the smallest that is right in one dimension to five.
    pub fn wendland(&mut self, place: Place) -> Expr {
        let k = self.random.one(&[0, 0, 1, 2]);
        let twice_mu = self.random.one(&[1, 2, 3, 4, 5, 6]) + 2 * k;
        let distance = self.distance(place);
        let u = self.scaled(place, distance);
        let inside = binary(Binary::Max, sub(one(), u.clone()), Expr::Number(0, 1));
        let exponent = twice_mu + 2 * k;
        let power = if exponent % 2 == 0 { powi(inside, exponent / 2) } else { powf(inside, number(5 * exponent)) };
        // In halves of μ.
        let mu = |coefficients: [i32; 3]| {
            coefficients[0] * twice_mu * twice_mu + 2 * coefficients[1] * twice_mu + 4 * coefficients[2]
        };
        let coefficients: Vec<i32> = match k {
            0 => vec![4],
            1 => vec![4, mu([0, 1, 1])],
            _ => vec![12, mu([0, 3, 6]), mu([1, 4, 3])],
        };
        let mut polynomial = Expr::Number(0, 1);
        for (power, coefficient) in (0_i32..).zip(coefficients) {
            let wrong = if self.is_wrong() { self.random.one(&[-1, 1]) } else { 0 };
            let term = Expr::Number(25 * (coefficient + wrong), 100);
            polynomial = if power == 0 { term } else { add(polynomial, mul(term, powi(u.clone(), power))) };
        }
        mul(power, polynomial)
    }

    /// √(g(x) g(y)/(L(x) + L(y))) exp(-(f(x) - f(y))²/(L(x) + L(y)))
    pub fn gibbs(&mut self, place: Place) -> Expr {
        let square = powi(self.difference(place), 2);
        let feature = self.feature(place);
        let length = match self.random.below(4) {
            0 => exp(feature),
            1 => add(self.positive(place), powi(feature, 2)),
            2 => add(self.positive(place), unary(Unary::Abs, feature)),
            _ => feature,
        };
        let [x, y] = both(&length);
        let width = add(x.clone(), y.clone());
        let size = match self.random.below(4) {
            _ if self.is_wrong() => add(x, y),
            0 => one(),
            1 => sqrt(mul(x, y)),
            _ => mul(x, y),
        };
        mul(sqrt(div(size, width.clone())), exp(neg(div(square, width))))
    }

    pub fn arc_cosine(&mut self) -> Expr {
        let theta = Expr::Word(Word::Angle);
        let [sine, cosine] = [Unary::Sin, Unary::Cos].map(|function| unary(function, theta.clone()));
        let rest = sub(Expr::Pi, theta);
        let angular = match self.random.below(4) {
            0 => rest,
            1 | 2 => add(sine, mul(rest, cosine)),
            _ => {
                let coefficient = if self.is_wrong() { number(11) } else { one() };
                let curved = add(coefficient, mul(Expr::Number(2, 1), powi(cosine.clone(), 2)));
                add(mul(mul(Expr::Number(3, 1), sine), cosine), mul(rest, curved))
            }
        };
        let [x, y] = both(&Expr::Word(Word::Norm(Side::X)));
        let lengths = mul(x, y);
        match self.random.below(5) {
            0 => angular,
            1 => mul(powi(lengths, 2), angular),
            2 => mul(exp(Expr::Word(Word::Dot)), angular),
            _ => mul(lengths, angular),
        }
    }

    /// Σ C_pq x^p y^q
    pub fn features(&mut self, place: Place) -> Expr {
        let [x, y] = [Side::X, Side::Y].map(|side| Self::coordinate(place, side));
        let [a, b, c, d] = [0; 4].map(|_| self.random.one(&[0, 5, 10, 10, 20]));
        let linear = mul(number(b - 5), add(x.clone(), y.clone()));
        let squares = mul(powi(x.clone(), 2), powi(y.clone(), 2));
        let cross = mul(number(5), mul(mul(x.clone(), y.clone()), add(x.clone(), y.clone())));
        let sum = add(add(number(a), linear), mul(number(c), mul(x, y)));
        let sum = add(sum, mul(number(d), squares));
        if self.random.percent(40) { add(sum, cross) } else { sum }
    }

    /// |x|^p + |y|^p - |x - y|^p
    pub fn fractional_motion(&mut self, place: Place) -> Expr {
        let p = self.exponent(2);
        let (x, y, distance) = if place == Place::Whole {
            let [x, y] = both(&Expr::Word(Word::Norm(Side::X)));
            (x, y, Expr::Word(Word::Dist))
        } else {
            let feature = self.feature(place);
            let [x, y] = both(&feature);
            let distance = unary(Unary::Abs, sub(x.clone(), y.clone()));
            (unary(Unary::Abs, x), unary(Unary::Abs, y), distance)
        };
        let [x, y, distance] = [x, y, distance].map(|length| powf(length, p.clone()));
        sub(add(x, y), distance)
    }
}
