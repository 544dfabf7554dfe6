//! Kernels as they are written, and their values as mathematics has them.

use std::fmt;

use super::real::{Elementary, Real};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    X,
    Y,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    Dot,
    SqDist,
    Dist,
    L1Dist,
    Angle,
    Norm(Side),
    SqNorm(Side),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unary {
    Neg,
    Exp,
    ExpM1,
    Ln,
    Ln1p,
    Sqrt,
    Sin,
    Cos,
    Asin,
    Acos,
    Sinh,
    Cosh,
    Tanh,
    Abs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    Add,
    Sub,
    Mul,
    Div,
    Powf,
    Max,
    Min,
}

#[derive(Clone, Debug)]
pub enum Expr {
    /// A decimal: so many, divided by so many.
    Number(i32, i32),
    Pi,
    Parameter(usize),
    /// An entry of the per-coordinate parameter, inside a body.
    Weight(usize),
    Point(Side),
    Pick(Side, usize),
    /// Inside a body.
    Coordinate(Side),
    Word(Word),
    Sum(Box<Expr>),
    Product(Box<Expr>),
    DoubleSum(Box<Expr>),
    Unary(Unary, Box<Expr>),
    Powi(Box<Expr>, i32),
    Binary(Binary, Box<Expr>, Box<Expr>),
    /// a = b, then, otherwise
    IfEqual(Box<[Expr; 4]>),
}

/// Where an expression is evaluated.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    pub points: [&'a [Real]; 2],
    pub parameters: &'a [Vec<Real>],
    /// The coordinate of x, and that of y, inside a body.
    pub coordinate: [usize; 2],
}

impl Place<'_> {
    fn at(&self, side: Side) -> &[Real] {
        self.points[usize::from(side == Side::Y)]
    }

    fn coordinate(&self, side: Side) -> &Real {
        let own = usize::from(side == Side::Y);
        &self.points[own][self.coordinate[own]]
    }

    fn dimension(&self) -> usize {
        self.points[0].len()
    }
}

fn dot(a: &[Real], b: &[Real]) -> Real {
    a.iter().zip(b).fold(Real::new(0.0), |sum, (a, b)| sum.add(&a.mul(b)))
}

impl Word {
    fn value(self, place: &Place) -> Real {
        let [x, y] = place.points;
        let difference: Vec<Real> = x.iter().zip(y).map(|(a, b)| a.sub(b)).collect();
        match self {
            Self::Dot => dot(x, y),
            Self::SqDist => dot(&difference, &difference),
            Self::Dist => dot(&difference, &difference).call(Elementary::Sqrt),
            Self::L1Dist => difference.iter().fold(Real::new(0.0), |sum, part| sum.add(&part.abs())),
            Self::SqNorm(side) => dot(place.at(side), place.at(side)),
            Self::Norm(side) => dot(place.at(side), place.at(side)).call(Elementary::Sqrt),
            Self::Angle => angle(x, y),
        }
    }
}

/// 0 where one point is the origin.
fn angle(x: &[Real], y: &[Real]) -> Real {
    let mut across = Real::new(0.0);
    for i in 0..x.len() {
        for j in 0..i {
            let minor = x[i].mul(&y[j]).sub(&x[j].mul(&y[i]));
            across = across.add(&minor.mul(&minor));
        }
    }
    let (across, along) = (across.call(Elementary::Sqrt), dot(x, y));
    if across.is_zero() && along.is_zero() {
        return across;
    }
    if along.abs().is_less(&across) {
        let right = Real::pi().div(&Real::new(2.0));
        return right.sub(&along.div(&across).call(Elementary::Atan));
    }
    let acute = across.div(&along).call(Elementary::Atan);
    if along.is_negative() { acute.add(&Real::pi()) } else { acute }
}

impl Expr {
    pub fn value(&self, place: &Place) -> Real {
        match self {
            Self::Number(above, below) => Real::new(f64::from(*above)).div(&Real::new(f64::from(*below))),
            Self::Pi => Real::pi(),
            Self::Parameter(p) => place.parameters[*p][0].clone(),
            Self::Weight(p) => place.parameters[*p][place.coordinate[0]].clone(),
            Self::Point(side) => place.at(*side)[0].clone(),
            Self::Pick(side, k) => place.at(*side)[*k].clone(),
            Self::Coordinate(side) => place.coordinate(*side).clone(),
            Self::Word(word) => word.value(place),
            Self::Sum(body) => {
                let values = (0..place.dimension()).map(|i| body.value(&Place { coordinate: [i, i], ..*place }));
                values.fold(Real::new(0.0), |sum, value| sum.add(&value))
            }
            Self::Product(body) => {
                let values = (0..place.dimension()).map(|i| body.value(&Place { coordinate: [i, i], ..*place }));
                values.fold(Real::new(1.0), |product, value| product.mul(&value))
            }
            Self::DoubleSum(body) => {
                let pairs = (0..place.dimension()).flat_map(|i| (0..place.dimension()).map(move |j| [i, j]));
                let values = pairs.map(|coordinate| body.value(&Place { coordinate, ..*place }));
                values.fold(Real::new(0.0), |sum, value| sum.add(&value))
            }
            Self::Unary(function, a) => function.value(&a.value(place)),
            Self::Powi(a, n) => a.value(place).powi(*n),
            Self::Binary(function, a, b) => {
                let (a, b) = (a.value(place), b.value(place));
                match function {
                    Binary::Add => a.add(&b),
                    Binary::Sub => a.sub(&b),
                    Binary::Mul => a.mul(&b),
                    Binary::Div => a.div(&b),
                    Binary::Powf => a.powf(&b),
                    Binary::Max => {
                        if a.is_less(&b) {
                            b
                        } else {
                            a
                        }
                    }
                    Binary::Min => {
                        if a.is_less(&b) {
                            a
                        } else {
                            b
                        }
                    }
                }
            }
            Self::IfEqual(parts) => {
                let [a, b, then, otherwise] = &**parts;
                let equal = a.value(place).sub(&b.value(place)).is_zero();
                if equal { then } else { otherwise }.value(place)
            }
        }
    }

    /// Both points on one side: k(x, x).
    pub fn on(&self, side: Side) -> Self {
        let on = |a: &Self| Box::new(a.on(side));
        match self {
            Self::Point(_) => Self::Point(side),
            Self::Pick(_, k) => Self::Pick(side, *k),
            Self::Coordinate(_) => Self::Coordinate(side),
            Self::Word(Word::Dot | Word::SqNorm(_)) => Self::Word(Word::SqNorm(side)),
            Self::Word(Word::Norm(_)) => Self::Word(Word::Norm(side)),
            Self::Word(_) => Self::Number(0, 1),
            Self::Sum(body) => Self::Sum(on(body)),
            Self::Product(body) => Self::Product(on(body)),
            Self::DoubleSum(body) => Self::DoubleSum(on(body)),
            Self::Unary(function, a) => Self::Unary(*function, on(a)),
            Self::Powi(a, n) => Self::Powi(on(a), *n),
            Self::Binary(function, a, b) => Self::Binary(*function, on(a), on(b)),
            Self::IfEqual(parts) => Self::IfEqual(Box::new(parts.each_ref().map(|part| part.on(side)))),
            _ => self.clone(),
        }
    }

    /// Whether some expression in it, or it itself, is like that.
    pub fn any(&self, like: &dyn Fn(&Self) -> bool) -> bool {
        like(self)
            || match self {
                Self::Sum(a) | Self::Product(a) | Self::DoubleSum(a) | Self::Unary(_, a) | Self::Powi(a, _) => {
                    a.any(like)
                }
                Self::Binary(_, a, b) => a.any(like) || b.any(like),
                Self::IfEqual(parts) => parts.iter().any(|part| part.any(like)),
                _ => false,
            }
    }

    fn weights(&self, parameters: usize) -> Vec<usize> {
        (0..parameters).filter(|p| self.any(&|inner| matches!(inner, Self::Weight(q) if q == p))).collect()
    }
}

impl Unary {
    fn value(self, a: &Real) -> Real {
        let one = Real::new(1.0);
        let exponentials = || [a.call(Elementary::Exp), a.neg().call(Elementary::Exp)];
        let half = Real::new(0.5);
        match self {
            Self::Neg => a.neg(),
            Self::Abs => a.abs(),
            Self::Exp => a.call(Elementary::Exp),
            Self::ExpM1 => a.call(Elementary::Exp).sub(&one),
            Self::Ln => a.call(Elementary::Ln),
            Self::Ln1p => a.add(&one).call(Elementary::Ln),
            Self::Sqrt => a.call(Elementary::Sqrt),
            Self::Sin => a.call(Elementary::Sin),
            Self::Cos => a.call(Elementary::Cos),
            Self::Asin => a.call(Elementary::Asin),
            Self::Acos => Real::pi().mul(&half).sub(&a.call(Elementary::Asin)),
            Self::Sinh => {
                let [up, down] = exponentials();
                up.sub(&down).mul(&half)
            }
            Self::Cosh => {
                let [up, down] = exponentials();
                up.add(&down).mul(&half)
            }
            Self::Tanh => {
                let [up, down] = exponentials();
                up.sub(&down).div(&up.add(&down))
            }
        }
    }

    const fn method(self) -> &'static str {
        match self {
            Self::Neg => "neg",
            Self::Exp => "exp",
            Self::ExpM1 => "exp_m1",
            Self::Ln => "ln",
            Self::Ln1p => "ln_1p",
            Self::Sqrt => "sqrt",
            Self::Sin => "sin",
            Self::Cos => "cos",
            Self::Asin => "asin",
            Self::Acos => "acos",
            Self::Sinh => "sinh",
            Self::Cosh => "cosh",
            Self::Tanh => "tanh",
            Self::Abs => "abs",
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Self::X { "x" } else { "y" })
    }
}

/// No kernel has more parameters.
pub const MOST_PARAMETERS: usize = 8;

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(above, below) => {
                let value = f64::from(*above) / f64::from(*below);
                if value < 0.0 { write!(f, "({value:?}_f64)") } else { write!(f, "{value:?}_f64") }
            }
            Self::Pi => f.write_str("std::f64::consts::PI"),
            Self::Parameter(p) | Self::Weight(p) => write!(f, "p{p}"),
            Self::Point(side) => write!(f, "{side}"),
            Self::Pick(side, k) => write!(f, "{side}[{k}]"),
            Self::Coordinate(side) => f.write_str(if *side == Side::X { "a" } else { "b" }),
            Self::Word(word) => match word {
                Word::Dot => f.write_str("dot(x, y)"),
                Word::SqDist => f.write_str("sq_dist(x, y)"),
                Word::Dist => f.write_str("dist(x, y)"),
                Word::L1Dist => f.write_str("l1_dist(x, y)"),
                Word::Angle => f.write_str("angle(x, y)"),
                Word::Norm(side) => write!(f, "norm({side})"),
                Word::SqNorm(side) => write!(f, "sq_norm({side})"),
            },
            Self::Sum(body) | Self::Product(body) => {
                let mut zips = String::from("x.iter().zip(y)");
                let mut names = String::from("(&a, &b)");
                for weight in body.weights(MOST_PARAMETERS) {
                    zips = format!("{zips}.zip(p{weight})");
                    names = format!("({names}, &p{weight})");
                }
                let gather = if matches!(self, Self::Sum(_)) { "sum" } else { "product" };
                write!(f, "{zips}.map(|{names}| {body}).{gather}::<f64>()")
            }
            Self::DoubleSum(body) => {
                write!(f, "x.iter().map(|&a| y.iter().map(|&b| {body}).sum::<f64>()).sum::<f64>()")
            }
            Self::Unary(Unary::Neg, a) => write!(f, "(-{a})"),
            Self::Unary(function, a) => write!(f, "{a}.{}()", function.method()),
            Self::Powi(a, n) => write!(f, "{a}.powi({n})"),
            Self::Binary(function, a, b) => match function {
                Binary::Add => write!(f, "({a} + {b})"),
                Binary::Sub => write!(f, "({a} - {b})"),
                Binary::Mul => write!(f, "({a} * {b})"),
                Binary::Div => write!(f, "({a} / {b})"),
                Binary::Powf => write!(f, "{a}.powf({b})"),
                Binary::Max => write!(f, "{a}.max({b})"),
                Binary::Min => write!(f, "{a}.min({b})"),
            },
            Self::IfEqual(parts) => {
                let [a, b, then, otherwise] = &**parts;
                write!(f, "(if {a} == {b} {{ {then} }} else {{ {otherwise} }})")
            }
        }
    }
}
