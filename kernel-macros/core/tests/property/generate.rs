//! Random kernels whose values stay moderate: arguments of exp, ln, asin and the like are wrapped into their domains. A
//! few are left to chance (`(p * q).sqrt()`), which finds identities that hold for positive numbers only; where the
//! kernel itself is not a number, there is nothing to compare.

use super::expression::{Binary, Expr, Kernel, Points, Side, Unary, Word};
use super::random::Random;

/// So many in a hundred radial profiles are singular.
const SINGULAR: usize = 15;

/// How large a kernel may become.
#[derive(Clone, Copy)]
pub struct Size {
    /// Levels of nesting.
    pub depth: usize,
}

/// The kernel of this number.
pub fn kernel(seed: u64, size: Size) -> Kernel {
    let mut random = Random::new(seed);
    let points = random.one(&[Points::Scalar, Points::Array, Points::Slice, Points::Slice]);
    // Each parameter costs blocks of its own.
    let scalars = random.one(&[0, 0, 1, 2]);
    let weighted = points == Points::Slice && random.percent(30);
    let mut generator = Generator { random, points, scalars, weighted, in_sum: false, locals: 0 };
    let mut lets = Vec::new();
    if generator.random.percent(30) {
        lets.push(generator.any(size.depth - 1));
        generator.locals = 1;
    }
    let body = if generator.random.percent(30) { generator.radial(size.depth) } else { generator.any(size.depth) };
    Kernel { points, scalars, weighted, lets, body }
}

struct Generator {
    random: Random,
    points: Points,
    scalars: usize,
    weighted: bool,
    in_sum: bool,
    locals: usize,
}

fn number(value: f64) -> Expr {
    Expr::Number(value)
}

fn unary(function: Unary, a: Expr) -> Expr {
    Expr::Unary(function, Box::new(a))
}

fn binary(function: Binary, a: Expr, b: Expr) -> Expr {
    Expr::Binary(function, Box::new(a), Box::new(b))
}

fn add(a: Expr, b: Expr) -> Expr {
    binary(Binary::Add, a, b)
}

fn sub(a: Expr, b: Expr) -> Expr {
    binary(Binary::Sub, a, b)
}

fn mul(a: Expr, b: Expr) -> Expr {
    binary(Binary::Mul, a, b)
}

fn div(a: Expr, b: Expr) -> Expr {
    binary(Binary::Div, a, b)
}

fn square(a: Expr) -> Expr {
    Expr::Powi(Box::new(a), 2)
}

fn neg(a: Expr) -> Expr {
    unary(Unary::Neg, a)
}

impl Generator {
    fn side(&mut self) -> Side {
        self.random.one(&[Side::X, Side::Y])
    }

    fn constant(&mut self) -> Expr {
        number(self.random.one(&[0.5, 2.0, 1.0, 0.3, 1.5, 3.0, 0.7, -1.0, -0.4, 0.25]))
    }

    /// `a` or `b`, or a number in its place.
    fn parameter(&mut self) -> Expr {
        let which = self.random.below(2);
        if which < self.scalars { Expr::Parameter(which) } else { self.constant() }
    }

    /// `a`, or a number in its place.
    fn scale(&mut self) -> Expr {
        if self.scalars > 0 { Expr::Parameter(0) } else { number(self.random.one(&[0.6, 1.3, 2.0, 1.0])) }
    }

    fn leaf(&mut self) -> Expr {
        if self.in_sum {
            return match self.random.below(8) {
                0 => self.constant(),
                1 => self.parameter(),
                2 if self.weighted => Expr::Weight,
                _ => Expr::Coordinate(self.side()),
            };
        }
        if self.locals > 0 && self.random.percent(25) {
            return Expr::Local(self.random.below(self.locals));
        }
        match self.random.below(16) {
            0 => self.constant(),
            1 | 2 => self.parameter(),
            3 if self.points == Points::Slice => Expr::Dimension,
            4..8 => self.pick(),
            _ => self.word(),
        }
    }

    /// A coordinate.
    fn pick(&mut self) -> Expr {
        let side = self.side();
        match self.points {
            Points::Scalar => Expr::Point(side),
            Points::Array => Expr::Pick(side, self.random.below(2)),
            Points::Slice => Expr::Pick(side, 0),
        }
    }

    fn word(&mut self) -> Expr {
        let side = self.side();
        let word = match self.random.below(10) {
            0 | 1 => Word::Dot,
            2..4 => Word::SqDist,
            4 | 5 => Word::Dist,
            6 => Word::Norm(side),
            7 => Word::SqNorm(side),
            8 => Word::L1Dist,
            // On a line it jumps.
            _ if self.points == Points::Scalar => Word::SqDist,
            _ => Word::Angle,
        };
        Expr::Word(word)
    }

    /// Anything; its size is moderate.
    fn any(&mut self, depth: usize) -> Expr {
        if depth == 0 {
            return self.leaf();
        }
        let inner = depth - 1;
        match self.random.below(44) {
            0..4 => add(self.any(inner), self.any(inner)),
            4..8 => sub(self.any(inner), self.any(inner)),
            8..14 => mul(self.any(inner), self.any(inner)),
            14..17 => div(self.any(inner), self.positive(inner)),
            17..19 => {
                let function = self.random.one(&[Unary::Sin, Unary::Cos, Unary::Tanh, Unary::Atan, Unary::Erf]);
                unary(function, self.any(inner))
            }
            19..21 => {
                let functions = [
                    Unary::Exp,
                    Unary::ExpM1,
                    Unary::Exp2,
                    Unary::Sinh,
                    Unary::Cosh,
                    Unary::Asin,
                    Unary::Acos,
                    Unary::Tan,
                ];
                let function = self.random.one(&functions);
                unary(function, self.bounded(inner))
            }
            21..23 => {
                let functions = [Unary::Ln, Unary::Sqrt, Unary::Recip, Unary::Cbrt, Unary::Ln1p, Unary::Log2];
                let function = self.random.one(&functions);
                unary(function, self.positive(inner))
            }
            23 => {
                let exponent = self.random.one(&[0.5, 1.5, 2.5, -0.5, -1.5, 0.3, 1.0 / 3.0, 2.0, 3.0, 0.75]);
                binary(Binary::Powf, self.positive(inner), number(exponent))
            }
            24 => binary(Binary::Powf, self.positive(inner), self.bounded(inner)),
            25 => binary(Binary::Powf, self.positive(inner), self.parameter()),
            26..29 => {
                let exponent = self.random.one(&[2, 2, 3, 4]);
                Expr::Powi(Box::new(self.any(inner)), exponent)
            }
            29 => Expr::Powi(Box::new(self.positive(inner)), self.random.one(&[-1, -2, -3])),
            30 => {
                let function = self.random.one(&[Binary::Max, Binary::Min]);
                binary(function, self.any(inner), self.any(inner))
            }
            31 => unary(Unary::Abs, self.any(inner)),
            32 => binary(Binary::Atan2, self.any(inner), self.positive(inner)),
            33 => binary(Binary::Atan2, self.any(inner), self.any(inner)),
            34 => binary(Binary::Hypot, self.any(inner), self.any(inner)),
            35 => Expr::If(Box::new([self.leaf(), number(0.377), self.any(inner), self.any(inner)])),
            36 => unary(Unary::Exp, neg(square(self.any(inner)))),
            // Left to chance.
            37 => unary(Unary::Sqrt, square(self.any(inner))),
            38 => {
                let function = self.random.one(&[Unary::Sqrt, Unary::Cbrt, Unary::Ln]);
                let product = mul(self.any(inner), self.any(inner));
                unary(function, product)
            }
            39 => {
                let exponent = self.random.one(&[0.5, 1.5, 2.0, 3.0, 1.0 / 3.0, -0.5]);
                let base = Expr::Powi(Box::new(self.any(inner)), self.random.one(&[2, 3]));
                binary(Binary::Powf, base, number(exponent))
            }
            _ if self.points != Points::Scalar && !self.in_sum => self.sum(inner),
            _ => mul(self.constant(), self.any(inner)),
        }
    }

    fn sum(&mut self, depth: usize) -> Expr {
        self.in_sum = true;
        let body = match self.random.below(4) {
            0 => {
                let difference = sub(Expr::Coordinate(Side::X), Expr::Coordinate(Side::Y));
                let weighted = if self.weighted { mul(Expr::Weight, difference) } else { difference };
                square(weighted)
            }
            1 => {
                let left = self.any(depth.min(1));
                mul(left, Expr::Coordinate(Side::Y))
            }
            _ => self.any(depth.min(2)),
        };
        self.in_sum = false;
        if self.random.percent(20) { Expr::Product(Box::new(body)) } else { Expr::Sum(Box::new(body)) }
    }

    /// In (0, ∞), away from 0.
    fn positive(&mut self, depth: usize) -> Expr {
        if depth == 0 {
            return self.scale();
        }
        let inner = depth - 1;
        match self.random.below(8) {
            0..3 => add(number(1.0), square(self.any(inner))),
            3 => add(number(0.7), unary(Unary::Abs, self.any(inner))),
            4 => unary(Unary::Exp, self.bounded(inner)),
            5 => self.scale(),
            6 => add(self.scale(), square(self.any(inner))),
            _ => add(number(1.5), self.bounded(inner)),
        }
    }

    /// In (-1, 1).
    fn bounded(&mut self, depth: usize) -> Expr {
        if depth == 0 {
            return div(self.parameter(), number(3.0));
        }
        let function = self.random.one(&[Unary::Tanh, Unary::Sin, Unary::Cos, Unary::Erf, Unary::Atan]);
        mul(number(0.6), unary(function, self.any(depth - 1)))
    }

    /// A function of the distance, which may be singular where the points meet, and something with it.
    fn radial(&mut self, depth: usize) -> Expr {
        let kernel = self.profile();
        match self.random.below(6) {
            0 => add(kernel, self.any(depth.min(2))),
            1 => mul(kernel, self.any(depth.min(2))),
            2 => mul(kernel, self.profile()),
            3 => unary(Unary::Exp, neg(square(kernel))),
            _ => kernel,
        }
    }

    fn profile(&mut self) -> Expr {
        let square_distance = self.square_distance();
        let distance = match self.random.below(4) {
            0 | 1 => Expr::Word(Word::Dist),
            2 => unary(Unary::Sqrt, square_distance.clone()),
            _ => div(Expr::Word(Word::Dist), self.scale()),
        };
        let (r, s) = (|| distance.clone(), || square_distance.clone());
        let one = || number(1.0);
        let decay = || unary(Unary::Exp, neg(r()));
        // Quotients that are 0/0 where the points meet are given series, which take long to find.
        if self.random.percent(SINGULAR) {
            return match self.random.below(10) {
                0 => div(unary(Unary::Sin, r()), r()),
                1 => div(sub(one(), unary(Unary::Exp, neg(s()))), s()),
                2 => div(unary(Unary::Ln1p, s()), s()),
                3 => div(unary(Unary::Ln, add(one(), s())), s()),
                4 => div(unary(Unary::Tanh, r()), r()),
                5 => div(unary(Unary::Atan, r()), r()),
                6 => div(unary(Unary::Erf, r()), r()),
                7 => div(sub(one(), unary(Unary::Cos, r())), square(r())),
                8 => div(unary(Unary::Sinh, r()), r()),
                _ => div(unary(Unary::ExpM1, r()), r()),
            };
        }
        match self.random.below(14) {
            0 => mul(add(one(), r()), decay()),
            1 => mul(add(add(one(), r()), div(square(r()), number(3.0))), decay()),
            2 => decay(),
            3 => unary(Unary::Cos, r()),
            4 => {
                let inside = binary(Binary::Max, sub(one(), div(r(), number(3.0))), number(0.0));
                mul(Expr::Powi(Box::new(inside), 4), add(one(), r()))
            }
            5 => unary(Unary::Recip, add(one(), r())),
            6 => unary(Unary::Sqrt, add(one(), s())),
            7 => binary(Binary::Powf, add(one(), s()), neg(self.scale())),
            8 => Expr::Powi(Box::new(r()), 3),
            9 if self.points != Points::Scalar => {
                let cosine = unary(Unary::Cos, Expr::Word(Word::Angle));
                unary(Unary::Exp, mul(self.scale(), sub(cosine, one())))
            }
            10 => {
                let exponent = self.random.one(&[0.75, 1.5, 2.0, 0.5]);
                unary(Unary::Exp, neg(binary(Binary::Powf, s(), number(exponent))))
            }
            11 => square(unary(Unary::Sin, r())),
            12 => unary(Unary::Exp, neg(Expr::Word(Word::L1Dist))),
            _ => unary(Unary::Exp, neg(mul(self.scale(), s()))),
        }
    }

    fn square_distance(&mut self) -> Expr {
        if self.weighted && self.random.percent(60) {
            let difference = sub(Expr::Coordinate(Side::X), Expr::Coordinate(Side::Y));
            let scaled =
                if self.random.percent(50) { div(difference, Expr::Weight) } else { mul(Expr::Weight, difference) };
            return Expr::Sum(Box::new(square(scaled)));
        }
        Expr::Word(Word::SqDist)
    }
}
