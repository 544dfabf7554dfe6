//! Signatures that are not two points of one shape.
use kernel_runtime::kernel;

#[kernel]
fn nothing() -> f64 {
    1.0
}

#[kernel]
fn one_point(x: &[f64]) -> f64 {
    sq_norm(x)
}

#[kernel]
fn different(x: &[f64], y: f64) -> f64 {
    norm(x) * y
}

#[kernel]
fn different_lengths(x: &[f64; 2], y: &[f64; 3]) -> f64 {
    x[0] * y[0]
}

#[kernel]
fn owned(x: Vec<f64>, y: Vec<f64>) -> f64 {
    x[0] * y[0]
}

#[kernel]
fn array_by_value(x: [f64; 3], y: [f64; 3]) -> f64 {
    x[0] * y[0]
}

#[kernel]
fn mutable(x: &mut [f64], y: &mut [f64]) -> f64 {
    x[0] * y[0]
}

#[kernel]
fn integers(x: &[i32], y: &[i32]) -> f64 {
    1.0
}

#[kernel]
fn pattern((a, b): (f64, f64), y: (f64, f64)) -> f64 {
    a * b
}

fn main() {}
