//! The parser against rustc: every function below is compiled as it stands, and parsed from its own source text; the
//! expression that comes out must give the same numbers. And its messages, each at the tokens it is about.

// The kernels below are written every way a user might write them.
#![allow(clippy::all, clippy::pedantic)]

use kernel_core::Definition;
use kernel_core::definition::{Definiteness, ParameterKind, Points, Relation, Scalar};
use kernel_core::error::Failure;
use kernel_core::module::Module;
use kernel_core::parse::{parse, struct_name};
use proc_macro2::TokenStream;

/// The only place that knows the evaluator of `symbolic`.
fn evaluate(kernel: &Definition, x: &[f64], y: &[f64], parameters: &[Vec<f64>]) -> f64 {
    kernel.graph.evaluate_at(kernel.value, x, y, parameters)
}

fn read(options: &str, source: &str) -> Result<Definition, Box<Failure>> {
    let tokens = |text: &str| text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
    parse(tokens(options), tokens(source)).map_err(Box::new)
}

/// Every message with the source text it points at.
fn messages(failure: &Failure) -> Vec<(String, String)> {
    let errors = failure.errors.clone().into_iter();
    errors.map(|error| (error.span().source_text().unwrap_or_default(), error.to_string())).collect()
}

fn accept(options: &str, source: &str) -> Definition {
    read(options, source).unwrap_or_else(|failure| panic!("{source}\n{:#?}", messages(&failure)))
}

type Reference = fn(&[f64], &[f64], &[Vec<f64>]) -> f64;

/// Compares what was parsed with what rustc made of the same text.
fn check(source: &str, reference: Reference) {
    compare(source, &accept("", source), reference);
}

fn compare(source: &str, kernel: &Definition, reference: Reference) {
    let d = match &kernel.points {
        Points::Scalar => 1,
        Points::Array { known, .. } => known.unwrap_or(3),
        Points::Slice => 3,
    };
    let parameters: Vec<Vec<f64>> = (0..kernel.parameters.len())
        .map(|p| {
            let entries = if kernel.parameters[p].kind.is_per_coordinate() { d } else { 1 };
            (0..entries).map(|i| 0.7 + 0.4 * p as f64 + 0.15 * i as f64).collect()
        })
        .collect();
    let a = [0.3, 1.1, 0.8];
    let b = [0.45, 0.25, 1.3];
    let c = [-0.6, 0.9, 0.1];
    for (x, y) in [(a, b), (b, a), (a, c), (c, b), (a, a), (c, c)] {
        let (x, y) = (&x[..d], &y[..d]);
        let (got, want) = (evaluate(kernel, x, y, &parameters), reference(x, y, &parameters));
        let close = (got - want).abs() <= 1e-12 * want.abs().max(1e-3) || got.is_nan() && want.is_nan();
        assert!(close, "{source}\nat x = {x:?}, y = {y:?}, θ = {parameters:?}: {got} instead of {want}");
    }
}

/// `agree! { |x, y, p| k(x, y, p[0][0]); fn k(…) -> f64 { … } }`
macro_rules! agree {
    (|$x:pat_param, $y:pat_param, $p:pat_param| $call:expr; $($item:tt)*) => {{
        $($item)*
        check(stringify!($($item)*), |$x, $y, $p| $call);
    }};
}

/// The vocabulary in plain Rust.
mod vocabulary {
    pub(crate) fn dot(x: &[f64], y: &[f64]) -> f64 {
        x.iter().zip(y).map(|(a, b)| a * b).sum()
    }
    pub(crate) fn sq_dist(x: &[f64], y: &[f64]) -> f64 {
        x.iter().zip(y).map(|(a, b)| (a - b) * (a - b)).sum()
    }
    pub(crate) fn dist(x: &[f64], y: &[f64]) -> f64 {
        sq_dist(x, y).sqrt()
    }
    pub(crate) fn sq_norm(x: &[f64]) -> f64 {
        dot(x, x)
    }
    pub(crate) fn norm(x: &[f64]) -> f64 {
        dot(x, x).sqrt()
    }
    pub(crate) fn l1_dist(x: &[f64], y: &[f64]) -> f64 {
        x.iter().zip(y).map(|(a, b)| (a - b).abs()).sum()
    }
    pub(crate) fn angle(x: &[f64], y: &[f64]) -> f64 {
        // |x ∧ y| by Lagrange's identity: good enough where the points are not nearly parallel.
        (sq_norm(x) * sq_norm(y) - dot(x, y).powi(2)).max(0.0).sqrt().atan2(dot(x, y))
    }
    /// erf by its series, which converges fast for the arguments here.
    pub(crate) fn erf(s: f64) -> f64 {
        let term = |n: i32| {
            let factorial: f64 = (1..=n).map(f64::from).product();
            (-1.0_f64).powi(n) * s.powi(2 * n + 1) / (factorial * f64::from(2 * n + 1))
        };
        2.0 / std::f64::consts::PI.sqrt() * (0..40).map(term).sum::<f64>()
    }
}
use vocabulary::{angle, dist, dot, erf, l1_dist, norm, sq_dist, sq_norm};

#[test]
fn vocabulary_on_vectors() {
    agree! { |x, y, p| k(x, y, p[0][0]);
    fn k(x: &[f64], y: &[f64], gamma: f64) -> f64 { (-gamma * sq_dist(x, y)).exp() } }
    agree! { |x, y, p| k(x, y, p[0][0], p[1][0]);
    fn k(a: &[f64], b: &[f64], s: f64, t: f64) -> f64 { s * dot(a, b) + t * dot(a, a) - dot(b, a) / sq_norm(b) } }
    agree! { |x, y, _| k(x, y);
    fn k(x: &[f64], y: &[f64]) -> f64 { dist(y, x) + norm(x) * norm(&y) + l1_dist(x, y) + sq_dist(x, x) } }
    agree! { |x, y, p| k(x, y, p[0][0]);
    fn k(x: &[f64], y: &[f64], l: f64) -> f64 {
        let q = (5.0_f64).sqrt() * dist(x, y) / l;
        (1.0 + q + q * q / 3.0) * (-q).exp()
    } }
    agree! { |x, y, _| k(x, y); fn k(x: &[f64], y: &[f64]) -> f64 { erf(0.5 * dot(x, y)) } }
    // The reference loses half the digits where the points are parallel: no coincident points here.
    let kernel = accept("", "fn k(x: &[f64], y: &[f64]) -> f64 { angle(x, y) + angle(y, x) - angle(x, x) }");
    let (x, y) = ([0.3, 1.1, 0.8], [0.45, -0.25, 1.3]);
    assert!((evaluate(&kernel, &x, &y, &[]) - 2.0 * angle(&x, &y)).abs() < 1e-14);
}

#[test]
fn vocabulary_on_scalars() {
    // On the line: dot = xy, dist = |x - y|, norm = |x|, angle = π where the signs differ.
    let value = |body: &str, x: f64, y: f64| {
        let kernel = accept("", &format!("fn k(x: f64, y: f64) -> f64 {{ {body} }}"));
        evaluate(&kernel, &[x], &[y], &[])
    };
    assert_eq!(value("dot(x, y)", 3.0, -2.0), -6.0);
    assert_eq!(value("dot(x, x)", 3.0, -2.0), 9.0);
    assert_eq!(value("sq_dist(x, y)", 3.0, -2.0), 25.0);
    assert_eq!(value("dist(y, x)", 3.0, -2.0), 5.0);
    assert_eq!(value("norm(y)", 3.0, -2.0), 2.0);
    assert_eq!(value("sq_norm(y)", 3.0, -2.0), 4.0);
    assert_eq!(value("l1_dist(x, y)", 3.0, -2.0), 5.0);
    assert_eq!(value("angle(x, y)", 3.0, -2.0), std::f64::consts::PI);
    assert_eq!(value("angle(x, y)", -3.0, -2.0), 0.0);
    assert_eq!(value("angle(x, y)", 0.0, -2.0), 0.0);
    assert_eq!(value("sq_dist(2.0 * x, y)", 3.0, -2.0), 64.0);
    assert_eq!(value("kernel_runtime::dist(x, y)", 3.0, -2.0), 5.0);
}

#[test]
fn arithmetic_and_lets() {
    agree! { |x, y, p| k(x[0], y[0], p[0][0], p[1][0]);
    fn k(x: f64, y: f64, a: f64, b: f64) -> f64 {
        // A comment.
        #[allow(unused_variables)]
        let unused = x;
        let d: f64 = x - y;
        let d = d * -1.0 + -(a);
        let mixed = { let d = d * d; d + 1e-3 };
        a + d / b - mixed * (2.0 - 0.5) / 3f64 - a - b
    } }
    agree! { |x, y, p| k(x[0], y[0], p[0][0]);
    fn k(x: f64, y: f64, x0: f64) -> f64 { let x = x - x0; let y = y - x0; return x * y; } }
    agree! { |x, y, _| k(x[0], y[0]);
    fn k(x: f64, y: f64) -> f64 { let (a, b) = (x + y, x - y); let (c, (_, e)) = (a * b, (b, a)); c + e } }
    agree! { |x, y, _| k(x[0], y[0]);
    fn k(x: f64, y: f64) -> f64 { let n = 3; (x - y).powi(n + 1) + (x * y).powi(-2) + (7 / 2) as f64 + 0x10 as f64 } }
    agree! { |x, y, _| k(x[0], y[0]);
    fn k(x: f64, y: f64) -> f64 { const M: i32 = 2; const N: i32 = 2 * M; const S: f64 = 1.5; S * (x - y).powi(M) + f64::from(N) } };
}

#[test]
fn methods() {
    agree! { |x, y, _| k(x[0], y[0]);
    fn k(x: f64, y: f64) -> f64 { x.abs().exp() + y.abs().ln_1p() + x.abs().sqrt() * y.cbrt() } }
    agree! { |x, y, p| k(x[0], y[0], p[0][0], p[1][0]);
    fn k(x: f64, y: f64, a: f64, b: f64) -> f64 {
        let r = (x - y).abs() / 4.0;
        r.exp_m1() + (1.0 + r).ln() + r.powf(a) + a.powf(r) + (r + 0.1).recip() + r.sin() * r.cos() + r.tan() + r.asin()
            - r.acos() + r.atan() + x.atan2(b) + r.sinh() + r.cosh() - r.tanh() + r.max(0.1) + x.min(y) + r.mul_add(a, b)
            + x.hypot(y) + r.exp2() + (r + 1.0).log10() + (r + 1.0).log2() + (r + 2.0).log(3.0) + x.to_radians()
            + y.to_degrees() + x.clamp(-0.2, 0.4)
    } }
    agree! { |x, y, p| k(x[0], y[0], p[0][0]);
    fn k(x: f64, y: f64, a: f64) -> f64 {
        let (s, c) = (x - y).sin_cos();
        f64::exp(-a * f64::powi(s, 2)) * f64::max(c, f64::mul_add(x, y, a))
    } };
}

#[test]
fn conditions() {
    agree! { |x, y, p| k(x[0], y[0], p[0][0]);
    fn k(x: f64, y: f64, a: f64) -> f64 { if x < y { x } else if x > y { -y } else { a } } }
    agree! { |x, y, p| k(x[0], y[0], p[0][0]);
    fn k(x: f64, y: f64, a: f64) -> f64 {
        let near = (x - y).abs() <= a / 2.0 && !(x >= 0.8 || y == x);
        let far = !near;
        let s = if near || x != -0.6 && far { x * y } else { 2.0 };
        if true { s } else { 1.0 / 0.0 }
    } }
    agree! { |x, y, p| k(x, y, p[0][0]);
    fn k(x: &[f64], y: &[f64], support: f64) -> f64 {
        let r = dist(x, y) / support;
        if r >= 1.0 { return 0.0; }
        if r == 0.0 {
            let one = 1.0;
            return one;
        }
        if r < 0.5 { return (1.0 - r).powi(2); } else { return 1.0 - r; }
    } }
    agree! { |x, y, p| k(x, y, p[0][0]);
    fn k(x: &[f64], y: &[f64], support: f64) -> f64 {
        if dist(x, y) > support { return 0.0 } else if dot(&x[..], y) < 0.0 { return support; }
        dot(x, y)
    } }
    // A comparison with NaN is false, its negation is true, as in Rust.
    agree! { |x, y, _| k(x[0], y[0]);
    fn k(x: f64, y: f64) -> f64 { let n = (x - x) / (y - y); if !(n < 1.0) { 1.0 } else { 2.0 } } };
}

#[test]
fn constants() {
    agree! { |x, y, _| k(x[0], y[0]);
    fn k(x: f64, y: f64) -> f64 {
        use std::f64::consts::{self, FRAC_PI_3, LN_2 as HALVING, PI};
        use core::f64::consts::*;
        (PI * x).sin() + std::f64::consts::TAU * y + consts::E + core::f64::consts::FRAC_PI_2 + FRAC_PI_3 + FRAC_PI_4
            + FRAC_PI_6 + FRAC_PI_8 + FRAC_1_PI + FRAC_2_PI + FRAC_2_SQRT_PI + SQRT_2 + FRAC_1_SQRT_2 + HALVING + LN_2 + LN_10
            + LOG2_E + LOG10_E + LOG2_10 + LOG10_2 + E
    } };
}

/// What generic kernels use of the runtime's `Real`, for the reference.
trait Real:
    Copy
    + std::ops::Add<Output = Self>
    + std::ops::Sub<Output = Self>
    + std::ops::Mul<Output = Self>
    + std::ops::Neg<Output = Self>
    + std::iter::Sum
{
    fn of(value: f64) -> Self;
    fn exp(self) -> Self;
    fn powi(self, n: i32) -> Self;
}

impl Real for f64 {
    fn of(value: f64) -> Self {
        value
    }
    fn exp(self) -> Self {
        f64::exp(self)
    }
    fn powi(self, n: i32) -> Self {
        f64::powi(self, n)
    }
}

#[test]
fn generic_scalars() {
    agree! { |x, y, p| k(x, y, p[0][0]);
    fn k<T: Real>(x: &[T], y: &[T], gamma: T) -> T {
        const HALF: f64 = 0.5;
        let s = x.iter().zip(y).map(|(&a, &b)| (a - b).powi(2) * T::of(HALF)).sum::<T>();
        T::exp(-gamma * s * T::of(x.len() as f64)) * Real::exp(T::of(2.0 - 1.5)) * <T as Real>::of(f64::exp(0.1))
    } }
    agree! { |x, y, p| k::<_, 3>(x.try_into().unwrap(), y.try_into().unwrap(), p[0][0]);
    fn k<S, const D: usize>(x: &[S; D], y: &[S; D], gamma: S) -> S where S: Real + Copy {
        (S::of(-1.0) * gamma * x[0] * y[2] * S::of(D as f64)).exp()
    } }
    let kernel = accept("", "fn k<T: kernel_runtime::Real>(x: T, y: T) -> T { x * y }");
    assert_eq!(kernel.scalar, Scalar::Generic);
}

/// Constants of the user's own are symbols, by the order in which the body mentions them.
#[test]
fn outer_constants() {
    use kernel_core::symbolic::Symbol;
    mod config {
        pub(crate) const SCALE: f64 = 1.7;
    }
    const N: usize = 4;
    const E: f64 = 0.3;
    macro_rules! kernel {
        ($($item:tt)*) => {{
            $($item)*
            (accept("", stringify!($($item)*)), k)
        }};
    }
    let (kernel, k) = kernel! {
        fn k(x: f64, y: f64) -> f64 {
            const LOCAL: f64 = 0.25;
            const TWICE: f64 = 2.0 * config::SCALE;
            config::SCALE * (x - y).abs() / N as f64 + E * x + TWICE + LOCAL * config::SCALE * f64::EPSILON
        }
    };
    let text = |path: &syn::Path| path.segments.iter().map(|s| s.ident.to_string()).collect::<Vec<_>>().join("::");
    assert_eq!(kernel.constants.iter().map(text).collect::<Vec<_>>(), ["config::SCALE", "N", "E", "f64::EPSILON"]);
    assert!(kernel.assumed_constants.is_empty());
    let got = kernel.graph.evaluate(kernel.value, &|symbol| match symbol {
        Symbol::External(n) => [config::SCALE, N as f64, E, f64::EPSILON][n],
        Symbol::Point(kernel_core::symbolic::Side::X) => 0.3,
        _ => 1.2,
    });
    assert!((got - k(0.3, 1.2)).abs() < 1e-15);

    // Names of the standard library's constants are taken for those, to be asserted.
    let kernel = accept(
        "",
        "fn k(x: f64, y: f64) -> f64 { use std::f64::consts::LN_2; PI * x + consts::TAU * y * PI + std::f64::consts::SQRT_2 * LN_2 }",
    );
    assert!(kernel.constants.is_empty());
    let assumed: Vec<_> = kernel.assumed_constants.iter().map(|(path, value)| (text(path), *value)).collect();
    assert_eq!(assumed, [("PI".to_owned(), std::f64::consts::PI), ("consts::TAU".to_owned(), std::f64::consts::TAU)]);
}

#[test]
fn coordinates() {
    agree! { |x, y, _| k(x, y);
    fn k(x: &[f64], y: &[f64]) -> f64 { let a = x; (a[0] - y[0]).abs() * x[2] + (x.len() as f64) + (x.len() - 1) as f64 } }
    agree! { |x, y, _| k(x.try_into().unwrap(), y.try_into().unwrap());
    fn k(x: &[f64; 2], y: &[f64; 2]) -> f64 { let i = 1; let [a, b] = *x; a * y[0] + b * y[i] + x.len() as f64 } }
    agree! { |x, y, p| k::<3>(x.try_into().unwrap(), y.try_into().unwrap(), p[0].as_slice().try_into().unwrap(), &p[1]);
    fn k<const D: usize>(x: &[f64; D], y: &[f64; D], w: &[f64; D], v: &[f64]) -> f64 {
        let s: f64 = x.iter().zip(y).zip(w).zip(v).map(|(((a, b), w), v)| (a - b).powi(2) / w + v).sum();
        s / D as f64
    } };
}

#[test]
fn sums() {
    agree! { |x, y, _| k(x, y);
    fn k(x: &[f64], y: &[f64]) -> f64 { x.iter().zip(y).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt() } }
    agree! { |x, y, p| k(x, y, &p[0], p[1][0]);
    fn k(x: &[f64], y: &[f64], l: &[f64], p: f64) -> f64 {
        let half = p / 2.0;
        let s: f64 = x
            .iter()
            .zip(y.iter())
            .zip(l.iter().copied())
            .map(|((&a, b), l)| {
                let u = (a - *b) / l;
                let u = u.abs();
                u.powf(half) * p
            })
            .sum();
        (-s).exp()
    } }
    agree! { |x, y, p| k(x, y, &p[0]);
    fn k(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
        let total = w.iter().sum::<f64>();
        let pairs = x.iter().cloned().zip(y);
        let first: f64 = pairs.map(|(a, b)| (a + b, a - b)).map(|(s, d)| if d < 0.0 { s * d } else { s }).sum();
        let second = x.into_iter().map(|a| a * a).sum::<f64>() + std::iter::zip(w, x).map(|(w, _)| w * w).sum::<f64>();
        first * total + second + x.iter().copied().map(f64::abs).sum::<f64>()
    } }
    // Constants and parameters leave the sum; a body without coordinates counts them.
    agree! { |x, y, p| k(x, y, p[0][0]);
    fn k(x: &[f64], y: &[f64], c: f64) -> f64 { x.iter().zip(y).map(|_| 2.0 * c).sum::<f64>() + x.iter().map(|a| c * a / 3.0).sum::<f64>() } }
    // Shadowing inside the closure only.
    agree! { |x, y, _| k(x, y);
    fn k(x: &[f64], y: &[f64]) -> f64 { let a = 2.0; let s = x.iter().zip(y).map(|(a, y)| a * y).sum::<f64>(); a * s } }
    // The length as a factor leaves the sum.
    agree! { |x, y, _| k(x, y);
    fn k(x: &[f64], y: &[f64]) -> f64 { let n = x.len() as f64; x.iter().zip(y).map(|(a, b)| a * b / n).sum::<f64>() } };
}

#[test]
fn enumerated_sums_and_products() {
    agree! { |x, y, p| k(x, y, &p[0]);
    fn k(x: &[f64], y: &[f64], w: &[f64]) -> f64 {
        let s: f64 = x.iter().zip(y).enumerate().map(|(i, (a, b))| (a - b) * (i as f64 + 0.5) / w[i]).sum();
        let t = (0..x.len()).map(|i| x[i] * y[i] * w[i]).sum::<f64>();
        let u: f64 = x.iter().enumerate().zip(w).map(|((i, a), w)| if i == 1 { *a } else if i < 1 { a * w } else { f64::from(i as u32) }).sum();
        s + t * u + w[0] * w[1]
    } }
    agree! { |x, y, p| k(x, y, p[0][0]);
    fn k(x: &[f64], y: &[f64], a: f64) -> f64 {
        let p = x.iter().zip(y).map(|(u, v)| 1.0 + a * u * v).product::<f64>();
        let q: f64 = x.iter().zip(y).map(|(u, v)| 0.5 * (-(u - v).abs() / a).exp()).product();
        p + q * x.iter().map(|_| a).product::<f64>() + (0..x.len()).map(|i| x[i] - y[i] + a * i as f64).product::<f64>()
    } }
    // A few known numbers: carried out one by one.
    agree! { |x, y, _| k(x.try_into().unwrap(), y.try_into().unwrap());
    fn k(x: &[f64; 3], y: &[f64; 3]) -> f64 {
        (0..2).map(|i| x[i] * y[i + 1]).sum::<f64>() + (1..=2).zip(0..2).map(|(i, j)| x[i] - y[j]).product::<f64>()
            + (1..3).enumerate().map(|(i, n)| (x[i] * n as f64).powi(n)).sum::<f64>()
    } }
}

#[test]
fn loops() {
    agree! { |x, y, p| k(x, y, &p[0], p[1][0]);
    fn k(x: &[f64], y: &[f64], w: &[f64], c: f64) -> f64 {
        let mut acc = 0.0;
        for i in 0..x.len() { acc += w[i] * (x[i] - y[i]).powi(2) / c; }
        (-acc).exp()
    } }
    agree! { |x, y, p| k(x, y, p[0][0]);
    fn k(x: &[f64], y: &[f64], c: f64) -> f64 {
        let (mut sum, mut product) = (c, 1.0);
        let mut other = 2.0;
        let mut count = 0;
        let n = x.len();
        for (i, (a, &b)) in x.iter().zip(y).enumerate() {
            let d = a - b;
            let mut d = d * c;
            d *= 2.0;
            d = d - 0.25;
            if d > 0.0 { sum += d } else { sum -= d * 0.5; other = other - b - 1.0; }
            product *= 1.0 + d * d;
            product /= c;
            if i == 1 { product *= 3.0; }
            count += 1;
        }
        for a in x { sum -= a * a; }
        for i in 0..n { other = other + i as f64 * x[i]; }
        sum * product + other / count as f64
    } }
    agree! { |x, y, p| k::<3>(x.try_into().unwrap(), y.try_into().unwrap(), p[0].as_slice().try_into().unwrap());
    fn k<const D: usize>(x: &[f64; D], y: &[f64; D], w: &[f64; D]) -> f64 {
        let mut s: f64 = 0.0;
        for i in 0..D { s += (x[i] - y[i]).abs() / w[i]; }
        for i in 0..=x.len() - 1 { s += x[i]; }
        s
    } }
    // Rounds that depend on each other are carried out where there are a few known ones.
    agree! { |x, y, p| k(x.try_into().unwrap(), y.try_into().unwrap(), p[0][0]);
    fn k(x: &[f64; 3], y: &[f64; 3], c: f64) -> f64 {
        let mut horner = 0.0;
        for i in 0..3 { horner = horner * c + x[i] * y[i]; }
        let mut s = 0.0;
        for i in 0..3 {
            for j in 0..3 {
                if i < j { s += x[i] * y[j]; } else if i > 0 { s -= x[i - 1]; }
            }
        }
        for i in 1..3 { let mut t = s; t *= x[i]; s = t; }
        for i in 0..3 { s += y[i]; }
        horner + s
    } }
}

#[test]
fn closures_functions_and_arrays() {
    agree! { |x, y, p| k(x, y, p[0][0]);
    fn k(x: &[f64], y: &[f64], c: f64) -> f64 {
        const HALF: f64 = 0.5;
        fn angle(a: f64, b: f64) -> f64 { const TWO: f64 = 2.0; square(a - TWO * b) * HALF }
        fn square(a: f64) -> f64 { a * a }
        let shift = 1.0;
        let scaled = |a: f64| (a + shift) * c;
        let shift = 100.0;
        let twice = |a: f64, b: f64| -> f64 { if a < b { return scaled(b); } scaled(scaled(a)) * b };
        let pair = |&a: &f64| (a, a * c);
        let s: f64 = x.iter().zip(y).map(|(&a, &b)| twice(a, b) + square(a)).sum();
        let t: f64 = x.iter().map(pair).map(|(a, b)| a * b).sum();
        let later;
        if c < 0.5 { later = s; } else { later = t * angle(s, t); }
        later + shift + angle(x[0], c)
    } }
    agree! { |x, y, _| k(x.try_into().unwrap(), y.try_into().unwrap());
    fn k(x: &[f64; 3], y: &[f64; 3]) -> f64 {
        const LENGTHS: [f64; 3] = [0.5, 2.0, 1.5];
        let weights = [1.0, 0.25, LENGTHS[1]];
        let mut s = 0.0;
        for i in 0..3 { s += weights[i] * (x[i] - y[i]).abs() / LENGTHS[i]; }
        for (w, l) in weights.iter().zip(LENGTHS) { s *= (w * x[1] + y[0]) / l; }
        for i in 0..3 { s += x[i] * weights[i]; }
        s += x.iter().map(|a| (0..3).map(|n| a.powi(n)).sum::<f64>()).sum::<f64>();
        for (a, l) in y.iter().zip(LENGTHS) { s -= a * l; }
        s + weights.iter().map(|w| w * x[0]).sum::<f64>()
    } }
}

#[test]
fn assignments() {
    agree! { |x, y, p| k(x[0], y[0], p[0][0]);
    fn k(x: f64, y: f64, a: f64) -> f64 {
        let mut s = x;
        s += y;
        s *= 2.0;
        { s -= 1.0; let s = 5.0; let _ = s; }
        let mut near = false;
        let mut n = 2;
        if x < y { s /= 3.0; n += 1; near = s > 0.0; } else if x > y { s = s + a; } else { near = y < a; }
        let t = if near && s < 1.0 { s += 0.5; s * s } else { n = n - 1; s };
        if x < -0.5 { s = a; return s * t; }
        s * t + n as f64
    } }
}

#[test]
fn what_a_definition_knows() {
    let kernel = accept(
        "assume(gamma > 0, 0 < p && p <= 2, 1.5 >= w, gamma != (1)), assume(p < PI / 2), psd = assume, smooth = assume(1), name = Kern, crate = ::a::b",
        "/// Docs.\n pub(crate) fn pow_exp(x: &[f32], y: &[f32], gamma: f32, p: f32, w: &[f32]) -> f32 {
            (-gamma * a::b::sq_dist(x, y).powf(p / 2.0)).exp() * w.iter().zip(x).zip(y).map(|((w, a), b)| w * a * b).sum::<f32>()
                + erf(dot(x, y)) * erf(gamma) + sq_norm(x)
        }",
    );
    assert_eq!(kernel.scalar, Scalar::F32);
    assert!(matches!(kernel.points, Points::Slice));
    assert_eq!(kernel.point_names.map(|name| name.to_string()), ["x", "y"]);
    assert_eq!(kernel.vocabulary, ["dot", "erf", "sq_norm"]);
    assert_eq!(kernel.item.sig.ident, "pow_exp");
    assert_eq!(kernel.item.attrs.len(), 1);
    let kinds: Vec<bool> = kernel.parameters.iter().map(|p| p.kind.is_per_coordinate()).collect();
    assert_eq!(kinds, [false, false, true]);
    let bounds: Vec<_> = kernel.options.assume.iter().map(|b| (b.parameter, b.relation, b.value)).collect();
    assert_eq!(
        bounds,
        [
            (0, Relation::Greater, 0.0),
            (1, Relation::Greater, 0.0),
            (1, Relation::LessOrEqual, 2.0),
            (2, Relation::LessOrEqual, 1.5),
            (0, Relation::NotEqual, 1.0),
            (1, Relation::Less, std::f64::consts::FRAC_PI_2),
        ]
    );
    assert_eq!(kernel.options.definiteness, Definiteness::Assume);
    assert_eq!(kernel.options.smooth, Some(1));
    assert!(!kernel.options.asymmetric);
    assert_eq!(kernel.options.runtime.as_ref().map(|path| path.segments.len()), Some(2));

    let kernel = accept(
        "indefinite, asymmetric",
        "fn matern_12<'a, const D: usize>(x: &'a [f64; D], y: &'a [f64; D], w: &[f64; D]) -> f64 { x[0] * y[0] }",
    );
    assert_eq!(kernel.options.definiteness, Definiteness::Indefinite);
    assert!(kernel.options.asymmetric);
    assert!(matches!(&kernel.points, Points::Array { length, known: None } if length.to_string() == "D"));
    assert!(matches!(kernel.parameters[0].kind, ParameterKind::Array));
    assert_eq!(struct_name(&kernel), "Matern12");
    assert_eq!(struct_name(&accept("name = Q", "fn rbf(x: f64, y: f64) -> f64 { x * y }")), "Q");
    assert!(matches!(
        accept("psd", "fn k(x: &[f64; 3], y: &[f64; 3]) -> f64 { dot(x, y) }").points,
        Points::Array { known: Some(3), .. }
    ));
}

/// `agree_module! { |x, y, p| last(x, y, p[0][0]); helpers { fn … } kernels { fn … } }`: the last kernel.
macro_rules! agree_module {
    (|$x:pat_param, $y:pat_param, $p:pat_param| $call:expr; helpers { $($helper:item)* } kernels { $($kernel:item)* }) => {{
        $($helper)*
        $($kernel)*
        let mut source = "pub mod m {".to_owned();
        $(source += stringify!($helper);)*
        $(source += concat!(" #[kernel] ", stringify!($kernel));)*
        source += "}";
        let module = read_module(&source);
        let errors: Vec<_> = module.errors().iter().map(|e| (e.to_string(), e.span().source_text())).collect();
        assert!(errors.is_empty(), "{source} {errors:?}");
        let kernel = module.kernels().last().and_then(|kernel| kernel.as_ref().ok()).expect("a kernel");
        compare(&source, kernel, |$x, $y, $p| $call);
    }};
}

fn read_module(source: &str) -> Module {
    let tokens = source.parse().unwrap_or_else(|error| panic!("{source}: {error}"));
    Module::read(TokenStream::new(), tokens).unwrap_or_else(|error| panic!("{source}: {error}"))
}

#[test]
fn modules() {
    agree_module! { |x, y, p| k(x, y, p[0][0], &p[1]);
    helpers {
        const fn half(a: f64) -> f64 { 0.5 * a }
        fn square(a: f64) -> f64 { let b = a; a * b }
        fn clipped(a: f64, (low, high): (f64, f64)) -> (f64, f64) { if a < low { return (low, a); } (a.min(high), a) }
        fn r2(p: &[f64], q: &[f64], w: &[f64]) -> f64 { p.iter().zip(q).zip(w).map(|((a, b), w)| square((a - b) / w)).sum() }
        fn looped(p: &[f64], scale: f64) -> f64 { let mut s = 0.0; for i in 0..p.len() { s += square(p[i]) * scale; } s }
        // Not of the vocabulary.
        fn angle(p: &[f64], n: i32) -> f64 { p[0].powi(n) }
        #[cfg(test)] mod tests {}
    }
    kernels {
        fn rbf(x: &[f64], y: &[f64], gamma: f64, w: &[f64]) -> f64 { (-half(gamma) * r2(x, y, w)).exp() }
        fn k(a: &[f64], b: &[f64], c: f64, v: &[f64]) -> f64 {
            let (clip, raw) = clipped(dot(a, b), (-0.2, c));
            rbf(b, a, c * c, v) + 2.0 * rbf(a, a, 1.0, v) * clip - raw * looped(b, c) + angle(a, 3) * if half(c) < 0.3 { half(a[1]) } else { 0.0 }
        }
    } }
    agree_module! { |x, y, p| k::<f64, 3>(x.try_into().unwrap(), y.try_into().unwrap(), p[0][0]);
    helpers {
        fn mean<U: Real, const N: usize>(p: &[U; N], factor: U) -> U {
            let mut s = U::of(0.0);
            for i in 0..N { s = s + p[i] * factor; }
            s * U::of(1.0 / N as f64)
        }
    }
    kernels {
        fn k<T: Real, const D: usize>(x: &[T; D], y: &[T; D], c: T) -> T { mean(x, c) * mean::<T, D>(y, T::of(2.0)) }
    } }
    // Functions that call each other a lot are one short kernel.
    let mut source = "mod m { fn f0(a: f64) -> f64 { a.sin() }".to_owned();
    for i in 0..8 {
        source += &format!("fn f{}(a: f64) -> f64 {{ f{i}(a) * f{i}(a + 1.0) }}", i + 1);
    }
    let module = read_module(&(source + "#[kernel] fn k(x: f64, y: f64) -> f64 { f8(x - y) } }"));
    assert!(module.errors().is_empty());
}

#[test]
fn wrong_modules() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        (
            "fn f(a: f64) -> f64 { f(a) } #[kernel] fn k(x: f64, y: f64) -> f64 { f(x) * y }",
            &[("f(a)", "calls itself")],
        ),
        ("#[kernel] fn k(x: f64, y: f64) -> f64 { k(y, x) }", &[("k(y, x)", "calls itself")]),
        (
            "fn f(a: f64) -> f64 { a } #[kernel] fn k(x: f64, y: f64) -> f64 { f(x, y) }",
            &[("f(x, y)", "`f` takes 1 argument here, not 2")],
        ),
        // Found by both kernels, and reported once.
        (
            "fn f(a: f64) -> f64 { a.floor() } #[kernel] fn k(x: f64, y: f64) -> f64 { f(x) * f(y) } #[kernel] fn l(x: f64, y: f64) -> f64 { f(x - y) }",
            &[("floor", "`floor` is not supported")],
        ),
        // Helpers that no kernel calls are anything.
        ("fn f(a: f64) -> f64 { a.floor() } #[kernel] fn k(x: f64, y: f64) -> f64 { x * y }", &[]),
        (
            "#[cfg(a)] fn f(a: f64) -> f64 { a } #[kernel] fn k(x: f64, y: f64) -> f64 { f(x) * y }",
            &[("f", "under #[cfg]")],
        ),
        ("#[cfg(a)] #[kernel] fn k(x: f64, y: f64) -> f64 { x * y }", &[("k", "on the whole module")]),
        ("unsafe fn f(a: f64) -> f64 { a } #[kernel] fn k(x: f64, y: f64) -> f64 { f(x) * y }", &[("f", "not plain")]),
        ("#[kernel = 1] fn k(x: f64, y: f64) -> f64 { x * y }", &[("#[kernel = 1]", "is marked `#[kernel]`")]),
        ("fn f(x: &[f64]) -> f64 { let dot = dot(x, x); dot }", &[("dot", "rename this variable")]),
        ("#[kernel(psdd)] fn k(x: f64, y: f64) -> f64 { x * y }", &[("psdd", "no option")]),
        ("#[kernel] fn k(x: f64, y: f64) -> f64 { super::f(x) * y }", &[("super::f", "`#[kernel] mod name { … }`")]),
        (
            "fn f(x: &[f64]) -> f64 { dot(x, x) } #[kernel] fn k(x: &[f64], y: &[f64]) -> f64 { x.iter().map(|a| a * f(y)).sum() }",
            &[],
        ),
    ];
    for (items, wanted) in cases {
        let module = read_module(&format!("mod m {{ {items} }}"));
        let found: Vec<_> =
            module.errors().iter().map(|e| (e.span().source_text().unwrap_or_default(), e.to_string())).collect();
        let matches = found.iter().zip(*wanted).all(|((at, text), (place, part))| at == place && text.contains(part));
        assert!(found.len() == wanted.len() && matches, "{items}\n{found:#?}");
    }
    let mut source = "mod m { fn f0(a: f64) -> f64 { a.sin() }".to_owned();
    for i in 0..40 {
        source += &format!("fn f{}(a: f64) -> f64 {{ f{i}(a) * f{i}(a + 1.0) }}", i + 1);
    }
    let module = read_module(&(source + "#[kernel] fn k(x: f64, y: f64) -> f64 { f40(x - y) } }"));
    assert!(module.errors()[0].to_string().contains("too many calls"));
    assert!(Module::read(TokenStream::new(), "mod m;".parse().unwrap()).unwrap_err().to_string().contains("inline"));
    let options = Module::read("psd".parse().unwrap(), "mod m {}".parse().unwrap()).unwrap();
    assert!(options.errors()[0].to_string().contains("the one option of a module"));
}

#[test]
fn expanded_modules() {
    let source = "/// Docs.
        pub(crate) mod m {
            #![allow(dead_code)]
            use super::kernel;
            struct S;
            fn r(x: &[f64], y: &[f64]) -> f64 { dist(x, y) }
            #[kernel(assume(a > 0))] pub fn k(x: &[f64], y: &[f64], a: f64) -> f64 { (-a * r(x, y)).exp() }
            #[kernel] pub fn wrong(x: &[f64], y: &[f64]) -> f64 { nope(x, y) }
        }";
    let tokens = kernel_core::kernel::expand("crate = ::a::b".parse().unwrap(), source.parse().unwrap());
    let file: syn::File = syn::parse2(tokens.clone()).expect("Rust");
    let [syn::Item::Mod(module), syn::Item::Macro(_)] = &*file.items else { panic!("{tokens}") };
    let items = &module.content.as_ref().expect("inline").1;
    let functions: Vec<_> = items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Fn(function) => Some((function.sig.ident.to_string(), function.attrs.len())),
            _ => None,
        })
        .collect();
    assert_eq!(functions, [("r".to_owned(), 0), ("k".to_owned(), 0), ("wrong".to_owned(), 0)]);
    assert!(items.iter().any(|item| matches!(item, syn::Item::Struct(item) if item.ident == "K")));
    assert_eq!(module.attrs.len(), 2);
    let text = tokens.to_string();
    assert!(text.contains("use :: a :: b :: { dist , Real as _ }") && !text.contains(":: kernel_runtime"), "{text}");
}

/// (options, source, what is pointed at, part of the message)
type Wrong = (&'static str, &'static str, &'static str, &'static str);

fn refuse(cases: &[Wrong]) {
    for &(options, source, at, text) in cases {
        let failure = match read(options, source) {
            Ok(_) => panic!("accepted: #[kernel({options})] {source}"),
            Err(failure) => failure,
        };
        let found = messages(&failure);
        assert!(
            found.len() == 1 && found[0].0 == at && found[0].1.contains(text),
            "#[kernel({options})] {source}\nwanted at `{at}`: {text}\nfound {found:#?}"
        );
    }
}

#[test]
fn wrong_options() {
    const RBF: &str = "fn rbf(x: &[f64], y: &[f64], gamma: f64) -> f64 { (-gamma * sq_dist(x, y)).exp() }";
    refuse(&[
        ("psdd", RBF, "psdd", "no option `psdd`: the options are `assume(…)`, `psd`"),
        ("12", RBF, "12", "no option `12`"),
        ("psd, psd", RBF, "psd", "given twice"),
        ("psd, indefinite", RBF, "indefinite", "`indefinite` contradicts `psd`"),
        ("indefinite, psd = assume", RBF, "psd", "`psd` contradicts `indefinite`"),
        ("asymmetric, psd", RBF, "psd", "a covariance is symmetric"),
        ("psd = yes", RBF, "= yes", "`psd = assume`"),
        ("indefinite = assume", RBF, "= assume", "takes no value"),
        ("smooth", RBF, "smooth", "`smooth = assume(1)`"),
        ("smooth = assume(x)", RBF, "smooth = assume(x)", "`smooth = assume(1)`"),
        ("name = 3", RBF, "name = 3", "`name = Rbf`"),
        ("name", RBF, "name", "`name = Rbf`"),
        ("crate = \"a\"", RBF, "crate = \"a\"", "`crate = ::path"),
        ("assume", RBF, "assume", "`assume(gamma > 0"),
        ("assume = 1", RBF, "assume", "`assume(gamma > 0"),
        ("assume(gama > 0)", RBF, "gama", "its parameters are `gamma`"),
        ("assume(c > 0)", "fn k(x: f64, y: f64) -> f64 { x * y }", "c", "this kernel has none"),
        ("assume(x > 0, y < 0)", RBF, "y < 0", "no value of `y`"),
        ("assume(gamma > x)", RBF, "gamma > x", "not two parameters"),
        ("assume(1 > 0)", RBF, "1 > 0", "mentions no parameter"),
        ("assume(gamma)", RBF, "gamma", "compares a parameter with a number"),
        ("assume(gamma == 1)", RBF, "gamma == 1", "is a constant"),
        ("assume(0 < gamma < 1)", RBF, "0 < gamma < 1", "`0 < p && p <= 2`"),
        ("assume(gamma > 0 || gamma < -1)", RBF, "gamma > 0 || gamma < -1", "one interval"),
        ("assume(gamma > 1e999)", RBF, "1e999", "finite number"),
        ("assume(gamma > f(2))", RBF, "f(2)", "finite number"),
        ("assume(gamma > 2, gamma < 1)", RBF, "gamma < 1", "no value of `gamma`"),
        ("assume(gamma > 2, gamma <= 2)", RBF, "gamma <= 2", "no value of `gamma`"),
        ("name = rbf", RBF, "rbf", "the same name"),
        ("", "fn K(x: f64, y: f64) -> f64 { x * y }", "K", "`#[kernel(name = KKernel)]`"),
        ("", "fn self_(x: f64, y: f64) -> f64 { x * y }", "self_", "no struct name"),
        ("", "fn _1(x: f64, y: f64) -> f64 { x * y }", "_1", "no struct name"),
    ]);
}

#[test]
fn wrong_signatures() {
    refuse(&[
        ("", "struct S;", "struct S;", "goes on a function"),
        ("", "fn f();", "fn f();", "goes on a function"),
        ("", "#[kernel] fn f(x: f64, y: f64) -> f64 { x * y }", "#[kernel]", "twice"),
        ("", "fn f(x: f64) -> f64 { x }", "f", "two points first"),
        ("", "fn f(&self, x: f64, y: f64) -> f64 { x * y }", "&self", "no `self`"),
        ("", "async fn f(x: f64, y: f64) -> f64 { x * y }", "async", "async"),
        ("", "unsafe fn f(x: f64, y: f64) -> f64 { x * y }", "unsafe", "unsafe"),
        ("", "extern \"C\" fn f(x: f64, y: f64) -> f64 { x * y }", "extern \"C\"", "extern"),
        ("", "fn f(x: f64, y: f64) { x * y }", "f", "write `-> f64`"),
        ("", "fn f(x: f64, y: f64) -> f32 { x * y }", "f32", "returns f64"),
        ("", "fn f(x: &[f64], y: f64) -> f64 { 1.0 }", "f64", "the two points differ in type, `&[f64]` and `f64`"),
        ("", "fn f(x: &[f64; 2], y: &[f64; 3]) -> f64 { 1.0 }", "&[f64; 3]", "differ in type"),
        ("", "fn f((a, b): &[f64; 2], y: &[f64; 2]) -> f64 { a + y[0] }", "(a, b)", "take it apart in the body"),
        ("", "fn f(mut x: f64, y: f64) -> f64 { x * y }", "mut x", "not `mut`"),
        ("", "fn f(_: f64, y: f64) -> f64 { y }", "_", "plain name"),
        ("", "fn f<T: Float>(x: T, y: T) -> T { x * y }", "T: Float", "`T: Real`"),
        ("", "fn f<T: Real, U: Real>(x: T, y: T, u: U) -> T { x * y }", "U: Real", "the one type parameter"),
        ("", "fn f<T: Real + Float>(x: T, y: T) -> T { x * y }", "Float", "remove this bound"),
        ("", "fn f<T>(x: T, y: T) -> T where T: Real, f64: From<T> { x * y }", "f64: From<T>", "where clause"),
        (
            "",
            "fn f<T: Real>(x: &[T], y: &[T], g: f64) -> T { x[0] }",
            "f64",
            "this is f64, but the kernel's points are T",
        ),
        ("", "fn f<T: Real>(x: &[T], y: &[T]) -> f64 { x[0] }", "f64", "write `-> T`"),
        ("", "fn f<T: Real>(x: &[T], y: &[T]) -> T { x[0] * 2.0 }", "2.0", "write `T::of(2.0)`"),
        ("", "fn f<T: Real>(x: T, y: T) -> T { (x * y).max(0f64) }", "0f64", "write `T::of(0f64)`"),
        (
            "",
            "fn f<T: Real>(x: &[T], y: &[T]) -> T { x[0] * x.len() as f64 }",
            "x.len() as f64",
            "`T::of(x.len() as f64)`",
        ),
        ("", "fn f<const D: usize>(x: f64, y: f64) -> f64 { x * y }", "const D: usize", "number of coordinates"),
        ("", "fn f<const D: u8>(x: &[f64; D], y: &[f64; D]) -> f64 { x[0] }", "const D: u8", "number of coordinates"),
        ("", "fn f<'a>(x: &'a [f64], y: &[f64]) -> f64 where f64: Copy { x[0] }", "f64: Copy", "where clause"),
        ("", "fn f(x: &[f64], y: &[f64], g: &f64) -> f64 { 1.0 }", "&f64", "taken by value"),
        ("", "fn f(x: [f64; 3], y: &[f64; 3]) -> f64 { y[0] }", "[f64; 3]", "write `&[f64; 3]`"),
        (
            "",
            "fn f(x: &[f64], y: &[f64], w: Vec<f64>) -> f64 { x[0] }",
            "Vec<f64>",
            "`Vec` is not supported here: write `&[f64]`",
        ),
        ("", "fn f(x: &[f64], y: &[f64], w: &Vec<f64>) -> f64 { x[0] }", "&Vec<f64>", "write `&[f64]`"),
        (
            "",
            "fn f(x: &[f64], y: &[f64], w: ArrayView1<'_, f64>) -> f64 { x[0] }",
            "ArrayView1<'_, f64>",
            "write `&[f64]`",
        ),
        ("", "fn f(x: &[f64], y: &[f64], w: &mut [f64]) -> f64 { x[0] }", "&mut [f64]", "without `mut`"),
        (
            "",
            "fn f(x: &[f64], y: &[f64], w: impl Fn(f64) -> f64) -> f64 { x[0] }",
            "impl Fn(f64) -> f64",
            "`impl Trait`",
        ),
        ("", "fn f(x: &[f64], y: &[f64], n: usize) -> f64 { x[0] }", "usize", "does not take this type"),
        (
            "",
            "fn f(x: &[f64], y: &[f64], g: f32) -> f64 { x[0] }",
            "f32",
            "this is f32, but the kernel's points are f64",
        ),
        ("", "fn f(x: &[f64], y: &[f64], w: &[f64; 3]) -> f64 { x[0] }", "&[f64; 3]", "the points are slices"),
        (
            "",
            "fn f(x: &[f64; 3], y: &[f64; 3], w: &[f64; 2]) -> f64 { x[0] }",
            "&[f64; 2]",
            "has 2 entries and the points have 3",
        ),
        ("", "fn f(x: f64, y: f64, w: &[f64]) -> f64 { x }", "&[f64]", "single numbers"),
        ("", "fn f(x: f64, y: f64, new: f64) -> f64 { x }", "new", "cannot be called `new`"),
        ("", "fn f(x: &[f64], y: &[f64], dot: f64) -> f64 { dot(x, y) * dot }", "dot", "rename this variable"),
        ("", "fn f(x: &[f64], y: &[f64]) -> f64 { let dot = dot(x, y); dot * dot }", "dot", "rename this variable"),
    ]);
}

/// One wrong body, in a kernel of slices x and y, a number a and a vector w.
fn refuse_bodies(cases: &[(&'static str, &'static str, &'static str)]) {
    for &(body, at, text) in cases {
        let source = format!("fn f(x: &[f64], y: &[f64], a: f64, w: &[f64]) -> f64 {{ {body} }}");
        refuse(&[("", source.leak(), at, text)]);
    }
}

#[test]
fn wrong_statements() {
    refuse_bodies(&[
        ("", "{  }", "no value"),
        ("a;", "a;", "without a semicolon"),
        ("a * 2.0; a", "a * 2.0", "without effect"),
        ("let b; a + b", "b", "`b` has no value yet"),
        ("let b; if a < 1.0 { b = 1.0; } a + b", "a < 1.0", "values that are not numbers"),
        ("let b = a else { return 1.0 }; b", "{ return 1.0 }", "let … else"),
        ("let Some(b) = a; a", "Some(b)", "this pattern is not supported"),
        ("let (b, c) = a; b * c", "(b, c)", "does not fit"),
        ("let b = a; let [p, q] = *x; b * p * q", "[p, q]", "another length"),
        ("struct S; a", "struct S;", "move this outside"),
        ("fn g(b: f64) -> f64 { g(b) } g(a)", "g(b)", "calls itself"),
        ("let c = a; fn g(b: f64) -> f64 { b * c } g(a)", "c", "`c` is not known here"),
        ("fn g(b: f64) -> f64 { b } g(a, a)", "g(a, a)", "`g` takes 1 argument here, not 2"),
        ("use foo::bar; a", "bar", "only the float constants"),
        ("let b = { return a; 2.0 }; b", "return a", "as the end of the function"),
        ("return a; a", "a", "reached"),
        ("return;", "return", "with its value"),
        ("assert!(a > 0.0); a", "assert!(a > 0.0)", "macros are not supported"),
        ("let mut s = 0.0; for i in 0..x.len() { s = s * a + x[i]; } s", "s", "`s` is read inside the loop"),
        ("let mut s = 0.0; for i in 0..x.len() { s += x[i]; s *= a; } s", "s *= a", "both added to and multiplied"),
        ("let mut s = 0.0; for i in 0..x.len() { s = x[i]; } s", "s = x[i]", "in the last round only"),
        ("let mut s = 0.0; for i in 0..x.len() { let t = s + a; s += t; } s", "s", "`s` is read inside the loop"),
        ("let mut s = 0.0; for i in 0..x.len() { s += x[i + 1]; } s", "i + 1", "only the current one is at hand"),
        ("let mut s = 0.0; for i in 1.. { s += x[i]; } s", "1..", "a range in a kernel"),
        ("let mut s = 0.0; for i in a..2 { s += x[i]; } s", "a", "a range in a kernel"),
        ("let mut s = 0.0; for i in 0..9999 { s += a; } s", "0..9999", "too long"),
        ("let mut s = 0.0; for i in 0..60 { for j in 0..60 { s += a; } } s", "0..60", "too many rounds"),
        ("let mut s = 0.0; for i in a { s += a; } s", "a", "a `for` loop in a kernel goes over"),
        ("for i in 0..x.len() { let b = x[i]; } a", "for i in 0..x.len() { let b = x[i]; }", "without effect"),
        ("for i in x { y[0]; } a", "y[0]", "without effect"),
        ("let mut s = 0.0; for i in x { for j in y { for k in x { s += i * j * k; } } } s", "x", "three deep"),
        (
            "let mut s = 0.0; for i in x { s += i; for j in y { s *= j; } } s",
            "{ s *= j; }",
            "both added to and multiplied",
        ),
        (
            "let mut s = 0.0; for i in x { let mut p = 1.0; for j in y { p *= i - j; } s += p; } s",
            "{ p *= i - j; }",
            "may not depend on the coordinate",
        ),
        ("let mut s = 0.0; for i in x { s += i; break; } s", "break", "no `while`, `loop`, `break`"),
        ("let mut s = 0.0; for i in x { s += i; return s; } s", "return s", "`return` is supported as the end"),
        ("let mut s = 0.0; let b = for i in x { s += i; }; s", "for i in x { s += i; }", "has no value"),
        (
            "let mut s = 0.0; x.iter().map(|b| { s += b; s }).sum::<f64>()",
            "s",
            "does not change variables from outside",
        ),
        ("s += 1.0; a", "s", "`s` is not known here"),
        ("w[0] = 1.0; a", "w[0]", "only whole variables"),
        ("let mut p = x; if a < 1.0 { p = y; } p[0]", "a < 1.0", "values that are not numbers"),
        ("let mut s = a; s %= 2.0; s", "s %= 2.0", "jumps"),
        ("let mut s = a; let b = a < 1.0 && { s += 1.0; true }; s", "{ s += 1.0; true }", "has no value"),
        ("while a < 1.0 { } a", "while a < 1.0 { }", "no `while`"),
        ("let mut s = a; let t = (s += 1.0); s", "s += 1.0", "an assignment has no value"),
        ("let mut s = a; let t = s = 1.0; s", "s = 1.0", "an assignment has no value"),
        ("if a < 1.0 { a } a", "if a < 1.0 { a }", "needs an `else`"),
        ("#[cfg(test)] let b = 1.0; a", "#[cfg(test)]", "one kernel per configuration"),
    ]);
}

#[test]
fn wrong_expressions() {
    refuse_bodies(&[
        ("a + match a { _ => 1.0 }", "match a { _ => 1.0 }", "`match`"),
        ("a + nope::Nope", "nope::Nope", "is not known here"),
        ("a * Config::<3>::SCALE", "Config::<3>::SCALE", "is not known here"),
        ("a * <A as B>::SCALE", "<A as B>::SCALE", "this path is not supported"),
        ("x[0].powi(N as i32)", "N as i32", "casts"),
        ("let mut s = 0.0; for i in 0..N { s += a; } s", "N", "a range in a kernel"),
        ("a + b", "b", "`b` is not known here"),
        ("const C: f64 = a; C", "a", "`a` is not known here"),
        ("a + helper(x)", "helper", "calls of `helper` are not supported"),
        ("a + (|b: f64| b)(a)", "(|b: f64| b)", "a call of this"),
        ("let g = |b: f64| b * 2.0; g", "g", "this is a function, not a number"),
        ("let g = |b: f64| b * 2.0; g(a, a)", "g(a, a)", "`the closure` takes 1 argument here, not 2"),
        ("let mut s = a; let mut g = |b: f64| { s += b; s }; g(a)", "s", "does not change variables from outside"),
        ("let g = async |b: f64| b; a", "async", "async code"),
        ("x.iter().zip([a, a]).map(|(b, c)| b * c).sum::<f64>()", "[a, a]", "one for each coordinate"),
        ("a + vec![1.0].len() as f64", "vec![1.0]", "macros"),
        ("a + \"x\"", "\"x\"", "only numbers"),
        ("a % 2.0", "a % 2.0", "jumps"),
        ("a & 2.0", "a & 2.0", "this operator"),
        ("a.b", "a.b", "those of tuples"),
        ("let p = (a, a); p.2", "p.2", "those of tuples"),
        ("a + [a][1]", "1", "out of the array's bounds"),
        ("a + [a; 2][0]", "[a; 2]", "an array of copies is not supported"),
        ("(0..3).len() as f64", "len", "the iterator method `len`"),
        ("(..3).sum()", "..3", "a range"),
        ("unsafe { a }", "unsafe { a }", "an unsafe block"),
        ("a?", "a?", "`?`"),
        ("a + *(&mut a)", "&mut a", "without `mut`"),
        ("if let b = a { b } else { a }", "let b = a", "`if let`"),
        ("if a { a } else { a }", "a", "a condition compares numbers"),
        ("if a < 1.0 { x } else { a }", "{ x }", "whole point"),
        ("let b = a < 1.0; b * 2.0", "b", "a comparison, not a number"),
        ("let b = (a, a); b * 2.0", "b", "a tuple, not a number"),
        ("!a * 2.0", "a", "a condition compares numbers"),
        ("(x.len() / 2) as f64", "x.len() / 2", "drops the remainder"),
        ("(1 / 0) as f64", "1 / 0", "divides by zero"),
        ("a as f32", "a as f32", "casts"),
        ("a as i32 as f64", "a as i32", "casts"),
        ("a.powi(a)", "a", "`powi` takes a whole number"),
        ("a.powi(3000000000)", "3000000000", "does not fit"),
        ("a.floor()", "floor", "`floor` is not supported on numbers"),
        ("a.erf()", "erf", "write `erf(x)`"),
        ("a.exp(2.0)", "a.exp(2.0)", "`exp` takes 0 arguments here, not 1"),
        ("f64::max(a)", "f64::max(a)", "`max` takes 2 arguments here, not 1"),
        ("(a < 1.0).exp()", "exp", "on a comparison"),
        ("(a, a).exp()", "exp", "on a tuple"),
    ]);
}

#[test]
fn wrong_vectors() {
    refuse_bodies(&[
        ("x - a", "x", "`x` is a whole point"),
        ("-w", "w", "one entry per coordinate"),
        ("x", "x", "whole point"),
        ("dot(x)", "dot(x)", "`dot` takes 2 arguments here, not 1"),
        ("dot(x, w)", "w", "works on the two points themselves, `dot(x, y)`"),
        ("sq_norm(w)", "w", "works on the two points themselves, `sq_norm(x)`"),
        ("dist(x, a)", "a", "works on the two points"),
        ("erf(x)", "erf", "works on"),
        ("x[a]", "a", "picked by a whole number"),
        ("x[-1]", "-1", "picked by a whole number"),
        ("w[-1]", "-1", "picked by a whole number"),
        ("a[0]", "a[0]", "only points and vector parameters"),
        ("x.map(|b| b)", "map", "iterate over the coordinates"),
        ("x.first()", "first", "not supported on a vector"),
        ("x.iter()", "x.iter()", "this is an iterator, not a number"),
        ("x.iter().zip(y).sum::<f64>()", "x.iter().zip(y)", "a tuple, not a number"),
        ("x.iter().zip(a).map(|(b, c)| b * c).sum::<f64>()", "a", "`zip` takes a vector"),
        ("x.iter().map(g).sum::<f64>()", "g", "`map` takes a closure"),
        ("x.iter().zip(y).map(|a| a * 2.0).sum::<f64>()", "a", "a tuple, not a number"),
        ("x.iter().zip(y).zip(w).map(|(a, b, c)| a * b * c).sum::<f64>()", "(a, b, c)", "does not fit"),
        ("x.iter().enumerate().map(|(i, b)| b.powi(i as i32)).sum::<f64>()", "i as i32", "`powi` takes a whole number"),
        ("x.iter().zip(0..3).map(|(b, i)| b * i as f64).sum::<f64>()", "0..3", "one for each coordinate"),
        ("x.iter().fold(0.0, |s, b| s + b)", "fold", "write the sum or the product itself"),
        ("x.iter().for_each(|b| a)", "for_each", "write the loop"),
        ("sq_dist(&x[1..], y)", "sq_dist(&x[1..], y)", "go over different coordinates"),
        ("x[1..].iter().zip(y).map(|(b, c)| b * c).sum::<f64>()", "y", "go over different coordinates"),
        ("x[1..][..2].iter().sum::<f64>()", "..2", "not of a part"),
        ("norm(&w[1..])", "norm(&w[1..])", "works on the two points"),
        ("x.iter().rev().map(|b| b + 1.0).sum::<f64>()", "rev", "the iterator method `rev`"),
        (
            "x.iter().map(|b| y.iter().map(|c| x.iter().map(|e| b * c * e).sum::<f64>()).sum::<f64>()).sum::<f64>()",
            "x.iter()",
            "three deep",
        ),
        (
            "x.iter().map(|b| y.iter().map(|c| (b * c).sin()).sum::<f64>().exp()).sum::<f64>()",
            "x.iter().map(|b| y.iter().map(|c| (b * c).sin()).sum::<f64>().exp()).sum::<f64>()",
            "a function, such as `.sqrt()`, of an inner sum",
        ),
        (
            "x.iter().map(|b| if y.iter().map(|c| (b * c).sin()).sum::<f64>() < a { *b } else { a }).sum::<f64>()",
            "x.iter().map(|b| if y.iter().map(|c| (b * c).sin()).sum::<f64>() < a { *b } else { a }).sum::<f64>()",
            "of an inner sum",
        ),
        (
            "x.iter().map(|b| y.iter().map(|c| b - c).product::<f64>()).sum::<f64>()",
            "y.iter().map(|c| b - c).product::<f64>()",
            "may not depend on the coordinate",
        ),
        (
            "x.iter().map(|b| y.iter().map(|c| (b - c).cos()).sum::<f64>()).product::<f64>()",
            "x.iter().map(|b| y.iter().map(|c| (b - c).cos()).sum::<f64>()).product::<f64>()",
            "may not depend on the coordinate",
        ),
        (
            "x.iter().map(|b| b + norm(y)).product::<f64>()",
            "x.iter().map(|b| b + norm(y)).product::<f64>()",
            "depends on whole points",
        ),
        ("let i = y.iter(); x.iter().map(|b| i.map(|c| b * c).sum::<f64>()).sum::<f64>()", "i", "made outside the sum"),
        (
            "x.iter().map(|b| (b * angle(x, y)).sin()).sum::<f64>()",
            "x.iter().map(|b| (b * angle(x, y)).sin()).sum::<f64>()",
            "as a factor only",
        ),
    ]);
    refuse(&[(
        "",
        "fn f(x: &[f64; 3], y: &[f64; 3]) -> f64 { x[0] * y[3] }",
        "3",
        "have 3 coordinates, so the last is number 2",
    )]);
}

#[test]
fn sums_in_sums() {
    let (x, y, a, w) = ([0.5, -1.5, 2.0], [1.0, 0.25, -0.75], 0.5, [2.0, 0.5, 1.0]);
    let value = |body: &str| {
        let kernel = accept("", &format!("fn f(x: &[f64], y: &[f64], a: f64, w: &[f64]) -> f64 {{ {body} }}"));
        evaluate(&kernel, &x, &y, &[vec![a], w.to_vec()])
    };
    let each = |term: &dyn Fn(usize) -> f64| (0..3).map(term).sum::<f64>();
    let all = |term: &dyn Fn(usize, usize) -> f64| each(&|i| each(&|j| term(i, j)));
    let s: f64 = w.iter().sum();
    let d2 = each(&|i| (x[i] - y[i]).powi(2));
    let cases: &[(&str, f64)] = &[
        ("let p = (x[0], (a, y[1])); x.iter().map(|b| p.0 * b + (p.1).1).sum::<f64>()", each(&|i| x[0] * x[i] + y[1])),
        ("let t = w.iter().sum::<f64>(); x.iter().map(|b| (b / t).exp()).sum::<f64>()", each(&|i| (x[i] / s).exp())),
        ("let r = dist(x, y); x.iter().map(|b| (b * r).cos()).sum::<f64>()", each(&|i| (x[i] * d2.sqrt()).cos())),
        (
            "x.iter().map(|b| (b - x[0]).powi(2) * dist(x, y)).sum::<f64>()",
            each(&|i| (x[i] - x[0]).powi(2)) * d2.sqrt(),
        ),
        ("let n = x[0] < 1.0; x.iter().map(|b| if n { *b } else { 0.0 }).sum::<f64>()", each(&|i| x[i])),
        (
            "let s = dist(x, y); let g = |b: f64| (s * b).sin(); x.iter().map(|b| g(*b)).sum::<f64>()",
            each(&|i| (d2.sqrt() * x[i]).sin()),
        ),
        ("let c = [norm(x), a]; x.iter().map(|b| b + c[1]).sum::<f64>()", each(&|i| x[i] + a)),
        ("x.iter().map(|b| (b / x.len() as f64).exp()).sum::<f64>()", each(&|i| (x[i] / 3.0).exp())),
        ("x.iter().map(|b| y.iter().map(|c| b * c).sum::<f64>()).sum::<f64>()", all(&|i, j| x[i] * y[j])),
        (
            "x.iter().map(|b| y.iter().map(|c| (b - c).cos()).sum::<f64>()).sum::<f64>()",
            all(&|i, j| (x[i] - y[j]).cos()),
        ),
        (
            "x.iter().zip(w).map(|(b, v)| b - v * y.iter().zip(w).map(|(c, w)| (b * c * w).sin()).sum::<f64>() / 2.0).sum::<f64>()",
            each(&|i| x[i] - w[i] * each(&|j| (x[i] * y[j] * w[j]).sin()) / 2.0),
        ),
        (
            "let mut s = 0.0; for i in 0..x.len() { for j in 0..y.len() { s += (x[i] - y[j]).abs() * (i + 2 * j) as f64; } s -= w[i]; } s",
            all(&|i, j| (x[i] - y[j]).abs() * (i + 2 * j) as f64) - s,
        ),
        (
            "let mut s = 0.0; for b in x { let mut t = a; for c in y { t += b * c; } s += t * w[0]; } s",
            each(&|i| (a + each(&|j| x[i] * y[j])) * w[0]),
        ),
        (
            "(x[0] - y[0]).abs() + sq_dist(&x[1..], &y[1..]) + norm(&x[..2]) * x[1..].len() as f64",
            0.5 + (1..3).map(|i| (x[i] - y[i]).powi(2)).sum::<f64>() + 2.0 * 2.5_f64.sqrt(),
        ),
        ("let mut s = 0.0; for i in 1..x.len() { s += x[i] * w[i]; } s", x[1] * w[1] + x[2] * w[2]),
        ("(1..x.len()).map(|i| x[i] - y[i]).product::<f64>()", (x[1] - y[1]) * (x[2] - y[2])),
        (
            "let space = &x[1..]; space.iter().zip(&y[1..]).map(|(b, c)| b * c).sum::<f64>() + space[0]",
            x[1] * y[1] + x[2] * y[2] + x[1],
        ),
        ("x[1..].iter().enumerate().map(|(n, b)| b * n as f64).sum::<f64>()", x[2]),
        (
            "let mut s = 0.0; for i in 0..x.len() { for j in 0..i { s += (x[i] * y[j]).sin(); } } s",
            all(&|i, j| if j < i { (x[i] * y[j]).sin() } else { 0.0 }),
        ),
        (
            "let mut s = 0.0; for i in 0..x.len() { for j in i + 1..x.len() { s += x[i] / (3.0 + y[j]); } } s",
            all(&|i, j| if i < j { x[i] / (3.0 + y[j]) } else { 0.0 }),
        ),
        (
            "let mut s = 0.0; for i in 0..x.len() { s += x[i] * dot(&x[..=i], &y[..=i]); } s",
            all(&|i, j| if j <= i { x[i] * x[j] * y[j] } else { 0.0 }),
        ),
        ("x.iter().map(|b| b * y.iter().product::<f64>()).sum::<f64>()", each(&|i| x[i] * y[0] * y[1] * y[2])),
        (
            "x.iter().map(|b| b * y.iter().enumerate().map(|(j, c)| (b + c * j as f64).sin()).sum::<f64>()).sum::<f64>()",
            all(&|i, j| x[i] * (x[i] + y[j] * j as f64).sin()),
        ),
    ];
    for (body, want) in cases {
        let got = value(body);
        assert!((got - want).abs() < 1e-13, "{body}: {got}, expected {want}");
    }
}

#[test]
fn every_error_in_one_go() {
    let source = "fn f(x: &[f64], y: &[f64], g: f32, w: Vec<f64>) -> f64 {
        let r = nope(x, y);
        let s = r * r + sq_dist(x, w) + g;
        let t = a.sqrt() + match s { _ => 1.0 };
        for i in 0..3 { q; }
        x.iter().map(|u| u * t * b).sum::<f64>() + w.floor() + c
    }";
    let Err(failure) = read("psd, indefinite, assume(gamma > 0)", source) else { panic!("accepted") };
    let found: Vec<_> = messages(&failure).into_iter().map(|(at, _)| at).collect();
    // In the order of the pipeline; what depends on an error is not one more: r, s, t, g, w.
    assert_eq!(found, ["f32", "Vec<f64>", "indefinite", "gamma", "nope", "a", "match s { _ => 1.0 }", "q", "b", "c"]);
    // The user's function is still there to be emitted, with what it needs in scope.
    assert_eq!(failure.item.to_string(), source.parse::<proc_macro2::TokenStream>().unwrap().to_string());
    let function = failure.function.expect("it is a function");
    assert_eq!(function.item.sig.ident, "f");
    assert_eq!(function.vocabulary, ["sq_dist"]);
}

/// On the stack that rustc gives a macro: test threads have a quarter of it.
#[test]
fn deep_and_long_kernels() {
    let thread = std::thread::Builder::new().stack_size(8 << 20);
    thread.spawn(deep_and_long).expect("a thread").join().expect("no overflow");
}

fn deep_and_long() {
    let kernel = |body: &str| read("", &format!("fn f(x: f64, y: f64) -> f64 {{ {body} }}"));
    assert!(kernel(&("(".repeat(80) + "x" + &")".repeat(80))).is_ok());
    for (before, repeated, middle, closing) in [
        ("", "(", "x", ")"),
        ("", "{", "x", "}"),
        ("", "[", "x", "]"),
        ("", "-", "x", ""),
        ("", "- ", "x", ""),
        ("", "!", "x", ""),
        ("", "&", "x", ""),
        ("", "& ", "x", ""),
        ("", "&&mut ", "x", ""),
        ("", "*", "x", ""),
        ("x", ".exp()", "", ""),
        ("x", "?", "", ""),
        ("x", " + x", "", ""),
        ("x", " = x", "", ""),
        ("x", " as f64", "", ""),
        ("", "x..", "", ""),
        ("", "x < y && ", "x", ""),
        ("", "return ", "x", ""),
        ("", "break ", "x", ""),
        ("", "|a| ", "x", ""),
        ("", "|a, b| ", "x", ""),
        ("", "move || -> f64 ", "x", ""),
        ("", "if x < y { x } else ", "{ x }", ""),
        ("", "if x < y { return x; } ", "x", ""),
        ("", "if x < y { return x; }; ", "x", ""),
        ("", "if x < y { ", "x", "} else { y }"),
        ("", "let a = { ", "x", " }; a"),
        ("", "let a = ", "x;", ""),
        ("", "match x { _ => ", "x", "}"),
        ("", "match x { _ if x => ", "x", "}"),
        ("", "for a in ", "x", ""),
        ("", "while ", "x", ""),
        ("", "unsafe { const { ", "x", "} }"),
        ("", "x.iter().map(|a| ", "x", ")"),
        ("", "f64::exp(", "x", ")"),
        ("", "x[", "0", "]"),
        ("", "A { a: ", "x", "}"),
        ("let a: ", "&", "T = x; x", ""),
        ("let a: ", "&'a mut ", "T = x; x", ""),
        ("let a: ", "*const ", "T = x; x", ""),
        ("let a: ", "[", "T", "]"),
        ("let a: ", "(", "T", ")"),
        ("let a: ", "A<", "T", ">"),
        ("let a: ", "A<B, ", "T", ">"),
        ("let a: ", "A<B = ", "T", ">"),
        ("let a: ", "<A as ", "T", ">::B"),
        ("let a: ", "fn() -> ", "T = x; x", ""),
        ("let a: ", "dyn Fn() -> ", "T = x; x", ""),
        ("let a: ", "impl for<'a> Fn(A) -> ", "T = x; x", ""),
        ("x::<", "A<", "T", ">"),
        ("x as ", "A<", "T", ">"),
        ("let ", "(", "a", ")"),
        ("let ", "(a, ", "a", ")"),
        ("let ", "&", "a = x; x", ""),
        ("let ", "a @ ", "a = x; x", ""),
        ("let ", "a | ", "a = x; x", ""),
        ("let ", "A { a: ", "a", "}"),
        ("", "mod a { ", "", "}"),
        ("", "fn f() { ", "x", "}"),
        ("", "#[a] ", "x", ""),
        ("use ", "a::", "b;", ""),
        ("use ", "a::{", "b", "}"),
    ] {
        for n in [25, 60, 90, 160, 300, 800, 10_000] {
            let body = before.to_owned() + &repeated.repeat(n) + middle + &closing.repeat(n);
            // What matters is that there is an answer.
            let _ = kernel(&body);
        }
    }
    // A long sum is not a deep one.
    let long = "x".to_owned() + &" + x * y".repeat(350);
    let kernel = accept("", &format!("fn f(x: f64, y: f64) -> f64 {{ {long} }}"));
    assert_eq!(evaluate(&kernel, &[2.0], &[3.0], &[]), 2.0 + 350.0 * 6.0);
}

/// Values are shared, not copied: 2^60 elements must not be.
#[test]
fn no_exponential_growth() {
    let mut body = "let t0 = (x, y); let c0 = x < y || y < x; let v0 = x * y;".to_owned();
    for i in 0..60 {
        body +=
            &format!("let t{0} = (t{i}, t{i}); let c{0} = c{i} && c{i}; let v{0} = v{i}.sin() * v{i}.cos();", i + 1);
    }
    let kernel = accept("", &format!("fn f(x: f64, y: f64) -> f64 {{ {body} if c60 {{ v60 }} else {{ x }} }}"));
    assert!(evaluate(&kernel, &[2.0], &[3.0], &[]).is_finite());
}

/// Knuth's MMIX generator: the same numbers every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }

    /// A statement that changes `b` or `c`.
    fn statement(&mut self, p: &str, q: &str) -> String {
        match self.roll(5) {
            0 => format!("b += {p}; c *= {q};"),
            1 => format!("let i = {p}; b -= i; b = b + {q}"),
            2 => format!("if {p} < {q} {{ b /= x[i]; }} else {{ c = {q} }}"),
            3 => format!("b *= x[i] - y[i]; for j in 0..2 {{ c += {p} }}"),
            _ => format!("b = {p};"),
        }
    }

    /// An expression of the grammar, well typed or not.
    fn expression(&mut self, depth: usize) -> String {
        const NAMES: [&str; 14] =
            ["x", "y", "a", "w", "b", "c", "1.0", "2", "0.0", "0", "1e300", "std::f64::consts::PI", "x[0]", "y[1]"];
        const UNARY: [&str; 14] = [
            "exp", "ln", "sqrt", "cbrt", "sin", "acos", "tanh", "abs", "recip", "exp_m1", "ln_1p", "sin_cos", "iter",
            "len",
        ];
        const BINARY: [&str; 9] = ["max", "min", "powf", "atan2", "hypot", "log", "zip", "powi", "floor"];
        const FUNCTIONS: [&str; 10] =
            ["dot", "sq_dist", "dist", "norm", "sq_norm", "l1_dist", "angle", "erf", "f64::exp", "f64::max"];
        if depth == 0 {
            return self.pick(&NAMES).to_owned();
        }
        let kind = self.roll(20);
        let mut inner = || self.expression(depth - 1);
        let (p, q, r) = (inner(), inner(), inner());
        match kind {
            0 => format!("{p} + {q}"),
            1 => format!("({p} - {q})"),
            2 => format!("({p}) * ({q})"),
            3 => format!("({p}) / ({q})"),
            4 => format!("-({p})"),
            5 | 6 => format!("({p}).{}()", self.pick(&UNARY)),
            7 => format!("({p}).{}({q})", self.pick(&BINARY)),
            8 => format!("({p}).powi({})", self.pick(&["2", "-3", "0", "1", "7"])),
            9 => format!("if {p} {} {q} {{ {r} }} else {{ {p} }}", self.pick(&["<", "<=", ">", ">=", "==", "!="])),
            10 => format!("{{ let {} = {p}; {q} }}", self.pick(&["b", "c", "x", "(b, c)", "_"])),
            11 => format!("{}({p}, {q})", self.pick(&FUNCTIONS)),
            12 => format!("{}({p})", self.pick(&FUNCTIONS)),
            13 => format!("x.iter().zip(y).map(|(b, c)| {p}).sum::<f64>()"),
            14 => format!(
                "w.iter().zip({}).map(|(b, &c)| {{ {p} }}).sum::<f64>()",
                self.pick(&["x", "y", "w", "x.iter()"])
            ),
            15 => format!("x.iter().enumerate().map(|(i, b)| {p}).product::<f64>() + ({q})"),
            16 => format!(
                "{{ let mut b = {p}; for i in {} {{ {} }} b }}",
                self.pick(&["x", "y.iter()", "0..x.len()", "0..2", "1..2", "0..a"]),
                self.statement(&q, &r)
            ),
            17 => format!("{{ let (mut b, mut c) = ({p}, 1.0); if {q} < a {{ {} }} b * c }}", self.statement(&q, &r)),
            18 => format!("(0..2).map(|i| {p}).sum::<f64>() + x[i] + w[i] * SCALE"),
            _ => format!("({p}, {q})"),
        }
    }
}

/// Expressions of the grammar, most of them ill typed, give a kernel or errors, never a panic.
#[test]
fn random_expressions() {
    let mut dice = Dice(7);
    let mut accepted = 0;
    for round in 0..6_000 {
        let body = dice.expression(1 + round % 4);
        let source = match round % 3 {
            0 => format!("fn k(x: &[f64], y: &[f64], a: f64, w: &[f64]) -> f64 {{ let b = 0.5; {body} }}"),
            1 => format!("fn k(x: f64, y: f64, a: f64, w: f64) -> f64 {{ {body} }}"),
            _ => format!("fn k(x: &[f64; 2], y: &[f64; 2], a: f64, w: &[f64; 2]) -> f64 {{ {body} }}"),
        };
        match read("assume(a > 0)", &source) {
            Ok(kernel) => {
                accepted += 1;
                let parameters = [vec![0.7], vec![1.5, 0.3]];
                let _ = evaluate(&kernel, &[0.3, -1.2], &[0.8, 0.1], &parameters);
            }
            Err(failure) => assert!(!messages(&failure).is_empty(), "{source}"),
        }
    }
    assert!(accepted > 500, "{accepted}");
}

/// Tokens without sense give errors, never a panic.
#[test]
fn token_soup() {
    const TOKENS: &str = "x y a w let ( ) { } [ ] ; , . + - * / = < > == && || ! & | => -> :: : 1.0 2 0 'a \"s\" if else for in \
        return match fn const mut ref as f64 usize iter ( ) zip map sum dot sq_dist erf exp powi len ..  | ? # @ _ true \
        use std consts PI struct loop while break move unsafe async dyn impl where self crate assume psd name smooth \
        += *= for i in 0 .. enumerate product T Real of #[kernel] mod fn";
    let words: Vec<&str> = TOKENS.split_whitespace().collect();
    let mut dice = Dice(1);
    let mut read_as_tokens = 0;
    for round in 0..20_000 {
        let length = 1 + dice.roll(25);
        let soup: Vec<&str> = (0..length).map(|_| dice.pick(&words)).collect();
        let soup = balanced(&soup);
        let (options, item) = match round % 5 {
            0 => (String::new(), soup),
            4 => (
                String::new(),
                format!(
                    "mod m {{ #[kernel] fn f(x: f64, y: f64) -> f64 {{ g(x, y) }} fn g(x: f64, y: f64) -> f64 {{ {soup} }} }}"
                ),
            ),
            1 => (soup, "fn f(x: f64, y: f64, a: f64) -> f64 { x * y }".to_owned()),
            2 => (String::new(), format!("fn f({soup}) -> f64 {{ x }}")),
            _ => (String::new(), format!("fn f(x: &[f64], y: &[f64], a: f64, w: &[f64]) -> f64 {{ {soup} }}")),
        };
        if let (Ok(options), Ok(item)) = (options.parse::<TokenStream>(), item.parse::<TokenStream>()) {
            read_as_tokens += 1;
            let _ = parse(options.clone(), item.clone());
            let _ = Module::read(options, item).map(|module| module.errors().len());
        }
    }
    assert!(read_as_tokens > 10_000, "{read_as_tokens}");
}

/// The same words with brackets that match.
fn balanced(words: &[&str]) -> String {
    let mut open = Vec::new();
    let mut out = String::new();
    for word in words {
        match *word {
            "(" => open.push(")"),
            "[" => open.push("]"),
            "{" => open.push("}"),
            ")" | "]" | "}" => {
                if let Some(close) = open.pop() {
                    out += close;
                }
                continue;
            }
            _ => {}
        }
        out += word;
        out += " ";
    }
    while let Some(close) = open.pop() {
        out += close;
    }
    out
}
