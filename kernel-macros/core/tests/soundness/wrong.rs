//! What is no kernel, though it may look like one.

use super::build::{add, binary, exp, mul, neg, number, one, powf, powi, sub, unary};
use super::expression::{Binary, Expr, Side, Unary, Word};
use super::generate::Points;

/// Name, points, the number of coordinates up to which it is looked at, the kernel.
type Wrong = (&'static str, Points, Option<usize>, fn() -> Expr);

pub const KERNELS: [Wrong; 8] = [
    ("a constant below 0", Points::Scalar, None, || number(-1)),
    ("the difference", Points::Scalar, None, || sub(Expr::Point(Side::X), Expr::Point(Side::Y))),
    // 1 near the diagonal, 0 elsewhere: the sign of a positive part.
    ("the box", Points::Scalar, None, || {
        let zero = number(0);
        Expr::IfEqual(Box::new([positive_part(distance()), zero.clone(), zero, one()]))
    }),
    ("exp(-|x - y|^2.01)", Points::Scalar, None, || exp(neg(powf(distance(), Expr::Number(201, 100))))),
    // One part in a thousand more than the curvature of ν = 3/2 allows.
    ("(1 + 1.001 r) exp(-r)", Points::Scalar, None, || {
        let line = add(one(), mul(Expr::Number(1001, 1000), distance()));
        mul(line, exp(neg(distance())))
    }),
    ("the cosine of a distance", Points::Slice, Some(2), || unary(Unary::Cos, Expr::Word(Word::Dist))),
    ("a parabola", Points::Array(2), None, || positive_part(Expr::Word(Word::SqDist))),
    ("(1 + x·y)^2 - 1.1", Points::Slice, None, || {
        let square = powi(add(one(), Expr::Word(Word::Dot)), 2);
        sub(square, number(11))
    }),
];

fn distance() -> Expr {
    unary(Unary::Abs, sub(Expr::Point(Side::X), Expr::Point(Side::Y)))
}

/// max(1 - r, 0)
fn positive_part(r: Expr) -> Expr {
    binary(Binary::Max, sub(one(), r), number(0))
}
