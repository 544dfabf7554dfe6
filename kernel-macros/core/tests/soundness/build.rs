//! Short names for what kernels are made of.

use super::expression::{Binary, Expr, Side, Unary};

pub fn number(tenths: i32) -> Expr {
    Expr::Number(tenths, 10)
}

pub fn one() -> Expr {
    Expr::Number(1, 1)
}

pub fn unary(function: Unary, a: Expr) -> Expr {
    Expr::Unary(function, Box::new(a))
}

pub fn binary(function: Binary, a: Expr, b: Expr) -> Expr {
    Expr::Binary(function, Box::new(a), Box::new(b))
}

pub fn add(a: Expr, b: Expr) -> Expr {
    binary(Binary::Add, a, b)
}

pub fn sub(a: Expr, b: Expr) -> Expr {
    binary(Binary::Sub, a, b)
}

pub fn mul(a: Expr, b: Expr) -> Expr {
    binary(Binary::Mul, a, b)
}

pub fn div(a: Expr, b: Expr) -> Expr {
    binary(Binary::Div, a, b)
}

pub fn powf(a: Expr, b: Expr) -> Expr {
    binary(Binary::Powf, a, b)
}

pub fn powi(a: Expr, n: i32) -> Expr {
    Expr::Powi(Box::new(a), n)
}

pub fn neg(a: Expr) -> Expr {
    unary(Unary::Neg, a)
}

pub fn exp(a: Expr) -> Expr {
    unary(Unary::Exp, a)
}

pub fn sqrt(a: Expr) -> Expr {
    unary(Unary::Sqrt, a)
}

pub fn both(f: &Expr) -> [Expr; 2] {
    [f.on(Side::X), f.on(Side::Y)]
}

/// f(x) g f(y)
pub fn around(f: &Expr, k: Expr) -> Expr {
    let [x, y] = both(f);
    mul(mul(x, k), y)
}

pub fn guarded(distance: Expr, value: Expr) -> Expr {
    Expr::IfEqual(Box::new([distance, Expr::Number(0, 1), one(), value]))
}
