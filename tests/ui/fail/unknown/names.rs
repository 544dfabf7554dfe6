//! Names that mean nothing to the macro.
use kernel_runtime::kernel;

#[kernel]
fn variable(x: f64, y: f64) -> f64 {
    gamma * x * y
}

#[kernel]
fn shadowed(x: &[f64], y: &[f64], dot: f64) -> f64 {
    dot * dot(x, y)
}

fn main() {}
