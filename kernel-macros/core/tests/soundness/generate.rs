//! Kernels that are positive definite by some theorem, and those that just miss it: wrong signs, coefficients,
//! exponents, dimensions.

use super::build::{add, around, binary, both, div, exp, guarded, mul, neg, number, one, powf, powi, sqrt, sub, unary};
use super::expression::{Binary, Expr, MOST_PARAMETERS, Side, Unary, Word};
use super::random::Random;

/// So many in a hundred choices are wrong.
const WRONG: usize = 14;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Points {
    Scalar,
    Array(usize),
    Slice,
}

/// A lower or upper bound, with whether it may be reached.
pub type End = Option<(f64, bool)>;

#[derive(Clone, Debug)]
pub struct Parameter {
    pub per_coordinate: bool,
    pub low: End,
    pub high: End,
}

pub struct Kernel {
    pub points: Points,
    pub parameters: Vec<Parameter>,
    /// Of every coordinate.
    pub domain: [End; 2],
    pub body: Expr,
}

impl Kernel {
    /// Inside the parentheses of the attribute.
    pub fn options(&self) -> String {
        let mut bounds = Vec::new();
        let mut bound = |name: &str, low: End, high: End| {
            for (end, sign) in [(low, '>'), (high, '<')] {
                bounds.extend(
                    end.map(|(value, closed)| format!("{name} {sign}{} {value:?}", if closed { "=" } else { "" })),
                );
            }
        };
        bound("x", self.domain[0], self.domain[1]);
        for (p, parameter) in self.parameters.iter().enumerate() {
            bound(&format!("p{p}"), parameter.low, parameter.high);
        }
        if bounds.is_empty() { String::new() } else { format!("assume({})", bounds.join(", ")) }
    }

    /// The function.
    pub fn source(&self) -> String {
        let point = match self.points {
            Points::Scalar => "f64".to_string(),
            Points::Array(n) => format!("&[f64; {n}]"),
            Points::Slice => "&[f64]".to_string(),
        };
        let parameters = self.parameters.iter().enumerate().map(|(p, parameter)| {
            let kind = match (parameter.per_coordinate, self.points) {
                (false, _) => "f64".to_string(),
                (true, Points::Array(n)) => format!("&[f64; {n}]"),
                (true, _) => "&[f64]".to_string(),
            };
            format!(", p{p}: {kind}")
        });
        let parameters: String = parameters.collect();
        format!("fn k(x: {point}, y: {point}{parameters}) -> f64 {{ {} }}", self.body)
    }
}

/// The kernel of this number.
pub fn kernel(seed: u64) -> Kernel {
    let mut random = Random::new(seed);
    let points =
        random.one(&[Points::Scalar, Points::Scalar, Points::Slice, Points::Slice, Points::Array(2), Points::Array(3)]);
    let domain = match random.below(12) {
        0 => [Some((0.0, true)), None],
        1 => [Some((0.0, false)), None],
        2 => [Some((0.0, true)), Some((1.0, true))],
        _ => [None, None],
    };
    let depth = random.one(&[0, 1, 1, 2]);
    let mut generator = Generator { random, points, parameters: Vec::new() };
    let place = generator.place();
    let body = generator.covariance(place, depth);
    Kernel { points, parameters: generator.parameters, domain, body }
}

/// What a kernel is a function of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// One coordinate, by itself or picked.
    Scalar,
    Pick(usize),
    /// One coordinate inside a sum or product, with weights if there are any.
    Body {
        weighted: bool,
    },
    /// All coordinates.
    Whole,
}

pub struct Generator {
    pub random: Random,
    points: Points,
    parameters: Vec<Parameter>,
}

impl Generator {
    pub fn is_wrong(&mut self) -> bool {
        self.random.percent(WRONG)
    }

    pub fn place(&mut self) -> Place {
        match self.points {
            Points::Scalar => Place::Scalar,
            Points::Slice => Place::Whole,
            Points::Array(n) if self.random.percent(40) => Place::Pick(self.random.below(n)),
            Points::Array(_) => Place::Whole,
        }
    }

    pub fn coordinate(place: Place, side: Side) -> Expr {
        match place {
            Place::Scalar => Expr::Point(side),
            Place::Pick(k) => Expr::Pick(side, k),
            Place::Body { .. } => Expr::Coordinate(side),
            Place::Whole => unreachable!("has many"),
        }
    }

    pub fn parameter(&mut self, per_coordinate: bool, low: End, high: End) -> usize {
        let parameter = Parameter { per_coordinate, low, high };
        if self.parameters.len() < MOST_PARAMETERS {
            self.parameters.push(parameter);
            return self.parameters.len() - 1;
        }
        let like = |known: &Parameter| known.per_coordinate == per_coordinate;
        self.parameters.iter().rposition(like).unwrap_or(0)
    }

    /// A number or a parameter that should be positive.
    pub fn positive(&mut self, place: Place) -> Expr {
        if self.random.percent(60) {
            let tenths = self.random.one(&[3, 5, 10, 10, 10, 17, 20, 30]);
            return if self.is_wrong() { number(-tenths) } else { number(tenths) };
        }
        let weighted = place == (Place::Body { weighted: true });
        let low = match self.random.below(10) {
            0 | 1 => None,
            2 => Some((0.0, true)),
            3 => Some((0.5, true)),
            _ => Some((0.0, false)),
        };
        if self.parameters.len() == MOST_PARAMETERS {
            return number(10);
        }
        let p = self.parameter(weighted, low, None);
        let parameter = if weighted { Expr::Weight(p) } else { Expr::Parameter(p) };
        if self.random.percent(25) { powi(parameter, 2) } else { parameter }
    }

    /// An exponent that should be in [0, most].
    pub fn exponent(&mut self, most: i32) -> Expr {
        if self.random.percent(25) && self.parameters.len() < MOST_PARAMETERS {
            let high =
                self.random.one(&[Some(1), Some(1), Some(2), None]).map(|high| (f64::from(high * most) / 2.0, true));
            let low = self.random.one(&[(0.0, true), (0.0, false)]);
            return Expr::Parameter(self.parameter(false, Some(low), high));
        }
        let share = self.random.one(&[2, 5, 5, 9, 10]);
        let past = if self.is_wrong() { self.random.one(&[1, 5, 10]) * most } else { 0 };
        Expr::Number(share * most + past, 10)
    }

    /// A function of one point, on the side of x.
    pub fn feature(&mut self, place: Place) -> Expr {
        if place == Place::Whole {
            return match self.random.below(5) {
                0 => Expr::Word(Word::SqNorm(Side::X)),
                1 => Expr::Word(Word::Norm(Side::X)),
                2 => exp(neg(Expr::Word(Word::SqNorm(Side::X)))),
                _ => {
                    let weighted = self.random.percent(50);
                    let body = self.feature(Place::Body { weighted });
                    let body = if weighted { mul(self.positive(Place::Body { weighted }), body) } else { body };
                    Expr::Sum(Box::new(body))
                }
            };
        }
        let x = Self::coordinate(place, Side::X);
        match self.random.below(12) {
            0 => unary(Unary::Sin, x),
            1 => unary(Unary::Tanh, x),
            2 => exp(x),
            3 => powi(x, 2),
            4 => unary(Unary::Abs, x),
            5 => mul(self.positive(place), x),
            6 => unary(Unary::Ln1p, powi(x, 2)),
            7 => add(x.clone(), unary(Unary::Cos, x)),
            8 => add(one(), x),
            _ => x,
        }
    }

    /// f(x) - f(y)
    pub fn difference(&mut self, place: Place) -> Expr {
        if place != Place::Whole && self.random.percent(65) {
            let [x, y] = [Side::X, Side::Y].map(|side| Self::coordinate(place, side));
            return sub(x, y);
        }
        let [x, y] = both(&self.feature(place));
        sub(x, y)
    }

    pub fn square(&mut self, place: Place) -> Expr {
        if place != Place::Whole {
            return powi(self.difference(place), 2);
        }
        match self.random.below(8) {
            0..=3 => Expr::Word(Word::SqDist),
            4 => powi(self.difference(place), 2),
            5 => {
                let [x, y] = both(&Expr::Word(Word::SqNorm(Side::X)));
                sub(add(x, y), mul(Expr::Number(2, 1), Expr::Word(Word::Dot)))
            }
            _ => {
                let weighted = self.random.percent(60);
                let inside = Place::Body { weighted };
                let square = powi(self.difference(inside), 2);
                Expr::Sum(Box::new(if weighted { mul(self.positive(inside), square) } else { square }))
            }
        }
    }

    pub fn distance(&mut self, place: Place) -> Expr {
        if place == Place::Whole {
            return if self.random.percent(70) { Expr::Word(Word::Dist) } else { sqrt(self.square(place)) };
        }
        unary(Unary::Abs, self.difference(place))
    }

    pub fn scaled(&mut self, place: Place, a: Expr) -> Expr {
        match self.random.below(3) {
            0 => a,
            1 => mul(self.positive(place), a),
            _ => div(a, self.positive(place)),
        }
    }

    /// ψ, which should be conditionally negative definite and 0 where the points meet.
    pub fn negative(&mut self, place: Place, depth: usize) -> Expr {
        if depth > 0 {
            let inner = depth - 1;
            return match self.random.below(11) {
                0 => unary(Unary::Ln1p, self.negative(place, inner)),
                1 => powf(self.negative(place, inner), self.exponent(1)),
                2 => {
                    let psi = self.negative(place, inner);
                    div(psi.clone(), add(self.positive(place), psi))
                }
                3 => sub(one(), exp(neg(self.negative(place, inner)))),
                4 => neg(unary(Unary::ExpM1, neg(self.negative(place, inner)))),
                5 | 6 => {
                    let [a, b] = [0, 0].map(|_| self.negative(place, inner));
                    let [a, b] = [a, b].map(|part| self.scaled(place, part));
                    if self.is_wrong() { sub(a, b) } else { add(a, b) }
                }
                7 => {
                    let k = self.covariance(place, inner);
                    let [x, y] = both(&k);
                    sub(add(x, y), mul(Expr::Number(2, 1), k))
                }
                8 => unary(Unary::Acos, self.normalised(place, inner)),
                9 => {
                    let c = self.positive(place);
                    let psi = self.negative(place, inner);
                    sub(powf(add(c.clone(), psi), number(5)), sqrt(c))
                }
                _ => unary(Unary::Ln, add(one(), self.negative(place, inner))),
            };
        }
        match self.random.below(13) {
            0..=2 => {
                let square = self.square(place);
                self.scaled(place, square)
            }
            3 => {
                let distance = self.distance(place);
                self.scaled(place, distance)
            }
            4 => powf(self.distance(place), self.exponent(2)),
            5 => powf(self.square(place), self.exponent(1)),
            6 if place == Place::Whole => Expr::Word(Word::L1Dist),
            6 => unary(Unary::Abs, self.difference(place)),
            7 if place == Place::Whole => {
                let weighted = self.random.percent(50);
                Expr::Sum(Box::new(self.negative(Place::Body { weighted }, 0)))
            }
            7 | 8 => {
                let difference = if self.random.percent(70) { self.difference(place) } else { self.distance(place) };
                powi(unary(Unary::Sin, self.scaled(place, difference)), 2)
            }
            9 => {
                let sine = unary(Unary::Sin, self.difference(place));
                powf(unary(Unary::Abs, sine), self.exponent(2))
            }
            10 => sub(one(), unary(Unary::Cos, self.difference(place))),
            11 => unary(Unary::Ln, unary(Unary::Cosh, self.difference(place))),
            _ => {
                let [x, y] = both(&self.feature(place));
                let largest = binary(Binary::Max, x.clone(), y.clone());
                sub(mul(Expr::Number(2, 1), largest), add(x, y))
            }
        }
    }

    /// k(x, y)/√(k(x, x) k(y, y))
    pub fn normalised(&mut self, place: Place, depth: usize) -> Expr {
        let k = if self.random.percent(50) {
            add(self.positive(place), self.inner_product(place))
        } else {
            self.covariance(place, depth)
        };
        let [x, y] = both(&k);
        if self.random.percent(50) { div(k, sqrt(mul(x, y))) } else { div(k, mul(sqrt(x), sqrt(y))) }
    }

    pub fn inner_product(&mut self, place: Place) -> Expr {
        if place != Place::Whole {
            let [x, y] = both(&self.feature(place));
            return mul(x, y);
        }
        if self.random.percent(60) {
            return Expr::Word(Word::Dot);
        }
        let weighted = self.random.percent(60);
        let inside = Place::Body { weighted };
        let body = self.inner_product(inside);
        Expr::Sum(Box::new(if weighted { mul(self.positive(inside), body) } else { body }))
    }

    /// What should be positive definite.
    pub fn covariance(&mut self, place: Place, depth: usize) -> Expr {
        if depth == 0 || self.random.percent(35) { self.simple(place, depth) } else { self.composed(place, depth - 1) }
    }

    pub fn composed(&mut self, place: Place, depth: usize) -> Expr {
        match self.random.below(15) {
            0..=2 => {
                let [a, b] = [0, 0].map(|_| {
                    let k = self.covariance(place, depth);
                    self.scaled(place, k)
                });
                if self.is_wrong() { sub(a, b) } else { add(a, b) }
            }
            3..=5 => mul(self.covariance(place, depth), self.covariance(place, depth)),
            6 => powi(self.covariance(place, depth), self.random.one(&[2, 3])),
            7 => exp(self.covariance(place, depth)),
            8 => {
                let function = self.random.one(&[Unary::Sinh, Unary::Cosh, Unary::ExpM1, Unary::Tanh]);
                unary(function, self.covariance(place, depth))
            }
            9 => {
                let excess = sub(one(), mul(Expr::Number(5, 10), self.normalised(place, depth)));
                powi(excess, self.random.one(&[-1, -2]))
            }
            10 => unary(Unary::Asin, self.normalised(place, depth)),
            11 => {
                let angle = unary(Unary::Acos, self.normalised(place, depth));
                sub(one(), div(angle, Expr::Pi))
            }
            12 => {
                let feature = self.feature(place);
                around(&feature, self.covariance(place, depth))
            }
            13 => self.normalised(place, depth),
            _ => exp(neg(self.negative(place, depth + 1))),
        }
    }

    pub fn simple(&mut self, place: Place, depth: usize) -> Expr {
        if place == Place::Whole && self.random.percent(20) {
            return self.gathered(depth);
        }
        let half = depth / 2;
        match self.random.below(22) {
            0 | 1 => exp(neg(self.negative(place, half))),
            2 => {
                let base = add(self.positive(place), self.negative(place, half));
                powf(base, neg(self.exponent(2)))
            }
            3 => div(one(), add(self.positive(place), self.negative(place, half))),
            4 => {
                let psi = self.negative(place, half);
                sub(one(), div(psi.clone(), add(one(), psi)))
            }
            5 | 6 => self.matern(place),
            7 | 8 => self.wendland(place),
            9 => {
                let argument = if self.is_wrong() { self.distance(place) } else { self.difference(place) };
                unary(Unary::Cos, self.scaled(place, argument))
            }
            10 => {
                let distance = self.distance(place);
                let argument = self.scaled(place, distance.clone());
                guarded(distance.clone(), div(unary(Unary::Sin, argument), distance))
            }
            11 => {
                let [x, y] = both(&self.feature(place));
                mul(x, y)
            }
            12 => {
                let [x, y] = both(&self.feature(place));
                binary(Binary::Min, x, y)
            }
            13 => self.gibbs(place),
            14 if place == Place::Whole => self.arc_cosine(),
            14 => self.features(place),
            15 => {
                let distance = if place == Place::Whole { Expr::Word(Word::L1Dist) } else { self.distance(place) };
                let [most, least] = [0, 0].map(|_| self.positive(place));
                Expr::IfEqual(Box::new([distance, Expr::Number(0, 1), add(most, least.clone()), least]))
            }
            16 => {
                let offset = self.positive(place);
                powi(add(self.inner_product(place), offset), self.random.one(&[1, 2, 3]))
            }
            17 => self.fractional_motion(place),
            18 => powi(unary(Unary::Cosh, self.difference(place)), self.random.one(&[-1, -2])),
            19 => {
                let distance = self.distance(place);
                let wave = unary(Unary::Cos, self.scaled(place, distance.clone()));
                mul(exp(neg(distance)), wave)
            }
            20 => {
                let wave = unary(Unary::Cos, self.difference(place));
                mul(exp(neg(self.negative(place, 0))), wave)
            }
            _ => {
                let k = exp(neg(self.square(place)));
                let smaller = mul(self.positive(place), exp(neg(mul(Expr::Number(2, 1), self.square(place)))));
                if self.is_wrong() { sub(k, smaller) } else { add(k, smaller) }
            }
        }
    }
}
