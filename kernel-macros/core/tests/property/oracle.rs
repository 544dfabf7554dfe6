//! The second opinion: the same tree, evaluated on num-dual's hyper-dual numbers.

use std::cell::Cell;
use std::f64::consts::PI;

use num_dual::{DualNum, HyperDual64, HyperHyperDual64};

use super::blocks::{Blocks, Input};
use super::expression::{Binary, Expr, Kernel, Side, Unary, Word};

/// Numbers with derivatives.
pub trait Number: DualNum<Primitive = f64> + Copy {}

impl<T: DualNum<Primitive = f64> + Copy> Number for T {}

/// What a kernel is evaluated at.
struct Arguments<T> {
    x: Vec<T>,
    y: Vec<T>,
    /// a, b, then the entries of w.
    parameters: Vec<T>,
}

/// What was met on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Met {
    Nothing,
    /// The points themselves: their distance is 0.
    Points,
    /// Some |a|, max, min, root or comparison exactly where it has its kink.
    Kink,
}

/// All blocks.
pub fn blocks(kernel: &Kernel, input: &Input) -> (Blocks, Met) {
    let met = Cell::new(Met::Nothing);
    let d = input.x.len();
    let count = input.parameters.len();
    let mut blocks = Blocks::nan(d, count);
    let second = |first: (Side, usize), other: (Side, usize)| {
        let mut arguments: Arguments<HyperDual64> = Arguments::new(input);
        let point = arguments.point(first.0);
        point[first.1] = point[first.1].derivative1();
        let point = arguments.point(other.0);
        point[other.1] = point[other.1].derivative2();
        evaluate(kernel, &arguments, &met).eps1eps2
    };
    for i in 0..d {
        for j in 0..d {
            blocks.hess_xx[i * d + j] = second((Side::X, i), (Side::X, j));
            blocks.hess_yy[i * d + j] = second((Side::Y, i), (Side::Y, j));
            // Without parameters, once all the same.
            for l in 0..count.max(1) {
                let mut arguments: Arguments<HyperHyperDual64> = Arguments::new(input);
                arguments.x[i] = arguments.x[i].derivative1();
                arguments.y[j] = arguments.y[j].derivative2();
                if l < count {
                    arguments.parameters[l] = arguments.parameters[l].derivative3();
                }
                let result = evaluate(kernel, &arguments, &met);
                blocks.value[0] = result.re;
                blocks.grad_x[i] = result.eps1;
                blocks.grad_y[j] = result.eps2;
                blocks.hess_xy[i * d + j] = result.eps1eps2;
                if l < count {
                    blocks.grad_params[l] = result.eps3;
                    blocks.hess_xy_params[(l * d + i) * d + j] = result.eps1eps2eps3;
                }
            }
        }
    }
    (blocks, met.get())
}

/// The kernel itself.
pub fn value(kernel: &Kernel, input: &Input) -> f64 {
    evaluate(kernel, &Arguments::<f64>::new(input), &Cell::new(Met::Nothing))
}

impl<T: Number> Arguments<T> {
    fn new(input: &Input) -> Self {
        let lift = |numbers: &[f64]| numbers.iter().map(|&number| T::from(number)).collect();
        Self { x: lift(&input.x), y: lift(&input.y), parameters: lift(&input.parameters) }
    }

    fn point(&mut self, side: Side) -> &mut Vec<T> {
        if side == Side::X { &mut self.x } else { &mut self.y }
    }
}

fn evaluate<T: Number>(kernel: &Kernel, arguments: &Arguments<T>, met: &Cell<Met>) -> T {
    let mut evaluation = Evaluation { kernel, arguments, met, locals: Vec::new(), coordinate: None };
    for value in &kernel.lets {
        let value = evaluation.expression(value);
        evaluation.locals.push(value);
    }
    evaluation.expression(&kernel.body)
}

struct Evaluation<'a, T> {
    kernel: &'a Kernel,
    arguments: &'a Arguments<T>,
    met: &'a Cell<Met>,
    locals: Vec<T>,
    coordinate: Option<usize>,
}

impl<T: Number> Evaluation<'_, T> {
    fn point(&self, side: Side) -> &[T] {
        if side == Side::X { &self.arguments.x } else { &self.arguments.y }
    }

    fn expression(&self, expression: &Expr) -> T {
        match expression {
            Expr::Number(value) => T::from(*value),
            Expr::Local(n) => self.locals[*n],
            Expr::Parameter(p) => self.arguments.parameters[*p],
            Expr::Point(side) => self.point(*side)[0],
            Expr::Pick(side, k) => self.point(*side)[*k],
            Expr::Coordinate(side) => self.point(*side)[self.coordinate.expect("inside a sum")],
            Expr::Weight => self.arguments.parameters[self.kernel.scalars + self.coordinate.expect("inside a sum")],
            Expr::Dimension => T::from(self.arguments.x.len() as f64),
            Expr::Word(word) => self.word(*word),
            Expr::Sum(body) => sum(self.terms(body)),
            Expr::Product(body) => self.terms(body).fold(T::one(), |product, factor| product * factor),
            Expr::Unary(function, inner) => {
                let a = self.expression(inner);
                if matches!(function, Unary::Sqrt | Unary::Cbrt) {
                    self.compared(a, T::zero(), root_of(inner));
                }
                self.unary(*function, a)
            }
            Expr::Powi(a, n) => self.expression(a).powi(*n),
            Expr::Binary(Binary::Powf, a, b) => {
                let base = self.expression(a);
                self.compared(base, T::zero(), root_of(a));
                match **b {
                    Expr::Number(exponent) => base.powf(exponent),
                    _ => base.powd(self.expression(b)),
                }
            }
            Expr::Binary(Binary::Max | Binary::Min, a, b) if a.to_string() == b.to_string() => self.expression(a),
            Expr::Binary(function, a, b) => self.binary(*function, self.expression(a), self.expression(b)),
            Expr::If(parts) => {
                let [a, b] = [0, 1].map(|n| self.expression(&parts[n]));
                self.compared(a, b, Met::Kink);
                self.expression(if a.re() < b.re() { &parts[2] } else { &parts[3] })
            }
        }
    }

    /// What is added or multiplied over coordinates.
    fn terms(&self, body: &Expr) -> impl Iterator<Item = T> {
        (0..self.arguments.x.len()).map(|i| {
            let inner = Self { coordinate: Some(i), locals: self.locals.clone(), ..*self };
            inner.expression(body)
        })
    }

    fn meets(&self, what: Met) {
        self.met.set(self.met.get().max(what));
    }

    fn compared(&self, a: T, b: T, what: Met) {
        if a.re() == b.re() {
            self.meets(what);
        }
    }

    fn absolute(&self, a: T, what: Met) -> T {
        self.compared(a, T::zero(), what);
        if a.re() < 0.0 { -a } else { a }
    }

    fn word(&self, word: Word) -> T {
        let (x, y) = (self.point(Side::X), self.point(Side::Y));
        let pairs = || x.iter().copied().zip(y.iter().copied());
        let square = |side| sum(self.point(side).iter().map(|&a| a * a));
        let distance = || sum(pairs().map(|(a, b)| (a - b) * (a - b)));
        match word {
            Word::Dot => sum(pairs().map(|(a, b)| a * b)),
            Word::SqDist => distance(),
            Word::Dist if x.len() == 1 => self.absolute(x[0] - y[0], Met::Points),
            Word::Dist => distance().sqrt(),
            Word::Norm(side) if x.len() == 1 => self.absolute(self.point(side)[0], Met::Kink),
            Word::Norm(side) => {
                self.compared(square(side), T::zero(), Met::Kink);
                square(side).sqrt()
            }
            Word::SqNorm(side) => square(side),
            Word::L1Dist => sum(pairs().map(|(a, b)| self.absolute(a - b, Met::Kink))),
            Word::Angle if x.len() == 1 => {
                let product = x[0] * y[0];
                self.compared(product, T::zero(), Met::Kink);
                T::from(if product.re() < 0.0 { PI } else { 0.0 })
            }
            Word::Angle => {
                let minors = (0..x.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
                let cross = sum(minors.map(|(i, j)| (x[i] * y[j] - x[j] * y[i]).powi(2))).sqrt();
                let dot = sum(pairs().map(|(a, b)| a * b));
                if dot.re() <= 0.0 {
                    // Opposite points, where it is at its largest.
                    self.compared(cross, T::zero(), Met::Kink);
                }
                arctangent(cross, dot)
            }
        }
    }

    fn unary(&self, function: Unary, a: T) -> T {
        match function {
            Unary::Neg => -a,
            Unary::Exp => a.exp(),
            Unary::ExpM1 => a.exp_m1(),
            Unary::Exp2 => a.exp2(),
            Unary::Ln => a.ln(),
            Unary::Ln1p => a.ln_1p(),
            Unary::Log2 => a.log2(),
            Unary::Sqrt => a.sqrt(),
            Unary::Cbrt => a.cbrt(),
            Unary::Recip => a.recip(),
            Unary::Sin => a.sin(),
            Unary::Cos => a.cos(),
            Unary::Tan => a.tan(),
            Unary::Asin => a.asin(),
            Unary::Acos => a.acos(),
            Unary::Atan => a.atan(),
            Unary::Sinh => a.sinh(),
            Unary::Cosh => a.cosh(),
            Unary::Tanh => tanh(a),
            Unary::Abs => self.absolute(a, Met::Kink),
            Unary::Erf => erf(a),
        }
    }

    fn binary(&self, function: Binary, a: T, b: T) -> T {
        match function {
            Binary::Add => a + b,
            Binary::Sub => a - b,
            Binary::Mul => a * b,
            Binary::Div => a / b,
            Binary::Powf => unreachable!("evaluated where its exponent can be seen"),
            Binary::Max | Binary::Min => {
                self.compared(a, b, Met::Kink);
                if a.re().is_nan() || b.re().is_nan() {
                    // As kernels do it: the standard library's drop it.
                    return a + b;
                }
                if (a.re() > b.re()) == (function == Binary::Max) { a } else { b }
            }
            Binary::Atan2 | Binary::Hypot => {
                let square = a * a + b * b;
                self.compared(square, T::zero(), Met::Kink);
                if function == Binary::Hypot {
                    return square.sqrt();
                }
                if b.re() < 0.0 {
                    // The cut, where even the sign of a zero decides.
                    self.compared(a, T::zero(), Met::Kink);
                }
                arctangent(a, b)
            }
        }
    }
}

/// What it means that this is 0 under a root.
fn root_of(inner: &Expr) -> Met {
    if matches!(inner, Expr::Word(Word::SqDist) | Expr::Sum(_)) { Met::Points } else { Met::Kink }
}

fn sum<T: Number>(terms: impl Iterator<Item = T>) -> T {
    terms.fold(T::zero(), |total, term| total + term)
}

/// num-dual divides by the second argument, which may be 0: turned by a quarter, it is not.
fn arctangent<T: Number>(a: T, b: T) -> T {
    if a.re().abs() <= b.re().abs() {
        return a.atan2(b);
    }
    // atan2(a, b) = π/2 - atan2(b, a) where a > 0, odd in a.
    if a.re() > 0.0 { -b.atan2(a) + PI / 2.0 } else { b.atan2(-a) - PI / 2.0 }
}

/// num-dual divides sinh by cosh, whose squares overflow.
fn tanh<T: Number>(a: T) -> T {
    let size = if a.re() < 0.0 { -a } else { a };
    if size.re() < 19.0 {
        return a.tanh();
    }
    let large = (size * -2.0).exp() * -2.0 + 1.0;
    if a.re() < 0.0 { -large } else { large }
}

/// num-dual has none: the Taylor polynomial in what is left of `a` without its real part, whose fourth power is 0.
fn erf<T: Number>(a: T) -> T {
    let t = a.re();
    let h = a - t;
    let slope = 2.0 / PI.sqrt() * (-t * t).exp();
    let second = h * h * (-t * slope);
    let third = h * h * h * ((2.0 * t * t - 1.0) * slope / 3.0);
    h * slope + second + third + libm::erf(t)
}
