//! `assume(…)` that is not a comparison of one parameter with one number.
use kernel_runtime::kernel;

#[kernel(assume(gama > 0))]
fn unknown(x: f64, y: f64, gamma: f64) -> f64 {
    gamma * gamma * x * y
}

#[kernel(assume(x > 0, y < 0))]
fn point(x: f64, y: f64) -> f64 {
    x * y
}

#[kernel(assume(a < b))]
fn two_parameters(x: f64, y: f64, a: f64, b: f64) -> f64 {
    a * b * x * y
}

#[kernel(assume(a == 1))]
fn equal(x: f64, y: f64, a: f64) -> f64 {
    a * x * y
}

#[kernel(assume(a > 0 || a < -1))]
fn either(x: f64, y: f64, a: f64) -> f64 {
    a * x * y
}

#[kernel(assume(a))]
fn bare(x: f64, y: f64, a: f64) -> f64 {
    a * x * y
}

#[kernel(assume(0 < a < 1))]
fn chained(x: f64, y: f64, a: f64) -> f64 {
    a * x * y
}

#[kernel(assume())]
fn empty(x: f64, y: f64) -> f64 {
    x * y
}

#[kernel(assume(a > 2, a < 1))]
fn impossible(x: f64, y: f64, a: f64) -> f64 {
    a * x * y
}

fn main() {}
